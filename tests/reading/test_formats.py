import json

import pytest

from gradcheck.notation.statements import Equation, Heading, Prose
from gradcheck.reading.document import Document, read
from gradcheck.reading.errors import ReadingError
from gradcheck.source import Source


def equations(document: Document) -> list[str]:
    return [document.source.slice(part.span) for part in document.body if isinstance(part, Equation)]


PAPER = r"""\documentclass{article}
\newcommand{\loss}{\mathcal{L}} % a comment with $x = 1$
\title{Two layers}
\begin{document}
\maketitle
\section{Forward pass}
\label{sec:forward}
The pre-activation is $z = W x$. % not $y = 2$
\begin{itemize}
  \item first $a = \sigma(z)$
  \item second
\end{itemize}
\begin{verbatim}
$p = q$
\end{verbatim}
\subsection{Loss}
\begin{align}
  \loss &= 100\% a \\% the rest
        &= b \label{eq:loss}
\end{align}
\end{document}
"""


def test_latex() -> None:
    document = read(Source("paper.tex", PAPER))
    assert document.format == "latex"
    assert document.front_matter == {"title": "Two layers"}
    assert [(part.level, part.text) for part in document.body if isinstance(part, Heading)] == [
        (2, "Forward pass"),
        (3, "Loss"),
    ]
    assert [part.text for part in document.body if isinstance(part, Prose)] == [
        "The pre-activation is $z = W x$.",
        r"first $a = \sigma(z)$",
        "second",
    ]
    assert equations(document)[:2] == ["z = W x", r"a = \sigma(z)"]
    loss = [part for part in document.body if isinstance(part, Equation)][-1]
    assert len(loss.links) == 2
    assert document.source.position(loss.span.start) == (18, 3)


def notebook(*cells: tuple[str, list[str] | str]) -> str:
    return json.dumps(
        {
            "cells": [{"cell_type": kind, "metadata": {}, "source": source} for kind, source in cells],
            "nbformat": 4,
        },
        indent=1,
    )


def test_a_notebook_is_read_cell_by_cell_with_the_lines_of_the_file() -> None:
    text = notebook(
        ("markdown", ["# Title\n", "\n", "The loss ŷ is $L = \\frac{a}{b}$\n", "here."]),
        ("code", ["# $x = 1$\n", "y = 2"]),
        ("markdown", ["$$z = \\sigma(a)$$\n", "$$= b$$"]),
    )
    document = read(Source("notes.ipynb", text))
    assert equations(document) == ["L = \\frac{a}{b}", "z = \\sigma(a)$$\n$$= b"]
    raw = text.split("\n")
    for part in document.body:
        if isinstance(part, Equation):
            line, _ = document.source.position(part.head.span.start)
            assert document.source.slice(part.head.span) in raw[line - 1]
    heading = next(part for part in document.body if isinstance(part, Heading))
    assert "# Title" in raw[document.source.position(heading.span.start)[0] - 1]


def test_cells_of_one_string_are_read_too() -> None:
    document = read(
        Source("notes.ipynb", notebook(("markdown", "$a = b$\n\n$c = d$"), ("markdown", "$e = f$")))
    )
    assert equations(document) == ["a = b", "c = d", "e = f"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"cells": 3}', "[" * 100_000])
def test_what_is_no_notebook(text: str) -> None:
    with pytest.raises(ReadingError, match="no notebook"):
        read(Source("notes.ipynb", text))


@pytest.mark.parametrize(
    "line",
    [
        "dZ2 = A2 − Y",
        "∂L/∂ŷ = (ŷ − y) / (ŷ (1 − ŷ))",
        "J(θ) = 1/(2m) Σᵢ (ŷ − y)²",
        "a1 = sigmoid(z1) = 1 / (1 + exp(-z1))",
        "W ← W − α dW",
        "db = (1/m) np.sum(dZ, axis=1)",
        "ReLU'(z) := 1 if z > 0",
    ],
)
def test_a_line_of_plain_text_that_is_a_formula(line: str) -> None:
    document = read(Source("notes.txt", f"Some words.\n{line}\nMore words."))
    assert len(equations(document)) == 1
    assert [part.text for part in document.body if isinstance(part, Prose)] == ["Some words.", "More words."]


@pytest.mark.parametrize(
    "line",
    [
        "the derivative of L = 2 a",
        "the gradient with respect to w = 2 x",
        "no relation at all",
        "X = input",
        "Name = Ada Lovelace",
        "dW = X dZ divided by m",
        "learning rate times dW = 3",
    ],
)
def test_a_line_of_plain_text_that_is_a_sentence(line: str) -> None:
    assert not equations(read(Source("notes.txt", line)))
