"""What elaboration asks of a scope, and what it notes on the way for the judge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from gradcheck.expr.forms.reading import (
    Reading,
    Readings,
)
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.choices import Chosen
from gradcheck.expr.meaning.resolve import Names
from gradcheck.expr.written.definitions import Definition
from gradcheck.expr.written.names import Name
from gradcheck.expr.written.usage import Usage
from gradcheck.notation.tree import Node
from gradcheck.records import dataclass
from gradcheck.shapes import Dim, Shape
from gradcheck.source import Span


class Scope(Names, Chosen, Protocol):
    """What elaboration asks of a scope."""

    def is_function(self, name: Name) -> bool:
        """Whether a name, followed by brackets, applies to them."""

    def function(self, name: Name) -> Definition | None:
        """The document's definition of a function, if it has one."""

    def call(self, name: Name, arguments: Sequence[Readings], span: Span) -> list[Reading]:
        """A function of the scope or of the language applied to its arguments."""

    def sizes(self) -> list[Dim]:
        """Every size but 1 that a quantity of the document has."""

    usage: Usage
    shapes: dict[str, Shape]
    spellings: dict[str, str]
    chosen: dict[str, Definition]

    @property
    def quantities(self) -> Mapping[str, Sequence[Definition]]:
        """The definitions that a name may have, by key."""

    @property
    def program(self) -> Mapping[str, Expr]:
        """The definitions of what was asked for, by key."""

    @property
    def varied(self) -> Sequence[Node]:
        """What stands below a d on the right sides of the line in hand."""

    def auxiliary(self, value: Expr) -> Expr:
        """A quantity without a name that has this value."""

    def count(self, dim: Dim) -> Expr:
        """A size as a number."""

    def loss(self) -> Expr | None:
        """The loss that `dW` and an undefined `L` stand for here."""

    def elementwise(self, target: Expr, variable: Expr) -> bool:
        """Whether each entry of the target depends on the entry of the variable at its place alone."""


@dataclass(frozen=True, slots=True)
class StatedSize:
    """A size as it is written, `n_1 \\times m`, and the shape of what it is written below."""

    rows: str
    columns: str
    shape: Shape
    span: Span
