"""What primes mean that are applied to nothing: a transpose, a new value, another letter.

Statisticians write `(X'X)^{-1} X'y`; others write `w' = w - \\eta g` for the next w, and `W'` for a second
matrix. Which it is shows over the whole document. A function's letter keeps its prime, and so does a quantity
that a formula defines, since `u'` is then its derivative, unless brackets hold the difference of both; what
stands behind a function's brackets, `f(x)'`, is moved to the function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from gradcheck.expr.written.definitions import definitions, unboxed, written_names
from gradcheck.expr.written.function_names import looks_like_function
from gradcheck.expr.written.functions import builtin_of
from gradcheck.expr.written.names import Name, read_name
from gradcheck.expr.written.quotients import derives
from gradcheck.expr.written.rates import LEARNING_RATES
from gradcheck.notation.scripts import split_superscript
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import Accent, Call, Group, Node, Operator, Product, Scripted, Sum, Symbol
from gradcheck.notation.walk import letters_in, mapped, of_kind, parts
from gradcheck.records import dataclass, field, replace
from gradcheck.source import Span

JOINS = {"", "cdot"}


def with_primes_told(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with bare primes as what they mean; themselves where none stands."""
    equations = [item for item in body if isinstance(item, Equation)]
    if not any(_holds_prime(side) for equation in equations for side in equation.sides):
        return body
    functions = frozenset(d.name.base for d in definitions(equations) if d.is_function)
    seen = _Seen(functions)
    sides = [side for equation in equations for side in equation.sides]
    primed = [side for side in sides if _holds_prime(side) or "prime" in letters_in(side)]
    for side in primed:
        seen.look(side)
    if not seen.bare and not seen.brackets:
        return body
    for side in sides:
        seen.look(side)
    meaning: Callable[[Scripted], Node] = _transposed
    values = (
        {d.name.base for d in definitions(equations) if not d.is_function} if seen.transposes() else set()
    )
    kept = functions | seen.applied | {base for base in seen.bare - values if _is_function_letter(base)}
    if not seen.transposes():
        meaning = _another
        kept = (kept | {d.name.base for d in definitions(equations)}) - {
            *_new_values(equations),
            *_targets(equations),
        }
    heads = {name.key for equation in equations if (name := _primed(equation.head)) is not None}
    used = {name.key for e in equations for link in e.links for name in _bare_primes(link.right)}
    changed: list[Statement] = []
    for item in body:
        if isinstance(item, Equation) and meaning is _another:
            item = _as_step(item, heads - used)
        if isinstance(item, Equation):
            item = rewritten(item, lambda side: _told(side, kept, meaning))
        changed.append(item)
    return changed


def _holds_prime(side: Node) -> bool:
    return any(node.primes for node in of_kind(side, Scripted))


@dataclass
class _Seen:
    """What a document writes with primes, and how it transposes.

    bare       the bases whose prime applies to nothing
    applied    the bases of which a prime makes another function
    brackets   whether a prime stands on brackets
    turned     whether it stands on brackets that multiply, and hold no function's argument, or on the second
               of two equal names, `x_j x_j'`
    factors    the capitals with a prime that multiply what follows; plain, those without
    marked     whether `^T` stands anywhere
    """

    functions: frozenset[str]
    bare: set[str] = field(default_factory=set)
    applied: frozenset[str] = frozenset()
    brackets: bool = False
    turned: bool = False
    factors: set[str] = field(default_factory=set)
    plain: set[str] = field(default_factory=set)
    marked: bool = False

    def transposes(self) -> bool:
        """Whether primes transpose: on brackets that multiply, or on capitals that stand without one, too."""
        return not self.marked and (self.turned or bool(self.factors & self.plain))

    def look(self, node: Node) -> None:
        """Take in a formula; what stands in scripts says nothing."""
        match node:
            case Product():
                self._look_along(node)
            case Scripted(base=Group() as base, sup=sup, primes=primes):
                self.marked = self.marked or split_superscript(sup).transpose
                self.brackets = self.brackets or primes == 1
                self.look(base)
            case Scripted(sup=sup):
                name = read_name(node)
                self.marked = self.marked or split_superscript(sup).transpose
                if name is not None:
                    (self.bare if name.primes == 1 else self.plain).add(name.base)
            case Call(argument=argument):
                self.look(argument)
            case _:
                name = read_name(node)
                if name is not None:
                    self.plain.add(name.base)
                    return
                for child in parts(node):
                    self.look(child)

    def _look_along(self, node: Product) -> None:
        kinds = [operator.kind for operator in node.operators]
        for position, factor in enumerate(node.factors):
            following = node.factors[position + 1] if position + 1 < len(node.factors) else None
            joined = following is not None and position < len(kinds) and kinds[position] in JOINS
            name = read_name(factor)
            if name is not None and name.primes:
                before = read_name(node.factors[position - 1]) if position else None
                same = before is not None and before.is_plain and before.key == name.key and before.sub
                self.turned = self.turned or (bool(same) and kinds[position - 1] in JOINS)
                capital = name.base.isupper() and len(name.base) == 1 and name.base not in self.functions
                if joined and capital and not _holds_a_name(following):
                    self.factors.add(name.base)
                elif joined and kinds[position] == "" and following is not None and _is_bracket(following):
                    self.applied |= {name.base}
                    continue
            if _is_primed_bracket(factor) and joined and not _is_value(node, position, self.functions):
                self.turned = True
            self.look(factor)


def _holds_a_name(node: Node | None) -> bool:
    """Brackets around nothing but a name, `F'(x)`: an argument, since no factor needs them."""
    return isinstance(node, Group) and len(node.items) == 1 and read_name(node.items[0]) is not None


def _told(node: Node, kept: frozenset[str], meaning: Callable[[Scripted], Node]) -> Node:
    """A formula with its primes changed; those of the bases that are kept stay."""
    match node:
        case Product():
            node = _with_function_primes(node, kept)
            return mapped(node, lambda child: _told(child, kept, meaning))
        case Scripted(base=Group(), primes=1) if meaning is _transposed and node.sup is None:
            return _transposed(replace(node, base=_told(node.base, kept, meaning)))
        case Scripted(primes=1):
            name = read_name(node)
            if name is None:
                return replace(node, base=_told(node.base, kept, meaning))
            return node if name.base in kept else meaning(node)
        case Scripted():
            return replace(node, base=_told(node.base, kept, meaning))
        case Call():
            return replace(node, argument=_told(node.argument, kept, meaning))
        case _:
            return mapped(node, lambda child: _told(child, kept, meaning))


def _is_function_letter(base: str) -> bool:
    name = Name(base, Span(0, 0))
    return looks_like_function(name) or builtin_of(name) is not None


def _with_function_primes(node: Product, kept: frozenset[str]) -> Product:
    """`f(x)'` as `f'(x)`."""
    factors = list(node.factors)
    for position, factor in enumerate(factors):
        if _is_primed_bracket(factor) and _is_value(node, position, kept):
            assert isinstance(factor, Scripted), "a bracket with a prime"
            function = factors[position - 1]
            factors[position] = factor.base if factor.sup is None else replace(factor, primes=0)
            factors[position - 1] = (
                replace(function, primes=function.primes + factor.primes)
                if isinstance(function, Scripted)
                else Scripted(function.span, function, None, None, factor.primes)
            )
    return replace(node, factors=tuple(factors))


def _is_value(node: Product, position: int, functions: Iterable[str]) -> bool:
    """Whether the brackets at a position hold the argument of a function."""
    if position == 0 or node.operators[position - 1].kind != "":
        return False
    name = read_name(node.factors[position - 1])
    if name is None or name.transpose or name.power is not None:
        return False
    return name.base in functions or looks_like_function(name) or builtin_of(name) is not None


def _is_primed_bracket(node: Node) -> bool:
    return isinstance(node, Scripted) and node.primes > 0 and isinstance(node.base, Group)


def _is_bracket(node: Node) -> bool:
    inner = node.base if isinstance(node, Scripted) else node
    return isinstance(inner, Group) and inner.open in ("(", "[")


def _transposed(node: Scripted) -> Node:
    top = Symbol(node.span, "top")
    if node.sup is None:
        return replace(node, primes=0, sup=top)
    if not isinstance(node.sup, Group):
        return node
    marks = Product(node.sup.span, (node.sup, top), (Operator(node.sup.span, ""),))
    return replace(node, primes=0, sup=marks)


def _another(node: Scripted) -> Node:
    """`w'_{ij}` as the entry of a quantity that is called w'."""
    letter = Accent(node.base.span, "prime", node.base)
    bare = node.sub is None and node.sup is None
    return replace(letter, span=node.span) if bare else replace(node, base=letter, primes=0)


def _new_values(equations: Iterable[Equation]) -> Iterator[str]:
    """The bases of which a line gives the next value: `h' = h + x`."""
    for equation in equations:
        name = _primed(equation.head)
        if name is not None and _adds_to(name, equation):
            yield name.base


def _targets(equations: Iterable[Equation]) -> Iterator[str]:
    """The bases of which brackets hold the difference of both, `(y' - y)^2`: a target and its estimate."""
    for node in (inner for e in equations for side in e.sides for inner in of_kind(side, Group)):
        if len(node.items) == 1 and isinstance(node.items[0], Sum):
            names = [(term.sign, read_name(term.body)) for term in node.items[0].terms]
            for sign, name in names:
                other = [s for s, n in names if n is not None and name is not None and n.base == name.base]
                if name is not None and name.primes == 1 and set(other) - {sign}:
                    yield name.base


def _adds_to(name: Name, equation: Equation) -> bool:
    """Whether the right side of `w' = w + ...` adds something to w."""
    right = unboxed(equation.links[0].right)
    own = name.without(primes=0).key
    terms = right.terms if isinstance(right, Sum) and len(right.terms) > 1 else ()
    return any(found.key == own for term in terms if (found := read_name(term.body)) is not None)


def _as_step(equation: Equation, unused: set[str]) -> Equation:
    """`w' = w - \\eta g` as a step of w, where w' is written nowhere else."""
    name = _primed(equation.head)
    right = equation.links[0].right
    rates = any(found.base in LEARNING_RATES for found in written_names(right))
    if (
        name is None
        or name.key not in unused
        or not _adds_to(name, equation)
        or not (rates or derives(right))
    ):
        return equation
    assert isinstance(equation.head, Scripted), "a name with a prime"
    head = replace(equation.head, primes=0)
    first, *others = equation.links
    return replace(equation, head=head, links=(replace(first, left=head), *others))


def _primed(node: Node) -> Name | None:
    name = read_name(node) if isinstance(node, Scripted) else None
    return name if name is not None and name.primes == 1 else None


def _bare_primes(node: Node) -> Iterator[Name]:
    return (name for name in written_names(node) if name.primes == 1)
