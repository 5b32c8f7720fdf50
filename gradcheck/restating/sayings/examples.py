"""Which equations of a document belong to a worked example: numbers given to names, and put into formulas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from gradcheck.expr.written.closed import is_closed
from gradcheck.expr.written.definitions import read_applied, unboxed
from gradcheck.expr.written.limits import ORDERING
from gradcheck.expr.written.names import Name, read_name
from gradcheck.expr.written.quotients import read_quotient
from gradcheck.notation.statements import CASE, NUMBERS, Equation, Statement
from gradcheck.notation.tree import Accent, Group, Matrix, Node, Number, Product, Scripted, Sum, Symbol, Term
from gradcheck.notation.walk import of_kind, walk
from gradcheck.records import replace
from gradcheck.restating.passages.segments import differentiated

BOUNDING = ORDERING | {"≻", "⪰", "≺", "⪯", "∈"}


def set_aside(body: Sequence[Statement]) -> tuple[Statement, ...]:
    """The body with the equations of a worked example marked, so that they define nothing.

    Neither does a number for what is differentiated by: it is the point at which something is said.
    """
    equations = [item for item in body if isinstance(item, Equation)]
    varied = _varied(equations)
    body = [_as_point(item, varied) if isinstance(item, Equation) else item for item in body]
    told = any(isinstance(item, Equation) and item.connective == NUMBERS for item in body)
    if not told and not any(map(_works_numbers, equations)) and not _values_of_formulas(equations):
        return tuple(body)
    return tuple(
        replace(item, connective=NUMBERS)
        if isinstance(item, Equation) and (_is_numeric(item) or _is_given(item) or _is_checkable(item))
        else item
        for item in body
    )


def _varied(equations: Sequence[Equation]) -> frozenset[str]:
    """The bases of what is differentiated by: `x` of `∂f/∂x`, of `∇_x f` and of `f'(x)`."""
    slopes = (read_applied(unboxed(equation.head)) for equation in equations)
    arguments = (node for slope in slopes if slope and slope.function.primes for node in slope.arguments)
    names = (name for node in arguments if (name := read_name(node)) is not None)
    return frozenset(name.base for name in (*differentiated(equations), *names))


def _as_point(equation: Equation, varied: frozenset[str]) -> Equation:
    """`w = 2` for what is differentiated by, marked as the place at which something is said."""
    name = read_name(unboxed(equation.head))
    right = equation.links[0].right
    if name is None or not name.is_plain or name.base not in varied or len(equation.links) > 1:
        return equation
    if isinstance(right, Number) and right.text == "0":
        return replace(equation, connective="condition")
    return replace(equation, connective=NUMBERS) if _is_given(equation) else equation


def given_names(equations: Iterable[Equation]) -> Iterator[Name]:
    """The names to which a worked example gives one number each, and no array of them."""
    for equation in equations:
        name = read_name(unboxed(equation.head)) if equation.connective == NUMBERS else None
        if name is not None and name.is_plain and not _is_array(equation.links[-1].right):
            yield name


def _is_array(node: Node) -> bool:
    node = unboxed(node)
    listed = isinstance(node, Group) and len(node.items) > 1
    return listed or isinstance(node, Matrix) or (isinstance(node, Scripted) and _is_array(node.base))


def is_worked(node: Node) -> bool:
    """Whether a closed formula can only come from an example: decimals, or many numbers."""
    numbers = [part.text for part in of_kind(node, Number)]
    return is_closed(node) and (any("." in text for text in numbers) or len(numbers) > 2)


def _is_numeric(equation: Equation) -> bool:
    worked = _is_pure(equation) and any(is_worked(link.right) for link in equation.links)
    return worked and not _is_written_out(equation.head)


def _is_written_out(head: Node) -> bool:
    """Whether a head lists derivatives for any values: a Hessian of numbers is no example."""
    head = unboxed(head)
    cells = [cell for row in head.rows for cell in row] if isinstance(head, Matrix) else []
    return bool(cells) and all(cell is not None and read_quotient(cell) is not None for cell in cells)


def _works_numbers(equation: Equation) -> bool:
    """Whether numbers are put into a formula, not only given to a name."""
    return any(len(of_kind(link.right, Number)) > 1 for link in equation.links) and _is_numeric(equation)


def _values_of_formulas(equations: Sequence[Equation]) -> bool:
    """Whether a name is a formula in one place and a number in another: `q = x + y`, then `q = 3`."""
    named = [(read_name(unboxed(e.head)), e) for e in equations if e.connective != "condition"]
    numbers = {name.key for name, e in named if name is not None and _is_given(e)}
    formulas = {name.key for name, e in named if name is not None and name.is_plain and not _is_pure(e)}
    return bool(numbers & formulas)


def _is_given(equation: Equation) -> bool:
    """`x = 2`: a number for a name, which is no gradient (`\\bar L = 1`, `dL = 1`)."""
    head = unboxed(equation.head)
    name = read_name(head)
    if name is None or not name.is_plain or (len(name.base) > 1 and name.base[0] == "d"):
        return False
    barred = isinstance(head, Accent) and head.kind == "bar"
    return not barred and _is_pure(equation)


def _is_checkable(equation: Equation) -> bool:
    """`x^2 = 4` beside `x = 2`: a power or product of names, whose value is known."""
    head = unboxed(equation.head)
    parts = list(walk(head))
    plain = all(isinstance(part, Symbol | Scripted | Product | Sum | Term | Number | Group) for part in parts)
    if (
        not plain
        or read_quotient(head) is not None
        or any(isinstance(p, Scripted) and p.primes for p in parts)
    ):
        return False
    name = read_name(head)
    return not is_closed(head) and (name is None or not name.is_plain) and _is_pure(equation)


def _is_pure(equation: Equation) -> bool:
    """Whether every side is a number: a bound, an order of matrices and a membership give no value.

    Of `z = 0.5 > 0` the bound is but a remark on the value.
    """
    bounded = equation.links[0].relation.sign in BOUNDING
    told = equation.connective in ("condition", CASE) or bounded
    return not told and all(is_closed(link.right) for link in equation.links)
