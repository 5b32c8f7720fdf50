"""Matrices against entries in a document that leaves its sums out."""

import pytest

from tests.checking.written import displayed, verdicts

WORDS = "In index notation the trace of a square matrix $X$ is short.\n\n"
SQUARE = r"\frac{\partial}{\partial X} \operatorname{tr}(X^\top B X)"


@pytest.mark.parametrize(
    ("right", "verdict"),
    [
        (r"\frac{\partial (X_{ji} B_{jk} X_{ki})}{\partial X_{pq}} = B X + B^\top X", "correct"),
        (r"B_{pk} X_{kq} + X_{jq} B_{jp} = B X + B^\top X", "correct"),
        (r"(B X)_{pq} + (B^\top)_{pj} X_{jq} = (B X)_{pq} + (B^\top X)_{pq}", "charitable"),
        (r"B X + B^\top X = B_{pk} X_{kq} + X_{jq} B_{pj}", "wrong"),
        (r"B X + B^\top X = B_{pk} X_{kq}", "wrong"),
    ],
)
def test_repeated_indices_are_summed_beside_matrices(right: str, verdict: str) -> None:
    assert verdicts(WORDS + displayed(f"{SQUARE} = {right}"))[-1] == verdict


def test_a_document_that_writes_its_sums_leaves_none_out() -> None:
    lines = (r"s = \sum_i x_i^2", r"\frac{\partial s}{\partial x_j} = 2 x_i \delta_{ij}")
    assert verdicts(WORDS + displayed(*lines))[-1] != "correct"


SUMS_LEFT_OUT = "Repeated indices are summed.\n\n"
SLOPED = (
    r"a_i = W_{ij} x_j",
    r"s_i = \tanh(a_i)",
    r"o_k = V_{ki} s_i",
    r"L = \frac12 (o_k - t_k)(o_k - t_k)",
    r"\frac{\partial L}{\partial o_k} = o_k - t_k",
)


@pytest.mark.parametrize(("index", "verdict"), [("k", "correct"), ("i", "wrong")])
def test_what_has_an_index_is_no_number_that_fits_every_size(index: str, verdict: str) -> None:
    line = rf"\frac{{\partial L}}{{\partial s_i}} = (o_k - t_{index}) V_{{ki}}"
    found = verdicts(SUMS_LEFT_OUT + displayed(*SLOPED, line))[4:]
    assert found == ["correct", verdict]
