"""Samples in rows where columns are declared: shapes alone convict nobody, a wrong value still does."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source
from tests.checking.written import displayed, verdicts

TEXT = r"""---
shapes:
  X: [n, m]
  V: [k, n]
  S: [k, m]
  Y: [k, m]
  c: [k, 1]
---
$$S = PRODUCT + c$$
$$L = \frac{1}{2} \sum_{i=1}^m (s^{(i)} - y^{(i)})^T (s^{(i)} - y^{(i)})$$
$$\frac{\partial L}{\partial S} = SIGNAL$$
$$\frac{\partial L}{\partial c} = \text{np.sum}(\frac{\partial L}{\partial S}, \text{axis}=0)$$
"""


@pytest.mark.parametrize(
    ("product", "signal", "wanted"),
    [
        ("X V", "S - Y", ["correct", "undecided"]),
        ("X V", "Y - S", ["wrong", "undecided"]),
        ("V X", "S - Y", ["correct", "wrong"]),
    ],
)
def test_an_axis_convicts_only_where_the_arrays_lie_as_declared(product, signal, wanted):
    document = read(Source("notes.md", TEXT.replace("PRODUCT", product).replace("SIGNAL", signal)))
    found = [str(judgement.verdict) for _, judgement in check(document, pose(document, None)).judgements()]
    assert found[2:] == wanted


def test_a_gradient_right_with_the_shape_of_its_variable_has_no_other_layout_below() -> None:
    declared = "---\nshapes:\n  A: [m, n]\n  B: [n, m]\n---\n\n"
    loss = displayed(r"f(A) = \operatorname{tr}(A B)")
    right, turned = r"\nabla_A f(A) = B^T", r"\nabla_A f(A) = B"
    assert verdicts(declared + loss + displayed(turned))[-1] == "convention"
    assert verdicts(declared + loss + displayed(right, turned))[-2:] == ["correct", "wrong"]
    lost = r"\nabla_{A^T} f(A) = \nabla_A f(A)"
    assert verdicts(declared + loss + displayed(right, lost))[-1] == "wrong"
    kept = r"\nabla_{A^T} f(A) = (\nabla_A f(A))^T"
    assert verdicts(declared + loss + displayed(right, kept))[-1] == "correct"


@pytest.mark.parametrize(
    ("between", "second", "verdict"),
    [
        ("Further below.", r"\frac{\partial z}{\partial x} = W^T", "undecided"),
        ("In the other layout.", r"\frac{\partial z}{\partial x} = W^T", "correct"),
        ("Further below.", r"\frac{\partial z}{\partial x} = W", "correct"),
        ("Further below.", r"\frac{\partial z}{\partial x} = 2 W^T", "wrong"),
    ],
)
def test_a_jacobian_keeps_its_layout(between: str, second: str, verdict: str) -> None:
    declared = "$W \\in \\mathbb{R}^{m \\times n}$, $x \\in \\mathbb{R}^n$\n\n"
    first = displayed(r"z = W x + b", r"\frac{\partial z}{\partial x} = W")
    assert verdicts(declared + first + f"{between}\n\n" + displayed(second))[-1] == verdict
