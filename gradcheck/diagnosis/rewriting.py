"""The changes of a repair in the author's text, tested as text.

What was tested is an expression; what is shown is a place of the text and what belongs there. A place that
cuts a bracket or covers more than its node would spoil the line, so the changed line is read once more,
and its changes are shown only if it is right then. Where the line as it stands cannot be read by
itself, the test cannot be made, and the places are trusted if their brackets balance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise, product

from gradcheck.calculus import Bench
from gradcheck.checking.cases.checked import Case
from gradcheck.checking.comparisons.judgement import Judgement
from gradcheck.diagnosis.case import Repair
from gradcheck.diagnosis.groups import is_whole, whole_groups
from gradcheck.diagnosis.spelling import Spelling, styled
from gradcheck.expr.forms.build import variables
from gradcheck.expr.forms.reading import MeaningError
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.elaborate import Elaborator
from gradcheck.expr.printing.printer import latex
from gradcheck.notation.parser import parse_one
from gradcheck.records import dataclass, replace
from gradcheck.shapes import ShapeError
from gradcheck.source import Source, Span

MOST_BRACKETED = 3
_SUMS = {"add", "sub", "neg"}


@dataclass(frozen=True, slots=True)
class Written:
    """One change of the author's text.

    kept  `after` with what stood there before as the author wrote it, where that is a part of it
    """

    span: Span
    before: str
    after: str
    kept: str = ""


def tested(
    repair: Repair, case: Case, judgement: Judgement, source: Source, spelling: Spelling
) -> tuple[Written, ...]:
    """The changes that make the author's line right; none where only the whole formula can be told.

    What the author wrote is kept where that reads as it should, else what a printer makes of it.
    """
    for spelt in (spelling.written, spelling.latex):
        changes = tuple(_written(repair, case, source, spelt))
        if len(changes) < len([c for c in repair.changes if c.old.span is not None]) or _overlap(changes):
            continue
        found = _tested(changes, repair, case, judgement, source)
        if found is None:
            return changes
        if found:
            return found
    return ()


def for_all_steps(repair: Repair, case: Case, source: Source, spelling: Spelling) -> tuple[Written, ...]:
    """The changes of a line of a recursion, which were tested at one step of it, in its own letters.

    The text with letters has no value that could be tested, so a sum is put in brackets in any case.
    """
    changes = tuple(
        _bracketed(change, source) if told.new.op in _SUMS and told.old.op not in _SUMS else change
        for told, change in zip(repair.changes, _written(repair, case, source, spelling.latex), strict=False)
    )
    if len(changes) < len(repair.changes) or _overlap(changes):
        return ()
    return () if any(spelling.speaks_of_numbers(change.after) for change in changes) else changes


def _tested(
    changes: tuple[Written, ...], repair: Repair, case: Case, judgement: Judgement, source: Source
) -> tuple[Written, ...] | None:
    """The changes, in brackets where these are needed; empty if they fail, None if there is no telling."""
    line = judgement.claim.right.node.span
    if case.bench is None or judgement.pair is None or any(c.span not in line for c in changes):
        return None
    writings = [got for _, got in judgement.pairs] or [judgement.pair[1]]
    was_read = False
    for lenient in (False, True):
        values = list(_values(source.slice(line), case, case.bench, lenient=lenient))
        pairs = sorted(product(writings, values), key=lambda pair: pair[0] != pair[1])
        if not any(_is_close(case.bench, got, value) for got, value in pairs):
            continue
        was_read = True
        for held in _ways_to_bracket(changes, source):
            made = _values(_changed(source, line, held), case, case.bench, lenient=lenient)
            if any(_is_close(case.bench, repair.repaired, value) for value in made):
                return held
    return () if was_read else None


def _ways_to_bracket(changes: tuple[Written, ...], source: Source) -> Iterator[tuple[Written, ...]]:
    """The changes bare, each of a few in brackets, and all in brackets."""
    held = tuple(_bracketed(change, source) for change in changes)
    yield changes
    if 1 < len(changes) <= MOST_BRACKETED:
        for k in range(len(changes)):
            yield (*changes[:k], held[k], *changes[k + 1 :])
    yield held


def _written(
    repair: Repair, case: Case, source: Source, spelt: Callable[[Expr], str | None]
) -> Iterator[Written]:
    name = case.scope.latex_of
    for change in repair.changes:
        span = None if change.old.span is None else whole_groups(source.text, change.old.span)
        after = styled(latex(change.new, name, spelt), source.text)
        if span is None or not is_whole(after):
            continue
        before = source.slice(span)
        unsigned = before.removeprefix("+").lstrip()  # a minus takes the place of a plus before all

        def kept(node: Expr, old: Expr = change.old, text: str = unsigned) -> str | None:
            return text if node == old else spelt(node)

        yield Written(span, before, after, styled(latex(change.new, name, kept), source.text))


def _overlap(changes: Sequence[Written]) -> bool:
    spans = sorted(change.span for change in changes)
    return any(a.end > b.start for a, b in pairwise(spans))


def _bracketed(change: Written, source: Source) -> Written:
    after, kept = (styled(rf"\left({text}\right)", source.text) for text in (change.after, change.kept))
    return replace(change, after=after, kept=kept)


def _changed(source: Source, line: Span, changes: Sequence[Written]) -> str:
    """The text of a line with its changes made."""
    text = source.slice(line)
    for change in sorted(changes, key=lambda c: c.span, reverse=True):
        start, end = change.span.start - line.start, change.span.end - line.start
        text = f"{text[:start]} {change.after} {text[end:]}"
    return text


def _values(text: str, case: Case, bench: Bench, *, lenient: bool) -> Iterator[Expr]:
    """What a text may mean in a case, of known quantities."""
    node = parse_one(text)
    if node is None:
        return
    try:
        readings = Elaborator(case.scope, lenient=lenient).readings(node)
    except (MeaningError, ShapeError):
        return
    for reading in readings:
        if isinstance(reading.value, Expr) and variables(reading.value) <= set(bench.program.variables):
            yield reading.value


def _is_close(bench: Bench, a: Expr, b: Expr) -> bool:
    return a.shape == b.shape and bench.close(a, b)
