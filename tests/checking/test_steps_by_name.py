r"""A step against a gradient by its name is right whatever the loss is; a slope of a leak is below one."""

from __future__ import annotations

import pytest

from tests.checking.written import displayed, verdicts

STEPS = [
    r"\theta = \theta - \alpha \nabla J(\theta)",
    r"\theta \leftarrow \theta - \eta \nabla_\theta J(\theta)",
    r"v_j := v_j - \alpha \frac{\partial}{\partial v_j} J(v)",
]
NET = (r"q = V x", r"C = \frac12 \|q - y\|^2", r"dV = (q - y) x^T")


@pytest.mark.parametrize("line", STEPS)
def test_a_step_needs_no_loss(line):
    assert verdicts(displayed(line)) == ["correct"]


@pytest.mark.parametrize("line", STEPS)
def test_a_step_the_other_way_is_not_right(line):
    up = line.replace(r"- \alpha", r"+ \alpha").replace(r"- \eta", r"+ \eta")
    assert up != line
    assert verdicts(displayed(up)) == ["undecided"]


def test_a_step_of_other_layers_stands_beside_a_loss():
    assert verdicts(displayed(*NET, r"W^{[k]} = W^{[k]} - \alpha \, dW^{[k]}"))[-1] == "correct"
    assert verdicts(displayed(*NET, r"u = u - \alpha \nabla_u J"))[-1] == "correct"
    assert verdicts(displayed(*NET, r"V = V - \alpha \, dV"))[-1] == "correct"
    assert verdicts(displayed(*NET, r"V = V - \alpha (q - y)^2 x^T"))[-1] != "correct"


@pytest.mark.parametrize("right", [True, False])
def test_the_slope_of_a_leak_is_below_one(right):
    slopes = r"1 & x > 0 \\ \alpha & x < 0" if right else r"\alpha & x > 0 \\ 1 & x < 0"
    lines = (r"g(x) = \max(\alpha x, x)", rf"g'(x) = \begin{{cases}} {slopes} \end{{cases}}")
    assert verdicts(displayed(*lines))[1] == ("correct" if right else "wrong")


def test_a_second_formula_tells_of_a_function_that_nothing_defines():
    lines = (r"q = x \, \Phi(x)", r"q = \frac{x}{1 + e^{-2x}}")
    assert verdicts(displayed(*lines))[1] == "undecided"
    assert verdicts(displayed(r"q = x \, \Phi(x)", r"\frac{dq}{dx} = x \, \Phi'(x)"))[1] == "wrong"


@pytest.mark.parametrize(
    ("slope", "verdict"),
    [(r"q (1 - q)", "undecided"), (r"(1 - q^2)", "undecided"), (r"q", "wrong"), ("", "wrong")],
)
def test_a_slope_by_the_value_tells_which_function_is_meant(slope, verdict):
    lines = (r"z = w x + b", r"q = f(z)", r"L = \frac12 (q - y)^2")
    right = r"\frac{\partial L}{\partial z} = (q - y) f'(z)"
    assert verdicts(displayed(*lines, right, rf"\frac{{\partial L}}{{\partial z}} = (q - y) {slope}"))[
        3:
    ] == ["correct", verdict]


@pytest.mark.parametrize("by", [r"dV", r"\frac{\partial C}{\partial V}", r"\nabla_V C"])
def test_a_step_from_nowhere_tells_of_no_weights(by):
    step = verdicts(displayed(*NET[:2], rf"V = V - \alpha {by}", r"b = b - \alpha db"))[2:]
    lost = verdicts(displayed(*NET[:2], rf"V = - \alpha {by}", r"b = b - \alpha db"))[2:]
    assert (step, lost) == (["correct", "correct"], ["undecided", "correct"])


@pytest.mark.parametrize("line", [r"v = - \alpha \nabla_u J", r"\Delta u = - \alpha \nabla_u J"])
def test_a_step_by_its_own_name_is_told(line):
    assert verdicts(displayed(line)) == ["correct"]


def test_where_a_gradient_is_zero_a_weight_is_a_multiple_of_a_part_of_it():
    loss = r"J = C + \frac{a}{2} w^2, \qquad C = \frac12 (w x - y)^2"
    at_minimum = r"w = -\frac{1}{a} \frac{\partial C}{\partial w}"
    assert verdicts(displayed(loss, at_minimum))[2:] == ["undecided"]


@pytest.mark.parametrize(
    ("derived", "verdict"),
    [("L", "correct"), ("J", "correct"), ("W", "undecided"), ("x", "undecided"), ("h", "undecided")],
)
def test_a_step_goes_along_a_loss_and_along_nothing_inside_it(derived, verdict):
    net = (r"h = \tanh(W_1 x + b_1)", r"z = W_2 h + b_2", r"L = (z - y)^2")
    step = rf"W_1 = W_1 - \alpha \frac{{\partial {derived}}}{{\partial W_1}}"
    assert verdicts(displayed(*net, step))[3:] == [verdict]


@pytest.mark.parametrize("derived", ["L", "C", "g"])
def test_a_step_may_go_along_a_term_of_the_loss(derived):
    loss = (r"L = C + 3 g", r"C = (w x - y)^2", r"g = w^2")
    step = rf"w = w - \alpha \frac{{\partial {derived}}}{{\partial w}}"
    assert verdicts(displayed(*loss, step))[3:] == ["correct"]
