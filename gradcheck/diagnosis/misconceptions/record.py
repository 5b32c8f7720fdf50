"""What a misconception is: one record that explains a slip, makes it, and undoes it.

The edit of a record belongs to a closed set of kinds, so that one engine both injects the slip into a
right expression (tests, benchmark) and undoes it in a wrong one (diagnosis): two lists of rules would
drift apart. A record without an edit is recognised by the stage that sees it, under the same code.
This module and the tables beside it import no mathematics: `gradcheck explain` has to answer at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from gradcheck.records import dataclass

if TYPE_CHECKING:
    from gradcheck.diagnosis.setting import Setting
    from gradcheck.diagnosis.site import Site
    from gradcheck.expr.forms.tree import Expr

Rule = Callable[["Site"], Iterable["Expr | None"]]
Test = Callable[["Setting", "Expr"], bool]
PairTest = Callable[["Setting", "Expr", "Expr"], bool]


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A change of one node: `breaks` gives what a slip makes of a right one, `mends` the reverse.

    Either yields None where an expression it would make does not fit.
    """

    breaks: Rule
    mends: Rule


@dataclass(frozen=True, slots=True)
class Rename:
    """One quantity stands for another: `fits(setting, right, wrong)`."""

    fits: PairTest


@dataclass(frozen=True, slots=True)
class LostFactor:
    """A factor is left out."""

    fits: Test


@dataclass(frozen=True, slots=True)
class ExtraFactor:
    """A factor stands that does not belong."""

    fits: Test


@dataclass(frozen=True, slots=True)
class LostTerm:
    """An addend is left out."""

    fits: Test


@dataclass(frozen=True, slots=True)
class ExtraTerm:
    """An addend stands that does not belong."""

    fits: Test


Edit = Rewrite | Rename | LostFactor | ExtraFactor | LostTerm | ExtraTerm


@dataclass(frozen=True, slots=True)
class Example:
    """LaTeX of a right formula and of the same one with the slip."""

    right: str
    wrong: str


@dataclass(frozen=True, slots=True)
class Misconception:
    """One named kind of slip.

    code      stable, never used again for another
    name      states the offence; accepted wherever the code is
    meaning   what the slip is, in one sentence
    cause     why people make it
    sign      how to see it without a tool
    example   a right and a wrong formula
    tags      further words by which it is found
    edits     how a right expression becomes the wrong one; empty where another stage recognises it
    headline  what is said of a rewriting, with `{wrong}` and `{right}`, where "stands for" says too little
    """

    code: str
    name: str
    meaning: str
    cause: str
    sign: str
    example: Example
    tags: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()
    headline: str = ""

    @property
    def family(self) -> str:
        """The first digit of the code, which is the family's."""
        return self.code[:3]
