"""Steps beside text that speaks both of maximising and of minimising: the paragraph before a step decides."""

import pytest

from tests.checking.written import displayed, verdicts

VALUES = "# Values\n\nThe agent maximises what it is paid over a day.\n\n"
LOSS = "# Fit\n\n" + displayed(r"\ell(q) = \frac12 (q - v)^2")
DOWN = "We minimize this by taking steps:\n\n"
CLIMB = "We minimize the negative of this, that is, we maximize it:\n\n"


@pytest.mark.parametrize("right", [r"\nabla_q \ell(q)", "(q - v)"])
def test_a_step_goes_down_where_its_paragraph_minimises(right: str) -> None:
    def last(words: str, sign: str) -> str:
        return verdicts(VALUES + LOSS + words + displayed(rf"q \leftarrow q {sign} \alpha {right}"))[-1]

    assert last(DOWN, "-") == "correct"
    assert last(DOWN, "+") == "wrong"
    assert last(CLIMB, "+") == last("", "+") == "correct"
