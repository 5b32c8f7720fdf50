r"""Matrices that are written out entry by entry: `V = \begin{bmatrix} v_{11} & v_{12} \\ ... \end{bmatrix}`.

Such a list says how the entries are called, and defines nothing beside `O = P V`. Every `v_{11}` becomes the
entry `V_{1,1}` of the matrix, so that a formula for one entry, `o_{11} = p_{11} v_{11} + ...`, is a claim of
the whole one, and no second quantity through which a derivative would have to go. A list of derivatives,
`\partial L/\partial Y = [\partial L/\partial y_{11}, ...]`, names the entries of Y. Entries that alone tell
what their matrix is stay as they are: there the list is the definition.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from gradcheck.expr.written.definitions import definitions, unboxed, written_names
from gradcheck.expr.written.lists import derived_by, entries_written, numbers_below, row_written
from gradcheck.expr.written.names import read_name
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import RECALLED, Equation, Statement, rewritten
from gradcheck.notation.tree import Matrix, Node, Number, Operator, Product, Scripted, Symbol
from gradcheck.notation.walk import of_kind, rebuilt
from gradcheck.records import replace


def with_matrices_listed(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with the entries of matrices that are written out as entries of these."""
    equations = [item for item in body if isinstance(item, Equation)]
    written = [e for e in equations if any(True for side in e.sides for _ in of_kind(side, Matrix))]
    lists = dict(found for equation in written for found in _lists(equation))
    if not lists:
        return body
    lists = {**_alike(equations), **lists}
    whole, told = _defined(equations, lists)
    lists = {base: matrix for base, matrix in lists.items() if base not in told or latex(matrix) in whole}
    return [_in_matrices(item, lists) if isinstance(item, Equation) else item for item in body]


def _lists(equation: Equation) -> Iterator[tuple[str, Node]]:
    """The letter of the entries, and the matrix that one side names and the other writes out."""
    sides = [unboxed(side) for side in equation.sides]
    for letter in [entries.letter for side in sides if (entries := entries_written(side)) is not None]:
        for matrix in [derived_by(side) or side for side in sides]:
            name = read_name(matrix)
            if name is not None and name.is_plain and name.key == name.base.upper() == letter.upper():
                yield letter, matrix


def _alike(equations: Sequence[Equation]) -> dict[str, Node]:
    """Small letters with two numbers below and nothing else, whose capital stands for the whole matrix.

    They are entries, too, where the document lists a matrix by such entries.
    """
    names = [name for e in equations for side in e.sides for name in written_names(side)]
    paired = {name.base for name in names if numbers_below(name) and name.base.islower()}
    paired -= {name.base for name in names if name.is_plain and not numbers_below(name)}
    capitals = {name.base: name.span for name in names if name.key == name.base and name.base.isupper()}
    bases = (base for base in sorted(paired) if base.upper() in capitals)
    return {base: Symbol(capitals[base.upper()], base.upper()) for base in bases}


def _defined(equations: Sequence[Equation], lists: Mapping[str, Node]) -> tuple[set[str], set[str]]:
    """The matrices that have a formula, and the letters of entries that have one."""
    matrices = {latex(matrix) for matrix in lists.values()}
    whole, told = set(), set()
    for equation in equations:
        for definition in definitions([equation]):
            if definition.name.base in lists and numbers_below(definition.name):
                told.add(definition.name.base)
        head = latex(unboxed(equation.head))
        if head in matrices and not isinstance(unboxed(equation.links[0].right), Matrix):
            whole.add(head)
    return whole, told


def _in_matrices(equation: Equation, lists: Mapping[str, Node]) -> Equation:
    """The equation by its matrices; a claim where it only lists entries, or tells one of them."""
    if _is_told_of(equation, lists):
        equation = replace(equation, connective=RECALLED)
    return rewritten(equation, lambda side: rebuilt(side, Scripted, partial(_entry, lists=lists)))


def _is_told_of(equation: Equation, lists: Mapping[str, Node]) -> bool:
    """Whether an equation begins with a matrix or a row of it that it lists, or with an entry."""
    head, right = unboxed(equation.head), unboxed(equation.links[0].right)
    name, entries = read_name(head), entries_written(right)
    if name is None or entries is not None:
        return entries is not None and latex(head) == latex(lists.get(entries.letter, right))
    letter = row_written(right, name.sub[0]) if len(name.sub) == 1 and name.is_plain else None
    is_row = letter is not None and letter in lists and name.base.upper() == letter.upper()
    return is_row or (name.base in lists and bool(numbers_below(name)))


def _entry(node: Scripted, lists: Mapping[str, Node]) -> Node:
    """`v_{12}` as `V_{1,2}`."""
    name = read_name(node)
    marks = numbers_below(name) if name is not None and name.base in lists else ()
    if not marks or node.sub is None or name is None:
        return node
    span = node.sub.span
    pair = Product(span, tuple(Number(span, mark) for mark in marks), (Operator(span, ""),))
    return replace(node, base=replace(lists[name.base], span=node.base.span), sub=pair)
