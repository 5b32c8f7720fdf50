"""Jupyter notebooks: their Markdown cells, each line on the line of the file where it stands.

A notebook is JSON, so its mathematics is written with doubled backslashes and cannot be pointed at column by
column. The cells' text is therefore laid out anew with the file's own line numbers, as far as the file
gives each line of a cell a line of its own (as Jupyter does); columns count in the text as a reader sees it.
"""

from __future__ import annotations

from collections.abc import Iterator

from gradcheck.reading.errors import ReadingError
from gradcheck.source import Source


def cells_of(source: Source) -> Source:
    """The Markdown cells of a notebook as one Markdown text.

    Raises ReadingError where the file is no notebook.
    """
    import json  # which no other format needs

    try:
        notebook = json.loads(source.text)
    except json.JSONDecodeError as error:
        raise ReadingError(
            f"no notebook: {error.msg.lower()}", source.path, error.lineno, error.colno
        ) from error
    except RecursionError as error:
        raise ReadingError("no notebook: nested too deep", source.path) from error
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        raise ReadingError("no notebook: it has no list of cells", source.path)
    lines: list[str] = []
    for number, text in _placed_lines(cells, source.text):
        lines.extend([""] * (number - 1 - len(lines)))
        lines.append(text)
    return Source(source.path, "\n".join(lines))


def _placed_lines(cells: list[object], raw: str) -> Iterator[tuple[int, str]]:
    """Each line of the Markdown cells with the line of the file that holds it; a blank line after a cell."""
    at = 0
    number = 1
    for cell in cells:
        if not isinstance(cell, dict):
            continue
        for string in _strings(cell.get("source")):
            place = _find(raw, string, at)
            if place >= 0:
                number += raw.count("\n", at, place)
                at = place
            if cell.get("cell_type") == "markdown":
                yield from ((number, line) for line in string.splitlines() or [""])
        if cell.get("cell_type") == "markdown":
            yield number, ""


def _strings(cell_source: object) -> list[str]:
    """A cell's source, which is a string or a list of them."""
    strings = cell_source if isinstance(cell_source, list) else [cell_source]
    return [string for string in strings if isinstance(string, str)]


def _find(raw: str, string: str, start: int) -> int:
    """Where the string stands in the JSON, escaped in one of the two usual ways; -1 where in neither."""
    import json

    plain = raw.find(json.dumps(string, ensure_ascii=False), start)
    return plain if plain >= 0 else raw.find(json.dumps(string), start)
