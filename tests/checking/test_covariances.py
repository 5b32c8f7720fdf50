"""What stands inverted between a vector and itself is a covariance: symmetric."""

import pytest

from tests.checking.written import displayed, verdicts

DISTANCE = r"J(x) = (x - m)^\top P^{-1} (x - m) + (y - H x)^\top R^{-1} (y - H x)"
FORM = r"J(x) = (x - m)^\top P (x - m)"


@pytest.mark.parametrize(
    ("definition", "claim", "verdict"),
    [
        (DISTANCE, r"\nabla J = 2 P^{-1} (x - m) - 2 H^\top R^{-1} (y - H x)", "correct"),
        (DISTANCE, r"\nabla J = 2 P^{-1} (x - m) + 2 H^\top R^{-1} (y - H x)", "wrong"),
        (DISTANCE, r"\nabla J = 2 P (x - m) - 2 H^\top R^{-1} (y - H x)", "wrong"),
        (FORM, r"\nabla J = (P + P^\top) (x - m)", "correct"),
        (FORM, r"\nabla J = 2 P (x - m)", "wrong"),
        (r"J(x) = x^\top P^{-1} x", r"\nabla J = 2 P^{-1} x", "wrong"),
    ],
)
def test_an_inverse_in_a_distance_is_symmetric(definition: str, claim: str, verdict: str) -> None:
    assert verdicts(displayed(definition, claim))[-1] == verdict
