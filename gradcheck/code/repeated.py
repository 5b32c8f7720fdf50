"""A slip that code makes at every place alike, as a loop does, and a sum of which code keeps some terms only.

Promise: the same edit of the same record is made at all places that take it, the innermost first, and is
named only if the formula then gives what the code computes; terms are left out in the same way. Asked where
no single edit explains the code: what is written once in a loop stands several times in a formula.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from gradcheck.diagnosis.case import Slip
from gradcheck.diagnosis.edits import GENERAL, Candidate, code_of, local_candidates
from gradcheck.diagnosis.setting import Setting
from gradcheck.diagnosis.site import Path, Site, at, replaced, sites
from gradcheck.expr.forms.build import apply
from gradcheck.expr.forms.tree import Expr
from gradcheck.shapes import ShapeError

MOST_SITES, MOST_EDITS, MOST_TERMS = 400, 200, 6
Key = tuple[str, str, str, int, Expr | None]  # operation, record, kind, which of them; of which node only


def everywhere(formula: Expr, setting: Setting) -> Iterator[tuple[Slip, Expr]]:
    """The formula with one edit made wherever it can be made, at two places at least; named ones first."""
    places: dict[Key, list[Path]] = defaultdict(list)
    shown: dict[Key, tuple[Expr, Candidate]] = {}
    for number, site in enumerate(sites(formula, setting)):
        if number >= MOST_SITES:
            return
        for kind, candidate in _edits(site):
            keys: tuple[Key, Key] = ((*kind, None), (*kind, site.node))
            for key in keys:
                places[key].append(site.path)
                if len(site.path) >= max(map(len, places[key])):
                    shown[key] = (site.node, candidate)
    repeated = [key for key, paths in places.items() if len(paths) > 1][:MOST_EDITS]
    codes = {key: code_of(shown[key][1], shown[key][0], setting, "break") for key in repeated}
    for key in sorted(repeated, key=lambda key: codes[key] in GENERAL):
        made = _made(formula, setting, key, places[key])
        if made is not None:
            old, candidate = shown[key]
            yield Slip(codes[key], "rewrite", candidate.new, old, candidate.part), made


def some_terms(formula: Expr) -> Iterator[tuple[Expr, Expr]]:
    """Sums of some of the terms of a sum, the largest first, with the sum of the others."""
    terms = list(_terms(formula))
    if not 2 < len(terms) <= MOST_TERMS:
        return
    for number in range(len(terms) - 1, 0, -1):
        for kept in combinations(range(len(terms)), number):
            lost = [terms[k] for k in range(len(terms)) if k not in kept]
            yield _sum([terms[k] for k in kept]), _sum(lost)


def _edits(site: Site) -> Iterator[tuple[tuple[str, str, str, int], Candidate]]:
    """The edits of a place, each by what it is on any place of that kind."""
    counts: dict[tuple[str, str, str], int] = defaultdict(int)
    for candidate in local_candidates(site, "break"):
        kind = (site.node.op, candidate.code or "", candidate.kind)
        yield (*kind, counts[kind]), candidate
        counts[kind] += 1


def _made(formula: Expr, setting: Setting, key: Key, paths: list[Path]) -> Expr | None:
    """The formula with an edit made at all places, the deepest first; None if it does not fit at one."""
    for path in sorted(paths, key=len, reverse=True):
        candidate = dict(_edits(_site(formula, setting, path))).get(key[:4])
        if candidate is None:
            return None
        try:
            formula = replaced(formula, path, candidate.new)
        except ShapeError:
            return None
    return formula


def _site(root: Expr, setting: Setting, path: Path) -> Site:
    parents = tuple(at(root, path[:depth]) for depth in range(len(path)))
    return Site(at(root, path), path, parents, setting)


def _terms(formula: Expr) -> Iterator[Expr]:
    if formula.op != "add" or any(arg.shape != formula.shape for arg in formula.args):
        yield formula
        return
    for arg in formula.args:
        yield from _terms(arg)


def _sum(terms: list[Expr]) -> Expr:
    total = terms[0]
    for term in terms[1:]:
        total = apply("add", total, term)
    return total
