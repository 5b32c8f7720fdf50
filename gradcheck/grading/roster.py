"""The submissions to be marked, each under a student's name that is also safe as a file name.

The name is the file's, or its way below the folder that all have in common where two files are called the
same. What may not stand in a file name is replaced, and a name that was changed gets a mark of its own, so
that no two students share a page and no page lies outside the output folder.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from gradcheck.patterns import late_pattern
from gradcheck.records import dataclass

_UNSAFE = late_pattern(r"[^\w.@+-]+")
_LONGEST = 80


@dataclass(frozen=True, slots=True, order=True)
class Submission:
    """A student's file; `page` names the files that are written about it."""

    student: str
    page: str
    path: Path


def roster(files: Iterable[Path]) -> tuple[Submission, ...]:
    """The submissions in the order of the students' names."""
    paths = sorted(set(files))
    counts = Counter(path.stem for path in paths)
    shared = Path(os.path.commonpath([path.absolute().parent for path in paths])) if paths else Path()
    found = []
    for path in paths:
        below = path.absolute().relative_to(shared).with_suffix("").as_posix()
        student = path.stem if counts[path.stem] == 1 else below
        found.append((student, path))
    twice = Counter(student.casefold() for student, _ in found)
    names = [
        (student if twice[student.casefold()] == 1 else f"{student}{path.suffix}", path)
        for student, path in found
    ]
    return tuple(sorted(Submission(student, _page(student), path) for student, path in names))


def _page(student: str) -> str:
    safe = _UNSAFE.sub("_", student).lstrip(".")[:_LONGEST]
    if safe == student:
        return safe
    return f"{safe}-{hashlib.sha256(student.encode()).hexdigest()[:8]}"
