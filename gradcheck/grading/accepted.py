"""Whether a line is one of the forms that a rubric accepts, however it is laid out and in whatever letters.

Formulas are compared as they are written, since a rubric accepts a form: what is equal to the gradient is
right without being listed. The student's names are those that were matched with the assignment's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from gradcheck.grading.evidence import Line, Match
from gradcheck.notation.errors import NotationError
from gradcheck.notation.parser import parse, parse_one
from gradcheck.notation.printer import latex
from gradcheck.notation.tree import Accent, Node, Scripted, Symbol
from gradcheck.notation.walk import mapped


def is_among(line: Line, accepted: Sequence[str], matches: Iterable[Match]) -> bool:
    """Whether the right side of a line is one of some formulas, in the assignment's letters or its own."""
    names = _names(match for match in matches if match.case == line.case)
    return bool({_formula(line.right, {}), _formula(line.right, names)} & {_formula(a, {}) for a in accepted})


def _names(matches: Iterable[Match]) -> dict[str, str]:
    """What stands for what: whole names, and letters that stand for one letter in every layer."""
    found: dict[str, str] = {}
    letters: dict[str, set[str]] = {}
    for match in matches:
        found[match.written] = match.meant
        (written, scripts), (meant, others) = _parted(match.written), _parted(match.meant)
        if scripts == others:
            letters.setdefault(written, set()).add(meant)
    return found | {letter: next(iter(meant)) for letter, meant in letters.items() if len(meant) == 1}


def _parted(name: str) -> tuple[str, str]:
    """A name as its letter and its scripts."""
    end = min((at for at in (name.find("^"), name.find("_")) if at > 0), default=len(name))
    return name[:end], name[end:]


def _formula(text: str, names: Mapping[str, str]) -> str:
    """A formula without its layout, with some names put for others."""
    try:
        found = [each for each in parse(text) if isinstance(each, Node)]
    except NotationError:
        return text.strip()
    return " ".join(latex(_renamed(each, names)) for each in found) or text.strip()


def _renamed(node: Node, names: Mapping[str, str]) -> Node:
    is_name = isinstance(node, Accent | Scripted | Symbol)
    meant = names.get(latex(node)) if names and is_name else None
    other = None if meant is None else parse_one(meant)
    return mapped(node, lambda inner: _renamed(inner, names)) if other is None else other
