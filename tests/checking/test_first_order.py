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
