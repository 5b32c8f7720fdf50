"""How a document was read, as text: cases, shapes, definitions, each claim in plain mathematics and SymPy."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gradcheck.checking.cases.checked import Case, Checked
from gradcheck.checking.comparisons.expected import COTANGENT
from gradcheck.checking.comparisons.judgement import Judgement
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.printing.printer import plain
from gradcheck.shapes import show

MAX_ENTRIES = 6
MAX_FORMULA = 400
# What a Jacobian is applied to: any array of the shape of what is differentiated.
ANY = "v"


def shown(checked: Checked) -> str:
    """The whole reading of a document, one block a case."""
    return "\n".join(line for case in checked.cases for line in (*_case(checked, case), ""))


def _case(checked: Checked, case: Case) -> Iterator[str]:
    typing = "per component" if case.hypothesis.component else "as matrices"
    matched = f", assignment case {case.hypothesis.case!r}" if case.hypothesis.case else ""
    yield f"{case.name or 'document'}: read {typing}{matched}"
    if case.failure:
        yield f"  cannot be computed: {case.failure}"
    yield "  quantities"
    for key, shape in case.scope.shapes.items():
        if key.startswith("·"):
            continue
        definition = case.scope.program.get(key)
        meaning = "input" if definition is None else f"= {_formula(definition, case)}"
        yield f"    {case.scope.latex_of(key)}: {show(shape)}, {meaning}"
    yield "  claims"
    for judgement in sorted(case.judgements, key=lambda j: j.claim.link.relation.span.start):
        yield from _claim(checked, case, judgement)


def _claim(checked: Checked, case: Case, judgement: Judgement) -> Iterator[str]:
    claim = judgement.claim
    source = checked.document.source
    line, column = source.position(claim.link.relation.span.start)
    yield f"    {claim.id}  line {line}:{column}  {claim.role.value}  {judgement.verdict.value}"
    if judgement.pair is None:
        if judgement.message:
            yield f"      {judgement.message}"
        return
    expected, got = judgement.pair
    yield f"      {_formula(expected, case)}  =  {_formula(got, case)}"
    for note in judgement.notes:
        yield f"      reading: {note.text}"
    yield from _components(case, expected, got)


def _components(case: Case, expected: Expr, got: Expr) -> Iterator[str]:
    """The two sides in SymPy, entry by entry, at the small sizes of the symbolic oracle."""
    if case.bench is None:
        return
    sides = [case.bench.symbolic.matrix(case.bench.prepare(side)) for side in (expected, got)]
    entries = list(zip(*([str(entry) for entry in side] for side in sides), strict=True))
    for left, right in entries[:MAX_ENTRIES]:
        yield f"      sympy: {_cut(_of_any(left))}  =  {_cut(_of_any(right))}"
    if len(entries) > MAX_ENTRIES:
        yield f"      sympy: … {len(entries) - MAX_ENTRIES} more entries"


def _formula(expr: Expr, case: Case) -> str:
    return _cut(plain(expr, lambda key: _named(key, case)))


def _of_any(text: str) -> str:
    """Entries of what a Jacobian is applied to, by the name that it has in formulas."""
    return re.sub(rf"{COTANGENT}[^\[]*", ANY, text)


def _named(key: str, case: Case) -> str:
    """A quantity as the author writes it; what a Jacobian is applied to is written by nobody."""
    return ANY if key.startswith(COTANGENT) else case.scope.latex_of(key)


def _cut(text: str) -> str:
    return text if len(text) <= MAX_FORMULA else text[: MAX_FORMULA - 1] + "…"
