"""Reverse mode that writes formulas: a gradient in the names of the program.

The right formula that a person would have written: it stops at named quantities, so σ'(Z) stays σ'(Z) and
A₂ - Y is not written out in the weights. Cotangents are kept unspread (a scalar for an array of equal
entries), so that no arrays of ones appear. Where an operation has no readable adjoint the answer is None:
nothing is judged by this formula, the oracles are elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from gradcheck.calculus.entries import UnreadableError, entry, picked, unindexed, whole_quantities
from gradcheck.calculus.tidy import tidied
from gradcheck.expr.build import (
    apply,
    isum,
    num,
    pick,
    prime,
    rebuild,
    rename_index,
    stack,
    transform,
    variables,
)
from gradcheck.expr.tree import Expr, Ix
from gradcheck.ops import OPERATIONS
from gradcheck.shapes import SCALAR, Shape, ShapeError

MAX_NODES = 400


def gradient(definitions: Mapping[str, Expr], target: Expr, variable: Expr) -> Expr | None:
    """∂target/∂variable as a formula of named quantities, or None where there is no readable one.

    target    a scalar, maybe with free indices
    variable  a quantity, or a pick of one (`a_j^{(i)}`); it is held independent
    returns   an expression of the variable's shape
    """
    try:
        found = _Backward(definitions, variable).run(target)
        if found is None:
            return apply("zeros", attr=(variable.shape,))
        whole = _lettered(tidied(found))
        return tidied(_spread(whole, variable.shape)) if whole.shape != variable.shape else whole
    except (UnreadableError, ShapeError):
        return None


class _Backward:
    """One backward pass over the quantities between target and variable."""

    def __init__(self, definitions: Mapping[str, Expr], variable: Expr) -> None:
        self.definitions = definitions
        self.variable = variable
        self.key: str = _quantity(variable).attr[0]
        self.depends: dict[str, bool] = {self.key: True}
        self.cotangents: dict[Expr, Expr] = {}

    def run(self, target: Expr) -> Expr | None:
        """The cotangent of the variable, None where the target does not depend on it."""
        self.flow(target, num(1), ())
        while True:
            waiting = [q for q in self.cotangents if _quantity(q).attr[0] != self.key]
            if not waiting:
                return self._gathered()
            quantity = max(waiting, key=self._height)
            definition = self._opened(quantity)
            ct = _reduced(tidied(self.cotangents.pop(quantity)), definition.shape)
            paired = _paired(definition, quantity, ct)
            if paired is not None:
                self.flow(definition.args[0], paired, ())
            else:
                self.flow(definition, ct, (), quantity)

    def _gathered(self) -> Expr | None:
        """What has arrived at the variable; entries are taken of what arrived at the whole quantity."""
        total: Expr | None = None
        for quantity, ct in self.cotangents.items():
            if quantity != self.variable:
                if quantity.op != "var":
                    raise UnreadableError
                ct = picked(_spread(tidied(ct), quantity.shape), *self.variable.attr)
            total = ct if total is None else _sum(total, ct, self.variable.shape)
        return total

    def _height(self, quantity: Expr) -> int:
        """How many definitions lie below: what is used by others comes after all of them."""
        return _height(_quantity(quantity).attr[0], self.definitions)

    def _opened(self, quantity: Expr) -> Expr:
        definition = whole_quantities(self.definitions[_quantity(quantity).attr[0]])
        return definition if quantity.op == "var" else entry(definition, *quantity.attr)

    def _depends(self, key: str) -> bool:
        if key not in self.depends:
            self.depends[key] = False
            definition = self.definitions.get(key)
            self.depends[key] = definition is not None and any(map(self._depends, variables(definition)))
        return self.depends[key]

    def flow(self, node: Expr, ct: Expr, bound: tuple[Ix, ...], name: Expr | None = None) -> None:
        """Carry a cotangent (unspread) from a node to the quantities below it.

        bound  the indices that are summed above the node
        name   the quantity that the node defines
        """
        if not any(map(self._depends, variables(node))):
            return
        ct = _reduced(ct, node.shape)
        match node.op:
            case "var":
                self._arrive(node, ct, bound)
            case "pick" if node.args[0].op == "var":
                self._arrive(node, ct, bound)
            case "isum":
                ix, body = _apart(node, ct, bound)
                self.flow(body, ct, (*bound, ix))
            case "stack":
                ix, body = _apart(node, ct, bound)
                selected = (ix, None) if node.attr[1] == 0 else (None, ix)
                one = ct if ct.shape[node.attr[1]] == 1 else picked(ct, *selected)
                self.flow(body, one, (*bound, ix))
            case _:
                for child, part in _parts(node, ct, node if name is None else name):
                    self.flow(child, part, bound)

    def _arrive(self, quantity: Expr, ct: Expr, bound: tuple[Ix, ...]) -> None:
        """Add what flows to a quantity, with the bound indices summed or laid along its axes."""
        ct = _reduced(ct, quantity.shape)
        for ix in reversed(bound):
            picked = quantity.op == "pick" and ix in quantity.attr
            if not picked:
                ct = isum(ct, ix)
                continue
            axis = quantity.attr.index(ix)
            if any(name == ix.name for name, _ in ct.free):
                ct = unindexed(stack(_spread_axis(ct, axis), ix, axis), ix, axis)
            rest = tuple(None if s == ix else s for s in quantity.attr)
            quantity = quantity.args[0] if rest == (None, None) else pick(quantity.args[0], *rest)
        known = self.cotangents.get(quantity)
        total = ct if known is None else _sum(known, ct, quantity.shape)
        if sum(1 for _ in total.walk()) > MAX_NODES:
            raise UnreadableError
        self.cotangents[quantity] = total


def _lettered(expr: Expr) -> Expr:
    """Bound indices as letters that are free for it, since a program names its own by numbers."""
    used = {name for node in expr.walk() for name, _ in node.free}
    letters = (letter for letter in "ijklpqrstuv" if letter not in used)
    names: dict[str, str] = {}

    def change(node: Expr) -> Expr | None:
        if node.op not in ("isum", "stack"):
            return None
        ix: Ix = node.attr[0]
        if ix.name.isalpha():
            return None
        if ix.name not in names:
            names[ix.name] = next(letters, ix.name)
        body = rename_index(transform(node.args[0], change), ix.name, names[ix.name])
        return rebuild(node, (body,), (ix._replace(name=names[ix.name]), *node.attr[1:]))

    return transform(expr, change)


def _apart(node: Expr, ct: Expr, bound: tuple[Ix, ...]) -> tuple[Ix, Expr]:
    """A binder's index, named apart from those in use, and its body."""
    ix: Ix = node.attr[0]
    taken = {name for name, _ in ct.free} | {b.name for b in bound}
    name = ix.name
    while name in taken:
        name += "'"
    return ix._replace(name=name), rename_index(node.args[0], ix.name, name)


def _quantity(expr: Expr) -> Expr:
    return expr.args[0] if expr.op == "pick" else expr


def _height(key: str, definitions: Mapping[str, Expr]) -> int:
    definition = definitions.get(key)
    if definition is None:
        return 0
    return 1 + max((_height(k, definitions) for k in variables(definition)), default=0)


def _sum(a: Expr, b: Expr, shape: Shape) -> Expr:
    """Two cotangents together; where one is spread and the other not, both are."""
    if a.shape != b.shape and SCALAR in (a.shape, b.shape):
        a, b = _spread(a, shape), _spread(b, shape)
    return apply("add", a, b)


def _reduced(ct: Expr, shape: Shape) -> Expr:
    """A cotangent summed over the axes along which its operand was spread."""
    rows = ct.shape[0] != 1 == shape[0]
    columns = ct.shape[1] != 1 == shape[1]
    if rows or columns:
        return apply("sum", ct, attr=(None if rows and columns else 0 if rows else 1,))
    return ct


def _spread(ct: Expr, shape: Shape) -> Expr:
    return ct if ct.shape == shape else apply("mul", ct, apply("ones", attr=(shape,)))


def _spread_axis(ct: Expr, axis: int) -> Expr:
    return ct if ct.shape[axis] == 1 else apply("sum", ct, attr=(axis,))


def _count(ct: Expr, node: Expr) -> Expr:
    """How many entries of the operand each entry of a mean stands for."""
    operand = node.args[0]
    dims = [d for d, kept in zip(operand.shape, node.shape, strict=True) if d != 1 and kept == 1]
    whole = num(1)
    for dim in dims:
        whole = apply("mul", whole, apply("sum", apply("ones", attr=((1, dim),)), attr=(None,)))
    return whole


def _paired(definition: Expr, name: Expr, ct: Expr) -> Expr | None:
    """A - Y, where a loss's cotangent and the output activation's derivative cancel.

    Cross entropy with a sigmoid: (Y/A - (1 - Y)/(1 - A)) σ'(Z) = Y - A; with a softmax over an axis:
    A (Y/A - Σ Y) = Y - A Σ Y. Scalars in front are kept.
    """
    if definition.op not in ("sigmoid", "softmax"):
        return None
    if ct.op == "neg":
        inner = _paired(definition, name, ct.args[0])
        return None if inner is None else _neg(inner)
    if ct.op == "mul" and ct.args[0].shape == SCALAR != ct.args[1].shape:
        inner = _paired(definition, name, ct.args[1])
        return None if inner is None else _mul(ct.args[0], inner)
    if definition.op == "softmax" and ct.op == "div" and ct.args[1] == name:
        return apply("sub", ct.args[0], _mul(name, apply("sum", ct.args[0], attr=definition.attr)))
    if definition.op == "sigmoid" and ct.op == "sub":
        return _logistic_pair(name, *ct.args)
    return None


def _logistic_pair(name: Expr, first: Expr, second: Expr) -> Expr | None:
    """Y - A for Y/A - (1 - Y)/(1 - A), and A - Y for the reverse."""
    for a, b, turned in ((first, second, False), (second, first, True)):
        if a.op == "div" and a.args[1] == name:
            y = a.args[0]
            if b == apply("div", apply("sub", num(1), y), apply("sub", num(1), name)):
                return apply("sub", name, y) if turned else apply("sub", y, name)
    return None


def _parts(node: Expr, ct: Expr, name: Expr) -> Iterator[tuple[Expr, Expr]]:
    """What flows from a node to each operand; raises UnreadableError for an operation without a rule."""
    full = _full_spread(node, ct)
    rule = _RULES.get(node.op)
    if rule is not None:
        yield from zip(node.args, rule(node, full, name), strict=False)
        return
    operation = OPERATIONS.get(node.op)
    if operation is None or operation.derivative is None or len(node.args) != 1:
        raise UnreadableError
    slope = prime(node.op, node.args[0], 1, node.attr)
    yield node.args[0], apply("mul", full, slope)


def _full_spread(node: Expr, ct: Expr) -> Expr:
    """Where an operand was spread, the cotangent has to be there in full to be counted in full."""
    for arg in node.args:
        for axis in (0, 1):
            if arg.shape[axis] == 1 != node.shape[axis] == 1 and node.op in _SPREADING:
                return _spread(ct, node.shape)
    if node.op == "matmul":
        return _spread(ct, node.shape)
    return ct


_SPREADING = {"add", "sub", "mul", "div", "where", "maximum", "minimum", "broadcast"}


def _mul(*factors: Expr) -> Expr:
    whole = factors[0]
    for factor in factors[1:]:
        whole = apply("mul", whole, factor)
    return whole


def _turned(x: Expr) -> Expr:
    return apply("transpose", x)


def _neg(x: Expr) -> Expr:
    return apply("neg", x)


def _power(node: Expr, ct: Expr, name: Expr) -> tuple[Expr, ...]:
    base, exponent = node.args
    if exponent.op != "num":
        raise UnreadableError
    lower = exponent.attr[0] - 1
    slope = base if lower == 1 else apply("power", base, num(lower))
    return (_mul(exponent, ct, slope),)


def _softmax(node: Expr, ct: Expr, name: Expr) -> tuple[Expr, ...]:
    weighted = apply("sum", _mul(_spread(ct, node.shape), name), attr=node.attr)
    return (_mul(name, apply("sub", ct, weighted)),)


def _log_softmax(node: Expr, ct: Expr, name: Expr) -> tuple[Expr, ...]:
    soft = apply("softmax", node.args[0], attr=node.attr)
    return (apply("sub", ct, _mul(soft, apply("sum", _spread(ct, node.shape), attr=node.attr))),)


def _inverse(node: Expr, ct: Expr, name: Expr) -> tuple[Expr, ...]:
    turned = _turned(name)
    return (_neg(apply("matmul", apply("matmul", turned, ct), turned)),)


def _matmul(node: Expr, ct: Expr, name: Expr) -> tuple[Expr, ...]:
    a, b = node.args
    return apply("matmul", ct, _turned(b)), apply("matmul", _turned(a), ct)


def _where(node: Expr, ct: Expr, name: Expr) -> tuple[Expr, ...]:
    condition = node.args[0]
    return (
        apply("zeros", attr=(condition.shape,)),
        _mul(condition, ct),
        _mul(apply("sub", num(1), condition), ct),
    )


_RULES: dict[str, Callable[[Expr, Expr, Expr], tuple[Expr, ...]]] = {
    "add": lambda node, ct, name: (ct, ct),
    "sub": lambda node, ct, name: (ct, _neg(ct)),
    "neg": lambda node, ct, name: (_neg(ct),),
    "identity": lambda node, ct, name: (ct,),
    "mul": lambda node, ct, name: (_mul(ct, node.args[1]), _mul(ct, node.args[0])),
    "div": lambda node, ct, name: (
        apply("div", ct, node.args[1]),
        _neg(_mul(ct, apply("div", node.args[0], apply("power", node.args[1], num(2))))),
    ),
    "matmul": _matmul,
    "transpose": lambda node, ct, name: (_turned(ct),),
    "sum": lambda node, ct, name: (ct,),
    "mean": lambda node, ct, name: (apply("div", ct, _count(ct, node)),),
    "broadcast": lambda node, ct, name: (ct,),
    "power": _power,
    "square": lambda node, ct, name: (_mul(num(2), ct, node.args[0]),),
    "exp": lambda node, ct, name: (_mul(ct, name),),
    "log": lambda node, ct, name: (apply("div", ct, node.args[0]),),
    "sqrt": lambda node, ct, name: (_mul(ct, apply("div", num(1), _mul(num(2), name))),),
    "norm": lambda node, ct, name: (_mul(ct, apply("div", node.args[0], name)),),
    "dot": lambda node, ct, name: (_mul(ct, node.args[1]), _mul(ct, node.args[0])),
    "trace": lambda node, ct, name: (_mul(ct, apply("eye", attr=(node.args[0].shape[0],))),),
    "softmax": _softmax,
    "log_softmax": _log_softmax,
    "logsumexp": lambda node, ct, name: (_mul(ct, apply("softmax", node.args[0], attr=node.attr)),),
    "inverse": _inverse,
    "det": lambda node, ct, name: (_mul(ct, name, _turned(apply("inverse", node.args[0]))),),
    "logdet": lambda node, ct, name: (_mul(ct, _turned(apply("inverse", node.args[0]))),),
    "where": _where,
}
