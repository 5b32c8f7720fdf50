"""A mean over an index tells how many terms there are, be it without a limit above its Σ."""

import pytest

from tests.checking.written import displayed, verdicts

SPREAD = displayed(r"\mu = \frac1n \sum_i x_i", r"v = \frac1n \sum_i (x_i - \mu)^2")


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial \mu}{\partial x_k} = \frac1n", "correct"),
        (r"\frac{\partial v}{\partial x_k} = \frac2n (x_k - \mu)", "correct"),
        (r"\frac{\partial v}{\partial x_k} = \frac1n (x_k - \mu)", "wrong"),
        (r"\frac{\partial v}{\partial x_k} = 2 (x_k - \mu)", "wrong"),
    ],
)
def test_the_divisor_of_a_mean_counts_its_terms(line: str, verdict: str) -> None:
    assert verdicts(SPREAD + displayed(line))[-1] == verdict


def test_half_a_mean() -> None:
    forward = displayed(r"c = \frac{1}{N} \sum_j z_j", r"E = \frac{1}{2N} \sum_j (z_j - c)^2")
    right = r"\frac{\partial E}{\partial z_j} = \frac{1}{N} (z_j - c)"
    assert verdicts(forward + displayed(right))[-1] == "correct"


def test_another_divisor_counts_nothing() -> None:
    forward = displayed(r"s = \frac{1}{\tau} \sum_i x_i", r"w = \sum_i (x_i - s)^2")
    line = r"\frac{\partial w}{\partial x_k} = 2 (x_k - s)"
    assert verdicts(forward + displayed(line))[-1] == "wrong"
