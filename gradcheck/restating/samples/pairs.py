r"""A Σ over pairs, `\sum_{i \ne j} x_i x_j`, with both of its indices told.

What is told apart below the sign is mostly one running index and one that is fixed. Where the second one
is bound by no Σ around, and stands on neither side outside of the sum, nothing fixes it: every pair is meant.
Which one is fixed may be left to other lines, as the class k of `\sum_{j \ne k} \max(0, s_j - s_k)`:
there no line with a derivative may have such an index free.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gradcheck.expr.written.definitions import definitions
from gradcheck.expr.written.indices import bound_letters, is_letter
from gradcheck.expr.written.names import index_parts
from gradcheck.expr.written.quotients import derives
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import BigOperator, Group, Node, Number, Relational
from gradcheck.notation.walk import mapped, of_kind
from gradcheck.records import replace
from gradcheck.restating.samples.bare_sums import free_letters


def with_pairs_told(body: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements with both indices below every Σ over pairs."""
    sides = [side for item in body if isinstance(item, Equation) for side in item.sides]
    if not any(_pair(node) for side in sides for node in of_kind(side, BigOperator)):
        return tuple(body)
    rests = {item.number: rewritten(item, _without_pairs) for item in body if isinstance(item, Equation)}
    free = {number: frozenset(_free(rest)) for number, rest in rests.items()}
    deriving = (number for number, rest in rests.items() if any(map(derives, rest.sides)))
    everywhere = frozenset[str]().union(*(free[number] for number in deriving))
    return tuple(
        _told(item, free[item.number] | (everywhere if any(True for _ in definitions([item])) else set()))
        if isinstance(item, Equation) and rests[item.number] is not item
        else item
        for item in body
    )


def _free(equation: Equation) -> Iterator[str]:
    return (letter for side in equation.sides for letter in free_letters(side))


def _told(equation: Equation, outside: frozenset[str]) -> Equation:

    def put(node: Node, bound: frozenset[str]) -> Node:
        if not isinstance(node, BigOperator):
            return mapped(node, lambda part: put(part, bound))
        pair = _pair(node)
        if pair and not pair & bound:
            return _over_pairs(node)
        around = bound | bound_letters(node)
        return mapped(node, lambda part: put(part, around))

    return rewritten(equation, lambda side: put(side, outside))


def _without_pairs(node: Node) -> Node:
    return Number(node.span, "0") if _pair(node) else mapped(node, _without_pairs)


def _pair(node: Node) -> frozenset[str]:
    """The two letters that a Σ tells apart, where its terms carry both; else none."""
    if not isinstance(node, BigOperator) or node.kind != "sum" or node.upper is not None:
        return frozenset()
    lower = node.lower
    if not isinstance(lower, Relational) or [relation.sign for relation in lower.relations] != ["≠"]:
        return frozenset()
    letters = frozenset(part for operand in lower.operands for part in index_parts(operand))
    is_pair = len(letters) == 2 and all(map(is_letter, letters))
    return letters if is_pair and letters <= set(free_letters(node.body)) else frozenset()


def _over_pairs(node: BigOperator) -> BigOperator:
    assert isinstance(node.lower, Relational), "a pair is told by a relation"
    items = (*node.lower.operands, node.lower)
    return replace(node, lower=Group(node.lower.span, "", "", items, (",", ",")))
