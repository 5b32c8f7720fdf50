"""A derivation as something that code can be checked against: values, true gradients, lines, formulas.

Promise: values and gradients are those of the document's own definitions, at the points on which its lines
were judged; a gradient is given only where reverse mode and finite differences agree about it. A line counts
as what code should implement if it was found right, or right by a convention of the document.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import numpy as np

from gradcheck.calculus.adjoint import gradient
from gradcheck.calculus.compare import Bench
from gradcheck.calculus.program import CalculusError
from gradcheck.calculus.runs import Run
from gradcheck.checking.cases.checked import Case
from gradcheck.checking.check import check
from gradcheck.checking.comparisons.judgement import Judgement
from gradcheck.checking.hearing.problem import pose
from gradcheck.checking.judging.follow import as_gradient, deriv_of
from gradcheck.code.process import Points
from gradcheck.code.trees import Numbers
from gradcheck.expr.forms.build import substitute, var
from gradcheck.expr.forms.tree import Expr, distinct
from gradcheck.reading.document import Document, read
from gradcheck.records import dataclass
from gradcheck.shapes import SCALAR
from gradcheck.verdict import Verdict

BITS = 192
MOST_DEEP = 6  # gradients within gradients that are written out
GOOD = (Verdict.CORRECT, Verdict.CONVENTION, Verdict.CHARITABLE)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the document about one gradient: its place, what it says, and what was found of it."""

    number: int
    latex: str
    verdict: Verdict
    written: Expr


@dataclass(frozen=True)
class Derivation:
    """One case of a document, with a loss and sample points."""

    document: Document
    case: Case
    bench: Bench

    @property
    def name(self) -> str:
        """The heading of the case."""
        return self.case.name

    @cached_property
    def points(self) -> Points:
        """The values of all quantities, at each point of both sets of sizes."""
        arrays: dict[str, dict[str, Numbers]] = {}
        for number in range(len(self.bench.runs)):
            for key in self.keys:
                for point, value in enumerate(self.values(self.quantity(key), number)):
                    arrays.setdefault(f"{number}/{point}", {})[key] = value
        sizes = {str(number): run.sizes for number, run in enumerate(self.bench.runs)}
        scalars = tuple(key for key in self.keys if self.quantity(key).shape == SCALAR)
        shapes = {key: self.quantity(key).shape for key in self.keys}
        return Points(arrays, tuple(self._names()), scalars, sizes, shapes)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The quantities that a document can name: all but those that the tool has put in."""
        return tuple(key for key in self.bench.program.variables if not key.startswith("·"))

    def quantity(self, key: str) -> Expr:
        """A quantity as an expression."""
        return var(key, self.bench.program.variables[key].shape)

    def derivative(self, key: str) -> Expr | None:
        """The loss differentiated by a quantity; None where the oracles do not agree about it."""
        loss = self.case.scope.loss()
        if loss is None or loss.shape != SCALAR or loss == self.quantity(key):
            return None
        expr = deriv_of(loss, self.quantity(key))
        try:
            agreed = self.bench.compare(expr, expr).outcome == "equal"
        except CalculusError:
            return None
        return expr if agreed else None

    def values(self, expr: Expr, run: int) -> Numbers:
        """float64 values of an expression without free indices, axes (point, row, column)."""
        found = self.bench.runs[run].floats.value(self.bench.prepare(expr))
        found = found.reshape(found.shape[-3:])
        samples = next(iter(self.bench.runs[run].given.values())).shape[0]
        return np.array(np.broadcast_to(found, (samples, *found.shape[-2:])))

    def exact(self, expr: Expr, run: int, point: int) -> Numbers | None:
        """The values at one point by interval arithmetic, rounded once; None where that finds none."""
        drawn = self.bench.runs[run]
        given = {key: array[point : point + 1] for key, array in drawn.given.items()}
        field, evaluator = Run(drawn.program, drawn.sizes, given).balls(BITS, "analytic")
        try:
            with field.precision():
                found = evaluator.value(self.bench.prepare(expr)).astype(float)
        except CalculusError:
            return None
        return np.array(found.reshape(found.shape[-3:])[0])

    def lines(self, key: str) -> list[Line]:
        """The lines about the whole gradient by a quantity, those that are right last."""
        found = [line for judgement in self.case.judgements for line in self._line(judgement, key)]
        return sorted(found, key=lambda line: (line.verdict in GOOD, line.number))

    def formulas(self, key: str) -> list[Expr]:
        """Right formulas: those of the right lines, the last first, with the gradients in them written out by
        their own lines too, and one made by reverse mode."""
        wanted = self.derivative(key)
        if wanted is None:
            return []
        written = [line.written for line in reversed(self.lines(key)) if line.verdict in GOOD]
        tries = [*written, *(self._written_out(formula, MOST_DEEP) for formula in written)]
        made = gradient(self.bench.program.definitions, wanted.args[0], wanted.args[1])
        tries += [] if made is None else [made]
        usable = dict.fromkeys(f for f in tries if f.op != "deriv" and not f.free)
        return [f for f in usable if self.bench.close(wanted, f)]

    def _written_out(self, formula: Expr, depth: int) -> Expr:
        """The formula with each gradient of the loss in it replaced by what its last right line says."""
        known: dict[Expr, Expr] = {}
        for node in distinct((formula,)):
            found = as_gradient(node) if depth and node.op == "deriv" else None
            if found is None or found.target != self.case.scope.loss() or found.variable.op != "var":
                continue
            lines = [line.written for line in self.lines(found.variable.attr[0]) if line.verdict in GOOD]
            if lines and lines[-1] != node and not lines[-1].free and lines[-1].shape == node.shape:
                known[node] = self._written_out(lines[-1], depth - 1)
        return substitute(formula, known) if known else formula

    def _line(self, judgement: Judgement, key: str) -> Iterator[Line]:
        if judgement.pair is None:
            return
        wanted = as_gradient(judgement.pair[0])
        if wanted is None or wanted.variable != self.quantity(key) or wanted.target != self.case.scope.loss():
            return
        link = judgement.claim.link
        number, _ = self.document.source.position(link.relation.span.start)
        latex = " ".join(self.document.source.slice(link.right.span).split())
        yield Line(number, latex, judgement.verdict, judgement.pair[1])

    def _names(self) -> Iterator[tuple[str, str]]:
        """How the author writes each quantity, then its key, then other names of the same."""
        yield from ((self.case.scope.latex_of(key), key) for key in self.keys)
        yield from ((key, key) for key in self.keys)
        for name, quantity in self.case.scope.aliases.items():
            if quantity.op == "var" and quantity.attr[0] in self.keys:
                yield name, quantity.attr[0]
        yield from ((size, size) for size in self.bench.runs[0].sizes)


def derivations(path: Path, assignment: Path | None, seed: int) -> list[Derivation]:
    """The cases of a document that have a loss and sample points.

    Raises ReadingError, ProblemError as `run` does.
    """
    document = read(path)
    named = document.front_matter.get("assignment")
    given = path.parent / str(named) if named is not None else assignment
    checked = check(document, pose(document, None if given is None else read(given)), seed)
    return [
        Derivation(document, case, case.bench)
        for case in checked.cases
        if case.bench is not None and case.scope.loss() is not None
    ]
