r"""Numbers for index letters, `w_{12}^{(L)}` beside `z_j^{(L)} = \sum_k w_{jk}^{(L)} a_k^{(L-1)}`."""

import pytest

from tests.checking.written import displayed, verdicts

BY = r"\frac{\partial C}{\partial "
LAYER = (
    r"z_j^{(L)} = \sum_{k=0}^{n-1} w_{jk}^{(L)} a_k^{(L-1)}",
    r"a_j^{(L)} = g(z_j^{(L)})",
    r"C = \sum_{j=0}^{n-1} (a_j^{(L)} - y_j)^2",
)
PLAIN = (r"z_j = \sum_k w_{jk} x_k", r"a_j = g(z_j)", r"C = \sum_j (a_j - y_j)^2")
LINES = [
    (r"\frac{\partial z_1^{(L)}}{\partial w_{12}^{(L)}} = a_2^{(L-1)}", "a_2", "a_1"),
    (BY + r"w_{12}^{(L)}} = 2 (a_1^{(L)} - y_1) g'(z_1^{(L)}) a_2^{(L-1)}", "a_2^", "a_1^"),
    (
        BY + r"a_2^{(L-1)}} = \sum_{j=0}^{n-1} 2 (a_j^{(L)} - y_j) g'(z_j^{(L)}) w_{j2}^{(L)}",
        "w_{j2}",
        "w_{j1}",
    ),
    (BY + r"a_k^{(L-1)}} = \sum_{j=0}^{n-1} 2 (a_j^{(L)} - y_j) g'(z_j^{(L)}) w_{jk}^{(L)}", "2 (a", "(a"),
]


@pytest.mark.parametrize(("line", "right", "wrong"), LINES)
def test_an_entry_by_its_numbers_is_judged(line: str, right: str, wrong: str) -> None:
    assert set(verdicts(displayed(*LAYER, line))) == {"correct"}
    assert verdicts(displayed(*LAYER, line.replace(right, wrong)))[-1] == "wrong"


@pytest.mark.parametrize("mark", ["{(L)}", "{(l)}", "L"])
def test_layers_that_are_marked_are_not_told_by_index_letters(mark: str) -> None:
    shifted = mark.replace("}", "").replace("L", "L-1").replace("l", "l-1").replace("1)", "1)}")
    shifted = shifted if shifted.startswith("{") else f"{{{shifted}}}"
    lines = [each.replace("{(L-1)}", shifted).replace("{(L)}", mark) for each in LAYER]
    claim = BY + rf"a_i^{mark}}} = 2 (a_i^{mark} - y_i)"
    local = rf"\frac{{\partial z_i^{mark}}}{{\partial w_{{ik}}^{mark}}} = a_k^{shifted}"
    assert set(verdicts(displayed(*lines, claim, local))) == {"correct"}
    assert verdicts(displayed(*lines, claim.replace("= 2", "= -2"), local))[3] == "wrong"


def test_so_are_numbers_without_layers() -> None:
    right = BY + r"w_{12}} = 2 (a_1 - y_1) g'(z_1) x_2"
    assert verdicts(displayed(*PLAIN, right))[-1] == "correct"
    assert verdicts(displayed(*PLAIN, right.replace("x_2", "x_1")))[-1] == "wrong"


def test_a_unit_with_a_letter_and_a_number_stays_one() -> None:
    text = displayed(
        r"n_{h1} = w_1 i_1 + w_2 i_2",
        r"o_{h1} = \sigma(n_{h1})",
        r"E = \frac{1}{2} (t - o_{h1})^2",
        r"\frac{\partial E}{\partial w_1} = -(t - o_{h1}) o_{h1} (1 - o_{h1}) i_1",
    )
    assert set(verdicts(text)) == {"correct"}
