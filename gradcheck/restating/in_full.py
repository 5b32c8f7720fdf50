"""What the formulas of a document leave to its reader, put in before its vocabulary is learnt.

This is the form that reports show too. Words become indices and values, a map becomes its value, a
differential a derivative, a condition its solution; what a worked example computes is set aside.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gradcheck.notation.conditionals import with_index_arguments
from gradcheck.notation.initials import with_initials
from gradcheck.notation.statements import Statement
from gradcheck.notation.whole import passed
from gradcheck.reading.document import Document
from gradcheck.records import replace
from gradcheck.restating.derivatives.deltas import with_delta_quotients
from gradcheck.restating.derivatives.differentials import with_differentials
from gradcheck.restating.derivatives.directions import with_directions
from gradcheck.restating.derivatives.implicit import with_slopes_of_curves
from gradcheck.restating.derivatives.in_time import with_rates_written
from gradcheck.restating.derivatives.jacobians import with_jacobians
from gradcheck.restating.derivatives.lost_signs import with_signs
from gradcheck.restating.derivatives.nablas import with_variables
from gradcheck.restating.derivatives.partials_listed import with_partials_listed
from gradcheck.restating.derivatives.solutions import with_conditions_solved
from gradcheck.restating.derivatives.total_derivatives import with_total_derivatives
from gradcheck.restating.derivatives.unsaid_losses import with_losses_derived
from gradcheck.restating.functions.activations_below import with_activations_named
from gradcheck.restating.functions.arguments_named import with_arguments_named
from gradcheck.restating.functions.named_values import with_values_of_functions
from gradcheck.restating.functions.own_arguments import without_own_arguments
from gradcheck.restating.functions.parameter_tuples import without_tuples
from gradcheck.restating.functions.placeholders import with_placeholders
from gradcheck.restating.functions.points import with_points
from gradcheck.restating.functions.tables import with_tables
from gradcheck.restating.functions.told_at_entries import with_functions_of_entries
from gradcheck.restating.functions.told_by_chains import with_chains_told
from gradcheck.restating.functions.undefined_densities import with_undefined_densities
from gradcheck.restating.functions.unsaid_parameters import with_parameters_said
from gradcheck.restating.functions.values_above import with_values_above
from gradcheck.restating.functions.values_of_maps import with_values
from gradcheck.restating.functions.weights_of_masses import with_falls_multiplied
from gradcheck.restating.letters.circle_number import with_number_upright
from gradcheck.restating.letters.errors_called_e import with_errors_called_e
from gradcheck.restating.letters.gammas import with_gamma_upright
from gradcheck.restating.letters.layers_between import with_layers_led_to
from gradcheck.restating.letters.replaced import with_parts_named
from gradcheck.restating.letters.small_transposes import with_transposes
from gradcheck.restating.letters.spellings import with_layers_above
from gradcheck.restating.models.at_examples import with_densities_at_examples
from gradcheck.restating.models.densities import with_densities
from gradcheck.restating.models.divergences import with_divergences
from gradcheck.restating.models.events import with_events_named
from gradcheck.restating.models.floors import with_floors_left_out
from gradcheck.restating.models.losses_of_outputs import with_losses_of_outputs
from gradcheck.restating.models.models_of_data import with_models_told
from gradcheck.restating.models.models_of_steps import with_models_of_steps
from gradcheck.restating.models.moments import with_moments_named
from gradcheck.restating.models.other_formulas import with_other_formulas
from gradcheck.restating.models.random_values import with_values_of_variables
from gradcheck.restating.models.small_losses import with_small_losses
from gradcheck.restating.passages.taken_anew import with_examples_called
from gradcheck.restating.recursions.unsaid_losses_of_steps import with_losses_of_steps_told
from gradcheck.restating.recursions.values_in_time import with_values_in_time
from gradcheck.restating.samples.bare_sums import with_indices_below
from gradcheck.restating.samples.pairs import with_pairs_told
from gradcheck.restating.samples.sums_over_inputs import with_inputs_summed
from gradcheck.restating.samples.written_series import with_series_summed
from gradcheck.restating.samples.zeroth_terms import with_zeroth_terms
from gradcheck.restating.sayings.braces import with_braces_told
from gradcheck.restating.sayings.cases_told import with_cases_told
from gradcheck.restating.sayings.declared_anew import with_shapes_told_anew
from gradcheck.restating.sayings.diagonals import with_diagonals_of_lists
from gradcheck.restating.sayings.entries_called import with_entries_called
from gradcheck.restating.sayings.examples import set_aside
from gradcheck.restating.sayings.formulas_in_numbers import with_formulas_of_numbers
from gradcheck.restating.sayings.matrices_listed import with_matrices_listed
from gradcheck.restating.sayings.parts_called import with_parts_called
from gradcheck.restating.sayings.recalled import with_recalled
from gradcheck.restating.sayings.regions_told import with_regions_told
from gradcheck.restating.sayings.softmax_called import with_softmax_called
from gradcheck.restating.sayings.words_above import with_words_below

# In this order: each step may rely on what those above it have written out.
STEPS: tuple[Callable[[Sequence[Statement]], Sequence[Statement]], ...] = (
    with_signs,
    with_delta_quotients,
    with_falls_multiplied,
    with_layers_above,
    with_layers_led_to,
    with_matrices_listed,
    with_shapes_told_anew,
    with_activations_named,
    with_values_in_time,
    with_errors_called_e,
    with_small_losses,
    with_floors_left_out,
    with_inputs_summed,
    with_braces_told,
    with_parts_named,
    with_arguments_named,
    with_parts_called,
    with_softmax_called,
    with_entries_called,
    with_other_formulas,
    with_examples_called,
    with_initials,
    with_series_summed,
    with_zeroth_terms,
    with_models_of_steps,
    with_transposes,
    with_directions,
    without_tuples,
    with_losses_of_outputs,
    with_divergences,
    with_densities,
    with_number_upright,
    with_gamma_upright,
    with_words_below,
    with_diagonals_of_lists,
    with_values_of_variables,
    with_densities_at_examples,
    with_functions_of_entries,
    with_moments_named,
    with_events_named,
    with_slopes_of_curves,
    with_index_arguments,
    with_points,
    with_undefined_densities,
    with_tables,
    with_parameters_said,
    with_values_of_functions,
    with_losses_of_steps_told,
    with_chains_told,
    with_partials_listed,
    with_values,
    with_jacobians,
    with_total_derivatives,
    with_rates_written,
    without_own_arguments,
    with_values_above,
    with_indices_below,
    with_pairs_told,
    with_differentials,
    with_losses_derived,
    with_variables,
    with_cases_told,
    with_regions_told,
    with_placeholders,
    with_models_told,
    with_conditions_solved,
    with_recalled,
    with_formulas_of_numbers,
    set_aside,
)


def in_full(document: Document) -> Document:
    """The document with what its formulas leave to their reader put in, and worked examples set aside."""
    body: Sequence[Statement] = document.body
    for step in STEPS:
        body = passed(body, step)
    return replace(document, body=tuple(body))
