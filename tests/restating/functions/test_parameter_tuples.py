"""Letters that are short for several parameters, and tuples of gradients."""

import pytest

from tests.checking.written import displayed, verdicts

GIVEN = r"""Let $\theta = (M, c)$ with $M \in \mathbb{R}^{k \times n}$ and $c \in \mathbb{R}^k$.

"""
MODEL = (r"g(\theta) = \tanh(M u + c)", r"E(\theta) = \frac{1}{2} \|g(\theta) - t\|^2")
SIGNAL = r"(g(\theta) - t) \odot (1 - g(\theta) \odot g(\theta))"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (rf"\nabla_c E(\theta) = {SIGNAL}", "correct"),
        (r"\nabla_c E(\theta) = g(\theta) - t", "wrong"),
        (rf"\nabla_M E(\theta) = ({SIGNAL}) u^\top", "correct"),
        (rf"\nabla_M E(\theta) = -({SIGNAL}) u^\top", "wrong"),
        (rf"\nabla E(\theta) = (({SIGNAL}) u^\top, {SIGNAL})", "correct"),
        (rf"\nabla E(\theta) = (({SIGNAL}) u^\top, g(\theta) - t)", "wrong"),
    ],
)
def test_a_letter_for_all_parameters_is_no_argument(line: str, verdict: str) -> None:
    assert verdicts(GIVEN + displayed(*MODEL, line)) == ["correct"] * 5 + [verdict]


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\nabla E(M, c) = (r u^\top, r)", "correct"),
        (r"\nabla E(M, c) = (u r^\top, r)", "wrong"),
        (r"(\nabla_M E, \nabla_c E) = (r u^\top, r)", "correct"),
        (r"(\nabla_M E, \nabla_c E) = (r u^\top, -r)", "wrong"),
        (
            r"\left(\frac{\partial E}{\partial c}, \frac{\partial E}{\partial M}\right) = (r, r u^\top)",
            "correct",
        ),
        (
            r"\left(\frac{\partial E}{\partial c}, \frac{\partial E}{\partial M}\right) = (2 r, r u^\top)",
            "wrong",
        ),
    ],
)
def test_a_tuple_of_gradients_is_told_part_by_part(line: str, verdict: str) -> None:
    given = (r"r = M u + c - t", r"E(M, c) = \frac{1}{2} \|r\|^2")
    assert verdicts(displayed(*given, line)) == ["correct"] * 2 + [verdict]


def test_the_space_of_a_tuple_is_that_of_its_parts() -> None:
    text = r"""Let $\Theta = \mathbb{R}^{k \times n} \times \mathbb{R}^k$, with $\theta = (M, c)$ in it.
Let also $(u, t) \in \mathbb{R}^n \times \mathbb{R}^k$.

"""
    lines = (r"E(\theta) = \frac{1}{2} \|M u + c - t\|^2", r"\nabla_c E(\theta) = M u + c - t")
    assert set(verdicts(text + displayed(*lines))) == {"correct"}


def test_a_point_stays_one() -> None:
    lines = (r"x = (a, b)", r"f(x) = \|x\|^2", r"\nabla_x f = 2 x", r"\nabla_x f = x")
    assert verdicts(displayed(*lines))[2:] == ["correct", "wrong"]
