"""Short documents judged, for the tests beside this module."""

from __future__ import annotations

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source


def verdicts(text: str) -> list[str]:
    """The verdict of each link in order."""
    document = read(Source("notes.md", text))
    return [str(judgement.verdict) for _, judgement in check(document, pose(document, None)).judgements()]


def with_line(text: str, line: str) -> list[str]:
    """The verdicts of a text with one more displayed line."""
    return verdicts(f"{text}\n$${line}$$\n")


def displayed(*lines: str) -> str:
    """Formulas as displays of their own."""
    return "\n\n".join(f"$${line}$$" for line in lines) + "\n"
