"""Indices that cannot be meant: a sum over one that the left side is told for each of (`∂L/∂m_{ij} = \\frac1N
\\sum_i …` is one for every i), a sum of what does not depend on its index (`\\sum_k z_j`), and a Kronecker
delta of two that number unlike things (`\\delta_{ij}` of an example i and a class j).

Told where no edit mends the line: such an index says what kind of slip it is, though more may be wrong.
"""

from __future__ import annotations

from gradcheck.checking.comparisons.judgement import Judgement
from gradcheck.notation.tree import BigOperator, Node, Relational, Scripted, Symbol
from gradcheck.notation.walk import of_kind, walk
from gradcheck.source import Source

CODE = "GC505"


def indexed_in_vain(judgement: Judgement, source: Source) -> str | None:
    """What to say of a right side with an index that cannot be meant; None elsewhere."""
    return _though_free(judgement) or _idle(judgement.claim.right.node, source) or _unlike(judgement, source)


def _though_free(judgement: Judgement) -> str | None:
    if judgement.pair is None:
        return None
    expected, got = judgement.pair
    bound = {node.attr[0].name for node in got.walk() if node.op == "isum"}
    kept = sorted((bound & dict(expected.free).keys()) - dict(got.free).keys())
    if not kept:
        return None
    letters = ", ".join(f"`{letter}`" for letter in kept)
    return f"the left side is told for each {letters}, the right side sums over it"


def _idle(right: Node, source: Source) -> str | None:
    """A sum over an index that stands nowhere else, of something that has other indices."""
    for node in of_kind(right, BigOperator):
        if node.kind != "sum" or node.lower is None:
            continue
        limit = node.lower
        index = limit.operands[0] if isinstance(limit, Relational) else limit
        indexed = any(part.sub is not None for part in of_kind(node.body, Scripted))
        if not indexed or not isinstance(index, Symbol) or len(index.name) > 1:
            continue
        if sum(_names(part, index.name) for part in walk(right)) == 1:
            return f"the sum over `{source.slice(index.span)}` adds up what does not depend on it"
    return None


def _unlike(judgement: Judgement, source: Source) -> str | None:
    """A Kronecker delta that compares two indices of unlike ranges."""
    for node in () if judgement.pair is None else judgement.pair[1].walk():
        if node.op == "pick" and node.args[0].op == "eye" and node.span is not None:
            sizes = node.args[0].attr
            if len(set(sizes)) > 1:
                ranges = f"over {sizes[0]} and over {sizes[1]}"
                return f"`{source.slice(node.span)}` compares indices that run {ranges}"
    return None


def _names(node: Node, letter: str) -> bool:
    """Whether a symbol is a letter, or a word that may be made of it and others."""
    return isinstance(node, Symbol) and (
        node.name == letter or (node.style == "word" and letter in node.name)
    )
