"""One line on standard error that says which document is being checked; only where a person is looking."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

_CLEAR = "\r\x1b[2K"


def progress(stream: TextIO) -> Callable[[str, int, int], None] | None:
    """A function of (path, documents done, documents in all), or None where the stream is no terminal."""
    if not stream.isatty():
        return None

    def show(path: str, done: int, total: int) -> None:
        from gradcheck.report.visible import visible

        line = "" if done >= total else f"checking {done + 1} of {total}: {visible(path)[-60:]}"
        stream.write(_CLEAR + line)
        stream.flush()

    return show
