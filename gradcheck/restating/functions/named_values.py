"""Functions that are derived by each other: `y = f(g(x))`, then `dy/dx = df/dg dg/dx`.

The letters stand for what the functions give there: g for g(x), f for f(g(x)). Where a line behind such a
nest, below the same heading and before another nest of its letters, derives by one of the inner letters,
they are quantities besides: each gets a mark of its own, which messages leave out, where it is derived or
derived by, and so does the nest wherever it is written. What the functions are elsewhere stays open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from string import ascii_lowercase

from gradcheck.expr.written.definitions import definitions
from gradcheck.expr.written.function_names import FUNCTION_LETTERS
from gradcheck.expr.written.functions import BUILTIN
from gradcheck.expr.written.names import LAYER_MARK, PLACEHOLDER, read_name
from gradcheck.expr.written.quotients import quotients_in, read_quotient
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Heading, Statement, formulas, rewritten
from gradcheck.notation.tree import Fraction, Group, Node, Operator, Product, Relation, Scripted, Symbol
from gradcheck.notation.walk import letters_in, of_kind, rebuilt
from gradcheck.records import dataclass, replace
from gradcheck.restating.functions.own_arguments import OPEN_FUNCTIONS
from gradcheck.restating.passages.applications import with_values_put
from gradcheck.source import Span

# By the letter of each function in a nest: the brackets behind it.
Nest = Mapping[str, Group]


@dataclass
class Region:
    """What stands between one nest and the next one of its letters, or the next heading.

    mark   what letters of this nest carry
    """

    nest: Nest
    mark: str
    statements: list[Statement]


def with_values_of_functions(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with such letters as quantities, told before the first equation behind their nest."""
    equations = [item for item in body if isinstance(item, Equation)]
    derived = {each for item in equations for side in item.sides for each in _derived_by(side)}
    if derived:
        derived -= {definition.name.base for definition in definitions(equations)}
    if not derived:
        return body
    heads = [(name.key, item) for item in equations if (name := read_name(item.head)) is not None]
    first = {key: latex(item.links[0].right) for key, item in reversed(heads)}
    # What has another formula, too, `w = f(v(t))` beside `w = w(t)`, may be either of the two.
    several = {key for key, item in heads if latex(item.links[0].right) != first[key]}
    unclear = {id(item) for key, item in heads if key in several}
    regions = [Region({}, "", [])]
    for item in body:
        sides = () if id(item) in unclear else formulas(item)
        nest = next((n for node in sides for n in _nests(node) if derived & _inner(n)), None)
        if isinstance(item, Heading):
            regions.append(Region({}, "", [item]))
        elif nest is not None and not _is_part(nest, regions[-1].nest):
            mark = f"{LAYER_MARK}{ascii_lowercase[len(regions) % 26]}{PLACEHOLDER}"
            regions.append(Region(nest, mark, [item]))
        else:
            regions[-1].statements.append(item)
    if not any(region.nest for region in regions):
        return body
    letters = frozenset().union(*(letters_in(node) for item in body for node in formulas(item)))
    free = [letter for each in OPEN_FUNCTIONS if (letter := each.removeprefix("\\")) not in letters]
    return [item for region in regions for item in _told(region, free)]


def _derived_by(side: Node) -> Iterator[str]:
    """The letters that something in a formula is derived by."""
    names = (read_name(variable) for quotient in quotients_in(side) for variable in quotient.variables)
    return (name.key for name in names if name is not None and name.is_plain)


def _nests(formula: Node) -> Iterator[Nest]:
    """What is applied to what else is applied, the outermost first; none where a letter has two values."""
    for node in of_kind(formula, Product):
        for function, group, sign in zip(node.factors, node.factors[1:], node.operators, strict=False):
            held = [] if sign.kind else _held(function, group)
            nest = dict(held)
            if len(nest) > 1 and all(latex(nest[name]) == latex(brackets) for name, brackets in held):
                yield nest


def _held(function: Node, group: Node) -> list[tuple[str, Group]]:
    """The letter of an application and those applied in its brackets; none where these hold anything else."""
    letter = isinstance(function, Symbol) and not function.style and len(function.name) == 1
    if not letter or not isinstance(function, Symbol) or function.name in BUILTIN:
        return []
    if not isinstance(group, Group) or group.open not in ("(", "[") or not group.items:
        return []
    found = [(function.name, group)]
    for item in group.items:
        name = read_name(item)
        if name is not None and name.is_plain and name.key == name.base:
            continue
        if not isinstance(item, Product) or len(item.factors) != 2 or item.operators[0].kind:
            return []
        inner = _held(*item.factors)
        if not inner:
            return []
        found += inner
    return found


def _is_part(nest: Nest, other: Nest) -> bool:
    """Whether all of a nest is in another one, too."""
    return all(key in other and latex(group) == latex(other[key]) for key, group in nest.items())


def _inner(nest: Nest) -> set[str]:
    """The letters of a nest but the outermost."""
    return set([*nest][1:])


def _told(region: Region, free: list[str]) -> list[Statement]:
    """The statements of a region with the letters of its nest marked, if some line derives by one inside.

    free   letters of functions that no line writes, one for each letter that is no function's elsewhere
    """
    nest = region.nest
    equations = [item for item in region.statements if isinstance(item, Equation)]
    by = {each for item in equations for side in item.sides for each in _derived_by(side)}
    others = [letter for letter in nest if letter not in FUNCTION_LETTERS]
    if not by & _inner(nest) or len(others) > len(free):
        return region.statements
    functions = {letter: letter for letter in nest} | {letter: free.pop(0) for letter in others}
    marked = _marks(nest, region.mark)
    made: list[Statement] = []
    for item in region.statements:
        if equations and item is equations[0]:
            made += [
                _definition(equations[0], Symbol(group.span, letter + region.mark), functions[letter], group)
                for letter, group in marked.items()
            ]
        made.append(_with_marks(item, marked, region.mark) if isinstance(item, Equation) else item)
    return made


def _marks(nest: Nest, mark: str) -> Nest:
    """The nest from the innermost function, with marked letters in its brackets."""
    marked: dict[str, Group] = {}
    for letter in reversed(list(nest)):
        group = _valued(nest[letter], marked, mark)
        assert isinstance(group, Group), "what stands in brackets changes alone"
        marked[letter] = group
    return marked


def _valued(node: Node, marked: Nest, mark: str) -> Node:
    """A formula with a marked letter for each value of the nest."""

    def value(letter: Node, group: Node) -> Node | None:
        base = letter.base if isinstance(letter, Scripted) else letter
        if (
            not isinstance(base, Symbol)
            or base.style
            or base.name not in marked
            or not isinstance(group, Group)
        ):
            return None
        if latex(group) != latex(marked[base.name]):
            return None
        match letter:
            case Scripted(primes=1, sub=None, sup=None) if len(group.items) == 1:
                span = letter.span.cover(group.span)
                return Fraction(span, _change(_own(base, mark), span), _change(group.items[0], span))
            case Symbol():
                return _own(base, mark)
            case _:
                return None

    return with_values_put(node, value)


def _change(node: Node, span: Span) -> Node:
    return Product(span, (Symbol(span, "d"), replace(node, span=span)), (Operator(span, ""),))


def _own(letter: Symbol, mark: str) -> Symbol:
    return replace(letter, name=letter.name + mark)


def _with_marks(equation: Equation, marked: Nest, mark: str) -> Equation:
    """An equation with marked letters for values, and for what is bare in a derivative."""

    def bare(letter: Symbol) -> Node:
        return letter if letter.style or letter.name not in marked else _own(letter, mark)

    def derived(node: Fraction) -> Node:
        return node if read_quotient(node) is None else rebuilt(node, Symbol, bare)

    return rewritten(equation, lambda side: rebuilt(_valued(side, marked, mark), Fraction, derived))


def _definition(equation: Equation, own: Symbol, function: str, group: Group) -> Equation:
    """`g = g(x)` with a mark on the left, which no line writes: its link has the number of none."""
    span = group.span
    value = Product(span, (Symbol(span, function), group), (Operator(span, ""),))
    link = replace(equation.links[0], number=0, left=own, right=value, relation=Relation(span, "="))
    return replace(equation, head=own, links=(link,), connective="", context=(), tag=None)
