"""A letter of losses that a formula tells of one number, and sums apply to formulas, is a function."""

from tests.checking.written import displayed, verdicts

MARGINS = (
    r"\ell(m) = \max(0, 1 - m)",
    r"J(w) = \frac{1}{n} \sum_{i=1}^{n} \max(0, 1 - t_i w^T x_i) + \lambda \|w\|^2",
)


def test_a_loss_of_a_margin_is_applied_to_margins() -> None:
    text = displayed(
        *MARGINS,
        r"\nabla_w J(w) = \nabla_w ( \frac{1}{n} \sum_{i=1}^{n} \ell(t_i w^T x_i) + \lambda \|w\|^2 )"
        r" = \frac{1}{n} \sum_{i: t_i w^T x_i < 1} (-t_i x_i) + 2 \lambda w",
        r"\nabla_w J(w) = \frac{1}{n} \sum_{i: t_i w^T x_i > 1} (-t_i x_i) + 2 \lambda w",
        r"\nabla_w \sum_{i=1}^{n} \ell(t_i w^T x_i) = \sum_{i: t_i w^T x_i < 1} t_i x_i",
    )
    assert verdicts(text) == ["correct", "correct", "correct", "correct", "wrong", "wrong"]


def test_a_loss_that_is_derived_stays_a_number() -> None:
    text = displayed(
        r"p = \sigma(u)",
        r"L(p) = -y \log p - (1 - y) \log(1 - p)",
        r"\frac{\partial L}{\partial u} = p - y",
        r"\frac{\partial L}{\partial u} = y - p",
    )
    assert verdicts(text) == ["correct", "correct", "correct", "wrong"]
