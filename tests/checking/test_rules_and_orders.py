"""Rules for any functions, products whose order nothing tells, and rows that go on with a sign."""

from __future__ import annotations

import pytest

from tests.checking.written import displayed, verdicts

RULES = r"""
$$h(x) = f(x) g(x)$$
$$h'(x) = f'(x) g(x) + f(x) g'(x)$$
$$h(x) = g(f(x))$$
$$h'(x) = LAST$$
"""


@pytest.mark.parametrize(("last", "verdict"), [("g'(f(x)) f'(x)", "correct"), ("g'(x) f'(x)", "wrong")])
def test_each_rule_has_a_function_of_its_own(last, verdict):
    found = verdicts(RULES.replace("LAST", last))
    assert found[:3] == ["correct"] * 3
    assert found[3] == verdict


OPEN = [
    r"r = k(c_1 v_1 + c_2 v_2)",
    r"s = p(r q_1)",
    r"E = \frac{1}{2} (p(r q_1) - t)^2",
    r"\frac{\partial E}{\partial q_1} = (p(r q_1) - t) \frac{\partial p}{\partial q_1} (r q_1)",
    r"\frac{\partial E}{\partial q_1} = r (f(r q_1) - t) f'(r q_1)",
]


@pytest.mark.parametrize(("slip", "verdict"), [("f'(r q_1)", "correct"), ("f(r q_1)", "wrong")])
def test_a_function_without_its_argument_stays_a_function(slip, verdict):
    lines = [line.replace("p", "f") if "frac" not in line else line.replace("p(", "f(") for line in OPEN]
    lines[3] = lines[3].replace(r"\partial p", r"\partial f")
    lines[4] = lines[4].replace("f'(r q_1)", slip)
    assert verdicts(displayed(*lines))[-1] == verdict


SQUARES = [
    r"z = x w",
    r"u = w z",
    r"dz = \frac{\partial L}{\partial z}",
    r"dx = \frac{\partial L}{\partial x}",
    r"\frac{\partial L}{\partial x} = w^\top dz",
]


def test_square_factors_convict_nobody_of_their_order():
    assert verdicts(displayed(*SQUARES))[-1] != "wrong"


def rows(second: str) -> str:
    first = r"\frac{\partial L}{\partial a} =& 2 a b"
    return rf"$$L = a^2 b + a c^2$$ $$\begin{{aligned}} {first} \\ {second} \end{{aligned}}$$"


@pytest.mark.parametrize("second", ["+& c^2", "&+ c^2", "+ c^2", r"& + c^2", r"+& c^2 + b \\ -& b"])
def test_a_row_that_starts_with_a_sign_goes_on(second):
    assert verdicts(rows(second))[-1] == "correct"
    assert verdicts(rows(second.replace("c^2", "c")))[-1] == "wrong"


def test_a_minus_sign_may_begin_an_equation():
    text = rows(r"+& c^2 \\ -b = 1 - (1 + b)")
    assert verdicts(text) == ["correct", "correct", "correct"]


DUAL = r"""
$$Q = \mathrm{diag}(s)$$

$$E(\beta) = u^\top \beta - \tfrac12SPACE\beta^\top (Q M^\top M Q) \beta$$

$$\nabla_\beta E = u - (Q M^\top M Q) \beta$$
"""


@pytest.mark.parametrize("space", [",", r"\,", " "])
def test_a_thin_space_that_lost_its_backslash_parts_nothing(space):
    text = DUAL.replace("SPACE", space)
    assert set(verdicts(text)) <= {"correct", "charitable"}
    assert verdicts(text.replace("= u -", "= u +"))[-1] == "wrong"


def test_a_comma_before_another_equation_parts_it():
    assert verdicts(r"$$a = \tfrac12,\beta = 3$$") == ["correct", "correct"]


def test_a_loss_that_has_no_meaning_is_made_of_nothing():
    text = displayed(
        r"\mathcal{L} = \mathcal{L} + \mu \star \star s",
        r"g = \tanh(s)",
        r"\frac{\partial L}{\partial s} = \frac{\partial L}{\partial g} \odot (1 - g^2)",
    )
    assert verdicts(text)[-1] in ("correct", "charitable", "undecided")
