"""Functions that a document gives by formula, with their arguments, and the points at which they are taken.

`f(x)` with entries `x_1`, `x_2` and no whole x is a function of these. A point, `(1, 2)` in brackets or below
a bar, gives a value to each argument, and is written as what bars hold. All are put in at once: `f(y, x)` is
the value with the arguments swapped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gradcheck.expr.written.definitions import DEFINING, read_applied, unboxed, written_names
from gradcheck.expr.written.names import read_name
from gradcheck.notation.parser import parse_one
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Statement, formulas
from gradcheck.notation.tree import Group, Node, Number, Product, Relation, Relational, Scripted
from gradcheck.notation.walk import mapped, of_kind
from gradcheck.records import dataclass, replace
from gradcheck.source import Span

MOST = 12


@dataclass(frozen=True, slots=True)
class Function:
    """A function by formula: its letter, its arguments one by one, and what its brackets hold for them."""

    letter: Node
    key: str
    arguments: tuple[Node, ...]
    written: tuple[str, ...]
    formula: Node

    @property
    def whole(self) -> str:
        """What its brackets hold."""
        return self.written[0]

    @property
    def is_of_entries(self) -> bool:
        return len(self.written) < len(self.arguments)


def defined_by(equation: Equation, body: Sequence[Statement]) -> Iterator[Function]:
    """The function of plain arguments that a left side names, with its formula behind."""
    applied = read_applied(unboxed(equation.head))
    if applied is None or not applied.function.is_plain or equation.links[0].relation.sign not in DEFINING:
        return
    head = unboxed(equation.head)
    assert isinstance(head, Product), "what is applied is a product"
    names = [read_name(argument) for argument in applied.arguments]
    if not names or any(name is None or not name.is_plain for name in names):
        return
    right, written = equation.links[0].right, tuple(map(latex, applied.arguments))
    arguments = applied.arguments if len(names) > 1 else _entries_of(applied.arguments[0], right, body)
    yield Function(head.factors[0], applied.function.key, arguments, written, right)


def quantities_derived(equations: Sequence[Equation]) -> Iterator[Function]:
    """The w of `w = x^2 y` beside a `w_{xy}` as a function of the numbers of its formula.

    One letter below may be a part of w: two that both stand in its formula tell what it is derived by.
    """
    sides = [side for equation in equations for side in equation.sides]
    marked = {(name.base, *name.sub) for side in sides for name in written_names(side) if name.sub}
    twice = {base for base, *marks in marked if 2 in (len(marks), *map(len, marks))}
    for equation in equations if twice else ():
        name, right = read_name(unboxed(equation.head)), equation.links[0].right
        if name is None or name.base not in twice or not name.is_plain or name.sub:
            continue
        names = written_names(right)
        counted = {mark for each in names for mark in each.sub}
        inside = dict.fromkeys(key for each in names if (key := each.without(power=None).key) not in counted)
        pairs = {"".join(marks) for base, *marks in marked if base == name.base}
        if not any(len(pair) == 2 and set(pair) <= inside.keys() for pair in pairs):
            continue
        letters = (parse_one(each) for each in inside if len(each) == 1)
        arguments = tuple(at_place(letter, right.span) for letter in letters if letter is not None)
        yield Function(unboxed(equation.head), name.key, arguments, tuple(map(latex, arguments)), right)


def _entries_of(argument: Node, formula: Node, body: Sequence[Statement]) -> tuple[Node, ...]:
    """`x_1`, `x_2` for the x of `f(x) = x_1^2 + x_2`, where the document holds no whole x; else x itself."""
    whole = read_name(argument)
    assert whole is not None, "the argument has a name"
    if whole.sub or isinstance(argument, Scripted):
        return (argument,)
    numbers = [
        int(name.sub[0])
        for name in written_names(formula)
        if name.base == whole.base and len(name.sub) == 1 and name.sub[0].isdigit()
    ]
    if not numbers or not 0 < max(numbers) <= MOST or min(numbers) < 1 or _is_used_whole(whole.key, body):
        return (argument,)
    entries = (parse_one(f"{latex(argument)}_{{{number}}}") for number in range(1, max(numbers) + 1))
    return tuple(at_place(entry, argument.span) for entry in entries if entry is not None)


def _is_used_whole(key: str, body: Sequence[Statement]) -> bool:
    """Whether a letter stands somewhere as an array of its own: not below a sign, nor alone in brackets."""
    for item in body:
        if isinstance(item, Equation) and lists_entries(item, key):
            continue
        for side in formulas(item):
            applied = {
                group.items[0].span
                for node in of_kind(side, Product)
                for group in node.factors[1:]
                if isinstance(group, Group) and len(group.items) == 1
            }
            for name in written_names(side):
                if name.key == key and name.span not in applied:
                    return True
    return False


def lists_entries(equation: Equation, key: str) -> bool:
    """`x = (x_1, x_2)`, which says what the letter is short for."""
    head = read_name(unboxed(equation.head))
    inside = written_names(equation.links[-1].right)
    entries = bool(inside) and all(name.sub and name.without(sub=()).key == key for name in inside)
    return head is not None and head.key == key and entries


def are_own(brackets: Node, function: Function) -> bool:
    """Whether brackets hold the arguments themselves."""
    held = tuple(map(latex, brackets.items)) if isinstance(brackets, Group) else ()
    return held in (function.written, tuple(map(latex, function.arguments)))


def point_in(brackets: Node, function: Function) -> Sequence[Node] | None:
    """The values that brackets give to the arguments; None where they give none.

    Brackets with one entry that rests on the argument, `f'(x) (x + 1)`, may multiply.
    """
    if not isinstance(brackets, Group) or brackets.open not in ("(", "["):
        return None
    if len(brackets.items) != len(function.arguments) or of_kind(brackets, Relational):
        return None
    own = {name.key for argument in function.arguments if (name := read_name(argument)) is not None}
    inside = {name.key for item in brackets.items for name in written_names(item)}
    return brackets.items if len(brackets.items) > 1 or not own & inside else None


def point_below(barred: Scripted, function: Function) -> Sequence[Node] | None:
    """The values below a bar, `|_{(1, 2)}`, `|_{1, 2}` and `|_2`."""
    below = barred.sub
    if isinstance(below, Group) and below.open in ("(", ""):
        return point_in(replace(below, open="(", close=")"), function)
    if isinstance(below, Number) and len(function.arguments) == 1:
        return (below,)
    return None


def held_at(value: Node, function: Function, point: Sequence[Node]) -> Node:
    """A value with a bar, and below it the values of the arguments."""
    span = value.span
    told = tuple(
        Relational(span, (argument, value), (Relation(span, "="),))
        for argument, value in zip(function.arguments, point, strict=True)
    )
    below = Group(span, "", "", told, (",",) * (len(told) - 1))
    return Scripted(span, Group(span, ".", "|", (value,), ()), below, None)


def at_place(node: Node, span: Span) -> Node:
    """A formula that has a place as a whole."""
    return replace(mapped(node, lambda child: at_place(child, span)), span=span)
