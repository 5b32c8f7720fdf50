"""From the records' edits to candidates: what may stand at which place of a formula.

Undoing a slip and making it are the same edits in opposite directions: a lost factor is put in to mend and
taken out to break. Renamings and insertions are many, and few of them survive the sieve, so which record
they belong to is asked afterwards (`code_of`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from gradcheck.diagnosis.case import Kind
from gradcheck.diagnosis.misconceptions import (
    MISCONCEPTIONS,
    Edit,
    ExtraFactor,
    ExtraTerm,
    LostFactor,
    LostTerm,
    Misconception,
    Rename,
    Rewrite,
)
from gradcheck.diagnosis.setting import Setting
from gradcheck.diagnosis.site import Path, Site, sites, turned
from gradcheck.expr.build import apply, num
from gradcheck.expr.tree import Expr
from gradcheck.shapes import SCALAR

Direction = Literal["mend", "break"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """`new` in the place of what stands at `path`.

    kind    rewrite, rename; insert or remove a factor; add or subtract (take away) a term
    part    the quantity that comes in, or the factor or term that comes in or goes
    code    the misconception, where the edit was made by its record
    """

    path: Path
    new: Expr
    kind: Kind
    part: Expr
    code: str | None = None


_NAMERS = {
    ("rename", "mend"): Rename,
    ("rename", "break"): Rename,
    ("insert", "mend"): LostFactor,
    ("insert", "break"): ExtraFactor,
    ("remove", "mend"): ExtraFactor,
    ("remove", "break"): LostFactor,
    ("add", "mend"): LostTerm,
    ("add", "break"): ExtraTerm,
    ("subtract", "mend"): ExtraTerm,
    ("subtract", "break"): LostTerm,
}  # fmt: skip

# Records that describe any edit of their kind: they name one only if no other record does.
GENERAL = ("GC305", "GC306", "GC312", "GC313", "GC507")


def _by_generality(record: Misconception) -> bool:
    return record.code in GENERAL


RECORDS: tuple[Misconception, ...] = tuple(sorted(MISCONCEPTIONS.values(), key=_by_generality))


def candidates(site: Site, direction: Direction) -> Iterator[Candidate]:
    """Everything that one edit may put in the place of a node; not yet known to fit there."""
    for record, edit in _REWRITES:
        rule = edit.mends if direction == "mend" else edit.breaks
        for new in rule(site):
            if new is not None and new != site.node:
                yield Candidate(site.path, new, "rewrite", new, record.code)
    yield from _renamed(site)
    yield from _removed(site)
    yield from _inserted(site)
    yield from _added(site)
    yield from _subtracted(site)


_REWRITES: tuple[tuple[Misconception, Rewrite], ...] = tuple(
    (record, edit) for record in RECORDS for edit in record.edits if isinstance(edit, Rewrite)
)


def code_of(candidate: Candidate, old: Expr, setting: Setting, direction: Direction) -> str:
    """The misconception that a candidate undoes (or makes); the first record that says so."""
    if candidate.code is not None:
        return candidate.code
    kind = _NAMERS[candidate.kind, direction]
    for record in RECORDS:
        for edit in record.edits:
            if isinstance(edit, kind) and names(edit, candidate, old, setting, direction):
                return record.code
    raise AssertionError("every kind of edit has a general record")


def names(edit: Edit, candidate: Candidate, old: Expr, setting: Setting, direction: Direction) -> bool:
    """Whether an edit of a record describes a candidate."""
    match edit:
        case Rename(fits) if candidate.kind == "rename":
            right, wrong = (candidate.part, old) if direction == "mend" else (old, candidate.part)
            return fits(setting, right, wrong)
        case LostFactor(fits) | ExtraFactor(fits) if candidate.kind in ("insert", "remove"):
            return fits(setting, candidate.part)
        case LostTerm(fits) | ExtraTerm(fits) if candidate.kind in ("add", "subtract"):
            return fits(setting, candidate.part)
    return False


def slips(root: Expr, setting: Setting, record: Misconception) -> Iterator[Candidate]:
    """Every way in which one misconception makes a right formula wrong, in the order of its places."""
    kinds = tuple(type(edit) for edit in record.edits)
    for site in sites(root, setting):
        for candidate in candidates(site, "break"):
            if candidate.kind == "rewrite":
                if candidate.code == record.code:
                    yield candidate
            elif _NAMERS[candidate.kind, "break"] in kinds and (
                code_of(candidate, site.node, setting, "break") == record.code
            ):
                yield candidate


def _renamed(site: Site) -> Iterator[Candidate]:
    if site.node.op not in ("var", "pick", "deriv"):
        return
    for new in (*site.setting.quantities, *site.setting.gradients):
        if new != site.node:
            yield Candidate(site.path, new, "rename", new)


def factors(node: Expr) -> Iterator[tuple[Expr, Expr]]:
    """Each factor of a product of two, with what is left without it."""
    match node.op:
        case "mul" | "matmul":
            a, b = node.args
            yield a, b
            yield b, a
        case "div" if node.args[1].shape == SCALAR and node.args[0].op != "num":
            yield apply("div", num(1), node.args[1]), node.args[0]


def _removed(site: Site) -> Iterator[Candidate]:
    for factor, rest in factors(site.node):
        yield Candidate(site.path, rest, "remove", factor)


def _inserted(site: Site) -> Iterator[Candidate]:
    """Factors on the left or on the right, once for each place where they make a difference."""
    node = site.node
    if node.op == "num":
        return
    parent = site.parent
    chained = parent is not None and parent.op == "matmul"
    for factor in site.setting.factors:
        if not site.in_product and (factor.shape == SCALAR or factor.op != "deriv"):
            first, second = (factor, node) if factor.shape == SCALAR else (node, factor)
            yield from _candidate(site, site.make("mul", first, second), factor)
        if factor.shape == SCALAR or factor.op == "prime":
            continue
        for multiplier in (factor, turned(factor)):
            if not chained and multiplier.shape[1] == node.shape[0]:
                yield from _candidate(site, site.make("matmul", multiplier, node), factor)
            if (not chained or site.path[-1] == 0) and node.shape[1] == multiplier.shape[0]:
                yield from _candidate(site, site.make("matmul", node, multiplier), factor)


def _candidate(site: Site, new: Expr | None, factor: Expr) -> Iterator[Candidate]:
    if new is not None:
        yield Candidate(site.path, new, "insert", factor)


def _added(site: Site) -> Iterator[Candidate]:
    if site.in_product or site.in_sum or site.node.op == "num":
        return
    for term in site.setting.terms:
        if term.shape == site.node.shape:
            for op in ("add", "sub"):
                new = site.make(op, site.node, term)
                if new is not None:
                    yield Candidate(site.path, new, "add", term)


def _subtracted(site: Site) -> Iterator[Candidate]:
    if site.node.op in ("add", "sub"):
        a, b = site.node.args
        yield Candidate(site.path, a, "subtract", b)
        rest = b if site.node.op == "add" else site.make("neg", b)
        if rest is not None:
            yield Candidate(site.path, rest, "subtract", a)
