"""Letters whose subscript numbers vectors: `w_j^T x_i` is that of class j times that of example i.

An entry has no transpose, so what is written transposed below one index is a vector, `(x_i - m)^T C` too, and
so is what it multiplies; `v_i \\in \\mathbb{R}^d` says it of the letter, and so does a column, `v_i = A e_i`.
The whole is then a matrix with a row for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from gradcheck.expr.written.definitions import written_names
from gradcheck.expr.written.names import Name, names_of_factors, read_name
from gradcheck.expr.written.vocabulary import Vocabulary
from gradcheck.notation.scripts import split_superscript
from gradcheck.notation.statements import Equation
from gradcheck.notation.tree import Group, Node, Product, Scripted, Sum
from gradcheck.notation.walk import of_kind
from gradcheck.shapes import Dim, Shape


def numbered(
    equations: Iterable[Equation], vocabulary: Vocabulary, declared: dict[str, Shape]
) -> dict[str, Dim | None]:
    """The base letters that are vectors below one index, each with the size of a vector where it is declared.

    declared    declared shapes by key; those of such letters are taken out
    """
    listed = list(equations)
    found: dict[str, Dim | None] = dict.fromkeys(_transposed(listed, vocabulary))
    found |= dict.fromkeys(_columns(listed, vocabulary))
    for name in {n.key: n for e in listed for side in e.sides for n in written_names(side)}.values():
        shape = declared.get(name.key)
        if shape is not None and _is_numbered(name, vocabulary) and shape[1] == 1 != shape[0]:
            found[name.base] = shape[0]
            del declared[name.key]
    return {base: size for base, size in found.items() if base not in declared}


def _transposed(equations: Iterable[Equation], vocabulary: Vocabulary) -> Iterator[str]:
    """The letters of what is transposed below one index, and of what a transposed vector multiplies."""
    for node in (node for e in equations for side in e.sides for node in of_kind(side, Product)):
        for factor in node.factors[:-1]:
            if isinstance(factor, Scripted) and split_superscript(factor.sup).transpose:
                yield from (name.base for name in _differed(factor.base) if _is_numbered(name, vocabulary))
        for first, second in pairwise(names_of_factors(node)):
            if first is None or not first.transpose or not _is_small(first) or second is None:
                continue
            if _is_numbered(first, vocabulary):
                yield first.base
            if _is_numbered(second, vocabulary):
                yield second.base


def _differed(node: Node) -> Iterator[Name]:
    """The names of a sum in brackets, `(x_i - m)^T`."""
    inner = node.items[0] if isinstance(node, Group) and len(node.items) == 1 else None
    if isinstance(inner, Sum):
        yield from (name for term in inner.terms if (name := read_name(term.body)) is not None)


def _columns(equations: Iterable[Equation], vocabulary: Vocabulary) -> Iterator[str]:
    """The letters of `p_i = K Q^T e_i`, a matrix times a unit vector."""
    for equation in equations:
        name, right = read_name(equation.head), equation.links[0].right
        if name is None or not isinstance(right, Product) or not _is_numbered(name, vocabulary):
            continue
        first, last = read_name(right.factors[0]), read_name(right.factors[-1])
        unit = last is not None and last.base in vocabulary.units and last.sub == name.sub
        if unit and first is not None and not _is_small(first):
            yield name.base


def _is_numbered(name: Name, vocabulary: Vocabulary) -> bool:
    """Whether a lower-case letter carries one index, or a label, and no sample."""
    if len(name.sub) != 1 or name.sample is not None or name.layer is not None or not _is_small(name):
        return False
    mark = name.sub[0]
    return (len(mark) == 1 and mark.isalpha() and mark.islower()) or vocabulary.is_label(mark)


def _is_small(name: Name) -> bool:
    letter = name.base.lstrip("\\")
    return letter[:1].islower()
