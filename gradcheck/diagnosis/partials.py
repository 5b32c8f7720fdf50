"""Derivatives as they are written, with the names that they are about.

`∂a/∂z`, `dW` and `∇_W L` are read from the author's text, since what is said of a chain is about its writing:
elaborated, `∂L/∂A ∂A/∂Z` may be the same expression as `∂L/∂Z`, which says nothing of how it was derived.
"""

from __future__ import annotations

from collections.abc import Iterator

from gradcheck.expr.meaning.scope import Scope
from gradcheck.expr.written.definitions import unboxed
from gradcheck.expr.written.names import read_name
from gradcheck.expr.written.quotients import read_quotient
from gradcheck.notation.printer import latex
from gradcheck.notation.tree import Node
from gradcheck.notation.walk import parts
from gradcheck.records import dataclass

Marks = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A written name: the quantity it means, the indices it carries, and how it is written.

    key    of the quantity; the text itself where it is no known name
    same   the key of what it is only another name of, else its own
    marks  index letters and the sample
    """

    key: str
    same: str
    marks: Marks
    text: str

    def is_like(self, other: Place) -> bool:
        """Whether two names mean the same entries of one quantity, whatever they are called."""
        return self.text == other.text or (self.same, self.marks) == (other.same, other.marks)


@dataclass(frozen=True, slots=True)
class Partial:
    """The derivative of one named thing by another."""

    above: Place
    below: Place

    def is_named_like(self, other: Partial) -> bool:
        """Whether both are written for the same derivative, not only equal to it."""
        mine, its = ((p.above.key, p.below.key, p.below.marks) for p in (self, other))
        return mine == its


def read_partial(node: Node, scope: Scope) -> Partial | None:
    """The derivative that a node is; `dW` is that of the loss. None for anything else."""
    node = unboxed(node)
    quotient = read_quotient(node)
    if quotient is not None:
        if quotient.target is None or len(quotient.variables) != 1:
            return None
        return Partial(_place(quotient.target, scope), _place(quotient.variables[0], scope))
    name = read_name(node)
    inner = None if name is None else name.differentiated
    loss = scope.loss_key
    if inner is None or loss is None or scope.vocabulary.canonical(inner) not in scope.shapes:
        return None
    key = scope.vocabulary.canonical(inner)
    below = Place(key, _same(key, scope), _marks(inner.sub, inner.sample), latex(node)[1:])
    return Partial(Place(loss, loss, (), scope.latex_of(loss)), below)


def written_partials(node: Node, scope: Scope) -> Iterator[Partial]:
    """Every derivative in a formula; nothing is looked for inside one."""
    found = read_partial(node, scope)
    if found is not None:
        yield found
        return
    for part in parts(node):
        yield from written_partials(part, scope)


def _place(node: Node, scope: Scope) -> Place:
    text = latex(node)
    name = read_name(unboxed(node))
    if name is None:
        return Place(text, text, (), text)
    key = scope.vocabulary.canonical(name)
    normal = scope.vocabulary.normalised(name)
    return Place(key, _same(key, scope), _marks(normal.sub, normal.sample), text)


def _same(key: str, scope: Scope) -> str:
    meant = scope.aliases.get(key)
    return str(meant.attr[0]) if meant is not None and meant.op == "var" else key


def _marks(sub: Marks, sample: str | None) -> Marks:
    return (*(part for part in sub if not part.isdigit()), *(() if sample is None else (f"({sample})",)))
