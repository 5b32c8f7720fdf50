"""Functions that are named and never defined: what a bare name, and a ∂, mean beside several arguments."""

import pytest

from tests.checking.written import displayed, verdicts

POLAR = displayed(r"p = f(u, v)", r"u = r \cos\phi", r"v = r \sin\phi")


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial p}{\partial r} = f_r", "undecided"),
        (
            r"\partial_r p = \frac{\partial f}{\partial u} \cos\phi + \frac{\partial f}{\partial v} \sin\phi",
            "correct",
        ),
        (
            r"\partial_\phi p = -\frac{\partial f}{\partial u} v + \frac{\partial p}{\partial v} r \cos\phi",
            "correct",
        ),
        (r"\partial_\phi p = \frac{\partial f}{\partial u} v + \frac{\partial f}{\partial v} u", "wrong"),
        (r"\frac{\partial p}{\partial \phi} = \frac{\partial f}{\partial v} r \cos\phi", "wrong"),
    ],
)
def test_a_bare_name_is_its_only_value(line: str, verdict: str) -> None:
    assert verdicts(POLAR + displayed(line))[-1] == verdict


def test_the_outer_and_the_inner_function() -> None:
    forward = displayed(r"q = g(s)", r"s = h(\tau)")
    right = r"\frac{dq}{d\tau} = \frac{dg}{ds} \frac{dh}{d\tau}"
    assert verdicts(forward + displayed(right))[-1] == "correct"
    assert verdicts(forward + displayed(right, r"\frac{dq}{d\tau} = g'(s) h'(s)"))[-1] == "wrong"


def test_a_partial_holds_the_other_arguments() -> None:
    forward = displayed(r"f(u, v) = u^2 v", r"v = 3 u")
    lines = displayed(
        r"\frac{\partial f}{\partial u} = 2 u v",
        r"\frac{df}{du} = \frac{\partial f}{\partial u} + \frac{\partial f}{\partial v} \frac{dv}{du}",
        r"\frac{df}{du} = 2 u v + 3 u^2",
    )
    assert verdicts(forward + lines)[-3:] == ["correct"] * 3
    assert verdicts(forward + displayed(r"\frac{df}{du} = 2 u v"))[-1] == "wrong"
    assert verdicts(forward + displayed(r"\frac{\partial f}{\partial u} = 2 v"))[-1] == "wrong"


def test_a_recursion_begins_with_a_value_of_its_own() -> None:
    forward = displayed(r"s_t = f(x_t, s_{t-1}, w)")
    local = r"\frac{\partial s_t}{\partial w} = \frac{\partial f(x_t, s_{t-1}, w)}{\partial w}"
    path = r"\frac{\partial f(x_t, s_{t-1}, w)}{\partial s_{t-1}} \frac{\partial s_{t-1}}{\partial w}"
    assert verdicts(forward + displayed(f"{local} + {path}"))[-1] == "correct"
    assert verdicts(forward + displayed(f"{local} - {path}"))[-1] == "wrong"


BLOCK = displayed(r"s = x + W r, \quad r = \tanh(x), \quad W \in \mathbb{R}^{n \times n}", r"L = f(s)")


def test_a_loss_is_a_scalar_whatever_function_makes_it() -> None:
    lines = displayed(
        r"g = \frac{\partial L}{\partial s}",
        r"\frac{\partial L}{\partial W} = g r^T",
        r"\frac{\partial L}{\partial x} = g + (W^T g) \odot (1 - r \odot r)",
    )
    assert set(verdicts(BLOCK + lines)) == {"correct"}
    assert (
        verdicts(BLOCK + displayed(r"\frac{\partial L}{\partial r} = W \frac{\partial L}{\partial s}"))[-1]
        == "wrong"
    )


def test_a_function_that_is_applied_again_keeps_its_entries() -> None:
    lines = displayed(r"\frac{\partial L}{\partial s} = f'(s)")
    assert verdicts(BLOCK + lines)[-1] != "wrong"


@pytest.mark.parametrize(("gradient", "verdict"), [("(B + B^T) x", "correct"), ("2 B x", "wrong")])
def test_a_function_of_several_has_not_the_shape_of_its_first_argument(gradient: str, verdict: str) -> None:
    forms = displayed("f(x, y) = x^T A y", "g(x) = x^T B x", r"\nabla_x f(x, y) = A y")
    assert verdicts(forms + displayed(rf"\nabla g(x) = {gradient}"))[-2:] == ["correct", verdict]
