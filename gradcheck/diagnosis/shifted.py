"""Slips in a sum over steps that was written out: one place of the text, several of the formula.

`\\sum_t \\delta_t h_t^T` is judged as a sum of three terms, so that its one wrong index is three wrong
names. What stands at one place of the text is exchanged together here: for the same letter at the step
before or after, or for another letter that has steps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from gradcheck.checking.cases.checked import Case
from gradcheck.checking.comparisons.judgement import Judgement
from gradcheck.diagnosis.repair import agree
from gradcheck.diagnosis.rewriting import Written
from gradcheck.expr.forms.build import apply, deriv, rebuild, var
from gradcheck.expr.forms.tree import Expr
from gradcheck.patterns import late_pattern
from gradcheck.records import dataclass
from gradcheck.shapes import ShapeError
from gradcheck.source import Source, Span

_STEP = late_pattern(r"^(?P<base>.+?)(?P<mark>\^\{\[|_\{?)(?P<number>\d+)(?P<end>\]\}|\}?)$")
_COUNTED = late_pattern(r"(?<![A-Za-z\\])(?P<letter>[a-z]|\\tau|\\ell)(?P<shift>\s*[+-]\s*\d+)?(?![A-Za-z])")
_TIMES = {"t", "s", r"\tau"}


@dataclass(frozen=True, slots=True)
class Shifted:
    """What belongs at one place of a sum over steps, and the code of the slip."""

    code: str
    change: Written


def shifted(case: Case, judgement: Judgement, source: Source) -> Shifted | None:
    """The exchange at one place of the text, at all its steps at once, that makes a line right."""
    if case.bench is None or judgement.pair is None or judgement.instance is not None:
        return None
    expected, got = judgement.pair
    for span, nodes in _places(got).items():
        for base, shift in _others(nodes, case):
            text = _rewritten(source.slice(span), base, shift)
            moved = {node: _moved(node, base, shift, case) for node in nodes}
            known = {node: new for node, new in moved.items() if new is not None}
            if text is None or len(known) < len(moved):
                continue
            try:
                mended = _with(got, span, known)
            except ShapeError:
                continue
            alike = mended.shape == expected.shape and case.bench.close(expected, mended)
            if alike and agree(case.bench, expected, mended):
                code = "GC507" if base is not None else "GC506" if _is_time(source.slice(span)) else "GC503"
                return Shifted(code, Written(span, source.slice(span), text, text))
    return None


def _places(formula: Expr) -> dict[Span, set[Expr]]:
    """The places of the text that several members of one family come from."""
    found: dict[Span, set[Expr]] = {}
    for node in formula.walk():
        if node.span is not None and _step(node) is not None:
            found.setdefault(node.span, set()).add(node)
    return {span: nodes for span, nodes in found.items() if len(nodes) > 1}


def _step(node: Expr) -> re.Match[str] | None:
    """The name of a quantity, maybe transposed, or of what a derivative is by, taken apart at its step."""
    name = node.args[0] if node.op == "transpose" else node
    owner = name.args[1] if name.op == "deriv" else name
    return _STEP.match(owner.attr[0]) if owner.op == "var" else None


def _others(nodes: set[Expr], case: Case) -> Iterator[tuple[str | None, int]]:
    """What may be meant: the letter itself (None) at another step, or another letter."""
    own = {found["base"] for node in nodes if (found := _step(node)) is not None}
    yield from ((None, shift) for shift in (-1, 1))
    names = (_STEP.match(key) for key in (*case.scope.program, *case.scope.shapes))
    letters = dict.fromkeys(
        found["base"] for found in names if found is not None and found["base"] not in own
    )
    if all(node.op != "deriv" for node in nodes):
        yield from ((letter, shift) for letter in letters for shift in (0, -1, 1))


def _moved(node: Expr, base: str | None, shift: int, case: Case) -> Expr | None:
    """A member of a family at another step, or of another family; None where there is none."""
    if node.op == "transpose":
        inner = _moved(node.args[0], base, shift, case)
        return None if inner is None else apply("transpose", inner)
    found = _step(node)
    assert found is not None, "only names with steps are moved"
    number = int(found["number"]) + shift
    key = f"{base or found['base']}{found['mark']}{number}{found['end']}"
    shape = case.scope.shapes.get(key)
    if shape is None:
        return None
    return deriv(node.args[0], var(key, shape)) if node.op == "deriv" else var(key, shape)


def _with(formula: Expr, span: Span, known: Mapping[Expr, Expr]) -> Expr:
    if formula.span == span and formula in known:
        return known[formula]
    args = tuple(_with(arg, span, known) for arg in formula.args)
    return formula if args == formula.args else rebuild(formula, args)


def _rewritten(text: str, base: str | None, shift: int) -> str | None:
    """A name with its step shifted, in the author's letters; None where no letter counts in it."""
    start = _script(text)
    found = _COUNTED.search(text, start)
    if found is None or text[:start].count("{") != text[:start].count("}"):
        return None
    total = int((found["shift"] or "0").replace(" ", "")) + shift
    index = found["letter"] + (f"{total:+d}" if total else "")
    head, tail = text[: found.start()], text[found.end() :]
    if not head.endswith(("{", "(", "[")) and len(index) > 1:
        index = f"{{{index}}}"
    return (head if base is None else base + head[start:]) + index + tail


def _script(text: str) -> int:
    """Where the first script of a name begins."""
    return min((place for mark in "_^" if (place := text.find(mark)) >= 0), default=len(text))


def _is_time(text: str) -> bool:
    found = _COUNTED.search(text, _script(text))
    return found is not None and found["letter"] in _TIMES
