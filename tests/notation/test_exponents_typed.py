"""Exponents in brackets, as they are typed, and Σ as the letter of a covariance."""

import pytest

from tests.checking.written import verdicts


def typed(*lines: str) -> list[str]:
    return verdicts("```\n" + "\n".join(lines) + "\n```\n")


DISTANCE = "q(x, μ) = (x - μ)^T Σ^(-1) (x - μ)"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ("∇ₓ q(x, μ) = 2Σ^(-1)(x - μ)", "correct"),
        ("∇ₓ q(x, μ) = 2Σ⁻¹(x - μ)", "correct"),
        ("∇ₓ q(x, μ) = Σ^(-1)(x - μ)", "wrong"),
    ],
)
def test_the_letter_of_a_covariance(line: str, verdict: str) -> None:
    assert typed(DISTANCE, line)[-1] == verdict


def test_a_sum_stays_one() -> None:
    assert typed("f(x) = Σᵢ xᵢ²", "∂f/∂xₖ = 2xₖ")[-1] == "correct"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ("dp/dx = -x^(-2)", "correct"),
        ("dp/dx = x^(-2)", "wrong"),
        ("dp/dx = -x**(-2)", "correct"),
    ],
)
def test_a_negative_exponent(line: str, verdict: str) -> None:
    assert typed("p = x^(-1)", line)[-1] == verdict


def test_a_root_by_its_exponent() -> None:
    assert typed("r = x^(1/2)", "dr/dx = (1/2) x^(-1/2)")[-1] != "wrong"
