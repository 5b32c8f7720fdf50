"""A Greek letter of a weight before a matrix is a number: `h = W x + \\frac{\\alpha}{r} B A x`."""

import pytest

from tests.checking.written import displayed, verdicts

SHAPES = (
    r"Let $B \in \mathbb{R}^{k \times r}$, $A \in \mathbb{R}^{r \times d}$, $x \in \mathbb{R}^d$ and "
    r"$t \in \mathbb{R}^k$." + "\n\n"
)


@pytest.mark.parametrize("weight", [r"\alpha", r"\frac{\alpha}{r}"])
@pytest.mark.parametrize(("sign", "verdict"), [("-", "correct"), ("+", "wrong")])
def test_a_weight_before_a_product_of_matrices(weight: str, sign: str, verdict: str) -> None:
    text = SHAPES + displayed(
        rf"h = {weight} B A x",
        r"L = \frac12 \|h - t\|^2",
        rf"\frac{{\partial L}}{{\partial B}} = {weight} (h {sign} t) (A x)^\top",
    )
    assert verdicts(text)[-1] == verdict


def test_a_declared_matrix_stays_one() -> None:
    shapes = SHAPES + r"Let $\alpha \in \mathbb{R}^{k \times k}$." + "\n\n"
    lines = (
        r"h = \alpha B A x",
        r"L = \frac12 \|h - t\|^2",
        r"\frac{\partial L}{\partial B} = \alpha^\top (h - t) (A x)^\top",
    )
    assert verdicts(shapes + displayed(*lines))[-1] == "correct"
