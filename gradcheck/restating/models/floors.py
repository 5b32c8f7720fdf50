r"""Floors that keep a logarithm finite: `-\frac1m \sum_i y_i \log(\hat y_i + \epsilon)` is as in code.

The derivation beside it is of the loss without the floor, `∂L/∂z = \hat y - y`, and would be off by as little
as nobody tells. Where no line outside of logarithms writes the floor, it is left out; where a gradient
holds it, `-\frac{y}{\hat y + \epsilon}`, the author derives the loss as it stands. An ε of a model, or of a
step, stands elsewhere too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import Call, Group, Node, Number, Scripted, Sum, Symbol, Term
from gradcheck.notation.walk import letters_in, of_kind, rebuilt
from gradcheck.patterns import late_pattern
from gradcheck.records import replace

LETTERS = frozenset(("epsilon", "varepsilon"))
LOGARITHMS = frozenset(("log", "ln"))
_SMALL = late_pattern(r"\d(?:\.\d+)?[eE]-(?:[4-9]|\d\d)$|0?\.0{3,}\d+$")
_EXPONENT = late_pattern(r"-(?:[4-9]|\d\d)$")


def with_floors_left_out(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements without what is added below logarithms alone; themselves where nothing is."""
    equations = [item for item in body if isinstance(item, Equation)]
    calls = [call for call in _logarithms(equations) if _floors(call)]
    if not calls:
        return body
    low = {id(term.body) for call in calls for term in _floors(call)}
    if any(id(node) not in low for equation in equations for node in _small_in(equation)):
        return body
    return [rewritten(item, _without) if isinstance(item, Equation) else item for item in body]


def _logarithms(equations: Sequence[Equation]) -> Iterator[Call]:
    for equation in equations:
        for side in equation.sides:
            if LOGARITHMS & letters_in(side):
                yield from (call for call in of_kind(side, Call) if _is_logarithm(call))


def _is_logarithm(call: Call) -> bool:
    return isinstance(call.function, Symbol) and call.function.name in LOGARITHMS


def _floors(call: Call) -> list[Term]:
    """What is added to the rest of an argument and is as small as a floor."""
    inside = call.argument.items if isinstance(call.argument, Group) else ()
    if len(inside) != 1 or not isinstance(inside[0], Sum):
        return []
    found = [term for term in inside[0].terms if term.sign == "+" and _is_small(term.body)]
    return found if len(found) < len(inside[0].terms) else []


def _is_small(node: Node) -> bool:
    """Whether a term is an ε, or a number like `10^{-8}` and `1e-8`."""
    if isinstance(node, Symbol):
        return node.name in LETTERS
    if isinstance(node, Number):
        return bool(_SMALL.match(node.text))
    if not isinstance(node, Scripted) or not isinstance(node.base, Number) or node.base.text != "10":
        return False
    exponent = node.sup.terms if isinstance(node.sup, Sum) else ()
    body = exponent[0].body if len(exponent) == 1 else None
    return isinstance(body, Number) and bool(_EXPONENT.match(exponent[0].sign + body.text))


def _small_in(equation: Equation) -> Iterator[Node]:
    """Every ε of an equation that does not say how small it is, and every small number that is added."""
    if isinstance(equation.head, Symbol) and equation.head.name in LETTERS:
        return
    for side in equation.sides:
        if LETTERS & letters_in(side):
            yield from (node for node in of_kind(side, Symbol) if node.name in LETTERS)
        added = (term.body for whole in of_kind(side, Sum) if len(whole.terms) > 1 for term in whole.terms)
        yield from (node for node in added if not isinstance(node, Symbol) and _is_small(node))


def _without(node: Node) -> Node:
    return rebuilt(node, Call, _raised)


def _raised(call: Call) -> Node:
    """A logarithm of its argument without the floor."""
    low = _floors(call) if _is_logarithm(call) else []
    if not low or not isinstance(call.argument, Group) or not isinstance(call.argument.items[0], Sum):
        return call
    whole = call.argument.items[0]
    kept = tuple(term for term in whole.terms if term not in low)
    rest = kept[0].body if len(kept) == 1 and kept[0].sign == "+" else Sum(whole.span, kept)
    return replace(call, argument=replace(call.argument, items=(rest,)))
