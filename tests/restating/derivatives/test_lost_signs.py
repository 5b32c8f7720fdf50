"""Derivatives of which one side was written without its `∂`."""

from __future__ import annotations

import pytest

from tests.checking.written import with_line

UNIT = r"""
$$s = p \, u + q$$
$$h = \tanh(s)$$
$$E = \frac{1}{2} (h - g)^2$$
"""


@pytest.mark.parametrize(
    ("line", "right", "wrong"),
    [
        (r"\frac{\partial}{q} E = (h - g) %s", r"(1 - h^2)", r"(1 - h)"),
        (r"\frac{\partial E}{p} = (h - g) (1 - h^2) %s", "u", "p"),
        (r"\frac{\tanh(s)}{\partial s} = 1 %s h^2", "-", "+"),
        (r"\frac{\partial E}{\partial p} = \frac{\partial E}{h} \frac{\partial h}{s} %s", "u", "q"),
        (r"\frac{\partial_E}{\partial p} = \frac{\partial_E}{\partial h} (1 - h^2) %s", "u", "q"),
    ],
)
def test_the_sign_is_put_in_and_told(line, right, wrong):
    assert with_line(UNIT, line % right)[-1] == "charitable"
    assert with_line(UNIT, line % wrong)[-1] == "wrong"


def test_what_has_both_signs_is_read_as_it_stands():
    assert with_line(UNIT, r"\frac{\partial E}{\partial q} = (h - g)(1 - h^2)")[-1] == "correct"


def test_a_quotient_of_a_derivative_by_a_number_stays_one():
    line = r"\frac{\frac{\partial E}{\partial q}}{u} = \frac{(h - g)(1 - h^2)}{u}"
    assert with_line(UNIT, line)[-1] == "correct"
