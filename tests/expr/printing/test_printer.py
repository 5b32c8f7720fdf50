"""Expressions in the author's symbols: brackets where a reader needs them, and nowhere else."""

from __future__ import annotations

from collections import Counter
from functools import partial, reduce

import pytest

from gradcheck.expr.forms.build import apply, deriv, isum, num, pick, prime, var
from gradcheck.expr.forms.tree import Expr, Ix
from gradcheck.expr.printing.printer import latex, plain
from gradcheck.shapes import SCALAR

W, X = var(r"W^{[2]}", ("n", "k")), var("X", ("k", "m"))
A, B = var("A", ("n", "m")), var("B", ("n", "m"))
b, L = var("b_1", ("n", 1)), var("L", SCALAR)
i, j = Ix("i", "m"), Ix("j", "n")
WX = apply("matmul", W, X)
COUNT = apply("sum", apply("ones", attr=((1, "m"),)), attr=(None,))
TOTAL = isum(apply("mul", pick(A, j, i), pick(X, 1, i)), i)

WRITTEN: list[tuple[Expr, str, str]] = [
    (apply("add", WX, b), r"W^{[2]} X + b_1", "W^{[2]} X + b_1"),
    (apply("transpose", W), r"W^{[2]\top}", "W^{[2]}ᵀ"),
    (apply("transpose", b), r"b_1^{\top}", "b_1ᵀ"),
    (apply("transpose", apply("transpose", W)), r"\left(W^{[2]\top}\right)^{\top}", "(W^{[2]}ᵀ)ᵀ"),
    (apply("mul", WX, A), r"\left(W^{[2]} X\right) \odot A", "(W^{[2]} X) ⊙ A"),
    (
        apply("matmul", apply("mul", A, B), apply("transpose", X)),
        r"\left(A \odot B\right) X^{\top}",
        "(A ⊙ B) Xᵀ",
    ),
    (apply("mul", num(2), A), "2 A", "2 A"),
    (apply("mul", num("1/2"), apply("square", L)), r"\frac{1}{2} L^{2}", "1/2 L²"),
    (apply("mul", num(2), num(3)), r"2 \cdot 3", "2·3"),
    (apply("div", num(1), COUNT), r"\frac{1}{m}", "1/m"),
    (apply("sub", A, apply("sub", B, A)), r"A - \left(B - A\right)", "A - (B - A)"),
    (apply("neg", apply("add", A, B)), r"-\left(A + B\right)", "-(A + B)"),
    (apply("add", A, num(-1)), r"A + \left(-1\right)", "A + (-1)"),
    (prime("sigmoid", A), r"\sigma'\left(A\right)", "σ'(A)"),
    (prime("relu", A, 2), r"\operatorname{ReLU}''\left(A\right)", "ReLU''(A)"),
    (prime("square", A), r"\operatorname{square}'\left(A\right)", "square'(A)"),
    (deriv(L, W), r"\frac{\partial L}{\partial W^{[2]}}", "∂L/∂W^{[2]}"),
    (pick(A, j, i), "A_{ji}", "A[ji]"),
    (pick(A, None, i), "A_{:, i}", "A[:, i]"),
    (pick(b, j, 1), r"\left[b_1\right]_{j}", "(b_1)[j]"),
    (pick(A, j, i._replace(shift=-1)), "A_{j, i-1}", "A[j, i-1]"),
    (TOTAL, r"\sum_{i=1}^{m} A_{ji} X_{1i}", "Σ_i A[ji] X[1i]"),
    (apply("mul", TOTAL, L), r"\left(\sum_{i=1}^{m} A_{ji} X_{1i}\right) L", "(Σ_i A[ji] X[1i]) L"),
    (apply("mul", L, TOTAL), r"L \sum_{i=1}^{m} A_{ji} X_{1i}", "L Σ_i A[ji] X[1i]"),
    (
        apply("inverse", apply("matmul", A, apply("transpose", A))),
        r"\left(A A^{\top}\right)^{-1}",
        "(A Aᵀ)⁻¹",
    ),
    (apply("max", A, attr=(0,)), r"\max\left(A, \text{axis}=0\right)", "max(A, axis=0)"),
    (apply("unknown", A, attr=("f", 3)), r"f\left(A\right)", "f(A)"),
    (num("pi"), r"\pi", "π"),
]


@pytest.mark.parametrize(("expr", "in_latex", "in_text"), WRITTEN)
def test_it_is_written_as_a_person_would(expr: Expr, in_latex: str, in_text: str) -> None:
    assert latex(expr, str) == in_latex
    assert plain(expr, str) == in_text


def test_what_stands_for_a_part_is_not_looked_up_inside_it() -> None:
    asked: list[Expr] = []
    total = apply("add", A, B)

    def spelling(part: Expr) -> str | None:
        asked.append(part)
        return "S" if part == total else None

    assert latex(apply("mul", total, A), lambda key: key, spelling) == r"\left(S\right) \odot A"
    assert B not in asked
    assert total in asked


def test_each_part_of_a_long_product_is_printed_once() -> None:
    asked: Counter[str] = Counter()

    def name(key: str) -> str:
        asked[key] += 1
        return key

    keys = [f"v_{{{number}}}" for number in range(40)]
    product = reduce(partial(apply, "mul"), (var(key, SCALAR) for key in keys))
    assert latex(product, name) == " ".join(keys)
    assert asked == Counter(keys)
