"""Shaped expressions: what a formula means.

An expression is an operation of the table in `gradcheck.ops` applied to arguments, or one of a few
structural kinds that the evaluators know by themselves:

    var      a quantity of the program by its key; attr = (key,)
    num      an exact constant; attr = (fractions.Fraction,) or ("pi",) or ("e",); shape (1, 1)
    pick     rows or columns selected: attr = (row, column), each None (keep the axis), an int
             (1-based), or an Ix (a free index); a selected axis gets size 1
    isum     sum over an index: attr = (Ix,); the index is bound here
    stack    an index becomes an axis: attr = (Ix, axis) with axis 0 (rows) or 1 (columns), where the body
             has size 1
    deriv    args = (target, variable): attr = (). The derivative of the scalar target (shape (1, 1),
             maybe with free indices) with respect to all entries of the variable (a `var`), which is held
             as independent where the program defines it; result has the variable's shape
    prime    the derivative of an elementwise function at a point: attr = (operation name, order)
    number-valued ones like `ones`, `eye` live in the operation table with their shape as attr

Free indices are how component notation is held: `W_{jk}` is pick(W; j, k), a scalar that depends on
j and k; a claim about it is a claim for every j and k. A Jacobian is the derivative of
pick(A; p, q). Nodes are immutable; equality is structural and ignores spans.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from gradcheck.shapes import Dim, Shape
from gradcheck.source import Span


class Ix(NamedTuple):
    """A free index and the size it runs over, from 1; `shift` is added (`t-1`), zero beyond the ends."""

    name: str
    dim: Dim
    shift: int = 0


class Expr:
    """One node. `free` holds the free indices below it, sorted by name; `span` is where it was written."""

    __slots__ = ("_derivatives", "_hash", "_keys", "_ops", "args", "attr", "free", "op", "shape", "span")

    op: str
    args: tuple[Expr, ...]
    attr: tuple[Any, ...]
    shape: Shape
    free: tuple[tuple[str, Dim], ...]
    span: Span | None

    def __init__(
        self,
        op: str,
        args: tuple[Expr, ...] = (),
        attr: tuple[Any, ...] = (),
        *,
        shape: Shape,
        free: tuple[tuple[str, Dim], ...] = (),
        span: Span | None = None,
    ) -> None:
        self.op = op
        self.args = args
        self.attr = attr
        self.shape = shape
        self.free = free
        self.span = span
        self._hash = hash((op, args, attr, shape))
        self._keys: frozenset[str] | None = None
        self._ops: frozenset[str] | None = None
        self._derivatives: tuple[Expr, ...] | None = None

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if other.__class__ is not Expr or self._hash != other._hash:
            return False
        return (
            self.op == other.op
            and self.attr == other.attr
            and self.shape == other.shape
            and self.args == other.args
        )

    def __repr__(self) -> str:
        inside = [*(repr(a) for a in self.args), *(str(a) for a in self.attr)]
        return f"{self.op}({', '.join(inside)})"

    @property
    def keys(self) -> frozenset[str]:
        """The keys of all quantities that occur in it; found once."""
        if self._keys is None:
            self._keys = frozenset([node.attr[0] for node in self.walk() if node.op == "var"])
        return self._keys

    @property
    def ops(self) -> frozenset[str]:
        """The operations that occur in it; found once."""
        if self._ops is None:
            self._ops = frozenset([node.op for node in self.walk()])
        return self._ops

    @property
    def derivatives(self) -> tuple[Expr, ...]:
        """The derivatives in it, each place once, parents first; found once."""
        if self._derivatives is None:
            below = (node for arg in self.args for node in arg.walk())
            self._derivatives = tuple([node for node in below if node.op == "deriv"])
        return (self, *self._derivatives) if self.op == "deriv" else self._derivatives

    def at(self, span: Span | None) -> Expr:
        """The same node, written elsewhere."""
        other = object.__new__(Expr)
        other.op = self.op
        other.args = self.args
        other.attr = self.attr
        other.shape = self.shape
        other.free = self.free
        other.span = span
        other._hash = self._hash  # nothing that is equal changes: fractions take long to hash
        other._keys = self._keys
        other._ops = self._ops
        other._derivatives = self._derivatives
        return other

    def walk(self) -> Iterator[Expr]:
        """This node and all below it, each place once, parents first."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            if node.args:
                stack += node.args[::-1]


def distinct(formulas: Iterable[Expr], seen: set[Expr] | None = None) -> Iterator[Expr]:
    """Every node of some formulas once, in the order in which they first appear: they share most of theirs.

    seen    nodes that are left out with all below them; it learns those that are told
    """
    seen = set() if seen is None else seen
    for formula in formulas:
        stack = [formula]
        while stack:
            node = stack.pop()
            known = len(seen)
            seen.add(node)  # asked and told at once: to hash and compare nodes is half of the time
            if len(seen) != known:
                yield node
                stack += node.args[::-1]


def factors_of(node: Expr) -> Iterator[Expr]:
    """The factors of a product, entry by entry, however it is nested; of anything else the node alone."""
    if node.op == "mul":
        for arg in node.args:
            yield from factors_of(arg)
    else:
        yield node
