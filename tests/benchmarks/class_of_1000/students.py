"""Simulated students: right derivations in varied notation, and slips whose cost a teacher's rubric says.

A student writes later lines in terms of earlier ones, so a slip spoils its own line and no other, and the
true marks are the full ones less what the rubric takes off for that one line. The slips are kept apart from
the tests of the diagnosis.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from gradcheck.grading.rubric import Rubric
from gradcheck.verdict import Verdict
from tests.benchmarks.class_of_1000.styles import (
    CASES,
    MEAN,
    PLAIN_MEAN,
    STYLES,
    Lines,
    Notation,
    case,
    forward,
)

_DIFFERENCE = re.compile(r"\(([^()]+(?:\([^()]*\)[^()]*)*) - (.+)\)$")
_FACTORS = re.compile(r" \\odot | \\cdot | ⊙ ")

GRADIENTS = (r"\frac{{\partial L}}{{\partial {}}}", "d{}", r"\nabla_{{{}}} L")


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip: its line, what it makes of the right side, the misconception, and the result that it costs."""

    line: str
    change: Callable[[str], str | None]
    code: str | None
    costs: str


@dataclass(frozen=True, slots=True)
class Student:
    """A derivation as a document, how it is written, the true points by result, and the slips by case."""

    text: str
    notation: Notation
    points: dict[tuple[str, str], Fraction]
    slips: tuple[tuple[str, Slip], ...]


def _swapped(right: str) -> str:
    return _DIFFERENCE.sub(r"(\2 - \1)", right)


def _without_mean(right: str) -> str:
    return right.replace(MEAN, "").replace(PLAIN_MEAN, "")


def _without_last_factor(right: str) -> str:
    return right[: list(_FACTORS.finditer(right))[-1].start()]


def _doubled(right: str) -> str:
    """Twice a formula; nobody writes two numbers side by side."""
    return f"2 · {right}" if right[0].isdigit() else f"2 {right}"


SLIPS = (
    Slip("Z2", _swapped, "GC502", "Z^{[2]}"),
    Slip("W2", lambda right: f"-{right}", "GC501", "W^{[2]}"),
    Slip("W2", _without_mean, "GC201", "W^{[2]}"),
    Slip("b2", _without_mean, "GC201", "b^{[2]}"),
    Slip("Z1", _without_last_factor, "GC305", "W^{[1]}"),
    Slip("Z1", lambda right: _FACTORS.split(right)[0], "GC301", "W^{[1]}"),
    Slip("W1", _without_mean, "GC201", "W^{[1]}"),
    Slip("W1", _doubled, "GC206", "W^{[1]}"),
    Slip("b1", lambda right: f"-{right}", "GC501", "b^{[1]}"),
    Slip("b1", lambda right: None, None, "b^{[1]}"),
)


def student(number: int, rubric: Rubric, seed: int, faulty: float = 0.5) -> Student:
    """The student of a number; the share `faulty` of the class makes one slip, or one in each case."""
    rng = random.Random(f"{seed} {number}")
    notation = _notation(rng)
    slips: list[tuple[str, Slip]] = []
    if rng.random() < faulty:
        cases = rng.sample(CASES, 2 if rng.random() < 0.25 else 1)
        slips = [(each, rng.choice(_possible(notation))) for each in cases]
    return Student(derivation(notation, dict(slips)), notation, truth(rubric, slips), tuple(slips))


def derivation(notation: Notation, slips: Mapping[str, Slip]) -> str:
    """The document of a student who writes like that and makes these slips, by case."""
    parts = [_document("Forward pass", notation, forward(notation))]
    parts += [_case(name, notation, slips.get(name)) for name in CASES]
    return "\n\n".join(parts) + "\n"


def _notation(rng: random.Random) -> Notation:
    style = rng.choice(tuple(STYLES))
    over_matrices = style in ("matrix", "rows", "signals")
    marked = "^{{[{}]}}"
    if style == "entries":  # other letters by entries are left to a person
        return Notation(
            "W", "b", "Z", "A", "X", "Y", marked, rng.choice(GRADIENTS), rng.random() < 0.5, style
        )
    return Notation(
        weight=rng.choice(("W", "W", "V", r"\Theta" if over_matrices else "U")),
        bias=rng.choice(("b", "b", "c")),
        linear=rng.choice(("Z", "Z", "S", "U" if over_matrices else "T")),
        active=rng.choice(("A", "A", "H")),
        data="X",
        target="Y",
        layer=rng.choice((marked, marked, "_{}")) if style != "units" else marked,
        gradient=rng.choice(GRADIENTS),
        mean_first=rng.random() < 0.5,
        style=style,
    )


def _possible(n: Notation) -> list[Slip]:
    """The slips that a notation has a place for."""
    return [each for each in SLIPS if not (n.mean_first and each.code == "GC201")]


def _case(name: str, n: Notation, slip: Slip | None) -> str:
    lines = case(n, name)
    if slip is not None:
        left, right = lines[slip.line]
        changed = slip.change(right)
        if changed is None:
            del lines[slip.line]
        else:
            lines[slip.line] = (left, changed)
    return _document(name, n, lines)


def _document(heading: str, n: Notation, lines: Lines) -> str:
    return "\n\n".join([f"## {heading}", *map(n.shown, lines.values())])


def truth(rubric: Rubric, slips: list[tuple[str, Slip]]) -> dict[tuple[str, str], Fraction]:
    """Full points less the deduction of each slip; the same one costs once where the rubric says so."""
    found = {(each.case, each.quantity): each.points for each in rubric.requirements}
    charged: set[str] = set()
    for name in CASES:
        for slip in (each for at, each in slips if at == name):
            key = (name, slip.costs)
            wanted = next(each for each in rubric.requirements if (each.case, each.quantity) == key)
            if slip.code is None:
                found[key] = Fraction(0)
            elif not (slip.code in charged and rubric.policies.repeated == "once"):
                off = rubric.deduction(Verdict.WRONG, slip.code, None)
                found[key] -= wanted.result if off is None else min(off, wanted.points)
                charged.add(slip.code)
    return found
