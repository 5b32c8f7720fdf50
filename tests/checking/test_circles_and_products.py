"""Factors side by side bind tighter than a circle: the sizes follow from that."""

import pytest

from tests.checking.written import displayed, verdicts

GATED = [r"g = \sigma(x U)", r"a = g \odot x V", r"y = a W"]
SIGNAL = [r"z = W x", r"h = \tanh(z)", r"y = V h", r"\delta = \frac{\partial L}{\partial y}"]


@pytest.mark.parametrize(
    ("lines", "right", "wrong"),
    [
        (
            GATED,
            r"\frac{\partial L}{\partial g} = \frac{\partial L}{\partial a} \odot x V",
            r"\frac{\partial L}{\partial g} = \frac{\partial L}{\partial a} \odot g",
        ),
        (
            SIGNAL,
            r"\frac{\partial L}{\partial z} = \tanh'(z) \odot V^T \delta",
            r"\frac{\partial L}{\partial z} = h \odot V^T \delta",
        ),
    ],
)
def test_a_circle_takes_the_whole_product_behind_it(lines: list[str], right: str, wrong: str) -> None:
    assert set(verdicts(displayed(*lines, right))) == {"correct"}
    assert verdicts(displayed(*lines, wrong))[-1] == "wrong"


def test_an_outer_product_is_closed_behind_the_circle() -> None:
    line = r"\frac{\partial L}{\partial W} = V^T \delta \odot \tanh'(z) x^T"
    assert set(verdicts(displayed(*SIGNAL, line))) == {"correct"}
