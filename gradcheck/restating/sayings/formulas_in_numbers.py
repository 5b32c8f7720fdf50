"""Formulas that a worked example tells in numbers alone: `\\hat y = 1 / (1 + e^{-2.4})` below `z = … = 2.4`.

Where a function is applied to the number that a line above ends in, it is applied to what that line tells, so
the formula stands before the line once more, with the name for the number. It is left out where another
quantity has that number, too, where a formula tells the head, and where any other decimal stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gradcheck.expr.written.closed import decimal_text, is_closed
from gradcheck.expr.written.definitions import definitions, read_applied, unboxed
from gradcheck.expr.written.functions import BUILTIN
from gradcheck.expr.written.limits import ORDERING
from gradcheck.expr.written.names import Name, read_name
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Link, Statement
from gradcheck.notation.tree import Node, Number, Scripted, Symbol
from gradcheck.notation.walk import mapped, of_kind
from gradcheck.records import replace
from gradcheck.restating.passages.told_before import told_before

_SHARED = frozenset("012")  # whole numbers that are a formula's own


def with_formulas_of_numbers(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with such formulas as definitions before the lines that put numbers into them."""
    equations = [item for item in body if isinstance(item, Equation)]
    if not any(_put_in(link.right) for equation in equations for link in equation.links):
        return body
    formulas = (each for each in definitions(equations) if not (is_closed(each.right) or _put_in(each.right)))
    told = {each.name.key for each in formulas}
    printed: dict[str, dict[str, Node]] = {}
    made: list[Statement] = []
    for item in body:
        if isinstance(item, Equation):
            made += _formulas(item, printed, told)
            if (text := _number_told(item)) is not None:
                printed.setdefault(text, {})[latex(item.head)] = item.head
        made.append(item)
    return made


def _number_told(equation: Equation) -> str | None:
    """The decimal that a line ends in, if it begins with a name."""
    name, last = read_name(unboxed(equation.head)), equation.links[-1]
    if name is None or not name.is_plain or last.relation.sign in ORDERING:
        return None
    return decimal_text(unboxed(last.right))


def _put_in(node: Node) -> str | None:
    """The one decimal to which a formula of numbers applies a function; None of any other formula."""
    applied = read_applied(node)
    if applied is not None and len(applied.arguments) == 1:  # σ counts, which may be a deviation elsewhere
        inner = unboxed(applied.arguments[0])
        return inner.text if isinstance(inner, Number) and "." in inner.text else None
    numbers = {number.text for number in of_kind(node, Number)} - _SHARED
    if len(numbers) != 1 or not is_closed(node) or not _applies(node):
        return None
    text = next(iter(numbers))
    return text if "." in text else None


def _applies(node: Node) -> bool:
    """Whether a known function stands in a formula, or a power of e."""
    powers = (part.base for part in of_kind(node, Scripted) if part.sup is not None)
    return any(symbol.name in BUILTIN for symbol in of_kind(node, Symbol)) or any(
        isinstance(base, Symbol) and base.name == "e" for base in powers
    )


def _formulas(
    equation: Equation, printed: Mapping[str, Mapping[str, Node]], told: set[str]
) -> Iterator[Equation]:
    """What a line tells of its head, or of the function that its head is a value of, if nothing else does."""
    for link in equation.links:
        text = _put_in(link.right)
        if text is None or text not in printed:
            continue
        for name, meant in _told_here(link, printed[text]):
            if name.key not in told:
                told.add(name.key)
                yield told_before(equation, link.left, _with_name(link.right, text, meant))


def _told_here(link: Link, printed: Mapping[str, Node]) -> Iterator[tuple[Name, Node]]:
    """The name that a side alone is, or the function that it applies, and what the number stands for."""
    side = unboxed(link.left)
    applied = read_applied(side)
    if applied is not None:
        meant = printed.get(latex(applied.arguments[0])) if len(applied.arguments) == 1 else None
        if meant is not None and applied.function.is_plain and applied.function.key not in BUILTIN:
            yield applied.function, meant
        return
    name = read_name(side)
    if name is not None and name.is_plain and len(printed) == 1 and latex(side) not in printed:
        yield name, next(iter(printed.values()))


def _with_name(node: Node, text: str, meant: Node) -> Node:
    if isinstance(node, Number):
        return replace(meant, span=node.span) if node.text == text else node
    return mapped(node, lambda child: _with_name(child, text, meant))
