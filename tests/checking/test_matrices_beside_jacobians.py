r"""A matrix beside the derivative of a column by a column is a factor of a chain as any other."""

from __future__ import annotations

import pytest

from tests.checking.written import verdicts

GIVEN = r"""
$x \in \mathbb{R}^{d}$, $U \in \mathbb{R}^{m\times d}$, $c \in \mathbb{R}^{m}$,
$V \in \mathbb{R}^{k\times m}$,
$R \in \mathbb{R}^{m\times m}$

$$z = U x + c$$

$$h = \phi(z)$$

$$y = V h$$

$$g = R z$$
"""
RIGHT = [
    r"\frac{\partial y}{\partial x} = V \frac{\partial h}{\partial x}",
    r"\frac{\partial y}{\partial x} = V \frac{\partial h}{\partial z} \frac{\partial z}{\partial x}",
    r"\frac{\partial y}{\partial x} = V \frac{\partial h}{\partial z} U",
    r"\frac{\partial h}{\partial x} = \frac{\partial h}{\partial z} U",
    r"\frac{\partial g}{\partial x} = R \frac{\partial z}{\partial x}",
]
WRONG = [
    r"\frac{\partial y}{\partial x} = V \frac{\partial z}{\partial x}",
    r"\frac{\partial y}{\partial x} = 2 V \frac{\partial h}{\partial z} U",
    r"\frac{\partial g}{\partial x} = R^T \frac{\partial z}{\partial x}",
]


@pytest.mark.parametrize("line", RIGHT)
def test_a_chain_with_matrices_is_right(line):
    assert set(verdicts(f"{GIVEN}\n$${line}$$\n")) == {"correct"}


@pytest.mark.parametrize("line", WRONG)
def test_a_wrong_one_is_wrong(line):
    assert verdicts(f"{GIVEN}\n$${line}$$\n")[-1] == "wrong"


def test_a_star_between_arrays_that_fit_no_product_is_a_convolution():
    shapes = (
        r"$X \in \mathbb{R}^{a \times b}$, $K \in \mathbb{R}^{c \times d}$, $Q \in \mathbb{R}^{a \times b}$"
    )
    assert verdicts(f"{shapes}\n\n$$Y = Q + X$$\n\n$$Y = X * K$$\n")[-1] == "undecided"
    assert verdicts(f"{shapes}\n\n$$Y = Q + X$$\n\n$$Y = X K$$\n")[-1] == "wrong"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial z}{\partial x} t = U t", "correct"),
        (r"\frac{\partial z}{\partial x} t = -U t", "wrong"),
        (r"\frac{\partial y}{\partial z} R c = V \frac{\partial h}{\partial z} R c", "correct"),
        (r"D f(x) t = U t", "correct"),
        (r"D f(x) t = 2 U t", "wrong"),
    ],
)
def test_a_direction_behind_a_jacobian_is_what_it_acts_on(line: str, verdict: str) -> None:
    said = "The Jacobian acts on a direction $t \\in \\mathbb{R}^{d}$.\n\n$$f(x) = U x + c$$\n"
    assert verdicts(f"{GIVEN}\n{said}\n$${line}$$\n")[-1] == verdict
