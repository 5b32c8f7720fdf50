"""The gradient and the Hessian of a function of several numbers, written out as what they are made of.

After `f(x, y) = x^2 y` an author writes `\\nabla f = (2xy, x^2)`. The entries are told apart by the arguments
of f alone, so `\\nabla f` becomes the list of the partial derivatives, and `\\nabla^2 f` their matrix, in the
form in which the other side lists as many.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from gradcheck.expr.definitions import read_applied, unboxed
from gradcheck.expr.names import read_name
from gradcheck.expr.writing import is_transposed
from gradcheck.notation.parser import parse_one
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Statement
from gradcheck.notation.tree import Group, Matrix, Node, Number, Product, Scripted, Symbol
from gradcheck.notation.walk import mapped
from gradcheck.restating.nablas import is_bare
from gradcheck.source import Span

Arguments = Mapping[str, Sequence[Node]]


def with_partials_listed(body: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements in which a bare `\\\\nabla f` that is told by its entries is written out by them."""
    arguments = _arguments(item for item in body if isinstance(item, Equation))
    if not arguments:
        return tuple(body)
    return tuple(_listed(item, arguments) if isinstance(item, Equation) else item for item in body)


def _arguments(equations: Iterable[Equation]) -> dict[str, Sequence[Node]]:
    """The several plain arguments of each function that is defined with them."""
    found: dict[str, Sequence[Node]] = {}
    for equation in equations:
        applied = read_applied(unboxed(equation.head))
        if applied is None or len(applied.arguments) < 2 or not applied.function.is_plain:
            continue
        names = [read_name(argument) for argument in applied.arguments]
        if all(name is not None and name.is_plain for name in names):
            found.setdefault(applied.function.key, applied.arguments)
    return found


def _listed(equation: Equation, arguments: Arguments) -> Equation:
    told = _told(equation.head, arguments)
    if told is None:
        return equation
    order, function, names = told
    entries = [_entry(function, chosen) for chosen in _choices(names, order)]
    form = next((side for side in equation.sides[1:] if _cells(side) == len(entries)), None)
    if form is None:
        return equation
    head = _at(_in_form(form, entries, len(names)), equation.head.span)
    first, *others = equation.links
    return replace(equation, head=head, links=(replace(first, left=head), *others))


def _told(head: Node, arguments: Arguments) -> tuple[int, Node, Sequence[Node]] | None:
    """Of `\\\\nabla f`, `\\\\nabla f(x, y)` or `\\\\nabla^2 f`: the order, f, and what it depends on."""
    match head:
        case Product(factors=(sign, function, *others)) if is_bare(sign):
            name = read_name(function)
            names = arguments.get(name.key) if name is not None else None
            order = _order(sign)
            if names is None or order is None or not _are_own(others, names):
                return None
            return order, function, names
    return None


def _order(sign: Node) -> int | None:
    match sign:
        case Symbol():
            return 1
        case Scripted(sup=None):
            return 1
        case Scripted(sup=Number(text="2")):
            return 2
    return None


def _are_own(factors: Sequence[Node], names: Sequence[Node]) -> bool:
    """Whether nothing follows but the arguments themselves: at other points a gradient has other entries."""
    match factors:
        case []:
            return True
        case [Group(items=items)]:
            return [latex(item) for item in items] == [latex(name) for name in names]
    return False


def _choices(names: Sequence[Node], order: int) -> list[tuple[Node, ...]]:
    return [(name,) for name in names] if order == 1 else [(a, b) for a in names for b in names]


def _entry(function: Node, by: Sequence[Node]) -> Node:
    """`\\\\partial f / \\\\partial x`, or the second derivative."""
    above = r"\partial" if len(by) == 1 else rf"\partial^{len(by)}"
    below = " ".join(rf"\partial {latex(name)}" for name in by)
    entry = parse_one(rf"\frac{{{above} {latex(function)}}}{{{below}}}")
    assert entry is not None, "a derivative can be read"
    return entry


def _cells(side: Node) -> int:
    """How many entries a list, a row, a column or a matrix has."""
    match unboxed(side):
        case Matrix(rows=rows):
            return sum(len(row) for row in rows)
        case Group(open="(" | "[" | "⟨", items=items) if len(items) > 1:
            return len(items)
        case Scripted(base=base, sub=None) as turned if is_transposed(turned):
            return _cells(base)
    return 0


def _in_form(form: Node, entries: Sequence[Node], width: int) -> Node:
    """Entries in the brackets, and in the rows, of another list of as many."""
    match unboxed(form):
        case Matrix(rows=rows) as matrix:
            width = len(rows[0]) if len(entries) == width else width
            cut = (tuple(entries[at : at + width]) for at in range(0, len(entries), width))
            return replace(matrix, rows=tuple(cut))
        case Group() as group:
            return replace(group, items=tuple(entries))
        case Scripted(base=base) as turned:
            return replace(turned, base=_in_form(base, entries, width))
    raise AssertionError("a form has cells")


def _at(node: Node, span: Span) -> Node:
    """A formula that has a place as a whole."""
    return replace(mapped(node, lambda child: _at(child, span)), span=span)
