"""Losses that are any smooth function of an output, and Jacobians of functions at a point."""

import pytest

from tests.checking.written import displayed, verdicts

OUTPUT = (r"H = A B^\top", r"J = \ell(H)", r"G = \nabla \ell(H)")


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\nabla_A J = G B", "correct"),
        (r"\nabla_A J = -G B", "wrong"),
        (r"\nabla_B J = G^\top A", "correct"),
        (r"\nabla_B J = -G^\top A", "wrong"),
    ],
)
def test_the_gradient_of_an_unknown_loss_is_any_array(line: str, verdict: str) -> None:
    shapes = r"$A \in \mathbb{R}^{n \times d}$, $B \in \mathbb{R}^{k \times d}$." + "\n\n"
    assert verdicts(shapes + displayed(*OUTPUT, line)) == ["correct"] * 5 + [verdict]


def test_a_loss_with_a_formula_is_that_formula() -> None:
    lines = (r"h = A u", r"\ell(h) = \frac{1}{2} \|h - t\|^2", r"J = \ell(h)", r"\nabla_h J = h - t")
    assert verdicts(displayed(*lines))[-1] == "correct"
    assert verdicts(displayed(*lines[:3], r"\nabla_h J = t - h"))[-1] == "wrong"


WORDS = r"Here $\sigma$ is the softmax, and its Jacobian at a point is written $d\sigma$." + "\n\n"
CHAIN = (r"q = \sigma(v)", r"v = M u", r"J = \ell(q)")


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"d\sigma(v) = \mathrm{diag}(q) - q q^\top", "correct"),
        (r"d\sigma(v) = \mathrm{diag}(q) + q q^\top", "wrong"),
        (r"J_\sigma(v) = \mathrm{diag}(q) - q q^\top", "correct"),
        (r"D\sigma(v) = \mathrm{diag}(q) - q^2", "wrong"),
        (r"\nabla_M J = d\sigma(v)^\top \nabla \ell(q) u^\top", "correct"),
        (r"\nabla_M J = \sigma(v)^\top \nabla \ell(q) u^\top", "wrong"),
    ],
)
def test_a_jacobian_of_a_function_is_a_derivative(line: str, verdict: str) -> None:
    found = verdicts(WORDS + displayed(*CHAIN, line))
    assert found[:3] == ["correct"] * 3
    assert (found[-1] in ("correct", "charitable")) is (verdict == "correct")


HELPER = (r"z = M u + c", r"a = \tanh(z)", r"s = 1 - \tanh(z) \odot \tanh(z)")


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial L}{\partial z} = \frac{\partial L}{\partial a} \odot s", "correct"),
        (r"\frac{\partial L}{\partial z} = \frac{\partial L}{\partial a} \odot a", "wrong"),
        (r"dz = da \odot s", "correct"),
        (r"dz = da \odot z", "wrong"),
    ],
)
def test_what_is_only_short_for_something_is_no_output(line: str, verdict: str) -> None:
    assert verdicts(displayed(*HELPER, line)) == ["correct"] * 3 + [verdict]
