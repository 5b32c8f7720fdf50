"""Small right derivations as expressions: what the slips are put into.

Each program has its claims: a target, a variable, and the right formula the way a textbook writes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from gradcheck.calculus import Bench, Program, Variable
from gradcheck.expr.forms.build import apply, deriv, isum, num, pick, prime, stack, var
from gradcheck.expr.forms.tree import Expr, Ix

SEED = 0


@dataclass(frozen=True)
class Claim:
    """`left = right`, which is true."""

    name: str
    left: Expr
    right: Expr


@dataclass(frozen=True)
class Derivation:
    """A program with true claims about its gradients."""

    name: str
    program: Program
    claims: tuple[Claim, ...]

    @cached_property
    def bench(self) -> Bench:
        """The program at its sample points."""
        return Bench(self.program, seed=SEED)


def mm(a: Expr, b: Expr) -> Expr:
    """Matrix product."""
    return apply("matmul", a, b)


def tr(a: Expr) -> Expr:
    """Transpose."""
    return apply("transpose", a)


def mul(a: Expr, b: Expr, *more: Expr) -> Expr:
    """Product of entries."""
    product = apply("mul", a, b)
    return mul(product, *more) if more else product


def add(a: Expr, b: Expr) -> Expr:
    """Sum of entries."""
    return apply("add", a, b)


def sub(a: Expr, b: Expr) -> Expr:
    """Difference of entries."""
    return apply("sub", a, b)


def total(a: Expr, axis: int | None = None) -> Expr:
    """Sum over an axis, or of all entries."""
    return apply("sum", a, attr=(axis,))


def share(dim: str) -> Expr:
    """One over the size of an axis."""
    return apply("div", num(1), total(apply("ones", attr=((1, dim),))))


def square(a: Expr) -> Expr:
    """Each entry squared."""
    return apply("power", a, num(2))


def derivation(
    name: str, definitions: dict[Expr, Expr], inputs: dict[Expr, str], claims: dict[Expr, Expr], loss: Expr
) -> Derivation:
    """Put together from quantities; `claims` maps a variable to the right gradient."""
    quantities = {**dict.fromkeys(definitions, "real"), **inputs}
    variables = {q.attr[0]: Variable(q.attr[0], q.shape, q.attr[0], d) for q, d in quantities.items()}
    program = Program(variables, {q.attr[0]: formula for q, formula in definitions.items()})
    listed = tuple(Claim(f"d{q.attr[0]}", deriv(loss, q), right) for q, right in claims.items())
    return Derivation(name, program, listed)


X, Y = var("X", ("n_0", "m")), var("Y", ("n_2", "m"))
W1, B1 = var("W^{[1]}", ("n_1", "n_0")), var("b^{[1]}", ("n_1", 1))
W2, B2 = var("W^{[2]}", ("n_2", "n_1")), var("b^{[2]}", ("n_2", 1))
Z1, A1 = var("Z^{[1]}", ("n_1", "m")), var("A^{[1]}", ("n_1", "m"))
Z2, A2 = var("Z^{[2]}", ("n_2", "m")), var("A^{[2]}", ("n_2", "m"))
L = var("L", (1, 1))
M = share("m")


def two_layers(name: str, hidden: str, slope: Expr, output: str, loss: Expr, error: Expr) -> Derivation:
    """A network with one hidden layer; `error` is the gradient of the loss by Z2 without the mean."""
    back = mul(mm(tr(W2), error), slope)
    definitions = {
        Z1: add(mm(W1, X), B1),
        A1: apply(hidden, Z1),
        Z2: add(mm(W2, A1), B2),
        A2: Z2 if output == "identity" else apply(output, Z2, attr=(0,) if output == "softmax" else ()),
        L: loss,
    }
    claims = {
        W2: mul(M, mm(error, tr(A1))),
        B2: mul(M, total(error, 1)),
        Z1: mul(M, back),
        W1: mul(M, mm(back, tr(X))),
        B1: mul(M, total(back, 1)),
    }
    domain = {"sigmoid": "binary", "softmax": "onehot"}.get(output, "real")
    inputs = {X: "real", Y: domain, W1: "real", B1: "real", W2: "real", B2: "real"}
    return derivation(name, definitions, inputs, claims, L)


def squared_error(prediction: Expr) -> Expr:
    """1/(2m) times the sum of squared residuals."""
    return mul(apply("div", M, num(2)), total(square(sub(prediction, Y))))


def cross_entropy() -> Expr:
    """The two-sided cross entropy of A2, a mean over samples."""
    one = num(1)
    sides = add(mul(Y, apply("log", A2)), mul(sub(one, Y), apply("log", sub(one, A2))))
    return apply("neg", mul(M, total(sides)))


def complement(a: Expr) -> Expr:
    """a (1 - a)."""
    return mul(a, sub(num(1), a))


def regression() -> Derivation:
    """Squared error, sigmoid hidden layer."""
    return two_layers(
        "regression", "sigmoid", prime("sigmoid", Z1), "identity", squared_error(A2), sub(A2, Y)
    )


def classification() -> Derivation:
    """Cross entropy, sigmoid hidden layer written as a(1 - a)."""
    return two_layers("classification", "sigmoid", complement(A1), "sigmoid", cross_entropy(), sub(A2, Y))


def relu() -> Derivation:
    """Cross entropy, ReLU hidden layer."""
    return two_layers("relu", "relu", prime("relu", Z1), "sigmoid", cross_entropy(), sub(A2, Y))


def tanh() -> Derivation:
    """Squared error through a sigmoid output, tanh hidden layer written as 1 - a²."""
    error = mul(sub(A2, Y), prime("sigmoid", Z2))
    return two_layers("tanh", "tanh", sub(num(1), square(A1)), "sigmoid", squared_error(A2), error)


def softmax() -> Derivation:
    """Softmax output with its cross entropy."""
    loss = apply("neg", mul(M, total(mul(Y, apply("log", A2)))))
    return two_layers("softmax", "tanh", prime("tanh", Z1), "softmax", loss, sub(A2, Y))


def regularised() -> Derivation:
    """Squared error of one linear layer with weight decay."""
    rate, w = var("\\lambda", (1, 1)), var("W", ("n_2", "n_0"))
    b, z = var("b", ("n_2", 1)), var("Z", ("n_2", "m"))
    penalty = mul(apply("div", rate, num(2)), total(square(w)))
    definitions = {z: add(mm(w, X), b), L: add(squared_error(z), penalty)}
    claims = {
        w: add(mul(M, mm(sub(z, Y), tr(X))), mul(rate, w)),
        b: mul(M, total(sub(z, Y), 1)),
    }
    return derivation(
        "regularised", definitions, {X: "real", Y: "real", w: "real", b: "real", rate: "positive"}, claims, L
    )


def residual() -> Derivation:
    """A layer with a skip connection: two paths to the input."""
    w, h, z, x = (
        var("W", ("n_2", "n_2")),
        var("H", ("n_2", "m")),
        var("Z", ("n_2", "m")),
        var("X", ("n_2", "m")),
    )
    definitions = {z: mm(w, x), h: add(x, apply("tanh", z)), L: mul(M, total(square(sub(h, Y))))}
    error = mul(num(2), M, sub(h, Y))
    local = mul(error, prime("tanh", z))
    claims = {x: add(error, mm(tr(w), local)), w: mm(local, tr(x))}
    return derivation("residual", definitions, {x: "real", Y: "real", w: "real"}, claims, L)


def per_unit() -> Derivation:
    """The two-layer network unit by unit: sums over samples, no matrices."""
    i = Ix("i", "m")
    x, y = var("x", (1, "m")), var("y", (1, "m"))
    w1, b1, w2, b2 = (var(key, (1, 1)) for key in ("w_1", "b_1", "w_2", "b_2"))
    z1, a1, z2, a2 = (var(key, (1, "m")) for key in ("z_1", "a_1", "z_2", "a_2"))

    def at(q: Expr) -> Expr:
        return pick(q, None, i)

    definitions = {
        z1: stack(add(mul(w1, at(x)), b1), i, 1),
        a1: stack(apply("sigmoid", at(z1)), i, 1),
        z2: stack(add(mul(w2, at(a1)), b2), i, 1),
        a2: stack(at(z2), i, 1),
        L: mul(apply("div", M, num(2)), isum(square(sub(at(a2), at(y))), i)),
    }
    error = sub(at(a2), at(y))
    back = mul(error, w2, complement(at(a1)))
    claims = {
        w2: mul(M, isum(mul(error, at(a1)), i)),
        b2: mul(M, isum(error, i)),
        w1: mul(M, isum(mul(back, at(x)), i)),
        b1: mul(M, isum(back, i)),
    }
    return derivation("per-unit", definitions, dict.fromkeys((x, y, w1, b1, w2, b2), "real"), claims, L)


def single_sample() -> Derivation:
    """One sample, one unit per layer: the chain rule in numbers."""
    x, y, w1, b1, w2, b2, z1, a1, z2, a2 = (
        var(key, (1, 1)) for key in ("x", "y", "w_1", "b_1", "w_2", "b_2", "z_1", "a_1", "z_2", "a_2")
    )
    definitions = {
        z1: add(mul(w1, x), b1),
        a1: apply("sigmoid", z1),
        z2: add(mul(w2, a1), b2),
        a2: apply("sigmoid", z2),
        L: square(sub(a2, y)),
    }
    error = mul(num(2), sub(a2, y), complement(a2))
    back = mul(error, w2, complement(a1))
    claims = {
        w2: mul(error, a1),
        b2: error,
        a1: mul(error, w2),
        w1: mul(back, x),
        b1: back,
    }
    return derivation("single-sample", definitions, dict.fromkeys((x, y, w1, b1, w2, b2), "real"), claims, L)


def square_matrices() -> Derivation:
    """One linear layer with as many units and samples as inputs: no shape tells a slip."""
    w, x, y, z = (var(key, ("n", "n")) for key in ("W", "X", "Y", "Z"))
    definitions = {z: mm(w, x), L: total(mul(square(sub(z, y)), apply("tanh", z)))}
    local = add(
        mul(num(2), sub(z, y), apply("tanh", z)),
        mul(square(sub(z, y)), prime("tanh", z)),
    )
    dz = deriv(L, z)
    claims = {z: local, w: mm(dz, tr(x)), x: mm(tr(w), dz)}
    return derivation("square-matrices", definitions, dict.fromkeys((w, x, y), "real"), claims, L)


def output_derivative() -> Derivation:
    """The derivative of the cross entropy by its probability."""
    one, a, y = num(1), var("A", ("n_2", "m")), var("Y", ("n_2", "m"))
    sides = add(mul(y, apply("log", a)), mul(sub(one, y), apply("log", sub(one, a))))
    claims = {
        a: mul(M, add(apply("neg", apply("div", y, a)), apply("div", sub(one, y), sub(one, a)))),
    }
    inputs = {a: "probability", y: "binary"}
    return derivation("output-derivative", {L: apply("neg", mul(M, total(sides)))}, inputs, claims, L)


def quotient() -> Derivation:
    """A quotient of two linear functions, entry by entry."""
    x, u, v = (var(key, ("n", 1)) for key in ("x", "u", "v"))
    above, below = mul(u, x), add(mul(v, x), num(1))
    definitions = {L: total(apply("div", above, below))}
    slope = apply("div", sub(mul(u, below), mul(above, v)), square(below))
    return derivation("quotient", definitions, dict.fromkeys((x, u, v), "positive"), {x: slope}, L)


def scaling() -> Derivation:
    """A scale and a shift spread over the samples, which are the rows."""
    x, y = var("X", ("m", "n")), var("Y", ("m", "n"))
    scale, shift, out = var("\\gamma", (1, "n")), var("\\beta", (1, "n")), var("Z", ("m", "n"))
    definitions = {out: add(mul(scale, x), shift), L: mul(M, total(square(sub(out, y))))}
    error = mul(num(2), M, sub(out, y))
    claims = {scale: total(mul(error, x), 0), shift: total(error, 0)}
    return derivation("scaling", definitions, dict.fromkeys((x, y, scale, shift), "real"), claims, L)


def softmax_jacobian() -> Derivation:
    """One column of the Jacobian of a softmax."""
    z, s, g = var("z", ("n", 1)), var("s", ("n", 1)), var("g", ("n", 1))
    definitions = {s: apply("softmax", z, attr=(0,)), L: total(mul(g, s))}
    jacobian = sub(apply("diag", s), mm(s, tr(s)))
    claims = {z: mm(jacobian, g)}
    return derivation("softmax-jacobian", definitions, {z: "real", g: "real"}, claims, L)


def by_entries() -> Derivation:
    """Gradients of a square layer entry by entry."""
    i, j, k = Ix("i", "m"), Ix("j", "n"), Ix("k", "n")
    w, b, x, y = var("w", ("n", "n")), var("b", ("n", 1)), var("x", ("n", "m")), var("y", ("n", "m"))
    z, a = var("z", ("n", "m")), var("a", ("n", "m"))
    definitions = {
        z: add(mm(w, x), b),
        a: apply("sigmoid", z),
        L: mul(apply("div", num(1), num(2)), total(square(sub(a, y)))),
    }
    made = derivation("by-entries", definitions, dict.fromkeys((w, b, x, y), "real"), {}, L)
    delta = mul(sub(pick(a, j, i), pick(y, j, i)), prime("sigmoid", pick(z, j, i)))
    claims = (
        Claim("dw_jk", pick(deriv(L, w), j, k), isum(mul(delta, pick(x, k, i)), i)),
        Claim("db_j", pick(deriv(L, b), j, None), isum(delta, i)),
        Claim("dx_ki", pick(deriv(L, x), k, i), isum(mul(pick(w, j, k), delta), j)),
    )
    return Derivation("by-entries", made.program, claims)


def recurrent() -> Derivation:
    """A filter that looks one step back."""
    t = Ix("t", "T")
    w, s, y, z = var("w", (1, 1)), var("s", (1, "T")), var("y", (1, "T")), var("z", (1, "T"))
    before = pick(s, None, t._replace(shift=-1))
    definitions = {
        z: stack(apply("tanh", mul(w, before)), t, 1),
        L: mul(apply("div", num(1), num(2)), total(square(sub(z, y)))),
    }
    made = derivation("recurrent", definitions, dict.fromkeys((w, s, y), "real"), {}, L)
    local = mul(sub(pick(z, None, t), pick(y, None, t)), prime("tanh", mul(w, before)))
    claim = Claim("dw", deriv(L, w), isum(mul(local, before), t))
    return Derivation("recurrent", made.program, (claim,))


def update() -> Derivation:
    """Steps of gradient descent."""
    base, rate = regression(), var("\\alpha", (1, 1))
    quantities = {**base.program.variables, "\\alpha": Variable("\\alpha", (1, 1), "\\alpha", "positive")}
    steps = {q: sub(q, mul(rate, deriv(L, q))) for q in (W1, B1, W2, B2)}
    claims = tuple(Claim(f"{q.attr[0]} after a step", step, step) for q, step in steps.items())
    return Derivation("update", Program(quantities, base.program.definitions), claims)


def derivations() -> Iterator[Derivation]:
    """All of them."""
    for make in (
        regression, classification, relu, tanh, softmax, regularised, residual, per_unit, single_sample,
        square_matrices, output_derivative, quotient, scaling, softmax_jacobian, by_entries, recurrent,
        update,
    ):  # fmt: skip
        yield make()
