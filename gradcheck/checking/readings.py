"""The ways in which the names of a whole document may be read, in the order in which they are tried.

A later way is asked for only while an earlier one leaves a link that is not right, and it is taken for the
whole document or not at all: an author has one habit. Rejected: to choose for each equation, by which two
slips could excuse each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gradcheck.checking.boldness import by_boldness
from gradcheck.checking.checked import Checked
from gradcheck.checking.one_example import with_example_left_out
from gradcheck.checking.problem import Problem
from gradcheck.checking.restated import restated
from gradcheck.checking.unrolled import Unrolled, with_arrays
from gradcheck.reading.document import Document


@dataclass(frozen=True, slots=True)
class Reading:
    """A document with its conventions written out.

    is_better   whether what was found by this reading goes before what was found by an earlier one
    """

    steps: Unrolled
    is_better: Callable[[Checked, Checked], bool]


def readings(written: Document, problem: Problem) -> Iterator[Reading]:
    """As it stands; bold letters told from plain ones; an index left out; `x_i` as an array."""
    shapes = problem.vocabulary.shapes
    steps = restated(written.body, shapes)
    yield Reading(steps, _is_worth_more)
    told = by_boldness(written.body, shapes)
    if told is not None:
        yield Reading(restated(told, shapes), _is_worth_more)
    one = with_example_left_out(written.body)
    if one is not None:
        yield Reading(restated(one, shapes), _is_worth_more)
    arrays = with_arrays(steps, shapes)
    if arrays is not None:
        yield Reading(arrays, _has_arrays)


def _is_worth_more(found: Checked, before: Checked) -> bool:
    return found.worth() > before.worth()


def _has_arrays(found: Checked, before: Checked) -> bool:
    """More must be right where `x_i` was known as a vector before; else it is enough that less is accused."""
    right, was = found.worth(), before.worth()
    known = any(case.scope.vocabulary.vectors for case in before.cases)
    return right[0] > was[0] or (right > was and not known)
