"""Bars and errors of layers are derivatives of the loss where the document uses them so, and only there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checking.written import displayed, verdicts

LIBRARY = Path(__file__).parents[3] / "derivations"
PLANTED = [
    (r"\bar{E} (y - t)", r"\bar{E} (t - y)"),
    (r"\bar{y} (1 - y^2)", r"\bar{y} (1 - y)"),
    (r"\bar{z} x + \bar{R} w", r"\bar{z} x"),
    (r"\bar{b} = \bar{z}", r"\bar{b} = \bar{z} b"),
    (r"\bar{R} = \bar{J} \lambda", r"\bar{R} = \bar{J}"),
]


@pytest.mark.parametrize(("right", "wrong"), PLANTED)
def test_a_planted_error_in_reverse_mode_is_found(right, wrong):
    text = (LIBRARY / "networks/reverse-mode.md").read_text()
    assert right in text
    found = verdicts(text.replace(right, wrong))
    assert found.count("wrong") + found.count("follows") == 1


def test_a_bar_may_be_said_to_be_a_derivative():
    lines = (r"u = a c", r"J = u^2", r"\bar{u} = \frac{\partial J}{\partial u}", r"\bar{a} = \bar{u} c")
    assert verdicts(displayed(*lines)) == ["correct"] * 4
    assert verdicts(displayed(*lines[:3], r"\bar{a} = \bar{u} a"))[-1] == "wrong"


def test_a_bar_over_a_mean_is_a_mean():
    lines = (
        r"\bar{x} = \frac{1}{m} \sum_{i=1}^m x^{(i)}",
        r"J = \bar{x}^2",
        r"\frac{\partial J}{\partial \bar{x}} = 2 \bar{x}",
    )
    assert verdicts(displayed(*lines))[-1] == "correct"


def without_meaning(text):
    """The network of any depth without the line that says what its errors are."""
    said = r"The error of a layer is $\delta^l = \frac{\partial C}{\partial z^l}$. "
    assert said in text
    return text.replace(said, "")


def test_errors_of_layers_need_no_saying():
    text = without_meaning((LIBRARY / "networks/any-depth.md").read_text())
    assert set(verdicts(text)) == {"correct"}


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"\odot \sigma'(z^l)$$", r"\odot \sigma'(z^{l+1})$$"),
        (r"(a^L - y) \odot \sigma'(z^L)", r"a^L - y"),
        (r"\delta^l (a^{l-1})^\top", r"\delta^{l-1} (a^{l-1})^\top"),
    ],
)
def test_a_recursion_does_not_make_its_own_errors_right(right, wrong):
    text = without_meaning((LIBRARY / "networks/any-depth.md").read_text())
    found = verdicts(text.replace(right, wrong))
    assert found.count("wrong") + found.count("follows") == 1


FORWARD = [r"s^l = V^l h^{l-1} + c^l", r"h^l = \phi(s^l)"]
BACK = [
    r"\delta^l = ((V^{l+1})^T \delta^{l+1}) \odot \phi'(s^l)",
    r"\frac{\partial E}{\partial c^l} = \delta^l",
    r"\frac{\partial E}{\partial V^l} = \delta^l (h^{l-1})^T",
]
ENTRIES = [
    r"s_j^l = \sum_k v_{jk}^l h_k^{l-1} + c_j^l",
    r"h_j^l = \phi(s_j^l)",
    r"\delta_j^L = \frac{\partial E}{\partial h_j^L} \phi'(s_j^L)",
    r"\delta_j^l = \sum_k v_{kj}^{l+1} \delta_k^{l+1} \phi'(s_j^l)",
    r"\frac{\partial E}{\partial c_j^l} = \delta_j^l",
    r"\frac{\partial E}{\partial v_{jk}^l} = h_k^{l-1} \delta_j^l",
]
BEGINNINGS = [
    r"\delta^L = \nabla_h E \odot \phi'(s^L)",
    r"\delta^L = \nabla_{h^L} E \odot \phi'(s^L)",
    r"\delta^L = \frac{\partial E}{\partial h^L} \odot \phi'(s^L)",
    r"\delta^L = \frac{\partial E}{\partial h} \odot \phi'(s^L)",
]


@pytest.mark.parametrize("lines", [ENTRIES, *([*FORWARD, first, *BACK] for first in BEGINNINGS)])
def test_the_error_of_the_last_layer_may_be_told_by_its_values(lines):
    assert set(verdicts(displayed(*lines))) == {"correct"}


@pytest.mark.parametrize(
    ("at", "right", "wrong"),
    [
        (3, r"v_{kj}^{l+1}", r"v_{jk}^{l+1}"),
        (3, r" \phi'(s_j^l)", ""),
        (3, r"\phi'(s_j^l)", r"\phi(s_j^l)"),
        (4, r"= \delta_j^l", r"= -\delta_j^l"),
        (5, r"h_k^{l-1}", r"h_k^{l}"),
    ],
)
def test_only_the_line_with_the_slip_is_wrong(at, right, wrong):
    assert right in ENTRIES[at]
    found = verdicts(displayed(*ENTRIES[:at], ENTRIES[at].replace(right, wrong), *ENTRIES[at + 1 :]))
    assert [place for place, verdict in enumerate(found) if verdict != "correct"] == [at]
    assert found[at] == "wrong"


@pytest.mark.parametrize("first", BEGINNINGS)
def test_a_lost_slope_of_a_hidden_layer_is_charged_to_its_recursion(first):
    back = BACK[0].replace(r" \odot \phi'(s^l)", "")
    assert verdicts(displayed(*FORWARD, first, back, *BACK[1:]))[3:] == ["wrong", "correct", "correct"]


def test_another_loss_may_be_told_by_the_derivative_by_an_entry():
    first = (r"y = A x", r"\mathcal{L} = \frac12 \|y - t\|^2", r"\bar{\mathcal{L}} = 1", r"\bar{y} = y - t")
    other = (r"L = \sum_j y_j^3", r"\bar{x}_i = \frac{\partial L}{\partial x_i}")
    assert set(verdicts(displayed(*first, *other, r"\bar{y}_j = 3 y_j^2"))) == {"correct"}
    assert verdicts(displayed(*first, *other, r"\bar{y}_j = 2 y_j^2"))[-1] == "wrong"
