"""One case: read under each hypothesis, screened in float64, and the best one judged with all oracles.

Exact arithmetic is asked once, of the hypothesis under which most of the case is right. Matrices go before
components, which are taken where more is right so. To screen a case that was read in the wrong typing takes
longer than all the rest: most lines fail, by every reading. How much a draft can be worth shows once it is
read, since a line without a reading whose sides have one shape is never right; one that cannot be worth more
than another is not screened, nor are matrices that could be worth as much as entries which accuse nobody.
Other definitions of a name rarely have other shapes: the bound of a typing is taken to hold for all of its
choices.
"""

from __future__ import annotations

from collections.abc import Mapping

from gradcheck.budget import OUT_OF_TIME, Budget
from gradcheck.calculus.compare import Bench
from gradcheck.calculus.evaluate import EvaluationError
from gradcheck.calculus.program import CycleError, Program
from gradcheck.calculus.ranks import entry_bounds, rank_bounds
from gradcheck.calculus.sampling import SamplingError
from gradcheck.checking.bench.oracle import Oracle
from gradcheck.checking.bench.programs import is_piecewise, make_program
from gradcheck.checking.cases.attempts import SAME_WORTH, Attempt, links_of
from gradcheck.checking.cases.checked import Case
from gradcheck.checking.cases.drafts import Draft, named_sizes
from gradcheck.checking.cases.guessed import leave_guessed_open
from gradcheck.checking.cases.hypotheses import (
    Hypothesis,
    Surroundings,
    alternatives,
    matrix_marks,
)
from gradcheck.checking.cases.roots import charge_roots
from gradcheck.checking.cases.steps_apart import add_steps
from gradcheck.checking.cases.supposed import leave_begun_open, leave_halved_open, leave_supposed_open
from gradcheck.checking.cases.told_in_parts import leave_parts_open
from gradcheck.checking.comparisons.judgement import Judgement
from gradcheck.checking.comparisons.tried import Tried
from gradcheck.checking.comparisons.withheld import Sampled, sampled
from gradcheck.checking.hearing.labels import (
    ONE_HOT,
    SIGNS,
    Labels,
    chosen_domains,
    label_domains,
    sign_labels,
)
from gradcheck.checking.judging.conventions import Agreements, droppable, learnt
from gradcheck.checking.judging.courtesy import withdraw_courtesy
from gradcheck.checking.judging.judge import Judge
from gradcheck.checking.judging.label_values import LabelValues, keys_of_two_values
from gradcheck.checking.judging.means import averaged_signs
from gradcheck.checking.judging.numbers import Numbers
from gradcheck.checking.judging.trust import doubt
from gradcheck.expr.forms.tree import Expr, distinct
from gradcheck.expr.written.indices import indexed, sums_matrix_entries
from gradcheck.faults import as_told
from gradcheck.restating.passages.segments import Segment
from gradcheck.verdict import Verdict

MATRIX_SHARE = 0.1
FEW_POINTS, MANY_POINTS = 3, 12  # many where a formula has pieces, so that each is met


def best_draft(part: Segment, around: Surroundings, dropped: bool, seed: int) -> Draft:
    """The hypothesis under which most of the case is right, screened.

    dropped     whether the document says that it leaves constants out
    """
    named = next((name for name in around.cases if name.lower() == part.heading.lower()), None)
    names = [named] if named is not None else [*around.cases] or [""]

    def attempts(*, component: bool) -> list[Attempt]:
        return [Attempt(part, around, Hypothesis(name, component)) for name in names]

    def chosen(first: list[Attempt]) -> Draft:
        return _chosen(part, around, first, dropped, seed)

    in_matrices = attempts(component=False)
    if _is_in_matrices(part, around):
        return chosen(in_matrices)
    links = links_of(part)
    if any(attempt.worth_more_than(links - 2 * SAME_WORTH) for attempt in in_matrices):
        whole = chosen(in_matrices)
        if whole.case.score >= links:
            return whole
        by_entries = chosen(attempts(component=True))
        return by_entries if by_entries.case.score > whole.case.score else whole
    by_entries = chosen(attempts(component=True))
    score = by_entries.case.score
    needed = score if by_entries.case.is_settled() else score - 2 * SAME_WORTH
    left = [attempt for attempt in in_matrices if attempt.worth_more_than(needed)]
    whole = chosen(left) if left else by_entries
    return by_entries if score > whole.case.score else whole


def _is_in_matrices(part: Segment, around: Surroundings) -> bool:
    """Whether nothing but matrix notation is possible, as the document declares or shows it."""
    vocabulary = around.vocabulary
    return (
        not around.accepts_components
        or matrix_marks(part.equations) > MATRIX_SHARE
        or bool(indexed(part.equations))
        or vocabulary.sums_repeated
        or bool(vocabulary.labels)
        or sums_matrix_entries(part.equations)
    )


def _chosen(part: Segment, around: Surroundings, attempts: list[Attempt], dropped: bool, seed: int) -> Draft:
    """The best of some hypotheses, and of its alternatives taken one after another."""
    drafts = [attempts[0].whole()]
    best = screened(drafts[0], around, dropped, seed)
    for attempt in attempts[1:]:
        if best.case.is_right():
            break
        other = attempt.worth_more_than(best.case.score)
        if other is not None:
            drafts.append(other)
            best = max(best, screened(other, around, dropped, seed), key=lambda draft: draft.case.score)
    if best.case.score >= links_of(part):
        return best
    seen = {draft.meaning for draft in drafts}
    varied = None if dropped else around.overview.varied | best.varied
    tried = Tried(varied, around.overview.targets | best.targets)
    candidates = around.candidates(part, best.case.hypothesis)
    for key, position in alternatives(part, candidates):
        if around.budget.is_spent:
            break
        if tried.says_nothing_new(key, candidates[key][position], best.case.scope, best.case.bench):
            continue
        attempt = Attempt(part, around, best.case.hypothesis.choosing(key, position))
        other = attempt.worth_more_than(best.case.score)
        if other is None or other.meaning in seen:
            continue
        seen.add(other.meaning)
        if screened(other, around, dropped, seed).case.score > best.case.score + SAME_WORTH:
            best = other
    return best


def screened(draft: Draft, around: Surroundings, dropped: bool, seed: int) -> Draft:
    """The same draft, with what float64 finds right in it."""
    case, scope, prepared = draft.case, draft.case.scope, draft.prepared
    hypothesis = case.hypothesis
    told = {**around.domains.get("", {}), **around.domains.get(hypothesis.case, {})}
    domains = {**told, **chosen_domains(scope)}
    known: set[Expr] = set()
    nodes = (*distinct(scope.program.values(), known), *(node for node in draft.nodes if node not in known))
    labels, signs = label_domains(scope, nodes), sign_labels(scope, nodes)

    def bench_of(program: Program, *, each_value: bool = False) -> Bench:
        bounds = (*rank_bounds(nodes, program.definitions), *entry_bounds(nodes))
        dims = named_sizes(draft, around.vocabulary)
        in_pieces = is_piecewise(nodes) or around.vocabulary.answers
        points = MANY_POINTS if in_pieces or each_value else FEW_POINTS
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
    draft.without = lambda keys: (
        made({key: domain for key, domain in {**signs, **labels, **domains}.items() if key not in keys}).bench
    )
    draft.supposing = lambda keys, domain: (
        made({**signs, **labels, **domains, **dict.fromkeys(keys, domain)}).bench
    )
    # What is derived by in a line of other shapes, `db = dZ`, is compared nowhere, and learnt all the same.
    variables = frozenset(map(around.vocabulary.canonical, around.overview.variables))
    variables |= around.overview.derived
    given = (key for key in variables if key not in scope.program)
    same = frozenset(key for key in given if scope.sample_dim not in scope.shapes.get(key, ()))
    parameters = learnt(draft.nodes, scope) | same
    off = droppable(scope.loss(), scope.program)
    own = {equation.number for equation in case.segment.equations}
    below = [equation for equation in around.overview.equations if equation.number not in own]
    agreements = Agreements(
        dropped,
        scope.sample_dim,
        around.per_sample,
        parameters=parameters,
        droppable=off,
        averaged=tuple(averaged_signs(below, scope)),
        asked=around.asked,
    )
    if labels or signs:
        convention = ONE_HOT if labels else SIGNS
        agreements.labels = Labels(
            lambda: made(domains).bench, convention, convention in around.overview.labels
        )
    if bits := keys_of_two_values(around.overview.two_valued, scope, draft.varied):
        binary = {**signs, **labels, **domains, **dict.fromkeys(bits, "binary")}
        agreements.label_values = LabelValues(
            bits, lambda: bench_of(make_program(scope, nodes, binary), each_value=True)
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


def decided(draft: Draft, around: Surroundings) -> Case:
    """The case judged with all oracles."""
    case = draft.case
    if draft.agreements is None or case.bench is None:
        return case
    numbers = numbers_of(draft, around)
    judge = Judge(case.scope, Oracle(case.bench, decisive=True), draft.agreements, draft.prepared, numbers)
    _judge_all(judge, draft, around.budget)
    case.judgements, case.per_sample = judge.judgements, judge.signals.signs
    case.asked = judge.accusations.conditions.asked
    leave_parts_open(case.judgements, case.scope.program, judge.oracle)
    add_steps(case, judge.oracle)
    withdraw_courtesy(case.judgements, case.scope)
    given = bool(around.vocabulary.shapes)
    doubt(case.judgements, case.scope, draft.prepared, declared=given, unread=around.unread)
    charge_roots(case, judge.oracle)
    if around.overview.supposed and draft.without is not None:
        leave_supposed_open(case.judgements, around.overview.supposed, case.scope, draft.without)
    if draft.supposing is not None:
        if not around.overview.of_symmetry:
            leave_halved_open(case.judgements, case.scope, draft.supposing)
        leave_begun_open(case.judgements, case.scope, draft.supposing)
    leave_guessed_open(case.judgements, case.scope)
    return case


def _judge_all(judge: Judge, draft: Draft, budget: Budget) -> None:
    for item in draft.prepared:
        reason = OUT_OF_TIME if budget.is_spent else draft.sampled.reason(item) if draft.sampled else None
        if reason is None:
            try:
                judge.judge(item)
            except EvaluationError as error:
                reason = str(error)
            except MemoryError:
                raise  # what was judged before it may fill the memory: the document is given up
            except Exception as fault:
                reason = as_told(fault)
        if reason is not None:
            judge.judgements.append(Judgement(item.claim, Verdict.UNDECIDED, message=reason))
