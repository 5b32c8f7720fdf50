"""Letters of losses that stand for a cell's state or an embedding."""

from __future__ import annotations

import pytest

from tests.checking.written import displayed, verdicts

CELL = [
    r"f_t = \sigma(W_f x_t + U_f s_{t-1} + b_f)",
    r"i_t = \sigma(W_i x_t + U_i s_{t-1} + b_i)",
    r"o_t = \sigma(W_o x_t + U_o s_{t-1} + b_o)",
    r"\tilde{K}_t = \tanh(W_K x_t + U_K s_{t-1} + b_K)",
    r"K_t = f_t \odot K_{t-1} + i_t \odot \tilde{K}_t",
    r"s_t = o_t \odot \tanh(K_t)",
]
GATES = [
    (r"\partial o_t", r"\frac{\partial L}{\partial s_t} \odot \tanh(K_t)"),
    (r"\partial f_t", r"\frac{\partial L}{\partial K_t} \odot K_{t-1}"),
    (r"\partial i_t", r"\frac{\partial L}{\partial K_t} \odot \tilde{K}_t"),
    (r"\partial \tilde{K}_t", r"\frac{\partial L}{\partial K_t} \odot i_t"),
]


def gradient(by: str, value: str) -> str:
    return rf"\frac{{\partial L}}{{{by}}} = {value}"


@pytest.mark.parametrize("letter", ["C", "E", "K"])
@pytest.mark.parametrize(("by", "value"), GATES)
def test_a_cell_may_have_the_letter_of_a_loss(letter, by, value):
    lines = [line.replace("K", letter) for line in (*CELL, gradient(by, value))]
    assert set(verdicts(displayed(*lines))) <= {"correct", "charitable"}
    wrong = gradient(by, value).replace(r"\odot", "+").replace("K", letter)
    assert verdicts(displayed(*lines, wrong))[-1] == "wrong"


def test_what_is_derived_stays_a_loss():
    lines = [
        r"\hat{y} = \sigma(w^\top x)",
        r"C = \frac{1}{2} (\hat{y} - y)^2",
        r"J = C + \lambda w^\top w",
        r"\frac{\partial J}{\partial C} = 1",
        r"\frac{\partial C}{\partial \hat{y}} = \hat{y} - y",
    ]
    assert verdicts(displayed(*lines))[-2:] == ["correct", "correct"]


COUNTED = (r"z_1 = W_1 x + b_1", r"a_1 = \tanh(z_1)", r"z_2 = W_2 a_1 + b_2", r"dz_2 = z_2 - y")


@pytest.mark.parametrize("count", [r"L = n + 1", r"L = 1 + h"])
def test_what_counts_layers_is_no_loss(count):
    told = "There are $L$ layers:" + displayed(count, *COUNTED)
    right, others = r"dW_2 = dz_2 a_1^T", (r"da_1 = W_2^T dz_2", r"db_2 = dz_2")
    assert verdicts(told + displayed(*others, right))[-3:] == ["correct"] * 3
    assert verdicts(told + displayed(*others, right.replace("= ", "= -")))[-1] == "wrong"


def test_a_loss_that_only_adds_is_a_loss():
    lines = (r"u = w^\top x - y", r"C = u + 1", r"\frac{\partial C}{\partial w} = x")
    assert verdicts(displayed(*lines))[-1] == "correct"
    assert verdicts(displayed(*lines[:2], lines[2].replace("= x", "= 2 x")))[-1] == "wrong"


SWING = r"E = \frac12 m \ell^2 \dot{\phi}^2 - m g \ell \cos \phi"


@pytest.mark.parametrize(
    ("lines", "verdict"),
    [
        ((SWING, r"\frac{\partial E}{\partial \phi} = m g \ell \sin \phi"), "correct"),
        ((SWING, r"\frac{\partial E}{\partial \phi} = -m g \ell \sin \phi"), "wrong"),
        ((SWING, r"\frac{\partial E}{\partial \dot{\phi}} = m \ell^2 \dot{\phi}"), "correct"),
        ((SWING, r"\frac{\partial E}{\partial \dot{\phi}} = m \ell \dot{\phi}"), "wrong"),
        ((SWING.replace("E", "L"), r"\frac{\partial L}{\partial \phi} = m g \ell \sin \phi"), "correct"),
        ((r"W = \frac12 E A x^2", r"\frac{\partial W}{\partial x} = E A x"), "correct"),
    ],
)
def test_a_factor_that_nothing_tells_is_no_loss(lines: tuple[str, ...], verdict: str) -> None:
    """A length ℓ, a modulus E: what is derived by stands beside it, and nobody multiplies a loss by that."""
    assert verdicts(displayed(*lines))[-1] == verdict


def test_a_loss_that_is_derived_elsewhere_stays_one() -> None:
    lines = (
        r"J = w^2 + E w",
        r"\frac{\partial J}{\partial w} = 2 w + E",
        r"\frac{\partial E}{\partial w} = 1",
    )
    assert "correct" not in verdicts(displayed(*lines))[1:]
