"""A Σ over pairs takes all of them where neither index is fixed outside of it."""

import pytest

from tests.checking.written import displayed, verdicts

ENERGY = r"E = -\frac{1}{2} \sum_{i \ne j} w_{ij} s_i s_j - \sum_i b_i s_i"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (r"\nabla_u \sum_{i \ne j} u_i u_j = 2 \Big(\sum_k u_k\Big) \mathbf{1} - 2 u", "correct"),
        (r"\nabla_u \sum_{i \ne j} u_i u_j = 2 \Big(\sum_k u_k\Big) \mathbf{1} - u", "wrong"),
        (r"\frac{\partial}{\partial u_j} \sum_{i \ne j} u_i u_j = \sum_{i \ne j} u_i", "correct"),
        (r"\frac{\partial}{\partial u_j} \sum_{i \ne j} u_i u_j = 2 \sum_{i \ne j} u_i", "wrong"),
        (r"\frac{\partial}{\partial u_k} \sum_j u_j \sum_{i \ne j} u_i = 2 \sum_{i \ne k} u_i", "correct"),
        (
            r"\frac{\partial}{\partial u_k} \sum_{i \ne j} u_i u_j^2 = \sum_{j \ne k} (u_j^2 + 2 u_k u_j)",
            "correct",
        ),
    ],
)
def test_both_run_where_none_is_fixed(line: str, expected: str) -> None:
    assert verdicts(displayed(line)) == [expected]


def test_a_network_of_pairs() -> None:
    right = r"\frac{\partial E}{\partial s_k} = -\sum_{j \ne k} w_{kj} s_j - b_k"
    wrong = r"\frac{\partial E}{\partial s_k} = -\frac{1}{2} \sum_{j \ne k} w_{kj} s_j - b_k"
    told = "The weights go both ways, $w_{ij} = w_{ji}$.\n\n"
    assert verdicts(told + displayed(ENERGY, right, wrong))[-2:] == ["correct", "wrong"]


def test_a_class_that_other_lines_have_free_is_fixed() -> None:
    loss = r"L = \sum_{j \ne k} \max(0, s_j - s_k + 1)"
    right = r"\frac{\partial L}{\partial s_j} = \mathbb{1}[s_j - s_k + 1 > 0], \quad j \ne k"
    assert "wrong" not in verdicts(displayed(loss, right))


@pytest.mark.parametrize("head", [r"\nabla_{u_k} E", r"\frac{\partial E}{\partial u_k}"])
@pytest.mark.parametrize(("factor", "verdict"), [("4", "correct"), ("2", "wrong")])
def test_the_index_that_a_gradient_is_taken_by_is_fixed(head: str, factor: str, verdict: str) -> None:
    line = rf"{head} = {factor} \sum_{{j \neq k}} (u_k - u_j)"
    assert verdicts(displayed(r"E = \sum_i \sum_{j \neq i} (u_i - u_j)^2", line))[-1] == verdict
