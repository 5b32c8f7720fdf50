"""A formula lightly put in order: scalars and signs in front, nothing times one, as few transposes as may be.

It makes a derived formula look like one a person writes, and changes no value. Brackets are not expanded and
sums not collected: that is algebra, and belongs to a computer algebra system.
"""

from __future__ import annotations

from fractions import Fraction
from functools import reduce

from gradcheck.expr.forms.build import apply, isum, num, rebuild
from gradcheck.expr.forms.tree import Expr, Ix
from gradcheck.records import dataclass
from gradcheck.shapes import SCALAR


@dataclass(frozen=True, slots=True)
class Product:
    """number · above / below · rest: scalars apart from what has a shape; no rest means one."""

    number: Fraction = Fraction(1)
    above: tuple[Expr, ...] = ()
    below: tuple[Expr, ...] = ()
    rest: Expr | None = None

    def times(self, other: Product, rest: Expr | None) -> Product:
        """The scalars of both, with a rest."""
        return Product(self.number * other.number, self.above + other.above, self.below + other.below, rest)

    def with_rest(self, rest: Expr) -> Product:
        """The same scalars before another rest."""
        return Product(self.number, self.above, self.below, rest)


def tidied(expr: Expr) -> Expr:
    """The same formula in order."""
    return _joined(_split(expr), expr)


def _split(expr: Expr) -> Product:
    match expr.op:
        case "num" if isinstance(expr.attr[0], Fraction):
            return Product(expr.attr[0])
        case "neg":
            inner = _split(expr.args[0])
            return Product(-inner.number, inner.above, inner.below, inner.rest)
        case "mul" | "matmul":
            a, b = (_split(arg) for arg in expr.args)
            return a.times(b, _both(expr.op, a.rest, b.rest))
        case "div" if expr.args[1].shape == SCALAR:
            a, b = (_split(arg) for arg in expr.args)
            if b.number != 0 and b.rest is None:
                return a.times(Product(1 / b.number, b.below, b.above), a.rest)
        case "div":
            a = _split(expr.args[0])
            if a.rest is not None:
                return a.with_rest(apply("div", a.rest, tidied(expr.args[1])))
        case "transpose":
            inner = _split(expr.args[0])
            return inner if inner.rest is None else inner.with_rest(_transposed(inner.rest))
        case "sum" if expr.args[0].op != "ones":
            inner = _split(expr.args[0])
            if inner.rest is not None and inner.rest.shape == expr.args[0].shape:
                return _scalar_aside(inner, apply("sum", inner.rest, attr=expr.attr))
        case "isum":
            inner = _split(expr.args[0])
            return _scalar_aside(*_outside(inner, expr))
    if expr.op in ("add", "sub"):
        return _sum(expr)
    whole = expr if not expr.args else rebuild(expr, tuple(tidied(a) for a in expr.args))
    return _scalar_aside(Product(), whole)


def _outside(inner: Product, total: Expr) -> tuple[Product, Expr]:
    """The scalars that do not depend on a sum's index, and the sum over the rest."""
    ix: Ix = total.attr[0]

    def varies(factor: Expr) -> bool:
        return any(name == ix.name for name, _ in factor.free)

    kept = Product(
        abs(inner.number),
        tuple(f for f in inner.above if not varies(f)),
        tuple(f for f in inner.below if not varies(f)),
    )
    body = Product(
        Fraction(1 if inner.number >= 0 else -1),
        tuple(f for f in inner.above if varies(f)),
        tuple(f for f in inner.below if varies(f)),
        inner.rest,
    )
    summed = isum(_joined(body, total.args[0]), ix)
    if summed.args[0].op == "neg":
        return Product(-kept.number, kept.above, kept.below), isum(summed.args[0].args[0], ix)
    return kept, summed


def _sum(expr: Expr) -> Product:
    """A sum with the scalars that both sides share in front of it."""
    a, b = (_split(arg) for arg in expr.args)
    if a.number and (a.above, a.below, a.rest) == (b.above, b.below, b.rest):
        number = a.number + (b.number if expr.op == "add" else -b.number)
        return Product(number, a.above, a.below, a.rest)
    plain = all(arg.shape == expr.shape or arg.shape == SCALAR for arg in expr.args)
    shared = (a.above, a.below, abs(a.number)) == (b.above, b.below, abs(b.number))
    if not (plain and shared and a.rest is not None and b.rest is not None) or a.number == 0:
        whole = rebuild(expr, tuple(tidied(arg) for arg in expr.args))
        return _scalar_aside(Product(), _signs_out(whole))
    same_sign = (a.number == b.number) == (expr.op == "add")
    return a.with_rest(apply("add" if same_sign else "sub", a.rest, b.rest))


def _scalar_aside(scalars: Product, whole: Expr) -> Product:
    if whole.shape == SCALAR:
        return Product(scalars.number, (*scalars.above, whole), scalars.below)
    return scalars.with_rest(whole)


def _signs_out(whole: Expr) -> Expr:
    """a + (-b) as a - b, a - (-b) as a + b, (-a) + b as b - a."""
    match whole.op, [a.op for a in whole.args]:
        case "add", [_, "neg"]:
            return apply("sub", whole.args[0], whole.args[1].args[0])
        case "sub", [_, "neg"]:
            return apply("add", whole.args[0], whole.args[1].args[0])
        case "add", ["neg", _]:
            return apply("sub", whole.args[1], whole.args[0].args[0])
    return whole


def _both(op: str, a: Expr | None, b: Expr | None) -> Expr | None:
    if a is None or b is None:
        return a if b is None else b
    if op == "matmul" and "eye" in (a.op, b.op):
        return b if a.op == "eye" else a
    return apply(op, a, b)


def _transposed(x: Expr) -> Expr:
    """The transpose: (Aᵀ B)ᵀ as Bᵀ A, where that has fewer signs."""
    if x.op in ("transpose", "eye"):
        return x if x.op == "eye" else x.args[0]
    factors = _chain(x)
    if 2 * sum(factor.op == "transpose" for factor in factors) < len(factors):
        return apply("transpose", x)
    turned = [_transposed(factor) for factor in factors[::-1]]
    return reduce(lambda a, b: apply("matmul", a, b), turned)


def _chain(x: Expr) -> tuple[Expr, ...]:
    """The factors of a matrix product, in their order."""
    return _chain(x.args[0]) + _chain(x.args[1]) if x.op == "matmul" else (x,)


def _joined(product: Product, like: Expr) -> Expr:
    """The product written out, of the shape of what it was made from."""
    product = _sign_absorbed(product)
    above, below = _cancelled(product.above, product.below)
    number = abs(product.number)
    counts = [factor for factor in below if _is_count(factor)]
    divisors = [factor for factor in below if not _is_count(factor)]
    if divisors:
        above = [apply("div", _times(above), _times(divisors))]
    under = [*([num(number.denominator)] if number.denominator != 1 else []), *counts]
    front = apply("div", num(number.numerator), _times(under)) if under else num(number.numerator)
    lead = [] if front == num(1) else [front]
    whole = _times([*lead, *above, *([] if product.rest is None else [product.rest])])
    if whole.shape != like.shape:
        whole = apply("mul", whole, apply("ones", attr=(like.shape,)))
    return apply("neg", whole) if product.number < 0 else whole


def _sign_absorbed(product: Product) -> Product:
    """-(y - a) as (a - y): a minus goes into the first difference among the factors."""
    if product.number >= 0:
        return product
    positive = -product.number
    for k, factor in enumerate(product.above):
        if factor.op == "sub" and factor.args[0].op != "num":
            swapped = (*product.above[:k], _swapped(factor), *product.above[k + 1 :])
            return Product(positive, swapped, product.below, product.rest)
    rest = None if product.rest is None else _with_difference_swapped(product.rest)
    return product if rest is None else Product(positive, product.above, product.below, rest)


def _with_difference_swapped(expr: Expr) -> Expr | None:
    """The negative of a product by exchanging the first difference in it, or None if it has none."""
    match expr.op:
        case "sub" if expr.args[0].op != "num":
            return _swapped(expr)
        case "mul" | "matmul" | "sum" | "isum" | "transpose":
            for k, arg in enumerate(expr.args):
                changed = _with_difference_swapped(arg)
                if changed is not None:
                    return rebuild(expr, (*expr.args[:k], changed, *expr.args[k + 1 :]))
    return None


def _swapped(difference: Expr) -> Expr:
    return apply("sub", difference.args[1], difference.args[0])


def _cancelled(above: tuple[Expr, ...], below: tuple[Expr, ...]) -> tuple[list[Expr], list[Expr]]:
    left, kept = list(below), []
    for factor in above:
        if factor in left:
            left.remove(factor)
        else:
            kept.append(factor)
    return kept, left


def _is_count(expr: Expr) -> bool:
    """Whether an expression is the size of an axis, as elaboration writes it."""
    return expr.op == "sum" and expr.args[0].op == "ones"


def _times(factors: list[Expr]) -> Expr:
    """The scalars first, then what they multiply; one where nothing stands."""
    if not factors:
        return num(1)
    *scalars, last = factors
    if not scalars:
        return last
    return apply("mul", _times(scalars), last)
