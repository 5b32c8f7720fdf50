"""Lines that are right as their authors write them: what stood in the way of reading them once."""

from __future__ import annotations

import pytest

from tests.checking.written import verdicts

MEAN = r"""
$$\hat{q}^{(i)} = \mathbf{v}^\top \mathbf{x}^{(i)} + c$$

$$l^{(i)}(\mathbf{v}, c) = \frac{1}{2} \left(\hat{q}^{(i)} - q^{(i)}\right)^2$$

$$L(\mathbf{v}, c) = \frac{1}{m} \sum_{i=1}^m l^{(i)}(\mathbf{v}, c)
= \frac{1}{m} \sum_{i=1}^m FACTOR \left(\mathbf{v}^\top \mathbf{x}^{(i)} + c - q^{(i)}\right)^2$$
"""

LAYER = r"""
$$u = V x + c$$
$$q = \tanh(u)$$
$$J = \frac{1}{2} \Vert q - t \Vert_2^2$$

$$\begin{align}
\overline{J} &= 1 \\
\overline{q} &= \overline{J} (q - t) \\
\frac{\partial J}{\partial u} &= LINE
\end{align}$$
"""

SOFTMAX = r"""
$$u = x V + c$$
$$p = \text{softmax}(u) = \phi(u)$$
$$\frac{\partial p_a}{\partial u_b} = \frac{\partial}{\partial u_b} \phi(u_a) = RIGHT$$
"""

UNIT = r"""
$$u = v x + c$$
$$q = \tanh(u)$$
$$J = \frac{1}{2}(q - t)^2$$
$$\frac{dJ}{BELOW} = (q - t) (1 - q^2)$$
"""


@pytest.mark.parametrize(("factor", "verdict"), [(r"\frac{1}{2}", "correct"), ("2", "wrong")])
def test_a_loss_is_not_the_sum_of_itself(factor, verdict):
    assert verdicts(MEAN.replace("FACTOR", factor))[-1] == verdict


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\overline{q} .* \tanh'(u)", "correct"),
        (r"\overline{q}.*(1 - q.*q)", "correct"),
        (r"(\overline{q} - \overline{q} .* q .* q) ./ 1", "correct"),
        (r"\overline{q} .* \tanh(u)", "wrong"),
        (r"\overline{q}.*(1 - q)", "wrong"),
    ],
)
def test_a_point_before_an_operator_ends_no_formula(line, verdict):
    assert verdicts(LAYER.replace("LINE", line))[-1] == verdict


def test_a_power_of_entries_is_not_cut_off():
    """`1 - q` is no part of `1 - q.^2` to be judged for itself."""
    assert verdicts(LAYER.replace("LINE", r"\overline{q} .* (1 - q.^2)"))[5:] == ["undecided"]


@pytest.mark.parametrize(
    ("right", "verdict"), [(r"p_a \delta_{ab} - p_a p_b", "correct"), (r"p_a \delta_{ab} + p_a p_b", "wrong")]
)
def test_softmax_of_an_entry_is_the_entry_of_softmax(right, verdict):
    assert verdicts(SOFTMAX.replace("RIGHT", right))[-2:] == ["correct", verdict]


@pytest.mark.parametrize(("below", "verdict"), [("du", "correct"), ("u", "slip"), ("dv", "wrong")])
def test_a_differential_over_none_accuses_nobody(below, verdict):
    assert verdicts(UNIT.replace("BELOW", below))[-1] == verdict


@pytest.mark.parametrize(("line", "verdict"), [("f(x) = R", "undecided"), (r"\tanh(x) = R", "wrong")])
def test_a_program_that_is_named_is_no_claim(line, verdict):
    text = rf"""
$$z = w x$$
$$y = \tanh(z)$$
$$R = y^2$$
Let our program be ${line}$.
"""
    assert verdicts(text)[-1] == verdict
