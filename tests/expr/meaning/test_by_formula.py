"""Derivatives by a formula that stands in what is differentiated."""

from __future__ import annotations

import pytest

from tests.checking.written import verdicts, with_line

UNIT = r"""
$$h = \tanh(p r + q)$$
$$E = \frac{1}{2} (h - g)^2$$
"""
LAYER = r"""
Let $U \in \mathbb{R}^{m \times n}$, $P \in \mathbb{R}^{n \times k}$, $G \in \mathbb{R}^{m \times k}$.

$$H = \sigma(U P)$$
$$E = \frac{1}{2} \|H - G\|^2$$
"""
SAMPLES = r"""
$$E(v) = \frac{1}{N} \sum_{n=1}^{N} (\sigma(v^T u_n) - t_n)^2$$
"""
STEP = (
    r"\nabla E(v) = \frac{1}{N} \sum_{n=1}^{N} "
    r"\frac{\partial (\sigma(v^T u_n) - t_n)^2}{\partial (\sigma(v^T u_n) - t_n)} \nabla_v \sigma(v^T u_n)"
)


@pytest.mark.parametrize(
    ("text", "line", "right", "wrong"),
    [
        (UNIT, r"\frac{\partial \frac{1}{2}(h - g)^2}{\partial (h - g)} = %s", "h - g", "h + g"),
        (UNIT, r"\frac{\partial \tanh(p r + q)}{\partial (p r + q)} = %s", "1 - h^2", "1 - h"),
        (UNIT, r"\frac{\partial E}{\partial (p r + q)} = (h - g) %s", "(1 - h^2)", "(1 + h^2)"),
        (UNIT, r"\frac{\partial E}{\partial p} = \frac{\partial E}{\partial (p r + q)} %s", "r", "p"),
        (LAYER, r"\frac{\partial H}{\partial U P} = %s", r"H \odot (1 - H)", r"H \odot (1 + H)"),
        (LAYER, r"\frac{\partial E}{\partial U P} = (H - G) \odot H \odot %s", "(1 - H)", "H"),
    ],
)
def test_the_formula_is_what_changes(text, line, right, wrong):
    assert with_line(text, line % right)[-1] == "correct"
    assert with_line(text, line % wrong)[-1] == "wrong"


def test_a_formula_of_each_sample_is_one_for_each():
    assert with_line(SAMPLES, STEP)[-1] == "correct"
    assert with_line(SAMPLES, STEP.replace(r"\frac{1}{N}", r"\frac{2}{N}"))[-1] == "wrong"


def test_nothing_is_said_of_a_formula_that_the_target_does_not_hold():
    assert with_line(UNIT, r"\frac{\partial E}{\partial (p g)} = 0")[-1] == "undecided"


def test_an_operator_may_act_by_a_formula():
    assert verdicts(UNIT + r"$$\frac{\partial}{\partial (h - g)} E = h - g$$")[-1] == "correct"
