"""What stands inverted between a vector and itself is a covariance: symmetric."""

import pytest

from tests.checking.written import displayed, verdicts

DISTANCE = r"J(x) = (x - m)^\top P^{-1} (x - m) + (y - H x)^\top R^{-1} (y - H x)"
FORM = r"J(x) = (x - m)^\top P (x - m)"


@pytest.mark.parametrize(
    ("definition", "claim", "verdict"),
    [
        (DISTANCE, r"\nabla J = 2 P^{-1} (x - m) - 2 H^\top R^{-1} (y - H x)", "correct"),
        (DISTANCE, r"\nabla J = 2 P^{-1} (x - m) + 2 H^\top R^{-1} (y - H x)", "wrong"),
        (DISTANCE, r"\nabla J = 2 P (x - m) - 2 H^\top R^{-1} (y - H x)", "wrong"),
        (FORM, r"\nabla J = (P + P^\top) (x - m)", "correct"),
        (FORM, r"\nabla J = 2 P (x - m)", "wrong"),
        (r"J(x) = x^\top P^{-1} x", r"\nabla J = 2 P^{-1} x", "wrong"),
    ],
)
def test_an_inverse_in_a_distance_is_symmetric(definition: str, claim: str, verdict: str) -> None:
    assert verdicts(displayed(definition, claim))[-1] == verdict


NORMAL = r"\ell = \frac12 y^T S^{-1} y + \frac12 \log \det S"
PRECISION = r"\ell = \frac12 \log |P| - \frac12 x^\top P x"
LASSO = r"\ell = \log \det P - \operatorname{tr}(C P)"


@pytest.mark.parametrize(
    ("definition", "claim", "verdict"),
    [
        (
            NORMAL,
            r"\frac{\partial \ell}{\partial S} = \frac12 S^{-1} - \frac12 S^{-1} y y^T S^{-1}",
            "correct",
        ),
        (NORMAL, r"\frac{\partial \ell}{\partial S} = \frac12 S^{-1} + \frac12 S^{-1} y y^T S^{-1}", "wrong"),
        (PRECISION, r"\frac{\partial \ell}{\partial P} = \frac12 (P^{-1} - x x^\top)", "correct"),
        (PRECISION, r"\frac{\partial \ell}{\partial P} = \frac12 (P - x x^\top)", "wrong"),
        (LASSO, r"\frac{\partial \ell}{\partial P} = P^{-1} - C", "correct"),
        (LASSO, r"\frac{\partial \ell}{\partial P} = P^{-1} + C", "wrong"),
        (r"f(A) = \log \det A", r"\frac{\partial f}{\partial A} = A^{-1}", "wrong"),
    ],
)
def test_what_a_normal_density_measures_by_is_symmetric(definition: str, claim: str, verdict: str) -> None:
    assert verdicts(displayed(definition, claim))[-1] == verdict


@pytest.mark.parametrize(("sign", "verdict"), [("-", "correct"), ("+", "wrong")])
def test_noise_is_added_to_a_symmetric_matrix(sign: str, verdict: str) -> None:
    text = displayed(
        r"G = K + s^2 I",
        r"a = G^{-1} y",
        r"\ell = \frac12 y^T a + \frac12 \log \det G",
        rf"\frac{{\partial \ell}}{{\partial K}} = -\frac12 (a a^T {sign} G^{{-1}})",
        rf"\frac{{\partial \ell}}{{\partial s}} = -s \operatorname{{tr}}(a a^T {sign} G^{{-1}})",
    )
    assert verdicts("The vector $y \\in \\mathbb{R}^n$ is known.\n\n" + text)[-2:] == [verdict, verdict]
