"""Names that a step writes for a part of the line before."""

import pytest

from tests.checking.written import displayed, verdicts

LOSS = r"E = -g_d^T r + \log \sum_k \exp(g_k^T r)"
HEAD = r"\frac{\partial E}{\partial r}"
LONG = r"-g_d + \sum_k \frac{\exp(g_k^T r)}{\sum_l \exp(g_l^T r)} g_k"
SHORT = r"-g_d + \sum_k a_k g_k"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial E}{\partial g_k} = (a_k - 1_{k = d}) r", "correct"),
        (r"\frac{\partial a_k}{\partial g_k} = a_k (1 - a_k) r", "correct"),
        (r"\frac{\partial E}{\partial g_k} = (a_k + 1_{k = d}) r", "wrong"),
        (r"\frac{\partial a_k}{\partial g_k} = a_k (1 + a_k) r", "wrong"),
    ],
)
@pytest.mark.parametrize(
    "step", [(rf"{HEAD} = {LONG} = {SHORT}",), (f"{HEAD} = {LONG}", f"{HEAD} = {SHORT}")], ids=["one", "two"]
)
def test_the_part_is_what_it_is_called(step: tuple[str, ...], line: str, verdict: str) -> None:
    found = verdicts(displayed(LOSS, *step, line))
    assert found[:-1] == ["correct"] * 3
    assert found[-1] == verdict


def test_a_step_that_changes_more_names_nothing() -> None:
    found = verdicts(displayed(LOSS, rf"{HEAD} = {LONG} = g_d + \sum_k a_k g_k"))
    assert found[-1] != "correct"


def test_a_known_name_is_no_new_one() -> None:
    lines = (
        r"s = w x",
        r"E = \frac12 (w x - t)^2",
        r"\frac{\partial E}{\partial w} = (w x - t) x = (t - t) x",
    )
    assert verdicts(displayed(*lines))[-1] == "wrong"


def test_an_entry_is_named_with_its_index_only() -> None:
    lines = (
        r"E = \frac12 \sum_k (w_k x_k - t_k)^2",
        r"\sum_k (w_k x_k - t_k) x_k = \sum_k (b - t_k) x_k",
        r"\frac{\partial E}{\partial w_k} = (b - t_k) x_k",
    )
    assert verdicts(displayed(*lines))[-1] != "correct"


LAYERS = (
    r"E = \frac{1}{2} \| h^L - t \|^2",
    r"s_k^{l+1} = \sum_j v_{kj}^{l+1} h_j^l + c_k^{l+1} = \sum_j v_{kj}^{l+1} g(s_j^l) + c_k^{l+1}",
    r"\frac{\partial s_k^{l+1}}{\partial s_j^l} = v_{kj}^{l+1} g'(s_j^l)",
)


def test_an_activation_is_what_a_sum_puts_in_its_place():
    assert set(verdicts(displayed(*LAYERS))) == {"correct"}
    slip = r"\frac{\partial s_k^{l+1}}{\partial s_j^l} = v_{kj}^{l+1} g'(s_k^{l+1})"
    assert verdicts(displayed(*LAYERS[:2], slip))[-1] != "correct"
    assert verdicts(displayed(*LAYERS[:2], LAYERS[2].replace("= v", "= -v")))[-1] == "wrong"


def test_what_a_line_defines_is_no_other_activation():
    lines = (r"h = \tanh(s)", r"u = v h + c = v \sigma(s) + c")
    assert verdicts(displayed(*lines))[-1] == "wrong"


def test_a_scalar_activation_is_told_so_too():
    lines = (r"u = v h + c = v \sigma(s) + c", r"\frac{du}{ds} = v h (1 - h)")
    assert set(verdicts(displayed(*lines))) == {"correct"}
    assert verdicts(displayed(lines[0], r"\frac{du}{ds} = v s (1 - s)"))[-1] == "wrong"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial E}{\partial v^l} = \frac{\partial E}{\partial s^l} (h^{l-1})^T", "correct"),
        (r"\frac{\partial s_j^l}{\partial v_{jk}^l} = h_k^{l-1}", "correct"),
        (r"\frac{\partial E}{\partial v^l} = \frac{\partial E}{\partial s^l} (h^l)^T", "wrong"),
        (r"\frac{\partial s_j^l}{\partial v_{jk}^l} = s_k^{l-1}", "wrong"),
    ],
)
def test_weights_of_the_lowest_layer_say_nothing_of_a_pass_that_begins_above_it(line, verdict):
    assert verdicts(displayed(*LAYERS, line))[-1] == verdict


@pytest.mark.parametrize(
    ("short", "long"),
    [
        (r"(y_i - \hat{y}_i)^2", "(y_i - a - b x_i)^2"),
        (r"(y_i - \hat{y}_i)^2", "(y_i - (a + b x_i))^2"),
        (r"(\hat{y}_i - y_i)^2", "(a + b x_i - y_i)^2"),
        (r"(y_i + \hat{y}_i (\hat{y}_i - 2 y_i))", r"(y_i + (a + b x_i) ((a + b x_i) - 2 y_i))"),
    ],
)
def test_a_loss_tells_the_prediction_that_it_writes_out(short: str, long: str) -> None:
    text = displayed(
        rf"L = \frac{{1}}{{2}} \sum_{{i=1}}^n {short} = \frac{{1}}{{2}} \sum_{{i=1}}^n {long}",
        r"\frac{\partial L}{\partial b} = \sum_{i=1}^n (a + b x_i - y_i) x_i",
        r"\frac{\partial L}{\partial a} = \sum_{i=1}^n (\hat{y}_i - y_i)",
        r"\frac{\partial L}{\partial b} = \sum_{i=1}^n (y_i - \hat{y}_i) x_i",
    )
    assert verdicts(text)[2:] == ["correct", "correct", "wrong"]


def test_a_loss_that_changes_more_tells_no_prediction() -> None:
    text = displayed(
        r"L = \frac{1}{2} \sum_{i=1}^n (y_i - \hat{y}_i)^2 = \sum_{i=1}^n (y_i - a - b x_i)^2",
        r"\frac{\partial L}{\partial b} = \sum_{i=1}^n (a + b x_i - y_i) x_i",
    )
    assert verdicts(text)[-1] != "correct"


@pytest.mark.parametrize(
    ("other", "line", "expected"),
    [
        (r"\frac{e^{-u}}{1+e^{-u}}", r"\frac{\partial C}{\partial u} = a - t", ["correct", "correct"]),
        (r"\frac{e^{-u}}{1+e^{-u}}", r"\frac{\partial C}{\partial u} = t - a", ["correct", "wrong"]),
        (r"\frac{e^{u}}{1+e^{-u}}", r"\frac{\partial C}{\partial t} = -u", ["wrong", "correct"]),
    ],
)
def test_a_loss_may_work_out_other_parts_with_the_name(other: str, line: str, expected: list[str]) -> None:
    found = verdicts(
        displayed(
            rf"C(u, t) = -t \ln a - (1-t) \ln(1-a) = -t \ln \frac{{1}}{{1+e^{{-u}}}} - (1-t) \ln {other}",
            line,
        )
    )
    assert found[-2:] == expected


def test_a_step_with_turned_factors_tells_no_name() -> None:
    line = (
        r"\frac{\partial s}{\partial u} = \frac{e^{-u}}{1+e^{-u}} \cdot \frac{1}{1+e^{-u}} = a \cdot (1 - a)"
    )
    found = verdicts(displayed(r"s = \frac{1}{1+e^{-u}}", line, r"s = a"))
    assert "wrong" not in found
