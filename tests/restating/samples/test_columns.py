"""Vectors that are columns of what has the entries, and chains that begin with `≈`."""

import pytest

from tests.checking.written import displayed, verdicts

GIVEN = (
    r"s_{ij} = a_i^T b_j = \sum_{k=1}^K a_{ik} b_{kj}",
    r"d_{ij}^2 = (t_{ij} - s_{ij})^2",
)


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial}{\partial a_{ik}} d_{ij}^2 = -2 (t_{ij} - s_{ij}) b_{kj}", "correct"),
        (r"\frac{\partial}{\partial b_{kj}} d_{ij}^2 = -2 d_{ij} a_{ik}", "correct"),
        (r"\frac{\partial}{\partial a_{ik}} d_{ij}^2 = 2 (t_{ij} - s_{ij}) b_{kj}", "wrong"),
        (r"\frac{\partial}{\partial b_{kj}} d_{ij}^2 = -2 d_{ij} b_{kj}", "wrong"),
    ],
)
def test_the_second_index_may_count_the_vectors(line: str, verdict: str) -> None:
    assert verdicts(displayed(*GIVEN, line)) == ["correct"] * 3 + [verdict]


def test_rows_are_vectors_all_the_same() -> None:
    rows = (GIVEN[0].replace("b_{kj}", "b_{jk}"), GIVEN[1])
    line = r"\frac{\partial}{\partial b_{jk}} d_{ij}^2 = -2 d_{ij} a_{ik}"
    assert verdicts(displayed(*rows, line)) == ["correct"] * 4


def test_what_is_nearly_equal_is_not_defined() -> None:
    lines = (
        r"T \approx A B^T = S",
        r"E = \frac{1}{2} \|T - S\|_F^2",
        r"\frac{\partial E}{\partial A} = (T - S) B",
    )
    assert verdicts(displayed(*lines))[-1] != "correct"
    assert verdicts(displayed(*lines[:2], lines[2].replace("= (T", "= -(T")))[-1] != "wrong"
    zero = r"\frac{\partial E}{\partial A} = 0"
    assert verdicts(displayed(*lines[:2], zero))[-1] != "correct"


@pytest.mark.parametrize("whole", [r"M = U V^T = \hat M", r"\hat M = U V^T", r"M \approx U V^T = \hat M"])
@pytest.mark.parametrize(("factor", "verdict"), [("-2", "correct"), ("2", "wrong"), ("-", "wrong")])
def test_entries_of_a_transpose_by_the_letter_of_the_matrix(whole: str, factor: str, verdict: str) -> None:
    error = r"d_{ij} = (m_{ij} - \hat m_{ij})^2 = (m_{ij} - \sum_{k=1}^K u_{ik} v_{kj})^2"
    first = r"\frac{\partial d_{ij}}{\partial u_{ik}} = -2 (m_{ij} - \hat m_{ij}) v_{kj}"
    second = (
        rf"\frac{{\partial d_{{ij}}}}{{\partial v_{{kj}}}} = {factor} (m_{{ij}} - \hat m_{{ij}}) u_{{ik}}"
    )
    assert verdicts(displayed(whole, error, first, second))[-2:] == ["correct", verdict]
