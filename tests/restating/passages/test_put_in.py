"""Definitions that a derivation only puts in, and sums at sight below powers and under derivatives."""

import pytest

from tests.checking.written import displayed, verdicts

PUT_IN = displayed(
    r"\frac{\partial r_i}{\partial u_j} = \frac{\partial}{\partial u_j} \frac{e^{u_i}}{\sum_k e^{u_k}}"
)
LOSS = displayed(r"L = -\sum_i t_i \log r_i, \quad \sum_i t_i = 1")
AT_SIGHT = "We use Einstein's summation convention.\n\n" + displayed(
    r"CE(t, r) = -t_i \log r_i, \quad \sum_i t_i = 1",
    r"\frac{\partial CE}{\partial u_k} = -t_i \frac{1}{r_i} \frac{\partial}{\partial u_k} r_i"
    r" = -t_i \frac{1}{r_i} \frac{\partial}{\partial u_k} \frac{e^{u_i}}{e^{u_m}}",
)
RIGHT = [
    PUT_IN + displayed(r"\frac{\partial r_i}{\partial u_j} = r_i (\delta_{ij} - r_j)"),
    PUT_IN + LOSS + displayed(r"\frac{\partial L}{\partial u_j} = r_j - t_j"),
    AT_SIGHT
    + displayed(
        r"\frac{\partial CE}{\partial u_k} = -t_i \frac{1}{r_i}"
        r" \left[\frac{e^{u_i} \delta_{ik}}{e^{u_m}} - \frac{e^{u_i}}{(e^{u_m})^2} e^{u_p} \delta_{pk}\right]"
    ),
    AT_SIGHT + displayed(r"\frac{\partial CE}{\partial u_k} = -t_i [\delta_{ik} - r_p \delta_{pk}]"),
    AT_SIGHT + displayed(r"\frac{\partial CE}{\partial u_k} = r_k - t_k"),
]
WRONG = [
    PUT_IN + displayed(r"\frac{\partial r_i}{\partial u_j} = r_i (\delta_{ij} + r_j)"),
    PUT_IN + LOSS + displayed(r"\frac{\partial L}{\partial u_j} = t_j - r_j"),
    AT_SIGHT
    + displayed(
        r"\frac{\partial CE}{\partial u_k} = -t_i \frac{1}{r_i}"
        r" \left[\frac{e^{u_i} \delta_{ik}}{e^{u_m}} + \frac{e^{u_i}}{(e^{u_m})^2} e^{u_p} \delta_{pk}\right]"
    ),
    AT_SIGHT + displayed(r"\frac{\partial CE}{\partial u_k} = -t_i [\delta_{ik} + r_p \delta_{pk}]"),
    AT_SIGHT + displayed(r"\frac{\partial CE}{\partial u_k} = t_k - r_k"),
]


@pytest.mark.parametrize("text", RIGHT)
def test_a_right_line_rests_on_what_was_put_in(text: str) -> None:
    assert set(verdicts(text)) == {"correct"}


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_line_is_found_by_what_was_put_in(text: str) -> None:
    *before, last = verdicts(text)
    assert set(before) == {"correct"}
    assert last == "wrong"


def test_a_step_defines_nothing_that_is_defined() -> None:
    own = displayed(r"r_i = \frac{e^{u_i}}{\sum_k e^{u_k}}")
    wrong = PUT_IN.replace(r"\sum_k e^{u_k}", r"\sum_k u_k")
    assert verdicts(own + wrong)[-1] == "wrong"


def test_a_step_tells_of_a_loss_what_depends_on_its_variable() -> None:
    part = displayed(r"\frac{\partial L}{\partial w} = \frac{\partial}{\partial w} (x w^2)")
    assert verdicts(part + displayed(r"\frac{\partial L}{\partial w} = 3 x w^2"))[-1] == "wrong"
    assert verdicts(part + displayed(r"\frac{\partial L}{\partial v} = 3 x w^2"))[-1] == "undecided"


SLOPES = (
    r"\frac{\partial a_k}{\partial z_k} = %s",
    r"z_k = \sum_i w_{ik} x_i + b_k",
    r"\frac{\partial a_k}{\partial w_{jk}} = %s",
)


@pytest.mark.parametrize("slope", [r"\sigma'(z_k)", r"f'(z_k)", r"\tanh'(z_k)"])
@pytest.mark.parametrize(("factor", "verdict"), [("x_j", "correct"), ("x_k", "wrong"), ("2 x_j", "wrong")])
def test_a_slope_by_a_prime_tells_the_function(slope: str, factor: str, verdict: str) -> None:
    told, forward, claim = SLOPES
    assert verdicts(displayed(told % slope, forward, claim % f"{slope} {factor}"))[-1] == verdict


def test_a_slope_by_a_prime_tells_nothing_beside_a_formula() -> None:
    lines = (r"a_k = \tanh(z_k)", SLOPES[0] % r"\sigma'(z_k)")
    assert verdicts(displayed(*lines)) == ["correct", "wrong"]
