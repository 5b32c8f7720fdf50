"""What one piece of mathematics holds at its outermost level, in the order of writing.

A display is no expression: it strings expressions, relations, words and separators together, and only
their order tells a chain from a list. The parser therefore hands out a flat stream of elements, which
`statements` assembles into equations. Inside braces and brackets the same stream is folded into one node.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeGuard

from gradcheck.notation.tree import Blank, Group, Node, Relation, Relational, Text
from gradcheck.records import dataclass
from gradcheck.source import Span


@dataclass(frozen=True, slots=True)
class Separator:
    """`,` `;` `:` `.` `mid` `quad` or `row` (a line's end) between two parts."""

    span: Span
    kind: str


@dataclass(frozen=True, slots=True)
class Tag:
    """An equation's own number, `\\tag{3}`."""

    span: Span
    text: str


Element = Node | Separator | Tag


def fold(elements: Sequence[Element], span: Span) -> Node:
    """One node for a whole stream: an expression, a Relational, or a bare list (a Group without brackets).

    span   what an empty stream covers
    """
    items, separators = items_of(elements)
    if not items:
        return Blank(span)
    if len(items) == 1:
        return items[0]
    return Group(items[0].span.cover(items[-1].span), "", "", items, separators)


def items_of(elements: Sequence[Element]) -> tuple[tuple[Node, ...], tuple[str, ...]]:
    """The parts of a list and what separates them; words stand beside their neighbours with "" between."""
    if len(elements) == 1 and _is_operand(elements[0]):
        return (elements[0],), ()
    items: list[Node] = []
    separators: list[str] = []
    run: list[Node] = []
    waiting: Separator | None = None

    def add(item: Node) -> None:
        nonlocal waiting
        if items:
            separators.append(waiting.kind if waiting else "")
        items.append(item)
        waiting = None

    def close_run() -> None:
        if run:
            add(relational(run))
            run.clear()

    for element in elements:
        match element:
            case Separator(kind="."):
                close_run()
            case Separator():
                close_run()
                if waiting is None or waiting.kind == "quad":
                    waiting = element
                elif element.kind != "quad":
                    add(Blank(Span(element.span.start, element.span.start)))
                    waiting = element
            case Text():
                close_run()
                add(element)
            case Tag():
                pass
            case _:
                if run and not isinstance(element, Relation) and not isinstance(run[-1], Relation):
                    close_run()
                run.append(element)
    close_run()
    return tuple(items), tuple(separators)


def _is_operand(element: Element) -> TypeGuard[Node]:
    return isinstance(element, Node) and not isinstance(element, Relation)


def relational(run: list[Node]) -> Node:
    """`a`, or the Relational of `a = b = c` with Blank where an operand is missing."""
    if len(run) == 1 and not isinstance(run[0], Relation):
        return run[0]
    operands: list[Node] = []
    relations: list[Relation] = []
    for node in run:
        if isinstance(node, Relation):
            if len(operands) == len(relations):
                operands.append(Blank(Span(node.span.start, node.span.start)))
            relations.append(node)
        else:
            operands.append(node)
    if len(operands) == len(relations):
        operands.append(Blank(Span(run[-1].span.end, run[-1].span.end)))
    return Relational(run[0].span.cover(run[-1].span), tuple(operands), tuple(relations))
