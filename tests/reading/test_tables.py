"""Tables whose rows name a derivative in one cell and write its formula in another."""

import pytest

from gradcheck.notation.statements import Unread
from gradcheck.options import Options
from gradcheck.pipeline import run
from gradcheck.reading.document import read
from gradcheck.reading.tables import UNNAMED
from gradcheck.source import Source
from tests.checking.written import verdicts

UNIT = "The output is $\\hat y = w x + b$ and the loss is $L = (\\hat y - y)^2$.\n\n"


def table(*rows: tuple[str, ...]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]]) + "\n"


def unread(text: str) -> list[str]:
    return [item.reason for item in read(Source("notes.md", text)).body if isinstance(item, Unread)]


@pytest.mark.parametrize(
    "headers", [("gradient", "formula"), ("Derivative", ""), ("quantity", "gradient"), ("", "value")]
)
def test_a_row_is_an_equation(headers: tuple[str, str]) -> None:
    rows = [
        (r"$\partial L/\partial b$", r"$2(\hat y - y)$"),
        (r"$\frac{\partial L}{\partial w}$", r"$= 2(\hat y - y) x$"),
        (r"$\partial L/\partial x$", r"$2(\hat y - y) x$"),
    ]
    assert verdicts(UNIT + table(headers, *rows))[2:] == ["correct", "correct", "wrong"]


def test_columns_of_shapes_and_words_stay_apart() -> None:
    rows = [
        ("gradient", "shape", "meaning", "formula"),
        (r"$\partial L/\partial b$", r"$1 \times 1$", r"of $b$", r"$2(\hat y - y)$"),
        (r"$\partial L/\partial w$", "$(1, 1)$", "of the weight $w$", r"$2(\hat y - y) w$"),
    ]
    assert verdicts(UNIT + table(*rows))[2:] == ["correct", "wrong"]


def test_a_parameter_and_its_gradient() -> None:
    rows = [("parameter", "gradient"), ("$w$", r"$2(\hat y - y) x$"), ("$b$", r"$(\hat y - y)$")]
    assert verdicts(UNIT + table(*rows))[2:] == ["correct", "wrong"]


def test_functions_by_formulas_in_the_header() -> None:
    rows = [
        ("name", "$g(z)$", "derivative $g'(z)$"),
        ("logistic", r"$\frac{1}{1 + e^{-z}}$", "$g(z)(1 - g(z))$"),
        ("leaky", r"$\max(0.1 z, z)$", r"$\begin{cases} 1 & z > 0 \\ 0.1 & z < 0 \end{cases}$"),
        ("tangent", r"$\tanh z$", "$1 - g(z)$"),
        ("square", "$z^2$", "$2 z$"),
    ]
    found = [verdict for verdict in verdicts(table(*rows)) if verdict != "undecided"]
    assert found.count("wrong") == 1
    text = table(*rows[:3], rows[4])
    assert not {"wrong", "follows"} & set(verdicts(text))


@pytest.mark.parametrize("header", ["Function", "Activation", "Formula"])
def test_functions_by_words_in_the_header(header: str) -> None:
    rows = [
        (header, "Derivative"),
        ("$x^3$", "$3 x^2$"),
        (r"$\ln(1 + e^{z})$", r"$\frac{1}{1 + e^{-z}}$"),
        ("`sin(t)`", "`cos(t)`"),
        (r"$s(u) = \frac{1}{1 + e^{-u}}$", "$s(u)(1 - s(u))$"),
        (r"$\cos x$", r"$\sin x$"),
    ]
    assert verdicts(table(*rows)) == [*["correct"] * 5, "wrong"]


@pytest.mark.parametrize(
    "rows",
    [
        [("local", "upstream"), (r"$\partial a/\partial z$", r"$\delta$")],
        [("step", "gradient"), ("$k$", r"$\delta a^T$")],
    ],
)
def test_what_no_header_joins_is_told(rows: list[tuple[str, str]]) -> None:
    assert unread(table(*rows)) == [UNNAMED]


@pytest.mark.parametrize(
    "rows",
    [
        [("symbol", "meaning"), (r"$\partial L/\partial w$", "the gradient by $w$"), ("$w$", "a weight")],
        [("symbol", "shape"), (r"$\nabla_W L$", r"$m \times n$"), ("$x$", r"$\mathbb{R}^n$")],
        [("$x$", "$y$"), ("$0$", "$1$"), ("$2$", "$5$")],
        [("step", r"$\partial L/\partial w$"), ("1", "$-0.5$"), ("2", "$0.25$")],
    ],
)
def test_other_tables_claim_nothing(rows: list[tuple[str, str]]) -> None:
    assert (verdicts(table(*rows)), unread(table(*rows))) == ([], [])


def test_what_a_header_says_is_shown(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "notes.md"
    path.write_text(table(("function", "derivative"), ("$x^3$", "$3 x$")))
    ((link,),) = (document.links for document in run([path], Options()).documents)
    assert (link.verdict, link.right) == ("wrong", "3 x")
    assert link.head.startswith(r"\frac{d}{d x}")


def test_a_function_of_a_matrix_beside_constants_is_derived_by_it() -> None:
    rows = (r"| $a^T X b$ | $a b^T$ |", r"| $\lVert X \rVert_F^2$ | $2X$ |", r"| $b^T X a$ | $a b^T$ |")
    table = "\n".join(("| function | derivative |", "|---|---|", *rows))
    assert verdicts(table) == ["correct", "correct", "wrong"]
