from pathlib import Path

import pytest

from gradcheck.notation.statements import Equation, Fragment, Heading, Prose, Unread
from gradcheck.notation.tree import Product
from gradcheck.reading.document import Document, read
from gradcheck.source import Source


def markdown(text: str) -> Document:
    return read(Source("notes.md", text))


def shown(document: Document) -> list[str]:
    """One line a statement: its kind and the characters it covers."""
    return [f"{type(part).__name__}: {document.source.slice(part.span)}" for part in document.body]


def test_a_page() -> None:
    document = markdown(
        "# Loss\n\nThe loss is $L = a^2$ for one sample.\n\n* first $x$\n* second\n\n"
        "$$\ny = W x\n$$\nwith words\n$$= z$$\n\n## Output\n\nThe end.\n"
    )
    assert shown(document) == [
        "Heading: # Loss",
        "Prose: The loss is $L = a^2$ for one sample.",
        "Equation: L = a^2",
        "Prose: first $x$",
        "Fragment: x",
        "Prose: second",
        "Equation: y = W x\n$$\nwith words\n$$= z",
        "Prose: with words",
        "Heading: ## Output",
        "Prose: The end.",
    ]
    assert [part.level for part in document.body if isinstance(part, Heading)] == [1, 2]


@pytest.mark.parametrize(
    "written",
    [
        "$$a = b$$",
        "$$\n\na = b\n\n$$",
        "$a = b$",
        r"\(a = b\)",
        r"\[a = b\]",
        r"\\(a = b\\)",
        r"\\[a = b\\]",
        "\\begin{align}\na &= b\n\\end{align}",
        "\\begin{equation*} a = b \\end{equation*}",
        "```math\na = b\n```",
        "```math a = b ```",
        "so $`a = b`$ holds",
        "> $$\n> a = b\n> $$",
        "- item $a = b$",
        "1. $$a = b$$",
        "| cell | $a = b$ |",
    ],
)
def test_delimiters(written: str) -> None:
    document = markdown(f"before\n\n{written}\n\nafter $c = d$")
    equations = [part for part in document.body if isinstance(part, Equation)]
    assert len(equations) == 2
    assert document.source.slice(equations[0].head.span) == "a"
    assert document.source.slice(equations[0].links[0].span) == "b"


@pytest.mark.parametrize(
    "written",
    [
        "`$a = b$`",
        "``code ` $a = b$``",
        "```\n$a = b$\n```",
        "```python\n$$a = b$$\n```",
        "~~~\n$a = b$\n~~~",
        "<!-- $a = b$ -->",
        r"costs \$a = b\$",
        "it costs $5 and then $6 more",
        "from $5 to $10",
        r"see \[1\]",
    ],
)
def test_what_is_no_mathematics(written: str) -> None:
    document = markdown(f"before\n\n{written}\n\nafter $c = d$")
    equations = [part for part in document.body if isinstance(part, Equation)]
    assert [document.source.slice(equation.span) for equation in equations] == ["c = d"]
    assert not [part for part in document.body if isinstance(part, Unread)]


@pytest.mark.parametrize(
    ("broken", "reason", "place"),
    [
        ("$$a = {b$$", "`{` is never closed", "{"),
        ("$$a = b", "`$$` is never closed", "$$a = b"),
        ("so $a = \\sigma b", "`$` is never closed", "$a = \\sigma b"),
        (r"\[a = \sigma", r"`\[` is never closed", r"\[a = \sigma"),
        (r"\begin{align} a = b", "the environment `align` is never closed", r"\begin{align} a = b"),
        ("$a = b) c$", "`)` closes nothing", ")"),
    ],
)
def test_what_cannot_be_read_costs_no_more_than_itself(broken: str, reason: str, place: str) -> None:
    document = markdown(f"$x = y$\n\n{broken}\n\n$$c = d$$")
    unread = [part for part in document.body if isinstance(part, Unread)]
    assert [(part.reason, document.source.slice(part.span)) for part in unread] == [(reason, place)]
    equations = [part for part in document.body if isinstance(part, Equation)]
    assert [document.source.slice(equation.span) for equation in equations] == ["x = y", "c = d"]


def test_one_broken_row_costs_one_row() -> None:
    document = markdown("$$\\begin{aligned} a &= b \\\\ c &= d) (e \\\\ e &= f \\end{aligned}$$")
    assert shown(document) == ["Equation: a &= b", "Equation: c &=", "Unread: )", "Equation: e &= f"]


def test_displays_on_neighbouring_lines() -> None:
    document = markdown("$$a = b$$\n$$= c$$\n$$d = e$$")
    assert [len(part.links) for part in document.body if isinstance(part, Equation)] == [2, 1]


def test_an_arrow_between_formulas_joins_them() -> None:
    document = markdown("$a = b$ } \\Rightarrow\n\n$$c = d$$")
    equations = [part for part in document.body if isinstance(part, Equation)]
    assert [equation.connective for equation in equations] == ["", "⇒"]


def test_words_around_a_formula_are_prose_and_its_signs_are_not() -> None:
    assert not [part for part in markdown("$n \\times 2$, $m$.").body if isinstance(part, Prose)]


def test_setext_headings() -> None:
    document = markdown("Title\n=====\n\nSection\n-------\n\ntext\n\n---\n\nmore")
    assert [(part.level, part.text) for part in document.body if isinstance(part, Heading)] == [
        (1, "Title"),
        (2, "Section"),
    ]


def test_an_equation_in_a_heading_is_read() -> None:
    assert shown(markdown("# The case $m = 1$\n")) == ["Heading: # The case $m = 1$", "Equation: m = 1"]


def test_macros_of_the_document_are_known_everywhere() -> None:
    document = markdown("$$\\newcommand{\\pd}[2]{\\frac{\\partial #1}{\\partial #2}}$$\n\n$$\\pd{L}{W} = 1$$")
    assert shown(document) == ["Equation: \\pd{L}{W} = 1"]


def test_front_matter() -> None:
    document = markdown("---\ntitle: Two layers\nshapes:\n  W: [2, 3]\n---\n\n$$a = b$$\n")
    assert document.front_matter == {"title": "Two layers", "shapes": {"W": [2, 3]}}
    assert shown(document) == ["Equation: a = b"]


def test_a_rule_is_no_front_matter() -> None:
    document = markdown("text\n\n---\n\nmore\n\n---\n")
    assert document.front_matter == {}


def test_two_lines_are_two_lines_with_carriage_returns_too(tmp_path: Path) -> None:
    file = tmp_path / "notes.md"
    file.write_bytes(b"# Title\r\n\r\n$$\r\na = b\r\n$$\r\n\r\n$c = d$\r\n")
    document = read(file)
    equations = [part for part in document.body if isinstance(part, Equation)]
    assert [document.source.slice(equation.span) for equation in equations] == ["a = b", "c = d"]
    assert document.source.position(equations[1].span.start) == (7, 2)


def test_fragments() -> None:
    (fragment,) = [
        part
        for part in markdown("By calculating $\\frac{\\partial L}{\\partial w}$ here").body
        if isinstance(part, Fragment)
    ]
    assert fragment.context == ()


@pytest.mark.parametrize(
    "struck", ["~~so $a = b$~~", "~~$a = b$~~ no", "<del>$a = b$</del>", "~~$$a = b$$~~"]
)
def test_what_is_struck_out_is_not_checked(struck: str) -> None:
    document = markdown(f"{struck} and $c~~d = e~~f$")
    equations = [part for part in document.body if isinstance(part, Equation)]
    assert [document.source.slice(equation.span) for equation in equations] == ["c~~d = e~~f"]
    (unread,) = (part for part in document.body if isinstance(part, Unread))
    assert "struck out" in unread.reason


def test_arrows_and_big_circles_of_a_keyboard() -> None:
    document = markdown("$W <- W - 2 g$ and $a = b \\bigodot c$ and $x < -1$")
    equations = [part for part in document.body if isinstance(part, Equation)]
    assert [equation.links[0].relation.sign for equation in equations] == ["←", "=", "<"]
    product = equations[1].links[0].right
    assert isinstance(product, Product)
    assert [operator.kind for operator in product.operators] == ["odot"]


@pytest.mark.parametrize("begins", ["**Example.** ", "**Exercise 2:** ", "Problem 3. ", "__Question 4__ "])
def test_a_paragraph_may_pose_a_problem_of_its_own(begins: str) -> None:
    document = read(Source("notes.md", f"Words.\n\n{begins}Let $f = x$.\n"))
    assert [item.level for item in document.body if isinstance(item, Heading)] == [7]


@pytest.mark.parametrize(
    "line", ["Examples of this are rare: $f = x$.", "**Note.** Let $f = x$.", "**Example.**"]
)
def test_other_paragraphs_pose_none(line: str) -> None:
    document = read(Source("notes.md", f"Words.\n\n{line}\n"))
    assert not any(isinstance(item, Heading) for item in document.body)
