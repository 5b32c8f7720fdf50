"""A loss that nobody defines is any function of what it is derived by: lines about it can be wrong."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source

LAYER = r"""
$W \in \mathbb{R}^{k \times n}$, $x \in \mathbb{R}^n$, $b \in \mathbb{R}^k$

$$z = W x + b$$
$$a = \tanh(z)$$

Some loss $E$ follows.

$$\frac{\partial E}{\partial z} = \frac{\partial E}{\partial a} \odot (1 - a \odot a)$$
"""


def last_verdict(line: str) -> str:
    document = read(Source("notes.md", f"{LAYER}\n$${line}$$\n"))
    return str(list(check(document, pose(document, None)).judgements())[-1][1].verdict)


@pytest.mark.parametrize(
    "line",
    [
        r"\frac{\partial E}{\partial b} = \frac{\partial E}{\partial z}",
        r"\frac{\partial E}{\partial x} = W^T \frac{\partial E}{\partial z}",
        r"\frac{\partial E}{\partial W} = \frac{\partial E}{\partial z} x^T",
    ],
)
def test_a_right_line_is_right(line: str) -> None:
    assert last_verdict(line) == "correct"


@pytest.mark.parametrize(
    "line",
    [
        r"\frac{\partial E}{\partial b} = \frac{\partial E}{\partial a}",
        r"\frac{\partial E}{\partial x} = -W^T \frac{\partial E}{\partial z}",
        r"\frac{\partial E}{\partial W} = 2 \frac{\partial E}{\partial z} x^T",
    ],
)
def test_a_wrong_line_is_wrong(line: str) -> None:
    assert last_verdict(line) == "wrong"


def test_a_constant_with_a_letter_of_losses_is_no_loss_of_itself() -> None:
    text = r"""
$$r_i (v^\top q_i + d) \ge 1 - \zeta_i$$

## The multipliers

$$
\mathcal L(v, d, \zeta) = \frac12 |v|^2 + C \sum_i \zeta_i
    + \sum_i \beta_i (1 - \zeta_i - r_i (v^\top q_i + d)) - \sum_i \nu_i \zeta_i
$$

$$\frac{\partial \mathcal L}{\partial \zeta_i} = 0 \Rightarrow C - \beta_i - \nu_i = 0$$
"""
    document = read(Source("notes.md", text))
    found = [str(judgement.verdict) for _, judgement in check(document, pose(document, None)).judgements()]
    assert "wrong" not in found
