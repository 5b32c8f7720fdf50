"""Products in the order in which they were written, with x beside 1 - x.

Elaboration takes scalars out of a product and nests them as they come. For a rule, and for a reader, it
matters that a(1 - a) stands together and that factors keep their order; the value is the same. The condition
of a case is a factor that nobody wrote: it stays what its value is multiplied by.
"""

from __future__ import annotations

from gradcheck.expr.forms.build import apply, rebuild
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.blocks import is_placed
from gradcheck.shapes import SCALAR, ShapeError


def gathered(expr: Expr) -> Expr:
    """The same formula with its products of entries put in order; every factor keeps its place."""
    if not expr.args or expr.op in ("deriv", "pick"):
        return expr
    if expr.op == "mul" and not is_guarded(expr):
        factors = _factors(expr)
        if len(factors) > 2 or _are_turned(factors):
            try:
                return _product(_paired(_in_order([gathered(f) for f in factors])), expr)
            except ShapeError:
                return expr
    args = tuple(gathered(a) for a in expr.args)
    same = all(a is b for a, b in zip(args, expr.args, strict=True))
    return expr if same else rebuild(expr, args)


def is_guarded(expr: Expr) -> bool:
    """Whether an expression is the value of a case times the indicator of its condition."""
    return expr.op == "mul" and _is_condition(expr.args[0])


def is_unwritten(expr: Expr) -> bool:
    """Whether a node is no formula of the author's: what joins a case to its condition, or one to others."""
    return (
        is_guarded(expr)
        or expr.op == "at_most"
        or is_placed(expr)
        or (expr.op == "add" and any(is_unwritten(arg) for arg in expr.args))
    )


def _is_condition(expr: Expr) -> bool:
    """Whether an expression is made of conditions, 0 or 1, for which nothing is written as a formula."""
    if expr.span is not None:
        return False
    if expr.op == "sub":
        return all(_is_condition(a) or a.op == "num" for a in expr.args)
    conditions = ("greater", "greater_equal", "at_most", "equal")
    return expr.op in conditions or (expr.op == "pick" and expr.args[0].op == "eye")


def _are_turned(factors: list[Expr]) -> bool:
    """Whether two factors of one shape stand the other way round in the text."""
    return factors[0].shape == factors[1].shape and _in_order(factors) != factors


def _factors(expr: Expr) -> list[Expr]:
    if expr.op != "mul" or is_guarded(expr):
        return [expr]
    return [factor for arg in expr.args for factor in _factors(arg)]


def _in_order(factors: list[Expr]) -> list[Expr]:
    """By their places; as they are where a place is not known."""
    if any(f.span is None for f in factors):
        return factors
    return sorted(factors, key=lambda f: f.span.start if f.span is not None else 0)


def _paired(factors: list[Expr]) -> list[Expr]:
    """Each x with its 1 - x as one factor, where the first of them stands."""
    left = list(factors)
    found: list[Expr] = []
    while left:
        factor = left.pop(0)
        partner = next((o for o in left if _are_complements(factor, o)), None)
        if partner is None:
            found.append(factor)
            continue
        left.remove(partner)
        pair = apply("mul", factor, partner)
        span = None if factor.span is None or partner.span is None else factor.span.cover(partner.span)
        found.append(pair.at(span))
    return found


def _are_complements(a: Expr, b: Expr) -> bool:
    return _is_complement(a, b) or _is_complement(b, a)


def _is_complement(x: Expr, other: Expr) -> bool:
    return (
        other.op == "sub" and other.args[0].op == "num" and other.args[0].attr[0] == 1 and other.args[1] == x
    )


def _product(factors: list[Expr], like: Expr) -> Expr:
    whole = factors[0]
    for factor in factors[1:]:
        span = None if whole.span is None or factor.span is None else whole.span.cover(factor.span)
        first, second = (factor, whole) if factor.shape == SCALAR != whole.shape else (whole, factor)
        whole = apply("mul", first, second, span=span)
    return whole.at(like.span)
