"""The quantity whose samples or components were defined: free indices become its axes.

`z^{(i)} = …` is stacked into the batch, `z_j = …` into the vector, `W_{jk} = …` into the matrix.
"""

from __future__ import annotations

from gradcheck.expr.forms.build import apply, num, stack
from gradcheck.expr.forms.reading import MeaningError
from gradcheck.expr.forms.tree import Expr, Ix
from gradcheck.expr.meaning.repeated import lone_summed
from gradcheck.expr.written.names import Name
from gradcheck.expr.written.vocabulary import Vocabulary
from gradcheck.shapes import Shape


def whole_of(
    value: Expr,
    name: Name,
    unwritten: str,
    vocabulary: Vocabulary,
    wanted: tuple[Shape, ...] | None = None,
) -> Expr:
    """The whole of which a definition gives one sample or component.

    unwritten       the sample index that nobody writes in component notation
    vocabulary      says how samples lie, and whether an index of the right side alone is summed
    wanted          the shapes that it may have: where these are rows, a single subscript counts columns; a
                    zero has any of them

    Raises MeaningError for an index that is free on the right only.
    """
    if wanted is not None and value == num(0) and value.shape not in wanted:
        return apply("zeros", attr=(wanted[0],), span=value.span)
    free = dict(value.free)
    samples = vocabulary.sample_axis
    first = 1 - samples if name.sample is not None and name.sample in free else 0
    if len(name.places) == 1 and (wanted[0][0] == 1 if wanted is not None else vocabulary.lies_in_row(name)):
        first = 1
    marks = [(mark, first) for mark in name.places[:1] if mark in free]
    marks += [(mark, 1) for mark in name.places[1:2] if mark in free]
    if name.sample is not None and name.sample in free:
        marks.append((name.sample, samples))
    if unwritten in free:
        marks.append((unwritten, 1))
    if len(marks) == 1 and name.base in vocabulary.vectors and value.shape[0] != 1 == value.shape[1]:
        value = apply("transpose", value)  # one of several vectors is a row of them all
    if vocabulary.sums_repeated:
        value = lone_summed(value, [mark for mark, _ in marks])
    for mark, axis in marks:
        value = stack(value, Ix(mark, free[mark]), axis)
    if value.free:
        raise MeaningError(f"the index {value.free[0][0]} is free on the right only", name.span)
    return value
