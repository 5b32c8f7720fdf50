"""A letter of losses that a formula tells of one number, and sums apply to formulas, is a function."""

import pytest

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


@pytest.mark.parametrize(
    ("last", "verdict"),
    [
        (r"\frac{t - \sigma}{\sigma(1 - \sigma)} \sigma(1 - \sigma) x", "correct"),
        (r"(t - \sigma) x", "correct"),
        (r"(t - \sigma(w^T x)) x", "correct"),
        (r"\frac{t - \sigma}{\sigma(1 - \sigma)} \sigma(1 - \sigma)", "wrong"),
        (r"(t + \sigma) x", "wrong"),
    ],
)
def test_a_value_goes_by_the_letter_of_its_function(last: str, verdict: str) -> None:
    text = displayed(
        r"\sigma = \sigma(w^T x)",
        r"\ell = t \log \sigma + (1 - t) \log(1 - \sigma)",
        rf"\nabla_w \ell = (\frac{{t}}{{\sigma}} - \frac{{1 - t}}{{1 - \sigma}}) \nabla_w \sigma = {last}",
    )
    assert verdicts(text)[-2:] == ["correct", verdict]


def test_a_letter_of_functions_without_a_value_stays_one() -> None:
    text = displayed(
        r"a = \sigma(z)",
        r"\frac{da}{dz} = \sigma(z)(1 - \sigma(z))",
        r"\frac{da}{dz} = \sigma'(z)",
        r"\frac{da}{dz} = \sigma(1 - z)",
    )
    assert verdicts(text)[1:] == ["correct", "correct", "wrong"]
