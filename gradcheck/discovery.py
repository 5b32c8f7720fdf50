"""From the paths a person names to the files to read.

A file that is named is read, whatever is in it. In a directory only files of a known format that hold
mathematics are derivations: a README beside them is not one, and hidden folders are not entered. The order
is that of the names, so that a report does not depend on the file system.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from gradcheck.reading.document import FORMATS
from gradcheck.report.model import FileError

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})\s*(\w*)")
_CODE_SPAN = re.compile(r"`[^`]*`")
_MATHEMATICS = re.compile(r"(?<!\\)\$\S|(?<!\\)\$\$|\\\(|\\\[|\\begin\{")
_SNIFFED = 1 << 20


@dataclass(frozen=True, slots=True)
class Found:
    """The files to read, each once, in order, and the paths that are no file or hold no derivation."""

    files: tuple[Path, ...]
    errors: tuple[FileError, ...] = ()


def discover(paths: Iterable[Path], excluded: Callable[[Path], bool] | None = None) -> Found:
    """The derivations that the paths name: files as they are, directories walked without the excluded."""
    files: dict[Path, None] = {}
    errors: list[FileError] = []
    for path in paths:
        if path.is_dir():
            files |= dict.fromkeys(each for each in _walk(path) if not (excluded and excluded(each)))
        elif path.exists():
            files[path] = None
        else:
            errors.append(FileError(str(path), "no such file or directory"))
    return Found(tuple(files), tuple(errors))


def has_mathematics(text: str) -> bool:
    """Whether a text holds mathematics outside its code."""
    closing = None
    for line in text.splitlines():
        fence = _FENCE.match(line)
        if closing is not None:
            closing = None if fence and fence[1].startswith(closing) else closing
        elif fence and fence[2] == "math":
            return True
        elif fence:
            closing = fence[1]
        elif _MATHEMATICS.search(_CODE_SPAN.sub("", line)):
            return True
    return False


def _walk(directory: Path) -> Iterator[Path]:
    """The derivations below a directory, folders and files in the order of their names."""
    for folder, folders, names in os.walk(directory):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        for name in sorted(names):
            path = Path(folder, name)
            if is_derivation(path):
                yield path


def is_derivation(path: Path) -> bool:
    """Whether a file of a directory is to be read; one that cannot be is, so that the reader can say why."""
    if path.suffix.lower() not in FORMATS or path.name.startswith("."):
        return False
    try:
        with path.open(encoding="utf-8") as file:
            return has_mathematics(file.read(_SNIFFED))
    except (OSError, UnicodeDecodeError):
        return True
