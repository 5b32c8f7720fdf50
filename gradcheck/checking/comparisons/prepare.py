"""The comparisons that would make a link right, set up before the program is fixed.

Inputs that a comparison needs (a cotangent) join the scope here, so that the bench can hold them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from gradcheck.checking.comparisons import annotations as written_below
from gradcheck.checking.comparisons import updates
from gradcheck.checking.comparisons.annotations import Annotation
from gradcheck.checking.comparisons.claims import Claim, Side
from gradcheck.checking.comparisons.earlier_held import (
    with_earlier_held,
    with_part_passed_on,
    with_paths_held,
    with_step_held,
)
from gradcheck.checking.comparisons.expected import comparisons
from gradcheck.checking.comparisons.interiors import where_different, where_summed, where_written
from gradcheck.checking.comparisons.judgement import Pair, mends
from gradcheck.checking.hearing.regions import in_regions
from gradcheck.checking.hearing.restrictions import Restriction, of_classes, restricted
from gradcheck.expr.forms.build import apply
from gradcheck.expr.forms.reading import Reading
from gradcheck.expr.forms.tree import Expr, Ix
from gradcheck.expr.meaning.repeated import lone_summed, written_once
from gradcheck.expr.meaning.scope import Scope
from gradcheck.expr.written.definitions import read_applied
from gradcheck.records import dataclass, field, replace
from gradcheck.shapes import SCALAR
from gradcheck.verdict import Role

# What a derivative may hold though it is made of the variable, too.
HELD = (with_earlier_held, with_paths_held, with_step_held)


@dataclass
class Prepared:
    """A claim with all the pairs that would make it right.

    conditional   the same under a condition that may still be meant
    turned        the same with the indices of what is derived by in the order of its definition
    inside        the same for the entries that the sums of the document take, where they leave some out
    in_regions    the same on one side of a kink, where words say that it is told for some values
    left_open     what could not be read of the entries that it is told for
    """

    claim: Claim
    literal: list[Pair] = field(default_factory=list)
    mended: list[Pair] = field(default_factory=list)
    step_literal: list[Pair] = field(default_factory=list)
    step_mended: list[Pair] = field(default_factory=list)
    layout: list[Pair] = field(default_factory=list)
    conditional: list[Pair] = field(default_factory=list)
    turned: list[Pair] = field(default_factory=list)
    inside: list[Pair] = field(default_factory=list)
    in_regions: list[Pair] = field(default_factory=list)
    left_open: str | None = None
    annotations: list[Annotation] = field(default_factory=list)


def prepare(claim: Claim, scope: Scope, told: Sequence[Restriction] = ()) -> Prepared:
    """Set up the comparisons of a claim; inputs that they need join the scope.

    told    the conditions on indices under which it is told
    """
    made = Prepared(claim, annotations=list(written_below.values(claim.right, scope)))
    if claim.role is Role.UPDATE:
        for pair in _steps(claim, scope):
            (made.mended if mends(pair[2]) else made.literal).append(pair)
        if claim.turned is not None:
            head, right = claim.turned
            made.turned = list(_steps(replace(claim, head=head, left=head, right=right, stepped=head), scope))
        made.step_literal, made.step_mended = made.literal, made.mended
        return made
    made.literal, made.mended = _pairs(claim.head, claim.right, scope)
    made.layout = [] if made.literal else list(_turned_pairs(claim))
    if claim.left is claim.head:
        made.step_literal, made.step_mended = made.literal, made.mended
    else:
        made.step_literal, made.step_mended = _pairs(claim.left, claim.right, scope)
    steps = [pair for pair in updates.comparisons(claim, scope) if not mends(pair[2])]
    made.literal = [*made.literal, *steps] if steps else made.literal
    if claim.turned is not None:
        made.turned = _pairs(*claim.turned, scope)[0]
    made.left_open = _mixed_up(made, scope)
    for restriction in told:
        _restrict(made, restriction, scope)
    same = made.step_literal is made.literal
    for listed in (made.literal,) if same else (made.literal, made.step_literal):
        there = [where_written(told, scope.count) for told in listed]
        there += [where_different(told, scope) for told in listed]
        listed += [pair for pair in there if pair is not None]
        held = [form(told, scope) for told in listed for form in HELD]
        listed += [pair for pair in held if pair is not None]
    if scope.vocabulary.extents.partial:
        summed = (where_summed(told, scope.program.values()) for told in made.literal)
        made.inside = [pair for pair in summed if pair is not None]
    passed = (with_part_passed_on(told, scope) for told in made.literal)
    made.inside += [pair for pair in passed if pair is not None]
    return made


def _steps(claim: Claim, scope: Scope) -> Iterator[Pair]:
    """The comparisons of an update in which each index runs over the same on both sides."""
    return (pair for pair in updates.comparisons(claim, scope) if _same_ranges(pair[0], pair[1]))


def _restrict(made: Prepared, restriction: Restriction, scope: Scope) -> None:
    """Narrow the comparisons to the entries that a claim is told for."""
    if restriction.open is not None:
        made.left_open = restriction.open
        return
    if restriction.of_values:
        made.in_regions += in_regions(made.literal, scope)
        return
    if restriction.condition is None:
        made.conditional += [pair for told in made.literal for pair in of_classes(told, scope)]
        return
    if not restriction.sure:
        pairs = (restricted(pair, restriction.condition, scope) for pair in made.literal)
        made.conditional += [pair for pair in pairs if pair is not None and pair not in made.literal]
        return
    for listed in (made.literal, made.mended, made.step_literal, made.step_mended):
        narrowed = [restricted(pair, restriction.condition, scope) for pair in listed]
        if any(pair is None for pair in narrowed):
            made.left_open = "for which entries this is told could not be read"
        listed[:] = [new if new is not None else old for new, old in zip(narrowed, listed, strict=True)]


def _pairs(head: Side, right: Side, scope: Scope) -> tuple[list[Pair], list[Pair]]:
    literal: list[Pair] = []
    mended: list[Pair] = []
    for h in head.all:
        for r in right.all:
            told = _of_entry(h, _at_each_entry(head, h, r), scope)
            for expected, got, notes in _summed(comparisons(h, told, scope), scope):
                if expected.shape != got.shape or not _same_ranges(expected, got):
                    continue
                together = tuple(dict.fromkeys((*h.notes, *r.notes, *notes)))
                target = (
                    literal if h in head.literal and r in right.literal and not mends(together) else mended
                )
                target.append((expected, got, together))
    mended.sort(key=lambda pair: Reading(pair[0], pair[2]).cost)
    return literal, mended


def _mixed_up(made: Prepared, scope: Scope) -> str | None:
    """What to say where a letter that nothing defines is an index and a quantity: a subscript was lost."""
    for expected, got, _ in made.literal[:1]:
        quantities = (expected.keys | got.keys) - scope.program.keys()
        unknown = quantities - scope.vocabulary.shapes.keys() - scope.vocabulary.labels.keys()
        picks = (node for side in (expected, got) for node in side.walk() if node.op == "pick")
        indices = {s.name for node in picks for s in node.attr if isinstance(s, Ix)} if unknown else set()
        for letter in sorted(unknown & indices):
            return f"`{letter}` is an index here, and a quantity that nothing defines"
    return None


def _summed(pairs: Iterable[Pair], scope: Scope) -> Iterator[Pair]:
    """The comparisons with repeated indices summed, where the document sums them.

    Where each side carries an index of its own, and once, neither repeats: one stands for the other.
    """
    for expected, got, notes in pairs:
        if scope.vocabulary.sums_repeated:
            shared = set(dict(expected.free)) & set(dict(got.free))
            told = [set(written_once(side)) - shared for side in (expected, got)]
            shared |= told[0] | told[1] if all(told) else set()
            inside = [lone_summed(side, shared, below_powers=True) for side in (expected, got)]
            expected, got = lone_summed(expected, shared), lone_summed(got, shared)
            if inside != [expected, got]:
                yield inside[0], inside[1], notes
        yield expected, got, notes


def _at_each_entry(side: Side, head: Reading, right: Reading) -> Reading:
    """`f'(x) = 1` of a function that is applied to each entry of an array: each entry is the number."""
    applied = read_applied(side.node)
    if applied is None or not applied.function.primes:
        return right
    slope, number = head.value, right.value
    if not isinstance(slope, Expr) or not isinstance(number, Expr) or slope.free or number.free:
        return right
    if number.shape != SCALAR or slope.shape == SCALAR:
        return right
    return right._replace(value=apply("broadcast", number, attr=(slope.shape,)))


def _of_entry(head: Reading, right: Reading, scope: Scope) -> Reading:
    """`B_{pk} X_{kq}` for a matrix on the left: repeated indices are summed, the others tell the entry."""
    if not scope.vocabulary.sums_repeated or not isinstance(right.value, Expr):
        return right
    whole = isinstance(head.value, Expr) and head.value.shape != SCALAR and not head.value.free
    if not whole or right.value.shape != SCALAR:
        return right
    return right._replace(value=lone_summed(right.value, written_once(right.value)))


def _turned_pairs(claim: Claim) -> Iterator[Pair]:
    """A derivative whose shape is that of the transpose: the layout with a row for each output."""
    for h in claim.head.literal:
        for r in claim.right.literal:
            if not isinstance(h.value, Expr) or not isinstance(r.value, Expr):
                continue
            if not _same_ranges(h.value, r.value):
                continue
            if h.value.shape == r.value.shape[::-1] and h.value.derivatives:
                yield apply("transpose", h.value), r.value, (*h.notes, *r.notes)


def _same_ranges(expected: Expr, got: Expr) -> bool:
    """Whether an index that both sides carry runs over the same size in both."""
    left = dict(expected.free)
    return all(left.get(name, dim) == dim for name, dim in got.free)


def pairs_of(prepared: list[Prepared]) -> Iterator[Expr]:
    """Every expression that will be compared."""
    for item in prepared:
        for pairs in (
            item.literal,
            item.mended,
            item.step_literal,
            item.step_mended,
            item.layout,
            item.conditional,
            item.inside,
            item.turned,
            item.in_regions,
        ):
            for expected, got, _ in pairs:
                yield expected
                yield got
        for annotation in item.annotations:
            yield from annotation.readings
            yield annotation.part
