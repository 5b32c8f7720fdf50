"""What is accused where much of a document is not understood, and what is no claim at all."""

from __future__ import annotations

import pytest

from tests.checking.written import displayed, verdicts

MURKY = [r"\diamond \star X = \wp(X)", r"\Xi \bowtie X \ne \Theta \rhd 1", r"\Theta \rhd X = \bowtie"]
ALONE = [
    (r"\nabla_X \operatorname{tr}(X B X^\top) = X B^\top + X B", r"X B + X B"),
    (r"\frac{\partial}{\partial X} \operatorname{tr}(B X C) = B^\top C^\top", r"C B"),
    (r"\nabla_X \log \det X = X^{-\top}", r"X^\top"),
]


@pytest.mark.parametrize(("line", "wrong"), ALONE)
def test_a_line_that_stands_alone_is_judged_whatever_is_beside_it(line, wrong):
    square = r"X = X^{-1} X X"
    left, _, right = line.partition(" = ")
    assert verdicts(displayed(square, *MURKY, line))[-1] == "correct"
    assert verdicts(displayed(square, *MURKY, f"{left} = {wrong}"))[-1] == "wrong"
    assert right


IN_ONE_LETTER = [
    (r"\frac{d}{du} \tanh(u)", r"1 - \tanh^2(u)", r"1 + \tanh^2(u)"),
    (r"\frac{d}{ds} \frac{1}{1 + e^{-s}}", r"\frac{e^{-s}}{(1 + e^{-s})^2}", r"\frac{e^{s}}{(1 + e^{-s})^2}"),
]


@pytest.mark.parametrize(("head", "right", "wrong"), IN_ONE_LETTER)
def test_a_derivative_of_a_formula_in_one_letter_stands_alone(head: str, right: str, wrong: str) -> None:
    assert verdicts(displayed(*MURKY, f"{head} = {right}"))[-1] == "correct"
    assert verdicts(displayed(*MURKY, f"{head} = {wrong}"))[-1] == "wrong"


def test_a_derivative_of_a_name_rests_on_what_is_told_of_it() -> None:
    assert verdicts(displayed(*MURKY, r"\frac{d f(u)}{du} = 1 + u"))[-1] == "undecided"


CONDITIONS = [
    r"Q^\top Q = I",
    r"\sum_{k=1}^K \pi_k = 1",
    r"X^\top X \beta = X^\top y",
    r"A v = \lambda v",
    r"\|u\|^2 = 1",
]


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_condition_is_no_false_claim(condition):
    assert verdicts(displayed(condition, r"f(s) = s^\top s", r"\nabla f(s) = 2 s"))[0] == "undecided"


@pytest.mark.parametrize("claim", [r"(A B)^\top = A^\top B^\top", r"\tanh(s) = 2 \sigma(s) - 1"])
def test_a_false_identity_is_still_wrong(claim):
    assert verdicts(displayed(claim, r"f(s) = s^\top s", r"\nabla f(s) = 2 s"))[0] == "wrong"


FACTORS = [r"\hat{g}_{ab} = \sum_{c} u_{ac} v_{cb}", r"e_{ab}^2 = (g_{ab} - \hat{g}_{ab})^2"]
RIGHT = r"\frac{\partial e_{ab}^2}{\partial u_{ac}} = -2 e_{ab} v_{cb}"
CLOSED = [
    r"\frac{\partial e_{ab}^2}{\partial u_{ac}} = -2 e_{ab} u_{ac}",
    r"\frac{\partial e_{ab}^2}{\partial v_{cb}} = 2 e_{ab} u_{ac}",
]


def test_wrong_derivatives_by_formulas_that_were_read_are_wrong_beside_what_was_not():
    assert verdicts(displayed(*FACTORS, *MURKY, *CLOSED))[-2:] == ["wrong"] * 2
    assert verdicts(displayed(*FACTORS, *MURKY, RIGHT))[-1] == "correct"


@pytest.mark.parametrize(("factor", "verdict"), [(r"\frac12", "correct"), ("2", "wrong")])
def test_what_is_made_of_what_was_read_brings_nothing_in(factor: str, verdict: str) -> None:
    read = [r"F(v) = \frac12 \|t - G v\|^2", r"q = t - G v"]
    line = rf"\nabla_v F = {factor} \nabla_v q^\top q"
    assert verdicts(displayed(*MURKY, *read, line))[-1] == verdict


OPEN = [
    r"\frac{\partial h}{\partial u} = \psi(u)",  # what ψ is may stand in what was not read
    r"\frac{\partial h}{\partial u} = 2 r",  # and so may what r is
]


@pytest.mark.parametrize("line", OPEN)
def test_a_line_that_rests_on_what_nothing_defines_is_left_open(line):
    assert verdicts(displayed(r"h = u^2 + s", *MURKY, line))[-1] == "undecided"


WRITTEN_OUT = r"""
$$X = \begin{bmatrix} 1 & x_{1,1} & \dots & x_{1,p} \\ \vdots & \vdots & \ddots & \vdots \\
1 & x_{n,1} & \dots & x_{n,p} \end{bmatrix}$$

$$b = \begin{bmatrix} b_0 \\ b_1 \\ \vdots \\ b_p \end{bmatrix}$$

$$R(b) = (y - X b)^\top (y - X b)$$
"""


@pytest.mark.parametrize(("factor", "verdict"), [(r"X^\top", "correct"), ("X", "wrong")])
def test_arrays_that_are_written_out_excuse_nothing(factor: str, verdict: str) -> None:
    assert verdicts(WRITTEN_OUT + rf"$$\nabla_b R = -2 {factor} (y - X b)$$")[-1] == verdict


LISTED = r"""
$$y = \begin{bmatrix} y_1 \\ \vdots \\ y_n \end{bmatrix} \qquad
b = \begin{bmatrix} b_0 \\ b_1 \\ \vdots \\ b_p \end{bmatrix}$$

"""


@pytest.mark.parametrize(("constant", "verdict"), [(r"-n \log s", "correct"), (r"\frac{n}{s}", "wrong")])
def test_a_list_of_entries_excuses_no_false_step(constant: str, verdict: str) -> None:
    product = (
        r"\log \left( \prod_{i=1}^n \frac{1}{s} \exp \left( -\frac{(y_i - x_i b)^2}{2 s^2} \right) \right)"
    )
    line = rf"\ell = {product} = {constant} - \frac{{1}}{{2 s^2}} \sum_{{i=1}}^n (y_i - x_i b)^2"
    assert verdicts(LISTED + displayed(*MURKY, line))[-1] == verdict


MURKIER = [*MURKY, r"\Xi \bowtie X = 1"]


def sloped(sign: str) -> str:
    """The slope of a function that nothing defines, told by a formula for it and worked out."""
    told = r"\frac{\partial}{\partial u} \psi(u v) = \frac{\partial}{\partial u} \frac{1}{1 + e^{-u v}}"
    return rf"{told} = \frac{{e^{{{sign} u v}}}}{{(1 + e^{{-u v}})^2}} \frac{{\partial}}{{\partial u}} (u v)"


@pytest.mark.parametrize("beside", [[], MURKIER])
def test_a_step_between_formulas_of_the_same_quantities_is_judged_whatever_is_beside_it(beside):
    assert verdicts(displayed(*beside, sloped("-")))[-2:] == ["undecided", "correct"]
    assert verdicts(displayed(*beside, sloped("+")))[-2:] == ["undecided", "wrong"]


@pytest.mark.parametrize("told", [r"\Xi \bowtie u = v", r"\|u - v\| = \bowtie 1"])
def test_a_step_is_left_open_where_what_was_not_understood_tells_of_its_quantities(told):
    assert verdicts(displayed(*MURKIER, told, sloped("+")))[-1] == "undecided"


def test_a_condition_among_what_was_not_understood_is_not_accused():
    condition = r"\frac{a u v}{b} = 1 - u v"
    assert verdicts(displayed(*MURKIER, condition))[-1] == "undecided"


def test_a_letter_before_brackets_may_be_a_function_that_nothing_tells() -> None:
    unit = displayed(r"h = s(W x + b)", r"E = \frac{1}{2} \|h - y\|^2")
    as_function = displayed(r"\frac{\partial E}{\partial b} = (h - y) \odot h \odot (1 - h)")
    as_factor = displayed(r"\frac{\partial E}{\partial b} = s^2 (h - y)")
    assert verdicts(unit + as_function)[-1] == "undecided"
    assert verdicts(unit + as_factor)[-1] == "wrong"
