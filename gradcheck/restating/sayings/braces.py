"""Names below braces: `\\frac12 (\\underbrace{w x + b}_{z} - y)^2` tells what z is, and later lines use z.

The first brace with a name that no equation defines gives it its value: what is written above. Where the
line itself is a formula of the forward pass, the name is then what counts in it, so that a derivative by it
has a meaning. A name that an equation defines, a size and a count of terms are left to be held against what
is above them.
"""

from __future__ import annotations

from collections.abc import Sequence

from gradcheck.expr.written.definitions import definitions, read_applied, unboxed
from gradcheck.expr.written.names import Name, read_name
from gradcheck.expr.written.quotients import derives
from gradcheck.notation.statements import Equation, Heading, Statement, rewritten
from gradcheck.notation.tree import Blank, Dots, Node, Relational, Text, Wrapped
from gradcheck.notation.walk import mapped, of_kind, walk
from gradcheck.records import replace
from gradcheck.restating.passages.told_before import told_before

BRACES = ("underbrace", "overbrace")


def with_braces_told(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with what a brace gives a name for as a definition; themselves where none does."""
    equations = [item for item in body if isinstance(item, Equation)]
    if not any(map(_has_names, equations)):
        return body
    defined = {d.name.key for d in definitions(equations)}
    known = set(defined)
    made: list[Statement] = []
    for item in body:
        if isinstance(item, Heading):
            known = set(defined)
        made += _told(item, known) if isinstance(item, Equation) and _has_names(item) else [item]
    return made


def _has_names(equation: Equation) -> bool:
    return any(_named(node) for side in equation.sides for node in of_kind(side, Wrapped))


def _told(equation: Equation, known: set[str]) -> list[Statement]:
    """The equation behind a definition for each new name below its braces; they are known from there on."""
    derived = any(derives(side) for side in equation.sides)
    told: list[Statement] = []

    def tell(node: Node) -> Node:
        node = mapped(node, tell)
        name = _named(node)
        if name is None or name.key in known or not isinstance(node, Wrapped) or node.note is None:
            return node
        known.add(name.key)
        note = _said(node.note)
        told.append(told_before(equation, note, node.body))
        return node if derived else replace(node, body=note)

    changed = rewritten(equation, tell)
    return [*told, changed]


def _named(node: Node) -> Name | None:
    """The plain name that stands below a brace with a formula above it."""
    if not isinstance(node, Wrapped) or node.kind not in BRACES or node.note is None:
        return None
    note = _said(node.note)
    applied = read_applied(note) if note is not node.note else None
    name = read_name(note) if applied is None else applied.function
    if name is None or not name.is_plain or name.size or name.differentiated is not None or _is_word(name):
        return None
    above = unboxed(node.body)
    told = read_name(above) is not None or any(isinstance(part, Dots | Text) for part in walk(above))
    return None if told else name


def _said(note: Node) -> Node:
    """What a note says that the formula above it is: of `:= \\ell(w)` what stands behind the sign."""
    if isinstance(note, Relational) and len(note.operands) == 2 and note.relations[0].sign == ":=":
        blank, said = note.operands
        return said if isinstance(blank, Blank) else note
    return note


def _is_word(name: Name) -> bool:
    """Whether what stands below a brace is a word about it, as `error` or `input`."""
    return len(name.base) > 1 and name.base.isalpha()
