"""Grades a simulated class and writes reports/class-of-1000.md: marks against the known truth.

    python -m tests.benchmarks.class_of_1000 [--students N] [--jobs N] [--report]

The page is the same for the same code: all draws are seeded, and times go to the terminal only.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
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

ROOT = Path(__file__).parents[3]
ASSIGNMENT = ROOT / "derivations" / "two-layer" / "assignment.md"
REPORT = ROOT / "reports" / "class-of-1000.md"
SEED = 11


def main() -> None:
    """Simulate, grade, compare, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--report", action="store_true", help="write the page, whatever the number")
    options = parser.parse_args()
    rubric = load(ASSIGNMENT.with_name("rubric.yaml"), assigned(ASSIGNMENT))
    students = {f"{number:05}": student(number, rubric, SEED) for number in range(options.students)}
    started = time.perf_counter()
    book = graded(students, rubric, options.jobs)
    seconds = time.perf_counter() - started
    print(f"{options.students} submissions: {seconds:.0f} s, {1000 * seconds / options.students:.0f} ms each")
    text = "\n".join(page(students, book)) + "\n"
    print(text)
    if options.report or options.students == 1000:
        REPORT.write_text(text, encoding="utf-8")


def graded(students: dict[str, Student], rubric: Rubric, jobs: int) -> Gradebook:
    """The class as `gradcheck grade` marks it."""
    with TemporaryDirectory() as folder:
        for name, each in students.items():
            (Path(folder) / f"{name}.md").write_text(each.text, encoding="utf-8")
        cache = Cache.of(Path(folder) / "evidence", ASSIGNMENT, 0)
        examine = Examination(ASSIGNMENT)
        files = roster(Path(folder).glob("*.md"))
        found = examine_class(
            files,
            cache,
            lambda tasks: examined(tasks, examine, cache, jobs, Limits()),
            lambda done, all: None,
        )
        return gradebook("class", rubric, found, {})


def page(students: dict[str, Student], book: Gradebook) -> list[str]:
    """What the marks are worth."""
    errors: list[Fraction] = []
    agree = Counter[str]()
    slips, differing, unmarked = Counter[str](), Counter[str](), Counter[str]()
    styles, exact, left_open = Counter[str](), Counter[str](), Counter[str]()
    accused = 0
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
        f"{agree['students']} derivations for `two-layer/assignment.md` in varied notation, over matrices,",
        f"sample by sample and unit by unit, drawn with seed {SEED}; {agree['right']} are right, the others",
        "have one slip or one in each case. Marks by `two-layer/rubric.yaml`, 20 points, against the marks",
        "that are known from the slips.",
        "",
        f"- exact agreement: {agree['exact']} of {closed} ({agree['exact'] / max(closed, 1):.1%})",
        f"- mean absolute error: {shown(mean)} points",
        f"- right submissions that lost a point: {accused}",
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
