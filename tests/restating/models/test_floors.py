"""Losses whose logarithms have a floor, `\\log(p + \\epsilon)`, and gradients without it."""

from __future__ import annotations

import pytest

from tests.checking.written import displayed, verdicts

UNIT = (r"s = w u + q", r"p = \sigma(s)")
FLOORS = (r"\epsilon", r"\varepsilon", r"10^{-8}", "1e-12", "0.00001")


def loss(floor: str) -> str:
    return rf"L = -g \log(p + {floor}) - (1 - g) \ln\left(1 - p + {floor}\right)"


@pytest.mark.parametrize("floor", FLOORS)
def test_gradients_are_of_the_loss_without_its_floor(floor: str) -> None:
    told = (*UNIT, loss(floor), r"\frac{\partial L}{\partial p} = \frac{p - g}{p (1 - p)}")
    chain = (r"\frac{\partial L}{\partial s} = p - g", r"\frac{\partial L}{\partial w} = (p - g) u")
    assert set(verdicts(displayed(*told, *chain))) == {"correct"}
    assert verdicts(displayed(*told, r"\frac{\partial L}{\partial s} = p + g"))[-1] == "wrong"


def test_a_gradient_with_the_floor_is_of_the_loss_as_it_stands() -> None:
    right = r"\frac{\partial L}{\partial p} = -\frac{g}{p + \epsilon} + \frac{1 - g}{1 - p + \epsilon}"
    assert verdicts(displayed(*UNIT, loss(r"\epsilon"), right))[-1] == "correct"
    wrong = r"\frac{\partial L}{\partial p} = -\frac{g}{p + \epsilon} - \frac{1 - g}{1 - p + \epsilon}"
    assert verdicts(displayed(*UNIT, loss(r"\epsilon"), wrong))[-1] == "wrong"


def test_how_small_it_is_may_be_said() -> None:
    lines = (*UNIT, r"\epsilon = 10^{-8}", loss(r"\epsilon"), r"\frac{\partial L}{\partial s} = p - g")
    assert "wrong" not in verdicts(displayed(*lines))


def test_what_is_not_small_is_no_floor() -> None:
    lines = (r"L = \log(p + 1)", r"\frac{\partial L}{\partial p} = \frac{1}{p}")
    assert verdicts(displayed(*lines))[-1] == "wrong"
    lines = (r"L = \log(p + 0.01)", r"\frac{\partial L}{\partial p} = \frac{1}{p}")
    assert verdicts(displayed(*lines))[-1] == "wrong"
