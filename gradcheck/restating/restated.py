"""What a document leaves to its conventions, written out before anything is given a meaning.

Each step takes statements and gives statements with the numbers and spans of what was written. The order
matters: the limits of sums and new names come first, since the letters of layers are told apart by what is
defined; recursions come last, which make several equations of one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from gradcheck.notation.statements import Statement
from gradcheck.notation.whole import passed
from gradcheck.restating.derivatives.deltas import with_deltas_told
from gradcheck.restating.derivatives.primes import with_primes_told
from gradcheck.restating.functions.bare_functions import with_arguments_told
from gradcheck.restating.functions.parameters import with_parameters
from gradcheck.restating.functions.unsaid_arguments import with_arguments_said
from gradcheck.restating.letters.letters_of_losses import with_loss_letters_told
from gradcheck.restating.letters.named_at_the_end import with_names_given
from gradcheck.restating.letters.rates import with_rates_told
from gradcheck.restating.letters.spellings import in_plain_spelling
from gradcheck.restating.letters.substituted import with_names_substituted
from gradcheck.restating.models.noise import with_errors_told
from gradcheck.restating.recursions.accumulated import with_accumulated
from gradcheck.restating.recursions.any_layer import in_layers
from gradcheck.restating.recursions.current_values import with_current_values
from gradcheck.restating.recursions.losses_of_steps import with_losses_of_steps
from gradcheck.restating.recursions.ranges import told_apart
from gradcheck.restating.recursions.unrolled import Unrolled, unrolled
from gradcheck.restating.recursions.values_of_steps import with_values_of_steps
from gradcheck.restating.samples.counted import with_limits
from gradcheck.restating.samples.design_rows import with_rows_numbered
from gradcheck.restating.samples.drawn_lists import with_lists_apart
from gradcheck.restating.samples.dropped_indices import with_indices_written
from gradcheck.restating.samples.fixed_letters import with_fixed_letters
from gradcheck.restating.samples.one_and_all import with_examples_marked
from gradcheck.restating.samples.summands import with_summands_apart
from gradcheck.restating.samples.superscripts import without_labels
from gradcheck.restating.samples.totals import with_summands_told, with_totals
from gradcheck.restating.sayings.parts_told_later import with_parts_told
from gradcheck.restating.sayings.words_given import with_words_given
from gradcheck.shapes import Shape


def restated(body: Sequence[Statement], shapes: Mapping[str, Shape]) -> Unrolled:
    """The statements with all that is left to conventions written out.

    shapes   key → shape as it was declared
    """
    steps: tuple[Callable[[Sequence[Statement]], Sequence[Statement]], ...] = (
        partial(with_rates_told, declared=shapes),
        partial(with_loss_letters_told, declared=shapes),
        with_current_values,
        with_errors_told,
        with_examples_marked,
        with_totals,
        with_summands_told,
        with_parts_told,
        with_words_given,
        without_labels,
        with_deltas_told,
        with_indices_written,
        partial(with_limits, declared=shapes),
        partial(with_names_given, declared=shapes),
        in_plain_spelling,
        with_rows_numbered,
        with_accumulated,
        with_arguments_said,
        with_arguments_told,
        with_primes_told,
        with_parameters,
        partial(with_names_substituted, declared=shapes),
        with_summands_apart,
        with_lists_apart,
        partial(with_fixed_letters, declared=shapes),
        told_apart,
        in_layers,
        with_losses_of_steps,
        with_values_of_steps,
    )
    for step in steps:
        body = passed(body, step)
    return unrolled(body, shapes)
