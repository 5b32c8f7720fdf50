"""Signs and labels at a line's beginning that mark the item of a list, and begin or go on with no formula."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gradcheck.patterns import late_pattern
from gradcheck.reading.atoms import Atom
from gradcheck.reading.surrounding_words import ARROWS

_BULLETS: Final = ("-", "*", "•", "–", "+", ">")
_EMPHASIS: Final = ("*", "**", "_", "__")
_LABEL: Final = late_pattern(r"[a-zA-Z]|[ivx]{2,4}|\d{1,2}")


def begins_line(atoms: Sequence[Atom], at: int) -> bool:
    """Whether a word is the first of its line."""
    return at == 0 or atoms[at - 1].kind == "line"


def marks_item(atoms: Sequence[Atom], at: int) -> bool:
    """Whether a sign at a line's beginning stands apart, as that of a list item does."""
    sign, following = atoms[at], atoms[at + 1]
    marks = sign.kind in ("sign", "operator") or sign.text == ">"
    return marks and begins_line(atoms, at) and following.spaced


def is_item(atoms: Sequence[Atom], at: int) -> bool:
    """Whether a sign at a line's beginning marks a list item, or an arrow a remark."""
    sign = atoms[at]
    if sign.text in ARROWS:
        return True
    if sign.text not in _BULLETS:
        return False
    rest = range(at + 1, len(atoms))
    line_end = next((i for i in rest if atoms[i].kind == "line"), len(atoms))
    return any(atom.kind in ("relation", "prose", "word") for atom in atoms[at + 1 : line_end])


def past_label(atoms: Sequence[Atom], at: int) -> int:
    """Where a line goes on behind the label of a list's item, `a)` or `**(ii)`; else its place."""
    first = at + (at < len(atoms) and atoms[at].text in _EMPHASIS)
    name = first + (first < len(atoms) and atoms[first].text == "(")
    behind = name + 2
    if not begins_line(atoms, at) or behind >= len(atoms):
        return at
    labels = _LABEL.fullmatch(atoms[name].text) and atoms[name + 1].text == ")"
    return behind if labels and atoms[behind].spaced and atoms[behind].kind == "name" else at
