"""`w(t+1) = w(t) - ...`: a step of descent numbered as a function is applied."""

import pytest

from tests.checking.written import displayed, verdicts

UNIT = displayed(r"y = \sum_k w_k x_k", r"E = \frac12 (y - d)^2")


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"w_k(t+1) = w_k(t) - \eta (y - d) x_k", "correct"),
        (r"w_k(n+1) = w_k(n) - \eta \frac{\partial E}{\partial w_k}", "correct"),
        (r"w_k(t+1) = w_k(t) + \eta (y - d) x_k", "wrong"),
        (r"w_k(t+1) = w_k(t) - \eta (y - d) x_k^2", "wrong"),
    ],
)
def test_a_numbered_step_is_a_step(line: str, verdict: str) -> None:
    assert verdicts(UNIT + displayed(line))[-1] == verdict


def test_a_product_by_a_bracket_stays_one() -> None:
    assert verdicts(displayed(r"q = 3", r"q(t+1) = q t + q"))[-1] == "correct"
