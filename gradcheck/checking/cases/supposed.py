"""Lines that hold only for a symmetric matrix where the text speaks of any, and of that as a case.

"If A is symmetric, this is 2 A x" lets nobody write `A^T` for `A` in the derivation of the general gradient.
What is right at the sample points of the case is tried at those of any matrix, too. A line that writes `A^T`
itself tells the two apart, and belongs to the general derivation wherever it stands. None is accused: an
author may well stay in the case without a word. Nor is one who writes `½ x^T Q x`, with the half that a
symmetric Q alone makes go away, and never speaks of symmetry; nor who lets a recursion begin with zero.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from gradcheck.calculus.compare import Bench
from gradcheck.calculus.evaluate import EvaluationError
from gradcheck.calculus.program import CycleError
from gradcheck.calculus.sampling import SamplingError
from gradcheck.checking.bench.programs import chained
from gradcheck.checking.comparisons.judgement import Judgement
from gradcheck.expr.forms.build import apply, num, var
from gradcheck.expr.forms.tree import Expr, distinct
from gradcheck.expr.meaning.scope import Scope
from gradcheck.verdict import Verdict

ONLY_THERE = "this holds only where `{}` is what the text supposes of it elsewhere, as a case"

BEGUN = "this holds only where `{}` is zero, which is not said: write down with what the steps begin"

Supposing = Callable[[Iterable[str], str], Bench]
"""The bench with some quantities of a domain that nothing tells of them."""

HALVED = "this holds only where `{}` is symmetric, which is not said: the half before its form lets expect it"


def leave_supposed_open(
    judgements: Sequence[Judgement],
    supposed: Mapping[str, frozenset[int]],
    scope: Scope,
    without: Callable[[Iterable[str]], Bench],
) -> None:
    """Leave open what holds in a case alone, and is not told of it.

    supposed    key → the equations that a case is told of
    without     the bench without what is told of some quantities
    """
    for key, numbers in supposed.items():
        told = [
            (judgement, *judgement.pair)
            for judgement in judgements
            if judgement.worth
            and judgement.pair is not None
            and (judgement.claim.equation.number not in numbers or _uses_turned(*judgement.pair, key))
        ]
        if key not in scope.shapes or not told:
            continue
        try:
            bench = without([key])
            for judgement, expected, got in told:
                if not bench.close(expected, got):
                    judgement.leave_open(ONLY_THERE.format(scope.latex_of(key)))
        except (CycleError, EvaluationError, SamplingError):
            continue


def leave_halved_open(judgements: Sequence[Judgement], scope: Scope, supposing: Supposing) -> None:
    """Leave open what is wrong, but right for symmetric matrices of halved forms that no line turns."""
    if not any(_is_accused(judgement) for judgement in judgements):
        return
    pairs = [judgement.pair for judgement in judgements if judgement.pair is not None]
    used = distinct((*scope.program.values(), *(side for pair in pairs for side in pair)))
    keys = {key for node in used for key in _halved(node) if key not in scope.program}
    keys = {key for key in keys if not any(_is_turned(got, key) for _, got in pairs)}
    _leave_right_open(judgements, scope, keys, (supposing, "symmetric", HALVED))


def leave_begun_open(judgements: Sequence[Judgement], scope: Scope, supposing: Supposing) -> None:
    """Leave open what is wrong, but right where a recursion begins with zero: `h_0 = 0` is seldom written."""
    if not any(_is_accused(judgement) for judgement in judgements):
        return
    keys = {key for key in scope.shapes if key not in scope.program and _is_before_first(key, scope.program)}
    firsts = [var(_first(key), scope.shapes[_first(key)]) for key in keys]
    _leave_right_open(judgements, scope, keys, (supposing, "zero", BEGUN), firsts)


def _leave_right_open(
    judgements: Sequence[Judgement],
    scope: Scope,
    keys: Collection[str],
    told: tuple[Supposing, str, str],
    firsts: Iterable[Expr] = (),
) -> None:
    """Leave open what is wrong, but right where some quantities are of a domain.

    firsts   what must not vanish there: of a network that is fed zeros every line would be right
    """
    supposing, domain, message = told
    if not keys:
        return
    named = ", ".join(scope.latex_of(key) for key in sorted(keys))
    try:
        bench = supposing(keys, domain)
        if not all(bench.value(first).any() for first in firsts):
            return
        for judgement in filter(_is_accused, judgements):
            if judgement.pair is not None and bench.close(*judgement.pair):
                judgement.leave_open(message.format(named))
    except (CycleError, EvaluationError, SamplingError):
        return


def _is_accused(judgement: Judgement) -> bool:
    return judgement.verdict in (Verdict.WRONG, Verdict.FOLLOWS) and judgement.pair is not None


def _is_before_first(key: str, program: Container[str]) -> bool:
    """Whether a quantity has the number 0 below, where that with the number 1 is computed."""
    return key.endswith("_0") and _first(key) in program


def _first(key: str) -> str:
    """The quantity of the first step, `h_1` of `h_0`."""
    return f"{key[:-1]}1"


def _halved(node: Expr) -> Iterator[str]:
    """The Q of `½ v^T Q v`, or of `v^T Q v / 2`."""
    match node.op, node.args:
        case "mul", (factor, form) if factor in (apply("div", num(1), num(2)), num(Fraction(1, 2))):
            yield from _middle(form)
        case "div", (form, divisor) if divisor == num(2):
            yield from _middle(form)


def _middle(form: Expr) -> Iterator[str]:
    match chained(form):
        case [first, middle, last] if middle.op == "var" and first == apply("transpose", last):
            yield middle.attr[0]


def _uses_turned(expected: Expr, written: Expr, key: str) -> bool:
    """Whether a line, and not the supposition `A = A^T` itself, writes the transpose of a quantity."""
    head = expected.args[0] if expected.op == "transpose" else expected
    return not (head.op == "var" and head.attr[0] == key) and _is_turned(written, key)


def _is_turned(written: Expr, key: str) -> bool:
    """Whether a side writes the transpose of a quantity."""
    turned = (node.args[0] for node in written.walk() if node.op == "transpose")
    return any(inner.op == "var" and inner.attr[0] == key for inner in turned)
