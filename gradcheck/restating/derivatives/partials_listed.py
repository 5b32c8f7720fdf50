"""Derivatives of a function of several numbers: told by their entries, at a point, or by a letter below.

After `f(x, y) = x^2 y` an author writes `\\nabla f = (2xy, x^2)`, `f_x = 2xy`, `\\nabla f(1, 2) = (4, 1)` and
`\\frac{\\partial f}{\\partial x}(1, 2) = 4`. The entries are told apart by the arguments of f alone, so that
`\\nabla f` becomes the list of the partial derivatives, and `\\nabla^2 f` their matrix, in the form in which
another side lists as many, be it by unit vectors, `2xy i + x^2 j`; brackets behind a derivative become a bar
with the values that the arguments have there, and so does a point that stands before: `At (1, 2): f_x = 4`,
or `(x, y) = (1, 2)`, which is no row.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from gradcheck.expr.inference.lone_numbers import BOLD
from gradcheck.expr.written.closed import is_closed
from gradcheck.expr.written.definitions import read_applied, unboxed, written_names
from gradcheck.expr.written.functions import BUILTIN
from gradcheck.expr.written.names import read_name
from gradcheck.expr.written.quotients import read_quotient
from gradcheck.expr.written.writing import is_transposed
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import LISTED, Equation, Fragment, Statement, rewritten
from gradcheck.notation.tree import (
    Accent,
    Fraction,
    Group,
    Matrix,
    Node,
    Number,
    Product,
    Scripted,
    Sum,
    Symbol,
)
from gradcheck.notation.walk import letters_in, mapped, of_kind
from gradcheck.records import replace
from gradcheck.restating.derivatives.gradients_of_numbers import (
    Functions,
    choices,
    derivative_of,
    gradient_in,
    with_dots_listed,
)
from gradcheck.restating.derivatives.nablas import is_bare, with_hessians_as_nablas
from gradcheck.restating.passages.functions_told import (
    Function,
    are_own,
    at_place,
    defined_by,
    held_at,
    lists_entries,
    point_below,
    point_in,
    quantities_derived,
)


def with_partials_listed(body: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements with derivatives of functions of several numbers as quotients, listed and at points."""
    equations = [item for item in body if isinstance(item, Equation)]
    known = {function.key: function for function in quantities_derived(equations)}
    for equation in equations:
        for function in defined_by(equation, body):
            known.setdefault(function.key, function)
    if not known:
        return tuple(body)
    body = with_hessians_as_nablas(body, known)
    equations = [item for item in body if isinstance(item, Equation)]
    lettered = _lettered(equations, known)
    wholes = {function.whole for function in known.values() if function.is_of_entries}
    told: list[Statement] = []
    point: Node | None = None
    for item in body:
        point = item.node if isinstance(item, Fragment) else point if isinstance(item, Equation) else None
        if isinstance(item, Equation):
            if _tells_point(item, known):
                item, point = replace(item, connective=LISTED), unboxed(item.links[0].right)
            known = {**known, **{function.key: function for function in defined_by(item, body)}}
            item = _at_point(item, point, known, lettered)
            item = rewritten(_listed(item, known), partial(_with_quotients, known=known, lettered=lettered))
            if any(lists_entries(item, whole) for whole in wholes):
                item = replace(item, connective=LISTED)
        told.append(item)
    return tuple(told)


def _at_point(equation: Equation, point: Node | None, known: Functions, lettered: frozenset[str]) -> Equation:
    """A derivative that numbers alone are told for behind a lone point, `At (1, 0): f_y = 2`, at it."""
    if not isinstance(point, Group) or not all(is_closed(item) for item in (point, *equation.sides[1:])):
        return equation
    target = _of(unboxed(equation.head), known, lettered)
    values = point_in(point, target[0]) if target is not None else None
    if target is None or values is None or len(values) < 2 or not isinstance(target[1], Fraction):
        return equation
    head = at_place(held_at(target[1], target[0], values), equation.head.span)
    return rewritten(equation, lambda side: head if side is equation.head else side)


def _tells_point(equation: Equation, known: Functions) -> bool:
    """Whether numbers are told for all arguments of a function, `(x, y) = (1, 2)`, in their order."""
    head, right = unboxed(equation.head), unboxed(equation.links[0].right)
    if len(equation.links) > 1 or not isinstance(head, Group) or not isinstance(right, Group):
        return False
    written = tuple(map(latex, head.items))
    told = any(tuple(map(latex, function.arguments)) == written for function in known.values())
    return told and len(written) == len(right.items) > 1 and is_closed(right)


def _lettered(equations: Sequence[Equation], known: Functions) -> frozenset[str]:
    """The functions of several arguments with letters below, `f_x`, that all are arguments of theirs.

    None of one whose own formula holds it with a letter below: `J = J_w + J_b` names parts.
    """
    several = {key for key, function in known.items() if len(function.written) > 1}
    for name in (name for e in equations for side in e.sides for name in written_names(side)):
        base = name.without(sub=()).key if name.sub else None
        if base in several and not set("".join(name.sub)) <= _letters(known[base]):
            several.discard(base)
    for function in known.values():
        inside = {name.without(sub=()).key for name in written_names(function.formula) if name.sub}
        several -= inside
    return frozenset(several)


def _letters(function: Function) -> set[str]:
    return {latex(argument) for argument in function.arguments}


def _listed(equation: Equation, known: Functions) -> Equation:
    """The equation with each gradient or Hessian as a list, where another side lists as many entries."""
    if not any(gradient_in(side, known) for side in equation.sides):
        return equation
    plain = rewritten(equation, _without_unit_vectors)
    sides: list[Node] = []
    for side in plain.sides:
        told = gradient_in(side, known)
        form = None
        if told is not None:
            order, function, point = told
            entries = [
                derivative_of(function, chosen, point) for chosen in choices(function.arguments, order)
            ]
            others = (other for other in plain.sides if other is not side)
            form = next((other for other in others if _cells(other) == len(entries)), None)
            if form is not None:
                side = at_place(_in_form(form, entries, len(function.arguments)), side.span)
        sides.append(side)
    if all(new is old for new, old in zip(sides, plain.sides, strict=True)):
        return equation
    changed = dict(zip(map(id, plain.sides), sides, strict=True))
    return rewritten(plain, lambda side: changed[id(side)])


def _without_unit_vectors(side: Node) -> Node:
    """`2xy \\mathbf{i} + x^2 \\mathbf{j}` as a list, where each of the first unit vectors stands once."""
    if not isinstance(side, Sum) or len(side.terms) not in (2, 3):
        return side
    entries: list[Node] = []
    for term, letter in zip(side.terms, "ijk", strict=False):
        body = term.body
        factors = body.factors if isinstance(body, Product) else (body,)
        if not _is_unit_vector(factors[-1], letter):
            return side
        rest: Node = Number(body.span, "1")
        if isinstance(body, Product):
            rest = body.factors[0]
            if len(factors) > 2:
                rest = replace(body, factors=factors[:-1], operators=body.operators[:-1])
        entries.append(rest if term.sign == "+" else Sum(term.span, (replace(term, body=rest),)))
    return Group(side.span, "(", ")", tuple(entries), (",",) * (len(entries) - 1))


def _is_unit_vector(node: Node, letter: str) -> bool:
    match node:
        case Symbol(name=name, style=style):
            return name == letter and style in BOLD
        case Accent(kind="hat" | "vec", base=Symbol(name=name)):
            return name in (letter, f"{letter}math", f"\\{letter}math")
        case _:
            return False


def _with_quotients(side: Node, known: Functions, lettered: frozenset[str]) -> Node:
    """A side with such derivatives as quotients; itself where it writes none of the functions."""
    if all(letters_in(function.letter).isdisjoint(letters_in(side)) for function in known.values()):
        return side
    return _told(side, known, lettered, alone=True)


def _told(node: Node, known: Functions, lettered: frozenset[str], *, alone: bool = False) -> Node:
    """A formula in which such derivatives and values are written as quotients, with bars for points.

    alone   whether the node is a whole side, where `\\frac{df}{dx}(2)` is no product
    """
    if isinstance(node, Fraction) and read_quotient(node) is not None:
        return node
    if isinstance(node, Scripted) and isinstance(node.base, Group) and node.base.close == "|":
        inner = node.base.items[0]
        target = _of(inner, known, lettered)
        point = point_below(node, target[0]) if target is not None else None
        if target is None or point is None:
            return node
        return at_place(held_at(target[1], target[0], point), node.span)
    if isinstance(node, Product):
        node = _applied(with_dots_listed(node, known), known, lettered, alone=alone)
    if isinstance(node, Scripted) and (named := _by_letters(node, known, lettered)) is not None:
        return at_place(named[1], node.span)
    return mapped(node, lambda child: _told(child, known, lettered))


def _of(node: Node, known: Functions, lettered: frozenset[str]) -> tuple[Function, Node] | None:
    """The function that a derivative is one of, or a bare letter names, and the derivative as a quotient."""
    quotient = read_quotient(node) if isinstance(node, Fraction) else None
    if quotient is not None and quotient.target is not None:
        target = quotient.target
        applied = read_applied(target)
        name = read_name(target) if applied is None else applied.function
        function = known.get(name.key) if name is not None else None
        if function is None or not {latex(v) for v in quotient.variables} <= _letters(function):
            return None
        if applied is None or (isinstance(target, Product) and are_own(target.factors[1], function)):
            return function, node
        return None
    if isinstance(node, Scripted):
        return _by_letters(node, known, lettered)
    name = read_name(node)
    function = known.get(name.key) if name is not None else None
    return None if function is None or name is None or not name.is_plain else (function, node)


def _by_letters(node: Scripted, known: Functions, lettered: frozenset[str]) -> tuple[Function, Node] | None:
    """`f_x` and `f_{xy}` as quotients: the letters are told one by one, the first derived by first."""
    key = None if (name := read_name(node)) is None else name.without(sub=()).key
    if key not in lettered or node.sub is None or node.sup is not None or node.primes:
        return None
    function = known[key]
    below = node.sub.factors if isinstance(node.sub, Product) else (node.sub,)
    if not {latex(each) for each in below} <= _letters(function) or len(below) > 2:
        return None
    return function, derivative_of(function, tuple(reversed(below)))


def _applied(node: Product, known: Functions, lettered: frozenset[str], *, alone: bool) -> Product | Node:
    """A product with the brackets behind such a derivative, or a letter, as its arguments or a point."""
    factors, operators = list(node.factors), list(node.operators)
    for place in range(len(factors) - 2, -1, -1):
        target = _of(factors[place], known, lettered) if not operators[place].kind else None
        if target is None or (place and is_bare(factors[place - 1])):
            continue
        function, value = target
        bare = not isinstance(value, Fraction)
        many = len(function.arguments) > 1
        own = are_own(factors[place + 1], function)
        point = None if own else point_in(factors[place + 1], function)
        if bare and (not many or own or latex(factors[place]) in BUILTIN):
            made = _with_entries(factors[place : place + 2], function) if own else None
            factors[place : place + 2] = factors[place : place + 2] if made is None else made
            continue
        single = alone and len(factors) == 2 and point is not None and isinstance(point[0], Number)
        if (not own and point is None) or not (many or single):
            continue
        value = value if point is None else held_at(value, function, point)
        span = factors[place].span.cover(factors[place + 1].span)
        factors[place : place + 2] = [at_place(value, span)]
        del operators[place]
    if len(factors) == 1:
        return factors[0]
    return replace(node, factors=tuple(factors), operators=tuple(operators))


def _with_entries(pair: Sequence[Node], function: Function) -> Sequence[Node] | None:
    """`f(x)` as `f(x_1, x_2)`, where there is no whole x."""
    group = pair[1]
    if not function.is_of_entries or not isinstance(group, Group):
        return None
    commas = (",",) * (len(function.arguments) - 1)
    return pair[0], replace(group, items=function.arguments, separators=commas)


def _cells(side: Node) -> int:
    """How many entries a list, a row, a column or a matrix has."""
    match unboxed(side):
        case Matrix(rows=rows):
            return sum(len(row) for row in rows)
        case Group(open="(" | "[" | "⟨", items=items) if len(items) > 1:
            return len(items)
        case Scripted(base=base, sub=None) as turned if is_transposed(turned):
            return _cells(base)
        case Product() as multiple:
            return _cells(_matrix_of(multiple))
    return 0


def _matrix_of(multiple: Product) -> Node:
    """The one matrix of `e^{-x} \\begin{pmatrix}..\\end{pmatrix}`, itself where it holds none, or two."""
    matrices = of_kind(multiple, Matrix)
    return matrices[0] if len(matrices) == 1 and matrices[0] in multiple.factors else multiple.factors[0]


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
        case Product() as multiple:
            return _in_form(_matrix_of(multiple), entries, width)
    raise AssertionError("a form has cells")
