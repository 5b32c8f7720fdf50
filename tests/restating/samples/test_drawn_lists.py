"""A list of drawn vectors beside single ones of the same letter."""

import pytest

from tests.checking.written import displayed, verdicts

HEAD = r"\frac{\partial E}{\partial g_h} = (\sigma(g_a^T g_h) - 1) g_a"
LOSS = r"E = -\log \sigma(g_a^T g_h) - \sum_{k=1}^m \log \sigma(-g_{d_k}^T g_h)"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial E}{\partial g_a} = (\sigma(g_a^T g_h) - 1) g_h", "correct"),
        (r"\frac{\partial E}{\partial g_{d_k}} = \sigma(g_{d_k}^T g_h) g_h", "correct"),
        (r"\frac{\partial E}{\partial g_d} = \sigma(g_d^T g_h) g_h", "correct"),
        (HEAD + r" + \sum_{k=1}^m \sigma(g_{d_k}^T g_h) g_{d_k}", "correct"),
        (r"\frac{\partial E}{\partial g_a} = (\sigma(g_a^T g_h) + 1) g_h", "wrong"),
        (r"\frac{\partial E}{\partial g_{d_k}} = (\sigma(g_{d_k}^T g_h) - 1) g_h", "wrong"),
        (HEAD + r" - \sum_{k=1}^m \sigma(g_{d_k}^T g_h) g_{d_k}", "wrong"),
    ],
)
def test_what_is_drawn_is_none_of_the_others(line: str, verdict: str) -> None:
    assert verdicts(displayed(LOSS, line)) == ["correct", verdict]


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial E}{\partial a_{ij}} = p_{ij} - 1_{j = t_i}", "correct"),
        (r"\frac{\partial E}{\partial a_{ij}} = p_{ij} + 1_{j = t_i}", "wrong"),
    ],
)
def test_a_label_chooses_one_of_what_runs(line: str, verdict: str) -> None:
    lines = (r"p_{ij} = \frac{e^{a_{ij}}}{\sum_k e^{a_{ik}}}", r"E = -\sum_i \log p_{i t_i}")
    assert verdicts(displayed(*lines, line))[-1] == verdict
