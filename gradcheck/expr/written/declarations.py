"""Shapes that a document declares in its mathematics: `W^{[1]} \\in \\mathbb{R}^{n_1 \\times n_0}`.

`x \\in \\mathbb{R}^n` is a column, `\\alpha \\in \\mathbb{R}` a scalar; several at once may be declared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from gradcheck.expr.written.definitions import written_names
from gradcheck.expr.written.indices import bound_letters
from gradcheck.expr.written.lists import derived_by, entries_written, numbers_below
from gradcheck.expr.written.names import Name, read_name, script_text
from gradcheck.expr.written.vocabulary import Vocabulary
from gradcheck.notation.statements import Equation
from gradcheck.notation.tree import BigOperator, Group, Matrix, Node, Number, Product, Scripted, Sum, Symbol
from gradcheck.notation.walk import of_kind
from gradcheck.shapes import SCALAR, Dim, Shape, counted


def declarations(equations: Iterable[Equation], vocabulary: Vocabulary) -> dict[str, Shape]:
    """The declared shapes by key.

    `x_i \\in \\mathbb{R}` of an i that a Σ counts by declares no `x_i`: x has entries, and they are numbers.
    """
    listed = list(equations)
    written = dict(found for equation in listed for found in _written_out(equation, vocabulary))
    reached = _reached(listed) if written else {}
    return {**reached, **written, **_declared(listed, vocabulary)}


def _reached(equations: Sequence[Equation]) -> dict[str, Shape]:
    """The shapes of other matrices without a formula by the largest numbers below their entries."""
    found: dict[str, tuple[int, int]] = {}
    names = [name for e in equations for side in e.sides for name in written_names(side)]
    for name in names:
        marks = numbers_below(name) if name.base.isupper() else ()
        if marks:
            rows, columns = found.get(name.base, (0, 0))
            found[name.base] = (max(rows, int(marks[0])), max(columns, int(marks[1])))
    whole = {name.base for name in names if name.key == name.base}
    whole -= {read.key for e in equations if (read := read_name(e.head)) is not None}
    return {base: size for base, size in found.items() if base in whole and min(size) > 1}


def _declared(listed: Sequence[Equation], vocabulary: Vocabulary) -> dict[str, Shape]:
    found: dict[str, Shape] = {}
    counting = {letter for e in listed for side in e.sides for letter in _counted(side)}
    for equation in listed:
        for link in equation.links:
            if link.relation.sign != "∈":
                continue
            shape = space(link.right, vocabulary)
            if shape is None:
                continue
            for name in _names(link.left, vocabulary):
                if shape != SCALAR or not counting.intersection(name.sub):
                    found[name.key] = shape
    return found


def sizes_written_out(equations: Iterable[Equation], vocabulary: Vocabulary) -> dict[str, int]:
    """The declared sizes that matrices written out entry by entry give as numbers.

    Where two of them give a size two numbers, none is given.
    """
    listed = list(equations)
    written = dict(found for equation in listed for found in _written_out(equation, vocabulary))
    told = _declared(listed, vocabulary) if written else {}
    pairs = {
        (dim, size)
        for key in written.keys() & told.keys()
        for dim, size in zip(told[key], written[key], strict=True)
        if isinstance(dim, str) and isinstance(size, int)
    }
    return dict(pairs) if len(dict(pairs)) == len(pairs) else {}


def _written_out(equation: Equation, vocabulary: Vocabulary) -> Iterator[tuple[str, Shape]]:
    """The shape of a matrix that is written out entry by entry, `V = [[V_{1,1}, ...], ...]`."""
    for side in equation.sides:
        entries = entries_written(side) if isinstance(side, Matrix) else None
        for other in equation.sides if entries is not None else ():
            name = read_name(derived_by(other) or other)
            if entries is not None and name is not None and name.key == entries.letter and name.is_plain:
                yield vocabulary.normalised(name).key, (counted(entries.rows), counted(entries.columns))


def _counted(node: Node) -> Iterator[str]:
    """The letters that the Σ of a formula count by."""
    for inner in of_kind(node, BigOperator):
        yield from bound_letters(inner)


def _names(node: Node, vocabulary: Vocabulary) -> Iterator[Name]:
    if isinstance(node, Group):
        for item in node.items:
            yield from _names(item, vocabulary)
        return
    written = read_name(node)
    name = None if written is None else vocabulary.normalised(written)
    if name is not None and name.sample is None:
        yield name


def space(node: Node, vocabulary: Vocabulary) -> Shape | None:
    """The shape of what lies in `\\mathbb{R}^{n \\times m}` or `\\{0, 1\\}^m`; None for another set."""
    node = without_words(node)
    if isinstance(node, Symbol):
        return SCALAR if _is_reals(node) else None
    if not isinstance(node, Scripted) or not _is_values(node.base) or node.sup is None:
        return None
    power = node.sup
    if isinstance(power, Product) and [o.kind for o in power.operators] == ["times"]:
        rows, columns = power.factors
        return _dim(rows, vocabulary), _dim(columns, vocabulary)
    return _dim(power, vocabulary), 1


def without_words(node: Node) -> Node:
    """A set without what is said behind it: words, `\\text{ symmetric}`, or its sizes, `(4 \\times 2)`."""
    if not isinstance(node, Product) or not _is_set(node.factors[0]):
        return node
    return node.factors[0] if _words_of(node) or all(map(_is_sizes, node.factors[1:])) else node


def _is_sizes(node: Node) -> bool:
    """Whether brackets hold the numbers of rows and columns and nothing else."""
    inside = node.items if isinstance(node, Group) else ()
    return (
        len(inside) == 1
        and isinstance(inside[0], Product)
        and all(operator.kind == "times" for operator in inside[0].operators)
        and all(isinstance(factor, Number) for factor in inside[0].factors)
    )


def words_of(node: Node) -> str:
    """The words behind a set, as far as they are nothing else."""
    return _words_of(node) if isinstance(node, Product) else ""


def _words_of(node: Product) -> str:
    behind = [factor for factor in node.factors[1:] if isinstance(factor, Symbol) and factor.style == "word"]
    return " ".join(factor.name for factor in behind) if len(behind) == len(node.factors) - 1 else ""


def _is_set(node: Node) -> bool:
    return _is_values(node.base) if isinstance(node, Scripted) else _is_reals(node)


def _is_values(node: Node) -> bool:
    """Whether each entry may be any number, one of an interval, or one of those that are listed."""
    inside = node.items if isinstance(node, Group) else ()
    numbers = [item.terms[0].body if isinstance(item, Sum) else item for item in inside]
    return _is_reals(node) or (len(inside) > 1 and all(isinstance(number, Number) for number in numbers))


def _is_reals(node: Node) -> bool:
    return isinstance(node, Symbol) and node.name == "R" and node.style in ("mathbb", "mathbf", "")


def _dim(node: Node, vocabulary: Vocabulary) -> Dim:
    text = script_text(node)
    if text.isdigit():
        return counted(int(text))
    return vocabulary.sizes.get(text, text)
