"""Rows and columns that are set equal entry by entry: `[p_1, p_2] = [a, b]` tells what p_1 and p_2 are.

So does the second link of `p = [p_1, p_2] = [a, b]`, of which the first only says how the entries are called.
A list with dots names no entries one by one, and an entry that holds its own name is told by nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from gradcheck.expr.written.names import Name, read_name
from gradcheck.notation.tree import Dots, Group, Matrix, Node
from gradcheck.notation.walk import walk


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
