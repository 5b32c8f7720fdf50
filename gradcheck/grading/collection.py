"""From a checked submission to its evidence: each line under the assignment's names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from gradcheck.checking.bench.oracle import Oracle
from gradcheck.checking.cases.checked import Case, Checked
from gradcheck.checking.comparisons.claims import Claim
from gradcheck.checking.comparisons.judgement import Judgement
from gradcheck.expr.meaning.scope import Scope
from gradcheck.grading.correspondence import Forward, matched
from gradcheck.grading.derivatives import derived, is_constant, left_standing, losses_below, named
from gradcheck.grading.deviations import deviations
from gradcheck.grading.evidence import LOSS, PART, Derivative, Deviation, Evidence, Line, Match, Unread
from gradcheck.grading.routes import FAULTY
from gradcheck.grading.unseen import unseen
from gradcheck.notation.printer import latex
from gradcheck.records import replace
from gradcheck.report.model import DocumentReport, LinkReport
from gradcheck.verdict import Role

_SILENT = {Role.DECLARATION, Role.DEFINITION}


def collect(checked: Checked, report: DocumentReport, assignment: Checked) -> Evidence:
    """The evidence of one submission.

    checked, report  the submission, judged and told
    assignment       the assignment, checked by itself
    """
    links = {link.id: link for link in report.links}
    names = [_names(case, assignment) for case in checked.cases]
    lines = {
        judgement.claim.id: _line(case, judgement, links[judgement.claim.id], renamed)
        for case, renamed in zip(checked.cases, names, strict=True)
        for judgement in case.judgements
    }
    posed = {case.name: _quantities(case.scope) for case in assignment.cases}
    return Evidence(
        lines=tuple(_compared(lines[link.id], posed) for link in report.links),
        unread=(*_unread(report), *unseen(checked.document)),
        matches=tuple(dict.fromkeys(_matches(checked.cases, names))),
        deviations=tuple(dict.fromkeys(_deviations(checked, names, assignment))),
        notes=report.notes,
        failure=None if report.links else "no equation that can be read was found in it",
    )


def _unread(report: DocumentReport) -> Iterator[Unread]:
    return (Unread(each.region.line, each.latex, each.reason) for each in report.unread)


def _names(case: Case, assignment: Checked) -> dict[str, str]:
    """The assignment's key of each quantity of a case."""
    given = _given(case, assignment)
    if given is None:
        return {}
    known = frozenset(given.scope.vocabulary.shapes)
    return matched(_forward(case), _posed(given), known)


def _given(case: Case, assignment: Checked) -> Case | None:
    """The assignment's case that a case of a submission belongs to."""
    return next((each for each in assignment.cases if each.name == case.hypothesis.case), None)


def _deviations(
    checked: Checked, names: Iterable[Mapping[str, str]], assignment: Checked
) -> Iterator[Deviation]:
    """What the submission defines otherwise; its own definitions only, as it writes them."""
    for case, renamed in zip(checked.cases, names, strict=True):
        given = _given(case, assignment)
        if given is None or not case.segment.claims:
            continue
        for key, meant, by_constant in deviations(_forward(case), _posed(given), renamed):
            definition = case.scope.chosen.get(key)
            if definition is not None:
                written = latex(definition.right)
                yield Deviation(case.hypothesis.case, meant, written, by_constant)


def _forward(case: Case) -> Forward:
    scope = case.scope
    wanted = (derived(judgement.claim, scope) for judgement in case.judgements)
    parameters = frozenset(each.by for each in wanted if each is not None)
    if not scope.component:
        parameters |= _without_samples(scope)
    return Forward(scope.program, scope.loss_key, parameters, losses_below(scope))


def _posed(given: Case) -> Forward:
    """The assignment's forward pass, which derives nothing: its parameters are inputs without samples."""
    scope = given.scope
    return Forward(scope.program, scope.loss_key, _without_samples(scope), losses_below(scope))


def _without_samples(scope: Scope) -> frozenset[str]:
    inputs = {key: shape for key, shape in scope.shapes.items() if key not in scope.program}
    return frozenset(key for key, shape in inputs.items() if not scope.vocabulary.holds_samples(shape))


def _matches(cases: Iterable[Case], names: Iterable[Mapping[str, str]]) -> Iterator[Match]:
    for case, renamed in zip(cases, names, strict=True):
        for key, meant in renamed.items():
            written = case.scope.latex_of(key)
            if written != meant:
                yield Match(case.hypothesis.case, written, meant)


def _line(case: Case, judgement: Judgement, link: LinkReport, names: Mapping[str, str]) -> Line:
    claim, scope = judgement.claim, case.scope
    rule, repair = link.rule, link.repair
    line = Line(
        id=link.id,
        line=link.region.line,
        case=case.hypothesis.case,
        role=str(link.role),
        head=link.head,
        left=link.left,
        relation=link.relation,
        right=link.right,
        verdict=str(link.verdict),
        certainty=None if link.certainty is None else str(link.certainty),
        code=None if rule is None else rule.code,
        name=None if rule is None else rule.name,
        message=link.message,
        why=link.why,
        help=link.help,
        repair=None if repair is None else repair.latex,
        cause=link.cause,
        conventions=link.conventions,
        reading=link.reading,
    )
    if claim.role in _SILENT:
        return replace(line, aside=_is_aside(claim, case))
    derives = derived(claim, scope)
    return replace(
        line,
        derives=None if derives is None else _renamed(derives, names),
        uses=tuple(_renamed(each, names) for each in left_standing(claim, scope)),
        constant=is_constant(claim) or _comes_to_a_number(case, judgement),
    )


def _comes_to_a_number(case: Case, judgement: Judgement) -> bool:
    """Whether a wrong line comes to one number whatever its quantities are, as `A - A` does."""
    if case.bench is None or judgement.pair is None or judgement.verdict not in FAULTY:
        return False
    return Oracle(case.bench, decisive=False).is_constant(judgement.pair[1])


def _compared(line: Line, posed: Mapping[str, frozenset[str]]) -> Line:
    """The line with whether it derives by something that the assignment's case does not have."""
    known = posed.get(line.case)
    if known is None or line.derives is None or line.derives.of not in (LOSS, PART):
        return line
    return replace(line, stray=line.derives.by not in known)


def _quantities(scope: Scope) -> frozenset[str]:
    return frozenset((*scope.program, *scope.shapes, *scope.vocabulary.shapes))


def _is_aside(claim: Claim, case: Case) -> bool:
    """Whether a line, where gradients are derived, defines something that is no part of the forward pass.

    A name for a derivative is none of these: the lines that use it say what it is worth.
    """
    key = claim.defines
    if key is None or not case.segment.claims or key not in case.scope.program:
        return False
    return named(key, case.scope) is None and key not in _forward(case).reached


def _renamed(derivative: Derivative, names: Mapping[str, str]) -> Derivative:
    above = derivative.of if derivative.of in (LOSS, PART) else names.get(derivative.of, derivative.of)
    return Derivative(above, names.get(derivative.by, derivative.by))
