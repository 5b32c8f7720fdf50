"""Every formula of the library ends as a statement: its relation signs are in one, or told unread."""

from pathlib import Path

import pytest

from gradcheck.notation.statements import Equation, Fragment, Unread
from gradcheck.reading.document import Document, read
from gradcheck.source import Source
from tests.benchmarks.rewritten.__main__ import documents
from tests.benchmarks.rewritten.rewritings import FORMULA


def told(document: Document) -> set[int]:
    """The places of the file that its mathematics covers."""
    spans = []
    for item in document.body:
        if isinstance(item, Equation | Fragment):
            spans += [item.span, *(node.span for node in item.context)]
        elif isinstance(item, Unread):
            spans.append(item.span)
    return {place for span in spans for place in range(span.start, span.end)}


def dropped(document: Document) -> list[str]:
    """The formulas of which a relation sign is in no statement."""
    covered, text = told(document), document.source.text
    signs = ((f, f.start() + at) for f in FORMULA.finditer(text) for at, c in enumerate(f[0]) if c == "=")
    return [formula[0] for formula, place in signs if place not in covered]


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.stem)
def test_no_formula_of_the_library_is_dropped(path: Path) -> None:
    assert dropped(read(path)) == []


def test_a_dropped_formula_would_be_seen() -> None:
    assert dropped(read(Source("notes.md", "```python\n$a = b$\n```\n\n$c = d$\n"))) == ["$a = b$"]
