# ruff: noqa: E501 - a formula stays on one line
"""What is written gets the meaning a reader gives it: small documents, one claim each, and the verdict."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source

MATRICES = r"""---
shapes:
  A: [n, k]
  B: [k, m]
  C: [n, m]
  D: [n, m]
  x: [n, 1]
  Z: [n, m]
  L: [1, 1]
---

$$Z = A B$$

$$L = \frac{1}{2} \sum_{i=1}^{m} (z^{(i)} - c^{(i)})^T (z^{(i)} - c^{(i)})$$

"""

LAYERS = r"""---
shapes:
  X: [n_0, m]
  W^{[1]}: [n_1, n_0]
  b^{[1]}: [n_1, 1]
  W^{[2]}: [n_2, n_1]
  Y: [n_2, m]
---

$$Z^{[1]} = W^{[1]} X + b^{[1]}$$

$$A^{[1]} = \sigma(Z^{[1]})$$

$$Z^{[2]} = W^{[2]} A^{[1]}$$

$$J = \frac{1}{2 m} \sum_{i=1}^{m} \sum_{k} (z_k^{[2](i)} - y_k^{(i)})^2$$

"""

SCALARS = r"""
$$z = w x + b$$

$$a = \sigma(z)$$

$$L = \frac{1}{2} (a - y)^2$$

"""


def verdict(definitions: str, *claims: str) -> str:
    """The verdict of the last equation of a document with these claims."""
    text = definitions + "\n\n".join(f"$${claim}$$" for claim in claims)
    document = read(Source("document.md", text))
    judgements = [j for _, j in check(document, pose(document, None)).judgements()]
    return str([j for j in judgements if j.claim.role != "declaration"][-1].verdict)


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (r"\frac{\partial L}{\partial A} = (Z - C) B^T", "correct"),
        (r"\frac{\partial L}{\partial A} = (Z - C) \cdot B^{\top}", "correct"),
        (r"\nabla_A L = (AB - C) B^\intercal", "correct"),
        (r"\frac{\partial L}{\partial A} = (Z - C) B", "charitable"),
        (r"\frac{\partial L}{\partial A} = B^T (Z - C)", "charitable"),
        (r"\frac{\partial L}{\partial A} = (C - Z) B^T", "wrong"),
        (r"\frac{\partial L}{\partial B} = A^T Z - A^T C", "correct"),
        (r"\frac{\partial L}{\partial B} = A^T A B - A^T C", "correct"),
        (r"\frac{\partial L}{\partial B} = A^T (A (B) - C)", "correct"),
        (r"\frac{\partial L}{\partial B} = A^T Z - C^T A", "charitable"),
        (r"\frac{\partial L}{\partial Z} = Z - C", "correct"),
        (r"\frac{\partial L}{\partial Z} = \begin{bmatrix} z^{(1)} - c^{(1)} & \dots & z^{(m)} - c^{(m)} \end{bmatrix}", "correct"),
        (r"\frac{\partial L}{\partial z^{(i)}} = z^{(i)} - c^{(i)}", "correct"),
        (r"\frac{\partial L}{\partial Z_{ij}} = Z_{ij} - C_{ij}", "correct"),
        (r"\frac{\partial L}{\partial A_{ij}} = \sum_{k=1}^{m} (Z_{ik} - C_{ik}) B_{jk}", "correct"),
        (r"\frac{\partial L}{\partial A_{ij}} = \sum_{k=1}^{m} (Z_{ik} - C_{ik}) B_{ik}", "wrong"),
        (r"L = \frac{1}{2} \| A B - C \|_F^2", "correct"),
        (r"L = \frac{1}{2} \text{tr}((Z - C)^T (Z - C))", "correct"),
        (r"L = \frac{1}{2} \sum (Z - C) \odot (Z - C)", "correct"),
        (r"L = \frac{1}{2} \sum_{i,j} (Z_{ij} - C_{ij})^2", "correct"),
    ],
)  # fmt: skip
def test_products_transposes_entries_and_sums(claim, expected):
    assert verdict(MATRICES, claim) == expected


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([r"\frac{\partial J}{\partial W^{[2]}} = \frac{1}{m} (Z^{[2]} - Y) A^{[1]T}"], "correct"),
        ([r"\frac{\partial J}{\partial b^{[1]}} = \frac{1}{m} \sum_{i=1}^{m} W^{[2]T} (z^{[2](i)} - y^{(i)}) \odot \sigma'(z^{[1](i)})"], "correct"),
        ([r"dZ^{[2]} = \frac{1}{m} (Z^{[2]} - Y)", r"dW^{[1]} = (W^{[2]T} dZ^{[2]} \odot \sigma'(Z^{[1]})) X^T"], "correct"),
        ([r"dZ^{[2]} = \frac{1}{m} (Z^{[2]} - Y)", r"dW^{[1]} = (W^{[2]T} dZ^{[2]} * \sigma'(Z^{[1]})) X^T"], "correct"),
        ([r"dZ^{[2]} = \frac{1}{m} (Z^{[2]} - Y)", r"db^{[1]} = \text{np.sum}(W^{[2]T} dZ^{[2]} * \sigma'(Z^{[1]}), \text{axis}=1, \text{keepdims}=\text{True})"], "correct"),
        ([r"dZ^{[2]} = \frac{1}{m} (Z^{[2]} - Y)", r"db^{[1]} = \text{np.sum}(W^{[2]T} dZ^{[2]} * \sigma'(Z^{[2]}), \text{axis}=1, \text{keepdims}=\text{True})"], "wrong"),
        ([r"\frac{\partial J}{\partial W^{[2]}} = \frac{\partial J}{\partial Z^{[2]}} \frac{\partial Z^{[2]}}{\partial W^{[2]}}"], "correct"),
        ([r"\frac{\partial J}{\partial Z^{[1]}} = \frac{\partial J}{\partial Z^{[2]}} \frac{\partial Z^{[2]}}{\partial A^{[1]}} \frac{\partial A^{[1]}}{\partial Z^{[1]}}"], "correct"),
        ([r"\frac{\partial J}{\partial W_{jk}^{[2]}} = \frac{1}{m} \sum_{i=1}^{m} (z_j^{[2](i)} - y_j^{(i)}) a_k^{[1](i)}"], "correct"),
        ([r"\frac{\partial J}{\partial W_{jk}^{[2]}} = \frac{1}{m} \sum_{i=1}^{m} (z_j^{[2](i)} - y_j^{(i)}) z_k^{[1](i)}"], "wrong"),
        ([r"W^{[2]} \leftarrow W^{[2]} - \alpha \frac{\partial J}{\partial W^{[2]}}"], "correct"),
        ([r"W^{[2]} \leftarrow W^{[2]} + \alpha \frac{\partial J}{\partial W^{[2]}}"], "wrong"),
    ],
)  # fmt: skip
def test_layers_samples_chains_and_updates(claims, expected):
    assert verdict(LAYERS, *claims) == expected


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (r"\frac{\partial L}{\partial w} = (a - y) a (1 - a) x", "correct"),
        (r"\frac{\partial L}{\partial w} = \frac{\partial L}{\partial a} \frac{\partial a}{\partial z} \frac{\partial z}{\partial w}", "correct"),
        (r"\frac{\partial a}{\partial z} = \sigma(z)(1 - \sigma(z))", "correct"),
        (r"\frac{\partial a}{\partial z} = \frac{e^{-z}}{(1 + e^{-z})^2}", "correct"),
        (r"\frac{\partial a}{\partial z} = \sigma'(z)(1 - \sigma'(z))", "wrong"),
        (r"\frac{\partial L}{\partial b} = \frac{\partial}{\partial b} \left[ \frac{1}{2} (a - y)^2 \right]", "correct"),
        (r"\frac{\partial L}{\partial b} = (a - y) \cdot \begin{cases} a - a^2 & z > 0 \\ a (1 - a) & z \leq 0 \end{cases}", "correct"),
        (r"\frac{dL}{dx} = w (a - y) \sigma'(z)", "correct"),
        (r"\frac{dL}{dx} = x (a - y) \sigma'(z)", "wrong"),
    ],
)  # fmt: skip
def test_scalars_cases_and_operators(claim, expected):
    assert verdict(SCALARS, claim) == expected


FACTORS = ["(a - y)", "a", "(1 - a)", "x"]


@given(st.permutations(FACTORS), st.sampled_from([" ", r" \cdot ", r" \, "]), st.booleans())
@settings(max_examples=25)
def test_scalar_factors_may_stand_in_any_order(factors, sign, expanded):
    formula = sign.join(factors)
    if expanded:
        formula = formula.replace("(1 - a)", "1").replace("(a - y)", r"(a - y - a (a - y))")
    assert verdict(SCALARS, rf"\frac{{\partial L}}{{\partial w}} = {formula}") == "correct"


@given(st.integers(0, 3), st.sampled_from(["y", "2", "w", "(1 + a)"]))
@settings(max_examples=12)
def test_another_factor_in_the_place_of_one_is_wrong(position, other):
    factors = [other if k == position else factor for k, factor in enumerate(FACTORS)]
    assert verdict(SCALARS, rf"\frac{{\partial L}}{{\partial w}} = {' '.join(factors)}") == "wrong"
