"""Vectors that are the columns of a declared matrix: `w_j^T x` beside `W`, D × C, with an x of size D."""

import pytest

from tests.checking.written import displayed, verdicts

DECLARED = r"Let $u \in \mathbb{R}^{D}$, $V \in \mathbb{R}^{D \times C}$ and $c \in \mathbb{R}^C$." + "\n\n"
SCORES = r"s_j = v_j^T u + c_j"
SQUARES = r"L = \frac12 \sum_{j=1}^C (s_j - t_j)^2"
MARGINS = r"L = \sum_{j \neq y} \max(0, v_j^T u - v_y^T u + 1)"


@pytest.mark.parametrize(("factor", "verdict"), [("", "correct"), ("2 ", "wrong"), ("-", "wrong")])
def test_a_column_has_the_size_of_what_it_multiplies(factor: str, verdict: str) -> None:
    right = r"\frac{\partial L}{\partial s_j} = s_j - t_j"
    line = rf"\nabla_{{v_j}} L = {factor}(s_j - t_j) u"
    assert verdicts(DECLARED + displayed(SCORES, SQUARES, right, line))[-2:] == ["correct", verdict]


@pytest.mark.parametrize(("sign", "verdict"), [("-", "correct"), ("", "wrong")])
def test_a_label_chooses_a_column(sign: str, verdict: str) -> None:
    line = rf"\nabla_{{v_y}} L = {sign}\sum_{{j \neq y}} 1(v_j^T u - v_y^T u + 1 > 0) u"
    assert verdicts(DECLARED + displayed(MARGINS, line))[-1] == verdict


def test_the_rows_of_a_matrix_are_its_own_vectors() -> None:
    declared = DECLARED.replace(r"D \times C", r"C \times D")
    lines = (r"s = V u + c", SQUARES, r"\nabla_{v_j} L = (s_j - t_j) u", r"\nabla_V L = (s - t) u^T")
    assert verdicts(declared + displayed(*lines))[-2:] == ["correct", "correct"]
