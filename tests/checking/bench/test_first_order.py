"""A line that holds for dual numbers is not called wrong, and one that does not hold for them is."""

from __future__ import annotations

import pytest

from tests.checking.written import displayed, verdicts


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\sin(x + \epsilon) = \sin(x) + \cos(x) \epsilon", "undecided"),
        (r"\sin(x + \varepsilon) = \sin(x) + \cos(x) \varepsilon", "undecided"),
        (r"(x + \epsilon)^3 = x^3 + 3 x^2 \epsilon", "undecided"),
        (r"\sin(x + \epsilon) = \sin(x) + \sin(x) \epsilon", "wrong"),
        (r"(x + \epsilon)^3 = x^3 + x^2 \epsilon", "wrong"),
        (r"(x + \epsilon)^2 = x^2 + 2 x \epsilon + \epsilon^2", "correct"),
    ],
)
def test_first_order_in_epsilon(line, verdict):
    assert verdicts(displayed(line)) == [verdict]


def test_a_defined_epsilon_is_no_small_one():
    text = displayed(
        r"x \in \mathbb{R}", r"\epsilon = x^2", r"\sin(x + \epsilon) = \sin(x) + \cos(x) \epsilon"
    )
    assert verdicts(text)[-1] == "wrong"


@pytest.mark.parametrize(("term", "verdict"), [("2 z^T", "undecided"), ("z^T", "wrong")])
def test_an_epsilon_of_many_entries(term, verdict):
    text = displayed(
        r"z \in \mathbb{R}^{3}",
        r"\epsilon \in \mathbb{R}^{3}",
        rf"(z + \epsilon)^T (z + \epsilon) = z^T z + {term} \epsilon",
    )
    assert verdicts(text)[-1] == verdict


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"df = f(z + dz) - f(z)", "undecided"),
        (r"df = (z + dz)^T Q (z + dz) - z^T Q z", "undecided"),
        (r"df = f(z + 2 dz) - f(z)", "wrong"),
        (r"df = dz^T Q z + z^T Q dz", "correct"),
        (r"df = z^T (Q + Q^T) dz", "correct"),
        (r"df = z^T Q dz", "wrong"),
    ],
)
def test_the_differential_of_a_function_that_is_told_with_its_argument(line, verdict):
    text = displayed(r"Q \in \mathbb{R}^{n \times n}", r"f(z) = z^T Q z", line)
    assert verdicts(text)[-1] == verdict


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"g(Q) = Q Q", "correct"),
        (r"g(Q) = Q Q^T", "wrong"),
        (r"dg = dQ \, Q + Q \, dQ", "correct"),
        (r"dg = 2 Q \, dQ", "wrong"),
    ],
)
def test_the_square_of_a_square_matrix_as_a_function(line, verdict):
    assert verdicts(displayed(r"Q \in \mathbb{R}^{n \times n}", r"g(Q) = Q^2", line))[-1] == verdict


@pytest.mark.parametrize(("gradient", "verdict"), [("(Q + Q^T) z", "correct"), ("(Q + Q) z", "wrong")])
def test_a_derivative_with_a_prime_makes_its_variable_no_matrix(gradient, verdict):
    text = r"Let $Q \in \mathbb{R}^{n \times n}$ and $f(z) = z^T Q z$." + "\n\n"
    text += displayed(r"df = z^T (Q + Q^T) dz")
    told = verdicts(rf"{text}" + rf"so $f'(z) = z^T (Q + Q^T)$ and $\nabla f = {gradient}$." + "\n")
    assert told[-1] == verdict
    assert "wrong" not in told[:-1]
