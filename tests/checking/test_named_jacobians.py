r"""A name for the derivative of a column by a column, `H = \frac{\partial g}{\partial w}`, hides nothing."""

from __future__ import annotations

import pytest

from tests.checking.written import verdicts

RIDGE = r"""
$$F(w) = \frac{1}{2} \|A w - b\|^2 + \frac{\mu}{2} w^\top w$$

$$g = \frac{\partial F}{\partial w} = A^\top (A w - b) + \mu w$$
"""
MAP = r"""
Let $h = R x$ with $R \in \mathbb{R}^{n \times n}$ and $x \in \mathbb{R}^n$.
"""


@pytest.mark.parametrize("below", ["w", r"w^\top"])
def test_a_hessian_called_by_a_letter_is_judged(below: str) -> None:
    head = rf"H = \frac{{\partial g}}{{\partial {below}}}"
    assert verdicts(rf"{RIDGE}$${head} = A^\top A + \mu I$$")[-1] == "correct"
    assert verdicts(rf"{RIDGE}$${head} = A^\top A + 2 \mu I$$")[-1] == "wrong"


def test_a_hessian_by_its_letter_may_be_used_below() -> None:
    told = RIDGE + r"$$H = \frac{\partial g}{\partial w} = A^\top A + \mu I$$" + "\n\n"
    assert verdicts(told + r"$$g = H w - A^\top b$$")[-1] == "correct"
    assert verdicts(told + r"$$g = H w + A^\top b$$")[-1] == "wrong"


@pytest.mark.parametrize("written", ["R", r"R^\top"])
def test_the_name_of_a_jacobian_leaves_its_layout_open(written: str) -> None:
    line = r"J = \frac{\partial h}{\partial x} = "
    assert "wrong" not in verdicts(f"{MAP}\n$${line}{written}$$")
    assert verdicts(f"{MAP}\n$${line}{written}$$")[-1] == "correct"
    assert verdicts(f"{MAP}\n$${line}2 {written}$$")[-1] == "wrong"
