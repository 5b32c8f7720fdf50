"""Quantities written with what they depend on, letters of losses that are variables, and top layers."""

import pytest

from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation
from gradcheck.reading.document import read
from gradcheck.restating.functions.own_arguments import without_own_arguments
from gradcheck.source import Source
from tests.checking.written import displayed, verdicts


@pytest.mark.parametrize(
    ("value", "under"),
    [("a_2", "z_2"), ("a^{(3)}", "z^{(3)}"), ("o_k", "s_k"), (r"\hat{y}_1", "u_1")],
)
def test_a_value_with_its_argument_is_the_value(value: str, under: str) -> None:
    text = displayed(
        rf"{value}({under}) = \frac{{1}}{{1 + e^{{-{under}}}}}",
        rf"\frac{{\partial {value}}}{{\partial {under}}} = {value}({under}) (1 - {value}({under}))",
        rf"\frac{{\partial {value}}}{{\partial {under}}} = {value}({under}) (1 + {value}({under}))",
    )
    assert verdicts(text) == ["correct", "correct", "wrong"]


def test_an_argument_that_the_formula_does_not_hold() -> None:
    text = displayed(
        r"S(x) = \frac{e^u}{1 + e^u}",
        r"\log S(x) = u - \log(1 + e^u)",
        r"\frac{d}{du} \log S(x) = 1 - S(x)",
        r"\frac{d}{du} S(x)^2 = 2 S(x)^2 (1 - S(x))",
        r"\frac{d}{du} \log(1 - S(x)) = S(x)",
    )
    assert verdicts(text) == ["correct", "correct", "correct", "correct", "wrong"]


def test_a_product_with_brackets_stays_one() -> None:
    text = displayed(r"y = a (x - t)", r"\frac{dy}{dx} = a", r"\frac{dy}{da} = x - t", r"\frac{dy}{da} = x")
    assert verdicts(text) == ["correct", "correct", "correct", "wrong"]


def test_a_letter_of_losses_that_is_derived_by_is_no_loss() -> None:
    text = displayed(
        r"L(r, t) = - \log r - \log(1 - t)",
        r"r = \frac{1}{1 + e^{-\ell}}",
        r"\frac{dr}{d\ell} = r (1 - r)",
        r"\frac{dr}{d\ell} = r (1 + r)",
    )
    assert verdicts(text) == ["correct", "correct", "correct", "wrong"]


def test_the_capital_of_the_last_layer_counts_layers() -> None:
    text = displayed(
        r"z^L = W^L a^{L-1} + b^L",
        r"a^L = \sigma(z^L)",
        r"C = \frac12 \|a^L - y\|^2",
        r"\frac{\partial C}{\partial b^L} = (a^L - y) \odot \sigma'(z^L)",
        r"\frac{\partial C}{\partial a^{L-1}} = (W^L)^T ((a^L - y) \odot \sigma'(z^L))",
        r"\frac{\partial C}{\partial W^L} = (a^L - y) \odot \sigma(z^L) (a^{L-1})^T",
    )
    assert verdicts(text) == ["correct", "correct", "correct", "correct", "correct", "wrong"]


def test_equations_in_an_array_are_equations() -> None:
    array = r"\begin{array}{l} h(x) = g(w^T x) \\ g(z) = \frac{1}{1 + e^{-z}} \end{array}"
    text = displayed(
        array, r"\frac{\partial h}{\partial w} = h(x) (1 - h(x)) x", r"\frac{\partial h}{\partial w} = h(x) x"
    )
    assert verdicts(text) == ["correct", "correct", "correct", "wrong"]


def test_an_array_in_brackets_is_a_matrix() -> None:
    text = displayed(
        r"A = \left[\begin{array}{cc} a & b \\ c & d \end{array}\right]",
        r"\det A = a d - b c",
        r"f(x) = \left\{\begin{array}{ll} x & x > 0 \\ 0 & x \le 0 \end{array}\right.",
    )
    assert verdicts(text)[:2] == ["correct", "correct"]


def test_a_letter_that_is_a_function_of_another() -> None:
    told = (r"z = u^2 v", r"u = u(t)", r"v = v(t)")
    right = r"\frac{dz}{dt} = 2 u v \frac{du}{dt} + u^2 \frac{dv}{dt}"
    assert set(verdicts(displayed(*told, right))) == {"correct"}
    assert verdicts(displayed(*told, right.replace("2 u v", "u v")))[-1] == "wrong"


@pytest.mark.parametrize(
    ("outer", "verdict"), [(r"\cos(g) \cdot 2 u", "correct"), (r"\cos(g) \cdot u", "wrong")]
)
def test_a_function_told_by_the_value_of_another(outer: str, verdict: str) -> None:
    told = (r"g(u) = u^2 + 1", r"f(g) = \sin(g)")
    chain = rf"\frac{{df}}{{du}} = \frac{{df}}{{dg}} \frac{{dg}}{{du}} = {outer}"
    assert verdicts(displayed(*told, chain)) == ["correct", "correct", "correct", verdict]


def test_a_function_with_another_argument_stays_one() -> None:
    told = (r"g(u) = u^2 + 1", r"f(g) = \sin(g)", r"k(v) = g(3 v)")
    assert verdicts(displayed(*told, r"k'(v) = 18 v")) == ["correct"] * 4
    assert verdicts(displayed(*told, r"k'(v) = 6 v"))[-1] == "wrong"


def test_what_rests_on_an_argument_without_holding_it_is_a_quantity() -> None:
    told = [
        r"q_i = \frac{1}{1 + e^{-v^T a_i}}",
        r"g(v) = -\sum_{i=1}^n [c_i \log q_i + (1 - c_i) \log (1 - q_i)]",
    ]
    right = r"\nabla_v g(v) = \sum_{i=1}^n (q_i - c_i) a_i"
    assert set(verdicts(displayed(*told, right))) == {"correct"}
    assert verdicts(displayed(*told, right.replace("q_i - c_i", "c_i - q_i")))[-1] == "wrong"


def test_a_capital_argument_may_stand_for_its_vectors() -> None:
    told = [
        r"q_{ic} = \frac{e^{v_c^T a_i}}{\sum_{k=1}^C e^{v_k^T a_i}}",
        r"g(V) = \sum_{i=1}^n \left[ \log \sum_{k=1}^C e^{v_k^T a_i} - \sum_{c=1}^C t_{ic} v_c^T a_i \right]",
    ]
    right = r"\nabla_{v_c} g(V) = \sum_{i=1}^n (q_{ic} - t_{ic}) a_i"
    assert set(verdicts(displayed(*told, right))) == {"correct"}
    assert verdicts(displayed(*told, right.replace("- t_{ic}", "+ t_{ic}")))[-1] == "wrong"


@pytest.mark.parametrize("letter", ["F", "W", "f"])
@pytest.mark.parametrize("told", [("y = x^2",), ("y = s^2", "s = x")])
def test_a_partial_derivative_holds_an_argument_that_is_told_by_another(
    letter: str, told: tuple[str, ...]
) -> None:
    text = displayed(
        *told,
        rf"{letter}(x, y) = x y + y^3",
        rf"\frac{{\partial {letter}}}{{\partial x}} = y",
        rf"\frac{{\partial {letter}}}{{\partial y}} = x + 3 y^2",
        rf"\frac{{d {letter}}}{{d x}} = y + (x + 3 y^2) 2 x",
        rf"\frac{{\partial {letter}}}{{\partial x}} = 2 y",
        rf"\frac{{\partial {letter}}}{{\partial y}} = x + 2 y^2",
    )
    assert verdicts(text)[-5:] == ["correct", "correct", "correct", "wrong", "wrong"]


def test_a_function_with_a_mark_is_no_entry_of_the_matrix_of_its_letter() -> None:
    text = displayed(
        r"x \in \mathbb{R}^n, u \in \mathbb{R}^m, R = R^T, S = S^T",
        r"S_t(x, u) = x^T S x + u^T R u + u^T D x",
        r"\nabla_u S_t = 2 R u + D x",
        r"\nabla_x S_t = 2 S x + D^T u",
        r"\nabla_{uu}^2 S_t = 2 R",
        r"\nabla^2_{ux} S_t = D",
        r"\nabla^2_{ux} S_t = 2 D",
        r"\nabla_{xx} S_t = S",
    )
    assert verdicts(text)[-7:] == ["correct"] * 5 + ["wrong"] * 2


def test_a_function_beside_rows_of_its_letter_is_another_letter() -> None:
    text = displayed(
        r"g(\nu) = \frac12 \nu^T P \nu - c^T \nu",
        r"\nabla g(\nu) = P \nu - c",
        r"\phi(x) = -\sum_{i=1}^m \log(h_i - g_i^T x)",
        r"\nabla \phi(x) = \sum_{i=1}^m \frac{1}{h_i - g_i^T x} g_i",
        r"\nabla \phi(x) = \sum_{i=1}^m \frac{1}{(h_i - g_i^T x)^2} g_i",
    )
    assert verdicts(f"Here $P \\in \\mathbf{{S}}^n$.\n\n{text}")[-4:] == ["correct"] * 3 + ["wrong"]


@pytest.mark.parametrize(("comma", "head"), [(r"\mid", "p"), (",", "p (y, x)")])
def test_what_a_density_is_given_is_no_argument_that_it_holds(comma: str, head: str) -> None:
    """y is told by x: behind a comma both are the quantity's own, and its ∂ by x holds y."""
    body = read(Source("notes.md", displayed("y = w x + b", rf"p(y {comma} x) = e^{{-(y - w x)^2}}"))).body
    heads = [latex(item.head) for item in without_own_arguments(body) if isinstance(item, Equation)]
    assert heads[1] == head
