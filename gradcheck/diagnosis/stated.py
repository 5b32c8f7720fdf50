"""Sentences about quantities by their names: symmetric, the same as another, depending on another.

Only what the document computes can be other than it is said to be: of what is given, a sentence says how it
is. The name must stand as the subject of its clause (`the gradient by $W$ does not depend on $b$` tells
nothing of W), and a sentence that holds on a condition, or that is hedged, is left alone.
"""

from __future__ import annotations

import re

from gradcheck.checking.bench.oracle import Oracle
from gradcheck.checking.cases.checked import Case, Checked
from gradcheck.checking.hearing.remarks import Remark
from gradcheck.diagnosis.readable import readable
from gradcheck.expr.forms.build import apply, deriv, var, variables
from gradcheck.expr.forms.reading import MeaningError
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.elaborate import Elaborator
from gradcheck.notation.parser import parse_one
from gradcheck.patterns import late_pattern
from gradcheck.shapes import SCALAR, ShapeError, show
from gradcheck.verdict import Verdict

Found = tuple[Verdict, str | None]

_NOUNS = "matrix|vector|loss|cost|error|output|activation|quantity|function|result|kernel|covariance|product"
_SUBJECT = (
    rf"(?:^|[,;:]\s+(?:(?:and|but|so|where)\s+)?|\b(?:since|because|that|hence|thus|therefore)\s+)"
    rf"(?:the\s+(?:{_NOUNS})\s+)?\$(?P<one>[^$]+)\$\s+"
)
_OTHER = rf"\s+(?:the\s+(?:{_NOUNS})\s+)?\$(?P<two>[^$]+)\$(?!\s*(?:up to|by)\b)"
_FLAGS = re.IGNORECASE
_SYMMETRIC = late_pattern(rf"{_SUBJECT}is (?P<no>not )?symmetric\b(?!\s+(?:in|about|around|with))", _FLAGS)
_DEPENDS = late_pattern(rf"{_SUBJECT}(?:(?P<no>does not|doesn't) depend|depends) on{_OTHER}", _FLAGS)
_ALIKE = late_pattern(
    rf"{_SUBJECT}(?:is (?:the same as|identical to)|(?P<no>differs from|is different from)){_OTHER}", _FLAGS
)
_RESERVED = late_pattern(
    r"\b(if|when|whenever|assum\w*|suppose|would|should|may|might|can|general|need|only|except|almost|nearly|"
    r"approximately|unless|for|at|case|directly|explicitly|locally|longer|form|shape)\b|\?",
    _FLAGS,
)


def stated(checked: Checked, remark: Remark) -> Found | None:
    """The verdict on what a sentence says of a quantity, with what is so instead; None if it says nothing."""
    if _RESERVED.search(remark.text):
        return None
    case = _case_of(checked, remark)
    if case is None:
        return None
    ways = ((_SYMMETRIC, _symmetric), (_DEPENDS, _depending), (_ALIKE, _alike))
    for pattern, judge in ways:
        found = pattern.search(remark.text)
        if found is not None:
            return judge(case, found)
    return None


def _case_of(checked: Checked, remark: Remark) -> Case | None:
    """The case that a sentence stands in: the last that begins before it."""
    before = [
        case
        for case in checked.cases
        if case.judgements and case.judgements[0].claim.link.span.start < remark.span.start
    ]
    return before[-1] if before and before[-1].bench is not None else None


def _value(case: Case, latex: str) -> Expr | None:
    """What a formula of known quantities in a sentence means."""
    node = parse_one(latex)
    if node is None or case.bench is None:
        return None
    try:
        readings = Elaborator(case.scope.aside()).readings(node)
    except (MeaningError, ShapeError):
        return None
    value = readings[0].value if readings and readings[0].is_literal else None
    if not isinstance(value, Expr) or value.free:
        return None
    return value if variables(value) <= set(case.bench.program.variables) else None


def _is_computed(case: Case, *values: Expr) -> bool:
    """Whether what some formulas are is said by definitions."""
    return any(variables(value) & set(case.scope.program) for value in values)


def _symmetric(case: Case, found: re.Match[str]) -> Found | None:
    value = _value(case, found["one"])
    if value is None or value.shape == SCALAR or not _is_computed(case, value):
        return None
    name = f"`{readable(found['one'])}`"
    if value.shape[0] != value.shape[1]:
        declared = bool(case.scope.vocabulary.shapes) and found["no"] is None
        return (Verdict.WRONG, f"{name} is {show(value.shape)}, not square") if declared else None
    is_so = _same(case, value, apply("transpose", value))
    return _told(is_so, found, f"{name} is not symmetric", f"{name} is symmetric")


def _alike(case: Case, found: re.Match[str]) -> Found | None:
    one, two = _value(case, found["one"]), _value(case, found["two"])
    if one is None or two is None or one.shape != two.shape or not _is_computed(case, one, two):
        return None
    names = f"`{readable(found['one'])}` and `{readable(found['two'])}`"
    return _told(_same(case, one, two), found, f"{names} are not the same", f"{names} are the same")


def _depending(case: Case, found: re.Match[str]) -> Found | None:
    """Whether a quantity depends on a given one; that it should is not charged: not all may be written."""
    one, other = _value(case, found["one"]), _value(case, found["two"])
    assert case.bench is not None, "the case was computed"
    if one is None or other is None or other.op != "var" or not _is_computed(case, one):
        return None
    names = f"`{readable(found['one'])}`", f"`{readable(found['two'])}`"
    total = one if one.shape == SCALAR else apply("sum", apply("mul", one, one), attr=(None,))
    reaches = other.attr[0] in case.bench.program.reach_of(one)
    by = deriv(total, var(other.attr[0], other.shape))
    is_so = reaches and not Oracle(case.bench, decisive=False).is_zero(by)
    if found["no"] is None:
        return (Verdict.CORRECT, None) if is_so else None
    return (Verdict.WRONG, f"{names[0]} depends on {names[1]}") if is_so else (Verdict.CORRECT, None)


def _same(case: Case, one: Expr, two: Expr) -> bool | None:
    """Whether two formulas are one, None where the oracles do not agree."""
    assert case.bench is not None, "the case was computed"
    outcome = case.bench.compare(one, two).outcome
    return {"equal": True, "different": False}.get(outcome)


def _told(is_so: bool | None, found: re.Match[str], isnt: str, is_it: str) -> Found | None:
    if is_so is None:
        return None
    denied = found["no"] is not None
    if is_so is not denied:
        return Verdict.CORRECT, None
    return Verdict.WRONG, is_it if denied else isnt
