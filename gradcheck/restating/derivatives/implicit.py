"""Slopes of curves: behind `x^2 + y^2 = 1` the `dy/dx` and the `y'` are `-F_x / F_y` with F = x^2 + y^2 - 1.

An equation between two letters that defines neither makes one a function of the other, from there to the next
such equation, to a formula for y or to a heading. Its y is a letter of its own where the document has a
formula for another. What is right wherever F takes whatever value is right on the curve, too; what is not may
be right on the curve alone, so that none of these lines is accused. A plane or a line that the text calls a
tangent, `z - 3 = 4(x - 1) + 2(y - 1)`, meets the graph of z at one point, so that it is not accused either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gradcheck.expr.written.definitions import definitions, read_applied, unboxed, written_names
from gradcheck.expr.written.names import LAYER_MARK, read_name
from gradcheck.expr.written.quotients import quotients_in, read_quotient
from gradcheck.notation.parser import parse_one
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import ON_CURVE, Equation, Heading, Prose, Statement, rewritten
from gradcheck.notation.tree import Fraction, Node, Number, Scripted, Symbol
from gradcheck.notation.walk import letters_in, mapped, of_kind, relettered
from gradcheck.patterns import late_pattern
from gradcheck.records import replace
from gradcheck.restating.passages.functions_told import at_place

# Words for what meets a graph at one point, within the sentence that ends with an equation.
_TANGENT = late_pattern(r"\b(?:tangent|normal)\s+(?:plane|line)\b(?![^.]*\.\s)", re.IGNORECASE)


def with_slopes_of_curves(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with the slopes of curves as quotients of partial derivatives, and tangents as such."""
    body = _with_tangents(body)
    equations = [item for item in body if isinstance(item, Equation)]
    slopes = list(dict.fromkeys(slope for equation in equations for slope in _slopes(equation)))
    if not slopes:
        return body
    told = {found.name.key for found in definitions(equations)}
    made: list[Statement] = []
    curve: tuple[str, str, Node] | None = None
    formulas: set[str] = set()
    for item in body:
        if isinstance(item, Heading):
            curve, formulas = None, set()
        elif isinstance(item, Equation):
            here = {found.name.key for found in definitions([item])}
            formulas |= here
            found = _curve(item, [pair for pair in slopes if pair[1] not in formulas], equations)
            curve = found or (None if curve is not None and curve[1] in here else curve)
            if curve is not None:
                item = replace(item, connective=ON_CURVE) if found is not None else _put(item, *curve)
                item = _apart(item, curve[1]) if curve[1] in told else item
        made.append(item)
    return made


def _with_tangents(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with each equation that the text right before it calls a tangent as one of a curve."""
    if not any(isinstance(item, Prose) and _TANGENT.search(item.text) for item in body):
        return body
    made: list[Statement] = []
    prose: Prose | None = None
    for item in body:
        if isinstance(item, Prose):
            prose = item
        elif isinstance(item, Equation) and prose is not None and not item.connective:
            before = prose.text[: max(0, item.span.start - prose.span.start)]
            free = not any(of_kind(side, Fraction) and any(quotients_in(side)) for side in item.sides)
            if free and len(item.links) == 1 and _TANGENT.search(before):
                item = replace(item, connective=ON_CURVE)
                if not isinstance(item.links[0].right, Number):
                    prose = None  # behind a number, as one of the point's, the plane is still to come
        made.append(item)
    return made


def _apart(equation: Equation, y: str) -> Equation:
    """The equation with a letter of its own for the y of a curve."""
    return rewritten(equation, lambda side: relettered(side, y, f"{y}{LAYER_MARK}curve"))


def _slopes(equation: Equation) -> Iterator[tuple[str, str]]:
    """The x and the y of each `dy/dx` and `y'`; of a prime x itself, as nothing tells it."""
    for side in equation.sides:
        for node in of_kind(side, Fraction):
            quotient = read_quotient(node) if letters_in(node.numerator) >= {"d"} else None
            nodes = () if quotient is None else (*quotient.variables, quotient.target)
            names = [read_name(node) for node in nodes if node is not None]
            letters = [n.key for n in names if n is not None and n.is_plain and _is_number(n.key)]
            if len(letters) == len(names) == 2:
                yield letters[0], letters[1]
        for raised in of_kind(side, Scripted):
            if raised.primes == 1 and raised.base == Symbol(raised.base.span, "y"):
                yield "x", "y"


def _is_number(letter: str) -> bool:
    return len(letter) == 1 and letter.islower()


def _curve(
    equation: Equation, slopes: Sequence[tuple[str, str]], equations: Sequence[Equation]
) -> tuple[str, str, Node] | None:
    """The x, the y and the F of an equation between both, in which nothing is derived."""
    left, right = equation.head, equation.links[-1].right
    if len(equation.links) != 1 or equation.links[0].relation.sign != "=":
        return None
    if any(read_name(unboxed(side)) is not None for side in equation.sides):
        return None
    if any(of_kind(side, Fraction) and any(quotients_in(side)) for side in equation.sides):
        return None
    inside = {name.without(power=None).key for side in equation.sides for name in written_names(side)}
    pair = next((pair for pair in slopes if {*pair} <= inside), None)
    if pair is None or any(node.primes for side in equation.sides for node in of_kind(side, Scripted)):
        return None
    applied = read_applied(unboxed(left))
    if applied is not None and not (
        isinstance(right, Number) and _is_told(applied.function.key, equation, equations)
    ):
        return None
    whole = parse_one(f"{latex(left)} - ({latex(right)})")
    return None if whole is None else (*pair, whole)


def _is_told(key: str, asked: Equation, equations: Sequence[Equation]) -> bool:
    others = definitions(equation for equation in equations if equation is not asked)
    return any(found.name.key == key for found in others)


def _put(equation: Equation, x: str, y: str, curve: Node) -> Equation:
    """The equation with the slope of a curve for each `dy/dx` and `y'`."""
    over = (rf"\frac{{\partial}}{{\partial {letter}}} ({latex(curve)})" for letter in (x, y))
    slope = parse_one("- \\frac{{{}}}{{{}}}".format(*over))
    assert slope is not None, "a quotient can be read"

    def told(node: Node) -> Node:
        if isinstance(node, Fraction) and (quotient := read_quotient(node)) is not None:
            meant = quotient.target is not None and latex(quotient.target) == y
            by = [latex(variable) for variable in quotient.variables] == [x]
            return _in_brackets(slope, node) if meant and by else node
        if isinstance(node, Scripted) and node.primes == 1 and latex(node.base) == y:
            return _in_brackets(slope, node)
        return mapped(node, told)

    sides = [side for side in equation.sides if y in letters_in(side)]
    made = rewritten(equation, told) if sides else equation
    return equation if made is equation else replace(made, connective=ON_CURVE)


def _in_brackets(slope: Node, node: Node) -> Node:
    held = parse_one(rf"\left( {latex(slope)} \right)")
    assert held is not None, "brackets can be read"
    return at_place(held, node.span)
