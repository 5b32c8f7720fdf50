r"""Predictions that nothing makes: `L = (y_{pred} - t)^2`, or `∂L/∂\hat y` beside `y \log h(x)`.

What a loss calls a prediction is the one end of the way forward, and `\hat y`, where only other lines write
it, what a cross entropy takes the logarithm of. Another reading of a document, like the customary layers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gradcheck.expr.written.definitions import definitions, read_applied, unboxed, written_names
from gradcheck.expr.written.indices import bound_letters
from gradcheck.expr.written.names import Name, base_text, core_letter, read_name
from gradcheck.expr.written.quotients import derives
from gradcheck.expr.written.vocabulary import is_loss_name
from gradcheck.notation.parser import parse_one
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import BigOperator, Call, Group, Node, Sum
from gradcheck.notation.walk import letters_in, mapped, of_kind
from gradcheck.records import replace
from gradcheck.restating.recursions.customary_layers import ERROR, PREDICTIONS, begun_with
from gradcheck.restating.recursions.families import names_of


def with_predictions_told(body: Sequence[Statement]) -> Sequence[Statement] | None:
    """The statements with such a prediction told; None where there is none."""
    equations = [item for item in body if isinstance(item, Equation)]
    told = _output(equations)
    if told is not None:
        return begun_with(body, [told])
    told = _entropy(equations)
    return None if told is None else begun_with(_called(body, *told), [told])


def _output(equations: Sequence[Equation]) -> tuple[str, str] | None:
    """`y_{pred} = y`: what a loss calls prediction, and the one end of the way forward that it is told of.

    `y = y_{pred}` beside a formula for y says so already: nothing is left out.
    """
    forward = [d for d in definitions(equations) if not (d.is_function or derives(d.right))]
    losses = [d for d in forward if is_loss_name(d.name)]
    bare = {d: name for d in forward if (name := read_name(unboxed(d.right))) is not None}
    with_formula = {d.name.key for d in forward if d not in bare}
    told = {name.key for d, name in bare.items() if d.name.key in with_formula}
    made = {d.name.key for d in forward} | told
    wanted = {name.key: name for d in losses for name in written_names(d.right) if _is_prediction(name)}
    used = {name.key for d in forward for name in written_names(d.right)}
    applied = filter(None, (read_applied(d.right) for d in forward))
    written_out = {latex(argument) for each in applied for argument in each.arguments}
    ends = {
        d.name.key: d.name
        for d in forward
        if d not in losses and d.name.base != ERROR and latex(d.right) not in written_out
    }
    open_ends = [name for key, name in ends.items() if key not in used and name.differentiated is None]
    if len(wanted) != 1 or wanted.keys() & made:
        return None
    (prediction,) = wanted.values()
    alike = [n for n in open_ends if core_letter(n.base) == core_letter(prediction.base)]
    found = alike if len(alike) == 1 else open_ends
    return (prediction.key, found[0].key) if len(found) == 1 else None


def _is_prediction(name: Name) -> bool:
    worded = any(mark in ("\\text{pred}", "pred") for mark in name.sub)
    return name.is_plain and (worded or (name.base in PREDICTIONS and not name.sub))


def _entropy(equations: Sequence[Equation]) -> tuple[str, str] | None:
    """`\\hat y = p` of a loss with `y \\log p`, where only other lines call p so."""
    told = list(definitions(equations))
    losses = [d.right for d in told if is_loss_name(d.name) and not derives(d.right)]
    logs = [
        call for right in losses for call in of_kind(right, Call) if base_text(call.function) in ("log", "ln")
    ]
    arguments = {latex(each): each for call in logs for each in _inside(call.argument)}
    taken = {d.name.base for d in told} | {name.base for right in losses for name in written_names(right)}
    wanted = {name.key: name for e in equations for name in names_of(e) if name.base in PREDICTIONS}
    if len(arguments) != 1 or len(wanted) != 1 or any(name.base in taken for name in wanted.values()):
        return None
    (name,), (value,) = wanted.values(), arguments.values()
    letters = frozenset().union(
        *(bound_letters(big) for right in losses for big in of_kind(right, BigOperator))
    )
    mark = name.sample or "".join(name.sub)
    if letters & letters_in(value) != ({mark} if mark else set()) or name.layer is not None:
        return None
    marked = f"^{{({mark})}}" if name.sample else f"_{{{mark}}}" if mark else ""
    return f"{name.base}{marked}", latex(value)


def _called(body: Sequence[Statement], name: str, value: str) -> Sequence[Statement]:
    """The statements with a name for a value in the formulas of losses."""
    called, called_so = parse_one(name), parse_one(value)
    assert called is not None, "it was written"
    assert called_so is not None, "it was written"

    def put(node: Node) -> Node:
        if isinstance(node, type(called_so)) and latex(node) == value:
            return replace(called, span=node.span)
        return mapped(node, put)

    def is_loss(item: Equation) -> bool:
        return any(is_loss_name(d.name) for d in definitions([item]))

    return [rewritten(item, put) if isinstance(item, Equation) and is_loss(item) else item for item in body]


def _inside(argument: Node) -> Iterator[Node]:
    """What a logarithm is taken of, unless that is the rest, `1 - p`."""
    inner = argument.items[0] if isinstance(argument, Group) and len(argument.items) == 1 else argument
    if not isinstance(inner, Sum):
        yield inner
