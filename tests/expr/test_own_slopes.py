"""Functions that are told by a derivative by their own argument, put in at any point."""

import pytest

from tests.checking.written import displayed, verdicts

LOSS = r"L = \frac{1}{2} (f(w x + b) - y)^2"


@pytest.mark.parametrize(
    ("function", "told"),
    [
        (r"f(z) = \tanh(z)", r"g(z) = \frac{d \tanh(z)}{dz}"),
        (r"f(z) = \tanh(z)", r"g(z) = \frac{d}{dz} f(z)"),
        (r"f(z) = \ln(z^2 + 1)", r"g(z) = \frac{d}{dz} \ln(z^2 + 1)"),
    ],
)
def test_a_derivative_tells_a_function(function: str, told: str) -> None:
    right = r"\frac{\partial L}{\partial w} = (f(w x + b) - y) g(w x + b) x"
    assert verdicts(displayed(function, told, LOSS, right))[-1] == "correct"
    assert verdicts(displayed(function, told, LOSS, right.replace("g(w x + b)", "g(w x)")))[-1] == "wrong"


def test_bars_around_a_factor_make_it_square() -> None:
    text = displayed(r"S = C C^\top", r"\ell = -\log|C| - \frac{1}{2} (x - u)^\top S^{-1} (x - u)")
    slope = r"\frac{\partial \ell}{\partial u} = S^{-1} (x - u)"
    assert verdicts(text + displayed(slope))[-1] == "correct"
    assert verdicts(text + displayed(slope.replace("= S", "= -S")))[-1] == "wrong"


def test_entries_of_its_own_stay_what_they_are_at_every_entry_of_an_array() -> None:
    text = r"Let $a \in \mathbb{R}^3$, $v \in \mathbb{R}^n$ and $g(z) = a_1 z^2 + a_2 z$." + "\n\n"
    right = r"\frac{\partial L}{\partial v} = g'(v)"
    assert verdicts(text + displayed(r"L = \sum_i g(v_i)", right))[-1] == "correct"
    assert verdicts(text + displayed(r"L = \sum_i g(v_i)", right.replace("g'", "2 g'")))[-1] == "wrong"


@pytest.mark.parametrize(
    ("derivative", "right", "wrong"),
    [
        (r"\frac{\partial u v + v^2}{\partial v}", "u + 2 v", "u"),
        (r"\frac{\partial u v + v^2}{\partial u}", "v", "v^2"),
        (r"\frac{\partial \sum_i w_i x_i + v}{\partial w_k}", "x_k", "w_k"),
    ],
)
def test_a_sum_behind_one_sign_is_derived_whole(derivative: str, right: str, wrong: str) -> None:
    told = displayed(r"f = u v + v^2", r"a = \sum_i w_i x_i + v")
    assert verdicts(told + displayed(f"{derivative} = {right}"))[-1] == "correct"
    assert verdicts(told + displayed(f"{derivative} = {wrong}"))[-1] == "wrong"


def test_the_inverse_of_a_column_is_that_of_each_entry() -> None:
    text = (
        r"Let $W \in \mathbb{R}^{n \times n}$, $E = \exp(W)$, $s = E \mathbf{1}$ and $r = s^{-1}$." + "\n\n"
    )
    right = r"E \odot ((E \mathbf{1})^{-1} \mathbf{1}^T) = E \odot (r \mathbf{1}^T)"
    assert verdicts(text + displayed(right))[-1] == "correct"
    assert verdicts(text + displayed(right.replace("(r ", "(s ")))[-1] == "wrong"
    assert verdicts(text + displayed(r"M = W^{-1}", "M W = I"))[-1] == "correct"
