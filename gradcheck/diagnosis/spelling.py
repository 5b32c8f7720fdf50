"""The author's own text for what a repair names: `dS` and not `∂L/∂S`, `[s]_+` and not `ReLU(s)`.

A repair is an expression; how its author writes the same quantities, derivatives and functions stands in
the line itself or in another line of the case. A text is taken only if it reads as just that expression,
for the place of a node may hold more than the node. A recursion is judged at one step of it: there the
letters of the step are taken from the line itself, where each stands for one thing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from gradcheck.checking.checked import Case
from gradcheck.checking.judgement import Judgement
from gradcheck.diagnosis.groups import is_whole
from gradcheck.expr.elaborate import Elaborator
from gradcheck.expr.reading import MeaningError
from gradcheck.expr.tree import Expr
from gradcheck.notation.errors import NotationError
from gradcheck.notation.parser import parse_one
from gradcheck.notation.unicode import unicode
from gradcheck.ops import OPERATIONS
from gradcheck.shapes import ShapeError
from gradcheck.source import Source

_NAMED = ("var", "pick", "deriv", "prime")
MOST_LONG = 60
MOST_TRIED = 3


class Spelling:
    """How the author of a line writes what it names."""

    def __init__(self, case: Case, judgement: Judgement, source: Source) -> None:
        self.case = case
        self.judgement = judgement
        self.source = source
        self._found: dict[Expr, str | None] = {}

    def latex(self, node: Expr) -> str | None:
        """The author's LaTeX for a quantity, a derivative or a function applied, if there is any."""
        if not _has_name(node):
            return None
        if node not in self._found:
            self._found[node] = self._chosen(node)
        return self._found[node]

    def plain(self, node: Expr) -> str | None:
        """The same as one line of Unicode; quantities have their names in plain text already."""
        if node.op == "var" and self.judgement.instance is None:
            return None
        text = self.latex(node)
        try:
            return None if text is None else unicode(text)
        except NotationError:
            return None

    def _chosen(self, node: Expr) -> str | None:
        texts = list(self._texts.get(node, ()))[:MOST_TRIED]
        if self.judgement.instance is not None:
            return texts[0] if len(texts) == 1 and self._meant[texts[0]] == 1 else None
        return next((text for text in texts if self._reads_as(text, node)), None)

    def _reads_as(self, text: str, node: Expr) -> bool:
        parsed = parse_one(text)
        if parsed is None:
            return False
        try:
            readings = Elaborator(self.case.scope).readings(parsed)
        except (MeaningError, ShapeError):
            return False
        return bool(readings) and readings[0].value == node

    @cached_property
    def _texts(self) -> dict[Expr, dict[str, None]]:
        """The texts at the places of each node, those of this line before those of others."""
        found: dict[Expr, dict[str, None]] = defaultdict(dict)
        for node in self._nodes():
            if node.span is not None and _has_name(node):
                text = self.source.slice(node.span)
                if 0 < len(text) <= MOST_LONG and "\n" not in text and is_whole(text):
                    found[node][text] = None
        return found

    @cached_property
    def _meant(self) -> dict[str, int]:
        """For how many nodes a text stands."""
        counts: dict[str, int] = defaultdict(int)
        for texts in self._texts.values():
            for text in texts:
                counts[text] += 1
        return counts

    def _nodes(self) -> Iterator[Expr]:
        yield from _walked(self.judgement)
        if self.judgement.instance is None:
            for judgement in self.case.judgements:
                yield from _walked(judgement)


def _walked(judgement: Judgement) -> Iterator[Expr]:
    pairs: Iterable[tuple[Expr, ...]] = (*judgement.pairs, *((judgement.pair,) if judgement.pair else ()))
    for pair in pairs:
        for side in pair:
            yield from side.walk()


def _has_name(node: Expr) -> bool:
    """Whether a node is written as one thing: a name, a derivative, a function of one argument."""
    if node.op in _NAMED:
        return True
    operation = OPERATIONS.get(node.op)
    return operation is not None and operation.derivative is not None and node.op != "neg"
