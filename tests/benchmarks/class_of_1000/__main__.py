"""Grades simulated classes and writes reports/class-of-N.md: marks against the known truth.

    python -m tests.benchmarks.class_of_1000 [--students N] [--jobs N] [--report]

All draws are seeded: for the same code the page differs in its times alone. Those are processor seconds of
the submissions' own processes and of the one that marks, so that other work on the machine counts little.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

from gradcheck.examination import Examination, assigned
from gradcheck.grading.cache import Cache
from gradcheck.grading.gradebook import Gradebook, gradebook, shown
from gradcheck.grading.roster import roster
from gradcheck.grading.rubric import Rubric, load
from gradcheck.grading.run import examine_class
from gradcheck.grading.workers import Limits, examined
from tests.benchmarks.class_of_1000.students import Student, student
from tests.benchmarks.class_of_1000.timed import Timed

ROOT = Path(__file__).parents[3]
ASSIGNMENT = ROOT / "derivations" / "two-layer" / "assignment.md"
REPORTS = ROOT / "reports"
SEED = 11
SMALLER = (10, 100, 1000)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a class cost: submissions, different texts among them, and processor seconds."""

    students: int
    texts: int
    examining: float
    marking: float

    @property
    def row(self) -> str:
        """A line of the table."""
        each = 1000 * (self.examining + self.marking) / self.students
        return f"| {self.students} | {self.texts} | {self.examining:.1f} | {self.marking:.1f} | {each:.0f} |"


def main() -> None:
    """Simulate, grade, compare, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--report", action="store_true", help="write the page for a number below 1000 too")
    options = parser.parse_args()
    rubric = load(ASSIGNMENT.with_name("rubric.yaml"), assigned(ASSIGNMENT))
    drawn = {f"{number:05}": student(number, rubric, SEED) for number in range(options.students)}
    costs = []
    for size in (*(each for each in SMALLER if each < options.students), options.students):
        students = dict(list(drawn.items())[:size])
        started = time.perf_counter()
        book, cost = graded(students, rubric, options.jobs)
        costs.append(cost)
        print(f"{size} submissions: {time.perf_counter() - started:.0f} s", flush=True)
        text = "\n".join([*page(students, book), *times(costs)]) + "\n"
        if size >= 1000 or (options.report and size == options.students):
            (REPORTS / f"class-of-{size}.md").write_text(text, encoding="utf-8")
    print(text)


def graded(students: dict[str, Student], rubric: Rubric, jobs: int) -> tuple[Gradebook, Cost]:
    """The class as `gradcheck grade` marks it, from nothing."""
    with TemporaryDirectory() as place:
        folder, timings = Path(place), Path(place, "timings")
        timings.mkdir()
        for name, each in students.items():
            (folder / f"{name}.md").write_text(each.text, encoding="utf-8")
        started = time.process_time()
        cache = Cache.of(folder / "evidence", ASSIGNMENT, 0)
        examine = Timed(Examination(ASSIGNMENT), timings)
        found = examine_class(
            roster(folder.glob("*.md")),
            cache,
            lambda tasks: examined(tasks, examine, cache, jobs, Limits()),
            lambda done, all: None,
        )
        book = gradebook("class", rubric, found, {})
        marking = time.process_time() - started
        seconds = [float(each.read_text(encoding="utf-8")) for each in timings.iterdir()]
        return book, Cost(len(students), len(seconds), sum(seconds), marking)


def times(costs: list[Cost]) -> list[str]:
    """How the time grows with the class."""
    return [
        "",
        "Processor time of classes from nothing; equal texts are examined once.",
        "",
        "| submissions | different texts | examining, s | marking, s | ms each |",
        "|---|---|---|---|---|",
        *(cost.row for cost in costs),
    ]


def page(students: dict[str, Student], book: Gradebook) -> list[str]:
    """What the marks are worth."""
    errors: list[Fraction] = []
    agree = Counter[str]()
    slips, differing, unmarked = Counter[str](), Counter[str](), Counter[str]()
    styles, exact, left_open = Counter[str](), Counter[str](), Counter[str]()
    accused = charged = 0
    for entry in book.entries:
        truth = students[entry.submission.student]
        right = not truth.slips
        true = sum(truth.points.values(), Fraction(0))
        style = truth.notation.style
        styles[style] += 1
        left_open[style] += bool(entry.marks.open)
        exact[style] += not entry.marks.open and entry.marks.points == true
        agree["students"] += 1
        agree["open"] += bool(entry.marks.open)
        accused += right and any(
            each.points is not None and each.points < each.requirement.points for each in entry.marks.results
        )
        charged += right and any(reason.points for reason in entry.marks.elsewhere)
        agree["right"] += right
        if not entry.marks.open:
            errors.append(abs(entry.marks.points - true))
            agree["exact"] += entry.marks.points == true
        for case, slip in truth.slips:
            name = f"{slip.code or 'missing'} in {slip.line}"
            slips[name] += 1
            mark = next(
                each for each in entry.marks.results
                if (each.requirement.case, each.requirement.quantity) == (case, slip.costs)
            )  # fmt: skip
            unmarked[name] += mark.points is None
            differing[name] += mark.points not in (None, truth.points[case, slip.costs])
    mean = sum(errors, Fraction(0)) / len(errors) if errors else Fraction(0)
    closed = len(errors)
    return [
        "# A simulated class, graded",
        "",
        f"{agree['students']} derivations for `two-layer/assignment.md`, drawn with seed {SEED}. Each way",
        "of writing below is as likely as the others; letters, marks of layers, signs of gradients and the",
        f"place of the mean are drawn for each student. Half make no slip, {agree['right']} here. The others",
        "make one, a quarter of them one in each case; each slip below that the notation has a place for is",
        "as likely as the others. Neither ways of writing nor slips are taken from what the diagnosis was",
        "made with. Marks by `two-layer/rubric.yaml`, 20 points, against those known from the slips.",
        "",
        f"- exact agreement: {agree['exact']} of {closed} ({agree['exact'] / max(closed, 1):.1%})",
        f"- mean absolute error: {shown(mean)} points",
        f"- right submissions that lost a point of a result: {accused}; charged elsewhere: {charged}",
        f"- submissions with a result that needs a person: {agree['open']}",
        "",
        "| written | submissions | marks exact | needs a person |",
        "|---|---|---|---|",
        *(f"| {name} | {styles[name]} | {exact[name]} | {left_open[name]} |" for name in sorted(styles)),
        "",
        "| slip | submissions | its result marked otherwise | needs a person |",
        "|---|---|---|---|",
        *(f"| {name} | {n} | {differing[name]} | {unmarked[name]} |" for name, n in sorted(slips.items())),
    ]


if __name__ == "__main__":
    main()
