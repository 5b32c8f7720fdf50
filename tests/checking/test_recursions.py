"""Recursions over layers and time are checked on an instance: right ones are right, planted errors found."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checking.written import displayed, verdicts

LIBRARY = Path(__file__).parents[2] / "derivations"
PLANTED = [
    ("networks/any-depth", r"\odot \sigma'(z^l)$$", r"\odot \sigma'(z^{l+1})$$"),
    ("networks/any-depth", r"= (W^{l+1})^\top \delta^{l+1}", r"= W^{l+1} \delta^{l+1}"),
    ("networks/any-depth", r"\delta^l (a^{l-1})^\top", r"\delta^l (a^l)^\top"),
    ("networks/any-depth", r"(a^L - y) \odot", r"(y - a^L) \odot"),
    ("networks/any-depth", r"(W^l)^\top \delta^l", r"(W^l)^\top \delta^{l-1}"),
    ("sequences/recurrent", r"w + V^\top", r"w + V"),
    ("sequences/recurrent", r"w + V^\top \frac{\partial J}{\partial a_{t+1}}", "w"),
    ("sequences/recurrent", r"h_{t-1}^\top", r"h_t^\top"),
    ("sequences/recurrent", r"(1 - h_t \odot h_t)", r"(1 - h_t)"),
    ("sequences/recurrent", r"= \frac{1}{T} (o_t - y_t)", r"= o_t - y_t"),
    ("sequences/recurrent", r"= \frac{\partial J}{\partial o_T} w", r"= T \frac{\partial J}{\partial o_T} w"),
    ("sequences/linear-system", r"(F^\top)^{i-t}", r"(F^\top)^{T-i}"),
    ("sequences/linear-system", r"(F^\top)^{i-t}", r"F^{i-t}"),
    ("sequences/linear-system", r"= F^\top \frac", r"= F \frac"),
    ("sequences/linear-system", r"s_{t-1}^\top", r"s_t^\top"),
    (
        "sequences/linear-system",
        r"\frac{\partial R}{\partial s_{t+1}} + \frac{\partial r(s_t, q_t)}{\partial s_t}",
        r"\frac{\partial R}{\partial s_{t+1}}",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "right", "wrong"), PLANTED)
def test_a_planted_error_is_found(name, right, wrong):
    text = (LIBRARY / f"{name}.md").read_text()
    assert right in text
    found = verdicts(text.replace(right, wrong))
    assert found.count("wrong") + found.count("follows") == 1


LAYERS = (
    r"{z} = {W} {below} + {b}",
    r"{a} = \tanh({z})",
    r"E = \|{last} - y\|^2",
    r"\frac{\partial E}{\partial {W}} = \frac{\partial E}{\partial {z}} {below}^\top",
)


@pytest.mark.parametrize("mark", ["^{(%s)}", "^{[%s]}", "_{%s}", "_%s"])
def test_a_layer_is_marked_in_any_way(mark):
    marked = {key: key + mark.replace("%s", "l") for key in "zWba"}
    marked |= {"below": "a" + mark.replace("_%s", "_{%s}").replace("%s", "l-1")}
    marked |= {"last": "a" + mark.replace("%s", "L")}
    lines = list(LAYERS)
    for key, text in marked.items():
        lines = [line.replace("{" + key + "}", text) for line in lines]
    assert verdicts(displayed(*lines)) == ["correct"] * 4
    lines[-1] = lines[-1].replace(marked["below"] + r"^\top", marked["a"] + r"^\top")
    assert verdicts(displayed(*lines))[-1] in ("wrong", "undecided")


def test_a_line_is_one_link_whatever_its_instances():
    text = (LIBRARY / "sequences/recurrent.md").read_text()
    assert len(verdicts(text)) == text.count(" = ")


def test_entries_are_no_steps():
    lines = (r"d_i = x_i - x_{i-1}", r"S = \sum_i d_i^2", r"\frac{\partial S}{\partial d_i} = 2 d_i")
    assert verdicts(displayed(*lines))[-1] == "correct"


def test_an_update_is_no_forward_pass():
    lines = (r"E = \|A w - y\|^2", r"w_{t+1} = w_t - \eta \nabla_w E", r"\nabla_w E = 2 A^\top (A w - y)")
    assert verdicts(displayed(*lines))[-1] == "correct"


def test_a_function_of_several_arguments_is_any():
    lines = (
        r"s = u v",
        r"m = q(s, r)",
        r"\frac{\partial m}{\partial u} = \frac{\partial q(s, r)}{\partial s} v",
    )
    assert verdicts(displayed(*lines)) == ["correct"] * 3
    assert verdicts(displayed(*lines[:2], lines[2][:-1] + "u"))[-1] == "wrong"


def test_a_partial_derivative_holds_the_other_arguments():
    lines = (
        r"k = q(u, w)",
        r"m = p(k, w)",
        r"v = \frac{\partial p(k, w)}{\partial k}",
        r"s = \frac{\partial p(k, w)}{\partial w}",
        r"\frac{\partial m}{\partial w} = s + v \frac{\partial k}{\partial w}",
    )
    assert verdicts(displayed(*lines)) == ["correct"] * 5


CHAPTERS = r"""
## Forward

$$z^{(k)} = w^{(k)} a^{(k-1)} + b^{(k)}$$

$$a^{(k)} = f(z^{(k)})$$

$$E = \frac12 \|a^{(K)} - t\|^2$$

## Signals

$$\delta^{(k)} = \frac{\partial E}{\partial z^{(k)}}$$

## Backward

"""


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (r"\delta^{(k)} = ((w^{(k+1)})^T \delta^{(k+1)}) \odot f'(z^{(k)})", "correct"),
        (r"\delta^{(k)} = (w^{(k+1)} \delta^{(k+1)}) \odot f'(z^{(k)})", "charitable"),
        (r"\delta^{(k)} = ((w^{(k+1)})^T \delta^{(k+1)}) \odot f(z^{(k)})", "wrong"),
        (r"\frac{\partial E}{\partial b^{(k)}} = \delta^{(k)}", "correct"),
        (r"\frac{\partial E}{\partial b^{(k)}} = -\delta^{(k)}", "wrong"),
        (r"\frac{\partial E}{\partial w^{(k)}} = \delta^{(k)} (a^{(k-1)})^T", "correct"),
    ],
)
def test_the_recursion_of_one_chapter_is_that_of_all(line: str, expected: str) -> None:
    assert verdicts(CHAPTERS + displayed(line)) == ["correct"] * 4 + [expected]


EMPTY_START = (
    r"A \in \mathbb{R}^{n \times n}, \quad B \in \mathbb{R}^{n \times d}",
    r"C \in \mathbb{R}^{k \times n}",
    r"s_0 = 0",
    r"s_t = \tanh(A s_{t-1} + B x_t), \qquad o_t = C s_t",
    r"E = \frac{1}{2} \sum_{t=1}^{T} \| o_t - y_t \|^2",
    r"\frac{\partial E}{\partial o_t} = o_t - y_t",
    r"\frac{\partial E}{\partial s_T} = C^\top (o_T - y_T)",
    r"d_t = 1 - s_t \odot s_t",
    r"\nabla_{s_t} E = C^\top (o_t - y_t) + A^\top (\frac{\partial E}{\partial s_{t+1}} \odot d_{t+1})",
)


def test_a_start_of_zero_is_nothing_of_any_shape():
    assert set(verdicts(displayed(*EMPTY_START))) == {"correct"}
    spoiled = [line.replace("d_{t+1}", "d_t") for line in EMPTY_START]
    assert verdicts(displayed(*spoiled))[-1] == "wrong"


def test_a_start_of_zero_is_zero():
    lines = (*EMPTY_START[:4], r"s_1 = \tanh(B x_1)")
    assert verdicts(displayed(*lines))[-1] == "correct"


BEGUN = (r"s_t = \alpha u_t + \beta r_{t-1} + \gamma", r"s_0 = \alpha u_0 + \gamma", r"r_t = \tanh(s_t)")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            r"\frac{\partial s_t}{\partial \gamma} = \beta \frac{\partial r_{t-1}}{\partial \gamma} + 1",
            "correct",
        ),
        (r"\frac{\partial r_0}{\partial \gamma} = 1 - r_0^2", "correct"),
        (r"\frac{\partial r_0}{\partial \alpha} = (1 - r_0^2) u_0", "correct"),
        (r"\frac{\partial r_0}{\partial \gamma} = 1 - s_0^2", "wrong"),
        (r"\frac{\partial s_t}{\partial \gamma} = \beta \frac{\partial r_{t-1}}{\partial \gamma}", "wrong"),
    ],
)
def test_what_one_step_hands_on_begins_with_what_is_given(line: str, expected: str) -> None:
    assert verdicts(displayed(*BEGUN, line)) == ["correct"] * 3 + [expected]


ENDING = (
    r"c_k = A_k u_k + d_k",
    r"u_{k+1} = \sigma(c_k)",
    r"u_1 = q",
    r"J = \frac{1}{2} \|u_m - t\|_2^2",
)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (r"\frac{\partial J}{\partial u_m} = u_m - t", "correct"),
        (r"\frac{\partial J}{\partial u_m} = t - u_m", "wrong"),
        (
            r"\frac{\partial J}{\partial c_k} = \frac{\partial J}{\partial u_{k+1}} \odot \sigma'(c_k)",
            "correct",
        ),
        (r"\frac{\partial J}{\partial c_k} = \frac{\partial J}{\partial u_{k+1}} \odot \sigma(c_k)", "wrong"),
        (r"\frac{\partial J}{\partial A_k} = \frac{\partial J}{\partial c_k} u_k^T", "correct"),
        (r"\frac{\partial J}{\partial A_k} = -\frac{\partial J}{\partial c_k} u_k^T", "wrong"),
        (r"\frac{\partial J}{\partial d_k} = \frac{\partial J}{\partial c_k}", "correct"),
        (r"\frac{\partial J}{\partial d_k} = 2 \frac{\partial J}{\partial c_k}", "wrong"),
        (r"\frac{\partial J}{\partial u_k} = A_k^T \frac{\partial J}{\partial c_k}", "correct"),
        (r"\frac{\partial J}{\partial u_k} = -A_k^T \frac{\partial J}{\partial c_k}", "wrong"),
    ],
)
def test_a_recursion_ends_with_what_the_loss_is_made_of(line: str, expected: str) -> None:
    assert verdicts(displayed(*ENDING, line)) == ["correct"] * 4 + [expected]


def test_a_second_loss_begins_with_its_forward_pass() -> None:
    first = (r"z = w x + b", r"J = \frac{1}{2} (z - t)^2", r"\frac{\partial J}{\partial w} = (z - t) x")
    line = r"\frac{\partial J}{\partial d_k} = \frac{\partial J}{\partial c_k}"
    assert verdicts(displayed(*first, *ENDING, line)) == ["correct"] * 8


ONE_LAYER = r"""## One layer

A layer is $y = \tanh(A u + d)$,
where $u \in \mathbb{R}^n$, $A \in \mathbb{R}^{h \times n}$, $d \in \mathbb{R}^h$.

## Many layers

"""


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (r"\frac{\partial J}{\partial A_k} = \frac{\partial J}{\partial c_k} u_k^T", "correct"),
        (r"\frac{\partial J}{\partial A_k} = \frac{\partial J}{\partial u_k} u_k^T", "wrong"),
        (r"\frac{\partial J}{\partial d_k} = \frac{\partial J}{\partial c_k}", "correct"),
        (r"\frac{\partial J}{\partial d_k} = \frac{\partial J}{\partial u_k}", "wrong"),
    ],
)
def test_members_of_a_recursion_are_no_rows_of_what_a_chapter_above_declares(
    line: str, expected: str
) -> None:
    assert verdicts(ONE_LAYER + displayed(*ENDING, line)) == ["correct"] * 8 + [expected]


ERRORS_THAT_COME_BACK = (
    r"h_t = \tanh(W h_{t-1} + U x_t)",
    r"p_t = V h_t",
    r"L = \sum_t \frac{1}{2} \|p_t - y_t\|^2",
    r"\delta_t = V^\top (p_t - y_t) + W^\top (\delta_{t+1} \odot (1 - h_{t+1} \odot h_{t+1}))",
)
BY_W = r"\frac{\partial L}{\partial W} = \sum_t (\delta_t \odot (1 - h_t \odot h_t)) h_{t-1}^\top"


def test_nothing_comes_back_from_behind_the_last_step() -> None:
    assert set(verdicts(displayed(*ERRORS_THAT_COME_BACK, BY_W))) == {"correct"}
    told = r"\delta_T = V^\top (p_T - y_T)"
    assert set(verdicts(displayed(*ERRORS_THAT_COME_BACK, told, BY_W))) <= {"correct", "undecided"}


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("h_{t-1}^", "h_t^"), (r"(1 - h_t \odot h_t)", "(1 - h_t)"), (r"\sum_t (", r"-\sum_t (")],
)
def test_and_what_is_made_of_it_is_judged(right: str, wrong: str) -> None:
    assert verdicts(displayed(*ERRORS_THAT_COME_BACK, BY_W.replace(right, wrong)))[-1] == "wrong"


LATER = (
    r"a_0 = w x_0 + b",
    r"a_t = w x_t + v h_{t-1} + b",
    r"h_t = \tanh(a_t)",
    r"\frac{\partial a_t}{\partial v} = h_{t-1} + v \frac{\partial h_{t-1}}{\partial v}",
    r"\frac{\partial h_0}{\partial v} = 0",
)


def test_where_a_recursion_begins_nothing_depends_on_what_comes_in_later():
    assert verdicts(displayed(*LATER))[-2:] == ["correct", "correct"]
    spoiled = displayed(*LATER[:3], LATER[3].replace("h_{t-1} +", "h_t +"), LATER[4].replace("= 0", "= x_0"))
    assert "correct" not in verdicts(spoiled)[-2:]
