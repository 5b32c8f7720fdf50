import pytest
from hypothesis import given

from gradcheck.notation.parser import parse, parse_one
from gradcheck.notation.sheet import Separator, Tag
from gradcheck.notation.tree import (
    Accent,
    BigOperator,
    Blank,
    Call,
    Cases,
    Fraction,
    Group,
    Matrix,
    Node,
    Number,
    Product,
    Relational,
    Scripted,
    Sum,
    Symbol,
    Term,
    Text,
    Wrapped,
)
from gradcheck.notation.walk import children, walk
from gradcheck.source import Span
from tests.notation.trees import FORMULAS, NOTATION, bare, tree


def names(node: Node) -> list[str]:
    return [inner.name for inner in walk(node) if isinstance(inner, Symbol)]


def test_a_product_stays_flat_with_the_operators_that_were_written() -> None:
    node = tree(r"A B \odot C * D / m")
    assert isinstance(node, Product)
    assert names(node) == ["A", "B", "C", "D", "m"]
    assert [operator.kind for operator in node.operators] == ["", "odot", "*", "/"]


def test_the_last_operator_may_dangle() -> None:
    node = tree(r"w_2 (1 - a_1) \times")
    assert isinstance(node, Product)
    assert len(node.factors) == len(node.operators) == 2
    assert node.operators[-1].kind == "times"


def test_a_leading_operator_has_a_blank_before_it() -> None:
    node = tree(r"\cdot x")
    assert isinstance(node, Product)
    assert isinstance(node.factors[0], Blank)


def test_signs_make_a_sum() -> None:
    node = tree("-a + b - c")
    assert isinstance(node, Sum)
    assert [term.sign for term in node.terms] == ["-", "+", "-"]


def test_a_struck_sign_is_kept_as_struck() -> None:
    node = tree(r"\cancel{-} (y - a)")
    assert isinstance(node, Sum)
    assert node.terms == (Term(node.span, "-", node.terms[0].body, struck=True),)


def test_a_cancelled_factor_is_wrapped() -> None:
    node = tree(r"\cancel{\frac{a}{b} \cdot \cancel{c}}")
    assert isinstance(node, Wrapped)
    assert node.kind == "cancel"
    assert [inner.kind for inner in walk(node) if isinstance(inner, Wrapped)] == ["cancel", "cancel"]


@pytest.mark.parametrize(
    ("written", "name", "style"),
    [
        ("W", "W", ""),
        (r"\sigma", "sigma", ""),
        ("σ", "sigma", ""),
        ("dW", "dW", ""),
        (r"d\gamma", "dgamma", ""),
        (r"d\mathbf{W}", "dW", "mathbf"),
        (r"\text{ReLU}", "ReLU", "word"),
        (r"\operatorname{softmax}", "softmax", "word"),
        (r"\mathrm{softmax}", "softmax", "word"),
        ("softmax", "softmax", "word"),
        ("lr", "lr", "word"),
        ("Loss_MSE", "Loss_MSE", "word"),
        (r"\text{np.sum}", "np.sum", "word"),
        (r"\mathcal{L}", "L", "mathcal"),
        (r"\mathbf x", "x", "mathbf"),
        (r"\bm{\theta}", "theta", "boldsymbol"),
        (r"\mathbf{1}", "1", "mathbf"),
        ("ℝ", "R", "mathbb"),
        (r"\lossFunction", "lossFunction", "command"),
    ],
)
def test_names(written: str, name: str, style: str) -> None:
    node = tree(written)
    assert isinstance(node, Symbol)
    assert (node.name, node.style) == (name, style)


def test_two_letters_are_two_names() -> None:
    assert names(tree("Wx")) == ["W", "x"]
    assert names(tree("W_{jk}")) == ["W", "j", "k"]
    assert names(tree("W_{ijk}")) == ["W", "i", "j", "k"]
    assert names(tree(r"x_{dk}")) == ["x", "d", "k"]


def test_a_quotient_of_differentials_takes_d_off_the_names() -> None:
    for written in (r"\frac{dL}{dW^{[1]}}", r"dL/dW^{[1]}"):
        node = tree(written)
        assert isinstance(node, Fraction)
        assert names(node) == ["d", "L", "d", "W"]
    assert names(tree(r"\frac{d\sigma(z)}{dz}")) == ["d", "sigma", "z", "d", "z"]
    assert names(tree(r"\frac{dZ}{m}")) == ["dZ", "m"]


def test_a_slash_between_partials_is_a_fraction() -> None:
    node = tree("W − α ∂L/∂W^{[1]} x")
    fraction = next(inner for inner in walk(node) if isinstance(inner, Fraction))
    assert names(fraction) == ["partial", "L", "partial", "W"]
    assert names(node)[-1] == "x"


def test_scripts_are_trees_with_their_own_places() -> None:
    text = r"x + W_{jk}^{[2]T}"
    scripted = next(inner for inner in walk(tree(text)) if isinstance(inner, Scripted))
    assert scripted.sub is not None
    assert scripted.sup is not None
    assert text[scripted.sub.span.start : scripted.sub.span.end] == "jk"
    assert text[scripted.sup.span.start : scripted.sup.span.end] == "[2]T"
    assert text[scripted.span.start : scripted.span.end] == "W_{jk}^{[2]T}"


@pytest.mark.parametrize("written", [r"f'", r"f^{\prime}", r"f^\prime", "f′"])
def test_primes(written: str) -> None:
    assert bare(tree(written)) == ("Scripted", ("Symbol", "f", ""), None, None, 1)


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("x²", "x^{2}"),
        ("xᵀ", r"x^{\top}"),
        ("a₁₂", "a_{12}"),
        ("ŷ", r"\hat y"),
        ("x̄", r"\bar x"),
        ("∂L/∂W", r"\frac{\partial L}{\partial W}"),
        ("A ⊙ B · C × D − E", r"A \odot B \cdot C \times D - E"),
        ("∑_i x_i", r"\sum_i x_i"),
        (r"\frac12", r"\frac{1}{2}"),
        (r"\frac1m", r"\frac{1}{m}"),
        (r"x^T y", r"x^{T} y"),
        (r"W^-1", r"W^{-1}"),
        (r"\left( a \right)", "(a)"),
        (r"\big( a \big)", "(a)"),
        (r"||x||", r"\|x\|"),
        (r"\dfrac{a}{b}", r"\frac{a}{b}"),
        (r"a\,b\;c", "a b c"),
        (r"\text{log}(x)", r"\log(x)"),
        ("W1 x", "W_1 x"),
        (r"\mathrm{ReLU}(x)", r"\text{ReLU}(x)"),
        (
            r"\left\{ \begin{array}{ll} a & x > 0 \\ b \end{array} \right.",
            r"\begin{cases} a & x > 0 \\ b \end{cases}",
        ),
    ],
)
def test_ways_to_write_the_same(written: str, same: str) -> None:
    assert bare(tree(written)) == bare(tree(same))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("W x", "W_x"),
        ("a - b", "a b"),
        ("x^{[2]}", "x^2"),
        (r"\frac{a}{b}", "a/b"),
        ("W 1", "W1"),
        ("f(x)", "f x"),
    ],
)
def test_different_things_stay_different(one: str, other: str) -> None:
    assert bare(tree(one)) != bare(tree(other))


def test_a_function_takes_one_factor() -> None:
    node = tree(r"-y \log \hat y (1 - y)")
    call = next(inner for inner in walk(node) if isinstance(inner, Call))
    assert isinstance(call.argument, Accent)


def test_a_function_of_an_application() -> None:
    call = tree(r"\log \sigma(z)")
    assert isinstance(call, Call)
    assert names(call) == ["log", "sigma", "z"]


def test_a_function_may_be_scripted_or_bare() -> None:
    call = tree(r"\log^T(T)")
    assert isinstance(call, Call)
    assert isinstance(call.function, Scripted)
    assert names(tree(r"\sin(1 - \sin)")) == ["sin", "sin"]


def test_a_sum_reaches_over_products_but_not_over_signs() -> None:
    node = tree(r"\frac{1}{m} \sum_{i=1}^m t_i x_i - y_i")
    assert isinstance(node, Sum)
    body = next(inner for inner in walk(node) if isinstance(inner, BigOperator))
    assert isinstance(body.lower, Relational)
    assert body.upper is not None
    assert names(body.body) == ["t", "i", "x", "i"]


def test_items_of_a_bracket() -> None:
    node = tree(r"\text{np.sum}(A - Y, \text{axis}=1, \text{keepdims=True})")
    assert isinstance(node, Product)
    group = node.factors[1]
    assert isinstance(group, Group)
    assert group.separators == (",", ",")
    assert [type(item) for item in group.items] == [Sum, Relational, Relational]
    assert isinstance(group.items[1], Relational)
    assert bare(group.items[1].operands[1]) == ("Number", "1")


def test_a_row_written_with_spaces() -> None:
    node = tree(r"\left[ a \quad b \quad \dots \right]")
    assert isinstance(node, Group)
    assert node.separators == ("quad", "quad")


def test_bars() -> None:
    assert isinstance(tree("|x|"), Group)
    conditional = tree("p(x|z)")
    assert isinstance(conditional, Product)
    assert isinstance(conditional.factors[1], Group)
    assert conditional.factors[1].separators == ("mid",)
    evaluated = tree(r"\frac{\partial L}{\partial w}|_{w=0}")
    assert isinstance(evaluated, Scripted)
    assert isinstance(evaluated.base, Group)
    assert evaluated.base.open == "."
    assert bare(tree(r"x\bigr\rvert_{w=0}")) == bare(tree("x|_{w=0}"))
    assert isinstance(tree(r"\lvert x \rvert_{\infty}"), Scripted)


def test_a_matrix_with_dots_and_empty_cells() -> None:
    node = tree(r"\begin{bmatrix} -w_1^T & \\ \vdots & x \\ \end{bmatrix}_{n \times 2}")
    assert isinstance(node, Scripted)
    assert isinstance(node.base, Matrix)
    assert [len(row) for row in node.base.rows] == [2, 2]
    assert node.base.rows[0][1] is None


@pytest.mark.parametrize(
    "written",
    [
        r"\begin{cases} x, & x > 0 \\ 0, & \text{otherwise} \end{cases}",
        r"\begin{cases} x & \text{if } x > 0 \\ 0 & \text{else} \end{cases}",
        r"\begin{cases} x, \text{if } x > 0 \\ 0 \quad \text{otherwise} \end{cases}",
    ],
)
def test_cases(written: str) -> None:
    node = tree(written)
    assert isinstance(node, Cases)
    assert isinstance(node.rows[0].value, Symbol)
    assert any(isinstance(inner, Relational) for inner in walk(node.rows[0]))
    assert isinstance(node.rows[1].value, Number)
    assert isinstance(node.rows[1].condition, Text)


def test_the_stream_of_a_display() -> None:
    elements = parse(r"a &= b \\ &\quad + c, \text{ where } d \tag{3}")
    kinds = [type(element).__name__ for element in elements]
    assert kinds == ["Symbol", "Relation", "Sum", "Separator", "Text", "Symbol", "Tag"]
    assert elements[3] == Separator(elements[3].span, ",")
    assert elements[-1] == Tag(elements[-1].span, "3")


@pytest.mark.parametrize("formula", FORMULAS)
def test_every_node_lies_within_its_parent(formula: str) -> None:
    prefix = "some text before "
    for element in parse(prefix + formula, len(prefix)):
        if isinstance(element, Node):
            assert_nested(element)
            assert element.span.start >= len(prefix)


@given(NOTATION)
def test_every_node_of_any_notation_lies_within_its_parent(formula: str) -> None:
    assert_nested(tree(formula))


def assert_nested(root: Node) -> None:
    for node in walk(root):
        assert node.span.start <= node.span.end
        for child in children(node):
            assert child is None or child.span in node.span


@pytest.mark.parametrize("letter", ["W", "x"])
def test_a_letter_s_place_shows_the_letter(letter: str) -> None:
    text = r"\frac{\partial L}{\partial W} = dW + \hat{x}^{(i)}_{x} \begin{bmatrix} W & x \end{bmatrix} Wx"
    found = [inner for inner in walk(tree(text)) if isinstance(inner, Symbol) and inner.name == letter]
    assert len(found) == text.replace("dW", "").replace("matrix", "").count(letter)
    assert all(text[node.span.start : node.span.end] == letter for node in found)


def test_a_plus_below_a_bracket_takes_nothing_with_it():
    (product,) = parse(r"[s]_+ x")
    assert [type(factor).__name__ for factor in product.factors] == ["Scripted", "Symbol"]


@pytest.mark.parametrize("spaced", [r"\frac{a}{n !}", r"\log(n !)", r"\left(n !\right)"])
def test_a_factorial_before_a_closing_bracket_may_stand_apart(spaced: str) -> None:
    assert bare(tree(spaced)) == bare(tree(spaced.replace(" !", "!")))


def test_a_styled_command_reaches_to_its_brace() -> None:
    for text in (r"\pmb{\beta}", r"\mathbf{\beta}", r"\mathbf{b}"):
        node = parse_one(text)
        assert node is not None
        assert node.span == Span(0, len(text))
