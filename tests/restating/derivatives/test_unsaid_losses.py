"""Gradients that do not say of what they are one: of the only loss that the document defines."""

import pytest

from tests.checking.written import displayed, verdicts

LAYER = [r"L = \frac12 \|W x + b - y\|^2", r"\delta = W x + b - y"]


@pytest.mark.parametrize(
    "right",
    [
        r"\nabla W = \delta x^T",
        r"\nabla b = \delta",
        r"\nabla_W = \delta x^T",
        r"W \leftarrow W - \eta \nabla W",
        r"b \leftarrow b - \eta \nabla_b",
        r"s = \frac12 \nabla_b, \quad \frac12 \delta = s",
    ],
)
def test_it_is_the_gradient_of_the_loss(right: str) -> None:
    assert set(verdicts(displayed(*LAYER, right))) == {"correct"}


@pytest.mark.parametrize(
    "wrong", [r"\nabla W = -\delta x^T", r"\nabla_b = 2 \delta", r"\nabla b = \delta - b"]
)
def test_and_errors_are_found(wrong: str) -> None:
    assert verdicts(displayed(*LAYER, wrong))[-1] == "wrong"


def test_with_two_losses_nothing_is_said() -> None:
    lines = [LAYER[0], r"J = \frac12 \|W x\|^2", r"\nabla_W = W x x^T"]
    assert verdicts(displayed(*lines))[-1] == "undecided"


def test_a_star_behind_a_letter_is_no_product_of_two() -> None:
    assert verdicts(displayed(*LAYER, r"\nabla L(x*) = 0", r"\nabla_b = \delta"))[-1] == "correct"
