r"""A model that data are to follow defines nothing beside the loss that takes it away from them."""

import pytest

from tests.checking.written import displayed, verdicts

LINES = (
    r"E = \sum_{i=1}^n (v_i - p s_i - q)^2",
    r"\frac{\partial E}{\partial q} = -2 \sum_{i=1}^n (v_i - p s_i - q)",
)
ARRAYS = (
    r"F(u) = \|c - B u\|^2",
    r"\nabla_u F = -2 B^\top (c - B u)",
)
BRACKETS = (
    r"E = \frac12 \sum_{i=1}^n (p s_i + q - v_i)^2",
    r"\frac{\partial E}{\partial p} = \sum_{i=1}^n (p s_i + q - v_i) s_i",
)
MODELS = [("v = p s + q", LINES), ("c = B u", ARRAYS), ("v = (p s + q)", BRACKETS)]


@pytest.mark.parametrize(("model", "lines"), MODELS)
def test_the_gradient_is_right_beside_a_model(model: str, lines: tuple[str, ...]) -> None:
    assert verdicts(displayed(model, *lines)) == ["correct"] * 3


@pytest.mark.parametrize(("model", "lines"), MODELS)
def test_a_wrong_gradient_is_wrong_beside_it(model: str, lines: tuple[str, ...]) -> None:
    wrong = lines[1].replace("= -2", "= -3").replace(r"= \sum", r"= -\sum")
    assert verdicts(displayed(model, lines[0], wrong))[-1] == "wrong"


def test_a_prediction_is_defined() -> None:
    lines = (
        "a = p s + q",
        r"E = \frac12 (a - t)^2",
        r"\frac{\partial E}{\partial p} = (a - t) s",
        r"\frac{\partial E}{\partial q} = a - t",
    )
    assert verdicts(displayed(*lines)) == ["correct"] * 4


def test_a_solution_beside_its_condition_defines() -> None:
    lines = (
        r"x + 2y = 5",
        r"M(x, y, c) = x^2 + y^2 - c (x + 2y - 5)",
        r"\frac{\partial M}{\partial y} = 2y - 2c = 0",
        r"y = c",
        r"y = 2",
    )
    assert "wrong" not in verdicts(displayed(*lines))
