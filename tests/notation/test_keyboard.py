"""What is typed on a keyboard means what it means in LaTeX."""

import pytest

from gradcheck.notation.errors import NotationError
from gradcheck.notation.parser import parse
from gradcheck.notation.printer import latex
from gradcheck.notation.tree import Node
from tests.checking.written import verdicts


def printed(text: str, *, typed: bool = True) -> str:
    return " ".join(latex(part) for part in parse(text, typed=typed) if isinstance(part, Node))


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("x**2 + y^10", "x^{2} + y^{10}"),
        ("x**-1", "x^{-1}"),
        ("d2L/dw2", r"\frac{d^{2} L}{dw^{2}}"),
        ("d2L/dadb", "d^2 L/(da db)"),
        ("dL/dd * dd/dc", r"\frac{d L}{d d} * \frac{d d}{d c}"),
        ("W_ij", "W_{ij}"),
        ("dW[1]", "dW^{[1]}"),
        ("A[i-1].T", "A^{[i-1] \\top}"),
        ("W[2].T @ d", "W^{[2] \\top} @ d"),
        ("W[i,j]", "W_{i,j}"),
        ("X.T", "X^\\top"),
        ("theta - alpha * dtheta", "\\theta - \\alpha * d\\theta"),
        ("y_hat + yhat", "\\hat{y} + \\hat{y}"),
        ("dL_dW1", "\\frac{dL}{dW_1}"),
        ("dL/dy_hat", "dL/d\\hat{y}"),
        ("dL/dyhat", "dL/d\\hat{y}"),
        ("dL_dy_hat", "\\frac{dL}{d\\hat{y}}"),
        ("dL_dyhat", "\\frac{dL}{d\\hat{y}}"),
        ("dy_hat/dw", "d\\hat{y}/dw"),
        ("dy_hat_dw", "\\frac{d\\hat{y}}{dw}"),
        ("dL/dtheta_hat", "dL/d\\hat{\\theta}"),
        ("dL/dpred", "dL/d\\text{pred}"),
        ("dL_dtheta", "\\frac{dL}{d\\theta}"),
        ("dL_dtheta_hat", "\\frac{dL}{d\\hat{\\theta}}"),
        ("z<sup>[1]</sup>", "z^{[1]}"),
        ("x<sub>i</sub>", "x_{i}"),
        ("X.dot(w)", "(X @ (w))"),
        ("dZ.sum(axis=1)", "(\\text{np.sum}(dZ, \\text{axis} = 1))"),
        ("h_relu.dot(w)", "(h_{\\text{relu}} @ (w))"),
        ("np.square(d).sum()", "(\\text{np.sum}(\\text{np.square}(d)))"),
        ("a (b - c).sum()", "a (\\text{np.sum}((b - c)))"),
        ("grad_y_pred", "\\text{grad}_{y_{\\text{pred}}}"),
        ("grad_w_1 + grad_y_hat", "\\text{grad}_{w_{1}} + \\text{grad}_{\\hat{y}}"),
        ("grad_y_pred.dot(v)", "(\\text{grad}_{y_{\\text{pred}}} @ (v))"),
        ("W_i_j", "{W_{i}}_{j}"),
        ("torch.mm(a, b)", "\\text{np.matmul}(a, b)"),
        ("1. / m", "1 / m"),
    ],
)
def test_typed_as_written(typed: str, written: str) -> None:
    assert printed(typed) == printed(written, typed=False)


def test_between_dollars_brackets_and_words_stay_what_they_are() -> None:
    assert printed("f[x]", typed=False) == printed("f [x]", typed=False)
    assert printed("theta", typed=False) != printed("\\theta", typed=False)


@pytest.mark.parametrize("text", ["A § B", "L = 9!", "a = ? b"])
def test_a_character_of_no_meaning_cuts_no_formula(text: str) -> None:
    with pytest.raises(NotationError, match="has no meaning here"):
        parse(text)


@pytest.mark.parametrize("text", ["L = 9! w", "\\frac{a!}{b} = c", "\\log(y_i!)", "(n - k)! / k! x"])
def test_an_exclamation_mark_behind_an_operand_is_a_factorial(text: str) -> None:
    assert "factorial" in printed(text, typed=False)


@pytest.mark.parametrize("text", ["L = -log p[y]", "a = x[:, 0]", "x[i + j + 1]", "W1[y] b"])
def test_an_index_that_is_no_place_is_no_product(text: str) -> None:
    with pytest.raises(NotationError):
        parse(text, typed=True)


@pytest.mark.parametrize("text", ["a = b ✓", "a = b?", "a = ?", "a = b ■", "a = b !"])
def test_a_mark_at_the_end_is_a_remark(text: str) -> None:
    assert parse(text)


def test_letters_that_are_a_word_elsewhere_are_indices_in_a_subscript() -> None:
    assert printed("U_{if}", typed=False) == printed("U_{i f}", typed=False)
    assert printed("W_{for}", typed=False) == printed("W_{\\text{for}}", typed=False)


def test_an_escaped_underscore_is_a_subscript() -> None:
    assert printed("W\\_1 \\* x", typed=False) == printed("W_1 * x", typed=False)


def test_characters_that_nobody_sees_are_blanks() -> None:
    assert printed("a\u200b = b\ufe0f", typed=False) == printed("a = b", typed=False)


def test_data_below_a_sum_carry_its_index():
    written = printed("Σ xi (yi - (mxi + b))")
    assert written == printed("Σ x_i (y_i - (m x_i + b))")
    assert printed("z = mxi + yi") != printed("z = m x_i + y_i")
    assert printed("Σ xi w") != printed("Σ x_i w")


def test_two_small_letters_that_a_line_derives_by_are_one_name() -> None:
    lines = ("u = x*c + tx", "E = 0.5*(u-a)^2", "dE/dtx = u - a", "-2*dE/dtx = 2*(a - u)", "du/dtx = x")
    text = "\n".join(("```", *lines, "```"))
    assert verdicts(text)[2:] == ["correct", "correct", "wrong"]
    assert verdicts(text.replace("tx", "s x"))[2:] == ["wrong", "wrong", "wrong"]


def test_a_second_derivative_as_programs_name_it() -> None:
    lines = ("S = a*c^3 + 2*c", "d2S/dc2 = 6*a*c", "d2S/dadc = 3*c^2", "d2S/dc2 = 3*a*c", "d2S/dadc = c^2")
    assert verdicts("\n".join(("```", *lines, "```")))[1:] == ["correct", "correct", "wrong", "wrong"]


@pytest.mark.parametrize("below", ["∂a ∂c", "∂a∂c", "(∂a ∂c)", "(∂a∂c)"])
def test_a_mixed_derivative_behind_a_slash(below: str) -> None:
    lines = ("S = a*c^3 + 2*c", f"∂²S/{below} = 3*c^2", f"∂²S/{below} = c^2")
    assert verdicts("\n".join(("```", *lines, "```")))[1:] == ["correct", "wrong"]


@pytest.mark.parametrize("loss", ["E = np.square(a - t).sum()", "E = ((a - t)**2).sum()"])
def test_a_method_is_called_on_the_value_of_the_call_before_it(loss: str) -> None:
    lines = (
        "Let $a, t \\in \\mathbb{R}^3$.",
        "",
        "```",
        loss,
        "dE/da = 2*(a - t)",
        "dE/da = 2*sum(a - t)",
        "```",
    )
    assert verdicts("\n".join(lines))[-2:] == ["correct", "wrong"]


def test_square_brackets_around_a_sum_with_round_ones_are_no_index() -> None:
    assert printed("a[y*(w*x + b) - 1]") == printed("a [y*(w*x + b) - 1]")
    lines = ("L = w**2/2 - a[y*(w*x + b) - 1]", "dL/dw = w - a*y*x", "dL/dw = w - a*y")
    assert verdicts("\n".join(("```", *lines, "```")))[1:] == ["correct", "wrong"]
    with pytest.raises(NotationError):
        parse("a[f(i)]", typed=True)
