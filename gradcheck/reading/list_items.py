"""Signs at a line's beginning that mark the item of a list, and begin or go on with no formula."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gradcheck.reading.atoms import Atom
from gradcheck.reading.surrounding_words import ARROWS

_BULLETS: Final = ("-", "*", "•", "–", "+", ">")


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
