import pytest

from gradcheck.notation.parser import parse
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Assembler, Equation, Fragment, Heading, Prose, Statement, Unread
from gradcheck.reading.document import read as read_document
from gradcheck.source import Source, Span


class Page:
    """Displays one after the other, assembled; an inline piece is a string that starts with `$`."""

    def __init__(self, *pieces: str) -> None:
        self.text = "\n".join(pieces)
        assembler = Assembler()
        start = 0
        for piece in pieces:
            span = Span(start, start + len(piece))
            if piece.startswith("#"):
                assembler.heading(1, piece[1:].strip(), span)
            elif piece.startswith("$"):
                assembler.formula(parse(self.text, start + 1, span.end - 1), display=False)
            else:
                assembler.formula(parse(self.text, start, span.end), display=True)
            start = span.end + 1
        self.statements = assembler.statements()

    def slice(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def shown(self) -> list[str]:
        """Equations as `connective: head | = right | = right`, fragments as their text."""
        return [self._show(statement) for statement in self.statements]

    def _show(self, statement: Statement) -> str:
        if isinstance(statement, Fragment):
            return self.slice(statement.span)
        if not isinstance(statement, Equation):
            return type(statement).__name__
        links = "".join(f" | {link.relation.sign} {self.slice(link.span)}" for link in statement.links)
        joined = f"{statement.connective}: " if statement.connective else ""
        return f"{joined}{self.slice(statement.head.span)}{links}"

    def equations(self) -> list[Equation]:
        return [statement for statement in self.statements if isinstance(statement, Equation)]

    def context(self, index: int = 0) -> list[str]:
        return [self.slice(node.span) for node in self.equations()[index].context]


def test_a_chain_has_one_link_for_each_relation() -> None:
    page = Page("a = b = c")
    (equation,) = page.equations()
    assert [link.number for link in equation.links] == [1, 2]
    assert page.slice(equation.links[1].left.span) == "b"
    assert page.slice(equation.links[1].span) == "c"
    assert page.slice(equation.span) == "a = b = c"


@pytest.mark.parametrize(
    ("pieces", "shown"),
    [
        (["a = b", "= c"], ["a | = b | = c"]),
        (["a = b =", "c = d"], ["a | = b | = c | = d"]),
        (["a =", "= b"], ["a | = b"]),
        (["a = b", "c = d"], ["a | = b", "c | = d"]),
        ([r"a &= b \\ &= c \\ d &= e"], ["a | = b | = c", "d | = e"]),
        ([r"a = \\ b"], ["a | = b"]),
        ([r"a &= b \\ &\quad + c \\ &= d"], ["a | = b \\\\ &\\quad + c | = d"]),
        (["a = b, \\quad c = d"], ["a | = b", "c | = d"]),
        (["a = b \\quad c = d"], ["a | = b", "c | = d"]),
        ([r"a = b \hspace{1in} c = d"], ["a | = b", "c | = d"]),
        ([r"a = b \hspace*{.5cm} c = d"], ["a | = b", "c | = d"]),
        ([r"a = b \hspace{3pt} c"], [r"a | = b \hspace{3pt} c"]),
        ([r"a = b \ \ \ \ c = d"], ["a | = b", "c | = d"]),
        (["a = b ~~~ c = d"], ["a | = b", "c | = d"]),
        (["a ~~~ = ~~~ b ~~~ + ~~~ c"], ["a | = b ~~~ + ~~~ c"]),
        ([r"a = b \;\;\; c"], [r"a | = b \;\;\; c"]),
        (["a = b. c = d"], ["a | = b", "c | = d"]),
        (["a = w.x + b"], ["a | = w.x + b"]),
        (["a = (b - c) . d"], ["a | = (b - c) . d"]),
        (["a = b . c = d"], ["a | = b", "c | = d"]),
        (["a = b", "# Part", "= c"], ["a | = b", "Heading", " | = c"]),
        (["a = b", "x, y", "= c"], ["a | = b", "x", "y | = c"]),
        (["a = b", "$x$", "= c"], ["a | = b | = c", "x"]),
        (["a = b", "$x = 1$", "= c"], ["a | = b | = c", "x | = 1"]),
        ([r"a \neq b"], ["a | ≠ b"]),
        (["a ="], ["a | = "]),
    ],
)
def test_how_far_a_chain_goes(pieces: list[str], shown: list[str]) -> None:
    assert Page(*pieces).shown() == shown


@pytest.mark.parametrize(
    ("pieces", "shown"),
    [
        ([r"a = b \Rightarrow c = d = e"], ["a | = b", "⇒: c | = d | = e"]),
        (["a = b", r"\Rightarrow c = d"], ["a | = b", "⇒: c | = d"]),
        ([r"a = b \Rightarrow", "c = d"], ["a | = b", "⇒: c | = d"]),
        ([r"a = b \Rightarrow \boxed{c = d}"], ["a | = b", "⇒: c | = d"]),
        ([r"a = b \rightarrow c = d"], ["a | = b", "→: c | = d"]),
        ([r"a = b \quad \text{or} \quad a = c"], ["a | = b", "or: a | = c"]),
        ([r"a = b \quad \text{so} \quad a = c"], ["a | = b", "so: a | = c"]),
        ([r"\text{Now, } a = b"], ["now: a | = b"]),
        ([r"a = b, \text{ where } b = c", "= d"], ["a | = b | = d", "where: b | = c"]),
        ([r"\frac{a}{b} \Rightarrow", "c"], [r"\frac{a}{b}", "c"]),
        ([r"a = b \Leftrightarrow c = d"], ["a | = b", "⇔: c | = d"]),
        ([r"\therefore a = b"], ["therefore: a | = b"]),
    ],
)
def test_what_joins_equations(pieces: list[str], shown: list[str]) -> None:
    assert Page(*pieces).shown() == shown


@pytest.mark.parametrize(
    ("piece", "shown", "context"),
    [
        (r"A = \sigma(Z) \rightarrow A_{n \times 1}", r"A | = \sigma(Z)", [r"A_{n \times 1}"]),
        (r"a = b \quad ?", "a | = b", ["?"]),
        (r"a = b \quad X", "a | = b", ["X"]),
        (r"a = b \quad \forall j", "a | = b", [r"\forall j"]),
        (r"a = b \quad \forall j \in S", "a | = b", [r"\forall j \in S"]),
        (r"a = b \quad \text{Mean Square Error}", "a | = b", [r"\text{Mean Square Error}"]),
        (r"a = b \rightarrow \text{Sum over } c", "a | = b", [r"\text{Sum over }", "c"]),
        (r"a = b \quad (\text{kept in } w, b)", "a | = b", [r"(\text{kept in } w, b)"]),
        (r"a = b, \quad i = 1, \dots, m", "a | = b", ["i = 1", r"\dots", "m"]),
        (r"a = b, \quad i \neq j", "a | = b", [r"i \neq j"]),
        (r"a = b \text{ for } i = 1", "a | = b", [r"\text{ for }", "i = 1"]),
        (r"a = b \text{ if } x > 0", "a | = b", [r"\text{ if }", "x > 0"]),
        (r"5: a = b", "a | = b", ["5"]),
    ],
)
def test_what_stands_beside_an_equation(piece: str, shown: str, context: list[str]) -> None:
    page = Page(piece)
    assert page.shown() == [shown]
    assert page.context() == context


@pytest.mark.parametrize("written", [r"a = b \quad - (7)", r"a = b \quad (7)", r"a = b \tag{7}"])
def test_an_equation_s_own_number(written: str) -> None:
    (equation,) = Page(written).equations()
    assert equation.tag == "7"
    assert len(equation.links) == 1


def test_a_factor_is_no_mark() -> None:
    assert Page("a = b (1 - c) X").shown() == ["a | = b (1 - c) X"]


@pytest.mark.parametrize("written", [r"y \rightarrow z", r"\hat y \rightarrow \text{Target}"])
def test_an_arrow_alone_claims_nothing(written: str) -> None:
    (fragment,) = Page(written).statements
    assert isinstance(fragment, Fragment)
    assert len(fragment.context) == 1


def test_cases_of_updates_are_a_list_of_equations() -> None:
    page = Page(r"\begin{cases} w \leftarrow w - a \\ b \leftarrow b - a \end{cases}")
    assert page.shown() == ["w | ← w - a", "b | ← b - a"]


def test_a_list_in_a_brace_is_a_list_of_equations() -> None:
    page = Page(r"\left\{ \begin{aligned} a &= b \\ c &= d \end{aligned} \right.")
    assert page.shown() == ["a | = b", "c | = d"]


def test_conditions_of_cases_are_counted() -> None:
    cases = r"\begin{cases} 1 & x > 0 \\ 0 & x = 0 \\ 0, & \text{if } x < 0 \\ 2 & \text{else} \end{cases}"
    page = Page(f"f(x) = {cases}")
    assert page.shown() == [
        f"f(x) | = {cases}",
        "condition: x | > 0",
        "condition: x | = 0",
        "condition: x | < 0",
    ]


def test_a_side_note_is_taken_out_of_the_product() -> None:
    page = Page(r"a = \sum b c \times \frac{\text{when } g = f}{g' = f (1 - f)}")
    assert page.shown() == [r"a | = \sum b c \times", "when: g | = f", "when: g' | = f (1 - f)"]


def test_relations_that_claim_nothing_are_no_links() -> None:
    page = Page(r"a = \sum_{i=1}^m \text{np.sum}(b, \text{axis}=1, \text{keepdims=True})")
    assert len(page.equations()[0].links) == 1


def test_equations_are_numbered_in_the_order_of_the_page() -> None:
    page = Page("a = b", r"c = \begin{cases} 1 & x > 0 \end{cases}", "= d", "e = f")
    assert [equation.number for equation in page.equations()] == [1, 2, 3, 4]
    assert page.shown()[1].endswith("| = d")


def test_headings_prose_and_unread_keep_their_places() -> None:
    assembler = Assembler()
    assembler.prose("words", Span(5, 10))
    assembler.heading(2, "title", Span(0, 4))
    assembler.unread(Span(11, 12), "{", "why")
    assert assembler.statements() == (
        Heading(2, "title", Span(0, 4)),
        Prose("words", Span(5, 10)),
        Unread(Span(11, 12), "{", "why"),
    )


def test_a_space_inside_a_chain_says_where_its_head_lies():
    page = Page(r"D \in \mathbb{R}^{m \times k} = S - T = Q")
    assert page.shown() == ["D | = S - T | = Q", r"D | ∈ \mathbb{R}^{m \times k}"]


def test_a_set_with_a_name_may_be_told_in_the_chain():
    assert Page(r"k \in J = \{1, 2\}").shown() == [r"k | ∈ J | = \{1, 2\}"]


def test_an_inline_relation_goes_on_with_the_formula_right_before_it() -> None:
    text = (
        "Given $k = i$ we have\n\n<p>\n$\\frac{a}{b}$\n</p>\n\n<p>\n$= c$\n</p>\n\nand $d$ is small, $= e$."
    )
    equations = [item for item in read_document(Source("notes.md", text)).body if isinstance(item, Equation)]
    assert [[latex(side) for side in equation.sides] for equation in equations][:2] == [
        ["k", "i"],
        [r"\frac{a}{b}", "c", "e"],
    ]
