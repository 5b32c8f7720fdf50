"""Slips put into right formulas, and how a diagnosis does on them.

Every record of the table is injected at every place where it applies. A wrong formula keeps, as its span, the
place of each node in preorder, so that it can be told whether the place of the slip is among those shown.
"""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np

from gradcheck.diagnosis import Case, Diagnosis, diagnose
from gradcheck.diagnosis.edits import GENERAL, slips
from gradcheck.diagnosis.paths import paths
from gradcheck.diagnosis.setting import Setting
from gradcheck.diagnosis.site import Path, replaced
from gradcheck.expr.forms.build import apply
from gradcheck.expr.forms.tree import Expr
from gradcheck.shapes import ShapeError
from gradcheck.source import Span
from tests.benchmarks.injection.programs import Claim, Derivation


@dataclass(frozen=True)
class Injected:
    """One wrong formula: the slips that were made, where, and every name that its value has."""

    derivation: Derivation
    claim: Claim
    codes: tuple[str, ...]
    paths: tuple[Path, ...]
    wrong: Expr
    synonyms: frozenset[tuple[str, ...]]


@dataclass(frozen=True)
class Result:
    """What the diagnosis said of one wrong formula."""

    injected: Injected
    found: Diagnosis | None
    milliseconds: float  # of processor time

    @property
    def named(self) -> tuple[str, ...] | None:
        """The codes of the first repair, in order of code."""
        return None if self.found is None else tuple(sorted(self.found.repair.codes))

    @property
    def is_strict(self) -> bool:
        """Whether the first repair names exactly the slips that were made."""
        return self.named == tuple(sorted(self.injected.codes))

    @property
    def is_first(self) -> bool:
        """Whether the first repair names the slips, or others that make a formula of the same value."""
        return self.named in self.injected.synonyms

    @property
    def is_shown(self) -> bool:
        """Whether any repair shown touches the place of a slip; a slip that no place shows counts by name."""
        if self.found is None:
            return False
        for repair in (self.found.repair, *self.found.alternatives):
            if not repair.changes and tuple(sorted(repair.codes)) in self.injected.synonyms:
                return True
            spans = [change.old.span for change in repair.changes if change.old.span is not None]
            if any(span in own or own in span for span in spans for own in self._places()):
                return True
        return False

    def _places(self) -> Iterator[Span]:
        for path in self.injected.paths:
            node = self.injected.wrong
            for k in path:
                if k < len(node.args):
                    node = node.args[k]
            assert node.span is not None
            yield node.span


def with_places(expr: Expr) -> Expr:
    """The formula with nested spans: each node covers those below it."""

    def visit(node: Expr, start: int) -> tuple[Expr, int]:
        end, args = start + 1, []
        for arg in node.args:
            new, end = visit(arg, end)
            args.append(new)
        made = Expr(
            node.op, tuple(args), node.attr, shape=node.shape, free=node.free, span=Span(start, end + 1)
        )
        return made, end + 1

    return visit(expr, 0)[0]


def wrong_formulas(derivation: Derivation, claim: Claim) -> list[tuple[str, Path, Expr]]:
    """Every single slip in a claim's right side that changes its value, or its shape."""
    setting = Setting(derivation.program, (claim.right, claim.left))
    found: dict[tuple[str, Expr], Path] = {}
    with np.errstate(all="ignore"):
        for code, slip in slips(claim.right, setting):
            try:
                wrong = replaced(claim.right, slip.path, slip.new)
            except ShapeError:
                continue
            if (code, wrong) not in found and not derivation.bench.close(claim.left, wrong):
                found[code, wrong] = slip.path
    return [(code, path, wrong) for (code, wrong), path in found.items()]


def signature(derivation: Derivation, wrong: Expr) -> bytes:
    """What two formulas of one value share."""
    with np.errstate(all="ignore"):
        value = derivation.bench.value(wrong)
        size = float(np.max(np.abs(value), initial=0.0))
        return bytes((np.round(value / (size or 1.0), 9) + 0.0).tobytes()) + f"{size:.9e}".encode()


def singles(derivations: Iterable[Derivation]) -> Iterator[Injected]:
    """Every slip at every place of every claim."""
    for derivation in derivations:
        for claim in derivation.claims:
            found = wrong_formulas(derivation, claim)
            by_value: dict[bytes, set[tuple[str, ...]]] = defaultdict(set)
            for code, _, wrong in found:
                by_value[signature(derivation, wrong)].add((code,))
            for code, wrong in held_constant(derivation, claim):
                by_value[signature(derivation, wrong)].add((code,))
            for code, path, wrong in found:
                synonyms = frozenset(by_value[signature(derivation, wrong)])
                yield Injected(derivation, claim, (code,), (path,), with_places(wrong), synonyms)


def held_constant(derivation: Derivation, claim: Claim) -> Iterator[tuple[str, Expr]]:
    """What a claim would say if a quantity on the way were held constant: names that no edit has."""
    for code, _, through in paths(derivation.program, claim.left):
        yield code, apply("sub", claim.right, through)


def doubles(
    derivations: Iterable[Derivation], count: int, seed: int, *, fitting: bool = True
) -> Iterator[Injected]:
    """Random pairs of slips in one claim, both of which change the value.

    fitting    whether the formula keeps the shape of the left side; with False it has another

    The misconceptions are drawn first, so that one with many places is not drawn more often; those that
    describe any edit of their kind are left out, since two of them make any formula of any other. A pair has
    the names of its slips, each with its synonyms by value.
    """
    source = random.Random(seed)
    known = [(d, c, Slips.of(d, c)) for d in derivations for c in d.claims]
    produced = 0
    while produced < count:
        derivation, claim, first = source.choice(known)
        code = source.choice(sorted(first.by_code))
        path, wrong = source.choice(first.by_code[code])
        then = Slips.of(derivation, Claim(claim.name, claim.left, wrong))
        second = source.choice(sorted(then.by_code))
        other, both = source.choice(then.by_code[second])
        value = signature(derivation, both)
        fits = both.shape == claim.left.shape
        if other == path or fits is not fitting or value in first.names:
            continue
        produced += 1
        names = product(first.names[signature(derivation, wrong)], then.names[value])
        synonyms = frozenset(tuple(sorted(pair)) for pair in names)
        codes = tuple(sorted((code, second)))
        yield Injected(derivation, claim, codes, (path, other), with_places(both), synonyms)


@dataclass(frozen=True)
class Slips:
    """The single slips of a claim: by code, without those of any edit; and all names of each value."""

    by_code: dict[str, list[tuple[Path, Expr]]]
    names: dict[bytes, set[str]]

    @classmethod
    def of(cls, derivation: Derivation, claim: Claim) -> Slips:
        """All of a claim's slips."""
        made = cls(defaultdict(list), defaultdict(set))
        for code, path, wrong in wrong_formulas(derivation, claim):
            made.names[signature(derivation, wrong)].add(code)
            if code not in GENERAL:
                made.by_code[code].append((path, wrong))
        return made


def measure(injected: Injected) -> Result:
    """Diagnose one wrong formula; the first call on a bench would pay for the bench."""
    case = Case(injected.derivation.bench, injected.claim.left, injected.wrong)
    start = time.process_time()
    found = diagnose(case)
    return Result(injected, found, 1000 * (time.process_time() - start))
