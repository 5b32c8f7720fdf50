"""One node of an expression with its surroundings: what a misconception's rule is shown.

A rule works on the node and makes new ones through its site; where what it would make does not fit, it gets
None and goes on, so that a rule reads like the table it comes from.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from gradcheck.diagnosis.gathering import is_guarded, is_unwritten
from gradcheck.diagnosis.setting import Setting, is_count
from gradcheck.expr.forms.build import apply, isum, num, pick, prime, rebuild, substitute
from gradcheck.expr.forms.tree import Expr, Ix
from gradcheck.expr.meaning.blocks import is_placed
from gradcheck.expr.meaning.mixed import letter_of, place_of
from gradcheck.records import dataclass
from gradcheck.shapes import SCALAR, ShapeError

Path = tuple[int, ...]

_LINEAR = {"add", "sub", "neg", "mul", "matmul", "transpose", "sum", "mean", "isum", "stack"}


@dataclass(frozen=True, slots=True)
class Site:
    """A node, where it stands, and what it is about.

    path    the argument numbers that lead to it from the root
    parents from the root down to the node's parent
    """

    node: Expr
    path: Path
    parents: tuple[Expr, ...]
    setting: Setting

    @property
    def parent(self) -> Expr | None:
        """The node above, None at the root."""
        return self.parents[-1] if self.parents else None

    @property
    def root(self) -> Expr:
        """The whole formula."""
        return self.parents[0] if self.parents else self.node

    @property
    def indices(self) -> frozenset[str]:
        """The names of indices that have a meaning here: bound above, or free in the line."""
        bound = {above.attr[0].name for above in self.parents if above.op in ("isum", "stack")}
        return frozenset(bound | self.setting.open_indices)

    @property
    def is_root(self) -> bool:
        """Whether this is the whole formula."""
        return not self.parents

    @property
    def is_linear(self) -> bool:
        """Whether the formula is linear in what stands here: under no function, denominator or exponent."""
        for k, above in zip(self.path, self.parents, strict=True):
            if above.op not in _LINEAR and not (above.op in ("div", "power") and k == 0):
                return False
        return True

    @property
    def in_product(self) -> bool:
        """Whether a factor put here could as well be put to the node above."""
        parent = self.parent
        return (parent is not None and not is_guarded(parent)) and (
            parent.op in ("mul", "neg") or (parent.op == "div" and self.path[-1] == 0)
        )

    @property
    def in_sum(self) -> bool:
        """Whether an addend put here could as well be put to the node above."""
        parent = self.parent
        return parent is not None and not is_unwritten(parent) and parent.op in ("add", "sub", "neg")

    def make(self, op: str, *args: Expr | None, attr: tuple[Any, ...] = ()) -> Expr | None:
        """An operation applied, or None where it does not fit; None for an argument gives None."""
        known = tuple(a for a in args if a is not None)
        if len(known) < len(args):
            return None
        try:
            return apply(op, *known, attr=attr)
        except ShapeError:
            return None

    def slope(self, op: str, x: Expr, order: int = 1, attr: tuple[Any, ...] = ()) -> Expr | None:
        """The derivative of an elementwise function at x."""
        try:
            return prime(op, x, order, attr)
        except ShapeError:
            return None

    def picked(self, x: Expr, row: int | Ix | None, column: int | Ix | None) -> Expr | None:
        """Rows or columns of x."""
        try:
            return pick(x, row, column)
        except ShapeError:
            return None

    def neighbours(self) -> Iterator[Expr]:
        """The entries beside one at several indices, `x_{i+j-1}` and `x_{i+j+1}` beside `x_{i+j}`."""
        found = place_of(self.node)
        if found is None:
            return
        place, one = found[1], num(1)
        if place.op in ("add", "sub") and place.args[1] == one:
            others = [place.args[0], apply("add" if place.op == "sub" else "sub", place.args[0], one)]
        else:
            others = [apply(op, place, one) for op in ("add", "sub")]
        yield from (substitute(self.node, {place: other}) for other in others)

    def summed(self, ix: Ix) -> Expr:
        """The node summed over an index that is free in it."""
        return isum(self.node, ix)

    def rebuilt(self, *args: Expr | None, attr: tuple[Any, ...] | None = None) -> Expr | None:
        """The same kind of node on other arguments, or with other attributes."""
        known = tuple(a for a in args if a is not None)
        if len(known) < len(args):
            return None
        try:
            return rebuild(self.node, known or self.node.args, attr)
        except ShapeError:
            return None

    def number(self, value: int | Fraction) -> Expr:
        """An exact constant."""
        return num(value)

    def turned(self, x: Expr) -> Expr:
        """The transpose, with a double one taken off; a scalar is its own."""
        return turned(x)


def turned(x: Expr) -> Expr:
    """The transpose of x; of a transposed x, what is under it."""
    if x.op == "transpose":
        return x.args[0]
    return x if x.shape == SCALAR else apply("transpose", x)


def sites(root: Expr, setting: Setting) -> Iterator[Site]:
    """Every place of a formula, the root first."""
    yield from _below(Site(root, (), (), setting))


def repeated(root: Expr, setting: Setting) -> list[list[Site]]:
    """The places of each subexpression that occurs more than once."""
    groups: dict[Expr, list[Site]] = {}
    for site in sites(root, setting):
        if site.node.op != "num":
            groups.setdefault(site.node, []).append(site)
    return [group for group in groups.values() if len(group) > 1]


def _below(site: Site) -> Iterator[Site]:
    if not is_unwritten(site.node):
        yield site
    for k in entered(site.node):
        yield from _below(Site(site.node.args[k], (*site.path, k), (*site.parents, site.node), site.setting))


def entered(node: Expr) -> range:
    """The arguments that have places of their own: a picked quantity is one place, as is a derivative's."""
    match node.op:
        case "pick" if node.args[0].op == "var" or letter_of(node) is not None:
            return range(0)
        case "at_most":
            return range(0)
        case "equal":
            return range(1, 2)  # the place that is told; before it stand all places there are
        case "deriv":
            return range(0 if node.args[0].op in ("var", "pick") else 1)
        case "sum" if is_count(node):
            return range(0)
        case "mul" if is_guarded(node):
            return range(1, 2)
        case "mul" | "matmul" if is_placed(node):
            return range(1, 2)  # which row of a written matrix this is, nobody wrote
    return range(len(node.args))


def at(root: Expr, path: Path) -> Expr:
    """The node a path leads to."""
    for k in path:
        root = root.args[k]
    return root


def replaced(root: Expr, path: Path, new: Expr) -> Expr:
    """The formula with another expression at a place; raises ShapeError where it does not fit."""
    if not path:
        return new
    args = list(root.args)
    args[path[0]] = replaced(args[path[0]], path[1:], new)
    return rebuild(root, tuple(args))
