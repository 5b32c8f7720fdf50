"""`gradcheck grade`: marks, feedback and a gradebook for a class."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gradcheck.cli import UsageError
from gradcheck.cli.arguments import existing_file, parser, positive, seed
from gradcheck.cli.estimate import estimate
from gradcheck.records import replace

if TYPE_CHECKING:
    from gradcheck.examination import Examination
    from gradcheck.grading.cache import Cache
    from gradcheck.grading.evidence import Evidence
    from gradcheck.grading.gradebook import Gradebook
    from gradcheck.grading.roster import Submission
    from gradcheck.grading.workers import Task

_EVIDENCE = "evidence"
_DETAILS = """examples:
  gradcheck grade homework/ --assignment problem.md -o marks/
  gradcheck grade homework/ --assignment problem.md --rubric rubric.yaml -o marks/ --jobs 8
  gradcheck grade homework/ --assignment problem.md -o marks/ --fill sheet.csv --column "Sheet 3 (4711)"

What was checked is kept below the output folder: a run that was stopped goes on, and after a change of the
rubric or of the decisions nothing is checked again.

exit status: 0 the class was marked, 2 the tool could not do its work, 5 there is no submission"""


def main(arguments: list[str]) -> int:
    """Mark the submissions that the arguments name."""
    chosen = _parse(arguments)
    from gradcheck.discovery import handed_in
    from gradcheck.grading.roster import roster

    found, unknown = handed_in(chosen.paths)
    if found.errors:
        raise UsageError(f"{found.errors[0].path}: {found.errors[0].message}")
    for path in filter(lambda each: _is_foreign(each, chosen), unknown):
        print(f"gradcheck: note: {path}: not marked, its format is not read", file=sys.stderr)
    submissions = roster(path for path in found.files if _is_foreign(path, chosen))
    if not submissions:
        print("gradcheck: there is no submission to be marked", file=sys.stderr)
        return 5
    book = _marked(submissions, chosen)
    _write(book, chosen)
    return 0


def _is_foreign(path: Path, chosen: Namespace) -> bool:
    """Whether a file is none of those that this run reads as something else, or writes."""
    own = (chosen.assignment, chosen.rubric, chosen.overrides, *chosen.fill)
    written = path.resolve().is_relative_to(chosen.output.resolve())
    return not written and path.resolve() not in {each.resolve() for each in own if each is not None}


def _marked(submissions: Sequence[Submission], chosen: Namespace) -> Gradebook:
    """Everything that can be wrong with the rubric or the decisions is told before anything is checked."""
    from gradcheck.checking.hearing.problem import ProblemError
    from gradcheck.examination import Examination, assigned
    from gradcheck.grading import overrides, rubric
    from gradcheck.grading.cache import Cache
    from gradcheck.grading.cluster import ClusterError
    from gradcheck.grading.gradebook import gradebook
    from gradcheck.grading.places import FormError
    from gradcheck.grading.run import examine_class
    from gradcheck.reading.errors import ReadingError

    try:
        problem = assigned(chosen.assignment)
        rules = rubric.load(chosen.rubric or chosen.assignment, problem)
        decisions = overrides.load(chosen.overrides, rules)
    except (ReadingError, ProblemError, FormError) as error:
        raise UsageError(str(error)) from error
    rules = replace(rules, hints=chosen.hints or rules.hints, reference=chosen.reference or rules.reference)
    cache = Cache.of(chosen.output / _EVIDENCE, chosen.assignment, chosen.seed)
    examine = Examination(chosen.assignment, chosen.seed, chosen.seconds / 2)
    try:
        examined = examine_class(
            submissions, cache, lambda tasks: _worked(tasks, examine, cache, chosen), estimate(sys.stderr)
        )
    except ClusterError as error:
        raise UsageError(str(error)) from error
    title = str(problem.document.front_matter.get("title") or chosen.assignment.stem)
    return gradebook(title, rules, examined, decisions)


def _worked(
    tasks: Sequence[Task], examine: Examination, cache: Cache, chosen: Namespace
) -> Iterator[tuple[Task, Evidence]]:
    """The tasks on this machine, or on a cluster where one is named."""
    from gradcheck.grading.workers import Limits, examined

    limits = Limits(chosen.seconds, chosen.memory)
    if chosen.scheduler is None:
        return examined(tasks, examine, cache, chosen.jobs, limits)
    from gradcheck.grading.cluster import examined_on

    return examined_on(chosen.scheduler, tasks, examine, cache, limits)


def _write(book: Gradebook, chosen: Namespace) -> None:
    from gradcheck.cli.output import write
    from gradcheck.grading.cohort import cohort
    from gradcheck.grading.export import EXPORTS
    from gradcheck.grading.summary import summary
    from gradcheck.grading.worksheet import WorksheetError, fill

    chosen.output.mkdir(parents=True, exist_ok=True)
    try:
        skipped = [export for export in EXPORTS if not export.is_possible]
        for export in EXPORTS:
            if export.is_possible:
                export.write(book, chosen.output)
        left = [name for each in chosen.fill for name in fill(each, book, chosen.output, chosen.column)]
    except WorksheetError as error:
        raise UsageError(str(error)) from error
    except OSError as error:
        raise UsageError(f"cannot write below {chosen.output}: {error.strerror}") from error
    write(summary(book, cohort(book)))
    unwritten = [f"{each.writes} needs {each.needs}: pip install 'gradcheck[html]'" for each in skipped]
    for warning in (*book.warnings, *left, *unwritten):
        print(f"gradcheck: note: {warning}", file=sys.stderr)


def _parse(arguments: list[str]) -> Namespace:
    to = parser("grade", _DETAILS)
    to.add_argument("paths", nargs="+", type=Path, metavar="SUBMISSION", help="files or directories")
    to.add_argument("--assignment", type=existing_file, required=True, metavar="FILE", help="the problem")
    to.add_argument(
        "--rubric", type=existing_file, metavar="FILE", help="default: the assignment's front matter"
    )
    to.add_argument("-o", "--output", type=Path, required=True, metavar="DIR", help="where all is written")
    to.add_argument("--overrides", type=existing_file, metavar="FILE", help="decisions that people made")
    to.add_argument("--hints", choices=("where", "kind", "repair"), help="how much feedback tells")
    to.add_argument("--reference", action="store_true", help="show students the right formulas")
    to.add_argument("--fill", type=existing_file, action="append", default=[], metavar="CSV",
                    help="an exported Canvas or Moodle sheet to be filled; may be repeated")  # fmt: skip
    to.add_argument("--column", metavar="HEADER", help="the column of the sheet that takes the points")
    to.add_argument(
        "--jobs", type=positive, default=1, metavar="N", help="submissions side by side (default: 1)"
    )
    to.add_argument(
        "--seconds", type=positive, default=120, metavar="S", help="for one submission (default: 120)"
    )
    to.add_argument(
        "--memory", type=positive, default=2048, metavar="MB", help="for one submission (default: 2048)"
    )
    to.add_argument("--scheduler", metavar="ADDRESS", help="a Dask scheduler that has the work done")
    to.add_argument("--seed", type=seed, default=0, metavar="N", help="seed of all random draws (default: 0)")
    return to.parse_args(arguments)
