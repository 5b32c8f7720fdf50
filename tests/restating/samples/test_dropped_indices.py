"""Statistics of a row that are written without the row's index."""

import pytest

from tests.checking.written import displayed, verdicts, with_line

ROWS = r"""
$$m = \frac{1}{D} \sum_{k=1}^{D} U_{nk}$$
$$v^2 = \frac{1}{D} \sum_{k=1}^{D} (U_{nk} - m)^2$$
$$R_{nk} = \frac{U_{nk} - m}{\sqrt{v^2 + \epsilon}}$$
$$S_{nk} = \gamma R_{nk} + \beta$$
"""
COLUMNS = r"""
$$\mu = \frac{1}{N} \sum_{i=1}^{N} x_{ij}$$
$$z_{ij} = x_{ij} - \mu$$
"""
CENTRED = r"\frac{\partial L}{\partial x_{ij}} = \frac{\partial L}{\partial z_{ij}}"
RIGHT = [
    (ROWS, r"\frac{\partial L}{\partial R} = \gamma \frac{\partial L}{\partial S}"),
    (ROWS, r"\frac{\partial L}{\partial R_{nk}} = \gamma \frac{\partial L}{\partial S_{nk}}"),
    (ROWS, r"\frac{\partial L}{\partial \beta} = \sum_n \sum_k \frac{\partial L}{\partial S_{nk}}"),
    (ROWS, r"\frac{\partial L}{\partial \gamma} = \sum_n \sum_k \frac{\partial L}{\partial S_{nk}} R_{nk}"),
    (
        COLUMNS,
        CENTRED + r" - \frac1N \sum_{k=1}^N \frac{\partial L}{\partial z_{kj}}",
    ),
]
WRONG = [
    (ROWS, r"\frac{\partial L}{\partial R} = -\gamma \frac{\partial L}{\partial S}"),
    (ROWS, r"\frac{\partial L}{\partial \gamma} = \sum_n \sum_k \frac{\partial L}{\partial S_{nk}} U_{nk}"),
    (
        COLUMNS,
        CENTRED + r" + \frac1N \sum_{k=1}^N \frac{\partial L}{\partial z_{kj}}",
    ),
]


@pytest.mark.parametrize(("text", "line"), RIGHT)
def test_right_lines_are_right(text: str, line: str) -> None:
    assert set(with_line(text, line)) == {"correct"}


@pytest.mark.parametrize(("text", "line"), WRONG)
def test_a_wrong_line_is_wrong_and_no_other(text: str, line: str) -> None:
    *others, last = with_line(text, line)
    assert (set(others), last) == ({"correct"}, "wrong")


def test_a_lost_sum_over_rows_is_not_passed_over() -> None:
    line = r"\frac{\partial L}{\partial \gamma} = \sum_k \frac{\partial L}{\partial S_{nk}} R_{nk}"
    assert with_line(ROWS, line)[-1] != "correct"


@pytest.mark.parametrize(
    ("one", "at"),
    [("p", "p_i"), (r"P(y = 1 \mid x)", r"P(y = 1 \mid x_i)"), (r"\hat{y}", r"\hat{y}_i")],
)
@pytest.mark.parametrize(("first", "second", "verdict"), [("y_i", "{}", "correct"), ("{}", "y_i", "wrong")])
def test_a_model_of_one_vector(one: str, at: str, first: str, second: str, verdict: str) -> None:
    text = displayed(
        rf"{one} = \sigma(w^T x + b)",
        rf"\ell = \sum_{{i=1}}^n [y_i \log {at} + (1 - y_i) \log(1 - {at})]",
        rf"\nabla_w \ell = \sum_{{i=1}}^n ({first.format(at)} - {second.format(at)}) x_i",
        r"\nabla_w \ell = \sum_{i=1}^n (y_i - \sigma(w^T x_i + b)) x_i",
        rf"\frac{{\partial \ell}}{{\partial b}} = \sum_{{i=1}}^n ({first.format(at)} - {second.format(at)})",
    )
    assert verdicts(text)[2:] == [verdict, "correct", verdict]


@pytest.mark.parametrize(
    ("right", "verdict"),
    [
        (r"\sum_{i=1}^N B_{[i,j]} e^{B_{[i,:]} v} - c_i B_{[i,j]}", "correct"),
        (r"\sum_{i=1}^N B_{[i,j]} e^{B_{[i,:]} v} + c_i B_{[i,j]}", "wrong"),
    ],
)
def test_what_stands_behind_a_sum_leaves_no_index_of_it_open(right: str, verdict: str) -> None:
    shapes = r"Let $B \in \mathbb{R}^{N \times n}$, $v \in \mathbb{R}^n$ and $c \in \mathbb{R}^N$."
    told = [
        r"h(v) = \sum_{i=1}^N e^{B_{[i,:]} v} - c_i B_{[i,:]} v",
        r"\nabla h(v) = B^T e^{B v} - B^T c",
        rf"\frac{{\partial h(v)}}{{\partial v_j}} = {right}",
    ]
    assert verdicts(shapes + "\n\n" + displayed(*told))[-1] == verdict
