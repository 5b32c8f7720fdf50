"""Densities that are told of one value and stand at every example: their likelihoods are computed."""

import pytest

from tests.checking.written import displayed, verdicts

RATES = [
    r"f(t; a) = a e^{-a t}",
    r"L(a) = \prod_{j=1}^n f(t_j; a)",
    r"\log L(a) = n \log a - a \sum_{j=1}^n t_j",
    r"\frac{\partial \log L}{\partial a} = \frac{n}{a} - \sum_{j=1}^n t_j",
]
TWO = [
    r"p(x \mid m, v) = \frac{1}{\sqrt{2 \pi v}} e^{-\frac{(x - m)^2}{2 v}}",
    r"\ell = \sum_{i=1}^n \log p(x_i \mid m, v)",
    r"\frac{\partial \ell}{\partial m} = \frac{1}{v} \sum_{i=1}^n (x_i - m)",
]
VECTORS = [
    (
        r"g(\mathbf{x}) = q(\mathbf{x} | \mathbf{m}, \mathbf{S}) = "
        r"\frac{1}{\sqrt{(2\pi)^d |\mathbf{S}|}} \exp\{-\frac12 (\mathbf{x} - \mathbf{m})^T"
        r" \mathbf{S}^{-1} (\mathbf{x} - \mathbf{m})\}"
    ),
    r"\ell = \log \prod_{i=1}^n q(\mathbf{x}_i | \mathbf{m}, \mathbf{S})",
    r"\frac{\partial \ell}{\partial \mathbf{m}} = \sum_{i=1}^n \mathbf{S}^{-1} (\mathbf{x}_i - \mathbf{m})",
]
EVENTS = [
    r"P(X = x) = c x^{c - 1}",
    r"\ell(c) = \sum_{i=1}^n \log P(X_i = x_i)",
    r"\frac{d \ell}{d c} = \frac{n}{c} + \sum_{i=1}^n \log x_i",
]


@pytest.mark.parametrize("lines", [RATES, TWO, VECTORS, EVENTS])
def test_a_likelihood_is_made_of_the_density_at_each_example(lines: list[str]) -> None:
    assert set(verdicts(displayed(*lines))) == {"correct"}


@pytest.mark.parametrize(
    ("lines", "slip"),
    [(RATES, ("{n}{a} -", "{n}{a} +")), (TWO, (r"\frac{1}{v}", "v")), (VECTORS, ("^{-1} (", " ("))],
)
def test_and_a_slip_in_its_gradient_is_found(lines: list[str], slip: tuple[str, str]) -> None:
    wrong = lines[-1].replace(*slip)
    assert wrong != lines[-1]
    assert verdicts(displayed(*lines[:-1], wrong))[-1] == "wrong"


def test_a_probability_that_stands_alone_has_letters_of_its_own() -> None:
    lines = [
        r"P(Y = y \mid r) = \frac{r^y e^{-r}}{y!}",
        r"\ell = \sum_{i=1}^n \left[ y_i x_i^T b - e^{x_i^T b} \right]",
        r"r_i = e^{x_i^T b}",
        r"\frac{\partial \ell}{\partial b} = X^T (y - r)",
    ]
    assert set(verdicts(displayed(*lines))) == {"correct"}


def test_a_function_of_anything_else_keeps_its_argument() -> None:
    lines = [r"f(x) = x^2 + x", r"f(x_1 + x_2) = (x_1 + x_2)^2 + x_1 + x_2", r"f(x_1) = x_1^2 + x_1"]
    assert "wrong" not in verdicts(displayed(*lines))
    assert verdicts(displayed(*lines[:2], r"f(x_1) = x_1^2 - x_1"))[-1] != "correct"


def test_a_function_of_nothing_is_no_density_at_an_example() -> None:
    lines = (r"p(x) = \frac{1}{s} e^{-x / s}", r"\ell = \sum_{i=1}^n \log p()")
    assert verdicts(displayed(*lines))[-1] == "undecided"
