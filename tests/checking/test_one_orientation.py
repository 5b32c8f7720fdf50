r"""What is declared in \mathbb{R}^d below an index is a column each time it is written."""

import pytest

from tests.checking.written import displayed, verdicts

GIVEN = r"With $u_j \in \mathbb{R}^d$ and $v \in \mathbb{R}^d$:" + "\n\n"
SUM = r"F = \log \sum_{j=1}^n \exp(u_j^\top v)"
SLOPE = r"\nabla_v F = \frac{\sum_{j=1}^n \exp(u_j^\top v) u_j}{\sum_{k=1}^n \exp(u_k^\top v)}"
CURVED = r"E = \sum_{j=1}^n \exp(u_j^\top v)", r"\nabla_v^2 E = \sum_{j=1}^n \exp(u_j^\top v) u_j u_j^\top"


def test_as_declared() -> None:
    assert verdicts(GIVEN + displayed(SUM, SLOPE))[-1] == "correct"
    assert verdicts(GIVEN + displayed(*CURVED))[-1] == "correct"


def test_a_row_is_told_as_one() -> None:
    assert verdicts(GIVEN + displayed(SUM, SLOPE.replace("v) u_j}", r"v) u_j^\top}")))[-1] == "convention"


@pytest.mark.parametrize("inner", [r"u_j^\top u_j", r"u_j^{\top} u_j"])
def test_an_inner_product_is_no_outer_one(inner: str) -> None:
    wrong = CURVED[1].replace(r"u_j u_j^\top", inner)
    assert verdicts(GIVEN + displayed(CURVED[0], wrong))[-1] not in ("correct", "convention", "charitable")


LOGISTIC = (
    r"L(w) = -\sum_{i=1}^n [y_i \log \sigma(w^\top x_i) + (1 - y_i) \log (1 - \sigma(w^\top x_i))]",
    r"\nabla L(w) = X^\top \sigma(X w) - X^\top y",
)
HESSIAN = r"\nabla^2 L(w) = \sum_{i=1}^n \sigma(w^\top x_i) (1 - \sigma(w^\top x_i)) x_i x_i^\top"


def test_the_habit_of_one_formula_is_its_own() -> None:
    """`w^T x_i` makes a column of x_i, so that `x_i x_i` beside it is no outer product."""
    assert verdicts(displayed(*LOGISTIC, HESSIAN))[-1] == "correct"
    assert verdicts(displayed(*LOGISTIC, HESSIAN.replace(r"x_i x_i^\top", "x_i x_i")))[-1] != "correct"


def test_a_derivative_is_taken_as_often_as_its_sign_says() -> None:
    second = r"(\nabla^2 f(x))_{ij} = \frac{\partial^2 f(x)}{\partial x_i \partial x_j}"
    assert verdicts(displayed(second))[-1] == "correct"
    assert verdicts(displayed(second.replace(r"\partial^2", r"\partial^3")))[-1] == "undecided"
