"""Rows and columns that are set equal entry by entry: `[p_1, p_2] = [a, b]` tells what p_1 and p_2 are.
Matrices that are written out by the names of their entries, `[[v_{11}, v_{12}], ...]`, tell their size.

So does the second link of `p = [p_1, p_2] = [a, b]`, of which the first only says how the entries are called.
A list with dots names no entries one by one, and an entry that holds its own name is told by nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from gradcheck.expr.written.names import Name, read_name
from gradcheck.expr.written.quotients import read_quotient
from gradcheck.notation.tree import Dots, Group, Matrix, Node
from gradcheck.notation.walk import walk
from gradcheck.records import dataclass

STARTS = (0, 1)


@dataclass(frozen=True, slots=True)
class Entries:
    """A matrix of the entries of one letter, each at its own place, or of derivatives by them."""

    letter: str
    rows: int
    columns: int


def listed_values(left: Node, right: Node) -> Iterator[tuple[Name, Node]]:
    """Each name of a list of names, with the entry of the other list at its place."""
    cells, values = _entries(left), _entries(right)
    names = [name for cell in cells if (name := read_name(cell)) is not None and name.is_plain]
    if len(names) < 2 or not len(names) == len(cells) == len(values):
        return
    for name, value in zip(names, values, strict=True):
        inside = (read_name(node) for node in walk(value))
        if not any(found is not None and found.key == name.key for found in inside):
            yield name, value


def _entries(node: Node) -> tuple[Node, ...]:
    """The entries of a row or a column that is written out in full; none of anything else."""
    match node:
        case Group(open="[" | "(", items=items) if len(items) > 1:
            cells: tuple[Node | None, ...] = items
        case Matrix(rows=(cells,)):
            pass
        case Matrix(rows=rows) if all(len(row) == 1 for row in rows):
            cells = tuple(row[0] for row in rows)
        case _:
            return ()
    return tuple(c for c in cells if c is not None) if not any(isinstance(c, Dots) for c in cells) else ()


def entries_written(node: Node) -> Entries | None:
    """What a matrix is by its entries, where it has two rows and columns or more and no other cells."""
    if not isinstance(node, Matrix) or len(node.rows) < 2 or len(node.rows[0]) < 2:
        return None
    for start in STARTS:
        letters = {
            _entry_at(cell, (str(row + start), str(column + start)))
            for row, cells in enumerate(node.rows)
            for column, cell in enumerate(cells)
        }
        letter = letters.pop()
        if not letters and letter is not None:
            return Entries(letter, len(node.rows), len(node.rows[0]))
    return None


def row_written(node: Node, number: str) -> str | None:
    """The letter of which a list holds the entries of one row of a matrix, `(p_{11}, p_{12}, p_{13})`."""
    cells = enumerate(_entries(node), start=1)
    letters = {_entry_at(cell, (number, str(column))) for column, cell in cells}
    return letters.pop() if len(letters) == 1 else None


def _entry_at(cell: Node | None, place: tuple[str, str]) -> str | None:
    """The letter of an entry with the marks of its place, or of what a derivative is taken by."""
    if cell is None:
        return None
    name = read_name(derived_by(cell) or cell)
    return name.base if name is not None and name.is_plain and numbers_below(name) == place else None


def derived_by(node: Node) -> Node | None:
    """The one variable that a derivative is taken by."""
    quotient = read_quotient(node)
    return quotient.variables[0] if quotient is not None and len(quotient.variables) == 1 else None


def numbers_below(name: Name) -> tuple[str, ...]:
    """The two numbers below a name, be they written without a space, `v_{12}`; none of any other."""
    marks = name.sub
    if len(marks) == 1 and len(marks[0]) == 2:
        marks = (marks[0][0], marks[0][1])
    plain = name.layer is None and name.sample is None and len(marks) == 2
    return marks if plain and all(mark.isdigit() for mark in marks) else ()
