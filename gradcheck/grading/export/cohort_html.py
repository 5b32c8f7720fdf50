"""The class on one page for staff: distribution, heat map, faults with examples, what needs a person."""

from __future__ import annotations

from pathlib import Path

from gradcheck.grading.cohort import BINS, Cohort, cohort
from gradcheck.grading.files import save
from gradcheck.grading.gradebook import Gradebook, counted, shown
from gradcheck.grading.marks import ResultMark
from gradcheck.grading.pages import page
from gradcheck.grading.rubric import Requirement
from gradcheck.patterns import late_pattern
from gradcheck.records import dataclass

_LEFT, _TOP, _WIDTH = 150, 120, 34
_HIGHEST, _FLOOR = 120, 138
_LONGEST = 13
_LAYER = late_pattern(r"\^\{\[(\w+)\]\}")
_OPEN = "#e8c468"


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the distribution."""

    x: int
    y: float
    height: float
    count: int
    start: str
    label: str


@dataclass(frozen=True, slots=True)
class Label:
    """A word beside the heat map."""

    x: float
    y: float
    text: str
    turned: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """One student's one result."""

    x: int
    y: int
    width: int
    height: int
    colour: str
    sign: str
    title: str


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Required results by students, as rectangles."""

    width: int
    height: int
    labels: tuple[Label, ...]
    cells: tuple[Cell, ...]


def write(book: Gradebook, folder: Path) -> None:
    """Write cohort.html."""
    found = cohort(book)
    people = [(entry.submission.student, each) for entry in book.entries for each in entry.marks.open]
    text = page(
        "cohort.html.jinja",
        book=book,
        found=found,
        bars=bars(found),
        map=heat_map(book),
        people=people,
        counted=counted,
    )
    save(folder / "cohort.html", text)


def bars(found: Cohort) -> tuple[Bar, ...]:
    """The distribution of marks; the highest bar takes the height there is."""
    most = max(found.shares, default=0) or 1
    heights = [round(_HIGHEST * count / most, 1) for count in found.shares]
    return tuple(
        Bar(
            x=20 + 45 * number,
            y=_FLOOR - heights[number],
            height=heights[number],
            count=found.shares[number],
            start=f"{100 * number // BINS}",
            label=f"{100 * number // BINS} to {100 * (number + 1) // BINS} %",
        )
        for number in range(BINS)
    )


def heat_map(book: Gradebook) -> HeatMap:
    """One row a student; for a large class the rows are thin and without names."""
    rows, wanted = book.entries, book.rubric.requirements
    height = 18 if len(rows) <= 60 else 4 if len(rows) <= 500 else 1
    columns = [
        Label(_LEFT + _WIDTH * (number + 0.5), _TOP - 6, _heading(each), True)
        for number, each in enumerate(wanted)
    ]
    names = [
        Label(_LEFT - 6, _TOP + height * (number + 1) - 4, entry.submission.student[:22], False)
        for number, entry in enumerate(rows)
        if height == 18
    ]
    cells = [
        _cell(each, entry.submission.student, (column, row), height)
        for row, entry in enumerate(rows)
        for column, each in enumerate(entry.marks.results)
    ]
    size = (_LEFT + _WIDTH * len(wanted) + 60, _TOP + height * len(rows) + 10)
    return HeatMap(*size, tuple(columns + names), tuple(cells))


def _heading(wanted: Requirement) -> str:
    """A case and a quantity in few letters: `Regression W[2]`."""
    case = wanted.case if len(wanted.case) <= _LONGEST else f"{wanted.case[: _LONGEST - 1]}…"
    quantity = _LAYER.sub(r"[\1]", wanted.quantity)
    return f"{case} {quantity}"


def _cell(found: ResultMark, student: str, place: tuple[int, int], height: int) -> Cell:
    full = found.requirement.points
    share = None if found.points is None else float(found.points / full) if full else 1.0
    colour = _OPEN if share is None else f"hsl({round(8 + 125 * share)} 55% 62%)"
    sign = "?" if share is None else "" if share == 1 else shown(found.points)
    said = f"{student}, {found.requirement.quantity}: {shown(found.points) or '?'} of {shown(full)}"
    gap = 1 if height > 4 else 0
    x, y = _LEFT + _WIDTH * place[0], _TOP + height * place[1]
    return Cell(
        x, y, _WIDTH - 1, height - gap, colour, sign if height == 18 else "", f"{said}, {found.status}"
    )
