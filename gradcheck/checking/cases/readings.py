"""The ways in which the names of a whole document may be read, in the order in which they are tried.

A later way is asked for only while an earlier one leaves a link that is not right, and it is taken for the
whole document or not at all: an author has one habit. Rejected: to choose for each equation, by which two
slips could excuse each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from gradcheck.checking.cases.checked import Checked
from gradcheck.checking.hearing.problem import Problem
from gradcheck.checking.hearing.shapes_told import shapes_told
from gradcheck.checking.hearing.units import units
from gradcheck.notation.statements import Statement
from gradcheck.reading.document import Document
from gradcheck.records import dataclass, replace
from gradcheck.restating.functions.bare_functions import with_functions_as_factors
from gradcheck.restating.functions.models_inlined import with_models_inlined
from gradcheck.restating.letters.boldness import by_boldness
from gradcheck.restating.recursions.customary_layers import with_customary_layers
from gradcheck.restating.recursions.layers_below import with_layers_below
from gradcheck.restating.recursions.one_step import with_one_step
from gradcheck.restating.recursions.predictions import with_predictions_told
from gradcheck.restating.recursions.unrolled import Unrolled, with_arrays
from gradcheck.restating.restated import restated
from gradcheck.restating.samples.columns import with_columns_turned
from gradcheck.restating.samples.fixed_letters import with_drawn_apart
from gradcheck.restating.samples.idle_limits import MEAN_OF_ONE, with_mean_of_one, without_idle_limits
from gradcheck.restating.samples.one_and_all import with_summands_marked
from gradcheck.restating.samples.one_example import ONE_PAIR, with_example_left_out, with_one_pair
from gradcheck.restating.samples.one_feature import with_one_feature
from gradcheck.shapes import Shape


@dataclass(frozen=True, slots=True)
class Reading:
    """A document with its conventions written out.

    customary   what it leaves out of the way forward through its layers was put in
    note        what is to be told of it
    """

    steps: Unrolled
    shapes: Mapping[str, Shape]
    customary: bool = False
    note: str = ""

    def in_arrays(self) -> Unrolled | None:
        """The same with every `x_i` as an array that the index numbers; None where there is none."""
        return with_arrays(self.steps, self.shapes, units(self.steps.body, frozenset(self.shapes)))


def readings(written: Document, problem: Problem) -> Iterator[Reading]:
    """As it stands; with the shapes that its words tell; bold letters told from plain ones; what a loss adds
    up marked; an index left out;
    draws apart; columns turned; models put in at their examples; one entry of vectors for all; one step
    alone; idle limits left out; letters of functions as factors; a mean over examples taken of one; a sum
    over pairs taken of one; layers with their way forward.
    """
    shapes = problem.vocabulary.shapes
    yield Reading(restated(written.body, shapes), shapes)
    told = shapes_told(written.body, problem.vocabulary)
    if told:
        known = {**told, **shapes}
        steps = restated(written.body, known)
        yield Reading(replace(steps, shapes={**told, **steps.shapes}), known)
    others: tuple[Callable[[], Sequence[Statement] | None], ...] = (
        lambda: by_boldness(written.body, shapes),
        lambda: with_summands_marked(written.body),
        lambda: with_example_left_out(written.body),
        lambda: with_drawn_apart(written.body, shapes),
        lambda: with_columns_turned(written.body),
        lambda: with_models_inlined(written.body),
        lambda: None if shapes else with_one_feature(written.body),
        lambda: with_one_step(written.body),
        lambda: without_idle_limits(written.body),
        lambda: with_functions_as_factors(written.body),
    )
    for other in others:
        body = other()
        if body is not None:
            yield Reading(restated(body, shapes), shapes)
    for note, of_one in ((MEAN_OF_ONE, with_mean_of_one), (ONE_PAIR, with_one_pair)):
        body = of_one(written.body)
        if body is not None:
            yield Reading(restated(body, shapes), shapes, note=note)
    body = (
        with_customary_layers(written.body)
        or with_layers_below(written.body)
        or with_predictions_told(written.body)
    )
    if body is not None:
        yield Reading(restated(body, shapes), shapes, customary=True)


def has_arrays(found: Checked, before: Checked) -> bool:
    """Whether a document is better read with arrays, found so, than as it was before.

    More must be right where `x_i` was known as a vector before; else it is enough that less is accused.
    """
    right, was = found.worth(), before.worth()
    known = any(case.scope.vocabulary.vectors for case in before.cases)
    return right[0] > was[0] or (right > was and not known)
