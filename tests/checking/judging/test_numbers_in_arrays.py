"""Worked numbers in arrays: each printed entry claims what it rounds to."""

from __future__ import annotations

import pytest

from tests.checking.written import displayed, verdicts

FORWARD = [
    r"M \in \mathbb{R}^{2 \times 2}",
    r"v \in \mathbb{R}^2",
    r"c \in \mathbb{R}^2",
    r"s = M v + c",
    r"q = \tanh(s)",
    r"E = \frac{1}{2} \|q - t\|^2",
    r"\frac{\partial E}{\partial c} = (q - t) \odot (1 - q^2)",
]
PRODUCT = r"s = \begin{bmatrix} 0.5 & -1.0 \\ 0.2 & 0.4 \end{bmatrix} \begin{bmatrix} 2 \\ 1 \end{bmatrix}"
STEPS = [
    (
        PRODUCT + r" + \begin{bmatrix} 0.1 \\ 0.3 \end{bmatrix}",
        r"\begin{bmatrix} 0.1 \\ 1.1 \end{bmatrix}",
        ("1.1", "-1.1"),
    ),
    ("1 - q^2 = [1 - 0.25, 1 - 0.36]", "[0.75, 0.64]", ("0.64", "0.46")),
    (r"c = [2.0 \times 0.15, 0.5 \times 0.25]", "[0.3, 0.125]", ("0.3", "0.03")),
    (
        r"M = \begin{bmatrix} 0.4 \\ 0.5 \end{bmatrix} \cdot \begin{bmatrix} 3 & 2 \end{bmatrix}",
        r"\begin{bmatrix} 1.2 & 0.8 \\ 1.5 & 1.0 \end{bmatrix}",
        ("1.5", "-1.5"),
    ),
]


@pytest.mark.parametrize(("left", "right", "slip"), STEPS)
def test_each_entry_is_checked(left, right, slip):
    assert verdicts(displayed(*FORWARD, f"{left} = {right}"))[-1] == "correct"
    assert verdicts(displayed(*FORWARD, f"{left} = {right.replace(*slip)}"))[-1] == "wrong"


def test_numbers_in_arrays_define_nothing():
    lines = [f"{left} = {right}" for left, right, _ in STEPS]
    assert verdicts(displayed(*FORWARD, *lines))[:6] == ["correct"] * 6


def test_rounded_entries_are_charitable():
    line = r"q = [0.333 \times 0.5, 0.25 \times 0.5] = [0.1666, 0.125]"
    assert verdicts(displayed(*FORWARD, line))[-1] == "charitable"


@pytest.mark.parametrize("value", [r"\frac{1}{1 + e^{-0.15}}", r"\tanh(0.15)"])
def test_a_value_of_numbers_is_no_identity(value):
    text = displayed("z = w x", "a = f(z)", rf"a^2 = f(z^2) = {value} \approx 0.5")
    assert "wrong" not in verdicts(text)[:4]


def test_a_whole_number_is_no_rounding_of_another():
    point = "$$f(u, v) = u^2 + 3 u v$$\n\n" + r"$$\nabla f(1, 2) = (8, ENTRY)$$"
    assert verdicts(point.replace("ENTRY", "3"))[-1] == "correct"
    assert verdicts(point.replace("ENTRY", "4"))[-1] == "wrong"
