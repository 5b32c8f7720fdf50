"""The judge: one decision for each link, in one order.

    declaration, definition   read and well shaped
    correct        some reading as written equals what is expected
    slip           a reading that undoes a slip of transcription does
    charitable     nothing as written is well shaped, and a reading that the shapes force does
    convention     right up to what the document agrees on: the mean at the parameters, dropped constants
    follows        exactly what an earlier wrong line leads to
    wrong          none of these, with a witness that every oracle supports
    undecided      not read, not typed, or the oracles do not agree; with the reason

A verdict rests on the oracles' evidence for one pair of expressions, which the judgement keeps.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from gradcheck.calculus.evidence import Evidence
from gradcheck.checking import annotations, counts, trust, updates
from gradcheck.checking.annotations import Annotation
from gradcheck.checking.claims import Claim, Side
from gradcheck.checking.conventions import Agreements, scope_size
from gradcheck.checking.expected import comparisons
from gradcheck.checking.follow import Fault, cause
from gradcheck.checking.oracle import Factor, Oracle
from gradcheck.expr.build import apply, isum, substitute, variables
from gradcheck.expr.definitions import written_names
from gradcheck.expr.names import LEARNING_RATES
from gradcheck.expr.reading import CHARITABLE, SLIPS, MeaningError, Note, Reading
from gradcheck.expr.resolve import known
from gradcheck.expr.scope import Scope
from gradcheck.expr.tree import Expr
from gradcheck.shapes import ShapeError, show
from gradcheck.verdict import Certainty, Role, Verdict

Pair = tuple[Expr, Expr, tuple[Note, ...]]


@dataclass
class Judgement:
    """What is said of one link, and on what ground.

    pair        expected and written expressions that the evidence is about
    notes       the assumptions of the reading that was taken
    factor      the constant by which it is off, under a convention or as part of a fault
    pairs       of a fault: all readings, any of which would have made the line right
    """

    claim: Claim
    verdict: Verdict
    certainty: Certainty | None = None
    pair: tuple[Expr, Expr] | None = None
    notes: tuple[Note, ...] = ()
    evidence: Evidence | None = None
    conventions: tuple[str, ...] = ()
    factor: Factor | None = None
    code: str | None = None
    message: str | None = None
    help: str | None = None
    cause: str | None = None
    step: Verdict | None = None
    pairs: tuple[tuple[Expr, Expr], ...] = ()

    @property
    def role_is_claim(self) -> bool:
        """Whether the link claims something beyond defining a name."""
        return self.claim.role not in (Role.DEFINITION, Role.DECLARATION)


@dataclass
class Prepared:
    """A claim with all the pairs that would make it right."""

    claim: Claim
    literal: list[Pair] = field(default_factory=list)
    mended: list[Pair] = field(default_factory=list)
    step_literal: list[Pair] = field(default_factory=list)
    step_mended: list[Pair] = field(default_factory=list)
    layout: list[Pair] = field(default_factory=list)
    annotations: list[Annotation] = field(default_factory=list)


def prepare(claim: Claim, scope: Scope) -> Prepared:
    """Set up the comparisons of a claim; inputs that they need join the scope."""
    made = Prepared(claim, annotations=list(annotations.values(claim.right, scope)))
    if claim.role is Role.UPDATE:
        for pair in updates.comparisons(claim, scope):
            (made.mended if _mends(pair[2]) else made.literal).append(pair)
        made.step_literal, made.step_mended = made.literal, made.mended
        return made
    made.literal, made.mended = _pairs(claim.head, claim.right, scope)
    made.layout = [] if made.literal else list(_turned_pairs(claim))
    if claim.left is claim.head:
        made.step_literal, made.step_mended = made.literal, made.mended
    else:
        made.step_literal, made.step_mended = _pairs(claim.left, claim.right, scope)
    return made


def _pairs(head: Side, right: Side, scope: Scope) -> tuple[list[Pair], list[Pair]]:
    literal: list[Pair] = []
    mended: list[Pair] = []
    for h in head.all:
        for r in right.all:
            for expected, got, notes in comparisons(h, r, scope):
                if expected.shape != got.shape or not _same_ranges(expected, got):
                    continue
                together = tuple(dict.fromkeys((*h.notes, *r.notes, *notes)))
                target = (
                    literal if h in head.literal and r in right.literal and not _mends(together) else mended
                )
                target.append((expected, got, together))
    mended.sort(key=lambda pair: Reading(pair[0], pair[2]).cost)
    return literal, mended


def _turned_pairs(claim: Claim) -> Iterator[Pair]:
    """A derivative whose shape is that of the transpose: the layout with a row for each output."""
    for h in claim.head.literal:
        for r in claim.right.literal:
            if not isinstance(h.value, Expr) or not isinstance(r.value, Expr):
                continue
            if h.value.shape == r.value.shape[::-1] and any(node.op == "deriv" for node in h.value.walk()):
                yield apply("transpose", h.value), r.value, (*h.notes, *r.notes)


def _same_ranges(expected: Expr, got: Expr) -> bool:
    """Whether an index that both sides carry runs over the same size in both."""
    left = dict(expected.free)
    return all(left.get(name, dim) == dim for name, dim in got.free)


def _mends(notes: tuple[Note, ...]) -> bool:
    return any(note.kind in CHARITABLE or note.kind in SLIPS for note in notes)


class Judge:
    """Judges the links of one case in order."""

    def __init__(self, scope: Scope, oracle: Oracle, agreements: Agreements) -> None:
        self.scope = scope
        self.oracle = oracle
        self.agreements = agreements
        self.judgements: list[Judgement] = []
        self.faults: list[Fault] = []

    def judge(self, prepared: Prepared) -> Judgement:
        """The verdict of a link against the chain's head, and of its step."""
        judgement = self._annotations_checked(self._against_head(prepared), prepared)
        if prepared.claim.link.number > 1 and prepared.claim.role is not Role.DECLARATION:
            judgement.step = self._step(prepared, judgement)
        self._attribute(prepared, judgement)
        self.judgements.append(judgement)
        return judgement

    # --- against the head -----------------------------------------------------------------------

    def _against_head(self, prepared: Prepared) -> Judgement:
        claim = prepared.claim
        if claim.role is Role.DEFINITION:
            return self._definition(claim)
        unread = self._unread(claim)
        if unread is not None:
            return unread
        if claim.role is Role.DECLARATION:
            return Judgement(claim, Verdict.CORRECT, Certainty.PROVED)
        if claim.link.relation.sign == "≠":
            return self._unequal(prepared)
        if claim.link.relation.sign not in ("=", "←", ":=", "≡"):
            return Judgement(claim, Verdict.UNDECIDED, message=f"`{claim.link.relation.sign}` is not checked")
        return self._equality(prepared)

    def _equality(self, prepared: Prepared) -> Judgement:
        claim = prepared.claim
        found = self._right(claim, prepared.literal, prepared.mended)
        if found is not None:
            return self._count_checked(found)
        if claim.role is Role.RESTATEMENT and self._defines_again(claim):
            return self._definition(claim)
        candidates = [*prepared.literal, *prepared.mended]
        for expected, got, notes in candidates:
            factor = self.oracle.factor(expected, got)
            agreed = (
                None
                if factor is None
                else self.agreements.convention(claim, expected, factor, self.judgements)
            )
            if agreed is not None:
                loose = any(note.kind in CHARITABLE for note in notes)
                verdict = self._verdict_of(notes, Verdict.CHARITABLE if loose else Verdict.CONVENTION)
                return self._struck_checked(
                    self._judged(claim, verdict, (expected, got, notes), agreed, factor)
                )
        for expected, got, notes in candidates:
            per_sample = self._by_authors_gradients(got)
            if per_sample is not None and self.oracle.equal(expected, per_sample):
                return self._judged(
                    claim, Verdict.CONVENTION, (expected, per_sample, notes), "per-sample", None
                )
        for pair in prepared.layout:
            if self.oracle.equal(pair[0], pair[1]):
                return self._judged(claim, Verdict.CONVENTION, pair, "layout", None)
        columns = self.agreements.per_sample_columns(claim, self.scope, self.oracle)
        if columns is not None:
            return self._judged(claim, Verdict.CONVENTION, columns, "per-sample", None)
        return self._wrong(prepared)

    def _by_authors_gradients(self, got: Expr) -> Expr | None:
        """A formula in which gradients that the author gives per sample have the author's value."""
        count = scope_size(self.scope)
        given = {
            j.pair[0]: apply("mul", count, j.pair[0])
            for j in self.judgements
            if "per-sample" in j.conventions
            and j.factor is not None
            and j.pair is not None
            and j.pair[0].op == "deriv"
        }
        return substitute(got, given) if any(node in given for node in got.walk()) else None

    def _right(self, claim: Claim, literal: list[Pair], mended: list[Pair]) -> Judgement | None:
        """Correct, slip or charitable, if one of these holds."""
        for pair in literal:
            if self.oracle.equal(pair[0], pair[1]):
                return self._struck_checked(self._judged(claim, Verdict.CORRECT, pair))
        well_shaped = bool(literal)
        for pair in mended:
            verdict = self._verdict_of(pair[2], Verdict.CHARITABLE)
            if verdict is Verdict.CHARITABLE and well_shaped and not _keeps_shapes(pair[2]):
                continue
            if self.oracle.equal(pair[0], pair[1]):
                # The derivative of an elementwise function is told for each entry: no ⊙ is missing there.
                entrywise = claim.role is Role.LOCAL_DERIVATIVE and _only_loose(pair[2])
                return self._judged(claim, Verdict.CORRECT if entrywise else verdict, pair)
        return None

    def _verdict_of(self, notes: tuple[Note, ...], otherwise: Verdict) -> Verdict:
        return Verdict.SLIP if any(note.kind in SLIPS for note in notes) else otherwise

    def _judged(
        self,
        claim: Claim,
        verdict: Verdict,
        pair: Pair,
        convention: str | None = None,
        factor: Factor | None = None,
    ) -> Judgement:
        expected, got, notes = pair
        judgement = Judgement(claim, verdict, None, (expected, got), notes, factor=factor)
        judgement.conventions = (convention,) if convention else ()
        judgement.code = _slip_code(claim, notes)
        if self.oracle.decisive:
            judgement.evidence = self.oracle.evidence(expected, got)
            judgement.certainty = Certainty(judgement.evidence.certainty)
        return judgement

    def _struck_checked(self, judgement: Judgement) -> Judgement:
        """A line that is right only if what is struck out is kept: the strike is a slip."""
        side = judgement.claim.right
        assert judgement.pair is not None, "a right line was compared"
        without = [r.value for r in side.literal if any(note.kind == "struck" for note in r.notes)]
        if not without or any(note.kind == "struck" for note in judgement.notes):
            return judgement
        expected, got = judgement.pair
        for value in without:
            if (
                isinstance(value, Expr)
                and value.shape == expected.shape
                and self._as_good(expected, got, value)
            ):
                return judgement
        judgement.verdict, judgement.code = Verdict.SLIP, "GC705"
        judgement.message = "what is struck out is needed"
        return judgement

    def _as_good(self, expected: Expr, got: Expr, other: Expr) -> bool:
        """Whether another reading is as right as the one taken: up to the same convention."""
        if self.oracle.equal(expected, other) or self.oracle.equal(got, other):
            return True
        factor, mine = self.oracle.factor(expected, other), self.oracle.factor(expected, got)
        return factor is not None and mine is not None and not mine.is_one and factor.number > 0

    def _count_checked(self, judgement: Judgement) -> Judgement:
        if judgement.verdict is Verdict.CORRECT and judgement.claim.role in (
            Role.DEFINITION,
            Role.RESTATEMENT,
        ):
            fault = counts.miscounted_mean(judgement.claim.link.right)
            if fault is not None:
                judgement.verdict, judgement.code = Verdict.WRONG, "GC203"
                judgement.message, judgement.help = fault.message, fault.help
                judgement.evidence = fault.evidence(self.oracle.samples(self.scope.sample_dim))
        return judgement

    def _definition(self, claim: Claim) -> Judgement:
        used = self.scope.used.get(claim.defines) if claim.defines is not None else None
        reading = used or next(iter(claim.right.all), None)
        if reading is None and claim.right.error is not None and not self._is_function(claim):
            return Judgement(claim, Verdict.UNDECIDED, message=claim.right.error.message)
        if reading is None:
            return Judgement(claim, Verdict.CORRECT, Certainty.PROVED)
        notes = reading.notes
        verdict = Verdict.CORRECT
        if any(note.kind in SLIPS for note in notes):
            verdict = Verdict.SLIP
        elif not reading.is_literal and not _only_loose(notes):
            verdict = Verdict.CHARITABLE
        judgement = Judgement(claim, verdict, Certainty.PROVED, notes=notes)
        judgement.code = _slip_code(claim, notes)
        return self._count_checked(judgement)

    def _is_function(self, claim: Claim) -> bool:
        return any(d.right is claim.link.right for d in self.scope.functions.values())

    def _defines_again(self, claim: Claim) -> bool:
        """Whether this link is one of several definitions of its name, and another one was taken."""
        place = (claim.equation.number, claim.link.number)
        return any(d.place == place for items in self.scope.quantities.values() for d in items)

    def _unequal(self, prepared: Prepared) -> Judgement:
        """`≠`: where the sides are equal after all, an arrow or an equals sign was meant."""
        claim = prepared.claim
        found = self._right(claim, prepared.literal, prepared.mended)
        if found is not None or any(self._up_to_sum(expected, got) for expected, got, _ in prepared.literal):
            judgement = found or Judgement(claim, Verdict.SLIP, Certainty.PROVED, prepared.literal[0][:2])
            judgement.verdict, judgement.code = Verdict.SLIP, "GC704"
            judgement.message = "`≠` stands between equal quantities: `⇒` or `=` was meant"
            return judgement
        if not prepared.literal:
            return Judgement(claim, Verdict.UNDECIDED, message="the two sides of `≠` cannot be compared")
        return self._judged(claim, Verdict.CORRECT, prepared.literal[0])

    def _up_to_sum(self, expected: Expr, got: Expr) -> bool:
        """Whether two sides differ by a constant, or by a sum over the samples that is not written."""
        index = self.scope.implicit_sample
        if index is not None and index.name in dict(got.free) and index.name not in dict(expected.free):
            got = isum(got, index)
        return self.oracle.factor(expected, got) is not None

    # --- wrong ----------------------------------------------------------------------------------

    def _wrong(self, prepared: Prepared) -> Judgement:
        claim = prepared.claim
        pairs = [*prepared.literal, *prepared.mended]
        if not pairs:
            return self._ill_shaped(claim)
        for expected, got, notes in pairs:
            found = cause(expected, got, self.faults, self.oracle, self.scope.sample_dim)
            if found is not None:
                judgement = self._judged(claim, Verdict.FOLLOWS, (expected, got, notes))
                judgement.cause = found.id
                return judgement
        by_convention = self._with_lone_indices_summed(claim, pairs)
        if by_convention is not None:
            return by_convention
        expected, got, notes = pairs[0]
        unsaid = self._unsaid(expected, got)
        if unsaid is not None:
            return Judgement(claim, Verdict.UNDECIDED, pair=(expected, got), message=unsaid, code="GC604")
        zero = next(
            (node for node in got.walk() if node.op == "div" and self.oracle.is_zero(node.args[1])), None
        )
        if zero is not None:
            judgement = Judgement(
                claim, Verdict.WRONG, Certainty.PROVED, (expected, got), notes, code="GC410"
            )
            judgement.message = "a denominator is zero, whatever the values"
            return judgement
        judgement = self._judged(claim, Verdict.WRONG, pairs[0])
        judgement.factor = self.oracle.factor(expected, got)
        evidence = judgement.evidence
        if evidence is not None and evidence.outcome != "different":
            judgement.verdict = Verdict.UNDECIDED
            judgement.message = evidence.reason or "the oracles see no difference"
        return judgement

    def _with_lone_indices_summed(self, claim: Claim, pairs: list[Pair]) -> Judgement | None:
        """A right side with an index of its own: right if the index is summed, else nothing is said of it."""
        lone = trust.lone_indices(pairs[0][0], pairs[0][1])
        if not lone:
            return None
        for expected, got, notes in pairs:
            indices = trust.lone_indices(expected, got)
            total, note = trust.summed(got, indices)
            if indices and self.oracle.equal(expected, total):
                return self._judged(claim, Verdict.CHARITABLE, (expected, total, (*notes, note)))
        return Judgement(
            claim, Verdict.UNDECIDED, pair=pairs[0][:2], message=trust.open_index(lone), code="GC505"
        )

    def _unsaid(self, expected: Expr, got: Expr) -> str | None:
        """What the document leaves open of a line, so that the line says nothing false; None if nothing.

        A derivative is open where its target rests on names that nothing defines and none is its variable;
        a right side where it brings in such names.
        """
        program = self.oracle.bench.program
        given = set(self.scope.program) | set(self.scope.vocabulary.shapes) | set(LEARNING_RATES)
        for node in (*expected.walk(), *got.walk()):
            if node.op == "deriv" and node.args[1].attr[0] not in program.reach_of(node.args[0]):
                open_names = {
                    k for k in program.reach_of(node.args[0]) if k not in given and not k.startswith("·")
                }
                if open_names or node.args[0].op == "var" and node.args[0].attr[0] not in self.scope.program:
                    return f"what `{self.scope.latex_of(node.args[1].attr[0])}` does to {self._told(open_names)} is not defined"
        used = {key for value in self.scope.program.values() for key in variables(value)}
        brought = {
            k for k in variables(got) - program.reach_of(expected) - given - used if not k.startswith("·")
        }
        return f"{self._told(brought)} is used here and defined nowhere" if brought else None

    def _told(self, keys: set[str]) -> str:
        return ", ".join(f"`{self.scope.latex_of(key)}`" for key in sorted(keys)) or "this quantity"

    def _ill_shaped(self, claim: Claim) -> Judgement:
        heads = {show(r.value.shape) for r in claim.head.all if isinstance(r.value, Expr)}
        rights = {show(r.value.shape) for r in claim.right.all if isinstance(r.value, Expr)}
        message = f"the left side is {' or '.join(sorted(heads)) or 'a Jacobian'}, the right side {' or '.join(sorted(rights)) or 'a Jacobian'}"
        if (
            heads
            and rights
            and claim.head.literal
            and all(map(self._all_declared, (claim.head, claim.right)))
        ):
            return Judgement(claim, Verdict.WRONG, Certainty.PROVED, message=message, code="GC603")
        return Judgement(claim, Verdict.UNDECIDED, message=message, code="GC605")

    # --- step, faults, unread -------------------------------------------------------------------

    def _step(self, prepared: Prepared, judgement: Judgement) -> Verdict:
        claim = prepared.claim
        if claim.left.error is not None and not claim.left.all:
            return Verdict.UNDECIDED
        if claim.role is Role.DEFINITION or judgement.verdict is Verdict.UNDECIDED:
            return judgement.verdict
        found = self._right(claim, prepared.step_literal, prepared.step_mended)
        if found is not None:
            return found.verdict
        if judgement.verdict is not Verdict.WRONG and self._agreed_step(prepared):
            return Verdict.CONVENTION
        if judgement.verdict in (Verdict.CONVENTION, Verdict.SLIP, Verdict.CHARITABLE):
            return judgement.verdict
        return Verdict.WRONG if prepared.step_literal or prepared.step_mended else Verdict.UNDECIDED

    def _agreed_step(self, prepared: Prepared) -> bool:
        """Whether the sides differ by a factor that the document agrees on."""
        for expected, got, _ in [*prepared.step_literal, *prepared.step_mended]:
            factor = self.oracle.factor(expected, got)
            if factor is not None and self.agreements.convention(
                prepared.claim, expected, factor, self.judgements
            ):
                return True
        return False

    def _attribute(self, prepared: Prepared, judgement: Judgement) -> None:
        """A wrong link whose step from a wrong left neighbour is right follows from it; others are faults."""
        if judgement.verdict is not Verdict.WRONG or judgement.pair is None:
            return
        before = self._left_neighbour(judgement.claim)
        step_right = judgement.step in (Verdict.CORRECT, Verdict.CHARITABLE, Verdict.SLIP)
        if before is not None and step_right and before.verdict in (Verdict.WRONG, Verdict.FOLLOWS):
            judgement.verdict = Verdict.FOLLOWS
            judgement.cause = before.cause or before.claim.id
            judgement.code = None
            return
        pairs = [judgement.pair, *((e, g) for e, g, _ in (*prepared.literal, *prepared.mended))]
        judgement.pairs = tuple(dict.fromkeys(pairs))
        self.faults += [Fault(judgement.claim.id, e, g) for e, g in judgement.pairs]

    def _left_neighbour(self, claim: Claim) -> Judgement | None:
        if not self.judgements:
            return None
        last = self.judgements[-1]
        return last if last.claim.equation is claim.equation else None

    def _annotations_checked(self, judgement: Judgement, prepared: Prepared) -> Judgement:
        """A line is not right if a size or a value that it writes below a part of itself is false."""
        if judgement.verdict in (Verdict.WRONG, Verdict.FOLLOWS, Verdict.UNDECIDED):
            return judgement
        false = annotations.false_size(prepared.claim.right, self.scope) or annotations.false_value(
            prepared.annotations, self.oracle
        )
        if false is not None:
            judgement.verdict, judgement.message, judgement.code = Verdict.WRONG, false.message, false.code
            if false.pair is not None:
                judgement.pair = false.pair
                judgement.evidence = self.oracle.evidence(*false.pair) if self.oracle.decisive else None
        return judgement

    def _unread(self, claim: Claim) -> Judgement | None:
        for side in (claim.head, claim.right):
            if not side.all:
                error = side.error or MeaningError("this cannot be read")
                return self._without_meaning(claim, side, error)
        return None

    def _without_meaning(self, claim: Claim, side: Side, error: MeaningError) -> Judgement:
        """A formula whose shapes are all declared and fit in no way is wrong; any other is only not understood."""
        wrong = error.ill_shaped and side is claim.right and self._all_declared(side)
        verdict = Verdict.WRONG if wrong else Verdict.UNDECIDED
        return Judgement(claim, verdict, Certainty.PROVED if wrong else None, message=error.message)

    def _all_declared(self, side: Side) -> bool:
        """Whether every name of a formula has a declared shape, or a definition from such names."""
        declared = self.scope.vocabulary.shapes
        if self.scope.component or not declared:
            return False
        for name in written_names(side.node):
            plain = name.without(primes=0, power=None)
            if name.base[:1] == "d" and len(name.base) > 1:
                plain = plain.without(base=name.base[1:])
            sign = name.base in LEARNING_RATES or name.base in ("partial", "nabla", "d", "\\partial")
            if sign or self.scope.is_function(name) or self.scope.vocabulary.dim(name.key) is not None:
                continue
            try:
                found = known(plain, self.scope)
            except (MeaningError, ShapeError):
                return False
            keys = [
                key
                for reading in found or ()
                if isinstance(reading.value, Expr)
                for key in variables(reading.value)
            ]
            if not keys or any(key not in declared and key not in self.scope.program for key in keys):
                return False
        return True


def _slip_code(claim: Claim, notes: tuple[Note, ...]) -> str | None:
    """The code of the slip that is undone, one in this very line before one in a definition that it uses."""
    slips = [note for note in notes if note.kind in SLIPS and note.code]
    own = [note for note in slips if note.span is not None and note.span in claim.link.span]
    return next((note.code for note in (*own, *slips)), None)


def _keeps_shapes(notes: tuple[Note, ...]) -> bool:
    """Whether nothing was assumed that only an ill-shaped line would need."""
    return all(note.kind in ("hadamard", "implicit", "info", "struck") for note in notes)


def _only_loose(notes: tuple[Note, ...]) -> bool:
    """Whether all that was assumed is that a product of equal shapes is taken entry by entry."""
    return all(note.kind in ("hadamard", "info", "struck") for note in notes)


def pairs_of(prepared: list[Prepared]) -> Iterator[Expr]:
    """Every expression that will be compared."""
    for item in prepared:
        for pairs in (item.literal, item.mended, item.step_literal, item.step_mended, item.layout):
            for expected, got, _ in pairs:
                yield expected
                yield got
        for annotation in item.annotations:
            yield from annotation.readings
            yield annotation.part
