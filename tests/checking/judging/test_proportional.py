"""`∝`: right up to a positive number, and nothing is said of what else a factor may hold."""

import pytest

from tests.checking.single_lines import last_verdict

LOSS = r"L = \frac12 \|x - y\|^2 ;; "
RIGHT = [
    LOSS + r"\nabla_x L \propto x - y",
    LOSS + r"\nabla_x L \propto 4 (x - y)",
    r"x^T A x \propto \frac12 x^T A x",
]
OPEN = [
    LOSS + r"\nabla_x L \propto y - x",
    LOSS + r"\nabla_x L \propto x + y",
    r"e^{s + t} \propto e^s",
]


@pytest.mark.parametrize("lines", RIGHT)
def test_a_line_is_right_up_to_a_positive_number(lines: str) -> None:
    assert last_verdict(lines) == "correct"


@pytest.mark.parametrize("lines", OPEN)
def test_another_factor_is_not_judged(lines: str) -> None:
    assert last_verdict(lines) == "undecided"
