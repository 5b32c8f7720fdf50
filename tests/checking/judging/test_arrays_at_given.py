"""Printed arrays of formulas at the arrays that were given before."""

from __future__ import annotations

import pytest

from tests.checking.written import displayed, verdicts

RIGHT = ("correct", "charitable")


def column(*entries: str) -> str:
    return r"\begin{bmatrix} " + r" \\ ".join(entries) + r" \end{bmatrix}"


FORM = [
    r"f(x) = x^\top A x",
    "A = " + column("2 & 1", "1 & 3"),
    "x = " + column("1", "2"),
]
NEURON = [
    "W = " + column("0.1 & 0.2", "0.3 & 0.4"),
    "x = " + column("1", "2"),
    "b = " + column("0.0", "0.1"),
    r"z = W x + b",
    r"a = \sigma(z)",
    r"L = \frac{1}{2} \|a - y\|^2",
    "y = " + column("1", "0"),
]
LINES = [
    (FORM, "A x = " + column("4", "7"), ("4", "5")),
    (FORM, r"\nabla f = " + column("8", "14"), ("14", "-14")),
    (FORM, r"\nabla f = " + column("8", "14"), ("14", "15")),
    (FORM, r"\nabla f(x) = (A + A^\top) x = " + column("8", "14"), ("8", "7")),
    (NEURON, "z = W x + b = " + column("0.5", "1.2"), ("1.2", "1.3")),
    (NEURON, r"a = \sigma(z) = " + column("0.622", "0.769"), ("0.622", "0.226")),
    (NEURON, r"\frac{\partial L}{\partial a} = a - y = " + column("-0.378", "0.769"), ("-", "")),
    (NEURON, r"\frac{\partial L}{\partial a} = a - y = [-0.378, 0.769]", ("-", "")),
]


@pytest.mark.parametrize(("told", "line", "slip"), LINES)
def test_each_entry_is_that_of_the_formula_at_what_was_given(told, line, slip):
    chain, _, printed = line.rpartition(" = ")
    assert verdicts(displayed(*told, line))[-1] == "correct"
    assert verdicts(displayed(*told, f"{chain} = {printed.replace(*slip, 1)}"))[-1] == "wrong"


def test_a_number_of_given_arrays_is_computed():
    assert verdicts(displayed(*FORM, r"f(x) = x^\top A x = 18"))[-1] == "correct"
    assert verdicts(displayed(*FORM, r"f(x) = x^\top A x = 17"))[-1] not in RIGHT


def test_who_goes_on_with_printed_numbers_is_right():
    printed = [
        "a = " + column("0.62", "0.77"),
        r"\frac{\partial L}{\partial z} = (a - y) \odot a \odot (1 - a) = " + column("-0.0895", "0.1364"),
    ]
    assert verdicts(displayed(*NEURON, *printed))[-1] in RIGHT
    assert verdicts(displayed(*NEURON, *printed).replace("-0.0895", "0.0895"))[-1] not in RIGHT


def test_what_is_asked_of_an_array_is_no_value_of_it():
    assert "wrong" not in verdicts(displayed(*FORM, r"\nabla f = 2 A x = " + column("0", "0")))


def test_an_array_that_is_given_right_below_may_be_meant():
    other = [r"A x = " + column("3", "4"), "x = " + column("1", "1")]
    assert "wrong" not in verdicts(displayed(*FORM, *other))


GIVEN = ["A = " + column("1 & 2", "3 & 4"), "B = " + column("0 & 1", "1 & 0"), "v = " + column("1", "-1")]
COMPUTED = [
    ("A B", column("2 & 1", "4 & 3"), ("4 & 3", "4 & 1")),
    ("A^T", column("1 & 3", "2 & 4"), ("2 & 4", "2 & 5")),
    ("A v", column("-1", "-1"), ("-1", "1")),
    (r"A \odot B", column("0 & 2", "3 & 0"), ("0 & 2", "2 & 0")),
    ("A^{-1}", column("-2 & 1", "1.5 & -0.5"), ("-0.5", "0.5")),
    ("A^T A", column("10 & 14", "14 & 20"), ("20", "19")),
]


@pytest.mark.parametrize(("formula", "value", "slip"), COMPUTED)
def test_arrays_that_no_formula_holds_are_computed(formula, value, slip):
    assert verdicts(displayed(*GIVEN, f"{formula} = {value}"))[-1] == "correct"
    assert verdicts(displayed(*GIVEN, f"{formula} = {value.replace(*slip, 1)}"))[-1] not in RIGHT


def test_another_layer_of_a_given_array_is_another_array():
    assert verdicts(displayed(*GIVEN, "A_1 v = " + column("-1", "-1")))[-1] not in RIGHT


def test_a_formula_that_has_its_value_is_told_anew_at_another_point():
    text = displayed(*FORM, r"\nabla f(x) = 2 A x = " + column("8", "14"))
    again = "At the point $(1, 0)$ it is\n\n$$\\nabla f(x) = 2 A x = " + column("4", "2") + "$$"
    assert "wrong" not in verdicts(f"{text}\n{again}")


@pytest.mark.parametrize("rate", ["0.25", r"\eta"])
def test_behind_a_step_an_array_is_another_one(rate):
    step = rf"x \leftarrow x - {rate} \nabla f(x) = " + column("-1", "-1.5")
    behind = r"A x = " + column("-3.5", "-5.5")
    assert "wrong" not in verdicts(displayed(*FORM, r"\eta = 0.25", step, behind))
