r"""An index that nothing sums is summed by convention where a term repeats it, and nowhere else."""

import pytest

from tests.checking.written import displayed, verdicts

LAYER = displayed(r"q_i = g s_i + h", r"F = \frac12 \sum_i (q_i - t_i)^2")


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial F}{\partial h} = \sum_i \frac{\partial F}{\partial q_i}", "correct"),
        (r"\frac{\partial F}{\partial g} = \frac{\partial F}{\partial q_i} s_i", "charitable"),
        (r"\frac{\partial F}{\partial g} = (q_i - t_i) s_i", "charitable"),
        (r"\frac{\partial F}{\partial h} = \frac{\partial F}{\partial q_i}", "undecided"),
        (r"\frac{\partial F}{\partial h} = q_i - t_i", "undecided"),
    ],
)
def test_what_is_repeated_is_summed(line: str, verdict: str) -> None:
    assert verdicts(LAYER + displayed(line))[-1] == verdict


def test_a_function_of_nothing_stops_no_document() -> None:
    assert verdicts(displayed("y = f() + x", r"\frac{dy}{dx} = 1")) != []
