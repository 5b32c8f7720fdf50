"""Claims that hold for some values only: where `y w^\\top x < 1`, for positive z, for an active triplet.

Such a claim is compared after both sides were multiplied by the indicator of its condition. Words without a
formula do not say which quantity is meant; then the two sides of every kink that the head rests on are tried,
if the kink is a number's: a claim that drops the mask of a vector's ReLU is no claim about a region. Where
a line above tells the same derivative by cases, a line that is right in one of them goes on from that one. A
sum over examples is told for those on one side together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from gradcheck.checking.bench.oracle import Oracle
from gradcheck.expr.forms.build import apply, isum, num, reach, var, variables
from gradcheck.expr.forms.reading import REGION, MeaningError, Note
from gradcheck.expr.forms.tree import Expr, Ix, distinct
from gradcheck.expr.meaning.constants import truth
from gradcheck.expr.meaning.elaborate import Elaborator
from gradcheck.expr.meaning.scope import Scope
from gradcheck.expr.written.names import read_name
from gradcheck.expr.written.quotients import derives
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Heading, Prose, Statement
from gradcheck.notation.tree import Cases, Node, Number, Relational
from gradcheck.notation.walk import of_kind
from gradcheck.ops import OPERATIONS
from gradcheck.ops.operation import at_zero
from gradcheck.patterns import late_pattern
from gradcheck.restating.sayings.told_behind import SENTENCE_END
from gradcheck.shapes import SCALAR, Dim, ShapeError

Pair = tuple[Expr, Expr, tuple[Note, ...]]
IN_WORDS = late_pattern(
    r"\b(?:if|when|whenever|where|while|for|in|assuming|given|provided|suppose|as long as)\b[^.;]*?"
    r"\b(?:(?:in)?active|violat\w+|satisf\w+|positive|negative|non-?zero|regions?|regime|branch|saturat\w+"
    r"|inside|outside|clipped|margin|misclassified|correctly|incorrectly"
    r"|(?:greater|larger|less|smaller) than (?:zero|one|0|1))(?:\b[^.;]*|\W*)$"
    r"|\b(?:if|when|where|for|assuming|given)\b[^.;]*\bloss\b[^.;]*[<>≠]\s*0[^.;]*$",
    re.IGNORECASE,
)
CASE_NAMED = late_pattern(
    r"\b(?:active|violat\w+|positive|non-?zero)\s+(?:case|loss|hinge|margin|triplet|region|regime)",
    re.IGNORECASE,
)
LEADING_ON = late_pattern(r"[\s:*_：]+$")
_MOST = 4
NOWHERE = "this is told under a condition that holds at none of the points that were tried"


def weighted(pair: Pair, weight: Expr, note: Note) -> Pair:
    """The pair with both sides times the indicator of what it is told for."""
    expected, got, notes = pair
    return apply("mul", weight, expected), apply("mul", weight, got), (*notes, note)


def within(pair: Pair, condition: Relational, scope: Scope) -> Pair | None:
    """The pair with both sides zero where a condition on values does not hold; None where it cannot be read.

    An order of bare letters that are no quantities is about indices, and says nothing of such a pair.
    """
    if all(isinstance(o, Number) or _is_no_quantity(o, scope) for o in condition.operands):
        return pair
    try:
        readings = truth(Elaborator(scope), condition)
    except (MeaningError, ShapeError):
        return None
    free = {index for side in pair[:2] for index in side.free}
    for reading in readings:
        value = reading.value
        if isinstance(value, Expr) and value.shape in (SCALAR, pair[0].shape):
            value = _throughout(_above_floor(value, scope), set(value.free) - free)
            return weighted(pair, value, Note(REGION, "told where its condition holds", condition.span))
    return None


def _above_floor(order: Expr, scope: Scope) -> Expr:
    r"""`u > 0` for `L > 0` where L is `max(0, u)`: L itself is never beside its kink without being on it."""
    if order.op != "greater" or order.args[1] != num(0):
        return order
    value = order.args[0]
    formula = scope.program.get(value.attr[0], value) if value.op == "var" else value
    inner = [arg for arg in formula.args if arg != num(0)]
    floored = formula.op == "relu" or (formula.op == "maximum" and len(inner) == 1)
    return apply("greater", inner[0], num(0)) if floored else order


def _throughout(order: Expr, indices: Iterable[tuple[str, Dim]]) -> Expr:
    """The indicator of what holds for every value of some indices: it fails at none."""
    for letter, dim in indices:
        order = apply("greater", num(1), isum(apply("sub", num(1), order), Ix(letter, dim)))
    return order


def _is_no_quantity(node: Node, scope: Scope) -> bool:
    name = read_name(node)
    return name is not None and scope.quantity(name.key) is None


def told_in_words(body: Iterable[Statement]) -> Iterator[int]:
    """The numbers of the equations that words, or cases above, tell for some values only."""
    prose: Prose | None = None
    heading = False
    by_cases: set[str] = set()
    for item in body:
        if isinstance(item, Heading):
            prose, heading = None, CASE_NAMED.search(item.text) is not None
        elif isinstance(item, Prose):
            prose = item
        elif isinstance(item, Equation):
            if heading or _says_where(prose, item) or latex(item.head) in by_cases:
                yield item.number
            if any(of_kind(link.right, Cases) for link in item.links) and derives(item.head):
                by_cases.add(latex(item.head))


def _says_where(prose: Prose | None, equation: Equation) -> bool:
    """Whether the sentence that leads to an equation, with a colon or without, says where it holds."""
    if prose is None:
        return False
    before = LEADING_ON.sub("", prose.text[: max(equation.span.start - prose.span.start, 0)])
    return IN_WORDS.search(SENTENCE_END.split(before)[-1]) is not None


def in_regions(pairs: Sequence[Pair], scope: Scope) -> Iterator[Pair]:
    """The pairs on one side of each kink that their heads rest on, as a claim told in words may mean them."""
    for pair in pairs:
        note = Note(REGION, "told on one side of a kink")
        for order in _orders(pair[0], scope):
            for side in (order, apply("sub", num(1), order)):
                yield weighted(pair, _throughout(side, side.free), note)


def _orders(head: Expr, scope: Scope) -> list[Expr]:
    """The indicators of one side of the kinks of what a head rests on, at most a few of them."""
    program = scope.program
    keys = {key for start in variables(head) for key in reach(start, program)}
    formulas = (head, *(formula for key, formula in program.items() if key in keys))
    found = dict.fromkeys(order for node in distinct(formulas) if (order := _side(node)) is not None)
    return [order for order in found if order.shape == SCALAR][:_MOST]


def _side(node: Expr) -> Expr | None:
    """The indicator of one side of a kink."""
    operation = OPERATIONS.get(node.op)
    if operation is None or operation.kink is None:
        return None
    if operation.kink is at_zero:
        return apply("greater", node.args[0], num(0))
    return apply("greater", *node.args) if operation.arity == 2 else None


def nowhere(pair: Pair, oracle: Oracle) -> str | None:
    """What to say of a pair that was compared nowhere, since its condition holds at no sample point."""
    if pair[0].op != "mul" or not any(note.kind == REGION for note in pair[2]):
        return None
    weight, program = pair[0].args[0], oracle.bench.program
    labels = (k for k in program.reach_of(pair[0]) if k in program.variables and k not in variables(weight))
    parts = [weight]
    for key in labels:
        if program.variables[key].domain == "binary" and program.variables[key].shape == weight.shape:
            label = var(key, weight.shape)
            parts += [apply("mul", weight, label), apply("mul", weight, apply("sub", num(1), label))]
    return NOWHERE if any(map(oracle.is_zero, parts)) else None


def first_reached(pairs: Sequence[Pair], oracle: Oracle) -> Sequence[Pair]:
    """The first pair whose head is not zero in its region: what a line told in words is held against."""
    return next(((pair,) for pair in pairs if not oracle.is_zero(pair[0])), ())
