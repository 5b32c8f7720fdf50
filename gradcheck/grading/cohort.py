"""What a class has understood and what not: counts over a gradebook, for every way of showing them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from gradcheck.diagnosis.misconceptions import MISCONCEPTIONS
from gradcheck.grading.evidence import Line
from gradcheck.grading.gradebook import Entry, Gradebook
from gradcheck.records import dataclass
from gradcheck.verdict import Verdict

BINS = 10
_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Fault:
    """A misconception in a class: in how many submissions and lines, with lines as examples."""

    code: str
    name: str
    students: int
    lines: int
    examples: tuple[tuple[str, Line], ...]


@dataclass(frozen=True, slots=True)
class Construct:
    """A reason for which something was not read or not decided, with an example of it."""

    reason: str
    count: int
    student: str
    line: int
    latex: str


@dataclass(frozen=True, slots=True)
class Cohort:
    """A class: faults and constructs by frequency, shares of points in bins, points of each result.

    shares   how many submissions earned a share of the points in each of BINS equal parts; open ones left out
    means    the mean share of each requirement's points, None where nobody's is decided
    """

    students: int
    open: int
    faults: tuple[Fault, ...]
    constructs: tuple[Construct, ...]
    shares: tuple[int, ...]
    means: tuple[float | None, ...]
    mean: float | None


def cohort(book: Gradebook) -> Cohort:
    """Count a gradebook."""
    closed = [entry for entry in book.entries if not entry.marks.open]
    shares = [_share(entry.marks.points, entry.marks.full) for entry in closed]
    bins = Counter(min(int(share * BINS), BINS - 1) for share in shares)
    return Cohort(
        students=len(book.entries),
        open=len(book.entries) - len(closed),
        faults=tuple(_faults(book)),
        constructs=tuple(_constructs(book)),
        shares=tuple(bins[number] for number in range(BINS)),
        means=tuple(_mean(book, number) for number in range(len(book.rubric.requirements))),
        mean=sum(shares) / len(shares) if shares else None,
    )


def _share(points: Fraction, full: Fraction) -> float:
    return float(points / full) if full else 1.0


def _mean(book: Gradebook, number: int) -> float | None:
    found = [entry.marks.results[number] for entry in book.entries]
    decided = [_share(each.points, each.requirement.points) for each in found if each.points is not None]
    return sum(decided) / len(decided) if decided else None


def _faults(book: Gradebook) -> Iterator[Fault]:
    by_code: dict[str, list[tuple[str, Line]]] = {}
    for entry in book.entries:
        for line in entry.marks.evidence.lines:
            if line.verdict == Verdict.WRONG:
                by_code.setdefault(line.code or "", []).append((entry.submission.student, line))
    for code, lines in sorted(by_code.items(), key=lambda item: (-len({s for s, _ in item[1]}), item[0])):
        name = MISCONCEPTIONS[code].name if code in MISCONCEPTIONS else "no misconception was recognised"
        first = {student: (student, line) for student, line in reversed(lines)}
        examples = tuple(reversed(first.values()))[:_EXAMPLES]
        yield Fault(code, name, len(first), len(lines), examples)


def _constructs(book: Gradebook) -> Iterator[Construct]:
    found: dict[str, list[Construct]] = {}
    for each in (one for entry in book.entries for one in _not_read(entry)):
        found.setdefault(each.reason, []).append(each)
    for reason, alike in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        first = alike[0]
        yield Construct(reason, len(alike), first.student, first.line, first.latex)


def _not_read(entry: Entry) -> Iterator[Construct]:
    student, evidence = entry.submission.student, entry.marks.evidence
    for unread in evidence.unread:
        yield Construct(unread.reason, 1, student, unread.line, unread.latex)
    for line in evidence.lines:
        if line.verdict == Verdict.UNDECIDED:
            yield Construct(line.message or "not decided", 1, student, line.line, line.right)
