"""From the records' edits to candidates: what may stand at which place of a formula.

Undoing a slip and making it are the same edits in opposite directions: a lost factor is put in to mend and
taken out to break. Renamings and insertions are many, and few of them survive the sieve, so which record
they belong to is asked afterwards (`code_of`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
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
from gradcheck.diagnosis.sieve import Ways
from gradcheck.diagnosis.site import Path, Site, sites, turned
from gradcheck.expr.forms.build import apply, num
from gradcheck.expr.forms.tree import Expr
from gradcheck.records import dataclass
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


def local_candidates(
    site: Site, direction: Direction, left_out: frozenset[str] = frozenset()
) -> Iterator[Candidate]:
    """What one edit makes of a node by itself, without anything from elsewhere; not yet known to fit.

    left_out   codes of records whose rewritings are not asked for
    """
    for record, edit in _REWRITES:
        if record.code in left_out:
            continue
        rule = edit.mends if direction == "mend" else edit.breaks
        for new in rule(site):
            if new is not None and new != site.node:
                yield Candidate(site.path, new, "rewrite", new, record.code)
    for factor, rest in factors(site.node):
        yield Candidate(site.path, rest, "remove", factor)
    yield from _subtracted(site)


def renamings(site: Site, quantities: Iterable[Expr]) -> Iterator[Candidate]:
    """Another quantity in the place of one."""
    if is_quantity(site.node):
        for new in quantities:
            if new != site.node and site.setting.are_alike(site.node, new):
                yield Candidate(site.path, new, "rename", new)


def is_quantity(node: Expr) -> bool:
    """Whether a node names a quantity or a gradient, so that another name may stand for it.

    A line of a quantity that lies the other way than it is written is one name, too.
    """
    if node.op == "transpose" and node.args[0].op == "pick":
        node = node.args[0]
    return node.op in ("var", "deriv") or (node.op == "pick" and is_quantity(node.args[0]))


def is_coefficient(site: Site) -> bool:
    """Whether a node is a number by which something is multiplied."""
    node, parent = site.node, site.parent
    number = node.op == "num" or (node.op == "div" and all(a.op == "num" for a in node.args))
    return number and parent is not None and parent.op == "mul" and site.is_linear


def ways_to_multiply(site: Site) -> Ways:
    """How a factor may be put to a node, once for each place where it makes a difference."""
    node, parent = site.node, site.parent
    if node.op == "num" or not site.is_linear:
        return Ways(entrywise=False, before=False, after=False)
    chained = parent is not None and parent.op == "matmul"
    # A matrix is put beside the matrix that a number scales, which is a place of its own.
    takes_matrices = node.shape != SCALAR and not (node.op == "mul" and node.args[0].shape == SCALAR)
    return Ways(
        entrywise=not site.in_product,
        before=takes_matrices and not chained,
        after=takes_matrices and not (chained and site.path[-1] == 1),
    )


def insertions(site: Site, multipliers: Iterable[Expr]) -> Iterator[Candidate]:
    """A factor put to a node in each way that makes a difference."""
    node, ways = site.node, ways_to_multiply(site)
    for factor in multipliers:
        made: list[Expr | None] = []
        if ways.entrywise and factor.op != "transpose":
            first, second = (factor, node) if factor.shape == SCALAR else (node, factor)
            made.append(site.make("mul", first, second))
        if factor.shape != SCALAR and factor.op != "prime":
            made += [site.make("matmul", factor, node)] if ways.before else []
            made += [site.make("matmul", node, factor)] if ways.after else []
        yield from (Candidate(site.path, new, "insert", factor) for new in made if new is not None)


def inner_insertions(site: Site) -> Iterator[Candidate]:
    """A quantity put to another below a function, a denominator or a power, `(v + 1)²` for `(v x + 1)²`."""
    if site.is_linear or not is_quantity(site.node):
        return
    for factor in site.setting.quantities:
        new = None if factor.shape not in (site.node.shape, SCALAR) else site.make("mul", site.node, factor)
        if new is not None:
            yield Candidate(site.path, new, "insert", factor)


def takes_terms(site: Site) -> bool:
    """Whether a term may be added to a node, and nowhere else to the same effect."""
    return not (site.in_product or site.in_sum or site.node.op == "num") and site.is_linear


def additions(site: Site, terms: Iterable[Expr]) -> Iterator[Candidate]:
    """A term added to a node or taken from it."""
    if not takes_terms(site):
        return
    present = set(addends(site.node))
    for term in terms:
        if term.shape == site.node.shape and term not in present:
            for op in ("add", "sub"):
                new = site.make(op, site.node, term)
                if new is not None:
                    yield Candidate(site.path, new, "add", term)


def completions(site: Site, differences: Iterable[Expr]) -> Iterator[Candidate]:
    """A known difference where only one of its sides stands; 1 - a and 1 - a² where the 1 is missing."""
    node = site.node
    if site.parent is not None and site.parent.op == "sub":
        return
    for whole in differences:
        a, b = whole.args
        if node == a:
            yield Candidate(site.path, whole, "add", b)
        elif node.op == "neg" and node.args[0] == b:
            yield Candidate(site.path, whole, "add", a)
    if node.op == "neg" and site.setting.is_activation_or_square(node.args[0]):
        one = num(1)
        yield Candidate(site.path, apply("sub", one, node.args[0]), "add", one)


_REWRITES: tuple[tuple[Misconception, Rewrite], ...] = tuple(
    (record, edit) for record in RECORDS for edit in record.edits if isinstance(edit, Rewrite)
)


REWRITING: tuple[str, ...] = tuple(dict.fromkeys(record.code for record, _ in _REWRITES))
"""The codes of the records that rewrite a node."""


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
            return fits(
                setting, turned(candidate.part) if candidate.part.op == "transpose" else candidate.part
            )
        case LostTerm(fits) | ExtraTerm(fits) if candidate.kind in ("add", "subtract"):
            return fits(setting, candidate.part)
    return False


def slips(root: Expr, setting: Setting) -> Iterator[tuple[str, Candidate]]:
    """Every way in which a misconception makes a right formula wrong, with its code, place by place."""
    for site in sites(root, setting):
        for candidate in chain(
            local_candidates(site, "break"),
            renamings(site, (q for q in setting.named if q.shape == site.node.shape)),
            insertions(site, setting.likely(setting.multipliers)),
            additions(site, setting.likely(setting.terms)),
        ):
            yield code_of(candidate, site.node, setting, "break"), candidate


def addends(node: Expr) -> Iterator[Expr]:
    """What a sum adds up, or the node itself."""
    if node.op in ("add", "sub", "neg"):
        for arg in node.args:
            yield from addends(arg)
    else:
        yield node


def signed_terms(node: Expr) -> Iterator[Expr]:
    """What a sum adds up, each with its sign."""
    match node.op:
        case "add":
            yield from (term for arg in node.args for term in signed_terms(arg))
        case "sub":
            yield from signed_terms(node.args[0])
            yield from (apply("neg", term) for term in signed_terms(node.args[1]))
        case _:
            yield node


def joined(terms: Iterable[Expr]) -> Expr:
    """Signed terms as one sum, `a - b` for a and -b."""
    first, *others = sorted(terms, key=lambda term: term.op == "neg")
    for term in others:
        first = apply("sub", first, term.args[0]) if term.op == "neg" else apply("add", first, term)
    return first


def factors(node: Expr) -> Iterator[tuple[Expr, Expr]]:
    """Each factor of a product of two, with what is left without it."""
    match node.op:
        case "mul" | "matmul":
            a, b = node.args
            yield a, b
            yield b, a
        case "div" if node.args[1].shape == SCALAR and node.args[0].op != "num":
            yield apply("div", num(1), node.args[1]), node.args[0]


def _subtracted(site: Site) -> Iterator[Candidate]:
    if site.node.op in ("add", "sub"):
        a, b = site.node.args
        yield Candidate(site.path, a, "subtract", b)
        rest = b if site.node.op == "add" else site.make("neg", b)
        if rest is not None:
            yield Candidate(site.path, rest, "subtract", a)
