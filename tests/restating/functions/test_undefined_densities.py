"""Densities without a formula that are differentiated: any smooth positive function of what is below them."""

import pytest

from tests.checking.written import displayed, verdicts, with_line

PAIR = r"""
Let $v = \log \frac{\pi_\theta(y_a | x)}{\pi_{ref}(y_a | x)}
 - \log \frac{\pi_\theta(y_b | x)}{\pi_{ref}(y_b | x)}$
and $L = -\log \sigma(\lambda v)$.

$$\nabla_\theta v = \nabla_\theta \log \pi_\theta(y_a | x) - \nabla_\theta \log \pi_\theta(y_b | x)$$
"""
EPISODE = r"""
$$L(\theta) = -\sum_{t=1}^T G_t \log \pi_\theta(a_t | s_t)$$
"""
RATIO = r"""
$$r_t(\theta) = \frac{\pi_\theta(a_t | s_t)}{\pi_{\theta_{old}}(a_t | s_t)}$$

$$\nabla_\theta r_t(\theta) = r_t(\theta) \nabla_\theta \log \pi_\theta(a_t | s_t)$$
"""
FIRST, SECOND = (rf"\nabla_\theta \log \pi_\theta(y_{y} | x)" for y in "ab")
LINES = [
    (
        PAIR,
        rf"\nabla_\theta L = -\lambda \sigma(-\lambda v) [{FIRST} - {SECOND}]",
        rf"\nabla_\theta L = -\lambda \sigma(\lambda v) [{FIRST} - {SECOND}]",
    ),
    (
        PAIR,
        FIRST + r" = \frac{\nabla_\theta \pi_\theta(y_a | x)}{\pi_\theta(y_a | x)}",
        FIRST + r" = \frac{\nabla_\theta \pi_\theta(y_b | x)}{\pi_\theta(y_b | x)}",
    ),
    (
        EPISODE,
        r"\nabla_\theta L = -\sum_{t=1}^T G_t \nabla_\theta \log \pi_\theta(a_t | s_t)",
        r"\nabla_\theta L = -\sum_{t=1}^T G_t \nabla_\theta \pi_\theta(a_t | s_t)",
    ),
    (
        RATIO,
        r"\nabla_\theta \log r_t(\theta) = \nabla_\theta \log \pi_\theta(a_t | s_t)",
        r"\nabla_\theta r_t(\theta) = \frac{\nabla_\theta \pi_\theta(a_t | s_t)}{\pi_\theta(a_t | s_t)}",
    ),
]


@pytest.mark.parametrize(("text", "right", "wrong"), LINES)
def test_such_a_density_is_any_for_each_of_its_arguments(text: str, right: str, wrong: str) -> None:
    assert with_line(text, right)[-1] == "correct"
    assert with_line(text, wrong)[-1] == "wrong"


def test_what_is_made_of_another_such_density_is_not_held_against_it() -> None:
    joint = r"\nabla_\theta \log p_\theta(x, z) = \nabla_\theta \log p_\theta(x | z)"
    steps = r"\nabla_\theta \log p_\theta(h) = \sum_{t=0}^T \nabla_\theta \log \pi_\theta(a_t | s_t)"
    assert set(verdicts(displayed(joint))) == {"undecided"}
    assert set(verdicts(displayed(steps))) == {"undecided"}


def test_a_density_with_a_formula_keeps_it() -> None:
    formula = r"p_\theta(x) = \theta e^{-\theta x}"
    right = r"\frac{\partial}{\partial \theta} \log p_\theta(x) = \frac{1}{\theta} - x"
    assert verdicts(displayed(formula, right))[-1] == "correct"
