"""What is derived may be named and written out: `dz/dw [w x + b]` is the derivative of the brackets."""

import pytest

from tests.checking.written import displayed, with_line

UNIT = displayed("z = w x + b", r"a = \sigma(z)", r"L = \frac{1}{2} (a - y)^2")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (r"\frac{dz}{dw}[w x + b] = x", "correct"),
        (r"\frac{\partial z}{\partial b}\left[w x + b\right] = 1", "correct"),
        (r"\frac{da}{dz}[\frac{1}{1 + e^{-z}}] = a (1 - a)", "correct"),
        (r"\frac{dL}{da}\left[\frac{1}{2} (a - y)^2\right] = a - y", "correct"),
        (r"\frac{dz}{db}[w x + b] = b", "wrong"),
        (r"\frac{da}{dz}[\frac{1}{1 + e^{-z}}] = a", "wrong"),
        (r"\frac{dL}{da}\left[\frac{1}{2} (a - y)^2\right] = y - a", "wrong"),
    ],
)
def test_the_formula_of_what_is_derived_stands_in_brackets(line, expected):
    assert with_line(UNIT, line)[-1] == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (r"\frac{dL}{dz} = \frac{dL}{da} [a (1 - a)]", "correct"),
        (r"\frac{dL}{dz} = \frac{da}{dz} [a - y]", "correct"),
        (r"\frac{dL}{dz} = \frac{da}{dz} [y - a]", "wrong"),
        (r"\frac{dL}{dz} = \frac{dL}{da} [a (1 + a)]", "wrong"),
        (r"\frac{dL}{dz} = \frac{dL}{da} [1 - a]", "wrong"),
    ],
)
def test_brackets_behind_a_derivative_may_be_a_factor(line, expected):
    assert with_line(UNIT, line)[-1] == expected
