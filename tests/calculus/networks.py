"""Two-layer networks and their gradients, built by hand as expressions."""

from __future__ import annotations

from dataclasses import dataclass

from gradcheck.calculus import Bench, Program, Variable
from gradcheck.expr.forms.build import apply, num, prime, var
from gradcheck.expr.forms.tree import Expr
from gradcheck.shapes import Dim, Shape

SIZES = {"n_0": 2}


@dataclass(frozen=True)
class Network:
    """A program, its quantities as expressions, and the right gradient of `L` by each."""

    program: Program
    quantities: dict[str, Expr]
    gradients: dict[str, Expr]

    def __getitem__(self, key: str) -> Expr:
        return self.quantities[key]

    def bench(self, seed: int = 0) -> Bench:
        return Bench(self.program, SIZES, seed)


def add(*xs: Expr) -> Expr:
    return _chain("add", xs)


def mul(*xs: Expr) -> Expr:
    return _chain("mul", xs)


def mat(*xs: Expr) -> Expr:
    return _chain("matmul", xs)


def _chain(op: str, xs: tuple[Expr, ...]) -> Expr:
    out = xs[0]
    for x in xs[1:]:
        out = apply(op, out, x)
    return out


def sub(x: Expr, y: Expr) -> Expr:
    return apply("sub", x, y)


def t(x: Expr) -> Expr:
    return apply("transpose", x)


def total(x: Expr, axis: int | None = None) -> Expr:
    return apply("sum", x, attr=(axis,))


def count(dim: Dim) -> Expr:
    return total(apply("ones", attr=((1, dim),)))


def one_over(x: Expr) -> Expr:
    return apply("div", num(1), x)


def cross_entropy(a: Expr, y: Expr) -> Expr:
    """Binary cross entropy of each entry."""
    right = mul(y, apply("log", a))
    wrong = mul(sub(num(1), y), apply("log", sub(num(1), a)))
    return apply("neg", add(right, wrong))


def program(
    shapes: dict[str, Shape], definitions: dict[str, Expr], domains: dict[str, str] | None = None
) -> Program:
    """A program whose quantities are written by their keys."""
    chosen = domains or {}
    variables = {k: Variable(k, shape, k, chosen.get(k, "real")) for k, shape in shapes.items()}
    return Program(variables, definitions)


def two_layer(hidden: str = "sigmoid", loss: str = "cross entropy") -> Network:
    """Z1 = W1 X + b1, A1 = g(Z1), Z2 = W2 A1 + b2; classification by a sigmoid, or regression."""
    n0, n1, n2, m = "n_0", "n_1", 1, "m"
    shapes: dict[str, Shape] = {
        "X": (n0, m), "Y": (n2, m), "W1": (n1, n0), "b1": (n1, 1), "W2": (n2, n1), "b2": (n2, 1),
        "Z1": (n1, m), "A1": (n1, m), "Z2": (n2, m), "A2": (n2, m), "losses": (n2, m), "L": (1, 1),
    }  # fmt: skip
    v = {key: var(key, shape) for key, shape in shapes.items()}
    classifies = loss == "cross entropy"
    squares = apply("square", sub(v["A2"], v["Y"]))
    definitions = {
        "Z1": add(mat(v["W1"], v["X"]), v["b1"]),
        "A1": apply(hidden, v["Z1"]),
        "Z2": add(mat(v["W2"], v["A1"]), v["b2"]),
        "A2": apply("sigmoid" if classifies else "identity", v["Z2"]),
        "losses": cross_entropy(v["A2"], v["Y"]) if classifies else squares,
        "L": mul(one_over(count(m)), total(v["losses"])),
    }
    factor = mul(num(1 if classifies else 2), one_over(count(m)))
    d_z2 = mul(factor, sub(v["A2"], v["Y"]))
    d_z1 = mul(mat(t(v["W2"]), d_z2), prime(hidden, v["Z1"]))
    gradients = {
        "Z2": d_z2,
        "W2": mat(d_z2, t(v["A1"])),
        "b2": total(d_z2, 1),
        "A1": mat(t(v["W2"]), d_z2),
        "Z1": d_z1,
        "W1": mat(d_z1, t(v["X"])),
        "b1": total(d_z1, 1),
        "X": mat(t(v["W1"]), d_z1),
    }
    domains = {"Y": "binary"} if classifies else {}
    return Network(program(shapes, definitions, domains), v, gradients)
