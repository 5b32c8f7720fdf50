"""An error called e is squared and derived like any other quantity; exponentials stay what they are."""

import pytest

from tests.checking.written import displayed, verdicts

LINE = [r"e = t - v u", r"J = \frac{1}{2} e^2"]
ROWS = [r"e = t - A v", r"J = e^T e = \sum_i e_i^2"]
UNIT = [r"q = \frac{1}{1 + e^{-s}}", r"e = q - t", r"J = e^2"]


@pytest.mark.parametrize(
    ("lines", "right", "wrong"),
    [
        (LINE, r"\frac{\partial J}{\partial v} = -e u", r"\frac{\partial J}{\partial v} = e u"),
        (LINE, r"\frac{dJ}{de} = e", r"\frac{dJ}{de} = 2 e"),
        (LINE, r"v \leftarrow v + \eta e u", r"v \leftarrow v - \eta e u"),
        (ROWS, r"\frac{\partial J}{\partial v} = -2 A^T e", r"\frac{\partial J}{\partial v} = 2 A^T e"),
        (UNIT, r"\frac{\partial J}{\partial s} = 2 e q (1 - q)", r"\frac{\partial J}{\partial s} = 2 e q"),
    ],
)
def test_what_rests_on_the_square_of_an_error_is_judged(lines: list[str], right: str, wrong: str) -> None:
    assert set(verdicts(displayed(*lines, right))) == {"correct"}
    assert verdicts(displayed(*lines, wrong))[-1] == "wrong"


def test_without_a_formula_for_e_its_powers_are_exponentials() -> None:
    assert verdicts(displayed(r"f = e^{2 x}", r"\frac{df}{dx} = 2 e^{2 x}"))[-1] == "correct"
    assert verdicts(displayed(r"f = x e^2", r"\frac{df}{dx} = e^2"))[-1] == "correct"


def test_the_conditions_beside_a_formula_speak_of_the_same_error() -> None:
    lines = [*LINE[:1], r"F = \max(0, e)", r"J = e^2", r"\frac{dF}{de} = 1 \quad \text{if } e > 0"]
    assert set(verdicts(displayed(*lines))) == {"correct"}
    lines[-1] = r"\frac{dF}{de} = 1 \quad \text{if } e < 0"
    assert verdicts(displayed(*lines))[-1] == "wrong"
