"""A matrix on one side and its entry on the other: `∂L/∂W_{ij} = δ x^T`, `∂L/∂W = δ_i x_j`."""

import pytest

from tests.checking.written import displayed, verdicts

LAYER = displayed(
    r"z = W x + b",
    r"a = \tanh(z)",
    r"L = \frac12 \|a - t\|^2",
    r"\delta = (a - t) \odot (1 - a \odot a)",
)
SHAPES = "---\nshapes: {W: [p, n], x: [n, 1], b: [p, 1], t: [p, 1]}\n---\n"


@pytest.mark.parametrize("given", ["", SHAPES])
@pytest.mark.parametrize(
    ("line", "right"),
    [
        (r"\frac{\partial L}{\partial W_{ij}} = \delta x^T", True),
        (r"\frac{\partial L}{\partial W} = \delta_i x_j", True),
        (r"\frac{\partial L}{\partial x_j} = W^T \delta", True),
        (r"\frac{\partial L}{\partial x} = \sum_i W_{ij} \delta_i", True),
        (r"\frac{\partial L}{\partial W_{ij}} = a x^T", False),
        (r"\frac{\partial L}{\partial W} = a_i x_j", False),
        (r"\frac{\partial L}{\partial x} = \sum_i W_{ij} a_i", False),
    ],
)
def test_an_entry_of_a_matrix(given: str, line: str, right: bool) -> None:
    found = verdicts(given + "\n" + LAYER + displayed(line))[-1]
    assert found in (("correct", "charitable") if right else ("wrong",))
