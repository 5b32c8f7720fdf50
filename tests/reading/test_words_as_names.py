"""Functions' words that name their own values, and points that multiply, in plain text."""

import pytest

from tests.checking.written import verdicts

NORM = "mu = mean(x), var = mean((x-mu)^2), h = (x-mu)/sqrt(var+eps)"


@pytest.mark.parametrize(
    ("text", "links"),
    [(NORM, 3), ("z = w.x + b", 1), ("We compare, e.g. by eye, and i.e. stop. See notes.md for more.", 0)],
)
def test_no_formula_is_dropped(text: str, links: int) -> None:
    assert verdicts(text + "\n") == ["correct"] * links


@pytest.mark.parametrize(
    ("line", "verdict"), [("dL/dw = (a - y)*x", "correct"), ("dL/dw = (y - a)*x", "wrong")]
)
def test_a_point_between_letters_multiplies(line: str, verdict: str) -> None:
    text = "z = w.x + b\na = sigmoid(z)\nL = -(y*log(a) + (1-y)*log(1-a))\n\n"
    assert verdicts(f"{text}dL/dz = a - y\n{line}\n")[-1] == verdict
