"""What the index letters of one line run over, as the quantities that carry them tell.

A Kronecker delta asks: `\\delta_{kj}` has no size of its own, and where k numbers features and j classes it
compares two numbers of unlike ranges; a label, the `y_i` of `\\delta_{i y_i}`, runs over the classes. So does
`x_{i+k}`, whose letters run over other sizes in each layer. A letter that the line uses over two sizes tells
nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from gradcheck.expr.inference.index_sizes import sizes_in
from gradcheck.expr.written.definitions import written_names
from gradcheck.expr.written.marks import read_mark
from gradcheck.expr.written.names import DELTAS, Name, key_of
from gradcheck.expr.written.quotients import quotients_in
from gradcheck.expr.written.vocabulary import Vocabulary
from gradcheck.notation.statements import Equation
from gradcheck.notation.tree import Node
from gradcheck.shapes import Dim, Shape

if TYPE_CHECKING:
    from gradcheck.expr.meaning.scope import Scope


def ranges(equation: Equation, scope: Scope) -> Mapping[str, Dim]:
    """The size of each index letter of a line that asks for it, where all its names tell the same."""
    names = [name for side in equation.sides for name in _names(side)]
    mixed = mixed_ranges(names, scope.vocabulary)
    if not any(name.base in DELTAS for name in names):
        return mixed
    found: dict[str, set[Dim]] = {}
    for name in names:
        told = _labels(name, scope) if name.base in DELTAS else _selected(name, _shape(name, scope))
        for letter, dim in told:
            found.setdefault(letter, set()).add(dim)
    return {**mixed, **{letter: dims.pop() for letter, dims in found.items() if len(dims) == 1}}


def mixed_ranges(names: Sequence[Name], vocabulary: Vocabulary) -> Mapping[str, Dim]:
    """The size of each index letter of some names, where one of them is an entry at several of them."""
    sizes = sizes_in(names, vocabulary)
    return {letter: dims[0] for letter, dims in sizes.items() if len(dims) == 1}


def _names(side: Node) -> list[Name]:
    """The names of a formula, those of the numerators and denominators of derivatives with them."""
    found = list(written_names(side))
    for quotient in quotients_in(side):
        parts = [*quotient.variables, *([quotient.target] if quotient.target is not None else [])]
        found += [name for part in parts for name in written_names(part)]
    return found


def _shape(name: Name, scope: Scope) -> Shape | None:
    name = scope.normalised(name)
    key = key_of(name.base, name.layer, ())
    known = scope.quantity(key)
    return known.shape if known is not None else scope.vocabulary.inferred.get(key)


def _labels(name: Name, scope: Scope) -> Iterator[tuple[str, Dim]]:
    """The labels below a Kronecker delta, each with how many classes there are."""
    for mark in name.sub:
        read = read_mark(mark)
        if read is not None and scope.vocabulary.is_label(mark):
            label = scope.vocabulary.labels[read.base]
            array = scope.quantity(label.key)
            if array is not None:
                yield mark, array.shape[label.class_axis]


def _selected(name: Name, shape: Shape | None) -> list[tuple[str, Dim]]:
    """The letters below a name, each with the axis that it selects from."""
    if shape is None or name.sample is not None:
        return []
    marks = (name.sub[1], name.sub[0]) if name.transpose and len(name.sub) == 2 else name.sub
    axes = shape if len(marks) == 2 else tuple(dim for dim in shape if dim != 1)
    if len(marks) != len(axes):
        return []
    return [(mark, dim) for mark, dim in zip(marks, axes, strict=True) if len(mark) == 1 and mark.islower()]
