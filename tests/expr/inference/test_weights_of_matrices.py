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


RIGHT = (
    r"\frac{\partial \ell}{\partial \lambda} = \frac{\sum_i d_i}{\lambda} - \sum_i s_i^q",
    r"\frac{\partial^2 \ell}{\partial q^2} = -\frac{\sum_i d_i}{q^2} - \lambda \sum_i s_i^q \log^2 s_i",
)


@pytest.mark.parametrize(
    "wrong",
    [
        r"\frac{\partial \ell}{\partial \lambda} = \sum_i d_i - \sum_i s_i^q",
        r"\frac{\partial^2 \ell}{\partial q^2} = -\frac{\sum_i d_i}{q^2} - \lambda \sum_i s_i^q \log s_i",
    ],
)
def test_an_exponent_is_a_number_and_so_is_what_weighs_a_power(wrong: str) -> None:
    likelihood = (
        r"\ell(\lambda, q) = \sum_{i=1}^N \left[ d_i \log h(s_i) + \log R(s_i) \right]"
        r" = \sum_{i=1}^N \left[ d_i (\log \lambda + \log q + (q - 1) \log s_i) - \lambda s_i^q \right]"
    )
    text = r"The hazard is $h(s) = \lambda q s^{q-1}$, and $R(s) = e^{-\lambda s^q}$ live longer." + "\n\n"
    assert verdicts(text + displayed(likelihood, *RIGHT, wrong))[-3:] == ["correct", "correct", "wrong"]
