"""From evidence to marks: what each required result earns, with the reason of every point that is lost.

    no line states it, and something was not understood      a person looks
    the final line is undecided, or the problem was changed  a person looks
    right, or right by an accepted convention                all its points
    follows from an earlier line                             what the policy says; that line is charged once
    wrong                                                    the deduction for what is wrong

Faults on the way cost their deduction at the first result they lead to, and nowhere else. What a person has
to look at has no points at all: neither zero nor full.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from fractions import Fraction

from gradcheck.grading import overrides
from gradcheck.grading.accepted import is_among
from gradcheck.grading.evidence import Deviation, Evidence, Line
from gradcheck.grading.overrides import Decision
from gradcheck.grading.routes import Route, root, route, unclear
from gradcheck.grading.rubric import ALL, Requirement, Rubric
from gradcheck.records import dataclass, field, replace
from gradcheck.verdict import Verdict

NOTHING = Fraction(0)


class Status(StrEnum):
    """What became of a required result, from the best to what a person has to look at."""

    RIGHT = "right"
    IMPLIED = "implied"
    ACCEPTED = "accepted"
    FOLLOWS = "follows"
    WRONG = "wrong"
    MISSING = "missing"
    DECIDED = "decided"
    PERSON = "needs a person"


SHOWN = frozenset({Status.RIGHT, Status.ACCEPTED, Status.FOLLOWS, Status.IMPLIED})


@dataclass(frozen=True, slots=True)
class Reason:
    """Why points were lost (a negative number) or not; `line` is the id of the link that it is about.

    The text gives no right formula away: how much is told of a fault is for the feedback to choose.
    """

    points: Fraction
    text: str
    line: str | None = None


@dataclass(frozen=True, slots=True)
class ResultMark:
    """What one required result earns; no points where a person has to look."""

    requirement: Requirement
    status: Status
    points: Fraction | None
    final: Line | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one submission; `elsewhere` are charges for lines on the way to no result."""

    student: str
    results: tuple[ResultMark, ...]
    elsewhere: tuple[Reason, ...] = ()
    evidence: Evidence = field(default_factory=Evidence, repr=False)
    decisions: tuple[Decision, ...] = ()

    @property
    def points(self) -> Fraction:
        """What was earned where it is decided, never below zero; or what a person gave for all."""
        if self.total is not None and self.total.points is not None:
            return self.total.points
        earned = sum((each.points for each in self.results if each.points is not None), NOTHING)
        return max(earned + sum((each.points for each in self.elsewhere), NOTHING), NOTHING)

    @property
    def total(self) -> Decision | None:
        """A person's decision about the whole submission."""
        return next((each for each in reversed(self.decisions) if each.is_total), None)

    @property
    def full(self) -> Fraction:
        """What could be earned in all."""
        return sum((each.requirement.points for each in self.results), NOTHING)

    @property
    def open(self) -> tuple[ResultMark, ...]:
        """The results that a person has to look at; none once a person gave points for all."""
        return () if self.total is not None else tuple(each for each in self.results if each.points is None)


def mark(student: str, evidence: Evidence, rubric: Rubric, decisions: tuple[Decision, ...] = ()) -> Marks:
    """The marks of a submission by a rubric, with a person's decisions applied."""
    found = overrides.applied(evidence, decisions)
    return _Marking(student, found, rubric, decisions).marks()


class _Marking:
    """One submission being marked: what was already charged is charged no second time."""

    def __init__(
        self, student: str, evidence: Evidence, rubric: Rubric, decisions: tuple[Decision, ...]
    ) -> None:
        self.student = student
        self.evidence = evidence
        self.rubric = rubric
        self.decisions = decisions
        self.charged: dict[str, Requirement] = {}
        self.codes: set[str] = set()

    def marks(self) -> Marks:
        """Every requirement in the rubric's order, then what is left, then decisions."""
        marked = {each: self._result(each) for each in self.rubric.requirements}
        results = [
            each if each.final is not None else self._implied(each, marked.values())
            for each in marked.values()
        ]
        elsewhere = tuple(self._elsewhere()) if self.rubric.policies.elsewhere == "charge" else ()
        return Marks(
            self.student,
            tuple(self._decided(each) for each in results),
            elsewhere,
            self.evidence,
            self.decisions,
        )

    # --- one result -----------------------------------------------------------------------------

    def _result(self, wanted: Requirement) -> ResultMark:
        if self.evidence.failure is not None:
            return _person(wanted, None, self.evidence.failure)
        changed = self._changed(wanted)
        if changed:
            names = ", ".join(f"`{each.quantity} = {each.written}`" for each in changed)
            return _person(wanted, None, f"the problem was changed: {names}")
        found = route(self.evidence, wanted.case, wanted.quantity)
        if found.final is None:
            return self._missing(wanted, found)
        return self._stated(wanted, found, found.final)

    def _changed(self, wanted: Requirement) -> list[Deviation]:
        """The definitions that may make this result another one, since they are not the assignment's."""
        rubric = self.rubric
        return [
            each
            for each in self.evidence.deviations
            if each.case == wanted.case
            and each.quantity not in rubric.definitions
            and not (each.by_constant and "constant-factor" in rubric.conventions)
        ]

    def _stated(self, wanted: Requirement, found: Route, final: Line) -> ResultMark:
        if wanted.accepted and is_among(final, wanted.accepted, self.evidence.matches):
            reason = Reason(NOTHING, "this form is accepted", final.id)
            return self._with_way(wanted, Status.ACCEPTED, final, found.way, [reason])
        match Verdict(final.verdict):
            case Verdict.UNDECIDED:
                return _person(wanted, final, f"line {final.line}: {final.message or 'not decided'}")
            case Verdict.FOLLOWS:
                return self._following(wanted, found, final)
            case Verdict.WRONG:
                reasons = [self._charge(final, wanted, wanted.result)]
                return self._with_way(wanted, Status.WRONG, final, found.way, reasons)
        return self._with_way(wanted, Status.RIGHT, final, found.way, list(self._tolerated(final, wanted)))

    def _tolerated(self, final: Line, wanted: Requirement) -> Iterator[Reason]:
        """A right line that rests on something: told, and charged where the rubric says so."""
        refused = [each for each in final.conventions if each not in self.rubric.conventions]
        if refused:
            off = self.rubric.deduction(Verdict.CONVENTION, None, None)
            lost = wanted.result if off is ALL else min(off, wanted.result)
            yield Reason(-lost, f"the convention {', '.join(refused)} is not accepted here", final.id)
        elif final.verdict in (Verdict.CHARITABLE, Verdict.SLIP):
            off = self.rubric.deduction(Verdict(final.verdict), final.code, final.name)
            lost = wanted.result if off is ALL else min(off, wanted.result)
            text = f"right once this is seen through: {final.message or final.reading or final.verdict}"
            yield Reason(-lost, text, final.id)
        elif final.conventions:
            yield Reason(NOTHING, f"right by convention: {', '.join(final.conventions)}", final.id)

    def _following(self, wanted: Requirement, found: Route, final: Line) -> ResultMark:
        """Wrong by an earlier line alone; an earlier line that leaves nothing to derive earns nothing."""
        cause = root(self.evidence, final)
        policies = self.rubric.policies
        if cause.constant or final.constant or cause.id == final.id:
            text = f"follows from line {cause.line}, which leaves nothing to derive"
            reasons = [Reason(-wanted.result, text, final.id)]
            self.charged.setdefault(cause.id, wanted)
            return self._with_way(wanted, Status.WRONG, final, found.way, reasons)
        share = {"full": Fraction(1), "part": policies.part, "none": NOTHING}[policies.follow_through]
        lost = wanted.result * (1 - share)
        reasons = [
            Reason(-lost, f"wrong only because line {cause.line} is, and follows from it rightly", final.id)
        ]
        if cause.id not in self.charged:
            reasons.append(self._charge(cause, wanted, wanted.working or wanted.result))
        return self._with_way(wanted, Status.FOLLOWS, final, found.way, reasons)

    def _with_way(
        self, wanted: Requirement, status: Status, final: Line, way: Iterable[Line], reasons: list[Reason]
    ) -> ResultMark:
        """The mark with the faults on the way charged; all losses together are at most its points."""
        way = tuple(way)
        told = (*(line for line in way if line.cause is None), final)
        said = dict.fromkeys((line.decided, line.id) for line in told if line.decided)
        reasons.extend(Reason(NOTHING, text, id) for text, id in said)
        reasons.extend(self._on_the_way(way, wanted, wanted.working))
        lost = sum((each.points for each in reasons), NOTHING)
        return ResultMark(wanted, status, max(wanted.points + lost, NOTHING), final, tuple(reasons))

    def _missing(self, wanted: Requirement, found: Route) -> ResultMark:
        doubts = list(unclear(self.evidence, wanted.case))
        if found.per_part is not None:
            doubts.insert(0, f"line {found.per_part.line} derives a part of the loss by it")
        if doubts:
            return _person(wanted, None, f"no line states it, but {doubts[0]}")
        if self.rubric.policies.missing == "person":
            return _person(wanted, None, "no line states it")
        reasons = [Reason(-wanted.points, "no line states this result")]
        right_way = [line for line in found.way if line.verdict not in (Verdict.WRONG, Verdict.UNDECIDED)]
        if right_way and wanted.working:
            first = right_way[0]
            reasons = [Reason(-wanted.result, "no line states this result, the way there is begun", first.id)]
        lost = sum((each.points for each in reasons), NOTHING)
        reasons.extend(self._on_the_way(found.way, wanted, wanted.points + lost))
        lost = sum((each.points for each in reasons), NOTHING)
        return ResultMark(wanted, Status.MISSING, max(wanted.points + lost, NOTHING), None, tuple(reasons))

    # --- charges --------------------------------------------------------------------------------

    def _on_the_way(self, way: Iterable[Line], wanted: Requirement, at_stake: Fraction) -> Iterator[Reason]:
        for line in way:
            if line.verdict == Verdict.WRONG and line.id not in self.charged:
                yield self._charge(line, wanted, at_stake)

    def _charge(self, line: Line, wanted: Requirement | None, at_stake: Fraction) -> Reason:
        """What a wrong line costs; the same misconception may cost once only."""
        if wanted is not None:
            self.charged[line.id] = wanted
        text = f"line {line.line} is wrong"
        code = line.code
        if code is not None and code in self.codes and self.rubric.policies.repeated == "once":
            return Reason(NOTHING, f"{text}; the same fault was charged before", line.id)
        off = self.rubric.deduction(Verdict.WRONG, code, line.name)
        if code is not None:
            self.codes.add(code)
        return Reason(-(at_stake if off is ALL else off), text, line.id)

    def _elsewhere(self) -> Iterator[Reason]:
        """Faults on no way; where a person looks at a whole case, its lines are left to that person."""
        private = {each.case for each in self.rubric.requirements if self._changed(each)}
        for line in self.evidence.lines:
            if line.verdict == Verdict.WRONG and line.id not in self.charged and line.case not in private:
                yield self._charge(line, None, NOTHING)

    # --- what others say ------------------------------------------------------------------------

    def _implied(self, found: ResultMark, others: Iterable[ResultMark]) -> ResultMark:
        """A result that nobody wrote down, but that a later one shows."""
        wanted = found.requirement
        for other in others:
            its = other.requirement
            if its.case == wanted.case and its.quantity in wanted.implied_by and other.status in SHOWN:
                reason = Reason(NOTHING, f"shown by {its.latex}", other.final.id if other.final else None)
                return ResultMark(wanted, Status.IMPLIED, wanted.points, other.final, (reason,))
        return found

    def _decided(self, found: ResultMark) -> ResultMark:
        wanted = found.requirement
        for each in self.decisions:
            if (each.case, each.quantity) == (wanted.case, wanted.quantity):
                reason = Reason(NOTHING, each.said)
                return replace(
                    found, status=Status.DECIDED, points=each.points, reasons=(reason, *found.reasons)
                )
        return found


def _person(wanted: Requirement, final: Line | None, why: str) -> ResultMark:
    return ResultMark(
        wanted, Status.PERSON, None, final, (Reason(NOTHING, why, final.id if final else None),)
    )
