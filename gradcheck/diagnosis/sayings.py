"""Sentences that say of two cases that their gradients are the same: held against both programs.

Two cases have the same gradient if the formula of one, in the names that both use (`A - Y`), gives the
gradient of the other. A sentence is charged only where that holds for none of the parameters that it is
about, not even up to a constant, and where the formulas do not agree in terms of gradients either (`dW =
dZ Xᵀ` in both). That their rules differ is charged where the formulas are the same. Sentences with a
reservation (`not`, `except`) and those of more cases are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from gradcheck.calculus.adjoint import gradient
from gradcheck.checking.bench.oracle import Oracle
from gradcheck.checking.cases.checked import Case, Checked
from gradcheck.checking.hearing.remarks import Remark, remarks
from gradcheck.diagnosis.readable import readable
from gradcheck.diagnosis.stated import stated
from gradcheck.expr.forms.build import substitute, variables
from gradcheck.expr.forms.tree import Expr
from gradcheck.patterns import late_pattern
from gradcheck.records import dataclass
from gradcheck.verdict import Verdict

_SAME = late_pattern(r"\b(same|identical|equal|alike)\b", re.IGNORECASE)
_OF_TWO = late_pattern(
    r"\b(both|two|either|each)( of)?( the| these| those)?( \w+)? "
    r"(cases?|loss(es)?|problems?|models?|settings?|tasks?|variants?|pairs?)\b",
    re.IGNORECASE,
)
_OF_GRADIENTS = late_pattern(r"\b(updates?|gradients?|derivatives?)\b", re.IGNORECASE)
_RESERVED = late_pattern(
    r"\b(not|no|never|except|but|unless|only|apart|almost|up to|differ\w*|form|shape|sign|way)\b|n't|\?",
    re.IGNORECASE,
)
_DIFFERENT = late_pattern(r"\bdiffer(?:s|ent)?\b", re.IGNORECASE)
_RULES = late_pattern(r"\b(rules?|formulas?|expressions?|equations?)\b", re.IGNORECASE)
_RESERVED_TOO = late_pattern(
    r"\b(not|no|never|except|but|unless|only|apart|almost|up to|shape|sign|way)\b|n't|\?", re.IGNORECASE
)
_RIGHT = {Verdict.CORRECT, Verdict.CONVENTION, Verdict.CHARITABLE}

Sameness = Literal["same", "factor", "form", "unknown", "different"]
# What is said of gradients where a sentence about them is false.
_FOUND: dict[Sameness, str] = {"same": "have one formula", "different": "are not the same"}


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence with what was found of it; no verdict where nothing can be said."""

    remark: Remark
    verdict: Verdict | None = None
    message: str | None = None


def sayings(checked: Checked) -> Iterator[Saying]:
    """Every claiming sentence of a document, judged where it speaks of two cases or of named quantities."""
    for remark in remarks(checked.document):
        if _claims(remark, _SAME, _OF_TWO, _OF_GRADIENTS) and not _RESERVED.search(remark.text):
            pair, different = _two_cases(checked, remark), False
        elif _claims(remark, _DIFFERENT, _RULES, _OF_TWO) and not _RESERVED_TOO.search(remark.text):
            pair, different = _two_cases(checked, remark), True
        else:
            pair, different = None, False
        if pair is None:
            yield Saying(remark, *(stated(checked, remark) or ()))
        else:
            kinds: tuple[Sameness, Sameness] = ("different", "same") if different else ("same", "different")
            yield _judged(remark, *pair, *kinds)


def _claims(remark: Remark, *patterns: re.Pattern[str]) -> bool:
    return all(pattern.search(remark.text) for pattern in patterns)


def _two_cases(checked: Checked, remark: Remark) -> tuple[Case, Case] | None:
    """The two cases that a sentence may be about: just two derive gradients, and both before it."""
    cases = [case for case in checked.cases if case.bench is not None and _derived(case)]
    before = all(
        judgement.claim.link.span.start < remark.span.start for case in cases for judgement in case.judgements
    )
    return (cases[0], cases[1]) if len(cases) == 2 and before else None


def _derived(case: Case) -> dict[str, list[Expr]]:
    """The right formulas of a case's gradients by the quantity they are taken by."""
    found: dict[str, list[Expr]] = {}
    for judgement in case.judgements:
        if judgement.verdict in _RIGHT and judgement.pair is not None:
            expected, got = judgement.pair
            if expected.op == "deriv" and expected.args[0] == case.scope.loss():
                found.setdefault(expected.args[1].attr[0], []).append(got)
    return found


def _about(remark: Remark, first: Case, second: Case) -> dict[str, Sameness]:
    """How far the gradients agree that a sentence is about: those it names, else all of parameters."""
    inputs = [set(_derived(case)) - set(case.scope.program) for case in (first, second)]
    found = {key: _sameness(key, first, second) for key in sorted(inputs[0] & inputs[1])}
    named = {key for key in found if first.scope.latex_of(key) in remark.text}
    return {key: found[key] for key in named or found}


def _judged(remark: Remark, first: Case, second: Case, says: Sameness, unlike: Sameness) -> Saying:
    """A sentence about the gradients of two cases, held against how far they agree.

    says, unlike   what they are where it is true, and where it is false
    """
    about = _about(remark, first, second)
    if about and set(about.values()) == {says}:
        return Saying(remark, Verdict.CORRECT)
    if about and set(about.values()) == {unlike}:
        names = ", ".join(f"`{readable(first.scope.latex_of(key))}`" for key in about)
        return Saying(remark, Verdict.WRONG, f"the gradients by {names} {_FOUND[unlike]} in the two cases")
    return Saying(remark)


def _sameness(key: str, first: Case, second: Case) -> Sameness:
    """How far the gradients by one quantity agree, at the best of both ways round."""
    ways = [_carried(key, a, b) for a, b in ((first, second), (second, first))]
    order: tuple[Sameness, ...] = ("same", "factor", "form", "unknown", "different")
    return min(ways, key=order.index)


def _carried(key: str, source: Case, other: Case) -> Sameness:
    """Whether formulas of one case give the gradient of another."""
    loss = source.scope.loss()
    assert other.bench is not None, "the case was computed"
    assert source.bench is not None, "the case was computed"
    assert loss is not None, "gradients are of a loss"
    wanted = next(
        node
        for judgement in other.judgements
        if judgement.pair is not None
        for node in [judgement.pair[0]]
        if node.op == "deriv" and node.args[1].attr[0] == key
    )
    written = _derived(source)[key]
    own = gradient(source.bench.program.definitions, loss, wanted.args[1])
    carried = [_renamed(f, other) for f in (*written, own) if f is not None]
    formulas = [f for f in carried if _is_known(f, other)]
    oracle = Oracle(other.bench, decisive=False)
    plain = [f for f in formulas if not f.derivatives]
    if any(oracle.equal(wanted, f) for f in plain):
        return "same"
    if any(oracle.factor(wanted, f) is not None for f in plain):
        return "factor"
    if any(oracle.equal(wanted, f) for f in formulas if f not in plain):
        return "form"
    return "different" if plain and len(formulas) == len(carried) else "unknown"


def _renamed(formula: Expr, case: Case) -> Expr:
    """A formula in which what is only another name in a case has the name it is computed under."""
    aliases = case.scope.aliases
    return substitute(
        formula, {n: aliases[n.attr[0]] for n in formula.walk() if n.op == "var" and n.attr[0] in aliases}
    )


def _is_known(formula: Expr, case: Case) -> bool:
    """Whether a formula's quantities mean something of the same shape in another case."""
    assert case.bench is not None, "the case was computed"
    known = case.bench.program.variables
    names = [node for node in formula.walk() if node.op == "var"]
    return variables(formula) <= set(known) and all(known[n.attr[0]].shape == n.shape for n in names)
