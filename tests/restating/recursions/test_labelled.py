"""Letters below weights that count nothing: each labelled weight is a quantity of its own."""

from __future__ import annotations

import pytest

from tests.checking.written import displayed, verdicts

RECURRENT = (
    r"h_t = \tanh(W_{hh} h_{t-1} + W_{xh} x_t + b_h)",
    r"o_t = W_{hy} h_t + b_y",
    r"L = \frac12 \sum_{t=1}^T \|o_t - y_t\|^2",
    r"\frac{\partial L}{\partial W_{hy}} = \sum_{t=1}^T (o_t - y_t) h_t^T",
    r"\frac{\partial L}{\partial b_y} = \sum_{t=1}^T (o_t - y_t)",
    r"\frac{\partial L}{\partial h_T} = W_{hy}^T (o_T - y_T)",
)
GATES = (
    r"u = \sigma(W_u x + b_u)",
    r"v = \tanh(W_v x + b_v)",
    r"L = \frac12 \|u \odot v - y\|^2",
    r"\frac{\partial L}{\partial b_u} = (u \odot v - y) \odot v \odot u \odot (1 - u)",
    r"\frac{\partial L}{\partial W_v} = ((u \odot v - y) \odot u \odot (1 - v \odot v)) x^T",
)

NAMED_LAYERS = (
    r"Z_h = W_h X + b_h",
    r"A_h = \tanh(Z_h)",
    r"Z_o = W_o A_h + b_o",
    r"L = \frac12 \|Z_o - Y\|_F^2",
    r"\frac{\partial L}{\partial Z_o} = Z_o - Y",
    r"\frac{\partial L}{\partial W_o} = \frac{\partial L}{\partial Z_o} A_h^T",
    r"\frac{\partial L}{\partial Z_h} = W_o^T \frac{\partial L}{\partial Z_o} \odot (1 - A_h \odot A_h)",
)
JOINED = (
    r"f_t = \sigma(W_f [h_{t-1}, x_t] + b_f)",
    r"g_t = \tanh(W_g \cdot [h_{t-1}, x_t] + b_g)",
    r"c_t = f_t \odot c_{t-1} + (1 - f_t) \odot g_t",
    r"h_t = \tanh(c_t)",
    r"\frac{\partial L}{\partial f_t} = \frac{\partial L}{\partial c_t} \odot (c_{t-1} - g_t)",
    r"\frac{\partial L}{\partial g_t} = \frac{\partial L}{\partial c_t} \odot (1 - f_t)",
)


CROSSED = tuple(line.replace("W_u x", r"W_u \times x").replace("W_v x", r"W_v \times x") for line in GATES)


@pytest.mark.parametrize("lines", [RECURRENT, GATES, NAMED_LAYERS, JOINED, CROSSED])
def test_claims_about_labelled_weights_are_right(lines):
    assert set(verdicts(displayed(*lines))) == {"correct"}


@pytest.mark.parametrize(
    ("lines", "right", "wrong"),
    [
        (RECURRENT, r"= W_{hy}^T (o_T", r"= W_{hh}^T (o_T"),
        (RECURRENT, r"(o_t - y_t) h_t^T", r"(y_t - o_t) h_t^T"),
        (GATES, r"\partial W_v} =", r"\partial W_u} ="),
        (GATES, r"\partial b_u} =", r"\partial b_v} ="),
        (CROSSED, r"\partial W_v} =", r"\partial W_u} ="),
        (NAMED_LAYERS, r"\partial Z_o} A_h^T", r"\partial Z_o} X^T"),
        (NAMED_LAYERS, r"= W_o^T", r"= W_h^T"),
        (JOINED, r"(c_{t-1} - g_t)", r"(c_{t-1} + g_t)"),
        (JOINED, r"\partial c_t} \odot (1 - f_t)", r"\partial c_t} \odot f_t"),
    ],
)
def test_another_label_is_another_weight(lines, right, wrong):
    spoiled = [line.replace(right, wrong) for line in lines]
    assert spoiled != list(lines)
    assert "wrong" in verdicts(displayed(*spoiled))


def test_an_index_is_no_label():
    lines = (
        r"z_k = \sum_j W_{kj} x_j + b_k",
        r"L = \frac12 \sum_k (z_k - y_k)^2",
        r"\frac{\partial L}{\partial W_{kj}} = (z_k - y_k) x_j",
        r"\frac{\partial L}{\partial b_k} = z_k - y_k",
    )
    assert set(verdicts(displayed(*lines))) == {"correct"}


def test_letters_that_one_formula_gives_in_turn_are_indices():
    lines = (
        r"p_a = \frac{e^{s_a}}{\sum_c e^{s_c}}",
        r"p_b = \frac{e^{s_b}}{\sum_c e^{s_c}}",
        r"\frac{\partial p_a}{\partial s_b} = -p_a p_b \quad (a \neq b)",
    )
    assert verdicts(displayed(*lines))[-1] == "correct"
    spoiled = [line.replace("= -p_a", "= p_a") for line in lines]
    assert verdicts(displayed(*spoiled))[-1] != "correct"


def test_an_identity_of_a_size_is_no_labelled_weight():
    lines = (
        r"z = I_n x + a",
        r"L = \frac12 \|z\|^2",
        r"\frac{\partial L}{\partial x} = I_n z",
    )
    assert "wrong" not in verdicts(displayed(*lines))


SIGNALS = (
    r"u = A x, \quad A \in \mathbb{R}^{p \times n}, \quad x \in \mathbb{R}^{n}",
    r"v = B \tanh(u), \quad B \in \mathbb{R}^{q \times p}",
    r"E = \frac12 \|v - y\|^2",
    r"\delta_v = \frac{\partial E}{\partial v} = v - y",
    r"\delta_u = \frac{\partial E}{\partial u} = (B^T \delta_v) \odot \tanh'(u)",
    r"\frac{\partial E}{\partial A} = \delta_u x^T",
)


def test_the_letter_of_a_quantity_counts_nothing():
    assert set(verdicts(displayed(*SIGNALS))) == {"correct"}
    spoiled = [line.replace(r"= \delta_u x", r"= (B^T \delta_v) x") for line in SIGNALS]
    assert verdicts(displayed(*spoiled))[-1] == "wrong"


def test_a_letter_that_counts_is_no_quantity_below():
    lines = (
        r"z_k = \sum_j W_{kj} x_j",
        r"k = 2 \lambda",
        r"L = \frac12 \sum_k z_k^2",
        r"\frac{\partial L}{\partial z_k} = z_k",
    )
    assert verdicts(displayed(*lines))[-1] == "correct"


RISK = (
    r"R_{in}(v) = \frac{1}{2} \sum_{n=1}^{N} (\sigma(v^T u_n) - t_n)^2",
    r"\nabla R_{in}(v) = \sum_{n=1}^{N} (\sigma(v^T u_n) - t_n) \sigma(v^T u_n) (1 - \sigma(v^T u_n)) u_n",
)


def test_a_word_below_a_loss_is_no_index_though_a_sum_binds_a_letter_of_it():
    assert set(verdicts(displayed(*RISK))) == {"correct"}
    wrong = displayed(*RISK).replace(r"(1 - \sigma(v^T u_n)) u_n", r"(1 + \sigma(v^T u_n)) u_n")
    assert verdicts(wrong)[-1] == "wrong"


def test_letters_that_the_right_side_carries_stay_indices():
    lines = (
        r"r_{in} = \sum_{m} A_{im} B_{mn}",
        r"\frac{\partial r_{in}}{\partial A_{im}} = B_{mn}",
    )
    assert set(verdicts(displayed(*lines))) == {"correct"}


def test_what_labels_a_weight_labels_its_gradient():
    lines = (
        r"s_t = \tanh(A_{vs} v_t + A_{ss} s_{t-1} + c_s)",
        r"E = \sum_{t=1}^T f(s_t)",
        r"dA_{ss} = \sum_{t=1}^T (\frac{\partial E}{\partial s_t} \odot (1 - s_t \odot s_t)) s_{t-1}^\top",
    )
    assert verdicts(displayed(*lines))[-1] == "correct"
    assert verdicts(displayed(*lines).replace("s_{t-1}^", "s_t^"))[-1] == "wrong"
