"""Lines that set nothing equal: what only says something, what would have to be proved, and `∝`."""

import pytest

from tests.checking.single_lines import last_verdict
from tests.checking.written import displayed, verdicts

LINE = r"z = w x + b", r"L = (z - y)^2"


@pytest.mark.parametrize("saying", [r"t < T", r"1 \le t \le T", r"\eta > 0", r"x \sim \mathcal{N}(0, 1)"])
def test_what_only_says_what_something_is(saying: str) -> None:
    assert set(verdicts(displayed(*LINE, saying))) == {"correct"}


@pytest.mark.parametrize(
    "claim",
    [
        r"L \ge 0",
        r"z < 3",
        r"(z - y)^2 \le L",
        r"\frac{dL}{dw} \approx 2 z x",
        r"4 < 3",
        r"w \sim 3 \times m",
    ],
)
def test_what_would_have_to_be_proved(claim: str) -> None:
    assert verdicts(displayed(*LINE, claim))[-1] == "undecided"


def test_numbers_that_stand_in_their_order() -> None:
    assert verdicts(displayed(*LINE, r"z = 2 < 3"))[-1] == "correct"
    assert verdicts(displayed(*LINE, r"z = 2 > 3"))[-1] == "undecided"


# `∝`: right up to a positive number, and nothing is said of what else a factor may hold.
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
