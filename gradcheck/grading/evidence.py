"""What marking needs to know of a submission, as plain data that a file can hold.

Every link with its verdict stands here, named by what it derives: the quantity's key in the assignment, not
the student's letter. Keeping the whole report was rejected: its numbers serve a reader of one line, and a
class would fill a disk with them. What could not be read or run is evidence too, with its reason.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from gradcheck.records import asdict, dataclass

FORM = 3
LOSS = "loss"
PART = "part of the loss"


@dataclass(frozen=True, slots=True, order=True)
class Derivative:
    """∂of/∂by by the assignment's names; `of` is LOSS, PART, or empty where it is a formula."""

    of: str
    by: str


@dataclass(frozen=True, slots=True)
class Line:
    """One link of a submission.

    case      the assignment's case that it belongs to
    derives   what its chain derives; None where it derives nothing or could not be read
    uses      the derivatives that its right side leaves standing
    constant  the right side holds no quantity at all, or is wrong and comes to one number
    aside     it defines a quantity that the loss does not depend on: a result, maybe, that was not recognised
    stray     it derives by a quantity that was matched with none of the assignment's
    decided   what a person said of it; empty in what was checked
    The other fields are those of the report.
    """

    id: str
    line: int
    case: str
    role: str
    head: str
    left: str
    relation: str
    right: str
    verdict: str
    certainty: str | None = None
    code: str | None = None
    name: str | None = None
    message: str | None = None
    why: str | None = None
    help: str | None = None
    repair: str | None = None
    cause: str | None = None
    conventions: tuple[str, ...] = ()
    reading: str | None = None
    derives: Derivative | None = None
    uses: tuple[Derivative, ...] = ()
    constant: bool = False
    aside: bool = False
    stray: bool = False
    decided: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """Mathematics that was not understood, with the reason."""

    line: int
    latex: str
    reason: str


@dataclass(frozen=True, slots=True)
class Match:
    """A name of the submission and the assignment's name it was matched with, in one case."""

    case: str
    written: str
    meant: str


@dataclass(frozen=True, slots=True)
class Deviation:
    """A definition that is not the assignment's in one case; maybe it differs by a constant alone."""

    case: str
    quantity: str
    written: str
    by_constant: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """One submission as it was checked; `failure` says why nothing of it could be."""

    lines: tuple[Line, ...] = ()
    unread: tuple[Unread, ...] = ()
    matches: tuple[Match, ...] = ()
    deviations: tuple[Deviation, ...] = ()
    notes: tuple[str, ...] = ()
    failure: str | None = None

    def line(self, id: str) -> Line | None:
        """The link of that id."""
        return next((line for line in self.lines if line.id == id), None)


def to_json(evidence: Evidence) -> str:
    """The evidence as JSON on one line; `from_json` reads it back."""
    return json.dumps({"form": FORM} | asdict(evidence), ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Evidence:
    """The evidence that `to_json` wrote; raises ValueError for anything else."""
    try:
        data = json.loads(text)
        if data["form"] != FORM:
            raise ValueError(f"evidence of form {data['form']}")
        return Evidence(
            lines=tuple(_line(row) for row in data["lines"]),
            unread=tuple(Unread(**row) for row in data["unread"]),
            matches=tuple(Match(**row) for row in data["matches"]),
            deviations=tuple(Deviation(**row) for row in data["deviations"]),
            notes=tuple(data["notes"]),
            failure=data["failure"],
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"no evidence: {error}") from error


def _line(row: Mapping[str, Any]) -> Line:
    derives = row["derives"]
    return Line(
        **{
            **row,
            "conventions": tuple(row["conventions"]),
            "derives": None if derives is None else Derivative(**derives),
            "uses": tuple(Derivative(**each) for each in row["uses"]),
        }
    )
