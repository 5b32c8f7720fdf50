"""Simulated students: right derivations in varied notation, and slips whose cost a teacher's rubric says.

The formulas are written here from the assignment's mathematics; nothing is taken from the submissions or from
the tests of the diagnosis. A student writes later lines in terms of earlier ones, so a slip spoils its own
line and no other, and the true marks are the full ones less what the rubric takes off for that one line.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from gradcheck.grading.rubric import Rubric
from gradcheck.verdict import Verdict

CASES = ("Regression", "Binary classification")


@dataclass(frozen=True, slots=True)
class Notation:
    """How a student writes: letters, layer marks, gradients, and where the mean over the samples comes."""

    weight: str
    bias: str
    linear: str
    active: str
    data: str
    target: str
    layer: str
    gradient: str
    mean_first: bool

    def at(self, letter: str, layer: int) -> str:
        """A quantity of a layer."""
        return letter + self.layer.format(layer)

    def d(self, quantity: str) -> str:
        """The gradient of the loss by a quantity."""
        return self.gradient.format(quantity)


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip: its line, what it makes of the right side, the misconception, and the result that it costs."""

    line: str
    change: Callable[[str, Notation], str | None]
    code: str | None
    costs: str


@dataclass(frozen=True, slots=True)
class Student:
    """A derivation as a document, the true points of each result, and whether it is right throughout."""

    text: str
    points: dict[tuple[str, str], Fraction]
    slips: tuple[tuple[str, Slip], ...]


def _swapped(right: str, n: Notation) -> str:
    out = n.at(n.active, 2)
    return right.replace(f"({out} - {n.target})", f"({n.target} - {out})")


def _without_mean(right: str, n: Notation) -> str:
    return right.replace(r"\frac{1}{m} ", "")


SLIPS = (
    Slip("Z2", _swapped, "GC502", "Z^{[2]}"),
    Slip("W2", lambda right, n: f"-{right}", "GC501", "W^{[2]}"),
    Slip("W2", _without_mean, "GC201", "W^{[2]}"),
    Slip("b2", _without_mean, "GC201", "b^{[2]}"),
    Slip("Z1", lambda right, n: right.rpartition(r" \odot ")[0], "GC305", "W^{[1]}"),
    Slip("Z1", lambda right, n: right.split(r" \odot ")[0], "GC301", "W^{[1]}"),
    Slip("W1", _without_mean, "GC201", "W^{[1]}"),
    Slip("W1", lambda right, n: f"2 {right}", "GC206", "W^{[1]}"),
    Slip("b1", lambda right, n: f"-{right}", "GC501", "b^{[1]}"),
    Slip("b1", lambda right, n: None, None, "b^{[1]}"),
)


def student(number: int, rubric: Rubric, seed: int, faulty: float = 0.5) -> Student:
    """The student of a number; the share `faulty` of the class makes one slip, or one in each case."""
    rng = random.Random(f"{seed} {number}")
    notation = _notation(rng)
    slips: list[tuple[str, Slip]] = []
    if rng.random() < faulty:
        cases = rng.sample(CASES, 2 if rng.random() < 0.25 else 1)
        slips = [(case, rng.choice(_possible(notation))) for case in cases]
    return Student(derivation(notation, dict(slips)), truth(rubric, slips), tuple(slips))


def derivation(notation: Notation, slips: Mapping[str, Slip]) -> str:
    """The document of a student who writes like that and makes these slips, by case."""
    parts = [_forward(notation), *(_case(case, notation, slips.get(case)) for case in CASES)]
    return "\n\n".join(parts) + "\n"


def _notation(rng: random.Random) -> Notation:
    return Notation(
        weight=rng.choice(("W", "W", "V", r"\Theta")),
        bias=rng.choice(("b", "b", "c")),
        linear=rng.choice(("Z", "Z", "S", "U")),
        active=rng.choice(("A", "A", "H")),
        data="X",
        target="Y",
        layer="^{{[{}]}}",
        gradient=rng.choice((r"\frac{{\partial L}}{{\partial {}}}", "d{}", r"\nabla_{{{}}} L")),
        mean_first=rng.random() < 0.5,
    )


def _possible(n: Notation) -> list[Slip]:
    """The slips that a notation has a place for."""
    return [each for each in SLIPS if not (n.mean_first and each.code == "GC201")]


def _forward(n: Notation) -> str:
    z1, a1, z2 = n.at(n.linear, 1), n.at(n.active, 1), n.at(n.linear, 2)
    return _document(
        "Forward pass",
        (z1, f"{n.at(n.weight, 1)} {n.data} + {n.at(n.bias, 1)}"),
        (a1, rf"\sigma({z1})"),
        (z2, f"{n.at(n.weight, 2)} {a1} + {n.at(n.bias, 2)}"),
    )


def _case(case: str, n: Notation, slip: Slip | None) -> str:
    """One case: loss, then gradients from the output back."""
    out, target = n.at(n.active, 2), n.target
    last = n.at(n.linear, 2)
    mean = r"\frac{1}{m} "
    first, later = (mean, "") if n.mean_first else ("", mean)
    dz2, dz1 = n.d(last), n.d(n.at(n.linear, 1))
    a1 = n.at(n.active, 1)
    y, guess = rf"{target.lower()}^{{(i)}}", r"\hat y^{(i)}"
    cross = rf"{y} \log {guess} + (1 - {y}) \log(1 - {guess})"
    loss = (
        rf"\frac{{1}}{{2m}} \sum_{{i=1}}^m ({guess} - {y})^2"
        if case == CASES[0]
        else rf"-\frac{{1}}{{m}} \sum_{{i=1}}^m \left({cross}\right)"
    )
    lines = {
        "out": (out, last if case == CASES[0] else rf"\sigma({last})"),
        "hat": (r"\hat Y", out),
        "loss": ("L", loss),
        "Z2": (dz2, f"{first}({out} - {target})"),
        "W2": (n.d(n.at(n.weight, 2)), f"{later}{dz2} {a1}^T"),
        "b2": (n.d(n.at(n.bias, 2)), _summed(later, dz2)),
        "A1": (n.d(a1), rf"{n.at(n.weight, 2)}^T {dz2}"),
        "Z1": (dz1, rf"{n.d(a1)} \odot {a1} \odot (1 - {a1})"),
        "W1": (n.d(n.at(n.weight, 1)), f"{later}{dz1} {n.data}^T"),
        "b1": (n.d(n.at(n.bias, 1)), _summed(later, dz1)),
    }
    if slip is not None:
        left, right = lines[slip.line]
        changed = slip.change(right, n)
        if changed is None:
            del lines[slip.line]
        else:
            lines[slip.line] = (left, changed)
    return _document(case, *lines.values())


def _summed(factor: str, quantity: str) -> str:
    return rf"{factor}\text{{np.sum}}({quantity}, \text{{axis}}=1, \text{{keepdims}}=\text{{True}})"


def _document(heading: str, *lines: tuple[str, str]) -> str:
    return "\n\n".join([f"## {heading}", *(f"$${left} = {right}$$" for left, right in lines)])


def truth(rubric: Rubric, slips: list[tuple[str, Slip]]) -> dict[tuple[str, str], Fraction]:
    """Full points less the deduction of each slip; the same one costs once where the rubric says so."""
    found = {(each.case, each.quantity): each.points for each in rubric.requirements}
    charged: set[str] = set()
    for case in CASES:
        for slip in (each for at, each in slips if at == case):
            key = (case, slip.costs)
            wanted = next(each for each in rubric.requirements if (each.case, each.quantity) == key)
            if slip.code is None:
                found[key] = Fraction(0)
            elif not (slip.code in charged and rubric.policies.repeated == "once"):
                off = rubric.deduction(Verdict.WRONG, slip.code, None)
                found[key] -= wanted.result if off is None else min(off, wanted.points)
                charged.add(slip.code)
    return found
