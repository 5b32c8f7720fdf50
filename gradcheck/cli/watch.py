"""Check again after each save: only what changed, in the same process, so that nothing is imported twice.

Files are asked for their times; a watching library would be one more dependency for what one `stat` of a
few files ten times a second does. The faults of a file are cleared from the screen before the next ones.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

PAUSE = 0.1
_CLEAR = "\x1b[2J\x1b[3J\x1b[H"


def watch(
    paths: list[Path],
    excluded: Callable[[Path], bool],
    check: Callable[[list[Path]], int],
    wait: Callable[[float], None] = time.sleep,
) -> NoReturn:
    """Check what the paths name, then each file that changes; ends by an interruption alone."""
    from gradcheck.discovery import discover

    check(paths)
    known = _times(discover(paths, excluded).files)
    while True:
        wait(PAUSE)
        now = _times(discover(paths, excluded).files)
        changed = [path for path, saved in now.items() if known.get(path) != saved]
        known = now
        if changed:
            if sys.stdout.isatty():
                print(_CLEAR, end="", flush=True)
            check(_affected(changed, list(now)))


def _affected(changed: list[Path], every: list[Path]) -> list[Path]:
    """The changed files; all of them where a changed one is a problem that others may answer."""
    from gradcheck.reading.document import ReadingError, read

    problems = set()
    for path in every:
        try:
            named = read(path).front_matter.get("assignment")
        except ReadingError:
            continue
        if named is not None:
            problems.add((path.parent / str(named)).resolve())
    return every if any(path.resolve() in problems for path in changed) else changed


def _times(files: tuple[Path, ...]) -> dict[Path, int]:
    found = {}
    for path in files:
        try:
            found[path] = path.stat().st_mtime_ns
        except OSError:
            continue
    return found
