"""The integers that scripts and limits name where recursions are written out.

`t+1` at t = 2 is 3. A letter that a Σ binds, the range of its limits and the terms that `k \\ne i` leaves out
are told here; what cannot be told leaves the Σ as it was written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import ge, gt, le, lt, ne

from gradcheck.notation.tree import BigOperator, Group, Node, Number, Relational, Sum, Symbol
from gradcheck.notation.walk import parts

Steps = dict[str, int]
# What the relations below a Σ say of two steps.
HOLDS: dict[str, Callable[[int, int], bool]] = {"≠": ne, "<": lt, ">": gt, "≤": le, "≥": ge}


class Beyond(Exception):
    """An instance would leave the steps of the recursion."""


def bound_letter(node: BigOperator) -> str | None:
    """The letter that a Σ binds: i of `i`, `i = 1` and `i : d_i = 1`."""
    lower = node.lower.operands[0] if isinstance(node.lower, Relational) else node.lower
    if isinstance(lower, Group) and lower.separators[:1] == (":",):
        lower = lower.items[0]
    return lower.name if isinstance(lower, Symbol) and not lower.style else None


def is_read(lower: Node | None) -> bool:
    """Whether it can be told for which steps the condition below a Σ holds."""
    match lower:
        case Relational(operands=(_, right), relations=(relation,)):
            simple = (Symbol, Number, Sum)
            return relation.sign in ("=", "∈") or (relation.sign in HOLDS and isinstance(right, simple))
        case Group(items=items):
            return not any(isinstance(item, Relational) for item in items[1:])
        case _:
            return not isinstance(lower, Relational)


def holds(lower: Node | None, at: Steps) -> bool:
    """Whether the condition below a Σ, `k \\ne i`, keeps its term at these steps."""
    match lower:
        case Relational(operands=(first, second), relations=(relation,)) if relation.sign in HOLDS:
            left, right = number(first, at), number(second, at)
            return left is None or right is None or HOLDS[relation.sign](left, right)
        case _:
            return True


def folded(node: Node) -> Node:
    """A sum of numbers as its value. Raises Beyond where that is negative."""
    if not isinstance(node, Sum):
        return node
    total = number(node, {})
    if total is None:
        return node
    if total < 0:
        raise Beyond
    return Number(node.span, str(total))


def number(node: Node, known: Steps) -> int | None:
    """The integer that a formula of step letters is, or None."""
    match node:
        case Number(text=text):
            return int(text) if text.isdigit() else None
        case Symbol(name=name, style=""):
            return known.get(name)
        case Group(items=(item,)):
            return number(item, known)
        case Sum(terms=terms):
            values = [(-1 if term.sign == "-" else 1, number(term.body, known)) for term in terms]
            return None if any(v is None for _, v in values) else sum(sign * (v or 0) for sign, v in values)
        case _:
            return None


def numbers(node: Node | None) -> Iterator[int]:
    """The step that a script names: its first number."""
    for part in below(node):
        if isinstance(part, Number) and part.text.isdigit():
            yield int(part.text)
            return


def below(node: Node | None) -> Iterator[Node]:
    if node is not None:
        yield node
        for child in parts(node):
            yield from below(child)
