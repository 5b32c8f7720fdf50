"""Equations inside other mathematics: rows of `cases`, their conditions, side notes, spaces in a chain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gradcheck.notation.clauses import connective_of
from gradcheck.notation.tree import (
    BigOperator,
    Cases,
    Fraction,
    Group,
    Node,
    Number,
    Product,
    Relation,
    Relational,
    Scripted,
    Sum,
    Symbol,
    Text,
    Wrapped,
)
from gradcheck.records import replace
from gradcheck.source import Span

Inner = tuple[str, Relational]
"""The connective and the relation of an equation found inside another."""


def listed(node: Node) -> tuple[Inner, ...]:
    """The equations of a node that is nothing but a list of them (`cases` of updates, `{ a = b, c = d .`).

    So is one in brackets, as converters leave it of a display; `(y = 1)` says which case is meant.
    """
    match node:
        case Cases(rows=rows):
            parts: tuple[Node, ...] = tuple(row.value for row in rows)
        case Group(open="" | "{", close="" | ".", items=items):
            parts = items
        case Group(open="(" | "[", items=(Relational() as whole,)) if _is_formula(whole):
            parts = (whole,)
        case _:
            return ()
    relations = tuple(part for part in parts if isinstance(part, Relational))
    return tuple(("", relation) for relation in relations) if len(relations) == len(parts) else ()


def _is_formula(relation: Relational) -> bool:
    return not isinstance(relation.operands[-1], Number) or len(relation.relations) > 1


def without_spaces(
    operands: Sequence[Node], relations: Sequence[Relation]
) -> tuple[list[Node], list[Relation], tuple[Inner, ...]]:
    """A chain without the spaces inside it: `A \\in \\mathbb{R}^{n \\times m} = B C` says two things of A."""
    kept, signs, inner = [operands[0]], list[Relation](), list[Inner]()
    for place, (relation, operand) in enumerate(zip(relations, operands[1:], strict=True), start=1):
        if relation.sign == "∈" and place < len(relations) and _is_space(operand):
            span = kept[-1].span.cover(operand.span)
            inner.append(("", Relational(span, (kept[-1], operand), (relation,))))
        else:
            kept.append(operand)
            signs.append(relation)
    return kept, signs, tuple(inner)


def _is_space(node: Node) -> bool:
    """Whether a formula is `\\mathbb{R}^{...}`."""
    base = node.base if isinstance(node, Scripted) and node.sup is not None else None
    return isinstance(base, Symbol) and base.name == "R" and base.style in ("mathbb", "mathcal", "mathbf")


def conditions(node: Node) -> Iterator[Inner]:
    """The conditions of all `cases` in the node, scripts and fractions apart."""
    match node:
        case Cases(rows=rows):
            for row in rows:
                if row.condition is not None:
                    yield from (("condition", part) for part in _relations_of(row.condition))
        case Product(factors=parts) | Group(items=parts):
            for part in parts:
                yield from conditions(part)
        case Sum(terms=terms):
            for term in terms:
                yield from conditions(term.body)
        case Wrapped(body=inner) | BigOperator(body=inner) | Scripted(base=inner):
            yield from conditions(inner)


def _relations_of(node: Node) -> Iterator[Relational]:
    match node:
        case Relational():
            yield node
        case Group(open="", items=items):
            yield from (item for item in items if isinstance(item, Relational))


def without_side_notes(node: Node) -> tuple[Node, tuple[Inner, ...]]:
    """The node without equations squeezed in at its right end, and these equations."""
    match node:
        case Product(factors=factors, operators=operators) if len(factors) == len(operators) + 1:
            notes = _side_note(factors[-1])
            if notes and len(factors) > 1:
                end = operators[-1].span.end if operators[-1].kind else factors[-2].span.end
                kept = operators if operators[-1].kind else operators[:-1]
                return replace(
                    node, span=Span(node.span.start, end), factors=factors[:-1], operators=kept
                ), notes
            last, notes = without_side_notes(factors[-1])
            return replace(
                node, span=_up_to(node, last), factors=(*factors[:-1], last)
            ) if notes else node, notes
        case Sum(terms=terms):
            last, notes = without_side_notes(terms[-1].body)
            if not notes:
                return node, ()
            term = replace(terms[-1], span=_up_to(terms[-1], last), body=last)
            return replace(node, span=_up_to(node, last), terms=(*terms[:-1], term)), notes
        case BigOperator(body=body):
            last, notes = without_side_notes(body)
            return replace(node, span=_up_to(node, last), body=last) if notes else node, notes
        case _:
            return node, ()


def _up_to(node: Node, last: Node) -> Span:
    return Span(node.span.start, last.span.end)


def _side_note(node: Node) -> tuple[Inner, ...]:
    """The equations of a fraction or box that holds relations where values belong."""
    match node:
        case Fraction(numerator=above, denominator=below):
            word = _leading_word(above)
            return tuple((word or "note", part) for side in (above, below) for part in _relations_of(side))
        case Wrapped(body=Relational() as body):
            return (("note", body),)
        case _:
            return ()


def _leading_word(node: Node) -> str:
    match node:
        case Group(open="", items=(Text() as text, *_)):
            return connective_of(text)
        case _:
            return ""
