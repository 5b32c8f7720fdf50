"""Shapes that a document declares in its mathematics: `W^{[1]} \\in \\mathbb{R}^{n_1 \\times n_0}`.

`x \\in \\mathbb{R}^n` is a column, `\\alpha \\in \\mathbb{R}` a scalar; several at once may be declared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gradcheck.expr.written.indices import bound_letters
from gradcheck.expr.written.names import Name, read_name, script_text
from gradcheck.expr.written.vocabulary import Vocabulary
from gradcheck.notation.statements import Equation
from gradcheck.notation.tree import BigOperator, Group, Node, Product, Scripted, Symbol
from gradcheck.notation.walk import of_kind
from gradcheck.shapes import SCALAR, Dim, Shape, counted


def declarations(equations: Iterable[Equation], vocabulary: Vocabulary) -> dict[str, Shape]:
    """The declared shapes by key.

    `x_i \\in \\mathbb{R}` of an i that a Σ counts by declares no `x_i`: x has entries, and they are numbers.
    """
    found: dict[str, Shape] = {}
    listed = list(equations)
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
    """The shape of the elements of `\\mathbb{R}^{n \\times m}`, or None for another set."""
    node = without_words(node)
    if isinstance(node, Symbol):
        return SCALAR if _is_reals(node) else None
    if not isinstance(node, Scripted) or not _is_reals(node.base) or node.sup is None:
        return None
    power = node.sup
    if isinstance(power, Product) and [o.kind for o in power.operators] == ["times"]:
        rows, columns = power.factors
        return _dim(rows, vocabulary), _dim(columns, vocabulary)
    return _dim(power, vocabulary), 1


def without_words(node: Node) -> Node:
    """A set without the words behind it: `\\mathbb{R}^{n \\times n} \\text{ symmetric}`."""
    if not isinstance(node, Product) or not _words_of(node) or not _is_set(node.factors[0]):
        return node
    return node.factors[0]


def words_of(node: Node) -> str:
    """The words behind a set, as far as they are nothing else."""
    return _words_of(node) if isinstance(node, Product) else ""


def _words_of(node: Product) -> str:
    behind = [factor for factor in node.factors[1:] if isinstance(factor, Symbol) and factor.style == "word"]
    return " ".join(factor.name for factor in behind) if len(behind) == len(node.factors) - 1 else ""


def _is_set(node: Node) -> bool:
    return _is_reals(node.base if isinstance(node, Scripted) else node)


def _is_reals(node: Node) -> bool:
    return isinstance(node, Symbol) and node.name == "R" and node.style in ("mathbb", "mathbf", "")


def _dim(node: Node, vocabulary: Vocabulary) -> Dim:
    text = script_text(node)
    if text.isdigit():
        return counted(int(text))
    return vocabulary.sizes.get(text, text)
