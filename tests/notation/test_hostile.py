import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradcheck.notation.errors import NotationError
from gradcheck.notation.macros import MAX_TOKENS, collect
from gradcheck.notation.parser import MAX_LENGTH, parse
from gradcheck.notation.printer import latex
from gradcheck.notation.sheet import Element, fold
from gradcheck.notation.walk import walk
from gradcheck.source import Span
from tests.notation.trees import FORMULAS, tree


def read_or_refuse(text: str) -> None:
    """Reading ends with a tree that can be walked and printed, or with a NotationError in the text."""
    refusal: NotationError | None = None
    elements: tuple[Element, ...] = ()
    try:
        elements = parse(text)
    except NotationError as error:
        refusal = error
    if refusal:
        assert 0 <= refusal.span.start <= refusal.span.end <= len(text)
        assert refusal.message
        assert refusal.message[0] == refusal.message[0].lower()
    else:
        node = fold(elements, Span(0, len(text)))
        assert latex(node)
        assert all(inner.span in Span(0, len(text)) for inner in walk(node))


@given(st.text())
def test_any_text(text: str) -> None:
    read_or_refuse(text)


@given(st.text(alphabet=r"\{}[]()^_&|'$%#,.:;=<>+-*/ ~azT12∂σ²ᵀŷ" + "\n\u0302"))
def test_any_text_of_mathematical_characters(text: str) -> None:
    read_or_refuse(text)


def words(text: str) -> list[str]:
    return text.split()


COMMANDS = words(
    r"""
    \frac \sum \left \right \middle \big \begin{cases} \end{cases} \begin{aligned} \end{aligned} \\ &
    \begin{bmatrix} \end{bmatrix} \log \text{if} \text \mathbf \hat \boxed \underbrace \cancel \over \quad
    \tag{1} \color{red} \overset \sqrt \bf \prime \mid \| \{ \} { } ( ) [ ] | || ^ _ ' x d 12 = , - \times
    \unknown
    """
)


@given(st.lists(st.sampled_from(COMMANDS), max_size=25).map(" ".join))
def test_any_row_of_commands(text: str) -> None:
    read_or_refuse(text)


@given(st.sampled_from(FORMULAS), st.data())
def test_any_formula_with_a_piece_cut_out(formula: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(formula)))
    end = data.draw(st.integers(start, len(formula)))
    read_or_refuse(formula[:start] + formula[end:])


@pytest.mark.parametrize(
    "deep",
    [
        "{" * 10_000,
        "(" * 9_000 + ")" * 9_000,
        "{" * 9_000 + "}" * 9_000,
        "x^{" * 5_000 + "}" * 5_000,
        "x^x_" * 4_000 + "x",
        "x'_x^x" * 3_000,
        r"\frac" * 3_000,
        r"\hat" * 3_000 + "x",
        r"\log" * 3_000 + " x",
        r"\sum" * 3_000 + " x",
        r"\left(" * 2_000,
        r"\begin{cases}" * 1_000,
        r"\begin{aligned}" * 1_000,
        r"a \over " * 2_000,
        r"\bf " * 3_000,
        "|a" * 9_000,
        "||" * 9_000,
        "a|_b" * 4_000,
        "d/" * 9_000,
        r"d\mathbf" * 2_000,
        r"\text{" * 3_000,
        "-" * 19_000,
        r"\cdot " * 3_000,
        "&" * 19_000,
        "9^{9^{9^9}}",
        "x\u0302\u0302" * 4_000,
    ],
)
def test_deep_or_long_notation_is_read_or_refused(deep: str) -> None:
    read_or_refuse(deep)


def test_a_formula_too_long_is_refused_with_its_length() -> None:
    with pytest.raises(NotationError, match=str(MAX_LENGTH + 1)):
        parse("x" * (MAX_LENGTH + 1))


@pytest.mark.parametrize(
    ("broken", "message", "place"),
    [
        (r"a + {b", "`{` is never closed", "{"),
        (r"a + b}", "`}` closes nothing", "}"),
        (r"(a + b", "`(` is never closed", "("),
        (r"a)", "`)` closes nothing", ")"),
        (r"\left( a", r"`\left(` is never closed", r"\left"),
        (r"\begin{bmatrix} a", "the environment `bmatrix` is never closed", r"\begin{bmatrix}"),
        (r"\begin{bmatrix} a \end{pmatrix}", "expected the end of `bmatrix`", r"\end{pmatrix}"),
        (r"\begin{verse} a \end{verse}", "unknown environment `verse`", r"\begin{verse}"),
        (r"\frac{a}", "expected an operand, found the end of the formula", ""),
        (r"x^", "expected an operand", ""),
        (r"(a = b}", "expected what closes `(`, found `}`", "}"),
    ],
)
def test_what_is_wrong_is_said_and_shown(broken: str, message: str, place: str) -> None:
    with pytest.raises(NotationError) as caught:
        parse(broken)
    assert message in caught.value.message
    assert broken[caught.value.span.start : caught.value.span.end] == place


def test_macros_expand() -> None:
    macros = collect(
        r"\newcommand{\pd}[2]{\frac{\partial #1}{\partial #2}} \def\W#1{W^{[#1]}}"
        r"\DeclareMathOperator{\tr}{tr} \newcommand\R{\mathbb{R}}"
    )
    assert latex(tree(r"\pd{L}{\W2} = \tr(A) \in \R", macros)) == (
        r"\frac{\partial L}{\partial W^{[2]}} = \text{tr} (A) \in \mathbb{R}"
    )


def test_a_macro_s_arguments_keep_their_places() -> None:
    text = r"\newcommand{\pd}[2]{\frac{\partial #1}{\partial #2}} \pd{L}{W}"
    start = text.rindex(r"\pd")
    elements = parse(text, start, macros=collect(text))
    node = fold(elements, Span(start, len(text)))
    assert node.span == Span(start, len(text))
    shown = [text[inner.span.start : inner.span.end] for inner in walk(node)]
    assert "L" in shown
    assert "W" in shown


@pytest.mark.parametrize(
    "definition",
    [
        r"\newcommand{\x}{\x}",
        r"\newcommand{\x}{a \y} \newcommand{\y}{b \x}",
        r"\def\x#1{\x{#1 #1}}",
        r"\newcommand{\x}{\x \x}",
    ],
)
def test_a_macro_without_end_is_refused(definition: str) -> None:
    with pytest.raises(NotationError, match="expands without end"):
        parse(r"\x{a}", macros=collect(definition))


def test_a_macro_that_lacks_an_argument_is_refused() -> None:
    with pytest.raises(NotationError, match="lacks an argument"):
        parse(r"\x{a}", macros=collect(r"\newcommand{\x}[2]{#1 #2}"))


def doubling(levels: int) -> str:
    names = [f"x{chr(97 + level)}" for level in range(levels)]
    steps = [rf"\newcommand{{\{names[i]}}}{{\{names[i - 1]}\{names[i - 1]}}}" for i in range(1, levels)]
    return rf"\newcommand{{\{names[0]}}}{{y}}" + "".join(steps)


def test_macros_that_double_are_refused() -> None:
    macros = collect(doubling(25))
    with pytest.raises(NotationError, match="expands without end"):
        parse(r"\xy", macros=macros)
    assert MAX_TOKENS < 2**24
