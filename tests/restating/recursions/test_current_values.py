"""Parameters that carry the number of a descent's step stand for their values at present."""

import pytest

from tests.checking.written import displayed, verdicts


@pytest.mark.parametrize(("now", "after"), [("_t", "_{t+1}"), ("^{(k)}", "^{(k+1)}"), ("_{k-1}", "_k")])
@pytest.mark.parametrize(
    ("step", "verdict"), [("- \\frac{{2 \\eta}}{{n}}", "wrong"), ("+ \\frac{{2 \\eta}}{{n}}", "correct")]
)
def test_a_loss_of_numbered_parameters(now: str, after: str, step: str, verdict: str) -> None:
    residual = f"(y_i - w{now} x_i - b{now})"
    text = displayed(
        rf"L(w{now}, b{now}) = \frac{{1}}{{n}} \sum_{{i=1}}^n {residual}^2",
        rf"\frac{{\partial L}}{{\partial w{now}}} = -\frac{{2}}{{n}} \sum_{{i=1}}^n {residual} x_i",
        rf"\frac{{\partial L}}{{\partial b{now}}} = \frac{{2}}{{n}} \sum_{{i=1}}^n {residual}",
        rf"w{after} = w{now} - \eta \frac{{\partial L}}{{\partial w{now}}}",
        rf"w{after} = w{now} {step.format()} \sum_{{i=1}}^n {residual} x_i",
    )
    assert verdicts(text) == ["correct", "correct", "wrong", "correct", verdict]


def test_states_of_a_model_keep_their_number() -> None:
    text = displayed(
        r"h_{t+1} = h_t + \alpha x_t",
        r"L = \frac{1}{2} (h_3 - y)^2",
        r"\frac{\partial L}{\partial h_3} = h_3 - y",
        r"\frac{\partial h_{t+1}}{\partial h_t} = 1",
    )
    assert verdicts(text)[2:] == ["correct", "correct"]


def test_samples_below_the_letter_keep_it() -> None:
    text = displayed(
        r"L(w) = \sum_{t=1}^n (y_t - w x_t)^2",
        r"w_{t+1} = w_t + 2 \eta (y_t - w_t x_t) x_t",
        r"\frac{\partial L}{\partial w} = -2 \sum_{t=1}^n (y_t - w x_t) x_t",
    )
    assert verdicts(text)[-1] == "correct"
