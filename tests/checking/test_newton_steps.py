"""Newton's step multiplies the gradient by the inverse of the Hessian: it is no step of gradient descent."""

import pytest

from tests.checking.written import displayed, verdicts

COUNTS = displayed(
    r"\ell(\beta) = \sum_{i=1}^n (y_i \beta^T x_i - e^{\beta^T x_i})",
    r"\lambda_i = e^{\beta^T x_i}",
)
HESSIAN = displayed(r"H = \nabla^2 \ell(\beta) = - \sum_{i=1}^n \lambda_i x_i x_i^T")


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (r"\beta \leftarrow \beta - H^{-1} \nabla \ell(\beta)", "correct"),
        (r"\beta \leftarrow \beta - \eta H^{-1} \nabla \ell(\beta)", "correct"),
        (r"\beta \leftarrow \beta + H^{-1} \nabla \ell(\beta)", "wrong"),
        (r"\beta \leftarrow \beta - 2 H^{-1} \nabla \ell(\beta)", "wrong"),
        (r"\beta \leftarrow \beta - H \nabla \ell(\beta)", "wrong"),
    ],
)
def test_a_step_by_the_inverse_of_the_hessian(step: str, expected: str) -> None:
    assert verdicts(COUNTS + HESSIAN + displayed(step))[-1] == expected


def test_a_wrong_hessian_is_told_where_it_stands() -> None:
    wrong = HESSIAN.replace(r"x_i x_i^T", r"x_i x_i^T y_i")
    assert verdicts(COUNTS + wrong)[-1] == "wrong"


def test_a_step_by_another_inverse_is_left_open() -> None:
    step = displayed(r"\beta \leftarrow \beta + M^{-1} \nabla \ell(\beta)")
    assert verdicts(COUNTS + displayed(r"M = \sum_{i=1}^n x_i x_i^T") + step)[-1] == "undecided"


def test_a_vector_with_the_letter_of_a_rate_is_none() -> None:
    told = COUNTS.replace(r"\lambda_i = e^{\beta^T x_i}", r"s = \sum_{i=1}^n \lambda_i y_i")
    assert verdicts(told + displayed(r"\beta \leftarrow \beta - M \nabla \ell(\beta)"))[-1] != "correct"
