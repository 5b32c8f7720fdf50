"""Gradients of a loss that nobody names: what holds for every loss is right, what holds for none is wrong."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source

LAYER = "$$z = W x + b$$\n$$a = \\sigma(z)$$\n"
DECLARED = "---\nshapes: {W: [k, n], b: [k, 1], x: [n, 1]}\n---\n"
ATTENTION = "$$S = Q K^T / \\sqrt{d}$$\n$$P = \\operatorname{softmax}(S)$$\n$$O = P V$$\n"


def verdict(text, line):
    document = read(Source("notes.md", f"{text}$${line}$$\n"))
    return str(list(check(document, pose(document, None)).judgements())[-1][1].verdict)


RIGHT = [
    (LAYER, r"\frac{\partial L}{\partial z} = \frac{\partial L}{\partial a} \odot \sigma'(z)"),
    (LAYER, r"\frac{\partial L}{\partial z} = \frac{\partial L}{\partial a} \odot a \odot (1 - a)"),
    (LAYER, r"\frac{\partial L}{\partial x} = W^T \frac{\partial L}{\partial z}"),
    (LAYER, r"\nabla_W \ell = \nabla_z \ell \; x^T"),
    (DECLARED + LAYER, r"dz = da \odot \sigma'(z)"),
    (DECLARED + LAYER, r"dW = dz\, x^T"),
    (DECLARED + LAYER, r"db = dz"),
    (ATTENTION, r"dV = P^T dO"),
    (ATTENTION, r"dP = dO V^T"),
    (ATTENTION, r"dQ = \frac{1}{\sqrt{d}} dS K"),
    (
        ATTENTION,
        r"\nabla_K \mathcal{L} = \frac{1}{\sqrt{d}} (\nabla_S \mathcal{L})^T Q",
    ),
]
WRONG = [
    (LAYER, r"\frac{\partial L}{\partial z} = \frac{\partial L}{\partial a} \odot a"),
    (LAYER, r"\frac{\partial L}{\partial z} = -\frac{\partial L}{\partial a} \odot \sigma'(z)"),
    (LAYER, r"\nabla_W \ell = 2 \nabla_z \ell \; x^T"),
    (DECLARED + LAYER, r"dz = da \odot \sigma(z)"),
    (DECLARED + LAYER, r"db = da"),
    (ATTENTION, r"dQ = \sqrt{d}\, dS K"),
    (ATTENTION, r"dP = -dO V^T"),
]
OPEN = [
    (LAYER, r"\frac{\partial L}{\partial z} = a - y"),
    (LAYER, r"\frac{\partial S}{\partial z} = a - y"),
    (DECLARED + LAYER, r"dz = a - y"),
    (DECLARED + LAYER, r"dW = (a - y) x^T"),
    ("", r"\frac{\partial L}{\partial z} = \frac{\partial L}{\partial a} \odot \sigma'(z)"),
    (DECLARED, r"dW = dz\, x^T"),
]
DIFFERENTIALS = [
    ("$$z = W x$$\n", r"dz = dW x + W dx"),
    ("$$f = \\operatorname{tr}(X^T X)$$\n", r"df = 2 \operatorname{tr}(X^T dX)"),
    ("$$z = W x$$\n$$a = \\sigma(z)$$\n", r"da = \sigma'(z) \odot dz"),
]


@pytest.mark.parametrize(("text", "line"), RIGHT)
def test_what_holds_for_every_loss_is_right(text, line):
    assert verdict(text, line) == "correct"


@pytest.mark.parametrize(("text", "line"), WRONG)
def test_what_no_loss_makes_true_is_wrong(text, line):
    assert verdict(text, line) == "wrong"


@pytest.mark.parametrize(("text", "line"), OPEN)
def test_what_needs_a_certain_loss_is_left_open(text, line):
    assert verdict(text, line) == "undecided"


@pytest.mark.parametrize(("text", "line"), DIFFERENTIALS)
def test_a_differential_is_no_gradient(text, line):
    assert verdict(text, line) not in ("wrong", "follows")


@pytest.mark.parametrize("penalised", ["J = L + s", "J = s + L", "E = L + s"])
def test_what_adds_a_penalty_to_an_unnamed_loss_is_another_loss(penalised: str) -> None:
    whole = penalised[0]
    told = f"$$h = \\tanh(W x)$$\n$$o = V h$$\n$$s = \\frac12 \\lambda \\|V\\|_F^2$$\n$${penalised}$$\n"
    line = rf"\frac{{\partial {whole}}}{{\partial V}} = \frac{{\partial L}}{{\partial o}} h^T + \lambda V"
    assert verdict(told, line) == "correct"
    assert verdict(told, line.replace(r"+ \lambda V", "")) == "wrong"
    assert verdict(told, line.replace(r"+ \lambda V", r"+ 2 \lambda V")) == "wrong"


def test_the_letter_of_an_error_that_a_loss_is_differentiated_by_goes_forward() -> None:
    told = "$$g = x U$$\n$$v = x V$$\n$$a = g \\odot v$$\n$$y = a W$$\n$$dW = a^T dy$$\n$$da = dy\\, W^T$$\n"
    assert verdict(told, r"dg = da \odot v") == "correct"
    assert verdict(told, r"dg = da \odot g") == "wrong"
