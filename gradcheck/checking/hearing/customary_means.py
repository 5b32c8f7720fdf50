r"""A letter under a bar that nothing defines: `\bar x` beside `x_i - \bar x`, or `n \bar x`, is the mean.

Statistics writes it so without a word. The bar of reverse mode, `\bar x = ∂L/∂x`, is never taken from an
entry of its letter nor multiplied by their number; and where entries are turned or have a norm they are
vectors, whose mean is another, so nothing is told of these. A formula of the document goes before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gradcheck.expr.written.definitions import Definition, definitions, written_names
from gradcheck.expr.written.names import Name, read_name
from gradcheck.expr.written.vocabulary import Vocabulary
from gradcheck.notation.parser import parse_one
from gradcheck.notation.scripts import is_transposition
from gradcheck.notation.statements import Equation
from gradcheck.notation.tree import Accent, BigOperator, Group, Node, Product, Scripted, Sum
from gradcheck.notation.walk import of_kind
from gradcheck.restating.passages.segments import Candidates
from gradcheck.restating.samples.idle_limits import COUNTS
from gradcheck.source import Span

BARS = ("bar", "overline")


def customary_means(equations: Sequence[Equation], vocabulary: Vocabulary) -> Candidates:
    """By the key of a letter under a bar, the mean that it is by custom."""
    sides = [side for equation in equations for side in equation.sides if of_kind(side, Accent)]
    found = {name for side in sides for name in _beside_entries(side)} if sides else set()
    if not found:
        return {}
    told = {definition.name.base for definition in definitions(equations)}
    arrays = {letter for side in sides for letter in _of_vectors(side)}
    made: Candidates = {}
    for name in sorted(found):
        letter = _below(name)
        right = parse_one(rf"\operatorname{{mean}}({letter})")
        shape = vocabulary.shapes.get(letter, (1, 1))
        if name in told or letter in arrays | told or right is None or 1 not in shape:
            continue
        bar = Name(name, Span(0, 0))
        made[vocabulary.canonical(bar)] = [Definition(bar, right, (0, 0))]
    return made


def _below(base: str) -> str:
    """The letter below an accent."""
    return base.partition("{")[2].removesuffix("}")


def _bars(node: Node) -> Iterator[str]:
    """The letters under a bar in a formula that carry no index."""
    accents = (read_name(accent) for accent in of_kind(node, Accent) if accent.kind in BARS)
    barred = {name.base for name in accents if name is not None and len(_below(name.base).lstrip("\\")) == 1}
    names = written_names(node) if barred else ()
    yield from barred & {name.base for name in names if not name.sub and name.sample is None}


def _beside_entries(side: Node) -> Iterator[str]:
    """The letters under a bar that are taken from an entry of theirs in a Σ, or stand behind a count."""
    for total in (sign for sign in of_kind(side, BigOperator) if sign.kind == "sum"):
        for difference in of_kind(total.body, Sum):
            names = [read_name(term.body) for term in difference.terms]
            entries = {name.base for name in names if name is not None and len(name.sub) == 1}
            yield from (base for base in _bars(difference) if _below(base) in entries)
    for product in of_kind(side, Product):
        names = [read_name(factor) for factor in product.factors]
        if any(name is not None and name.base in COUNTS and not name.sub for name in names):
            yield from _bars(product)


def _of_vectors(side: Node) -> Iterator[str]:
    """The letters that stand in a norm, or in a formula that turns something."""
    powers = (node.sup for node in of_kind(side, Scripted))
    turned = any(power is not None and is_transposition(power) for power in powers)
    norms = [side] if turned else [group for group in of_kind(side, Group) if group.open == "\\|"]
    yield from (_below(name.base) or name.base for norm in norms for name in written_names(norm))
