"""Letters that are one number for all entries: w and b of `p_i = w x_i + b`, γ of `y_i = \\gamma x_i`.

What defines an entry, or is summed over entries, is a number, and so is a small letter without marks in it. A
Latin letter may as well be the vector that a row multiplies: it is one only where nothing is written of it
or its neighbours that is written of arrays (a transpose, bold, a norm, two indices). So is each of what the
cells of one list derive by, what stands in an exponent, and what a matrix of written numbers multiplies.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TypeGuard

from gradcheck.expr.inference.infer import Typist
from gradcheck.expr.written.definitions import read_applied, written_names
from gradcheck.expr.written.indices import bound_letters
from gradcheck.expr.written.names import Name, is_greek, read_name
from gradcheck.expr.written.quotients import read_quotient
from gradcheck.expr.written.writing import is_small
from gradcheck.notation.remembered import once_a_node
from gradcheck.notation.scripts import split_superscript
from gradcheck.notation.statements import Equation
from gradcheck.notation.tree import (
    BigOperator,
    Group,
    Matrix,
    Node,
    Number,
    Product,
    Relational,
    Scripted,
    Sum,
    Symbol,
)
from gradcheck.notation.walk import of_kind, walk

BOLD = frozenset({"mathbf", "boldsymbol", "bm", "pmb", "bold", "vec"})


def numbers_of_entries(typist: Typist, definitions: Iterable[Equation], told: Iterable[Equation]) -> None:
    """Make numbers of the letters that stand without marks in definitions of entries.

    told    all equations, by which arrays are known
    """
    arrays = frozenset(base for equation in told for side in equation.sides for base in _of_arrays(side))
    for equation in definitions:
        for right in _of_entries(equation):
            names = written_names(right)
            plain = _stands_alone(typist, right, names, arrays | typist.doubly)
            for name in names:
                type_ = typist.names.get(typist.vocabulary.canonical(name))
                if type_ is None or not name.is_plain or not is_small(name) or _is_entry(typist, name):
                    continue
                greek = not name.sub and is_greek(name.base.lstrip("\\"))
                is_number = greek or (plain and name.base not in arrays)
                if is_number and all(typist.sizes.value(size) is None for size in type_):
                    typist.sizes.may_be(1, type_)


def _of_entries(equation: Equation) -> Iterator[Node]:
    """The formulas of a definition that are numbers: of an entry, else what a Σ over entries sums."""
    head = read_name(equation.head)
    rights = [link.right for link in equation.links]
    if head is not None and head.places and all(len(p) == 1 and p.isalpha() for p in head.places):
        yield from rights
        return
    for node in (node for right in rights for node in of_kind(right, BigOperator)):
        letters = bound_letters(node)
        if any(letters & {*name.sub} for name in written_names(node.body)):
            yield node.body


def numbers_by_squares(typist: Typist, told: Sequence[Equation]) -> None:
    """Make vectors of numbers of `X_i` and `Z_i` beside `(X_i - \\mu)^2`, where no capital is an array.

    A row has no square but entry by entry, and who takes that of rows writes them whole somewhere.
    """
    sides = [side for equation in told for side in equation.sides]
    if not any(_squares_entry(side) for side in sides):
        return
    names = [name for side in sides for name in written_names(side) if name.base.isupper()]
    arrays = frozenset(base for side in sides for base in _of_arrays(side))
    arrays |= {name.base for name in names if len(name.places) != 1 or name.transpose}
    for name in names:
        type_ = typist.names.get(typist.vocabulary.canonical(name.without(sub=())))
        if name.base not in arrays and type_ is not None:
            typist.sizes.may_be(1, type_[1:])


@once_a_node
def _squares_entry(side: Node) -> bool:
    """Whether a difference that holds a capital with one index is squared."""
    for node in of_kind(side, Scripted):
        match node:
            case Scripted(base=Group(open="(" | "[", items=(Sum(terms=terms),)), sup=Number(text="2")):
                found = (read_name(term.body) for term in terms)
                if any(name is not None and name.base.isupper() and len(name.places) == 1 for name in found):
                    return True
    return False


def numbers_before_sums(typist: Typist, definitions: Iterable[Equation]) -> None:
    """Make numbers of the letters that weigh a whole Σ in a loss: C of `½ ‖w‖² + C Σ_i \\max(0, 1 - m_i)`.

    Nobody writes a row there that is not turned; as one it would make a vector of each summand.
    """
    for equation in definitions:
        head = read_name(equation.head)
        applied = read_applied(equation.head)
        name = head if applied is None else applied.function
        if name is None or name.base not in typist.losses:
            continue
        for weight in (weight for link in equation.links for weight in _before_sums(link.right)):
            type_ = typist.names.get(typist.vocabulary.canonical(weight))
            if weight.is_plain and not weight.sub and type_ is not None:
                typist.sizes.may_be(1, type_)


def _before_sums(right: Node) -> Iterator[Name]:
    """The names of terms that are a letter and a Σ."""
    terms = [term.body for term in right.terms] if isinstance(right, Sum) else [right]
    for term in terms:
        if isinstance(term, Product) and len(term.factors) == 2 and isinstance(term.factors[1], BigOperator):
            name = read_name(term.factors[0])
            if name is not None:
                yield name


def _is_entry(typist: Typist, name: Name) -> bool:
    """Whether a name is one of several: `x_i`, or `x_1` beside it, but not the numbered `w_0` and `w_1`."""
    whole = typist.vocabulary.canonical(name.without(sub=()))
    return bool(name.sub) and (whole in typist.names or not all(part.isdigit() for part in name.sub))


def _stands_alone(typist: Typist, right: Node, names: Iterable[Name], arrays: Collection[str]) -> bool:
    """Whether a formula holds entries, and nothing that is an array, be it summed or not."""
    listed = list(names)
    sums = of_kind(right, BigOperator)
    known = {name.base for name in listed}
    known |= {typist.vocabulary.canonical(name.without(sub=())) for name in listed}
    entries = any(len(name.places) == 1 for name in listed)
    return entries and not sums and known.isdisjoint(arrays) and not any(n.base.isupper() for n in listed)


@once_a_node
def _of_arrays(node: Node) -> frozenset[str]:
    """The base letters that a formula writes as those of arrays: not `x_i`, of which x_i may be a number."""
    found: set[str] = set()
    for part in walk(node):
        match part:
            case Scripted():
                name = read_name(part)
                if name is not None and (name.transpose or len(name.places) > 1 or _is_bold(part.base)):
                    found.add(name.base)
            case Group(open="\\|", items=(item,)):
                found.update(name.base for name in written_names(item))
            case Symbol() if _is_bold(part):
                found.update(name.base for name in written_names(part))
            case _:
                pass
    return frozenset(found)


def _is_bold(node: Node) -> bool:
    return isinstance(node, Symbol) and node.style in BOLD


def in_exponents(equations: Iterable[Equation]) -> frozenset[str]:
    """The keys of the letters without marks that stand in exponents, `t^{k-1}`, but for those of e.

    A capital is one where a number is raised, `(2 \\pi)^{D/2}`: over a letter it may count a layer.
    """
    sides = [side for equation in equations for side in equation.sides]
    return frozenset(key for side in sides for key in _in_exponents(side))


@once_a_node
def _in_exponents(side: Node) -> tuple[str, ...]:
    found: list[str] = []
    for node in of_kind(side, Scripted):
        if node.sup is not None and not (isinstance(node.base, Symbol) and node.base.name == "e"):
            power = split_superscript(node.sup).power
            names = written_names(power) if power is not None else ()
            alone = (n for n in names if n.is_plain and not n.sub and n.sample is None)
            found += [name.key for name in alone if is_small(name) or _is_number(node.base)]
    return tuple(found)


def _is_number(base: Node) -> bool:
    """Whether what is raised is a number whatever its letters are: `2 \\pi`, a determinant."""
    in_bars = isinstance(base, Group) and base.open == base.close == "|"
    return in_bars or all(name.base == "\\pi" for name in written_names(base))


def derived_apart(equations: Sequence[Equation]) -> frozenset[str]:
    """The keys of what a list derives by, `(\\partial f/\\partial x, \\dots)`, points and rows of numbers."""
    sides = [side for equation in equations for side in equation.sides]
    found = (key for side in sides for key in (*_derived_apart(side), *_at_places(side), *_beside_rows(side)))
    return frozenset(found)


@once_a_node
def _at_places(side: Node) -> tuple[str, ...]:
    """The x and the y of `|_{x = 2, y = 1}`; one alone where its number is not 0, as a vector may be.

    So are the small letters in the cells of a determinant, where none is a capital.
    """
    found: list[str] = []
    for group in of_kind(side, Group):
        if group.open == "|" and len(group.items) == 1 and isinstance(group.items[0], Matrix):
            names = written_names(group.items[0])
            if not any(name.base.lstrip("\\")[:1].isupper() for name in names):
                small = (name.without(power=None) for name in names if is_small(name))
                found += [name.key for name in small if name.is_plain]
    for node in of_kind(side, Scripted):
        if not isinstance(node.base, Group) or node.base.close != "|" or not isinstance(node.sub, Group):
            continue
        told = [item.operands for item in node.sub.items if isinstance(item, Relational)]
        pairs = [(read_name(name), value) for name, value in (each for each in told if len(each) == 2)]
        values = [value for _, value in pairs if isinstance(value, Number)]
        if values and len(values) == len(node.sub.items) and (len(values) > 1 or values[0].text != "0"):
            found += [name.key for name, _ in pairs if name is not None and name.is_plain]
    return tuple(found)


@once_a_node
def _beside_rows(side: Node) -> tuple[str, ...]:
    """The x and the y of a list beside a matrix of numbers with as many columns or rows: each is a number."""
    found: list[str] = []
    for product in of_kind(side, Product):
        matrices = [factor for factor in product.factors if isinstance(factor, Matrix) and factor.rows]
        for numbers in filter(_is_of_numbers, matrices):
            sizes = {len(numbers.rows), len(numbers.rows[0])}
            for listed in matrices:
                cells = [cell for row in listed.rows for cell in row]
                names = [read_name(cell) for cell in cells if cell is not None]
                in_one_line = 1 in (len(listed.rows), len(listed.rows[0])) and len(cells) in sizes
                if listed is not numbers and in_one_line and all(name and name.is_plain for name in names):
                    found += [name.key for name in names if name is not None]
    return tuple(found)


def _is_of_numbers(matrix: Matrix) -> bool:
    """Whether every cell is a written number, in several columns."""
    bare = [cell.terms[0].body if _is_signed(cell) else cell for row in matrix.rows for cell in row]
    return len(matrix.rows[0]) > 1 and all(isinstance(cell, Number) for cell in bare)


def _is_signed(cell: Node | None) -> TypeGuard[Sum]:
    return isinstance(cell, Sum) and len(cell.terms) == 1


@once_a_node
def _derived_apart(side: Node) -> tuple[str, ...]:
    match side:
        case Matrix(rows=rows):
            cells = [cell for row in rows for cell in row]
        case Group(items=cells):
            pass
        case Scripted(base=Matrix() | Group() as base, sub=None):
            return _derived_apart(base)
        case Product(factors=factors):
            return tuple([key for factor in factors for key in _derived_apart(factor)])
        case _:
            return ()
    quotients = [read_quotient(_before_bar(cell)) for cell in cells if cell is not None]
    if len(quotients) < 2 or len(quotients) < len(cells) or any(q is None for q in quotients):
        return ()
    names = [read_name(variable) for q in quotients if q is not None for variable in q.variables]
    keys = {name.key for name in names if name is not None and name.is_plain}
    return tuple(sorted(keys)) if len(keys) > 1 else ()


def _before_bar(node: Node) -> Node:
    match node:
        case Scripted(base=Group(close="|", items=(inner,))):
            return inner
        case _:
            return node
