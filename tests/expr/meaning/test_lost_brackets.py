"""A slash whose denominator lost its brackets."""

from __future__ import annotations

from tests.checking.written import verdicts

NEURON = """
$s(v) = 1 / 1 + e^{-v}$

$h = s(p u + q)$

$E = -t \\log(h) - (1 - t) \\log(1 - h)$
"""


def test_nobody_divides_by_one_and_adds():
    assert verdicts(NEURON) == ["slip", "correct", "correct"]
    assert verdicts(f"{NEURON}\n$s'(v) = s(v)(1 - s(v))$\n")[-1] == "correct"
    assert verdicts(f"{NEURON}\n$s'(v) = s(v)(1 + s(v))$\n")[-1] == "wrong"


def test_the_slip_of_a_gradient_is_told_and_another_one_is_not_excused():
    assert verdicts(f"{NEURON}\n$\\frac{{dE}}{{dh}} = -t/h + (1 - t)/1 - h$\n")[-1] == "slip"
    assert verdicts(f"{NEURON}\n$\\frac{{dE}}{{dh}} = -t/h + (1 - t)/1 - t$\n")[-1] == "wrong"


def test_a_line_that_is_right_as_it_stands_is_right():
    text = "$k = g^2 + 3 g$\n\n$\\frac{dk}{dg} = 2 g / 1 + 3$\n"
    assert verdicts(text)[-1] == "correct"


def test_numbers_alone_may_be_divided_by_one():
    assert verdicts("$$a = 3 / 1 + 2 = 5$$\n")[-1] == "correct"
