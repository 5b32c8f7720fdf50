"""Models of one example, `h_w(x) = w^T x`, beside arrays of all examples."""

import pytest

from tests.checking.written import displayed, verdicts

PARENTHESES = r"v^{(i)}", r"t^{(i)}", r"v_j^{(i)}"
BELOW = r"v_i", r"t_i", r"v_{ij}"
LINEAR = "w^T v"
LOGISTIC = r"\sigma(w^T v)"


def lines(model: str, marks: tuple[str, str, str]) -> list[str]:
    example, target, entry = marks
    loss = (
        rf"J(w) = \frac{{1}}{{2n}} \sum_{{i=1}}^n (h_w({example}) - {target})^2"
        if model == LINEAR
        else rf"J(w) = -\frac{{1}}{{n}} \sum_{{i=1}}^n ({target} \log h_w({example})"
        rf" + (1 - {target}) \log(1 - h_w({example})))"
    )
    by_entry = (
        rf"\frac{{\partial J}}{{\partial w_j}} = \frac1n \sum_{{i=1}}^n (h_w({example}) - {target}) {entry}"
    )
    return [rf"h_w(v) = {model}", loss, by_entry]


@pytest.mark.parametrize("marks", [PARENTHESES, BELOW])
@pytest.mark.parametrize(
    ("model", "claim"),
    [
        (LINEAR, r"\nabla_w J = \frac1n V^T (V w - t)"),
        (LOGISTIC, r"\nabla_w J = \frac1n V^T (\sigma(V w) - t)"),
    ],
)
def test_examples_are_rows_of_the_array_that_weights_follow(marks, model: str, claim: str) -> None:
    *others, last = verdicts(displayed(*lines(model, marks), claim))
    assert (others, last in ("correct", "charitable")) == (["correct"] * 3, True)


@pytest.mark.parametrize("marks", [PARENTHESES, BELOW])
@pytest.mark.parametrize(
    "claim",
    [r"\nabla_w J = \frac2n V^T (V w - t)", r"\nabla_w J = \frac1n V^T (t - V w)"],
)
def test_a_slip_in_the_arrays_is_wrong(marks, claim: str) -> None:
    *others, last = verdicts(displayed(*lines(LINEAR, marks), claim))
    assert (others, last) == (["correct"] * 3, "wrong")


def test_a_slip_in_the_sum_is_wrong_and_the_arrays_are_right() -> None:
    model, loss, by_entry = lines(LINEAR, PARENTHESES)
    text = displayed(model, loss, by_entry.replace("- t", "+ t"), r"\nabla_w J = \frac1n V^T (V w - t)")
    assert verdicts(text)[:3] == ["correct", "correct", "wrong"]
    assert verdicts(text)[3] in ("correct", "charitable")
