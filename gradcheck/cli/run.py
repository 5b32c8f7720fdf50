"""`gradcheck run`: check derivations, write the report, return what it means as an exit status."""

from __future__ import annotations

import sys
import time
from argparse import Namespace
from pathlib import Path

import gradcheck
from gradcheck.cli import UsageError
from gradcheck.cli.arguments import add_meaning, parser
from gradcheck.cli.output import view, write
from gradcheck.cli.progress import progress
from gradcheck.cli.status import exit_status
from gradcheck.options import Options
from gradcheck.report.formats import FORMATS, MissingPackageError
from gradcheck.report.model import Report
from gradcheck.report.view import View

_DEFAULT = Path("derivations")
_PACKAGE = Path(gradcheck.__file__).parent
_DETAILS = """examples:
  gradcheck run                                   every derivation below derivations/
  gradcheck run notes.md homework/                one document and one directory
  gradcheck run mine.md --assignment problem.md   against the problem it answers
  gradcheck run notes.md --format json -o notes.json

exit status:
  0  nothing wrong
  1  something wrong (with --strict also undecided, charitable, slip)
  2  the tool could not do its work: a file is missing or cannot be read
  5  nothing to check"""


def main(arguments: list[str]) -> int:
    """Check the documents that the arguments name."""
    chosen = _parse(arguments)
    paths = chosen.paths or [_default()]
    started = time.perf_counter()
    report = _check(paths, chosen)
    seen_as = view(chosen.output, verbose=chosen.verbose, seconds=time.perf_counter() - started)
    write(_rendered(chosen.format, report, seen_as), chosen.output)
    if chosen.output is not None or chosen.format != "terminal":
        _tell_errors(report)
    if not report.documents and not report.errors:
        named = ", ".join(map(str, paths))
        print(f"gradcheck: nothing to check: no document with mathematics below {named}", file=sys.stderr)
    return exit_status(report, strict=chosen.strict)


def _check(paths: list[Path], chosen: Namespace) -> Report:
    """The report, with progress shown and cleared again where a person is looking."""
    from gradcheck.pipeline import run

    show = progress(sys.stderr)
    try:
        return run(paths, Options(chosen.assignment, chosen.seed, chosen.seconds, chosen.strict, show))
    finally:
        if show:
            show("", 1, 1)


def _rendered(name: str, report: Report, seen_as: View) -> str:
    try:
        return FORMATS[name].render(report, seen_as)
    except MissingPackageError as error:
        raise UsageError(str(error)) from error


def _parse(arguments: list[str]) -> Namespace:
    to = parser("run", _DETAILS)
    to.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="files or directories (default: derivations/)"
    )
    add_meaning(to)
    formats = "; ".join(f"{each.name}: {each.purpose}" for each in FORMATS.values())
    to.add_argument("--format", choices=FORMATS, default="terminal", help=formats)
    to.add_argument("-o", "--output", type=Path, metavar="FILE", help="write the report to a file")
    to.add_argument("--strict", action="store_true", help="count undecided, charitable and slip as wrong")
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
