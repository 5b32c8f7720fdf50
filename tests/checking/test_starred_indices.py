"""`j^*` is an index: the one class that is meant, among all of them."""

import pytest

from tests.checking.written import displayed, verdicts

GIVEN = (
    r"p_k = \frac{\exp(s_k)}{\sum_{i} \exp(s_i)}",
    r"C = -\log p_{k^*}",
    r"t_k = \mathbb{1}(k = k^*)",
)


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"C = -s_{k^\star} + \log \sum_i \exp(s_i)", "correct"),
        (r"\frac{\partial C}{\partial s_k} = p_k - t_k", "correct"),
        (r"\frac{\partial C}{\partial s_k} = p_k - \mathbb{1}(k = k^{*})", "correct"),
        (r"\frac{\partial C}{\partial s_k} = t_k - p_k", "wrong"),
        (r"\frac{\partial C}{\partial s_k} = p_k", "wrong"),
    ],
)
def test_a_starred_index_chooses(line: str, verdict: str) -> None:
    assert verdicts(displayed(*GIVEN, line)) == ["correct"] * 3 + [verdict]
