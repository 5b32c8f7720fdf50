"""GC4xx: derivatives of activations and losses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gradcheck.diagnosis.misconceptions.chain import base_of_slope, under_complement_square
from gradcheck.diagnosis.misconceptions.record import (
    Example,
    ExtraTerm,
    LostTerm,
    Misconception,
    Rename,
    Rewrite,
)

if TYPE_CHECKING:
    from gradcheck.diagnosis.setting import Setting
    from gradcheck.diagnosis.site import Site
    from gradcheck.expr.forms.tree import Expr

_FUNCTIONS = ("sigmoid", "tanh", "relu", "softplus")


def _one_minus(site: Site, x: Expr | None) -> Expr | None:
    return site.make("sub", site.number(1), x)


def _times_complement(site: Site, x: Expr | None) -> Expr | None:
    return site.make("mul", x, _one_minus(site, x))


def _slope_of_slope(site: Site) -> Iterator[Expr | None]:
    """σ(1 - σ), or σ' itself, becomes σ'(1 - σ')."""
    node = site.node
    base = base_of_slope(node)
    found = site.setting.activation(base) if base is not None else None
    if node.op == "prime" and node.attr[1] == 1:
        found = node.attr[0], node.args[0], node.attr[2:]
    if found is not None and found[0] == "sigmoid":
        op, z, attr = found
        yield _times_complement(site, site.slope(op, z, 1, attr))


def _undo_slope_of_slope(site: Site) -> Iterator[Expr | None]:
    base = base_of_slope(site.node)
    if base is not None and base.op == "prime":
        op, _, *attr = base.attr
        yield _times_complement(site, site.make(op, base.args[0], attr=tuple(attr)))
        yield _times_complement(site, site.setting.named_activation(op, base.args[0]))
    if site.node.op == "prime" and _has_complement_of(site.root, site.node):
        op, _, *attr = site.node.attr
        yield site.make(op, site.node.args[0], attr=tuple(attr))


def _has_complement_of(root: Expr, slope: Expr) -> bool:
    """Whether 1 - σ' stands anywhere in a formula, so that σ' itself was meant as σ."""
    return any(n.op == "sub" and n.args[0].op == "num" and n.args[1] == slope for n in root.walk())


def _slope_to_value(site: Site) -> Iterator[Expr | None]:
    node = site.node
    if node.op == "prime" and node.attr[0] != "relu":
        op, _, *attr = node.attr
        yield site.make(op, node.args[0], attr=tuple(attr))
    yield base_of_slope(node)


def _value_to_slope(site: Site) -> Iterator[Expr | None]:
    found = site.setting.activation(site.node)
    if found is not None and found[0] != "relu":
        op, z, attr = found
        yield site.slope(op, z, 1, attr)


def _other_functions_slope(site: Site) -> Iterator[Expr | None]:
    node = site.node
    if node.op == "prime":
        yield from (site.slope(op, node.args[0]) for op in _FUNCTIONS if op != node.attr[0])
    base = base_of_slope(node)
    if base is not None:
        yield _one_minus(site, site.make("power", base, site.number(2)))
    base = under_complement_square(node)
    if base is not None:
        yield _times_complement(site, base)


def _functions_own_slope(site: Site) -> Iterator[Expr | None]:
    """Back to the derivative of a function that the program uses."""
    used = {slope.attr[0] for slope in site.setting.slopes}
    for new in _other_functions_slope(site):
        if new is not None and (new.op != "prime" or new.attr[0] in used):
            yield new


def _is_preactivation(setting: Setting, right: Expr, wrong: Expr) -> bool:
    found = setting.activation(right)
    return right.op in ("var", "pick") and found is not None and found[1] == wrong


def _all_to_preactivation(site: Site) -> Iterator[Expr | None]:
    base = base_of_slope(site.node)
    found = site.setting.activation(base) if base is not None else None
    if found is not None:
        yield _times_complement(site, found[1])


def _all_to_activation(site: Site) -> Iterator[Expr | None]:
    base = base_of_slope(site.node)
    if base is None or base.op not in ("var", "pick"):
        return
    for slope in site.setting.slopes:
        if slope.args[0] == base:
            yield _times_complement(site, site.setting.named_activation(slope.attr[0], base))
            yield _times_complement(site, site.make(slope.attr[0], base, attr=slope.attr[2:]))


def _drop_square(site: Site) -> Iterator[Expr | None]:
    base = under_complement_square(site.node)
    if base is not None:
        yield _one_minus(site, base)
        yield site.make("power", _one_minus(site, base), site.number(2))
    if site.node.op == "prime" and site.node.attr[:2] == ("tanh", 1):
        yield _one_minus(site, site.make("tanh", site.node.args[0]))


def _restore_square(site: Site) -> Iterator[Expr | None]:
    node = site.node
    if node.op == "power" and node.args[0].op == "sub" and node.args[0].args[0] == site.number(1):
        yield _one_minus(site, site.make("power", node.args[0].args[1], node.args[1]))
    elif node.op == "sub" and node.args[0] == site.number(1) and node.args[1].op not in ("power", "square"):
        yield _one_minus(site, site.make("power", node.args[1], site.number(2)))


def _relu_for_step(site: Site) -> Iterator[Expr | None]:
    node = site.node
    if (node.op == "prime" and node.attr[:2] == ("relu", 1)) or node.op == "step":
        yield site.make("relu", node.args[0])


def _step_for_relu(site: Site) -> Iterator[Expr | None]:
    found = site.setting.activation(site.node)
    if found is not None and found[0] == "relu":
        yield site.slope("relu", found[1])


def _diagonal_only(site: Site) -> Iterator[Expr | None]:
    """diag(s) - s sᵀ becomes diag(s(1 - s)) or diag(s); s ⊙ (g - Σ g s) becomes s ⊙ g ⊙ (1 - s)."""
    node = site.node
    if node.op == "sub" and node.args[0].op == "diag" and node.args[1].op == "matmul":
        s = node.args[0].args[0]
        yield site.make("diag", _times_complement(site, s))
        yield node.args[0]
    if node.op == "mul" and node.args[1].op == "sub" and node.args[1].args[1].op == "sum":
        s, (g, _) = node.args[0], node.args[1].args
        yield site.make("mul", g, _times_complement(site, s))


def _all_terms(site: Site) -> Iterator[Expr | None]:
    """The reverse of `_diagonal_only`, for a softmax over the rows."""
    node = site.node
    if node.op == "diag" and (site.parent is None or site.parent.op != "sub"):
        base = base_of_slope(node.args[0]) or node.args[0]
        yield site.make("sub", site.make("diag", base), site.make("matmul", base, site.turned(base)))
    if node.op == "mul":
        for g, slope in (node.args, node.args[::-1]):
            s = base_of_slope(slope)
            if s is not None:
                weighted = site.make("sum", site.make("mul", g, s), attr=(0,))
                yield site.make("mul", s, site.make("sub", g, weighted))


def _mentions_complement(node: Expr) -> bool:
    return any(n.op == "sub" and n.args[0].op == "num" and n.args[0].attr[0] == 1 for n in node.walk())


def _is_two_sided(node: Expr) -> bool:
    """Whether a sum is of the kind y log a + (1 - y) log(1 - a), or its derivative."""
    if node.op not in ("add", "sub"):
        return False
    a, b = node.args
    kinds = {n.op for n in node.walk()} & {"log", "div", "reciprocal"}
    return bool(kinds) and _mentions_complement(b) != _mentions_complement(a)


def _turn_two_sided(site: Site) -> Iterator[Expr | None]:
    node = site.node
    if _is_two_sided(node):
        a, b = node.args
        yield site.make("sub" if node.op == "add" else "add", a, b)
        if a.op == "neg":
            yield site.make(node.op, a.args[0], b)
        else:
            yield site.make(node.op, site.make("neg", a), b)


def _lose_side(site: Site) -> Iterator[Expr | None]:
    yield from _turn_two_sided(site)
    if _is_two_sided(site.node):
        yield site.node.args[0]
        yield site.node.args[1] if site.node.op == "add" else site.make("neg", site.node.args[1])


def _is_penalty(setting: Setting, term: Expr) -> bool:
    """Whether an addend is a multiple of parameters alone, with a scalar in it."""
    quantities = [n for n in term.walk() if n.op == "var"]
    scalars = [q for q in quantities if q.shape == (1, 1)]
    return (
        term.op in ("mul", "div")
        and bool(scalars)
        and len(quantities) > len(scalars)
        and all(setting.is_input(q) for q in quantities)
    )


def _collapse_denominator(site: Site) -> Iterator[Expr | None]:
    base = base_of_slope(site.node)
    if base is not None:
        yield site.make("sub", base, base)


def _restore_denominator(site: Site) -> Iterator[Expr | None]:
    if site.node.op == "sub" and site.node.args[0] == site.node.args[1]:
        yield _times_complement(site, site.node.args[0])


ACTIVATIONS = (
    Misconception(
        code="GC401",
        name="sigmoid-prime-for-sigmoid",
        meaning="the derivative of the sigmoid is written with σ' where σ belongs: σ' = σ(1 - σ)",
        cause="the prime is carried from the left side of the formula to its right side",
        sign="σ'(1 - σ') would need σ' to be known already",
        example=Example(r"\sigma'(z) = \sigma(z)(1 - \sigma(z))", r"\sigma'(z) = \sigma'(z)(1 - \sigma'(z))"),
        tags=("sigmoid", "prime", "derivative"),
        edits=(Rewrite(_slope_of_slope, _undo_slope_of_slope),),
    ),
    Misconception(
        code="GC402",
        name="activation-for-derivative",
        meaning="the activation stands where its derivative belongs",
        cause="the prime is lost, or the forward pass is copied",
        sign="going back, an activation multiplies by its derivative, never by its value",
        example=Example(r"dZ_1 = dA_1 \odot \sigma'(Z_1)", r"dZ_1 = dA_1 \odot \sigma(Z_1)"),
        tags=("activation", "prime", "derivative"),
        edits=(Rewrite(_slope_to_value, _value_to_slope),),
    ),
    Misconception(
        code="GC403",
        name="wrong-activation-derivative",
        meaning="the derivative of another activation is used",
        cause="a formula is taken from a network with another activation",
        sign="look up the activation in the forward pass: a(1 - a) is for the sigmoid, 1 - a² for tanh",
        example=Example(r"\tanh'(z) = 1 - a^2", r"\tanh'(z) = a(1 - a)"),
        tags=("activation", "sigmoid", "tanh", "relu", "derivative"),
        edits=(Rewrite(_other_functions_slope, _functions_own_slope),),
    ),
    Misconception(
        code="GC404",
        name="preactivation-for-activation",
        meaning="the input of an activation stands where its output belongs: z for a",
        cause="σ'(z) is a function of z, but its formula a(1 - a) is written in a",
        sign="put in a number: with z = 0 the sigmoid has slope 1/4, z(1 - z) gives 0",
        example=Example(r"\sigma'(z) = a(1 - a)", r"\sigma'(z) = z(1 - z)"),
        tags=("activation", "preactivation", "z", "a"),
        edits=(Rewrite(_all_to_preactivation, _all_to_activation), Rename(_is_preactivation)),
    ),
    Misconception(
        code="GC405",
        name="tanh-derivative-power",
        meaning="the square in 1 - tanh² is lost or in the wrong place",
        cause="it is mixed up with 1 - σ from the sigmoid",
        sign="at z = 0 the slope of tanh is 1, and it is even in z",
        example=Example(r"\tanh'(z) = 1 - a^2", r"\tanh'(z) = 1 - a"),
        tags=("tanh", "square", "power"),
        edits=(Rewrite(_drop_square, _restore_square),),
    ),
    Misconception(
        code="GC406",
        name="relu-for-its-derivative",
        meaning="ReLU itself stands where its derivative, 0 or 1, belongs",
        cause="max(0, z) is remembered, its derivative is the step 1[z > 0]",
        sign="a slope of ReLU is never anything but 0 or 1",
        example=Example(r"dZ_1 = dA_1 \odot \mathbb{1}[Z_1 > 0]", r"dZ_1 = dA_1 \odot \max(0, Z_1)"),
        tags=("relu", "step", "derivative"),
        edits=(Rewrite(_relu_for_step, _step_for_relu),),
    ),
    Misconception(
        code="GC407",
        name="softmax-diagonal-only",
        meaning="the softmax is differentiated as if each output depended on its own input only",
        cause="the sigmoid's s(1 - s) is carried over; a softmax divides by a sum that holds every input",
        sign="raise one input: all outputs change, so there are terms -s_i s_j",
        example=Example(
            r"\frac{\partial s}{\partial z} = \operatorname{diag}(s) - s s^{\top}",
            r"\frac{\partial s}{\partial z} = \operatorname{diag}(s \odot (1 - s))",
        ),
        tags=("softmax", "jacobian", "diagonal"),
        edits=(Rewrite(_diagonal_only, _all_terms),),
    ),
    Misconception(
        code="GC408",
        name="cross-entropy-term",
        meaning="one side of the two-sided cross entropy has the wrong sign or is left out",
        cause="the minus in front of the bracket and the one of the inner derivative of 1 - a are mixed up",
        sign="for y = 1 only the first term may be left, for y = 0 only the second",
        example=Example(
            r"\frac{\partial L}{\partial a} = -\frac{y}{a} + \frac{1-y}{1-a}",
            r"\frac{\partial L}{\partial a} = -\frac{y}{a} - \frac{1-y}{1-a}",
        ),
        tags=("cross entropy", "loss", "sign"),
        edits=(Rewrite(_lose_side, _turn_two_sided),),
    ),
    Misconception(
        code="GC409",
        name="regulariser",
        meaning="the regulariser's gradient is missing, or stands where the parameter is not regularised",
        cause="the penalty is added to the loss and forgotten in the gradient, or put on the bias too",
        sign="differentiate each term of the loss by itself",
        example=Example(r"dW = dZ A^{\top} + \lambda W", r"dW = dZ A^{\top}"),
        tags=("weight decay", "penalty", "L2", "lambda"),
        edits=(LostTerm(_is_penalty), ExtraTerm(_is_penalty)),
    ),
    Misconception(
        code="GC410",
        name="zero-denominator",
        meaning="a difference that is always zero stands in a denominator: t - t for t(1 - t)",
        cause="the bracket of t(1 - t) is lost in copying",
        sign="read the denominator by itself",
        example=Example(r"\frac{t - y}{t(1 - t)}", r"\frac{t - y}{t - t}"),
        tags=("denominator", "zero", "cross entropy"),
        edits=(Rewrite(_collapse_denominator, _restore_denominator),),
        headline="a denominator is zero: `{wrong}` stands where `{right}` belongs",
    ),
)
