"""What a formula is about: the quantities around it, and what the program says of each.

Rules of misconceptions ask here, never the program itself: is this the activation of that, the same letter
in another layer, a weight, a count of samples? In component notation a quantity stands as it is picked
in the formulas at hand (`a_j^{(i)}` is a pick), so that a repair is written the way its author writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import product
from typing import Any

from gradcheck.calculus import Program
from gradcheck.calculus.entries import whole_quantities
from gradcheck.diagnosis.canonical import Form, canonical
from gradcheck.diagnosis.inner import inner_derivatives
from gradcheck.diagnosis.patterns import Pattern, fitting, patterns_of
from gradcheck.expr.forms.build import apply, deriv, num, pick, prime, transform, var, variables
from gradcheck.expr.forms.tree import Expr, Ix
from gradcheck.ops import OPERATIONS
from gradcheck.patterns import late_pattern
from gradcheck.shapes import SCALAR, Dim, ShapeError

_LAYER = late_pattern(r"(?:\^\{\[(?P<bracketed>[^\]]+)\]\}|_(?:\{(?P<braced>\d+)\}|(?P<bare>\d)))$")
# Letters of weights; only where nothing else tells a weight from what it multiplies.
_WEIGHTS = {"w", "W", r"\theta", r"\Theta", r"\omega", r"\beta", "U", "V"}


class Setting:
    """A program and the formulas that are looked at.

    formulas    what the claim says, what was written first; they tell how quantities are picked and which
                gradients are meant
    vocabulary  further expressions that may stand in a repair
    """

    def __init__(self, program: Program, formulas: Iterable[Expr], vocabulary: Iterable[Expr] = ()) -> None:
        self.program = program
        self.definitions = {key: whole_quantities(d) for key, d in program.definitions.items()}
        self._formulas = tuple(formulas)
        self._given = tuple(vocabulary)

    @cached_property
    def _keys(self) -> tuple[str, ...]:
        """All quantities, the defined ones in the order of the forward pass last."""
        return (*self.program.inputs, *self.program.order)

    @cached_property
    def patterns(self) -> tuple[Pattern, ...]:
        """How quantities are picked in the formulas: pairs of row and column selectors."""
        return patterns_of(self._formulas)

    @cached_property
    def open_indices(self) -> frozenset[str]:
        """The names of the indices that are free in the formulas."""
        return frozenset(name for formula in self._formulas for name, _ in formula.free)

    @cached_property
    def stepped(self) -> frozenset[Dim]:
        """The axes along which the program or the formulas look at a neighbour (`h_{t-1}`)."""
        formulas = (*self.definitions.values(), *self._formulas)
        picks = (n for f in formulas for n in f.walk() if n.op == "pick")
        return frozenset(s.dim for n in picks for s in n.attr if isinstance(s, Ix) and s.shift)

    def views(self, key: str) -> Iterator[Expr]:
        """A quantity in every way the formulas pick quantities, where its shape allows."""
        whole = var(key, self.program.variables[key].shape)
        seen: set[Expr] = set()
        for row, column in self.patterns:
            chosen = tuple(fitting(s, dim) for s, dim in zip((row, column), whole.shape, strict=True))
            runs = {(s.name, s.dim) for s in chosen if isinstance(s, Ix)}
            if "no" in chosen or len(dict(runs)) < len(runs):  # no index runs over two sizes
                continue
            view = whole if chosen == (None, None) else pick(whole, *chosen)
            lines = (view, apply("transpose", view)) if self.turns_lines and view.op == "pick" else (view,)
            yield from (line for line in lines if line not in seen)
            seen.update(lines)

    @cached_property
    def turns_lines(self) -> bool:
        """Whether the formulas write a row of a quantity as a column, or the reverse."""
        nodes = (node for formula in self._formulas for node in formula.walk())
        return any(node.op == "transpose" and node.args[0].op == "pick" for node in nodes)

    @cached_property
    def quantities(self) -> tuple[Expr, ...]:
        """All quantities that may be named in a repair; losses and other targets are none of them."""
        targets = {key for target in self.targets for key in variables(target)}
        own = [view for key in self._keys if key not in targets for view in self.views(key)]
        return tuple(dict.fromkeys([*own, *(q for q in self._given if q.op in ("var", "pick"))]))

    @cached_property
    def targets(self) -> tuple[Expr, ...]:
        """What the formulas differentiate, if it is a scalar quantity."""
        found = (n.args[0] for f in (*self._formulas, *self._given) for n in f.derivatives)
        return tuple(dict.fromkeys(t for t in found if _leaf(t).op == "var" and not _leaf(t).free))

    @cached_property
    def gradients(self) -> tuple[Expr, ...]:
        """The derivatives of each target by every quantity it depends on."""
        found: dict[Expr, None] = {}
        for target in self.targets:
            reach = self.program.reach_of(target) - variables(target)
            for key in self._keys:
                if key in reach:
                    found[deriv(target, var(key, self.program.variables[key].shape))] = None
        return tuple(dict.fromkeys([*found, *(q for q in self._given if q.op == "deriv")]))

    @property
    def upstream(self) -> tuple[Expr, ...]:
        """The derivatives by what is computed on the way: with one of them a chain may begin."""
        return tuple(g for g in self.gradients if not self.is_input(g.args[-1]))

    @property
    def named(self) -> tuple[Expr, ...]:
        """Everything that has a name: quantities and gradients."""
        return (*self.quantities, *self.gradients)

    @cached_property
    def slopes(self) -> tuple[Expr, ...]:
        """The derivative of every elementwise function of the program at its argument."""
        found: dict[Expr, None] = {}
        for key in self.program.order:
            for node in self.definitions[key].walk():
                operation = OPERATIONS.get(node.op)
                if operation is None or operation.derivative is None or node.op in ("neg", "identity", "log"):
                    continue
                if len(node.args) == 1 and node.args[0].op == "var":
                    for view in self.views(node.args[0].attr[0]):
                        found[prime(node.op, view, 1, node.attr)] = None
        return tuple(found)

    @cached_property
    def counts(self) -> tuple[Expr, ...]:
        """The size of each named axis as a number, as elaboration writes it."""
        dims = dict.fromkeys(dim for v in self.program.variables.values() for dim in v.shape)
        return tuple(count_of(dim) for dim in dims if isinstance(dim, str) and "*" not in dim)

    @cached_property
    def operations(self) -> frozenset[str]:
        """The operations that the program or the formulas use."""
        return frozenset(node.op for f in (*self.definitions.values(), *self._formulas) for node in f.walk())

    @cached_property
    def multipliers(self) -> tuple[Expr, ...]:
        """What a repair may multiply by, matrices also transposed."""
        shares = tuple(apply("div", num(1), count) for count in self.counts)
        named = (*self.quantities, *self.gradients)
        turned = (apply("transpose", q) for q in named if q.shape != SCALAR)
        inner = inner_derivatives((*self._formulas, *self._given), self.definitions)
        below = (node.args[1] for d in self.definitions.values() for node in d.walk() if node.op == "div")
        told = (n for n in below if not n.free and (n.op == "sqrt" or self.is_input(n)))
        scales = (apply("div", num(1), n) for n in told)
        return tuple(dict.fromkeys([*shares, *scales, *self.slopes, *named, *turned, *inner]))

    @cached_property
    def terms(self) -> tuple[Expr, ...]:
        """What a repair may add."""
        scalars = [q for q in self.quantities if q.shape == SCALAR and q.op == "var" and self.is_input(q)]
        scaled = [
            apply("mul", s, q)
            for s, q in product(scalars, self.quantities)
            if q.shape != SCALAR and q.op == "var" and self.is_input(q)
        ]
        return tuple(dict.fromkeys([*self.quantities, *self.gradients, *scaled]))

    @cached_property
    def speaks_of_gradients(self) -> bool:
        """Whether a formula, not counting the left side, is written with gradients of other quantities."""
        return bool(self._formulas[0].derivatives)

    def is_stepped(self, quantity: Expr) -> bool:
        """Whether a formula, the left side with them, is a step against the gradient by a quantity."""
        sums = (f for f in self._formulas if f.op in ("add", "sub") and f.args[0] == quantity)
        return any(n.op == "deriv" and n.args[1] == quantity for f in sums for n in f.args[1].walk())

    def likely(self, parts: Iterable[Expr]) -> tuple[Expr, ...]:
        """Of the factors or terms that a repair may need, those that a slip may bring in: no gradients."""
        return tuple(part for part in parts if not part.derivatives)

    def are_alike(self, a: Expr, b: Expr) -> bool:
        """Whether one may be written for the other: two values, two gradients, or both of one layer."""
        if self.is_gradient(a) == self.is_gradient(b):
            return True
        value, gradient = (b, a) if self.is_gradient(a) else (a, b)
        of = _leaf(gradient).args[1]
        if value.shape != gradient.shape:
            return False
        return _leaf(value) == of or (self.layer(of) is not None and self.layer(value) == self.layer(of))

    @cached_property
    def _given_nodes(self) -> frozenset[Form]:
        given = (d for d in self.definitions.values() if d not in self._formulas)
        nodes = (n for d in given for n in d.walk())
        return frozenset(canonical(self.opened(n)) for n in nodes if n.op == "sub")

    def is_given(self, difference: Expr) -> bool:
        """Whether a difference stands in the program with its sides this way round."""
        return canonical(self.opened(difference)) in self._given_nodes

    def is_value(self, expr: Expr) -> bool:
        """Whether an expression is a quantity of the program, or entries of one."""
        return expr.op in ("var", "pick") and _leaf(expr).op == "var"

    def is_gradient(self, expr: Expr) -> bool:
        """Whether an expression is a derivative, or entries of one."""
        return expr.op in ("deriv", "pick") and _leaf(expr).op == "deriv"

    def is_input(self, expr: Expr) -> bool:
        """Whether a quantity is given, not computed."""
        leaf = _leaf(expr)
        return leaf.op == "var" and leaf.attr[0] not in self.definitions

    def activation(self, expr: Expr) -> tuple[str, Expr, tuple[Any, ...]] | None:
        """`(f, z, attr)` if an expression is f(z) entry by entry, or a quantity defined so."""
        leaf = _leaf(expr)
        defined = self.definitions.get(leaf.attr[0]) if leaf.op == "var" else None
        applied = expr if defined is None else defined
        operation = OPERATIONS.get(applied.op)
        if operation is None or operation.derivative is None or applied.op == "neg":
            return None
        inner = applied.args[0]
        if defined is not None and expr.op == "pick" and inner.op == "var":
            inner = pick(inner, *expr.attr)
        return applied.op, inner, applied.attr

    def is_activation_or_square(self, expr: Expr) -> bool:
        """Whether an expression is an activation's value, or the square of one."""
        if expr.op == "power" and expr.args[1] == num(2):
            expr = expr.args[0]
        return self.is_value(expr) and self.activation(expr) is not None

    def named_activation(self, op: str, z: Expr) -> Expr | None:
        """The quantity that is defined as f(z), if there is one."""
        leaf = _leaf(z)
        for key, definition in self.definitions.items():
            if definition.op == op and definition.args == (leaf,):
                named = var(key, definition.shape)
                return pick(named, *z.attr) if z.op == "pick" else named
        return None

    def opened(self, expr: Expr, levels: int = 3) -> Expr:
        """The formula with every quantity that only names an activation written as that activation.

        levels  how many activations of activations are written out: a few, for chains of them may be long
        """

        def change(node: Expr) -> Expr | None:
            if node.op == "deriv":
                return node
            if node.op not in ("var", "pick"):
                return None
            found = self.activation(node) if levels else None
            return (
                None if found is None else apply(found[0], self.opened(found[1], levels - 1), attr=found[2])
            )

        return transform(expr, change)

    def is_complemented(self, x: Expr) -> bool:
        """Whether 1 - x stands in the program or the formulas, or x is a sigmoid's value."""
        found = self.activation(x)
        return (found is not None and found[0] == "sigmoid") or apply("sub", num(1), x) in self._parts

    @cached_property
    def _parts(self) -> frozenset[Expr]:
        return frozenset(n for f in (*self.definitions.values(), *self._formulas) for n in f.walk())

    def letter(self, expr: Expr) -> str:
        """A quantity's name without its layer."""
        return _LAYER.sub("", str(_leaf(expr).attr[0]))

    def layer(self, expr: Expr) -> str | None:
        """The layer in a quantity's name."""
        found = _LAYER.search(str(_leaf(expr).attr[0]))
        return None if found is None else next(g for g in found.groups() if g is not None)

    @cached_property
    def _multiplied(self) -> tuple[frozenset[str], frozenset[str]]:
        """The keys that definitions multiply: on the side of the weights, on the side of the data."""
        weights: set[str] = set()
        data: set[str] = set()
        pairs = [
            (_leaf(a), _leaf(b))
            for key in self.program.order
            for node in self.definitions[key].walk()
            if node.op in ("matmul", "mul")
            for a, b in [node.args]
        ]
        for a, b in pairs:
            if a.op != "var" or b.op != "var":
                continue
            weight, datum = (b, a) if self._weighs(b) > self._weighs(a) else (a, b)
            if self.is_input(weight):
                weights.add(weight.attr[0])
                data.add(datum.attr[0])
        return frozenset(weights), frozenset(data)

    def _weighs(self, expr: Expr) -> int:
        """How much a factor looks like a weight: by being given, differentiated by, or named like one."""
        if not self.is_input(expr):
            return 0
        differentiated = any(
            node.op == "deriv" and node.args[1] == expr
            for formula in self._formulas
            for node in formula.walk()
        )
        return 1 + (self.letter(expr) in _WEIGHTS) + 2 * differentiated

    def is_weight(self, expr: Expr) -> bool:
        """Whether a quantity multiplies what flows through the network."""
        leaf = _leaf(expr)
        return leaf.op == "var" and leaf.attr[0] in self._multiplied[0]

    def feeds_layer(self, expr: Expr) -> bool:
        """Whether a quantity is what a weight multiplies: the data or an activation."""
        leaf = _leaf(expr)
        return leaf.op == "var" and leaf.attr[0] in self._multiplied[1]

    @cached_property
    def output_slopes(self) -> frozenset[Expr]:
        """The slopes nearest to the loss: their functions feed no further layer."""
        found: set[Expr] = set()
        for slope in self.slopes:
            named = self.named_activation(slope.attr[0], slope.args[0])
            if named is not None and not self.feeds_layer(named):
                found.add(slope)
        return frozenset(found)


def count_of(dim: Dim) -> Expr:
    """The size of an axis as a scalar expression."""
    return apply("sum", apply("ones", attr=((1, dim),)), attr=(None,))


def is_count(expr: Expr) -> bool:
    """Whether an expression is the size of an axis."""
    return expr.op == "sum" and expr.args[0].op == "ones"


def _leaf(expr: Expr) -> Expr:
    """A quantity below the picks and transposes around it."""
    while expr.op in ("pick", "transpose"):
        expr = expr.args[0]
    return expr


__all__ = ["SCALAR", "Setting", "ShapeError", "count_of", "is_count"]
