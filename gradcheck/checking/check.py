"""One document checked: cases found, the best hypothesis for each taken, every link judged.

Two rounds over a case: the first finds where gradients carry the mean over the samples, which decides
what is a convention; the second judges. Hypotheses are compared by float64 alone; the chosen one is
judged with all three oracles.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from gradcheck.budget import OUT_OF_TIME, Budget
from gradcheck.calculus.compare import Bench
from gradcheck.calculus.evaluate import EvaluationError
from gradcheck.calculus.program import CycleError, Program
from gradcheck.calculus.ranks import entry_bounds, rank_bounds
from gradcheck.calculus.sampling import SamplingError
from gradcheck.checking.chapters import vocabularies
from gradcheck.checking.checked import Case, Checked
from gradcheck.checking.claims import Reader
from gradcheck.checking.conventions import Agreements, announces_constants, droppable, learnt
from gradcheck.checking.drafts import Draft
from gradcheck.checking.hypotheses import (
    Hypothesis,
    Surroundings,
    alternatives,
    make_scope,
    matrix_marks,
)
from gradcheck.checking.instances import together
from gradcheck.checking.judge import Judge
from gradcheck.checking.judgement import Judgement
from gradcheck.checking.labels import (
    ONE_HOT,
    SIGNS,
    Labels,
    chosen_domains,
    label_domains,
    sign_labels,
    stated_labels,
)
from gradcheck.checking.losses_in_words import with_losses_in_words
from gradcheck.checking.named_functions import named_functions
from gradcheck.checking.named_losses import CUSTOMARY, UNSURE, named_losses, names_loss
from gradcheck.checking.named_losses import NOTE as NAMED_LOSS
from gradcheck.checking.numbers import Numbers
from gradcheck.checking.oracle import Oracle
from gradcheck.checking.overview import Overview
from gradcheck.checking.prepare import named_sizes, prepare
from gradcheck.checking.problem import Problem
from gradcheck.checking.programs import is_piecewise, make_program
from gradcheck.checking.readings import Reading, has_arrays, readings
from gradcheck.checking.restrictions import restrictions
from gradcheck.checking.roots import charge_roots
from gradcheck.checking.rows import in_rows, note
from gradcheck.checking.steps_apart import add_steps
from gradcheck.checking.surroundings import apart, has_another_loss, surroundings
from gradcheck.checking.tried import Tried
from gradcheck.checking.trust import ACCUSING, doubt
from gradcheck.checking.understood import understood
from gradcheck.checking.withheld import Sampled, sampled
from gradcheck.expr.indices import indexed, sums_matrix_entries
from gradcheck.expr.reading import MeaningError
from gradcheck.expr.scope import Scope
from gradcheck.expr.tree import distinct
from gradcheck.expr.unnamed_loss import define_losses
from gradcheck.notation.statements import Equation, Prose, Unread
from gradcheck.reading.document import Document
from gradcheck.restating.in_full import in_full
from gradcheck.restating.said import said
from gradcheck.restating.segments import Segment, segments
from gradcheck.restating.unrolled import Unrolled
from gradcheck.verdict import Verdict

MATRIX_SHARE = 0.1
FEW_POINTS, MANY_POINTS = 3, 12  # many where a formula has pieces, so that each is met


def check(document: Document, problem: Problem, seed: int = 0, budget: Budget | None = None) -> Checked:
    """Judge every link of a document against its own definitions, else the problem's.

    budget      the time it may take; links that it does not reach are undecided
    """
    found = _checked_either_way(in_full(document), problem, seed, budget or Budget())
    found.as_written = document.body
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
        _best_read(written, problem.losing(losses), seed, budget) for losses in named_losses(written.body)
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
    for reading in readings(written, problem):
        found = _checked(written, reading.steps, problem, seed, budget)
        if best is None or found.worth() > best[1].worth():
            best = reading, found
        if best[1].is_settled():
            return best[1]
    assert best is not None, "a document can be read as it stands"
    arrays = best[0].in_arrays()
    if arrays is None:
        return best[1]
    try:
        found = _checked(written, arrays, problem, seed, budget)
    except EvaluationError:
        return best[1]  # it asks for members that are not there
    return found if has_arrays(found, best[1]) else best[1]


def _checked(written: Document, steps: Unrolled, problem: Problem, seed: int, budget: Budget) -> Checked:
    """A document judged with its recursion written out."""
    document = replace(written, body=steps.body)
    problem = problem.knowing(steps.shapes)
    equations = [item for item in document.body if isinstance(item, Equation)]
    vocabulary = understood(document, replace(problem.vocabulary, members=steps.members))
    problem = problem.hearing(said(document.body, vocabulary)).calling(named_functions(document.body))
    told, labels = restrictions(document.body), stated_labels(document.body)
    overview = Overview(vocabulary, equations, told, labels)
    parts = segments(document.body, vocabulary)
    given = bool(problem.cases) or bool(problem.common.losses)
    told_in_words = parts if given else with_losses_in_words(parts, document.body, vocabulary)
    prose = [item for item in document.body if isinstance(item, Prose)]
    dropped = announces_constants(prose)
    unread = sum(isinstance(item, Unread) for item in document.body)
    cases: list[Case] = []
    own = vocabularies(document.body, vocabulary)
    overviews = {key: overview.knowing(words) for key, words in {id(w): w for w in own.values()}.items()}
    for position, part in enumerate(told_in_words):
        words = own.get(part.equations[0].number)
        seen = overview if words is None else overviews[id(words)]
        around = surroundings(parts, position, problem, seen, budget)
        above = {} if part.losses else {sign: how for case in cases for sign, how in case.per_sample.items()}
        around = replace(around, unread=unread, per_sample=above)
        draft = _best(part, around, dropped, seed)
        needed = draft.case.score / (2 if has_another_loss(part, parts) else 1)
        for other in apart(position, parts, problem, needed, around):
            found = _best(part, other, dropped, seed)
            if found.case.score > needed:
                draft, around, needed = found, other, found.case.score
        cases.append(_decided(draft, around))
    _agree_on_typing(cases, parts, problem, overview, budget, dropped, seed)
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
            draft = _screened(_read(case.segment, around, hypothesis), around, dropped, seed)
            cases[position] = _decided(draft, around)


def _best(part: Segment, around: Surroundings, dropped: bool, seed: int) -> Draft:
    """The hypothesis under which most of the case is right."""
    named = next((name for name in around.cases if name.lower() == part.heading.lower()), None)
    names = [named] if named is not None else [*around.cases] or [""]
    marked = matrix_marks(part.equations) > MATRIX_SHARE or bool(indexed(part.equations))
    marked = marked or around.vocabulary.sums_repeated or bool(around.vocabulary.labels)
    marked = marked or sums_matrix_entries(part.equations)
    links = sum(len(equation.links) for equation in part.equations)
    best: Draft | None = None
    for component in (False, True) if around.accepts_components and not marked else (False,):
        first = [Hypothesis(name, component) for name in names]
        found = _best_choice(part, around, first, dropped, seed, links)
        if best is None or found.case.score > best.case.score:
            best = found
        if best.case.score >= links:
            break
    assert best is not None, "there is always one typing"
    return best


def _best_choice(
    part: Segment, around: Surroundings, first: list[Hypothesis], dropped: bool, seed: int, links: int
) -> Draft:
    """The best of some hypotheses, and of its alternatives taken one after another."""
    drafts = [_read(part, around, hypothesis) for hypothesis in first]
    best = max((_screened(draft, around, dropped, seed) for draft in drafts), key=lambda d: d.case.score)
    if best.case.score >= links:
        return best
    seen = {draft.meaning for draft in drafts}
    tried = Tried(None if dropped else around.overview.varied | best.varied)
    candidates = around.candidates(part, best.case.hypothesis)
    for key, position in alternatives(part, candidates):
        if around.budget.is_spent:
            break
        if tried.says_nothing_new(key, candidates[key][position], best.case.scope, best.case.bench):
            continue
        other = _read(part, around, best.case.hypothesis.choosing(key, position))
        if other.meaning in seen:
            continue
        seen.add(other.meaning)
        if _screened(other, around, dropped, seed).case.score > best.case.score + 1e-9:
            best = other
    return best


def _read(part: Segment, around: Surroundings, hypothesis: Hypothesis) -> Draft:
    """Read a case under one hypothesis."""
    scope = make_scope(part, around, hypothesis)
    for key in (*part.quantities, *([scope.loss_key] if scope.loss_key else [])):
        _ask(scope, key)
    reader = Reader(scope, around.overview.defined)
    claims = [claim for equation in part.equations for claim in reader.claims(equation)]
    prepared = [
        prepare(claim, scope, around.overview.restrictions.get(claim.equation.number, ())) for claim in claims
    ]
    draft = Draft(Case(part, hypothesis, scope), prepared)
    define_losses(draft.nodes, scope, scope.usage.applied)
    return draft


def _screened(draft: Draft, around: Surroundings, dropped: bool, seed: int) -> Draft:
    """The same draft, with what float64 finds right in it."""
    case, scope, prepared = draft.case, draft.case.scope, draft.prepared
    hypothesis = case.hypothesis
    told = {**around.domains.get("", {}), **around.domains.get(hypothesis.case, {})}
    domains = {**told, **chosen_domains(scope)}
    nodes = tuple(distinct((*scope.program.values(), *draft.nodes)))
    labels, signs = label_domains(scope, nodes), sign_labels(scope, nodes)

    def bench_of(program: Program) -> Bench:
        bounds = (*rank_bounds(nodes, program.definitions), *entry_bounds(nodes))
        dims = named_sizes(draft.formulas, around.vocabulary)
        points = MANY_POINTS if is_piecewise(nodes) else FEW_POINTS
        return Bench(program, around.vocabulary.sizes, seed, dims, points, bounds)

    def made(given: Mapping[str, str]) -> Sampled:
        return sampled(make_program(scope, nodes, given), bench_of, scope.latex_of)

    try:
        draft.sampled = made({**signs, **labels, **domains})
    except (CycleError, EvaluationError, SamplingError) as error:
        case.failure = str(error)
        case.judgements = [Judgement(p.claim, Verdict.UNDECIDED, message=str(error)) for p in prepared]
        return draft
    case.bench = bench = draft.sampled.bench
    variables = frozenset(map(around.vocabulary.canonical, around.overview.variables))
    given = (key for key in variables if key not in scope.program)
    same = frozenset(key for key in given if scope.sample_dim not in scope.shapes.get(key, ()))
    parameters = learnt(draft.nodes, scope) | same
    off = droppable(scope.loss(), scope.program, scope.sample_dim)
    agreements = Agreements(
        dropped, scope.sample_dim, around.per_sample, parameters=parameters, droppable=off
    )
    if labels or signs:
        convention = ONE_HOT if labels else SIGNS
        agreements.labels = Labels(
            lambda: made(domains).bench, convention, convention in around.overview.labels
        )
    screening = Oracle(bench, decisive=False)
    judge = Judge(scope, screening, agreements, prepared, numbers_of(draft, around))
    _judge_all(judge, draft, around.budget)
    if agreements.hear(judge.judgements, scope):
        judge = Judge(scope, screening, agreements, prepared, numbers_of(draft, around))
        _judge_all(judge, draft, around.budget)
    case.judgements = judge.judgements
    case.score = sum(judgement.worth for judgement in case.judgements)
    draft.agreements = agreements
    return draft


def numbers_of(draft: Draft, around: Surroundings) -> Numbers | None:
    """The judge of the numbers of a worked example, where the case has values at all."""
    bench = draft.case.bench
    return None if bench is None else Numbers(draft.case.scope, bench, around.overview.equations)


def _decided(draft: Draft, around: Surroundings) -> Case:
    """The case judged with all oracles."""
    case = draft.case
    if draft.agreements is None or case.bench is None:
        return case
    numbers = numbers_of(draft, around)
    judge = Judge(case.scope, Oracle(case.bench, decisive=True), draft.agreements, draft.prepared, numbers)
    _judge_all(judge, draft, around.budget)
    case.judgements, case.per_sample = judge.judgements, judge.signals.signs
    add_steps(case, judge.oracle)
    doubt(case.judgements, case.scope, declared=bool(around.vocabulary.shapes), unread=around.unread)
    charge_roots(case, judge.oracle)
    return case


def _judge_all(judge: Judge, draft: Draft, budget: Budget) -> None:
    for item in draft.prepared:
        reason = OUT_OF_TIME if budget.is_spent else draft.sampled.reason(item) if draft.sampled else None
        if reason is None:
            try:
                judge.judge(item)
            except EvaluationError as error:
                reason = str(error)
        if reason is not None:
            judge.judgements.append(Judgement(item.claim, Verdict.UNDECIDED, message=reason))


def _ask(scope: Scope, key: str) -> None:
    try:
        scope.quantity(key)
    except MeaningError as error:
        scope.problems[key] = error
