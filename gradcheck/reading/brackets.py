"""Brackets among the words of a line: what closes one, if what stands in it may be a formula."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gradcheck.reading.atoms import Atom

LONGEST: Final = 400  # words of one formula


def closing_of(atoms: Sequence[Atom], at: int) -> int | None:
    """The word that closes the bracket at a word, if no prose stands in it."""
    depth = 0
    for index in range(at, min(len(atoms), at + LONGEST)):
        kind = atoms[index].kind
        depth += (kind == "open") - (kind == "close")
        if depth == 0:
            return index
        if not _fits(atoms[index], atoms[index - 1]):
            return None
    return None


def _fits(atom: Atom, before: Atom) -> bool:
    if atom.kind in ("prose", "stop", "other"):
        return False
    beside = {atom.kind, before.kind}
    return not ("word" in beside and beside <= {"word", "name", "number", "function"})
