"""Words of running text that tell what a formula beside them is: where it ends, what it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gradcheck.reading.atoms import Atom


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


METHODS: Final = (".sum", ".mean", ".dot", ".matmul", ".max", ".min", ".transpose")
NEED_BRACKETS: Final = _words("sum mean dot norm sign outer vec var std trace tr max min multiply")
# What a call is told beside its argument.
OPTIONS: Final = _words("axis keepdims dim keepdim True False")
# After these a formula has ended.
FOLLOWERS: Final = _words(
    """and or where with for if so when which because since then as is are we the at in hence thus while but
    gives here using from holds follows therefore that this it let unless otherwise implies has have
    you one they our its now also instead yields becomes equals was were give get results be"""
)
# Before these a name belongs to what was said, and the formula is about something else.
PREPOSITIONS: Final = _words(
    """of to by from over than per times plus minus wrt w.r.t. w.r.t respect in on log transpose inverse
    negative half twice squared sum mean average norm product sqrt exp divided multiplied not"""
)
# After these, one plain word may be a left side: `then error = 3`.
INTRODUCING: Final = _words("and or where with so then let set have get that when if hence thus now")
# After these, a number for a name is a place that is looked at, and no definition: `at x = 0`.
PLACING: Final = _words("at when if for")
GOES_ON: Final = _words("divided multiplied times plus minus over averaged summed transposed")
CONDITIONS: Final = frozenset({"if", "when", "for", "unless"})
ENDINGS: Final = frozenset("#\"'“”„`…")
ARROWS: Final = frozenset({"=>", "->", "→", "⇒", "⟹", "↦", "⇔"})


def applies_bare(word: str) -> bool:
    """Whether a function takes an argument without brackets, `log x`."""
    return word not in NEED_BRACKETS and "." not in word


def is_named(atoms: Sequence[Atom], at: int) -> bool:
    """Whether a function's word names its own value: `var = mean((x - mu)^2)`."""
    following = atoms[at + 1].kind if at + 1 < len(atoms) else "stop"
    return atoms[at].text in NEED_BRACKETS and following == "relation"
