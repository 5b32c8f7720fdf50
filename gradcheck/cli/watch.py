"""Check again after each save: only what changed, in the same process, so that nothing is imported twice.

Files are asked for their times; a watching library would be one more dependency for what one `stat` of a
few files twenty times a second does. Times are taken before a check, so that a save during it is met. A
problem that documents answer is watched like them, wherever it lies, and checks them again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import NoReturn

from gradcheck.discovery import discover

PAUSE = 0.05

Problems = Mapping[Path, Path | None]


def watch(
    paths: list[Path],
    excluded: Callable[[Path], bool],
    check: Callable[[list[Path]], Problems],
    wait: Callable[[float], None] = time.sleep,
) -> NoReturn:
    """Check what the paths name, then each file that changes; ends by an interruption alone.

    check  gives for each document that could be checked the problem that it answers, None where it has none
    """
    known = _times(discover(paths, excluded).files)
    problems = dict(check(paths))
    known |= _times(set(filter(None, problems.values())) - set(known))
    while True:
        wait(PAUSE)
        documents = discover(paths, excluded).files
        now = _times({*documents, *filter(None, problems.values())})
        changed = {path for path, saved in now.items() if known.get(path) != saved}
        known = now
        if affected := _affected(documents, changed, problems):
            problems |= check(affected)
            known |= _times(set(filter(None, problems.values())) - set(known))


def _affected(documents: Iterable[Path], changed: set[Path], problems: Problems) -> list[Path]:
    """The documents that changed, that answer a problem which did, or that had no readable one."""
    resolved = {path.resolve() for path in changed}

    def is_affected(document: Path) -> bool:
        if document in changed or document not in problems:
            return True
        problem = problems[document]
        return problem is not None and problem.resolve() in resolved

    return [document for document in documents if is_affected(document)] if changed else []


def warm() -> None:
    """Check the shipped example, so that the first save does not wait for what is imported late."""
    from gradcheck.options import Options
    from gradcheck.pipeline import run

    run([Path(str(files("gradcheck.cli") / "example.md"))], Options())


def _times(paths: Iterable[Path]) -> dict[Path, int]:
    found = {}
    for path in paths:
        try:
            found[path] = path.stat().st_mtime_ns
        except OSError:
            continue
    return found
