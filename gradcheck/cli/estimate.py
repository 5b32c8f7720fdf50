"""One line on standard error that says how many submissions are done, and how long the rest may take."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TextIO

_CLEAR = "\r\x1b[2K"
_EVERY = 0.2


def estimate(stream: TextIO) -> Callable[[int, int], None]:
    """A function of (done, all); it writes nothing where the stream is no terminal."""
    started = last = time.monotonic()

    def show(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if not stream.isatty() or (done < total and now - last < _EVERY and done > 0):
            return
        last = now
        line = (
            ""
            if done >= total
            else f"{done} of {total} submissions checked{_left(done, total, now - started)}"
        )
        stream.write(_CLEAR + line)
        stream.flush()

    return show


def _left(done: int, total: int, seconds: float) -> str:
    """The time that the rest takes at the same pace; nothing before there is a pace."""
    if done == 0:
        return ""
    rest = round(seconds / done * (total - done))
    return f", about {rest // 60} min {rest % 60} s left" if rest >= 60 else f", about {rest} s left"
