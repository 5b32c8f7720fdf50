"""A file to a Document: its front matter, and everything it says in order.

`FORMATS` is the one place where an input format is added: a suffix, a name, a function from the source to
its layout. What cannot be read inside a file is part of the document, with its place and reason; only a
file that is no text at all is an error.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from gradcheck.notation.errors import NotationError
from gradcheck.notation.macros import Macros, collect
from gradcheck.notation.rows import parse_rows
from gradcheck.notation.statements import Assembler, Equation, Fragment, Heading, Prose, Statement, Unread
from gradcheck.reading.errors import ReadingError
from gradcheck.reading.latex import read_latex
from gradcheck.reading.markdown import read_markdown
from gradcheck.reading.mask import blank
from gradcheck.reading.notebook import cells_of
from gradcheck.reading.pieces import Arrow, Broken, Formula, Layout, Title, Words
from gradcheck.reading.plain import read_plain
from gradcheck.reading.restructured import read_restructured
from gradcheck.reading.table_heads import head_in
from gradcheck.reading.tables import UNNAMED
from gradcheck.records import dataclass
from gradcheck.source import Source, Span

__all__ = [
    "FORMATS",
    "Document",
    "Equation",
    "Format",
    "Fragment",
    "Heading",
    "Prose",
    "ReadingError",
    "Unread",
    "read",
]

MAX_BYTES: Final = 16 * 2**20


@dataclass(frozen=True, slots=True)
class Document:
    """One derivation as it was written.

    format         the name of its format
    front_matter   what its front matter says, {} where it has none
    body           headings, prose, equations, fragments and unread mathematics, in order
    """

    source: Source
    format: str
    front_matter: Mapping[str, object]
    body: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Format:
    """An input format.

    name     what reports call it
    layout   finds headings, prose and mathematics
    decode   makes a readable text of the file's text, where that is coded
    """

    name: str
    layout: Callable[[Source], Layout]
    decode: Callable[[Source], Source] | None = None


FORMATS: Final[Mapping[str, Format]] = {
    ".md": Format("markdown", read_markdown),
    ".markdown": Format("markdown", read_markdown),
    ".mdx": Format("markdown", read_markdown),
    ".qmd": Format("markdown", read_markdown),
    ".rmd": Format("markdown", read_markdown),
    ".jmd": Format("markdown", read_markdown),
    ".rst": Format("restructured", read_restructured),
    ".txt": Format("plain", read_plain),
    ".tex": Format("latex", read_latex),
    ".ipynb": Format("notebook", read_markdown, decode=cells_of),
}


def read(file: str | Path | Source) -> Document:
    """The document in a file; a suffix of no format is read as plain text.

    Raises ReadingError where there is no such file, it is no UTF-8 text, or its front matter is no YAML.
    """
    source = file if isinstance(file, Source) else load(Path(file))
    format_ = FORMATS.get(Path(source.path).suffix.lower(), FORMATS[".txt"])
    source = format_.decode(source) if format_.decode else source
    layout = format_.layout(source)
    body = assemble(layout)
    return Document(source, format_.name, layout.front_matter, body)


def load(path: Path) -> Source:
    """The text of a file. Raises ReadingError."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ReadingError(f"the file has more than {MAX_BYTES} bytes", str(path))
        data = path.read_bytes()
    except OSError as error:
        raise ReadingError((error.strerror or "it cannot be read").lower(), str(path)) from error
    try:
        return Source(str(path), data.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        raise ReadingError(
            f"not UTF-8 text: byte {error.start} is 0x{data[error.start]:02x}", str(path), line, column
        ) from error


def assemble(layout: Layout) -> tuple[Statement, ...]:
    """The statements of a layout, its own macros known everywhere in it."""
    macros = collect(layout.text)
    text = blank(layout.text, macros.places)
    assembler = Assembler()
    behind: Formula | None = None
    for piece in layout.pieces:
        match piece:
            case Title(level=level, text=title, span=span):
                assembler.heading(level, title, span)
            case Words(text=words, span=span):
                assembler.prose(words, span)
            case Arrow():
                assembler.arrow("⇒")
            case Broken(span=span, reason=reason):
                assembler.unread(span, text[span.start : span.end], reason)
            case Formula():
                if behind is not None and not behind.display and not piece.display:
                    between = Span(behind.whole.end, piece.whole.start)
                    assembler.words(text[between.start : between.end], between)
                _take_formula(assembler, piece, text, macros, layout.moved)
                behind = piece
    return assembler.statements()


def _take_formula(
    assembler: Assembler, formula: Formula, text: str, macros: Macros, moved: Mapping[int, int]
) -> None:
    span = formula.span
    head = head_in(text, formula.head, macros)
    for row in parse_rows(text, span.start, span.end, macros, typed=formula.typed, moved=moved):
        if isinstance(row, NotationError):
            assembler.unread(row.span, text[span.start : span.end], row.message)
        elif formula.head is not None and head is None:
            assembler.unread(span, text[span.start : span.end], UNNAMED)
        elif head is not None:
            assembler.cell(head, row)
        else:
            assembler.formula(row, display=formula.display, connective=formula.connective)
