"""`gradcheck run`: check derivations, write the report, return what it means as an exit status."""

from __future__ import annotations

import os
import sys
import time
from argparse import Namespace
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import NoReturn

import gradcheck
from gradcheck.budget import collect_seldom, without_threads
from gradcheck.cli import UsageError
from gradcheck.cli.arguments import add_meaning, parser, positive
from gradcheck.cli.output import view, write, write_all
from gradcheck.cli.progress import progress
from gradcheck.cli.status import FINE, charged, exit_status
from gradcheck.config import Config, ConfigError
from gradcheck.options import Options
from gradcheck.report.formats import FORMATS, MissingPackageError
from gradcheck.report.model import DocumentReport, Report
from gradcheck.verdict import Verdict

_DEFAULT = Path("derivations")
_PACKAGE = Path(gradcheck.__file__).parent
_DETAILS = """examples:
  gradcheck run                                   every derivation below derivations/
  gradcheck run notes.md homework/                one document and one directory
  gradcheck run mine.md --assignment problem.md   against the problem it answers
  gradcheck run notes.md --format html -o notes.html
  gradcheck run notes.md --watch                  again after each save
  gradcheck run --baseline known.json             red only where something got worse
  gradcheck run derivations -o reports/           the reports that a repository keeps

Defaults stand under [tool.gradcheck] in pyproject.toml.

exit status:
  0  nothing wrong, or nothing worse than the baseline
  1  something wrong (with --strict also undecided, charitable, slip)
  2  the tool could not do its work: a file is missing or cannot be read
  5  nothing to check"""


def main(arguments: list[str]) -> int:
    """Check the documents that the arguments name."""
    collect_seldom()
    without_threads()
    chosen = _parse(arguments)
    config = _config(chosen)
    paths = chosen.paths or [*map(_from_here, config.paths)] or [_default()]
    if chosen.only_derivations:
        paths = _derivations(paths, config)
        if not paths:
            return FINE
    if chosen.watch:
        _watch(paths, chosen, config)
    return _status(_reported(paths, chosen, config), chosen, config)


def _from_here(path: Path) -> Path:
    """A path of the settings as a person would name it: reports and baselines tell nothing of the machine."""
    return Path(os.path.relpath(path))


def _derivations(paths: list[Path], config: Config) -> list[Path]:
    """The paths without the files that a directory which holds them would not give."""
    from gradcheck.discovery import is_derivation

    return [
        path for path in paths if not path.is_file() or (is_derivation(path) and not config.excludes(path))
    ]


def _watch(paths: list[Path], chosen: Namespace, config: Config) -> NoReturn:
    """Check again after each save; the first round may be done by other processes, the next ones by this."""
    from gradcheck.cli.watch import Problems, warm, watch

    rounds = count()

    def check(changed: list[Path]) -> Problems:
        report = _reported(changed, chosen, config)
        _status(report, chosen, config)
        if next(rounds) == 0:
            warm()
        return {Path(document.path): _problem(document, chosen.assignment) for document in report.documents}

    watch(paths, config.excludes, check)


def _problem(document: DocumentReport, chosen: Path | None) -> Path | None:
    """The file that states the problem which a document answers: its own, else the chosen one."""
    return chosen if document.assignment is None else Path(document.path).parent / document.assignment


def _reported(paths: list[Path], chosen: Namespace, config: Config) -> Report:
    """Check and write once."""
    started = time.perf_counter()
    report = _check(paths, chosen, config)
    _write(_told(report, chosen, config), chosen, time.perf_counter() - started)
    if chosen.output is not None or chosen.format != "terminal":
        _tell_errors(report)
    if not report.documents and not report.errors:
        named = ", ".join(map(str, paths))
        print(f"gradcheck: nothing to check: no document with mathematics below {named}", file=sys.stderr)
    return report


def _told(report: Report, chosen: Namespace, config: Config) -> Report:
    """What is written of a report: annotations, of which few are shown, are for what is worse alone."""
    if chosen.format != "github" or chosen.baseline is None:
        return report
    from gradcheck.cli.regression import news

    return news(charged(report, config), chosen.baseline, strict=chosen.strict)


def _status(report: Report, chosen: Namespace, config: Config) -> int:
    """What a report means as an exit status, by itself or against the baseline."""
    counted = charged(report, config)
    if ignored := counted.summary[Verdict.CORRECT] - report.summary[Verdict.CORRECT]:
        print(f"gradcheck: links with an ignored code, not charged: {ignored}", file=sys.stderr)
    if chosen.baseline is None:
        return exit_status(counted, strict=chosen.strict)
    from gradcheck.cli.regression import regression_status

    return regression_status(counted, chosen.baseline, strict=chosen.strict, update=chosen.update_baseline)


def _check(paths: list[Path], chosen: Namespace, config: Config) -> Report:
    """The report, with progress shown and cleared again where a person is looking."""
    from gradcheck.pipeline import run
    from gradcheck.processes import cores

    show = progress(sys.stderr)
    options = Options(
        assignment=chosen.assignment,
        seed=chosen.seed,
        seconds=chosen.seconds,
        jobs=chosen.jobs or cores(),
        strict=chosen.strict,
        excluded=config.excludes,
        matter=config.matter,
        progress=show,
        meanwhile=lambda: _load(chosen.format),
    )
    try:
        return run(paths, options)
    finally:
        if show:
            show("", 1, 1)


def _load(form: str) -> None:
    """Import what will write the report, and what colours it in a terminal."""
    FORMATS[form].load()
    if form == "terminal" and sys.stdout.isatty():
        import_module("rich.console")


def _write(report: Report, chosen: Namespace, seconds: float) -> None:
    seen_as = view(chosen.output, verbose=chosen.verbose, seconds=seconds, one_screen=chosen.watch)
    try:
        if chosen.output is not None and chosen.output.is_dir():
            write_all(report, seen_as, chosen.output)
        else:
            write(FORMATS[chosen.format].render(report, seen_as), chosen.output)
    except MissingPackageError as error:
        raise UsageError(str(error)) from error


def _config(chosen: Namespace) -> Config:
    """The project's settings, and the choices that the command line left to them."""
    try:
        config = Config.nearest(Path.cwd())
    except ConfigError as error:
        raise UsageError(str(error)) from error
    chosen.strict = chosen.strict or config.strict
    chosen.seed = config.seed if chosen.seed is None else chosen.seed
    chosen.baseline = config.baseline if chosen.baseline is None else chosen.baseline
    if chosen.update_baseline and chosen.baseline is None:
        raise UsageError("--update-baseline needs --baseline FILE, or `baseline` in the settings")
    return config


def _parse(arguments: list[str]) -> Namespace:
    to = parser("run", _DETAILS)
    to.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="files or directories (default: derivations/)"
    )
    add_meaning(to)
    formats = "; ".join(f"{each.name}: {each.purpose}" for each in FORMATS.values())
    to.add_argument("--format", choices=FORMATS, default="terminal", help=formats)
    to.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="FILE|DIR",
        help="write the report to a file, or all reports that are kept to a directory",
    )
    to.add_argument(
        "--jobs", type=positive, metavar="N", help="documents checked side by side (default: one a core)"
    )
    to.add_argument("--strict", action="store_true", help="count undecided, charitable and slip as wrong")
    to.add_argument(
        "--baseline", type=Path, metavar="FILE", help="known faults: status 1 only where something is worse"
    )
    to.add_argument(
        "--update-baseline",
        action="store_true",
        help="take what was mended out of the baseline; write it where there is none",
    )
    to.add_argument(
        "--only-derivations",
        action="store_true",
        help="leave out named files without mathematics, and excluded ones: for a hook",
    )
    to.add_argument("--watch", action="store_true", help="check again after each save, until interrupted")
    to.add_argument("-v", "--verbose", action="store_true", help="list every link with its evidence")
    return to.parse_args(arguments)


def _default() -> Path:
    """The derivations of this directory, else the ones that are shipped with the tool."""
    if _DEFAULT.is_dir():
        return _DEFAULT
    for shipped in (_PACKAGE / "_derivations", _PACKAGE.parent / "derivations"):
        if shipped.is_dir():
            print(f"gradcheck: no {_DEFAULT}/ here: checking the examples in {shipped}", file=sys.stderr)
            return shipped
    raise UsageError(f"no {_DEFAULT}/ here: name a file or a directory")


def _tell_errors(report: Report) -> None:
    """Files that could not be read, for a person whose report went elsewhere."""
    from gradcheck.report.visible import visible

    for error in report.errors:
        print(f"gradcheck: error: {visible(f'{error.place}: {error.message}')}", file=sys.stderr)
