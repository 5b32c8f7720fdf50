"""Gradients named after their variable, `∂L/∂Y = G_Y`, and letters below sizes."""

import pytest

from tests.checking.written import verdicts

LAYER = r"""Let $X \in \mathbb{R}^{n \times d}$, $W \in \mathbb{R}^{d \times k}$, $Y = X W$. The loss is $L$.

Upstream: $GIVEN$.

$$\frac{\partial L}{\partial W} = X^T NAME$$

$$\frac{\partial L}{\partial X} = NAME W^T$$

$$\frac{\partial L}{\partial X} = NAME W$$
"""


@pytest.mark.parametrize(
    ("given", "name"),
    [
        (r"\frac{\partial L}{\partial Y} = G_Y", "G_Y"),
        (r"\frac{\partial L}{\partial Y} = G_Y \in \mathbb{R}^{n \times k}", "G_Y"),
        (r"\frac{\partial L}{\partial Y} = G", "G"),
        (r"\frac{\partial L}{\partial Y} = G \in \mathbb{R}^{n \times k}", "G"),
        (r"G_Y = \frac{\partial L}{\partial Y}", "G_Y"),
        (r"\delta_Y = \frac{\partial L}{\partial Y}", r"\delta_Y"),
        (r"U_Y := \frac{\partial L}{\partial Y}", "U_Y"),
    ],
)
def test_a_gradient_is_named_after_its_variable(given, name):
    text = LAYER.replace("GIVEN", given).replace("NAME", name)
    assert verdicts(text)[-3:] == ["correct", "correct", "wrong"]


def test_a_name_of_the_forward_pass_is_no_new_one():
    text = r"$$Y = X W$$ The loss is $L$. $$\frac{\partial L}{\partial Y} = X$$ $$Z = X X$$"
    assert verdicts(text)[1] != "correct"


def test_a_letter_below_what_is_derived_is_the_derivative():
    text = r"$$f(x, y) = x^2 y$$ $$\frac{\partial f}{\partial x} = f_x = 2 x y$$ $$f_x = x y$$"
    assert verdicts(text) == ["correct", "correct", "correct", "wrong"]


HEADS = r"""Let $Q = X U$ with $Q, K, V \in \mathbb{R}^{T \times d_k}$ and $d_k = d / h$. $S = Q K^T$,
$A = \text{softmax}(S / \sqrt{d_k})$, $Z = A V$. So
$(T \times d_k) \cdot (d_k \times T) = T \times T$.

$$\frac{\partial A_{ij}}{\partial S_{ik}} = \frac{1}{\sqrt{d_k}} A_{ij} (\delta_{jk} - A_{ik})$$

"""


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (r"\frac{\partial L}{\partial Q} = \frac{\partial L}{\partial S} K", "correct"),
        (r"\frac{\partial L}{\partial K} = \left(\frac{\partial L}{\partial S}\right)^T Q", "correct"),
        (r"\frac{\partial L}{\partial Q} = \frac{1}{\sqrt{d_k}} \frac{\partial L}{\partial S} K", "wrong"),
    ],
)
def test_the_letter_of_a_size_is_no_index(line, expected):
    assert verdicts(HEADS + f"$${line}$$")[-1] == expected
