"""What the letters of a document show of each other: their capitals, their entries, their marks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from gradcheck.expr.written.definitions import definitions, unboxed, written_names
from gradcheck.expr.written.indices import bound_letters
from gradcheck.expr.written.limits import conditions_on_entries
from gradcheck.expr.written.names import Name, names_of_factors, read_name
from gradcheck.expr.written.vocabulary import LOSS_BASES, is_loss_name
from gradcheck.notation.statements import Equation
from gradcheck.notation.tree import (
    BigOperator,
    Call,
    Group,
    Matrix,
    Node,
    Number,
    Product,
    Scripted,
    Symbol,
)
from gradcheck.notation.walk import of_kind
from gradcheck.restating.passages.segments import differentiated, differentiated_targets
from gradcheck.restating.samples.design_rows import has_rows
from gradcheck.restating.sayings.diagonals import DIAGONAL
from gradcheck.shapes import Dim, Shape


def no_losses(equations: Sequence[Equation]) -> frozenset[str]:
    """Letters of losses that nothing defines, where another is defined, and that are no loss's.

    Something is differentiated by them, they weigh a term of the other, as `C` of `C \\sum_i \\xi_i`, or tell
    which terms it adds up, as `C_i = 1`.
    """
    told = [d for d in definitions(equations) if d.name.base in LOSS_BASES]
    varied = {name.base for name in differentiated(equations)} & LOSS_BASES
    weights = {base for definition in told for base in _weights(definition.right)} & LOSS_BASES
    weights -= differentiated_targets(equations)
    weights |= {base for definition in told for base in _compared(definition.right)} & LOSS_BASES
    return frozenset((varied | weights) - {d.name.base for d in told}) if told else frozenset()


def _compared(node: Node) -> Iterator[str]:
    """The bases of what the conditions below a sum or a product compare."""
    for each in (each for big in of_kind(node, BigOperator) for each in conditions_on_entries(big.lower)):
        yield from (name.base for side in each.operands for name in written_names(side))


def losses_of_several(equations: Sequence[Equation]) -> frozenset[str]:
    """Letters of losses with one for each of what a Σ runs over: `L_i` of `s_{ii}` and `Σ_j s_{ij}`.

    Where an index of the loss stands at a place of a name at which one that is summed stands, too, it runs
    over the same things, and marks no single example.
    """
    found: set[str] = set()
    for definition in definitions(equations):
        if definition.name.base in LOSS_BASES and definition.name.sub:
            inside = [name for name in written_names(definition.right) if len(name.sub) <= 2]
            places = {(name.base, len(name.sub), *at) for name in inside for at in enumerate(name.sub)}
            summed = {mark for name in summed_names(definition.right) for mark in name.sub} & _bound(
                definition.right
            )
            if any(
                (base, marks, place, own) in places and mark in summed - {own}
                for base, marks, place, mark in places
                for own in definition.name.sub
            ):
                found.add(definition.name.base)
    return frozenset(found)


def _bound(node: Node) -> frozenset[str]:
    return frozenset().union(*(bound_letters(n) for n in of_kind(node, BigOperator)))


def _weights(node: Node) -> Iterator[str]:
    """The letters that begin a product and stand before no brackets, which may hold arguments."""
    for inner in of_kind(node, Product):
        if isinstance(inner.factors[0], Symbol):
            name = read_name(inner.factors[0])
            if name is not None and not isinstance(inner.factors[1], Group):
                yield name.base


def rows_of_capitals(equations: Sequence[Equation], shapes: Mapping[str, Shape]) -> frozenset[str]:
    """Letters that are declared to be one vector beside a matrix of rows in upper case, x of `X w`."""
    return frozenset(
        base
        for base, shape in shapes.items()
        if len(base) == 1 and base.islower() and shape[0] != 1 == shape[1] and base.upper() not in shapes
        if has_rows(equations, {base.upper()})
    )


def entries_beside_capitals(equations: Sequence[Equation], shapes: Mapping[str, Shape]) -> frozenset[str]:
    """Letters of one example's numbers, `-\\sum_k y_k \\log p_k`, whose capital is declared with two sizes.

    What a loss multiplies by a logarithm, or sums the squares of, is a number, and no row of `Y`, N × K; the
    `w_j` of `(w_j^T x)^2` is turned, so it is a vector. Where a letter beside it has a capital, too, the
    small ones may speak of all examples at once.
    """
    wide = {base.lower() for base, shape in shapes.items() if len(base) == 1 and 1 not in shape}
    wide -= set(shapes)
    if not wide:
        return frozenset()
    capitals = {n.base for e in equations for side in e.sides for n in written_names(side)} | set(shapes)
    found: set[str] = set()
    for definition in definitions(equations):
        for node in of_kind(definition.right, BigOperator) if is_loss_name(definition.name) else ():
            listed = [n for n in written_names(node.body) if n.sample is None and len(n.sub) == 1]
            bases = {n.base for n in listed if n.sub[0] in bound_letters(node)}
            bases -= {n.base for n in listed if n.transpose}
            if wide & bases and node.kind == "sum" and _adds_numbers(node.body):
                others = {_upper(base) for base in bases - wide} - bases
                found |= wide & bases if capitals.isdisjoint(others) else set()
    return frozenset(found)


def _adds_numbers(node: Node) -> bool:
    """Whether a summand holds a logarithm, or begins with brackets that are squared."""
    logs = any(
        isinstance(c.function, Symbol) and c.function.name in ("log", "ln") for c in of_kind(node, Call)
    )
    if logs or not isinstance(node, Scripted):
        return logs
    squared = isinstance(node.sup, Number) and node.sup.text == "2"
    return squared and isinstance(node.base, Group) and node.base.open in ("(", "[")


def columns_of_capitals(
    equations: Sequence[Equation], shapes: Mapping[str, Shape], vectors: Mapping[str, Dim | None]
) -> frozenset[str]:
    """Letters of the columns of a declared capital, `w_j^T x` with an x of size D beside `W`, D × C.

    The j-th vector of a matrix is its row; these are no rows, and are vectors by themselves.
    """
    wide = {
        base.lower(): shape
        for base, shape in shapes.items()
        if len(base) == 1 and base.isupper() and 1 not in shape and shape[0] != shape[1]
        if base.lower() not in shapes
    }
    found: set[str] = set()
    for node in (n for e in (equations if wide else ()) for side in e.sides for n in of_kind(side, Product)):
        for pair in pairwise(names_of_factors(node)):
            for one, other in (pair, pair[::-1]):
                if one is not None and other is not None and one.base in wide and len(one.sub) == 1:
                    rows = other.sub and shapes.get(other.base.upper(), (0, 0))[1]
                    sizes = {shapes.get(other.base, (0, 0))[0], vectors.get(other.base), rows}
                    found |= {one.base} if wide[one.base][0] in sizes else set()
    return frozenset(found)


def summed_names(node: Node) -> Iterator[Name]:
    """The names below a Σ: what is summed is no column of its sum; what lies on a diagonal is none of it."""
    for inner in of_kind(node, BigOperator):
        if inner.kind == "sum":
            yield from written_names(inner.body)
    if isinstance(node, Product) and isinstance(node.factors[0], Symbol) and node.factors[0].name in DIAGONAL:
        yield from written_names(node)


def batches(equations: Iterable[Equation], apart: Collection[str]) -> dict[str, str]:
    """Letters with a sample mark whose batch is in upper case: `y^{(i)}` of `Y`, `z_2^{(i)}` of `Z_2`.

    apart   the letters that have nothing to do with their capitals

    A capital that is only ever written out, as a design matrix of ones and samples, is no batch, and neither
    is one of samples as rows.
    """
    listed = list(equations)
    rights = [link.right for equation in listed for link in equation.links]
    heads = [equation.head for equation in listed]
    names = [name for side in (*heads, *rights) for name in written_names(side)]
    capitals = [n for head in heads if read_name(unboxed(head)) is None for n in written_names(head)]
    capitals += [n for right in rights for n in written_names(right)]
    capitals += [d.name for d in definitions(listed) if not isinstance(unboxed(d.right), Matrix)]
    whole = {(name.base, name.sub) for name in capitals if name.sample is None}
    marked = [name for name in names if name.sample is not None]
    marked += [inner for name in marked if (inner := name.differentiated) is not None]
    sampled = {(name.base, name.sub) for name in marked}
    return {
        base: capital
        for base, sub in sampled
        if base not in apart
        and (capital := _upper(base)) != base
        and ((capital, ()) in whole or (capital, sub) in whole)
        and not has_rows(listed, {capital})
    }


def entries_apart(equations: Iterable[Equation], apart: Collection[str]) -> dict[str, Name]:
    """Letters whose doubly indexed entries are defined beside their matrix, `y_{ij}` of `Y = W X`.

    Both formulas tell one quantity; a letter that also stands with fewer indices is another one, and so are
    those that are `apart` from their capitals.
    """
    listed = list(equations)
    names = [name for e in listed for side in e.sides for name in written_names(side)]
    whole = {d.name.base: d.name for d in definitions(listed) if not d.name.sub and d.name.sample is None}
    defined = {d.name.base for d in definitions(listed) if len(d.name.sub) == 2}
    fewer = {n.base for n in names if len(n.sub) != 2 or n.sample is not None or n.layer is not None}
    return {
        base: whole[base.upper()]
        for base in sorted(defined.difference(fewer, apart))
        if len(base) == 1 and base.islower() and base.upper() in whole
    }


def _upper(base: str) -> str:
    """The capital of a letter, with its accent: `\\hat{y}` is `\\hat{Y}`."""
    if len(base) == 1:
        return base.upper()
    head, brace, rest = base.partition("{")
    return f"{head}{brace}{rest.upper()}" if brace and len(rest) == 2 else base


def marks_layers(equations: Iterable[Equation]) -> bool:
    """Whether a document marks layers in brackets anywhere."""
    return any(
        name.layer is not None
        for equation in equations
        for node in equation.sides
        for name in written_names(node)
    )
