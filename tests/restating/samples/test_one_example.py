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


PAIRS = r"""
$$s_{ab} = c_a + d_b + g_a^T h_b$$

$$E = \sum_{(a,b) \in \mathcal{O}} (t_{ab} - s_{ab})^2 + \kappa (c_a^2 + d_b^2 + \|g_a\|^2 + \|h_b\|^2)$$

$$\varepsilon_{ab} = t_{ab} - s_{ab}$$

$$\frac{\partial E}{\partial c_a} = -2 \varepsilon_{ab} + 2 \kappa c_a$$

$$\frac{\partial E}{\partial g_a} = -2 \varepsilon_{ab} h_b + 2 \kappa g_a$$

"""
STEP = r"$$h_b \leftarrow h_b + \eta (\varepsilon_{ab} g_a - \kappa h_b)$$"


def test_a_sum_over_pairs_may_be_derived_for_one_of_them() -> None:
    assert set(verdicts(PAIRS + STEP)) == {"correct"}
    assert verdicts(PAIRS.replace(r"_{ab} h_b", r"_{ab} g_a"))[-1] == "wrong"
    assert verdicts(PAIRS + STEP.replace(r"\kappa", r"2 \kappa"))[-1] == "wrong"


def test_lines_that_add_up_over_one_of_the_two_are_about_all_pairs() -> None:
    lines = [
        r"$$E = \sum_{(a,b) \in \mathcal{O}} (t_{ab} - g_a^T h_b)^2$$",
        r"$$\frac{\partial E}{\partial g_a} = -2 (t_{ab} - g_a^T h_b) h_b$$",
        r"$$\frac{\partial E}{\partial h_b} = -2 \sum_a (t_{ab} - g_a^T h_b) g_a$$",
    ]
    assert "correct" not in verdicts("\n\n".join(lines))[1:2]
