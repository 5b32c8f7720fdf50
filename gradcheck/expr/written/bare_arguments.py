"""How far a function reaches whose argument has no brackets: `\\sin \\omega t`, `\\cos x (1+x)`.

The parser gives such a function one factor, and a name its brackets. Authors go on: letters that stand behind
an angle, or behind a number, belong to the argument, while brackets behind a name that is no function mostly
multiply. Where both are usual both are read, the more usual one first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from gradcheck.expr.written.names import Name, is_greek, read_name
from gradcheck.notation.tree import Call, Group, Node, Number, Operator, Product, Symbol
from gradcheck.source import Span

ANGLES = {"sin", "cos", "tan", "cot", "sec", "csc"}
REACHING = ANGLES | {"sinh", "cosh", "tanh", "log", "ln", "exp", "arctan", "arcsin", "arccos"}
# Letters that begin something of their own: a power of e, a differential.
APART = {"e", "d", "\\mathrm{d}"}


def reaches(factors: Sequence[Node], before: Sequence[str]) -> list[tuple[tuple[Node, ...], tuple[str, ...]]]:
    """The factors of a product with each bare argument as long as it may be, the most usual first.

    before   the sign before each factor, `` where there is none
    """
    short = tuple(factors), tuple(before)
    if not any(map(_reaches_on, factors)):
        return [short]
    names = _extended(factors, before, with_bracket=False)
    whole = _extended(factors, before, with_bracket=True)
    first = [names, short] if any(map(_takes_letters, factors)) else [short, names]
    return list(dict.fromkeys([*first, whole]))


def split(node: Call, is_function: Callable[[Name], bool]) -> Product | None:
    """`\\cos x (1 + x)` as a product, where the name before the brackets is no function; else None.

    Brackets that hold names alone, `\\log p(x)`, say what the name depends on; a frequency multiplies them.
    """
    match node.argument:
        case Product(factors=(name, Group(items=(item,)) as group)):
            if read_name(item) is not None or _applies(name, is_function) or _is_frequency(node, name):
                return None
            span = node.function.span.cover(name.span)
            call = Call(span, node.function, name)
            return Product(node.span, (call, group), (Operator(_between(name, group), ""),))
    return None


def _is_frequency(node: Call, factor: Node) -> bool:
    """`\\cos\\omega (t - s)`: a Greek letter before the brackets of an angle."""
    angle, name = read_name(node.function), read_name(factor)
    return angle is not None and name is not None and _word(angle) in ANGLES and is_greek(_word(name))


def _word(name: Name) -> str:
    return name.base.lstrip("\\")


def _applies(node: Node, is_function: Callable[[Name], bool]) -> bool:
    name = read_name(node)
    return name is None or is_function(name)


def _reaches_on(node: Node) -> bool:
    """Whether this is a function with a bare argument that may be longer."""
    if not isinstance(node, Call) or isinstance(node.argument, Group):
        return False
    name = read_name(node.function)
    if name is None or _word(name) not in REACHING:
        return False
    return all(isinstance(factor, Number) or _is_letter(factor) for factor in _factors(node.argument))


def _takes_letters(node: Node) -> bool:
    """Whether letters behind mostly belong to the argument: of an angle, or behind a number."""
    if not _reaches_on(node):
        return False
    assert isinstance(node, Call), "only calls reach on"
    name = read_name(node.function)
    angle = name is not None and _word(name) in ANGLES
    return angle or isinstance(_factors(node.argument)[0], Number)


def _extended(
    factors: Sequence[Node], before: Sequence[str], *, with_bracket: bool
) -> tuple[tuple[Node, ...], tuple[str, ...]]:
    """The product with the letters behind each bare argument joined to it, and the bracket behind them."""
    joined: list[Node] = []
    kinds: list[str] = []
    position = 0
    while position < len(factors):
        node, end = factors[position], position + 1
        if isinstance(node, Call) and _reaches_on(node):
            while end < len(factors) and before[end] == "" and _is_letter(factors[end]):
                end += 1
            if with_bracket and end < len(factors) and before[end] == "" and _is_bracket(factors[end]):
                end += 1
            node = _with_argument(node, factors[position + 1 : end])
        joined.append(node)
        kinds.append(before[position])
        position = end
    return tuple(joined), tuple(kinds)


def _with_argument(node: Call, more: Sequence[Node]) -> Call:
    if not more:
        return node
    parts = (*_factors(node.argument), *more)
    span = parts[0].span.cover(parts[-1].span)
    signs = tuple(Operator(_between(a, b), "") for a, b in pairwise(parts))
    return Call(node.span.cover(span), node.function, Product(span, parts, signs))


def _factors(argument: Node) -> tuple[Node, ...]:
    match argument:
        case Product(factors=factors, operators=operators) if not any(sign.kind for sign in operators):
            return factors
    return (argument,)


def _is_letter(node: Node) -> bool:
    """A name that is neither a function's derivative nor a differential."""
    name = read_name(node)
    if name is None or name.primes or name.differentiated is not None or name.base in APART:
        return False
    return not (isinstance(node, Symbol) and node.style == "word")


def _is_bracket(node: Node) -> bool:
    return isinstance(node, Group) and node.open in ("(", "[")


def _between(left: Node, right: Node) -> Span:
    return Span(left.span.end, right.span.start)
