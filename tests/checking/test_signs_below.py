"""A sign below a letter tells one thing from others: `k_+` is no entry of k, and counts no steps."""

import pytest

from tests.checking.written import displayed, verdicts

LOSS = displayed(
    r"E = -\log \frac{\exp(q^\top k_+ / \tau)}{\sum_{i=1}^m \exp(q^\top k_i / \tau)}",
    r"p_i = \frac{\exp(q^\top k_i / \tau)}{\sum_{j=1}^m \exp(q^\top k_j / \tau)}",
)


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (
            r"\frac{\partial E}{\partial q} = -\frac{1}{\tau} k_+ + \frac{1}{\tau} \sum_{i=1}^m p_i k_i",
            "correct",
        ),
        (
            r"\frac{\partial E}{\partial q} = \frac{1}{\tau} k_+ + \frac{1}{\tau} \sum_{i=1}^m p_i k_i",
            "wrong",
        ),
        (r"\frac{\partial E}{\partial k_i} = \frac{1}{\tau} p_i q", "correct"),
        (r"\frac{\partial E}{\partial k_i} = p_i q", "wrong"),
        (r"\frac{\partial E}{\partial k_+} = -\frac{1}{\tau} q", "correct"),
    ],
)
def test_a_key_that_belongs_to_its_query(line: str, verdict: str) -> None:
    assert verdicts(LOSS + displayed(line))[-1] == verdict
