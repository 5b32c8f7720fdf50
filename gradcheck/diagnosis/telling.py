"""What is to be told of each link that is not plainly right: the slip by its name, the cause, what to write.

The judge finds that a line is wrong; here the repair search finds why. Where a formula has several
readings, the one with the simplest repair is taken, for that is what the author meant. Where no repair
is found, the right formula is told alone: but only if the line was certainly read as it is meant. Slips are
small, so a difference that nothing small explains is as often one between the author and the reader.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

from gradcheck.budget import Budget
from gradcheck.calculus import Bench
from gradcheck.checking.cases.checked import Case as CheckedCase
from gradcheck.checking.cases.checked import Checked
from gradcheck.checking.comparisons.judgement import Judgement
from gradcheck.checking.judging.accusations import NOT_THERE, NOT_ZERO
from gradcheck.checking.judging.trust import was_guessed
from gradcheck.diagnosis import Case, Diagnosis, diagnose_readings
from gradcheck.diagnosis.case import Repair
from gradcheck.diagnosis.chains import broken_chain
from gradcheck.diagnosis.elsewhere import CODE as ELSEWHERE
from gradcheck.diagnosis.elsewhere import derivative_elsewhere
from gradcheck.diagnosis.free_indices import CODE as INDEXED
from gradcheck.diagnosis.free_indices import indexed_in_vain
from gradcheck.diagnosis.heirs import as_written, mended, right_formula
from gradcheck.diagnosis.misconceptions import MISCONCEPTIONS
from gradcheck.diagnosis.readable import readable
from gradcheck.diagnosis.rewriting import Written, for_all_steps, tested
from gradcheck.diagnosis.shifted import Shifted, shifted
from gradcheck.diagnosis.spelling import Spelling
from gradcheck.diagnosis.steps import is_time
from gradcheck.diagnosis.terms_elsewhere import term_elsewhere
from gradcheck.diagnosis.unbuilt import is_mixed, mend
from gradcheck.diagnosis.whole import is_unlike, told_of_whole
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.printing.printer import plain
from gradcheck.notation.unicode import unicode
from gradcheck.records import dataclass
from gradcheck.source import Source
from gradcheck.verdict import Verdict

UNEXPLAINED = "the two sides differ; no time was left to look for the cause"
NO_REPAIR = "the two sides differ; no small repair found"
_UNEXPLAINED = (UNEXPLAINED, NO_REPAIR)
UNLIKELY = (
    "this does not hold as it was read, but no small slip explains how: it may be meant otherwise; "
    "declare the shapes of its letters in the front matter to have it judged"
)


@dataclass(frozen=True, slots=True)
class Telling:
    """What is said of one link.

    right         the right formula in the author's notation, None where it cannot be told
    changes       where the author's text changes, empty where only the whole formula can be told
    alternatives  other right formulas that are as near
    """

    code: str | None = None
    name: str | None = None
    message: str | None = None
    why: str | None = None
    help: str | None = None
    right: str | None = None
    changes: tuple[Written, ...] = ()
    alternatives: tuple[str, ...] = ()


def tell(checked: Checked, budget: Budget | None = None) -> Mapping[str, Telling]:
    """The tellings of a document by link id; causes are looked for while there is time.

    A root stands before its heirs, so its repair is known when they are told. An accusation that nothing
    explains is taken back with its heirs, where something about the line had to be guessed.
    """
    budget = budget or Budget()
    found: dict[str, Telling] = {}
    repairs: dict[str, Repair] = {}
    unlikely: set[str] = set()
    before: Judgement | None = None
    for case, judgement in checked.judgements():
        whole = told_of_whole(case, judgement, before)
        before = judgement
        if judgement.verdict is Verdict.WRONG and budget.is_spent:
            found[judgement.claim.id] = Telling(judgement.code, message=judgement.message or UNEXPLAINED)
        elif judgement.verdict is Verdict.WRONG:
            found[judgement.claim.id] = _of_wrong(case, judgement, checked, repairs)
        elif judgement.cause in unlikely:
            judgement.leave_open(UNLIKELY)
        elif judgement.verdict is Verdict.FOLLOWS and not budget.is_spent:
            root = repairs.get(judgement.cause or "")
            right = mended(case, judgement, root, checked.document.source)
            found[judgement.claim.id] = Telling(right=right)
        elif judgement.code is not None and judgement.code in MISCONCEPTIONS:
            found[judgement.claim.id] = _by_record(judgement.code, judgement.message)
        elif whole is not None:
            found[judgement.claim.id] = _by_record(*whole)
        unexplained = judgement.verdict is Verdict.WRONG and found[judgement.claim.id].message in _UNEXPLAINED
        if unexplained and not checked.declared and was_guessed(judgement, case.scope):
            judgement.leave_open(UNLIKELY)
            unlikely.add(judgement.claim.id)
            del found[judgement.claim.id]
    return found


def _by_record(code: str, message: str | None) -> Telling:
    record = MISCONCEPTIONS[code]
    return Telling(record.code, record.name, message, record.cause)


def _of_wrong(
    case: CheckedCase, judgement: Judgement, checked: Checked, repairs: dict[str, Repair]
) -> Telling:
    if judgement.message in (NOT_ZERO, NOT_THERE):
        return Telling(None, None, judgement.message)
    broken = broken_chain(judgement.claim.head.node, judgement.claim.right.node, case.scope)
    if broken is not None and judgement.code is None:
        return _by_record(broken.code, broken.text)
    steps = shifted(case, judgement, checked.document.source) if judgement.code is None else None
    if steps is not None:
        return _of_steps(steps, judgement, checked.document.source)
    spelling = Spelling(case, judgement, checked.document.source)
    diagnosis = _diagnosed(case, judgement, spelling) if judgement.code in (None, "GC410", "GC603") else None
    if judgement.code == "GC410" and diagnosis is not None and diagnosis.code != judgement.code:
        diagnosis = None
    if diagnosis is None or len(diagnosis.repair.slips) > 1:
        diagnosis = _mended_as_written(case, judgement) or diagnosis
    elsewhere = None
    if judgement.code is None and (diagnosis is None or len(diagnosis.repair.slips) > 1):
        elsewhere = _elsewhere(case, judgement, spelling) or _term_elsewhere(case, judgement, spelling)
    if diagnosis is not None and elsewhere is None:
        repairs[judgement.claim.id] = diagnosis.repair
        return _told(diagnosis, case, judgement, spelling)
    right = None if judgement.help else right_formula(case, judgement, checked.document.source)
    in_vain = indexed_in_vain(judgement, checked.document.source) if judgement.code is None else None
    seen = "" if elsewhere is in_vain is None else INDEXED if elsewhere is None else ELSEWHERE
    code = "GC605" if is_unlike(judgement) else judgement.code or seen
    record = MISCONCEPTIONS.get(code)
    told = judgement.help or (None if right is None else f"write {right}")
    if record is None:
        message = judgement.message or _by_factor(judgement) or NO_REPAIR
        return Telling(None, None, message, None, told, right)
    message = judgement.message or elsewhere or in_vain or record.meaning
    return Telling(record.code, record.name, message, record.cause, told, right)


def _of_steps(found: Shifted, judgement: Judgement, source: Source) -> Telling:
    """What to say of a place in a sum over steps."""
    record, change, line = MISCONCEPTIONS[found.code], found.change, judgement.claim.right.node.span
    start, end = change.span.start - line.start, change.span.end - line.start
    whole = source.slice(line)[:start] + change.after + source.slice(line)[end:]
    wrong, right = (unicode(text) for text in (change.before, change.after))
    message = f"`{wrong}` stands where `{right}` belongs"
    return Telling(record.code, record.name, message, record.cause, f"write {change.after}", whole, (change,))


def _elsewhere(case: CheckedCase, judgement: Judgement, spelling: Spelling) -> str | None:
    """What to say of a formula that is another derivative than the line is about."""
    found = derivative_elsewhere(case, judgement)
    if found is None or judgement.pair is None:
        return None
    source = spelling.source

    def shown(expr: Expr) -> str:
        return plain(expr, lambda key: readable(case.scope.latex_of(key)), spelling.plain)

    line = "" if found.of is None else f" of line {source.position(found.of.claim.link.span.start)[0]}"
    return f"this is `{shown(found.derivative)}`{line}, where `{shown(judgement.pair[0])}` belongs"


def _term_elsewhere(case: CheckedCase, judgement: Judgement, spelling: Spelling) -> str | None:
    """What to say of a term that is the derivative by another quantity."""
    found = term_elsewhere(case, judgement)
    if found is None:
        return None

    def shown(expr: Expr) -> str:
        return plain(expr, lambda key: readable(case.scope.latex_of(key)), spelling.plain)

    term, inner, variable = found
    return f"`{shown(term)}` is derived by `{shown(inner)}`, where `{shown(variable)}` is asked for"


def _by_factor(judgement: Judgement) -> str | None:
    factor = judgement.factor
    return None if factor is None or factor.is_one else f"this is {factor} times what it should be"


def _diagnosed(case: CheckedCase, judgement: Judgement, spelling: Spelling) -> Diagnosis | None:
    """The simplest explanation over the readings of the line."""
    if case.bench is None:
        return None
    pairs = judgement.pairs or ((judgement.pair,) if judgement.pair is not None else ()) or _unlike(judgement)
    name, plainly = case.scope.latex_of, spelling.plain
    return diagnose_readings(Case(case.bench, head, got, name, spelling=plainly) for head, got in pairs)


def _mended_as_written(case: CheckedCase, judgement: Judgement) -> Diagnosis | None:
    """An edit of the author's text where it has no meaning as it is written."""
    side = judgement.claim.right
    as_read = _fits(judgement) and not is_mixed(side.node)
    if case.bench is None or judgement.code not in (None, "GC603") or as_read:
        return None
    heads: list[Expr] = []
    for reading in judgement.claim.head.literal:
        head = reading.value
        if isinstance(head, Expr) and not any(_are_alike(head, other, case.bench) for other in heads):
            heads.append(head)
    found = (mend(case.scope, case.bench, head, side.node) for head in heads)
    return next((diagnosis for diagnosis in found if diagnosis is not None), None)


def _are_alike(one: Expr, other: Expr, bench: Bench) -> bool:
    return one.shape == other.shape and bench.close(one, other)


def _fits(judgement: Judgement) -> bool:
    """Whether the right side has a literal reading of the left side's shape."""
    heads, rights = (
        {r.value.shape for r in side.literal if isinstance(r.value, Expr)}
        for side in (judgement.claim.head, judgement.claim.right)
    )
    return bool(heads & rights)


def _unlike(judgement: Judgement) -> tuple[tuple[Expr, ...], ...]:
    """The sides of a line whose shapes differ, as they are read literally."""
    claim = judgement.claim
    sides = (
        [r.value for r in side.literal if isinstance(r.value, Expr)] for side in (claim.head, claim.right)
    )
    return tuple(product(*sides))


def _told(diagnosis: Diagnosis, case: CheckedCase, judgement: Judgement, spelling: Spelling) -> Telling:
    source, instance = spelling.source, judgement.instance

    def shown(expr: Expr) -> str:
        return as_written(expr, case, spelling)

    repaired, headline = shown(diagnosis.repaired), diagnosis.headline
    code, name, why = diagnosis.code, diagnosis.name, diagnosis.why
    if instance is None:
        changes = tested(diagnosis.repair, case, judgement, source, spelling)
    elif spelling.speaks_of_numbers(repaired):
        changes, headline = (), f"at {instance}: {headline}"
    else:
        changes = for_all_steps(diagnosis.repair, case, source, spelling)
    if code == "GC503" and is_time(instance):
        record = MISCONCEPTIONS["GC506"]
        code, name, why = record.code, record.name, record.cause
    afters = {change.after for change in changes}
    single = afters.pop() if len(afters) == 1 else None
    return Telling(
        code,
        name,
        headline,
        why,
        f"write {single or repaired}",
        repaired,
        changes,
        tuple(shown(repair.repaired) for repair in diagnosis.alternatives),
    )
