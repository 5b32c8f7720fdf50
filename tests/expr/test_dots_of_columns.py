"""A dot between two columns of one size: an inner product where a number is meant, else one by entries."""

import pytest

from tests.checking.written import displayed, verdicts

SHAPES = [r"u, x \in \mathbb{R}^d", r"c \in \mathbb{R}"]


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        (r"\nabla_u \ell = \frac{e^{-s}}{1 + e^{-s}} (-x)", r"\nabla_u \ell = \frac{e^{-s}}{1 + e^{-s}} x"),
        (r"\frac{\partial s}{\partial c} = 1", r"\frac{\partial s}{\partial c} = u"),
        (r"\frac{\partial s}{\partial u} = x", r"\frac{\partial s}{\partial u} = u"),
    ],
)
def test_a_dot_of_columns_is_a_number(line: str, wrong: str) -> None:
    forward = [r"s = u \cdot x + c", r"\ell = \log(1 + e^{-s})"]
    assert verdicts(displayed(*SHAPES, *forward, line))[-1] == "correct"
    assert verdicts(displayed(*SHAPES, *forward, wrong))[-1] in ("wrong", "undecided")


def test_a_dot_of_columns_may_go_by_entries() -> None:
    found = verdicts(
        displayed(
            r"z, h, r \in \mathbb{R}^d",
            r"h = \tanh(z)",
            r"L = r^T h",
            r"\frac{\partial L}{\partial z} = r \cdot (1 - h^2)",
        )
    )
    assert found[-1] == "charitable"
