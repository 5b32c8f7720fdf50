"""The index of one example, or of one unit, that some lines write and others leave out."""

import pytest

from tests.checking.written import displayed, verdicts

PATTERN = r"""
The outputs are $y_k = \tanh(a_k)$ with $a_k = \sum_i v_{ki} x_i$. For pattern $p$ the error is
$$E_p = \frac12 \sum_k (y_{pk} - t_{pk})^2$$
where $y_{pk}$ are the outputs for $\mathbf x_p$. So
$$\frac{\partial E_p}{\partial a_k} = (y_{pk} - t_{pk})(1 - y_{pk}^2)$$
$$\frac{\partial E_p}{\partial v_{ki}} = SLOT$$
"""

UNIT = r"""
Unit $r$ gives $o_r = \sigma(s_r)$, $s_r = \sum_{q=1}^d u_{qr} z_q$, where $\sigma$ is the sigmoid.
$$Q = (g - c)^2$$
For the last unit $o_r = c$, and so
$$\frac{\partial Q}{\partial o_r} = -2 (g - c)$$
$$\frac{\partial Q}{\partial u_{qr}} = SLOT$$
"""

TOTAL = r"""
$$E = \sum_{p=1}^P E_p$$
$$E_p = \frac12 \sum_k (y_{pk} - t_{pk})^2, \qquad y_k = \sum_i v_{ki} x_i$$
$$\frac{\partial E_p}{\partial y_k} = y_{pk} - t_{pk}$$
$$\frac{\partial E_p}{\partial v_{ki}} = SLOT$$
"""


@pytest.mark.parametrize(
    ("text", "right"),
    [
        (PATTERN, r"(y_{pk} - t_{pk})(1 - y_{pk}^2) x_{pi}"),
        (UNIT, r"-2 (g - o_r) o_r (1 - o_r) z_q"),
        (TOTAL, r"(y_{pk} - t_{pk}) x_{pi}"),
    ],
)
def test_an_index_that_is_left_out_stands_for_one_example(text: str, right: str) -> None:
    assert set(verdicts(text.replace("SLOT", right))) == {"correct"}


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (PATTERN, r"(y_{pk} - t_{pk})(1 - y_{pk}) x_{pi}"),
        (PATTERN, r"(y_{pi} - t_{pi})(1 - y_{pi}^2) x_{pk}"),
        (UNIT, r"2 (g - o_r) o_r (1 - o_r) z_q"),
        (TOTAL, r"(t_{pk} - y_{pk}) x_{pi}"),
    ],
)
def test_a_slip_is_found_without_the_index(text: str, wrong: str) -> None:
    assert verdicts(text.replace("SLOT", wrong))[-1] == "wrong"


SCORES = [
    r"s = V x_i",
    r"L_i = -s_{y_i} + \log \sum_j e^{s_j}",
    r"q_c = \frac{e^{s_c}}{\sum_j e^{s_j}}",
    r"s_c = v_c^T x_i",
]


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\nabla_{v_c} L_i = (q_c - \mathbb{1}(y_i = c)) x_i", "correct"),
        (r"\nabla_{v_c} L_i = (q_c + \mathbb{1}(y_i = c)) x_i", "undecided"),
        (r"\nabla_{v_c} L_i = q_c x_i", "undecided"),
    ],
)
def test_what_a_definition_tells_without_the_index_is_of_one_example(line: str, verdict: str) -> None:
    assert verdicts(displayed(*SCORES, line))[-1] == verdict
