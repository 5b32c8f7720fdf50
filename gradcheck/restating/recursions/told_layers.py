"""Networks whose index letters are their layers, up to a loss at the last: `o_k = σ(Σ_j w_{jk} o_j)`.

Where the loss is told of the letter that stands highest, each letter is one layer, and the layers are
numbered: `o_i^{[0]}`, `o_j^{[1]}`, `o_k^{[2]}`. What is told of one layer, `o_j = f(n_j)`, is told again of
every other that it is not told of, under the same number. A loss of one output, `E = ½ (t_k - o_k)^2`, is
that of all outputs where the document sums over them anywhere, else that of the k-th.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum

from gradcheck.expr.written.definitions import Definition, definitions
from gradcheck.expr.written.indices import bound_letters, names_within
from gradcheck.expr.written.names import Name, read_name
from gradcheck.expr.written.quotients import derives
from gradcheck.expr.written.vocabulary import is_loss_name
from gradcheck.notation.statements import Equation, rewritten
from gradcheck.notation.tree import BigOperator, Node, Scripted, Symbol
from gradcheck.notation.walk import mapped, of_kind
from gradcheck.records import dataclass


class Loss(Enum):
    """Of which units a loss is told: of all, of all though no Σ says so, or of one at a time."""

    OF_ALL = "of all"
    MEANS_ALL = "means all"
    OF_EACH = "of each"


@dataclass(frozen=True, slots=True)
class Output:
    """Where a network ends.

    letter   the index of its last units
    base     that of the loss
    loss     of which of the units it is told
    """

    letter: str
    base: str
    loss: Loss


def output_of(
    equations: Sequence[Equation], heights: Mapping[str, int], units: frozenset[str]
) -> Output | None:
    """Where the loss is told of units of the highest letter, and of no others; None where it is not."""
    top = max(heights.values())
    for definition in definitions(equations):
        if definition.name.sub or not is_loss_name(definition.name) or derives(definition.right):
            continue
        letters = {
            name.sub[0]
            for name in names_within(definition.right)
            if name.base in units and len(name.sub) == 1 and name.sub[0] in heights
        }
        if len(letters) == 1 and heights[letter := letters.pop()] == top:
            return Output(letter, definition.name.base, _told_of(letter, definition.right, equations))
    return None


def _told_of(letter: str, formula: Node, equations: Sequence[Equation]) -> Loss:
    """Of which units a formula for the loss is told."""
    if letter in _bound(formula):
        return Loss.OF_ALL
    anywhere = any(letter in _bound(side) for equation in equations for side in equation.sides)
    return Loss.MEANS_ALL if anywhere else Loss.OF_EACH


def _bound(node: Node) -> frozenset[str]:
    """The letters that the Σ of a formula bind."""
    return frozenset().union(*(bound_letters(n) for n in of_kind(node, BigOperator)))


def in_output(equation: Equation, output: Output) -> Equation:
    """An equation with the loss of the units that it is told of, `E_k` or with its Σ."""
    if output.loss is Loss.OF_EACH:
        return rewritten(equation, lambda node: _with_index(node, output))
    head = read_name(equation.head)
    if output.loss is Loss.OF_ALL or head is None or head.base != output.base or head.sub:
        return equation

    def put(node: Node) -> Node:
        if node is equation.head:
            return node
        return BigOperator(node.span, "sum", Symbol(node.span, output.letter), None, node)

    return rewritten(equation, put)


def _with_index(node: Node, output: Output) -> Node:
    """A formula with the output's index below the loss."""
    if isinstance(node, Symbol) and node.name == output.base and not node.style:
        return Scripted(node.span, node, Symbol(node.span, output.letter), None)
    if isinstance(node, Scripted) and node.sub is not None:
        return node
    return mapped(node, lambda child: _with_index(child, output))


def told_again(
    equations: Sequence[Equation], heights: Mapping[str, int], cycle: frozenset[str]
) -> Iterator[Equation]:
    """Definitions of one layer's units as those of each layer that has none.

    cycle   the bases that lead from one layer to the next
    """
    told: dict[str, dict[int, Equation]] = {}
    for equation in equations:
        for definition in definitions([equation]):
            if _is_of_units(definition, heights, cycle):
                height = heights[definition.name.sub[0]]
                told.setdefault(definition.name.base, {}).setdefault(height, equation)
    lowest, top = min(heights.values()), max(heights.values())
    for known in told.values():
        for height in sorted(set(range(lowest + 1, top + 1)) - known.keys()):
            nearest = min(known, key=lambda other: (abs(other - height), other))
            yield _shifted(known[nearest], heights, height - nearest)


def _is_of_units(definition: Definition, heights: Mapping[str, int], cycle: frozenset[str]) -> bool:
    name: Name = definition.name
    single = len(name.sub) == 1 and name.sub[0] in heights
    return single and name.base in cycle and not derives(definition.right)


def _shifted(equation: Equation, heights: Mapping[str, int], by: int) -> Equation:
    """An equation of another layer: each of its index letters is that of so many layers above."""
    letters = {height: letter for letter, height in reversed(list(heights.items()))}
    renamed = {letter: letters.get(height + by, letter) for letter, height in heights.items()}

    def put(node: Node) -> Node:
        if isinstance(node, Symbol) and not node.style and node.name in renamed:
            return Symbol(node.span, renamed[node.name])
        return mapped(node, put)

    return rewritten(equation, put)
