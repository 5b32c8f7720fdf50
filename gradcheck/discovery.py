"""From the paths a person names to the files to read.

A file that is named is read, whatever is in it. In a directory only files of a known format that hold
mathematics are derivations: a README beside them is not one, and hidden folders are not entered. The order
is that of the names, so that a report does not depend on the file system.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from gradcheck.patterns import late_pattern
from gradcheck.reading.document import FORMATS
from gradcheck.reading.markdown import MATH_FENCES
from gradcheck.records import dataclass
from gradcheck.report.model import FileError

_FENCE = late_pattern(r" {0,3}(`{3,}|~{3,})\s*(\w*)")
_CODE_SPAN = late_pattern(r"`[^`]*`")
_MATHEMATICS = late_pattern(r"(?<!\\)\$\S|(?<!\\)\$\$|\\\(|\\\[|\\begin\{")
# A derivative in plain characters, and a gradient by name that is computed: `∂L/∂w = …`, `dW = X.T @ dZ`.
_TYPED = late_pattern(
    r"[∂∇][^=\n]*=|\bd\w+/d\w+[^=\n]*=|^\W*d[A-Z]\w{0,2}(?:\[\w\])?\s*=[^=\n]*(?:[@*⊙·]|\.T\b|\b(?:dot|sum)\()"
)
# The same by signs that no program has; behind a mark of comments they belong to one.
_SIGNS = late_pattern(r"^(?!\s*(?:#|//|%|--)).*[∂∇][^=\n]*=")
_PLAIN = "plain"
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


def handed_in(paths: Iterable[Path]) -> tuple[Found, tuple[Path, ...]]:
    """The submissions that the paths name, and the files beside them whose format is not read.

    In a directory every file of a known format is one, whatever is found in it: nobody may get lost.
    """
    files: dict[Path, None] = {}
    unknown: list[Path] = []
    errors: list[FileError] = []
    for path in paths:
        if path.is_dir():
            for each in _visible(path):
                if each.suffix.lower() not in FORMATS:
                    unknown.append(each)
                elif each.stem.lower() != "readme" or is_derivation(each):
                    files[each] = None
        elif path.exists():
            files[path] = None
        else:
            errors.append(FileError(str(path), "no such file or directory"))
    return Found(tuple(files), tuple(errors)), tuple(unknown)


def has_mathematics(text: str) -> bool:
    """Whether a text holds mathematics outside its programs; a block of derivatives in Unicode is none."""
    closing = None
    for line in text.splitlines():
        if _SIGNS.search(_CODE_SPAN.sub("", line)):  # a span of code may quote one that a text is about
            return True
        fence = _FENCE.match(line)
        if closing is not None:
            closing = None if fence and fence[1].startswith(closing) else closing
        elif fence and fence[2] in MATH_FENCES:
            return True
        elif fence:
            closing = fence[1]
        elif _MATHEMATICS.search(_CODE_SPAN.sub("", line)):
            return True
    return False


def has_typed_derivatives(text: str) -> bool:
    """Whether a plain text writes derivatives without any markup, as a list of packages or a log does not."""
    return any(_TYPED.search(line) for line in text.splitlines())


def _walk(directory: Path) -> Iterator[Path]:
    """The derivations below a directory, folders and files in the order of their names."""
    return filter(is_derivation, _visible(directory))


def _visible(directory: Path) -> Iterator[Path]:
    """The files below a directory that are not hidden, folders and files in the order of their names."""
    for folder, folders, names in os.walk(directory):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        yield from (Path(folder, name) for name in sorted(names) if not name.startswith("."))


def is_derivation(path: Path) -> bool:
    """Whether a file of a directory is to be read; one that cannot be is, so that the reader can say why."""
    known = FORMATS.get(path.suffix.lower())
    if known is None or path.name.startswith("."):
        return False
    try:
        with path.open(encoding="utf-8") as file:
            text = file.read(_SNIFFED)
            return has_mathematics(text) or (known.name == _PLAIN and has_typed_derivatives(text))
    except (OSError, UnicodeDecodeError):
        return True
