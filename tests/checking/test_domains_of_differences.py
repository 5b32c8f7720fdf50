"""What stands under a logarithm as a difference is positive at the sample points; Hessians of such sums."""

import pytest

from tests.checking.written import displayed, verdicts

BARRIER = r"f(x) = -\sum_{i=1}^m \log(b_i - a_i^T x)"
SOFT = (r"f(x) = \log \sum_{i=1}^m \exp(a_i^T x + b_i)", r"z_i = \exp(a_i^T x + b_i)")
CURVATURE = r"\frac{1}{\mathbf{1}^T z} \mathbf{diag}(z) - \frac{1}{(\mathbf{1}^T z)^2} z z^T"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\nabla f(x) = \sum_{i=1}^m \frac{1}{b_i - a_i^T x} a_i", "correct"),
        (r"\nabla f(x) = -\sum_{i=1}^m \frac{1}{b_i - a_i^T x} a_i", "wrong"),
        (r"\nabla^2 f(x) = \sum_{i=1}^m \frac{1}{(b_i - a_i^T x)^2} a_i a_i^T", "correct"),
        (r"\nabla^2 f(x) = \sum_{i=1}^m \frac{1}{b_i - a_i^T x} a_i a_i^T", "wrong"),
    ],
)
def test_a_logarithm_of_a_difference_has_values(line: str, verdict: str) -> None:
    assert verdicts(f"Let $a_i, x \\in \\mathbb{{R}}^n$.\n\n{displayed(BARRIER, line)}")[-1] == verdict


@pytest.mark.parametrize(
    ("middle", "verdict"), [(CURVATURE, "correct"), (CURVATURE.replace("^2} z", "} z"), "wrong")]
)
def test_a_gradient_is_derived_again_though_another_reading_is_a_jacobian(middle: str, verdict: str) -> None:
    text = displayed(*SOFT, rf"\nabla^2 f(x) = A^T \left( {middle} \right) A")
    assert verdicts(text + "\nwhere the rows of $A$ are $a_i^T$.\n")[-1] == verdict
