"""A loss that nothing defines: `∇J(w) = ∇F(w)` and `∂J/∂w = ∂/∂w ½(wx - t)²` tell what it is."""

import pytest

from tests.checking.written import displayed, verdicts

INLINE = r"\frac{\partial J}{\partial w} = \frac{\partial}{\partial w} \frac12 (w x + c - t)^2"
NAMED = (r"F(w) = \frac12 \|A w - t\|^2", r"\nabla_w J(w) = \nabla_w F(w)")
PARTS = (
    r"p = \operatorname{softmax}(z)",
    r"\frac{\partial L}{\partial p_i} = \frac{\partial}{\partial p_i} (-t_i \log p_i)",
)
ENTRIES = (
    r"\frac{\partial E}{\partial w_j} = "
    r"\frac{\partial}{\partial w_j} \frac12 \sum_i (t_i - \sum_k w_k x_{ik})^2"
)


@pytest.mark.parametrize(
    ("lines", "verdict"),
    [
        ((INLINE, r"\frac{\partial J}{\partial w} = (w x + c - t) x"), "correct"),
        ((INLINE, r"\frac{\partial J}{\partial w} = (t - w x - c) x"), "wrong"),
        ((INLINE, r"\frac{\partial J}{\partial c} = w x + c - t"), "correct"),
        ((INLINE, r"\frac{\partial J}{\partial c} = (w x + c - t) w"), "wrong"),
        ((*NAMED, r"\nabla_w J(w) = A^\top (A w - t)"), "correct"),
        ((*NAMED, r"\nabla_w J(w) = A^\top (A w + t)"), "wrong"),
        ((*PARTS, r"\frac{\partial L}{\partial p_i} = -\frac{t_i}{p_i}"), "correct"),
        ((*PARTS, r"\frac{\partial L}{\partial p_i} = \frac{t_i}{p_i}"), "wrong"),
        ((ENTRIES, r"\frac{\partial E}{\partial w_j} = -\sum_i (t_i - \sum_k w_k x_{ik}) x_{ij}"), "correct"),
        ((ENTRIES, r"\frac{\partial E}{\partial w_j} = \sum_i (t_i - \sum_k w_k x_{ik}) x_{ij}"), "wrong"),
    ],
)
def test_what_a_derivative_tells_of_a_loss_is_checked(lines: tuple[str, ...], verdict: str) -> None:
    assert verdicts(displayed(*lines))[-1] == verdict


@pytest.mark.parametrize("gradient", [r"p_i - t_i", r"p_i"])
def test_terms_that_the_variable_is_not_in_may_be_left_out(gradient: str) -> None:
    lines = (*PARTS, rf"\frac{{\partial L}}{{\partial z_i}} = {gradient}")
    assert verdicts(displayed(*lines))[-1] == "undecided"


def test_a_loss_with_a_formula_of_its_own_is_not_told_by_its_derivative() -> None:
    lines = (
        r"J = \frac12 (w x - t)^2",
        r"\frac{\partial J}{\partial w} = \frac{\partial}{\partial w} (w x - t)^2",
    )
    assert verdicts(displayed(*lines))[-1] == "wrong"
