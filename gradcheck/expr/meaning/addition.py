"""What a written sum means: its terms added, signs and strikes, and how far a Σ in it reaches.

The product binds tighter than Σ, a minus does not; but where a later term still carries the index that
a Σ binds, the author meant the Σ to reach over it, and that is a reading, told as such. A brace below terms
is drawn and no bracket: the minus before it belongs to the first of them, or, as a reading, to all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gradcheck.expr.forms.build import apply, num
from gradcheck.expr.forms.reading import (
    MeaningError,
    Note,
    Reading,
    Readings,
    combine,
    each,
    expression,
    ranked,
)
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.lost_brackets import with_brackets
from gradcheck.expr.meaning.series import continued, series_readings
from gradcheck.expr.written.names import read_name
from gradcheck.notation.tree import (
    BigOperator,
    Node,
    Product,
    Relational,
    Sum,
    Term,
    Wrapped,
)
from gradcheck.records import replace
from gradcheck.shapes import SCALAR, ShapeError
from gradcheck.source import Span

if TYPE_CHECKING:
    from gradcheck.expr.meaning.elaborate import Elaborator

_NEGATED = {"+": "-", "-": "+"}


def added_readings(elaborator: Elaborator, terms: Sequence[Term], span: Span) -> list[Reading]:
    """The readings of a sum, also with a Σ in it reaching over the terms after it.

    Raises ShapeError where the terms do not fit.
    """
    bracketed = with_brackets(terms)
    if bracketed is not None:
        meant, note = bracketed
        below = [r.noted(note) for r in added_readings(elaborator, meant, span)]
        return ranked([*below, *_sum_of(elaborator, terms, span)])
    series = continued(terms)
    if series is not None:
        return _with_series(elaborator, terms, *series)
    total = _sum_of(elaborator, terms, span)
    extended = _extended_scope(elaborator, terms, span)
    return ranked([*total, *extended]) if extended else total


def _with_series(
    elaborator: Elaborator, terms: Sequence[Term], places: range, pattern: Node
) -> list[Reading]:
    """The readings of a sum in which the terms at some places are a series that dots go on with."""
    total = series_readings(elaborator, pattern)
    if terms[places[0]].sign == "-":
        total = each(total, negative)
    for term in (*terms[: places[0]], *terms[places[-1] + 1 :]):
        total = combine(total, _term(elaborator, term), _added)
    return total


def _sum_of(elaborator: Elaborator, terms: Sequence[Term], span: Span) -> list[Reading]:
    total: list[Reading] | None = None
    for term in terms:
        addend = _term(elaborator, term)
        total = addend if total is None else combine(total, addend, _added)
    assert total is not None, "a sum has at least one term"
    return [Reading(r.value.at(span) if isinstance(r.value, Expr) else r.value, r.notes) for r in total]


def _added(left: object, right: object) -> list[Reading]:
    """The sum of two values; a vector that nothing lays out is added to every row where only that fits.

    `b ∈ R^k` is no column in `X W + b`, and neither is a mean in `X - μ`.
    """
    try:
        return _added_to_matrix(left, right)
    except ShapeError:
        a, b = expression(left), expression(right)
        if _lies_along_rows(b, a):
            return [Reading(add(a, _turned(b)), (Note("info", "a vector added to every row", b.span),))]
        if _lies_along_rows(a, b):
            return [Reading(add(_turned(a), b), (Note("info", "a vector added to every row", a.span),))]
        raise


def _added_to_matrix(left: object, right: object) -> list[Reading]:
    """The sum of two values; of `A - \\lambda` with a square matrix also `A - \\lambda I`, first for λ."""
    a, b = expression(left), expression(right)
    plain = Reading(add(left, right))
    bare = b.args[0] if b.op == "neg" else b
    square = a.shape[0] == a.shape[1] and a.shape != SCALAR
    if not square or bare.shape != SCALAR or bare.op not in ("var", "mul", "div"):
        return [plain]
    letters = [node.attr[0] for node in bare.walk() if node.op == "var"]
    if len(letters) != 1:
        return [plain]
    multiple = apply("mul", bare, apply("eye", attr=(a.shape[0],)))
    whole = add(a, negative(multiple) if b.op == "neg" else multiple)
    text = "a number beside a matrix taken for so many times the identity"
    if letters[0].startswith("\\lambda"):
        spread = plain.noted(Note("broadcast", "a number added to every entry", b.span))
        return [Reading(whole, (Note("info", text, b.span),)), spread]
    return [plain, Reading(whole, (Note("implicit", text, b.span),))]


def _lies_along_rows(vector: Expr, matrix: Expr) -> bool:
    """Whether a bare name is a column with an entry for each column of a matrix of another height."""
    bare = vector.args[0] if vector.op == "neg" else vector
    size = vector.shape[0]
    return (
        bare.op == "var"
        and vector.shape[1] == 1 != size
        and matrix.shape[1] == size
        and matrix.shape[0] not in (1, size)
    )


def _turned(vector: Expr) -> Expr:
    """A column as a row; a minus before it stays outermost."""
    if vector.op == "neg":
        return apply("neg", apply("transpose", vector.args[0]))
    return apply("transpose", vector)


def _term(elaborator: Elaborator, term: Term) -> list[Reading]:
    if isinstance(term.body, Wrapped) and term.body.is_struck:
        kept = _signed(term, elaborator.readings(term.body.body))
        return [
            *kept,
            Reading(num(0, term.span), (Note("struck", "the struck term left out", term.body.span),)),
        ]
    grouped = _signed(term, elaborator.readings(term.body))
    inner = _below_brace(term.body) if term.sign == "-" else None
    if inner is None:
        return grouped
    bare = _sum_of(elaborator, [replace(inner[0], sign=_NEGATED[inner[0].sign]), *inner[1:]], term.body.span)
    note = Note("info", "the brace taken for brackets", term.body.span)
    return [*bare, *(reading.noted(note) for reading in grouped)]


def _below_brace(node: Node) -> Sequence[Term] | None:
    """The terms at which a brace is drawn, which is no bracket: `- \\underbrace{u - v}_{...}` takes u."""
    match node:
        case Wrapped(kind="underbrace" | "overbrace", body=Sum(terms=terms)):
            return terms
        case _:
            return None


def _signed(term: Term, body: Readings) -> list[Reading]:
    if term.sign == "+":
        return list(body)
    negated = each(body, negative)
    if term.struck:
        return [*negated, *(r.noted(Note("struck", "the struck sign left out", term.span)) for r in body)]
    return negated


def _extended_scope(elaborator: Elaborator, terms: Sequence[Term], span: Span) -> list[Reading]:
    """`Σ_i t^{(i)} - y^{(i)}` with the sum over the later terms, too, where its index goes on there."""
    for position, term in enumerate(terms[:-1]):
        big = trailing_sum(term.body)
        if big is None:
            continue
        inside = Sum(span, (Term(big.body.span, "+", big.body), *terms[position + 1 :]))
        wider = replace_trailing_sum(term.body, BigOperator(big.span, big.kind, big.lower, big.upper, inside))
        literal = _free_after(elaborator, terms[position + 1 :])
        index = bound_letter(big)
        if index is None or index not in literal:
            continue
        note = Note("implicit", f"the sum over {index} reaches to the end", big.span)
        rest = _sum_of(elaborator, [*terms[:position], Term(term.span, term.sign, wider, term.struck)], span)
        return [r.noted(note) for r in rest]
    return []


def _free_after(elaborator: Elaborator, terms: Sequence[Term]) -> set[str]:
    letters: set[str] = set()
    for term in terms:
        try:
            for reading in elaborator.readings(term.body):
                if isinstance(reading.value, Expr):
                    letters |= {name for name, _ in reading.value.free}
        except MeaningError:
            continue
    return letters


def negative(value: object) -> Expr:
    """Minus an expression."""
    return apply("neg", expression(value))


def add(left: object, right: object) -> Expr:
    """The sum of two values; a column of biases and a scalar broadcast.

    Raises ShapeError if the shapes do not fit.
    """
    a, b = expression(left), expression(right)
    if b.op == "neg":
        return apply("sub", a, b.args[0])
    return apply("add", a, b)


def trailing_sum(node: Node) -> BigOperator | None:
    """The Σ that ends a term, if one does."""
    match node:
        case BigOperator(kind="sum"):
            return node
        case Product(factors=factors):
            return trailing_sum(factors[-1])
        case _:
            return None


def replace_trailing_sum(node: Node, by: BigOperator) -> Node:
    """The term with its final Σ replaced."""
    if isinstance(node, Product):
        return Product(
            node.span, (*node.factors[:-1], replace_trailing_sum(node.factors[-1], by)), node.operators
        )
    return by


def bound_letter(node: BigOperator) -> str | None:
    """The index that a Σ binds, if it is written."""
    lower = node.lower
    if isinstance(lower, Relational):
        lower = lower.operands[0]
    name = read_name(lower) if lower is not None else None
    return name.base if name is not None and len(name.base) == 1 else None
