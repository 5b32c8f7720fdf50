"""A forward pass as a program: quantities, and the definitions of those that are computed.

A quantity without a definition is an input. Definitions may come in any order; a cycle is an error.
`separate` gives every bound index a name of its own height, so that an index which stays free over a
whole derivative (a Jacobian's row) never meets one that is summed inside a definition.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from functools import cached_property

from gradcheck.expr.forms.build import rebuild, rename_index, variables
from gradcheck.expr.forms.tree import Expr, Ix
from gradcheck.records import dataclass, field
from gradcheck.shapes import Dim, Shape

_MOST_REMEMBERED = 50_000


class CalculusError(Exception):
    """A program or an expression cannot be evaluated; the message says why."""


class Undecidable(CalculusError):
    """The symbolic oracle cannot tell: too large, or beyond its laws."""


class TooLarge(Undecidable):
    """What the symbolic oracle is asked has too many parts, whoever computes with them."""


class CycleError(CalculusError):
    """Definitions that use each other in a circle; the message names them in order, `keys` holds them."""

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__("defined in a circle: " + " uses ".join((*keys, keys[0])))
        self.keys = tuple(keys)


@dataclass(frozen=True, slots=True)
class Variable:
    """One quantity: its key, shape, how it is written, and where samples of it are drawn from."""

    key: str
    shape: Shape
    latex: str
    domain: str = "real"


@dataclass(frozen=True)
class Program:
    """Quantities by key, and the expressions of those that are defined."""

    variables: Mapping[str, Variable]
    definitions: Mapping[str, Expr] = field(default_factory=dict)

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The defined quantities, each after those it uses; raises CycleError."""
        done: dict[str, None] = {}
        open_keys: list[str] = []

        def visit(key: str) -> None:
            if key in done or key not in self.definitions:
                return
            if key in open_keys:
                raise CycleError(open_keys[open_keys.index(key) :])
            open_keys.append(key)
            for used in sorted(variables(self.definitions[key])):
                visit(used)
            open_keys.pop()
            done[key] = None

        for key in self.definitions:
            visit(key)
        return tuple(done)

    @cached_property
    def inputs(self) -> tuple[str, ...]:
        """The quantities that are sampled."""
        return tuple(key for key in self.variables if key not in self.definitions)

    @cached_property
    def reach(self) -> Mapping[str, frozenset[str]]:
        """For each quantity, all that its value depends on, itself included."""
        found = {key: frozenset((key,)) for key in self.inputs}
        for key in self.order:
            used = variables(self.definitions[key])
            found[key] = frozenset((key,)).union(*(found.get(u, frozenset((u,))) for u in used))
        return found

    def reach_of(self, expr: Expr) -> frozenset[str]:
        """All quantities that an expression's value depends on."""
        found = self._reached.get(expr)
        if found is None:
            if len(self._reached) > _MOST_REMEMBERED:
                self._reached.clear()
            stack = [expr]
            while stack:
                missing = [a for a in stack[-1].args if a not in self._reached]
                if not missing:
                    node = stack.pop()
                    self._reached[node] = self._reach_of_node(node)
                stack += missing
            found = self._reached[expr]
        return found

    def _reach_of_node(self, node: Expr) -> frozenset[str]:
        if node.op == "var":
            key: str = node.attr[0]
            return self.reach.get(key, frozenset((key,)))
        return frozenset().union(*(self._reached[a] for a in node.args))

    @cached_property
    def _reached(self) -> dict[Expr, frozenset[str]]:
        return {}

    def without(self, keys: Container[str]) -> Program:
        """The same program with some definitions left out: those quantities become inputs."""
        kept = {key: value for key, value in self.definitions.items() if key not in keys}
        return self if len(kept) == len(self.definitions) else Program(self.variables, kept)

    @cached_property
    def dims(self) -> tuple[Dim, ...]:
        """All sizes that occur, in order of appearance."""
        found: dict[Dim, None] = {}
        for variable in self.variables.values():
            found.update(dict.fromkeys(variable.shape))
        for definition in self.definitions.values():
            for node in definition.walk():
                found.update(dict.fromkeys(node.shape))
                found.update(dict.fromkeys(a.dim for a in node.attr if isinstance(a, Ix)))
        return tuple(found)

    def separated(self) -> tuple[Program, int]:
        """The same program with bound indices named apart, and the highest name in use (see `separate`)."""
        definitions: dict[str, Expr] = {}
        highest = 0
        for key in self.order:
            definitions[key], height = separate(self.definitions[key], highest)
            highest = max(highest, height)
        return Program(self.variables, {key: definitions[key] for key in self.definitions}), highest


def separate(
    expr: Expr, below: int, remembered: dict[Expr, tuple[Expr, int]] | None = None
) -> tuple[Expr, int]:
    """Name each bound index by its height, the number of binders under it; the second result is the height.

    below       the height of the definitions; a derivative runs through them, so that a binder around it
                stands above them all
    remembered  what was found of other expressions at this height, and comes to hold what is found of this
    """
    known = {} if remembered is None else remembered
    if expr in known:
        return known[expr]
    if expr.ops.isdisjoint(("isum", "stack")):
        known[expr] = expr, below if "deriv" in expr.ops else 0
        return known[expr]

    def visit(node: Expr) -> tuple[Expr, int]:
        if node not in known:
            known[node] = rename(node)
        return known[node]

    def rename(node: Expr) -> tuple[Expr, int]:
        parts = [visit(a) for a in node.args]
        args = tuple(new for new, _ in parts)
        height = max((h for _, h in parts), default=0)
        if node.op == "deriv":
            return rebuild(node, args), max(height, below)
        if node.op not in ("isum", "stack"):
            same = all(a is b for a, b in zip(args, node.args, strict=True))
            return (node if same else rebuild(node, args)), height
        bound: Ix = node.attr[0]
        name = f"#{height + 1}"
        body = rename_index(args[0], bound.name, name)
        return rebuild(node, (body,), (bound._replace(name=name), *node.attr[1:])), height + 1

    return visit(expr)
