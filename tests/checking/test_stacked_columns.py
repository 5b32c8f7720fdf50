"""Identities of `vec` and the Kronecker product, in documents that state no shapes."""

import pytest

from gradcheck.calculus.sizes import concrete
from gradcheck.ops.operation import product_size
from tests.checking.written import displayed, verdicts


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\text{tr}(AB) = \text{vec}(A^T)^T \text{vec}(B)", "correct"),
        (r"\text{tr}(A^T B) = \text{vec}(A)^T \text{vec}(B)", "correct"),
        (r"\text{vec}(AXB) = (B^T \otimes A) \text{vec}(X)", "correct"),
        (r"\text{tr}(AB) = \text{vec}(A)^T \text{vec}(B)", "wrong"),
    ],
)
def test_identities_of_stacked_columns(line: str, verdict: str) -> None:
    assert verdicts(displayed(line)) == [verdict]


def test_sizes_multiply_in_any_order() -> None:
    assert product_size("n", "m") == product_size("m", "n")
    assert product_size(product_size("p", "n"), "m") == product_size("n", product_size("m", "p"))
    assert product_size("n", 1) == "n"
    assert concrete(product_size("n+1", "m"), {"n": 3, "m": 5}) == 20
