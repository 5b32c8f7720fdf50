"""Verdicts of short documents: declared shapes, a few displays, the verdict of the last one."""

from __future__ import annotations

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source

SHAPES = (
    "---\nshapes: {x: [n, 1], y: [n, 1], w: [p, 1], s: [1, 1], t: [1, 1], A: [n, n], M: [n, p], "
    "N: [n, p], X: [n, p]}\n---\n"
)


def last_verdict(displays: str) -> str:
    """The verdict of the last link of some displays, which stand apart by `;;`."""
    body = "\n\n".join(f"$${display.strip()}$$" for display in displays.split(";;"))
    document = read(Source("lines.md", f"{SHAPES}\n{body}\n"))
    return str(list(check(document, pose(document, None)).judgements())[-1][1].verdict)
