"""A loss by a function that nothing defines, and by matrices beside it."""

import pytest

from tests.checking.written import displayed, verdicts

BOTH = r"E(\beta) = \frac12 \sum_{i=1}^{n} (f_\beta(s^i) - t^i)^2 = \frac12 (S \beta - t)^T (S \beta - t)"
PLAIN = r"E(\beta) = \frac12 (S \beta - t)^T (S \beta - t)"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\nabla_\beta E(\beta) = S^T S \beta - S^T t", "correct"),
        (r"\nabla_\beta E(\beta) = S^T (S \beta - t)", "correct"),
        (r"\nabla_\beta E(\beta) = S^T (S \beta + t)", "wrong"),
        (r"\nabla_\beta E(\beta) = 2 S^T (S \beta - t)", "wrong"),
    ],
)
def test_the_formula_that_can_be_differentiated_is_taken(line: str, verdict: str) -> None:
    assert verdicts(displayed(BOTH, line)) == ["correct", "correct", verdict]


def test_a_loss_that_is_told_twice_may_be_solved() -> None:
    solved = r"\nabla_\beta E(\beta) = 0 => \beta = (S^T S)^{-1} S^T t"
    found = verdicts(displayed(PLAIN, BOTH, r"\nabla_\beta E(\beta) = S^T S \beta - S^T t", solved))
    assert "wrong" not in found
    assert found[-1] == "correct"


TOLD = r"h_w(x) = g(w^T x) = \frac{1}{1 + e^{-w^T x}}"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"g'(z) = \frac{e^{-z}}{(1 + e^{-z})^2}", "correct"),
        (r"g'(z) = g(z) (1 - g(z))", "correct"),
        (r"g'(z) = g(z) (1 + g(z))", "wrong"),
    ],
)
def test_a_side_made_of_the_argument_tells_the_function(line: str, verdict: str) -> None:
    assert verdicts(displayed(TOLD, line)) == ["correct", "correct", verdict]


def test_a_letter_before_brackets_that_a_line_multiplies_out_is_no_function() -> None:
    assert (
        verdicts(displayed(r"f = 3", r"u = f (a + b) = f a + f b", r"v = f (a - b) = 3 (a - b)"))[1:]
        == ["correct"] * 4
    )


ENTRIES = r"\sum_i \sum_j p_{ij} \log \frac{p_{ij}}{q_{ij}}"


@pytest.mark.parametrize("divergence", [r"\text{KL}(P \mid\mid Q)", r"\sum_i KL(P_i || Q_i)"])
@pytest.mark.parametrize(("sign", "verdict"), [("-", "correct"), ("", "wrong")])
def test_lists_of_distributions_stand_beside_their_entries(divergence: str, sign: str, verdict: str) -> None:
    line = rf"\frac{{\partial C}}{{\partial q_{{ij}}}} = {sign}\frac{{p_{{ij}}}}{{q_{{ij}}}}"
    assert verdicts(displayed(rf"C = {divergence} = {ENTRIES}", line))[-1] == verdict
