"""A slash whose denominator lost its brackets."""

from __future__ import annotations

import pytest

from tests.checking.written import displayed, verdicts

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


@pytest.mark.parametrize(
    ("energy", "slope", "holds"),
    [
        (r"T = p^2/2m", r"\frac{d T}{d p} = \frac{p}{m}", True),
        (r"T = p^2/2m", r"\frac{d T}{d p} = p m", False),
        (r"T = p^{2} / 2 m^2", r"\frac{\partial T}{\partial m} = -\frac{p^2}{m^3}", True),
        (r"T = p^{2}/2 m", r"\frac{d T}{d p} = p m", True),
        (r"T = p^{2}/2 m", r"\frac{d T}{d p} = \frac{p}{m}", False),
        (r"T = \lambda/2 p^2", r"\frac{d T}{d p} = \lambda p", True),
    ],
)
def test_a_square_is_divided_by_all_that_is_written_close(energy: str, slope: str, holds: bool) -> None:
    assert (verdicts(displayed(energy, slope))[-1] == "correct") is holds
