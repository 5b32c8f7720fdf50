"""What a report means against a baseline: green as long as nothing got worse."""

from __future__ import annotations

import sys
from pathlib import Path

from gradcheck.baseline import Baseline, BaselineError
from gradcheck.cli import UsageError
from gradcheck.cli.output import write
from gradcheck.cli.status import FAILED, FINE, NOTHING, WRONG
from gradcheck.report.model import Report


def regression_status(report: Report, path: Path, *, strict: bool, update: bool) -> int:
    """The exit status against the baseline in a file, which is shrunk or written where that is asked for."""
    from gradcheck.report.visible import visible

    if report.errors:
        return FAILED
    if not report.documents:
        return NOTHING
    now = Baseline.of(report, strict=strict)
    if update and not path.exists():
        write(now.text(), path)
        return FINE
    before = _load(path)
    worse = list(before.worse(now))
    for each in worse:
        print(f"gradcheck: worse than {path}: {visible(each)}", file=sys.stderr)
    if update:
        write(before.shrunk(now).text(), path)
    elif before.shrunk(now) != before:
        print(f"gradcheck: better than {path}: --update-baseline keeps it so", file=sys.stderr)
    return WRONG if worse else FINE


def news(report: Report, path: Path, *, strict: bool) -> Report:
    """What of a report is worse than the baseline in a file; all of it where that is not written yet."""
    return _load(path).news(report, strict=strict) if path.exists() else report


def _load(path: Path) -> Baseline:
    try:
        return Baseline.load(path)
    except BaselineError as error:
        raise UsageError(str(error)) from error
