"""One document checked: cases found, the best hypothesis for each taken, every link judged.

Two rounds over a case: the first finds where gradients carry the mean over the samples, which decides
what is a convention; the second judges. Hypotheses are compared by float64 alone; the chosen one is
judged with all three oracles.
"""

from __future__ import annotations

from collections.abc import Sequence

from gradcheck.budget import Budget
from gradcheck.calculus.evaluate import EvaluationError
from gradcheck.checking.cases.attempts import Attempt
from gradcheck.checking.cases.case import best_draft, decided, screened
from gradcheck.checking.cases.checked import Case, Checked
from gradcheck.checking.cases.identities import judge_identities
from gradcheck.checking.cases.readings import Reading, has_arrays, readings
from gradcheck.checking.cases.surroundings import apart, has_another_loss, surroundings
from gradcheck.checking.hearing.chapters import vocabularies
from gradcheck.checking.hearing.customary_means import customary_means
from gradcheck.checking.hearing.labels import stated_labels
from gradcheck.checking.hearing.losses_in_words import with_losses_in_words
from gradcheck.checking.hearing.named_functions import named_functions
from gradcheck.checking.hearing.named_losses import CUSTOMARY, UNSURE, named_losses, names_loss
from gradcheck.checking.hearing.named_losses import NOTE as NAMED_LOSS
from gradcheck.checking.hearing.overview import Overview
from gradcheck.checking.hearing.problem import Problem
from gradcheck.checking.hearing.restrictions import restrictions
from gradcheck.checking.hearing.rows import in_rows, note
from gradcheck.checking.hearing.two_values import two_valued
from gradcheck.checking.hearing.understood import understood
from gradcheck.checking.judging.conventions import announces_constants, leave_other_layouts_open
from gradcheck.checking.judging.instances import together
from gradcheck.checking.judging.trust import ACCUSING
from gradcheck.notation.statements import Equation, Prose, Unread
from gradcheck.reading.document import Document
from gradcheck.records import replace
from gradcheck.restating.in_full import in_full
from gradcheck.restating.passages.segments import Segment, segments
from gradcheck.restating.recursions.customary_layers import NOTE as CUSTOMARY_LAYERS
from gradcheck.restating.recursions.customary_layers import UNSURE as UNSAID
from gradcheck.restating.recursions.unrolled import Unrolled
from gradcheck.restating.sayings.said import SYMMETRY, said, supposed
from gradcheck.verdict import Role


def check(document: Document, problem: Problem, seed: int = 0, budget: Budget | None = None) -> Checked:
    """Judge every link of a document against its own definitions, else the problem's.

    budget      the time it may take; links that it does not reach are undecided
    """
    time = budget or Budget()

    def judged(written: Document) -> Checked:
        return _checked_either_way(written, problem, seed, time)

    found = judged(in_full(document))
    judge_identities(found, judged)
    found.as_written = document.body
    found.declared = bool(problem.vocabulary.shapes)
    return found


def _checked_either_way(written: Document, problem: Problem, seed: int, budget: Budget) -> Checked:
    """A document judged as it stands, or with its samples in rows where more is right so."""
    found = _with_loss_named(written, problem, seed, budget)
    words = found.cases[0].scope.vocabulary if found.cases else problem.vocabulary
    other = None if found.is_settled() and problem.declares_itself else in_rows(written, words, problem)
    if other is None:
        return found
    turned = _best_read(written, other, seed, budget)
    turned.notes.append(note(other))
    return turned if turned.worth() > found.worth() else found


def _with_loss_named(written: Document, problem: Problem, seed: int, budget: Budget) -> Checked:
    """A document judged with the loss that its text names, where none is written and more is right so."""
    found = _best_read(written, problem, seed, budget)
    if found.is_settled() or problem.cases:
        return found
    others = [
        _best_read(written, problem.telling(losses), seed, budget) for losses in named_losses(written.body)
    ]
    best = max(others, key=lambda other: other.worth(), default=found)
    if best.worth()[0] <= found.worth()[0]:
        return found
    named = names_loss(written.body)
    best.notes.append(NAMED_LOSS if named else CUSTOMARY)
    right = {j.claim.id for other in others for _, j in other.judgements() if j.worth}
    wrong_anyway = {j.claim.id for _, j in found.judgements() if j.verdict in ACCUSING}
    for _, judgement in best.judgements():
        rests_on = {judgement.claim.id, judgement.cause}
        sure = not rests_on & right and (named or judgement.claim.id in wrong_anyway)
        if judgement.verdict in ACCUSING and not sure:
            judgement.leave_open(UNSURE)
    return best


def _best_read(written: Document, problem: Problem, seed: int, budget: Budget) -> Checked:
    """A document judged by the reading that makes most of it right."""
    best: tuple[Reading, Checked] | None = None
    plain = frozenset[str]()
    for reading in readings(written, problem):
        found = _checked(written, reading.steps, problem, seed, budget)
        found.notes.extend(filter(None, (reading.note,)))
        plain = _claims_right(found) if best is None else plain
        if best is None or found.worth()[0] > best[1].worth()[0]:
            best = reading, found
        if best[1].is_settled() and not best[0].customary:
            return best[1]
    assert best is not None, "a document can be read as it stands"
    if best[0].customary:
        return _as_is_customary(best[1], plain)
    arrays = best[0].in_arrays()
    if arrays is None:
        return best[1]
    try:
        found = _checked(written, arrays, problem, seed, budget)
    except EvaluationError:
        return best[1]  # it asks for members that are not there
    return found if has_arrays(found, best[1]) else best[1]


def _as_is_customary(found: Checked, plain: frozenset[str]) -> Checked:
    """A document judged by a way forward that it does not write; that accuses where it makes much right.

    plain   the claims that are right as the document stands
    """
    accused = [judgement for _, judgement in found.judgements() if judgement.verdict in ACCUSING]
    for judgement in accused if len(_claims_right(found) - plain) < 2 * len(accused) else ():
        judgement.leave_open(UNSAID)
    found.notes.append(CUSTOMARY_LAYERS)
    return found


def _claims_right(found: Checked) -> frozenset[str]:
    judged = (judgement for _, judgement in found.judgements() if judgement.claim.role is not Role.DEFINITION)
    return frozenset(judgement.claim.id for judgement in judged if judgement.worth)


def _checked(written: Document, steps: Unrolled, problem: Problem, seed: int, budget: Budget) -> Checked:
    """A document judged with its recursion written out."""
    document = replace(written, body=steps.body)
    problem = problem.knowing(steps.shapes)
    equations = [item for item in document.body if isinstance(item, Equation)]
    vocabulary = understood(document, replace(problem.vocabulary, members=steps.members))
    named = named_functions(document.body, vocabulary)
    heard = said(document.body, vocabulary)
    declared = {key for of_case in problem.domains.values() for key in of_case}
    of_case = supposed(document.body, {key: heard[key] for key in heard.keys() - declared}, vocabulary)
    problem = problem.hearing(heard).calling(named).telling(customary_means(equations, vocabulary))
    told, labels = restrictions(document.body), stated_labels(document.body)
    of_symmetry = SYMMETRY.search(document.source.text) is not None
    bits = two_valued(document.body)
    overview = Overview(
        vocabulary, equations, told, labels, of_case, of_symmetry=of_symmetry, two_valued=bits
    )
    parts = segments(document.body, vocabulary)
    given = bool(problem.cases) or bool(problem.common.losses)
    told_in_words = parts if given else with_losses_in_words(parts, document.body, vocabulary)
    prose = [item for item in document.body if isinstance(item, Prose)]
    dropped = announces_constants(prose)
    unread = [item.latex for item in document.body if isinstance(item, Unread)]
    cases: list[Case] = []
    own = vocabularies(document.body, vocabulary)
    overviews = {key: overview.knowing(words) for key, words in {id(w): w for w in own.values()}.items()}
    for position, part in enumerate(told_in_words):
        words = own.get(part.equations[0].number)
        seen = overview if words is None else overviews[id(words)]
        around = surroundings(parts, position, problem, seen, budget)
        above = {} if part.losses else {sign: how for case in cases for sign, how in case.per_sample.items()}
        asked = cases[-1].asked if cases else ()
        around = replace(around, unread=unread, per_sample=above, asked=asked)
        draft = best_draft(part, around, dropped, seed)
        needed = draft.case.score / (2 if has_another_loss(part, parts) else 1)
        for other in apart(position, parts, problem, needed, around):
            found = best_draft(part, other, dropped, seed)
            if found.case.score > needed:
                draft, around, needed = found, other, found.case.score
        cases.append(decided(draft, around))
    _agree_on_typing(cases, parts, problem, overview, budget, dropped, seed)
    leave_other_layouts_open((judgement for case in cases for judgement in case.judgements), prose)
    for case in cases:
        case.judgements = together(case.judgements, steps.instances, steps.members)
    return Checked(written, cases)


def _agree_on_typing(
    cases: list[Case],
    parts: Sequence[Segment],
    problem: Problem,
    overview: Overview,
    budget: Budget,
    dropped: bool,
    seed: int,
) -> None:
    """A part that only defines is written like the parts that derive."""
    deriving = [case.hypothesis.component for case in cases if case.segment.claims]
    if not deriving or not all(deriving):
        return
    for position, case in enumerate(cases):
        if not case.segment.claims and not case.hypothesis.component:
            around = surroundings(parts, position, problem, overview, budget)
            hypothesis = replace(case.hypothesis, component=True)
            draft = screened(Attempt(case.segment, around, hypothesis).whole(), around, dropped, seed)
            cases[position] = decided(draft, around)
