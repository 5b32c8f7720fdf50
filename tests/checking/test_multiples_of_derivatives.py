"""A name for a derivative times a number, or for a logarithm: a later formula for it claims something."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source

UNIT = r"""
$$h_k = \sum_j v_{jk} r_j$$
$$u_k = \tanh(h_k)$$
$$C = \frac12 \sum_k (u_k - d_k)^2$$
"""
NEGATIVE = r"$$e_k = -\frac{\partial C}{\partial h_k}$$"
STEP = r"$$\Delta v_{jk} = -\eta \frac{\partial C}{\partial v_{jk}}$$"


def last(text: str) -> str:
    """The verdict of the last link."""
    document = read(Source("notes.md", UNIT + text))
    return str(list(check(document, pose(document, None)).judgements())[-1][1].verdict)


@pytest.mark.parametrize(
    ("named", "formula"),
    [
        (NEGATIVE, r"e_k = (d_k - u_k) (1 - u_k^2)"),
        (STEP, r"\Delta v_{jk} = \eta (d_k - u_k) (1 - u_k^2) r_j"),
    ],
)
def test_a_right_formula_is_right(named: str, formula: str) -> None:
    assert last(f"{named}\n\n$${formula}$$") == "correct"


@pytest.mark.parametrize(
    ("named", "formula"),
    [
        (NEGATIVE, r"e_k = (u_k - d_k) (1 - u_k^2)"),
        (NEGATIVE, r"e_k = (d_k - u_k) (1 - u_k)"),
        (STEP, r"\Delta v_{jk} = \eta (u_k - d_k) (1 - u_k^2) r_j"),
    ],
)
def test_a_wrong_formula_is_wrong(named: str, formula: str) -> None:
    assert last(f"{named}\n\n$${formula}$$") == "wrong"


def test_the_formula_may_come_first() -> None:
    assert (
        last(f"$$e_k = (u_k - d_k) (1 - u_k^2)$$\n\n{NEGATIVE}\n\n$$e_k = (d_k - u_k) (1 - u_k^2)$$")
        == "correct"
    )


@pytest.mark.parametrize(("sign", "verdict"), [("-", "correct"), ("+", "wrong")])
def test_the_logarithm_of_what_is_defined_is_a_claim(sign: str, verdict: str) -> None:
    softmax = r"$$q_a = \frac{\exp(v_a)}{\sum_b \exp(v_b)}$$"
    assert last(f"{softmax}\n\n$$\\log q_a = v_a {sign} \\log \\sum_b \\exp(v_b)$$") == verdict
