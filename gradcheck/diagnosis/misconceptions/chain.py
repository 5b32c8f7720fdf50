"""GC3xx: factors and terms that the chain rule asks for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from gradcheck.diagnosis.misconceptions.powers import break_power, mend_power
from gradcheck.diagnosis.misconceptions.record import (
    Example,
    ExtraFactor,
    ExtraTerm,
    LostFactor,
    LostTerm,
    Misconception,
    Rewrite,
)
from gradcheck.expr.forms.tree import Ix

if TYPE_CHECKING:
    from gradcheck.diagnosis.setting import Setting
    from gradcheck.diagnosis.site import Site
    from gradcheck.expr.forms.tree import Expr


def base_of_slope(node: Expr) -> Expr | None:
    """a of a(1 - a), the shape of a sigmoid's derivative."""
    if node.op == "mul":
        for a, b in (node.args, node.args[::-1]):
            if b.op == "sub" and b.args[0].op == "num" and b.args[0].attr[0] == 1 and b.args[1] == a:
                return a
    return None


def under_complement_square(node: Expr) -> Expr | None:
    """a of 1 - a², the shape of a hyperbolic tangent's derivative."""
    if node.op != "sub" or node.args[0].op != "num" or node.args[0].attr[0] != 1:
        return None
    return under_square(node.args[1])


def _activated(setting: Setting, factor: Expr) -> tuple[str, Expr, tuple[Any, ...]] | None:
    """The activation whose slope a factor is, written out as a(1 - a) or, of a tanh, as 1 - a²."""
    base = base_of_slope(factor)
    if base is not None:
        return setting.activation(base)
    base = under_complement_square(factor)
    found = None if base is None else setting.activation(base)
    return found if found is not None and found[0] == "tanh" else None


def _is_output_slope(setting: Setting, factor: Expr) -> bool:
    found = _activated(setting, factor)
    if found is None:
        return factor in setting.output_slopes
    return any(slope.args[0] == found[1] for slope in setting.output_slopes)


def _is_hidden_slope(setting: Setting, factor: Expr) -> bool:
    is_slope = factor.op == "prime" or base_of_slope(factor) is not None
    return (is_slope or _activated(setting, factor) is not None) and not _is_output_slope(setting, factor)


def _is_weight(setting: Setting, factor: Expr) -> bool:
    return setting.is_weight(factor)


def _is_any(setting: Setting, factor: Expr) -> bool:
    return True


def _move_slope(site: Site) -> Iterator[Expr | None]:
    """The point of a derivative becomes the value of the function there, or another quantity."""
    node = site.node
    if node.op != "prime":
        return
    op, order, *attr = node.attr
    named = site.setting.named_activation(op, node.args[0])
    others = [named] if named is not None else []
    applied = site.make(op, node.args[0], attr=tuple(attr))
    others += [applied] if applied is not None else []
    others += [q for q in site.setting.named if q.shape == node.shape and q != node.args[0]]
    yield from (site.slope(op, x, order, tuple(attr)) for x in others)


def _restore_point(site: Site) -> Iterator[Expr | None]:
    if site.node.op == "prime":
        op, order, *attr = site.node.attr
        points = (s.args[0] for s in site.setting.slopes if s.shape == site.node.shape)
        yield from (site.slope(op, z, order, tuple(attr)) for z in points if z != site.node.args[0])


def _drop_index_sum(site: Site) -> Iterator[Expr | None]:
    if site.node.op == "isum":
        yield site.node.args[0]


def _restore_index_sum(site: Site) -> Iterator[Expr | None]:
    bound = {above.attr[0].name for above in site.parents if above.op in ("isum", "stack")}
    if not site.in_product:
        yield from (site.summed(Ix(name, dim)) for name, dim in site.node.free if name not in bound)


def _product_of_derivatives(site: Site) -> Iterator[Expr | None]:
    """u'v + uv' becomes u'v'."""
    if site.node.op != "add" or any(a.op != "mul" for a in site.node.args):
        return
    left, right = (_flat(a) for a in site.node.args)
    for v in left:
        for u in right:
            if "num" not in (u.op, v.op) and u != v:
                yield _product(site, [*_without(left, v), *_without(right, u)])


def _flat(product: Expr) -> list[Expr]:
    if product.op != "mul":
        return [product]
    return [factor for a in product.args for factor in _flat(a)]


def _without(factors: list[Expr], one: Expr) -> list[Expr]:
    k = factors.index(one)
    return factors[:k] + factors[k + 1 :]


def _product(site: Site, factors: list[Expr]) -> Expr | None:
    whole: Expr | None = factors[0] if factors else None
    for factor in factors[1:]:
        whole = site.make("mul", whole, factor)
    return whole


def _break_quotient(site: Site) -> Iterator[Expr | None]:
    """(u'v - uv')/v² with its sign turned, or without its square."""
    if site.node.op != "div":
        return
    above, below = site.node.args
    root = under_square(below)
    if above.op == "sub" and root is not None:
        a, b = above.args
        yield site.make("div", site.make("sub", b, a), below)
        yield site.make("div", site.make("add", a, b), below)
        yield site.make("div", above, root)


def _mend_quotient(site: Site) -> Iterator[Expr | None]:
    if site.node.op != "div":
        return
    above, below = site.node.args
    if above.op not in ("add", "sub"):
        return
    if under_square(below) is not None:
        a, b = above.args
        yield site.make("div", site.make("sub", a, b), below)
        yield site.make("div", site.make("sub", b, a), below)
    elif below.op != "num" and below not in site.setting.counts:
        yield site.make("div", above, site.make("power", below, site.number(2)))


def under_square(node: Expr) -> Expr | None:
    """x of x², however the square is written."""
    if node.op == "square":
        return node.args[0]
    if node.op == "power" and node.args[1].op == "num" and node.args[1].attr[0] == 2:
        return node.args[0]
    return node.args[0] if node.op == "mul" and node.args[0] == node.args[1] else None


def _never(site: Site) -> Iterator[Expr | None]:
    yield from ()


CHAIN = (
    Misconception(
        code="GC301",
        name="missing-activation-derivative",
        meaning="the derivative of the activation is left out on the way back through a layer",
        cause="only the linear part of a layer is followed back",
        sign="each layer has two steps, z = W a + b and a = f(z): each gives a factor",
        example=Example(r"dZ_1 = W_2^{\top} dZ_2 \odot \sigma'(Z_1)", r"dZ_1 = W_2^{\top} dZ_2"),
        tags=("activation", "derivative", "chain rule"),
        edits=(LostFactor(_is_hidden_slope),),
    ),
    Misconception(
        code="GC302",
        name="derivative-at-wrong-point",
        meaning="the derivative of the activation is taken at another point than the activation's own input",
        cause="σ' = a(1 - a) is a formula in a, while σ'(·) is a function of z",
        sign="f'(z) stands for a = f(z): the same z in both",
        example=Example(r"dA_1 \odot \sigma'(Z_1)", r"dA_1 \odot \sigma'(A_1)"),
        tags=("activation", "derivative", "argument"),
        edits=(Rewrite(_move_slope, _restore_point),),
    ),
    Misconception(
        code="GC303",
        name="loss-output-pairing",
        meaning="the output's slope stands where the loss cancels it, or is left out where it does not",
        cause="dZ = A - Y is learnt with cross entropy and sigmoid, and carried over to another loss",
        sign="dZ = dA ⊙ f'(Z): write dA for your loss and see whether f' cancels",
        example=Example(r"dZ_2 = A_2 - Y \text{ (cross entropy)}", r"dZ_2 = (A_2 - Y) \odot \sigma'(Z_2)"),
        tags=("loss", "cross entropy", "squared error", "output", "activation"),
        edits=(ExtraFactor(_is_output_slope), LostFactor(_is_output_slope)),
    ),
    Misconception(
        code="GC304",
        name="missing-layer-factor",
        meaning="the weight of a layer that lies between is left out, or the whole layer",
        cause="the chain jumps from the output to the hidden activation without passing the layer's weights",
        sign="name the path: every arrow of the forward pass on it gives one factor",
        example=Example(r"dZ_1 = W_2^{\top} dZ_2 \odot \sigma'(Z_1)", r"dZ_1 = dZ_2 \odot \sigma'(Z_1)"),
        tags=("weight", "layer", "chain rule"),
        edits=(LostFactor(_is_weight),),
    ),
    Misconception(
        code="GC305",
        name="inner-derivative-dropped",
        meaning="a factor of the chain is missing, mostly the last one, the inner derivative",
        cause="the outer derivative is taken and the chain is left there",
        sign="ask of the last factor: is it a derivative by the variable asked for?",
        example=Example(
            r"\frac{\partial L}{\partial w} = (a - y)\, x", r"\frac{\partial L}{\partial w} = a - y"
        ),
        tags=("factor", "inner derivative", "chain rule"),
        edits=(LostFactor(_is_any),),
    ),
    Misconception(
        code="GC306",
        name="path-dropped",
        meaning="one of several paths from the variable to the loss is left out",
        cause="the chain rule is remembered as one product, but the paths of a graph add up",
        sign="count the places where the variable, or what depends on it, is used",
        example=Example(r"dx = dy + W^{\top} dz", r"dx = W^{\top} dz"),
        tags=("path", "sum", "residual", "tied weights", "addend"),
        edits=(LostTerm(_is_any),),
    ),
    Misconception(
        code="GC307",
        name="output-sum-dropped",
        meaning="the sum over the units that a value goes to is left out",
        cause="the derivation is done for one output and used for many",
        sign="a hidden unit reaches every unit above it: sum over those",
        example=Example(r"\delta_j = \sum_k w_{kj} \delta_k", r"\delta_j = w_{kj} \delta_k"),
        tags=("sum", "index", "units"),
        edits=(Rewrite(_drop_index_sum, _restore_index_sum),),
    ),
    Misconception(
        code="GC308",
        name="product-rule",
        meaning="the derivative of a product is taken as the product of the derivatives",
        cause="sums may be differentiated term by term, products may not",
        sign="try u = v = x: (x²)' is 2x, not 1",
        example=Example(r"(u v)' = u' v + u v'", r"(u v)' = u' v'"),
        tags=("product rule",),
        edits=(Rewrite(_product_of_derivatives, _never),),
    ),
    Misconception(
        code="GC309",
        name="quotient-rule",
        meaning="the quotient rule has a wrong sign, or has lost the square below",
        cause="the order of the two terms and the square are learnt by heart and mixed up",
        sign="try u = 1: (1/v)' is -v'/v²",
        example=Example(
            r"\left(\frac{u}{v}\right)' = \frac{u' v - u v'}{v^2}",
            r"\left(\frac{u}{v}\right)' = \frac{u v' - u' v}{v^2}",
        ),
        tags=("quotient rule", "fraction"),
        edits=(Rewrite(_break_quotient, _mend_quotient),),
    ),
    Misconception(
        code="GC310",
        name="wrong-dependence",
        meaning="a quantity that depends on the variable is held constant, or a constant is differentiated",
        cause="it is not written down what is computed from what",
        sign="for each symbol ask: does it change when the variable moves?",
        example=Example(
            r"\frac{\partial}{\partial w} (y - a)^2 = -2(y - a) \frac{\partial a}{\partial w}",
            r"\frac{\partial}{\partial w} (y - a)^2 = 2(y - a) \frac{\partial y}{\partial w}",
        ),
        tags=("constant", "dependence", "path"),
    ),
    Misconception(
        code="GC311",
        name="broken-chain",
        meaning="the partial derivatives of a chain do not fit into each other, or a path is missing",
        cause="a link of the chain is skipped or written twice",
        sign="what stands below in one factor must stand above in the next",
        example=Example(
            r"\frac{\partial L}{\partial a} \frac{\partial a}{\partial z} \frac{\partial z}{\partial w}",
            r"\frac{\partial L}{\partial a} \frac{\partial z}{\partial w}",
        ),
        tags=("chain rule", "telescope", "path"),
    ),
    Misconception(
        code="GC312",
        name="extra-factor",
        meaning="a factor stands in the product that the chain rule does not give",
        cause="a step of the chain is taken twice: its derivative is already in the upstream gradient",
        sign="ask of each factor which arrow of the forward pass it belongs to",
        example=Example(r"dW_2 = dZ_2 A_1^{\top}", r"dW_2 = (dZ_2 \odot \sigma'(Z_2)) A_1^{\top}"),
        tags=("factor", "chain rule"),
        edits=(ExtraFactor(_is_any),),
    ),
    Misconception(
        code="GC313",
        name="extra-term",
        meaning="a term stands in the sum that does not belong there",
        cause="a path is followed that does not reach the variable, or a constant is kept that vanishes",
        sign="ask of each term which path from the variable to the loss it belongs to",
        example=Example(
            r"\frac{\partial}{\partial w}(w x + b) = x", r"\frac{\partial}{\partial w}(w x + b) = x + b"
        ),
        tags=("term", "sum", "addend"),
        edits=(ExtraTerm(_is_any),),
    ),
    Misconception(
        code="GC314",
        name="wrong-power",
        meaning="the exponent of a power is one too high, or one too low",
        cause="the exponent is brought down and not lowered, or lowered twice",
        sign="(xⁿ)' is n xⁿ⁻¹: the old exponent in front, one less above",
        example=Example(
            r"\frac{\partial}{\partial x} x^3 = 3 x^2", r"\frac{\partial}{\partial x} x^3 = 3 x^3"
        ),
        tags=("power rule", "exponent"),
        edits=(Rewrite(break_power, mend_power),),
    ),
)
