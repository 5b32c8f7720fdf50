"""The misconceptions: one record each, in files by family; `MISCONCEPTIONS` finds them by code.

To add one, write its record and put it into its file's tuple. Injection, diagnosis, `gradcheck explain` and
the tests find it there. Where several records describe one edit, the first in this order names it.
"""

from __future__ import annotations

from gradcheck.diagnosis.misconceptions.activations import ACTIVATIONS
from gradcheck.diagnosis.misconceptions.batch import BATCH
from gradcheck.diagnosis.misconceptions.chain import CHAIN
from gradcheck.diagnosis.misconceptions.complements import COMPLEMENTS
from gradcheck.diagnosis.misconceptions.lines import LINES
from gradcheck.diagnosis.misconceptions.names import NAMES
from gradcheck.diagnosis.misconceptions.record import (
    Edit,
    Example,
    ExtraFactor,
    ExtraTerm,
    LostFactor,
    LostTerm,
    Misconception,
    Rename,
    Rewrite,
)
from gradcheck.diagnosis.misconceptions.shapes import SHAPES
from gradcheck.diagnosis.misconceptions.transcription import TRANSCRIPTION

__all__ = [
    "FAMILIES", "MISCONCEPTIONS", "Edit", "Example", "ExtraFactor", "ExtraTerm", "LostFactor", "LostTerm",
    "Misconception", "Rename", "Rewrite",
]  # fmt: skip

MISCONCEPTIONS: dict[str, Misconception] = {
    record.code: record
    for family in (SHAPES, BATCH, CHAIN, ACTIVATIONS, COMPLEMENTS, NAMES, LINES, TRANSCRIPTION)
    for record in family
}

FAMILIES: dict[str, str] = {
    "GC1": "shapes and products",
    "GC2": "batch, sums, factors",
    "GC3": "chain rule",
    "GC4": "activations and losses",
    "GC5": "names and signs",
    "GC6": "update rules and lines",
    "GC7": "transcription",
}
