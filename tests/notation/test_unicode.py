"""Formulas as a line of Unicode text."""

import pytest

from gradcheck.diagnosis.misconceptions import MISCONCEPTIONS
from gradcheck.notation.unicode import unicode


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\frac{\partial L}{\partial w_{12}} = 2m(a - y)^2", "∂L/∂w₁₂ = 2m(a - y)²"),
        (r"\frac{a - 1}{b c} + \frac{1}{m} X", "(a - 1)/(b c) + 1/m X"),
        (r"W^{[2]\top} dZ^{[2](i)}", "W[2]ᵀ dZ[2]⁽ⁱ⁾"),
        (r"x^{(i)} + x^{(i)\top}", "x⁽ⁱ⁾ + x⁽ⁱ⁾ᵀ"),
        (r"\sum_{k=1}^{n} w_{jk} \hat{y}_k", "Σₖ₌₁ⁿ wⱼₖ y\u0302ₖ"),
        (r"\sum_{q} x_q + y^{k+1}", "Σ_q x_q + y^{k+1}"),
        (r"\sqrt{x + 1} \odot \tanh'(z) \cdot \log x", "√(x + 1) ⊙ tanh′(z) · log x"),
        (r"\begin{bmatrix} a & -b \\ c & d \end{bmatrix}", "[a -b; c d]"),
        (r"\begin{cases} 1 & z > 0 \\ 0 & \text{otherwise} \end{cases}", "{1 if z > 0; 0 if otherwise}"),
        (r"\|x\|^2 \in \mathbb{R}, \quad \dots", "‖x‖² ∈ R, …"),
        (r"b \leftarrow b - \alpha \, db \Rightarrow c", "b ← b - α db ⇒ c"),
        (r"\boxed{a} - \cancel{b}", "a - b\u0336"),
    ],
)
def test_unicode(latex: str, text: str):
    assert unicode(latex) == text


@pytest.mark.parametrize("record", MISCONCEPTIONS.values(), ids=lambda r: r.code)
def test_every_example_is_readable(record):
    right, wrong = unicode(record.example.right), unicode(record.example.wrong)
    assert right != wrong
    assert not set("\\{}") & set((right + wrong).replace("_{columns}", "").replace("_{rows}", ""))
