"""A line that tells where a gradient is zero defines nothing for the gradient above it."""

import pytest

from tests.checking.written import displayed, verdicts

LOSS = r"J(v) = \|c - A v\|^2"
SOLUTION = r"v = (A^\top A)^{-1} A^\top c"
RIDGE = r"J(v) = \|c - A v\|^2 + \lambda \|v\|^2"


@pytest.mark.parametrize(
    ("lines", "verdict"),
    [
        ((LOSS, r"\nabla_v J(v) = 2 A^\top A v - 2 A^\top c", SOLUTION), "correct"),
        ((LOSS, r"\nabla_v J(v) = 2 A^\top A v - 2 A c", SOLUTION), "wrong"),
        ((LOSS, r"\nabla_v J(v) = A^\top A v - A^\top c", SOLUTION), "wrong"),
        (
            (
                RIDGE,
                r"\nabla_v J = 2 A^\top (A v - c) + \lambda v",
                r"v = (A^\top A + \lambda I)^{-1} A^\top c",
            ),
            "wrong",
        ),
    ],
)
def test_the_gradient_is_asked_for_everywhere(lines: tuple[str, ...], verdict: str) -> None:
    assert verdicts(displayed(*lines))[1] == verdict


def test_a_layer_that_is_defined_below_is_defined() -> None:
    lines = (
        r"\ell(z) = \frac12 (z - t)^2",
        r"\frac{\partial \ell}{\partial z} = z - t",
        r"z = w x + t",
        r"\frac{\partial \ell}{\partial w} = (z - t) x",
    )
    assert verdicts(displayed(*lines))[-1] == "correct"
