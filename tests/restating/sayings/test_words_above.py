"""Steps told in words, words above letters, parts of a loss, steps up, and places that are no values."""

import pytest

from tests.checking.written import displayed, verdicts

SQUARE = displayed(r"L = \|X w - y\|^2")


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("w_{new}", "w_{old}"),
        (r"w^{\text{new}}", r"w^{\text{old}}"),
        (r"w_{\text{next}}", "w"),
        (r"w^{updated}", r"w^{current}"),
    ],
)
def test_a_step_told_by_new_and_old(new: str, old: str) -> None:
    text = displayed(
        rf"{new} = {old} - \eta \frac{{\partial L}}{{\partial w}}",
        rf"{new} = {old} - 2 \eta X^T (X {old} - y)",
        rf"{new} = {old} + 2 \eta X^T (X {old} - y)",
    )
    assert verdicts(SQUARE + text) == ["correct", "correct", "correct", "wrong"]


def test_new_and_old_values_that_are_used_stay_quantities() -> None:
    text = displayed(
        r"r = \frac{p_{new}}{p_{old}}", r"\frac{dr}{dp_{new}} = \frac{1}{p_{old}}", r"p_{new} = p_{old} + 2 d"
    )
    assert verdicts(text) == ["correct", "correct", "correct"]


def test_a_word_above_is_no_power() -> None:
    text = displayed(
        r"L^{\text{fit}} = \sum_i (t_i - a u_i)^2",
        r"L^{\text{pen}} = c a^2",
        r"L^{\text{all}} = L^{\text{fit}} + L^{\text{pen}}",
        r"\frac{d L^{\text{pen}}}{d a} = 2 c a",
        r"\frac{d L^{\text{all}}}{d a} = 2 c a - 2 \sum_i (t_i - a u_i) u_i",
        r"\frac{d L^{\text{fit}}}{d a} = 2 c a",
    )
    assert verdicts(text) == ["correct"] * 5 + ["wrong"]


def test_a_word_that_is_a_quantity_is_a_power() -> None:
    text = displayed(r"y = x^{rate}", r"\frac{dy}{dx} = rate \cdot x^{rate - 1}")
    assert verdicts(text)[-1] == "correct"


def test_parts_of_a_loss_with_its_argument() -> None:
    text = displayed(
        r"J(w) = J_{data}(w) + c J_{reg}(w)",
        r"J_{data}(w) = \|X w - y\|^2",
        r"J_{reg}(w) = \|w\|^2",
        r"\nabla_w J_{reg} = 2 w",
        r"\nabla_w J_{reg} = w",
    )
    assert verdicts(text) == ["correct"] * 4 + ["wrong"]


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("The likelihood is maximised by gradient ascent.", "correct"),
        ("目标是最大化期望回报。", "correct"),
        ("The loss is minimised.", "wrong"),
    ],
)
def test_a_step_up_where_something_is_maximised(said: str, verdict: str) -> None:
    text = displayed(r"J = -\|X w - y\|^2", r"w \leftarrow w - 2 \eta X^T (X w - y)")
    assert verdicts(said + "\n\n" + text)[-1] == verdict


def test_a_place_is_no_value() -> None:
    text = "It has a kink at $w = 0$.\n\n" + displayed(
        r"L = \sum_j w_j^2",
        r"\frac{\partial L}{\partial w_j} = 2 w_j",
        r"\frac{\partial L}{\partial w_j} = w_j",
    )
    assert verdicts(text)[1:] == ["correct", "correct", "wrong"]


def test_a_target_beside_a_sum_is_a_number() -> None:
    text = displayed(
        r"L = \frac12 \sum_{i=1}^m (y^{(i)} - \sum_{j=1}^n w_j x_j^{(i)})^2",
        r"\frac{\partial L}{\partial w_j} = -\sum_{i=1}^m x_j^{(i)} (y^{(i)} - \sum_{k=1}^n w_k x_k^{(i)})",
        r"\frac{\partial L}{\partial w_j} = -\sum_{i=1}^m (y^{(i)} - \sum_{k=1}^n w_k x_k^{(i)})",
    )
    assert verdicts(text) == ["correct", "correct", "wrong"]


@pytest.mark.parametrize(
    ("step", "verdict"),
    [
        (r"v^{+} = v - \eta \frac{\partial E}{\partial v}", "correct"),
        (r"v^+ = v - \eta (v s - t) s", "correct"),
        (r"v^{+} = v + \eta (v s - t) s", "wrong"),
        (r"v^{+} = v - \eta (v s - t)", "wrong"),
    ],
)
def test_a_plus_above_a_letter_marks_what_a_step_makes_of_it(step: str, verdict: str) -> None:
    assert verdicts(displayed(r"E = \frac12 (v s - t)^2", step))[-1] == verdict


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("so that gradient ascent takes the step", "wrong"),
        ("Descent on the negative, as ascent here, takes the step", "correct"),
        ("A step is", "correct"),
    ],
)
def test_the_step_of_an_ascent_goes_up(said: str, verdict: str) -> None:
    score = r"\ell(v) = \sum_{i=1}^n (t_i v^T x_i - e^{v^T x_i})"
    step = r"v \leftarrow v SIGN \eta \sum_{i=1}^n (t_i - e^{v^T x_i}) x_i"
    down, up = (displayed(score) + f"\n{said}\n\n" + displayed(step.replace("SIGN", sign)) for sign in "-+")
    assert verdicts(down)[-1] == verdict
    assert said == "A step is" or verdicts(up)[-1] == "correct"


GATES = (
    r"a^g_t = s_t A_{sg} + c_{t-1} A_{cg} + b_g",
    r"g_t = \sigma(a^g_t)",
    r"a^c_t = s_t A_{sc} + c_{t-1} A_{cc} + b_c",
    r"q_t = \tanh(a^c_t)",
    r"c_t = g_t \odot c_{t-1} + (1 - g_t) \odot q_t",
    r"\delta^c_t = \frac{\partial E}{\partial c_t}",
    r"\delta^g_t = \frac{\partial E}{\partial a^g_t}",
)


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\delta^g_t = \delta^c_t \odot (c_{t-1} - q_t) \odot g_t \odot (1 - g_t)", "correct"),
        (r"\delta^g_t = \delta^c_t \odot (c_{t-1} + q_t) \odot g_t \odot (1 - g_t)", "wrong"),
        (
            r"\frac{\partial E}{\partial a^c_t} = \delta^c_t \odot (1 - g_t) \odot (1 - q_t \odot q_t)",
            "correct",
        ),
        (r"\frac{\partial E}{\partial a^c_t} = \delta^c_t \odot (1 - g_t) \odot (1 - q_t)", "wrong"),
    ],
)
def test_letters_above_tell_gates_apart(line: str, verdict: str) -> None:
    assert verdicts(displayed(*GATES, line))[-1] == verdict


def test_a_letter_above_what_also_stands_alone_is_an_exponent() -> None:
    lines = (
        r"c^n = c \cdot c^{n-1}",
        r"c^m = c \cdot c^{m-1}",
        r"\frac{\partial}{\partial c} c^n = n c^{n-1}",
    )
    assert verdicts(displayed(*lines))[-1] == "correct"
    assert verdicts(displayed(*lines).replace("n c^{n-1}", "n c^n"))[-1] == "wrong"


def test_a_letter_above_that_its_formula_rests_on_is_an_exponent() -> None:
    lines = (r"c^u = e^{u \ln c}", r"c^v = e^{v \ln c}", r"\frac{\partial}{\partial u} c^u = c^u \ln c")
    assert verdicts(displayed(*lines))[-1] == "correct"
    assert verdicts(displayed(*lines).replace(r"= c^u \ln c", r"= u c^u"))[-1] == "wrong"
