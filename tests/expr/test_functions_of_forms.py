"""Values of functions in formulas: quotients of forms, and functions that are told as derivatives."""

import pytest

from tests.checking.written import displayed, verdicts

QUOTIENT = r"f(x) = \frac{x^\top A x}{x^\top x}"


@pytest.mark.parametrize(
    ("slope", "expected"),
    [
        (r"\nabla f = \frac{2}{x^\top x} (A x - f(x) x)", "correct"),
        (r"\nabla f = \frac{2}{x^\top x} (A x + f(x) x)", "wrong"),
    ],
)
def test_what_divides_is_a_number(slope: str, expected: str) -> None:
    assert verdicts("Let $A$ be symmetric.\n\n" + displayed(QUOTIENT, slope))[-1] == expected


@pytest.mark.parametrize(
    ("slope", "expected"),
    [
        (r"\frac{dy}{dx} = F(x) + x f(x)", "correct"),
        (r"\frac{dy}{dx} = F(x) - x f(x)", "wrong"),
    ],
)
def test_a_capital_with_a_prime_is_a_function(slope: str, expected: str) -> None:
    assert verdicts(displayed(r"y = x F(x)", r"f(x) = F'(x)", slope))[-1] == expected


def test_a_function_that_a_derivative_tells_breaks_nothing() -> None:
    told = (
        r"\Phi(x) = \frac{1}{2} (1 + \operatorname{erf}(x / \sqrt{2}))",
        r"\phi(x) = \Phi'(x) = \frac{1}{\sqrt{2 \pi}} e^{-x^2 / 2}",
        r"y = x \Phi(x)",
    )
    assert verdicts(displayed(*told, r"y' = \Phi(x) + x \phi(x)"))[-1] != "wrong"
