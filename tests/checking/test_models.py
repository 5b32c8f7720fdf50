r"""A model that data are to follow defines nothing beside the loss that takes it away from them."""

import pytest

from tests.checking.written import displayed, verdicts, with_line

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


NOISE = [
    (r"v = B u + \varepsilon", (r"F = \|v - B u\|^2", r"\nabla_u F = -2 B^\top (v - B u)")),
    (
        r"v_i = p s_i + q + e_i",
        (
            r"E = \sum_{i=1}^n (v_i - p s_i - q)^2",
            r"\frac{\partial E}{\partial p} = -2 \sum_{i=1}^n s_i (v_i - p s_i - q)",
        ),
    ),
    (
        r"v = B u + e",
        (r"e = v - B u", r"F = e^\top e", r"\frac{\partial F}{\partial u} = -2 B^\top v + 2 B^\top B u"),
    ),
    (
        r"t = p^\top s + \epsilon",
        (r"v = p^\top s", r"E = \frac12 (t - v)^2", r"\nabla_p E = -(t - v) s"),
    ),
]


@pytest.mark.parametrize(("model", "lines"), NOISE)
def test_a_model_with_noise_defines_no_data(model: str, lines: tuple[str, ...]) -> None:
    assert verdicts(displayed(model, *lines)) == ["correct"] * (1 + len(lines))


@pytest.mark.parametrize(("model", "lines"), NOISE)
def test_a_wrong_sign_is_found_beside_noise(model: str, lines: tuple[str, ...]) -> None:
    wrong = lines[-1].replace("= -", "= ")
    assert verdicts(displayed(model, *lines[:-1], wrong))[-1] == "wrong"


def test_data_are_not_what_another_part_calls_by_their_letter() -> None:
    text = displayed(
        r"\hat{v} = p^\top s + q",
        r"E = \frac12 (\hat{v} - v)^2",
        r"\frac{\partial E}{\partial q} = \hat{v} - v",
    )
    text += "\n# Cells\n\nA cell sends out $v = \\sum_k p_k s_k + q$.\n"
    assert verdicts(text) == ["correct"] * 4
    assert (
        verdicts(text.replace(r"= \frac12 (", "= (").replace("= \\hat{v} - v$", "= \\hat{v}$")).count("wrong")
        == 1
    )


def test_an_offset_is_no_noise() -> None:
    lines = (
        r"v = p s + q",
        r"E = \frac12 (v - t)^2",
        r"\frac{\partial E}{\partial p} = (v - t) s",
        r"\frac{\partial v}{\partial p} = s",
    )
    assert verdicts(displayed(*lines)) == ["correct"] * 4


@pytest.mark.parametrize(("slope", "verdict"), [(r"-\Phi", "correct"), (r"\Phi", "wrong")])
def test_a_residual_that_its_model_would_make_zero_is_one_of_data(slope: str, verdict: str) -> None:
    told = (r"f(x, y) = x^2 y", r"\frac{\partial f}{\partial y} = x^2")
    model = (r"y = \Phi\theta", r"L(e) = \|e\|^2", r"e(\theta) = y - \Phi\theta")
    text = f"# One\n\n{displayed(*told)}\n# Two\n\n{displayed(*model)}"
    assert with_line(text, rf"\frac{{\partial e}}{{\partial \theta}} = {slope}")[-1] == verdict
