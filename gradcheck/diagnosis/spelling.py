"""The author's own text for what a repair names: `dS` and not `∂L/∂S`, `[s]_+` and not `ReLU(s)`.

A repair is an expression; how its author writes the same quantities, derivatives and functions stands in
the line itself or in another line of the case, and what the repair leaves as it is stands in the line. A
text is taken only if it reads as just that expression, for the place of a node may hold more than the node.
A recursion is judged at one step of it: there the author's letters are put for the numbers of the step.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

from gradcheck.checking.cases.checked import Case, places
from gradcheck.checking.comparisons.judgement import Judgement
from gradcheck.diagnosis.gathering import gathered
from gradcheck.diagnosis.groups import is_whole
from gradcheck.diagnosis.steps import Step, is_of_step, written_at
from gradcheck.expr.forms.reading import MeaningError
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.elaborate import Elaborator
from gradcheck.expr.printing.printer import latex
from gradcheck.expr.written.names import read_name
from gradcheck.notation.errors import NotationError
from gradcheck.notation.parser import parse_one
from gradcheck.notation.unicode import unicode
from gradcheck.ops import OPERATIONS
from gradcheck.shapes import ShapeError
from gradcheck.source import Source, Span

_NAMED = ("var", "pick", "deriv", "prime")
MOST_LONG = 120
MOST_TRIED = 3


class Spelling:
    """How the author of a line writes what it names."""

    def __init__(self, case: Case, judgement: Judgement, source: Source) -> None:
        self.case = case
        self.judgement = judgement
        self.source = source
        self._found: dict[Expr, str | None] = {}
        self._numbered: set[str] = set()
        self._at_places: dict[Span, str | None] = {}

    def latex(self, node: Expr) -> str | None:
        """The author's LaTeX for a quantity, a derivative or a function applied, if there is any."""
        if not _has_name(node):
            return None
        if node not in self._found:
            self._found[node] = self._chosen(node)
        return self._found[node]

    def written(self, node: Expr) -> str | None:
        """The author's LaTeX for any part of this very line, and for what has a name elsewhere."""
        if _has_name(node) or self.judgement.instance is not None:
            return self.latex(node)
        if node not in self._found:
            text = self._parts.get(node)
            self._found[node] = text if text is not None and self._reads_as(text, node) else None
        return self._found[node]

    def plain(self, node: Expr) -> str | None:
        """The same as one line of Unicode; quantities have their names in plain text already."""
        if node.op == "var" and self.judgement.instance is None and not self._is_called_otherwise(node):
            return None
        text = self.written(node)
        if text is None and node.op == "pick" and node.args[0].op == "var":
            text = latex(node, self.case.scope.latex_of)
        try:
            return None if text is None else unicode(text)
        except NotationError:
            return None

    def _at_step(self, node: Expr) -> str | None:
        """A quantity in the letter of the recursion; a name that has none is remembered."""
        step = Step.of(self.judgement.instance)
        owner = node.args[0] if node.op == "pick" else node
        text = None if step is None else written_at(owner, step, self._shown, self.source)
        if text is None and is_of_step(owner):
            self._numbered.add(self.case.scope.latex_of(owner.attr[0]))
        if text is None or owner is node:
            return text
        shown = text
        return latex(node, lambda _: shown)

    def speaks_of_numbers(self, text: str) -> bool:
        """Whether a formula names the step that was checked, for want of the author's own letter."""
        return any(name in text for name in self._numbered)

    @cached_property
    def _shown(self) -> tuple[Expr, ...]:
        """The nodes of all formulas of the case: of this line, of other lines, of definitions."""
        formulas = self.case.scope.program.values()
        return (
            *self.judgement.nodes,
            *(node for judgement in self.case.judgements for node in judgement.nodes),
            *(node for formula in formulas for node in formula.walk()),
        )

    def _is_called_otherwise(self, node: Expr) -> bool:
        """Whether this line has another name for a quantity: `A` where it is computed as `Z`."""
        text = self.latex(node)
        return text is not None and _joined(text) != _joined(self.case.scope.latex_of(node.attr[0]))

    def _chosen(self, node: Expr) -> str | None:
        texts = list(self._texts(node))[:MOST_TRIED]
        if self.judgement.instance is not None:
            alone = len(texts) == 1 and self._meant[texts[0]] == 1 and self._may_name(texts[0], node)
            return texts[0] if alone else self._at_step(node)
        return next((text for text in texts if self._reads_as(text, node)), None)

    def _may_name(self, text: str, node: Expr) -> bool:
        """Whether a text has the letter of a quantity: an error signal stands for a derivative by another."""
        parsed = parse_one(text) if node.op == "var" else None
        name = None if parsed is None else read_name(parsed)
        bases = () if name is None else self.case.scope.bases(self.case.scope.normalised(name))
        return name is None or any(node.attr[0].startswith(base) for base in bases)

    def _reads_as(self, text: str, node: Expr) -> bool:
        parsed = parse_one(text)
        if parsed is None:
            return False
        try:
            readings = Elaborator(self.case.scope).readings(parsed)
        except (MeaningError, ShapeError):
            return False
        values = (reading.value for reading in readings[:MOST_TRIED])
        return any(isinstance(value, Expr) and node in (value, gathered(value)) for value in values)

    @cached_property
    def _parts(self) -> dict[Expr, str]:
        """The texts at the places of this line's nodes that have no name."""
        found: dict[Expr, str] = {}
        pairs = (*self.judgement.pairs, *filter(None, (self.judgement.pair,)))
        for node in (node for pair in pairs for side in pair for node in gathered(side).walk()):
            if node.args and node.span is not None and not _has_name(node):
                text = self._at(node.span)
                if text is not None:
                    found.setdefault(node, text)
        return found

    def _texts(self, node: Expr) -> Mapping[str, None]:
        """The texts at the places of a node, those of this line before those of others."""
        others = self.case.places.get(node, ()) if self.judgement.instance is None else ()
        texts = map(self._at, (*self._own_places.get(node, ()), *others))
        return dict.fromkeys(text for text in texts if text is not None)

    @cached_property
    def _own_places(self) -> Mapping[Expr, Sequence[Span]]:
        """Where the nodes of this line stand."""
        return places((self.judgement,))

    def _at(self, span: Span) -> str | None:
        """The text at a place, where it is whole and short: many readings of a line have the same places."""
        if span not in self._at_places:
            text = self.source.slice(span).removeprefix("+").lstrip()  # a plus before all says nothing
            short = 0 < len(text) <= MOST_LONG and "\n" not in text
            self._at_places[span] = text if short and is_whole(text) else None
        return self._at_places[span]

    @cached_property
    def _meant(self) -> Mapping[str, int]:
        """For how many nodes of this line a text stands."""
        return Counter(text for node in self._own_places if _has_name(node) for text in self._texts(node))


def styled(text: str, source: str) -> str:
    """A formula as a printer makes it, with the brackets and the sign of a transpose that a source has."""
    if r"\left" not in source:
        text = re.sub(r"\\(?:left|right)(?=\s*[()\[\]])\s*", "", text)
    if r"\top" not in source and re.search(r"\^(?:\{[^{}]*)?T\b", source):
        text = re.sub(r"\\top(?![A-Za-z])", "T", text)
    return text


def _joined(text: str) -> str:
    return text.replace(" ", "").replace("{", "").replace("}", "")


def _has_name(node: Expr) -> bool:
    """Whether a node is written as one thing: a name, a derivative, a function of one argument."""
    if node.op in _NAMED:
        return True
    if node.op == "transpose":
        return node.args[0].op in _NAMED
    operation = OPERATIONS.get(node.op)
    return operation is not None and operation.derivative is not None and node.op != "neg"
