"""Probabilities that are written with their indices as arguments: `P(w_o \\mid w_c)`, `p(y = k \\mid x)`.

Where the right side of such a definition carries the letters o and c as subscripts alone, they are indices of
the probability, which is then read as `P_{oc}` throughout; i is the one index of `q(y_i \\mid x_i)`. Other
arguments are what it depends on; the sample of one of them is that of the probability. What is told by a
quantity of its own letter, as `p_i^{y_i} (1 - p_i)^{1 - y_i}` tells it, is marked as another.
Rejected: a function of words, since nothing can be said of a word but which one it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from string import ascii_lowercase

from gradcheck.notation.statements import Equation, Link, Statement, rewritten
from gradcheck.notation.tree import Call, Group, Node, Operator, Product, Relational, Scripted, Symbol
from gradcheck.notation.walk import mapped, of_kind, parts
from gradcheck.notation.whole import where_written
from gradcheck.records import dataclass, replace

LETTERS = frozenset(("P", "p", "q", "Q", "Pr", "pi"))
MOST = 2
# Marks a letter that has another meaning of its own; no letter of any document.
OF = "·of"
JOINT = "·jo"


@dataclass(frozen=True, slots=True)
class Form:
    """How a probability is written: its letter, how many arguments it has, and which of them are indices.

    places   of each index, where its letter stands
    told_by_own   whether its formula holds a quantity of the same letter
    joint    whether nothing is given: `p(x, z = k)` is another quantity than `p(x \\mid z = k)`
    """

    name: str
    style: str
    count: int
    places: tuple[tuple[int, ...], ...]
    told_by_own: bool = False
    joint: bool = False


@where_written(*LETTERS)
def with_index_arguments(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with such probabilities written by their indices; as they are where one does not fit."""
    return tuple(item for run in _runs(body) for item in _written(run))


def _runs(body: Sequence[Statement]) -> list[list[Statement]]:
    """The statements up to where a probability is told anew, by its indices once and by a density once."""
    runs: list[list[Statement]] = [[]]
    told: dict[tuple[str, str, int], bool] = {}
    for item in body:
        forms = dict(_told(item)) if isinstance(item, Equation) else {}
        if any(told.get(key, by_index) != by_index for key, by_index in forms.items()):
            runs.append([])
            told = {}
        told |= forms
        runs[-1].append(item)
    return runs


def _told(equation: Equation) -> Iterator[tuple[tuple[str, str, int], bool]]:
    """The probabilities that an equation defines, each with whether by an index."""
    for link in equation.links:
        for (letter, group), right in _defined(link):
            yield (
                (letter.name, letter.style, len(group.items)),
                any(True for _ in _form(letter, group, right)),
            )


def _written(body: Sequence[Statement]) -> Sequence[Statement]:
    equations = [item for item in body if isinstance(item, Equation)]
    forms = {form for equation in equations for form in _forms(equation)}
    applied = [node for equation in equations for side in equation.sides for node in _applied(side)]
    kept = {form for form in forms if all(_fits(form, pair) for pair in applied)}
    if not kept:
        return body
    return [
        rewritten(item, lambda node: _indexed(node, kept)) if isinstance(item, Equation) else item
        for item in body
    ]


def _forms(equation: Equation) -> Iterator[Form]:
    """The probabilities that are defined: on the left side, or in the middle of a chain."""
    for link in equation.links:
        for pair, right in _defined(link):
            yield from _form(*pair, right)


def _defined(link: Link) -> Iterator[tuple[tuple[Symbol, Group], Node]]:
    left = link.left.argument if isinstance(link.left, Call) else link.left
    found = list(_applied(left)) if isinstance(left, Product) and len(left.factors) == 2 else []
    if len(found) == 1:
        yield found[0], link.right


def _form(letter: Symbol, group: Group, right: Node) -> Iterator[Form]:
    below, level = set(_subscripts(right)), set(_on_line(right))
    letters: dict[str, tuple[int, ...]] = {}
    for place, item in enumerate(group.items):
        if mark := _index_of(item):
            letters[mark] = (*letters.get(mark, ()), place)
    places = tuple(found for mark, found in letters.items() if mark in below and mark not in level)
    own = letter.name in set(_outside(right))
    if len(places) <= MOST and (places or own):
        yield Form(letter.name, letter.style, len(group.items), places, own, _is_joint(group))


def _applied(node: Node) -> Iterator[tuple[Symbol, Group]]:
    """The probabilities of a formula, each with its arguments."""
    for inner in of_kind(node, Product):
        for first, second in zip(inner.factors, inner.factors[1:], strict=False):
            if isinstance(first, Symbol) and first.name in LETTERS and _is_conditional(second):
                assert isinstance(second, Group)
                yield first, second


def _is_conditional(node: Node) -> bool:
    if not isinstance(node, Group) or node.open != "(":
        return False
    if _is_joint(node):
        return True
    return "mid" in node.separators or (len(node.items) == 1 and bool(_index_of(node.items[0])))


def _is_joint(group: Group) -> bool:
    """Whether brackets hold several arguments, one of them an event, and none that is given."""
    events = any(isinstance(item, Relational) for item in group.items)
    return len(group.items) > 1 and events and "mid" not in group.separators


def _is_other(form: Form, letter: Symbol, group: Group) -> bool:
    """Whether a letter before brackets is no probability of a form."""
    written = letter.name, letter.style, len(group.items), _is_joint(group)
    return written != (form.name, form.style, form.count, form.joint)


def _index_of(node: Node) -> str:
    """The letter by which an argument says which one is meant: o of `w_o` or of o alone, k of `y = k`."""
    match node:
        case Symbol(name=name, style="") if len(name) == 1 and name in ascii_lowercase:
            return name
        case Scripted(base=Symbol(), sub=Symbol(name=name, style=""), sup=None, primes=0) if len(name) == 1:
            return name
        case Relational(operands=(_, Symbol(name=name, style=""))) if node.relations[0].sign == "=":
            return name if len(name) == 1 else ""
        case _:
            return ""


def _sample_of(node: Node) -> Node | None:
    """The `(i)` of an argument `x^{(i)}`, or of the left side of `y^{(i)} = k`."""
    if isinstance(node, Relational):
        node = node.operands[0]
    if isinstance(node, Scripted) and isinstance(node.sup, Group) and node.sup.open == "(":
        return node.sup
    return None


def _subscripts(node: Node) -> Iterator[str]:
    """The letters that stand in subscripts."""
    for inner in of_kind(node, Scripted):
        if inner.sub is not None:
            yield from (part.name for part in of_kind(inner.sub, Symbol))


def _on_line(node: Node) -> Iterator[str]:
    """The letters that stand on the line, and in no arguments of a probability."""
    if isinstance(node, Symbol):
        yield node.name
    elif isinstance(node, Scripted):
        yield from _on_line(node.base)
    else:
        arguments = [group for _, group in _applied(node)] if isinstance(node, Product) else []
        yield from (name for child in parts(node) if child not in arguments for name in _on_line(child))


def _outside(node: Node) -> Iterator[str]:
    """The letters of a formula that stand before no arguments: p of `p (1 - p)`, and not that of `p(x)`."""
    if isinstance(node, Symbol):
        yield node.name
    pairs = zip(node.factors, node.factors[1:], strict=False) if isinstance(node, Product) else ()
    applied = [first for first, second in pairs if _holds_names(second)]
    yield from (name for child in parts(node) if child not in applied for name in _outside(child))


def _holds_names(node: Node) -> bool:
    """Whether brackets hold names and what is said of them, so that they are arguments and no factor."""
    names = (Symbol, Scripted, Relational)
    return isinstance(node, Group) and node.open == "(" and all(isinstance(i, names) for i in node.items)


def _fits(form: Form, pair: tuple[Symbol, Group]) -> bool:
    """Whether an application is another one, or has an index at each place of the form."""
    letter, group = pair
    return _is_other(form, letter, group) or all(_one_index(group, places) for places in form.places)


def _one_index(group: Group, places: Sequence[int]) -> bool:
    """Whether all arguments at some places carry one letter."""
    found = {_index_of(group.items[place]) for place in places}
    return len(found) == 1 and "" not in found


def _indexed(node: Node, forms: set[Form]) -> Node:
    node = mapped(node, lambda child: _indexed(child, forms))
    if not isinstance(node, Product):
        return node
    factors: list[Node] = []
    operators: list[Operator] = []
    position = 0
    while position < len(node.factors):
        pair = node.factors[position : position + 2]
        whole = _whole(pair, forms) if len(pair) == 2 else None
        factors.append(node.factors[position] if whole is None else whole)
        position += 2 if isinstance(whole, Scripted) else 1
        operators += node.operators[position - 1 : position]
    if len(factors) == 1 and not operators:
        return factors[0]
    return replace(node, factors=tuple(factors), operators=tuple(operators))


def _whole(pair: Sequence[Node], forms: set[Form]) -> Node | None:
    """`P_{oc}` for `P(w_o \\mid w_c)`, the letter alone where it is only marked; None for other factors."""
    first, second = pair
    if not isinstance(first, Symbol) or not isinstance(second, Group) or not _is_conditional(second):
        return None
    for form in forms:
        if _is_other(form, first, second):
            continue
        mark = JOINT if form.joint else OF if form.told_by_own else ""
        base = replace(first, name=f"{first.name}{mark}")
        if not form.places:
            return base
        chosen = [second.items[places[0]] for places in form.places]
        marks = tuple(Symbol(item.span, _index_of(item)) for item in chosen)
        span = marks[0].span.cover(marks[-1].span)
        joined = tuple(Operator(span, "") for _ in marks[1:])
        sub = marks[0] if len(marks) == 1 else Product(span, marks, joined)
        sample = next((own for item in second.items if (own := _sample_of(item)) is not None), None)
        return Scripted(first.span.cover(second.span), base, sub, sample, 0)
    return None
