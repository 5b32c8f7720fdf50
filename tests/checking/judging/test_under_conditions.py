"""A line may use what the lines above it ask for; what does not hold there either is wrong."""

import pytest

from tests.checking.written import displayed, verdicts

PULLED = """With the stiffness $K = A^T A$ the Lagrangian of $v^T K v$ with $v^T v = 1$ is

$$F(v, \\mu) = v^T K v - \\mu (v^T v - 1)$$

$$\\frac{\\partial F}{\\partial v} = 2 K v - 2 \\mu v$$

Setting this to zero gives $K v = \\mu v$, and the energy is then

"""
CURVE = """$$g = x^2 + 3 y^2$$

$$\\frac{\\partial g}{\\partial x} = 2 x$$

$$\\frac{\\partial g}{\\partial y} = 6 y$$

The points with

$$x^2 + y^2 = 1$$

are on the circle, and there

"""


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (PULLED, r"v^T K v = \mu v^T v = \mu", r"v^T K v = 2 \mu v^T v"),
        (PULLED, r"v^T K v = \mu", r"v^T K v = \mu^2"),
        (CURVE, r"2 g = 2 + 4 y^2", r"2 g = 2 + 3 y^2"),
    ],
)
def test_a_line_that_uses_a_condition_is_left_open(text: str, right: str, wrong: str) -> None:
    assert not {"wrong", "follows"} & set(verdicts(f"{text}$${right}$$\n"))
    assert verdicts(f"{text}$${wrong}$$\n")[-1] == "wrong"


def test_above_the_condition_it_excuses_nothing() -> None:
    early = CURVE.replace("The points", "$$2 g = 2 + 4 y^2$$\n\nThe points")
    assert "wrong" in verdicts(early)


def test_a_letter_that_stands_above_is_not_told_by_what_it_is_equal_to() -> None:
    assert "wrong" not in verdicts(f"{PULLED}$$v^T K v = \\mu$$\n")
    doubled = PULLED.replace("K v = \\mu v", "K v = 2 \\mu v")
    assert "wrong" in verdicts(f"{doubled}$$v^T K v = \\mu$$\n")


@pytest.mark.parametrize(
    ("slope", "value", "verdict"),
    [
        (r"\frac{\partial f}{\partial x}", "2 x", "correct"),
        (r"\frac{\partial f}{\partial c}", "1", "undecided"),
        (r"\frac{\partial f}{\partial k}", "3", "undecided"),
    ],
)
def test_a_number_is_no_condition(slope: str, value: str, verdict: str) -> None:
    lines = displayed("f = x^2 + c + 3 k", f"{slope} = {value} = 0")
    assert verdicts(lines)[-2:] == ["correct", verdict]
