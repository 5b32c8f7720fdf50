"""The rubric: which results are required, what they are worth, and what a fault costs.

It stands in a YAML file, or in the assignment's front matter. Points are exact fractions, so that a sum does
not depend on the order of its parts. A deduction is looked up by the misconception's code, its name, its
family, then by the verdict: the nearest one counts. Percentages were rejected, since staff think in points.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path

from gradcheck.checking.cases.checked import Checked
from gradcheck.diagnosis.misconceptions import FAMILIES, MISCONCEPTIONS
from gradcheck.expr.written.definitions import unboxed
from gradcheck.expr.written.names import read_name
from gradcheck.expr.written.quotients import read_quotient
from gradcheck.expr.written.vocabulary import Vocabulary
from gradcheck.grading.places import FormError, Value, document
from gradcheck.notation.parser import parse_one
from gradcheck.records import dataclass, field
from gradcheck.verdict import Verdict

ALL = None
Deduction = Fraction | None

_FAULTS = (Verdict.WRONG, Verdict.SLIP, Verdict.CHARITABLE, Verdict.CONVENTION)
_CONVENTIONS = (
    "per-sample",
    "one-example",
    "constant-factor",
    "asked-zero",
    "layout",
    "one-hot",
    "sign-labels",
    "component",
)
KEYS = (
    "title", "required", "points", "deductions", "policies", "conventions", "definitions", "feedback",
)  # fmt: skip
_NAMES = {record.name for record in MISCONCEPTIONS.values()}


@dataclass(frozen=True, slots=True)
class Requirement:
    """One result that has to be derived.

    result, working  points for what comes out, and for the way there
    implied_by       quantities of the same case any of which, rightly derived, shows this result too
    accepted         formulas that count as right whatever is found of them
    """

    case: str
    quantity: str
    latex: str
    result: Fraction
    working: Fraction
    implied_by: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()

    @property
    def points(self) -> Fraction:
        """What it is worth in all."""
        return self.result + self.working


@dataclass(frozen=True, slots=True)
class Policies:
    """What is done where people differ.

    follow_through  what a result earns that is wrong only by an earlier line: full, part (that share), none
    missing         a result that is not there: zero points, or a person looks
    repeated        one misconception in several lines is charged once or each time
    elsewhere       faults outside the way to any result are charged or only told
    """

    follow_through: str = "full"
    part: Fraction = Fraction(1, 2)
    missing: str = "zero"
    repeated: str = "each"
    elsewhere: str = "tell"


@dataclass(frozen=True)
class Rubric:
    """What is required and what it is worth; deductions by code, name, family or verdict, ALL for all points.

    hints  how much feedback tells: `where`, `kind` (and what kind of fault), `repair` (and what to write)
    """

    requirements: tuple[Requirement, ...]
    deductions: Mapping[str, Deduction] = field(default_factory=dict)
    policies: Policies = Policies()
    conventions: frozenset[str] = frozenset(_CONVENTIONS)
    definitions: frozenset[str] = frozenset()
    hints: str = "kind"
    reference: bool = False

    @property
    def points(self) -> Fraction:
        """What a perfect submission earns."""
        return sum((each.points for each in self.requirements), Fraction(0))

    def deduction(self, verdict: Verdict, code: str | None, name: str | None) -> Deduction:
        """What a fault costs: by the nearest entry; a wrong line all that is at stake, others nothing."""
        for key in (code, name, code[:3] if code else None, str(verdict)):
            if key is not None and key in self.deductions:
                return self.deductions[key]
        return ALL if verdict in (Verdict.WRONG, Verdict.CONVENTION) else Fraction(0)


def load(path: Path, assignment: Checked) -> Rubric:
    """The rubric of a file, for an assignment that was checked by itself.

    Raises FormError, with the place, for anything that is not of a rubric's form.
    """
    found = document(path)
    keys = dict(found.items()) if found is not None else {}
    if found is None or "required" not in keys:
        raise FormError(f"{path}: `required` is missing: case → list of the gradients to be derived")
    if path.suffix.lower() in (".yaml", ".yml"):
        keys = dict(found.items(*KEYS))
    return _Form(keys, assignment).rubric()


class _Form:
    """The entries of a rubric, and the assignment that they speak of."""

    def __init__(self, keys: Mapping[str, Value], assignment: Checked) -> None:
        self.keys = keys
        self.cases = [case for case in assignment.cases if case.scope.loss_key in case.scope.program]
        self.result, self.working = self._points()

    def rubric(self) -> Rubric:
        keys = self.keys
        feedback = dict(keys["feedback"].items("hints", "reference")) if "feedback" in keys else {}
        return Rubric(
            requirements=tuple(self._requirements(keys["required"])),
            deductions=dict(self._deductions()),
            policies=self._policies(),
            conventions=frozenset(self._conventions()),
            definitions=frozenset(_key(each, self._vocabulary()) for each in self._listed("definitions")),
            hints=feedback["hints"].choice("where", "kind", "repair") if "hints" in feedback else "kind",
            reference=feedback["reference"].truth() if "reference" in feedback else False,
        )

    def _listed(self, key: str) -> Iterator[Value]:
        return self.keys[key].entries() if key in self.keys else iter(())

    def _vocabulary(self) -> Vocabulary:
        return self.cases[0].scope.vocabulary if self.cases else Vocabulary()

    def _points(self) -> tuple[Fraction, Fraction]:
        given = dict(self.keys["points"].items("result", "working")) if "points" in self.keys else {}
        result = given["result"].number() if "result" in given else Fraction(1)
        return result, given["working"].number() if "working" in given else Fraction(0)

    def _requirements(self, required: Value) -> Iterator[Requirement]:
        seen: set[tuple[str, str]] = set()
        for name, wanted in required.items():
            case = next((each.name for each in self.cases if each.name.lower() == name.lower()), None)
            if case is None:
                cases = ", ".join(repr(each.name) for each in self.cases)
                wanted.fail(f"the assignment has no such case; it has {cases}")
            for entry in wanted.entries():
                requirement = self._requirement(case, entry)
                if (case, requirement.quantity) in seen:
                    entry.fail("is required twice")
                seen.add((case, requirement.quantity))
                yield requirement
        if not seen:
            required.fail("nothing is required")

    def _requirement(self, case: str, entry: Value) -> Requirement:
        given: dict[str, Value] = {}
        if entry.is_mapping:
            given = dict(entry.items("gradient", "result", "working", "implied-by", "accepted"))
            if "gradient" not in given:
                entry.fail("`gradient` is missing")
        at = given.get("gradient", entry)
        return Requirement(
            case=case,
            quantity=self._quantity(case, at),
            latex=at.text(),
            result=given["result"].number() if "result" in given else self.result,
            working=given["working"].number() if "working" in given else self.working,
            implied_by=tuple(self._quantity(case, each) for each in _entries(given, "implied-by")),
            accepted=tuple(each.text() for each in _entries(given, "accepted")),
        )

    def _quantity(self, case: str, at: Value) -> str:
        scope = next(each.scope for each in self.cases if each.name == case)
        key = _key(at, scope.vocabulary)
        if key not in scope.program and key not in scope.shapes and key not in scope.vocabulary.shapes:
            at.fail(f"{key} is no quantity of the assignment")
        found = scope.quantity(key)
        return str(found.attr[0]) if found is not None and found.op == "var" else key

    def _deductions(self) -> Iterator[tuple[str, Deduction]]:
        if "deductions" not in self.keys:
            return
        for name, value in self.keys["deductions"].items():
            if (
                name not in MISCONCEPTIONS
                and name not in _NAMES
                and name not in FAMILIES
                and name not in _FAULTS
            ):
                value.fail(
                    f"no misconception's code or name, no family, and none of {', '.join(_FAULTS)};"
                    " `gradcheck explain` lists them"
                )
            yield name, ALL if value.text() == "all" else value.number()

    def _policies(self) -> Policies:
        if "policies" not in self.keys:
            return Policies()
        known = ("follow-through", "part", "missing", "repeated", "elsewhere")
        given = dict(self.keys["policies"].items(*known))
        default = Policies()
        part = given["part"].number(1) if "part" in given else default.part
        return Policies(
            follow_through=_chosen(given, "follow-through", default.follow_through, "full", "part", "none"),
            part=part,
            missing=_chosen(given, "missing", default.missing, "zero", "person"),
            repeated=_chosen(given, "repeated", default.repeated, "once", "each"),
            elsewhere=_chosen(given, "elsewhere", default.elsewhere, "charge", "tell"),
        )

    def _conventions(self) -> Iterator[str]:
        if "conventions" not in self.keys:
            yield from _CONVENTIONS
        for each in self._listed("conventions"):
            yield each.choice(*_CONVENTIONS)


def _entries(given: Mapping[str, Value], key: str) -> Iterator[Value]:
    return given[key].entries() if key in given else iter(())


def _chosen(given: Mapping[str, Value], key: str, default: str, *words: str) -> str:
    return given[key].choice(*words) if key in given else default


def _key(at: Value, vocabulary: Vocabulary) -> str:
    """The quantity of a gradient (`\\frac{\\partial L}{\\partial W}`) or of a bare name, by its key."""
    written = parse_one(at.text())
    node = unboxed(written) if written is not None else None
    quotient = read_quotient(node) if node is not None else None
    if quotient is not None and len(quotient.variables) == 1:
        node = unboxed(quotient.variables[0])
    name = read_name(node) if node is not None else None
    if name is None:
        at.fail("must be a gradient such as \\frac{\\partial L}{\\partial W}, or a name")
    return vocabulary.canonical(name)
