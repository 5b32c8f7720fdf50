"""Equal formulas, differently written: a form in which commuted factors and moved signs coincide.

Two repairs that lead to the same formula are one repair. The form is no normal form of algebra: brackets are
not expanded, since `a(1 - a)` and `a - a²` are different answers for a person.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from gradcheck.expr.tree import Expr

Form = tuple[Fraction, Any]

_ONE: tuple[str] = ("one",)


def canonical(expr: Expr) -> Form:
    """A hashable form: a number in front, and the rest with sorted factors and addends."""
    return _form(expr, turned=False)


def _form(expr: Expr, *, turned: bool) -> Form:
    match expr.op:
        case "num" if isinstance(expr.attr[0], Fraction):
            return expr.attr[0], _ONE
        case "neg":
            scale, rest = _form(expr.args[0], turned=turned)
            return -scale, rest
        case "transpose":
            return _form(expr.args[0], turned=not turned)
        case "mul" | "div":
            return _product(expr, turned)
        case "matmul":
            return _matrix_product(expr, turned)
        case "add" | "sub":
            return _sum(expr, turned)
    inside = tuple(_form(a, turned=False) for a in expr.args)
    node = (expr.op, tuple(map(str, expr.attr)), inside)
    return Fraction(1), ("transpose", node) if turned and expr.shape != (1, 1) else node


def _product(expr: Expr, turned: bool) -> Form:
    scale, factors = Fraction(1), []
    for k, arg in enumerate(expr.args):
        part, rest = _form(arg, turned=turned)
        if expr.op == "div" and k == 1:
            if part == 0:
                return Fraction(1), ("div", _form(expr.args[0], turned=turned), rest)
            scale /= part
            factors += [] if rest == _ONE else [("over", f) for f in _members("mul", rest)]
        else:
            scale *= part
            factors += [] if rest == _ONE else list(_members("mul", rest))
    if not factors:
        return scale, _ONE
    return scale, factors[0] if len(factors) == 1 else ("mul", tuple(sorted(factors, key=repr)))


def _matrix_product(expr: Expr, turned: bool) -> Form:
    scale, factors = Fraction(1), []
    for arg in reversed(expr.args) if turned else expr.args:
        part, rest = _form(arg, turned=turned)
        scale *= part
        factors += list(_members("matmul", rest))
    return scale, ("matmul", tuple(factors))


def _sum(expr: Expr, turned: bool) -> Form:
    terms: dict[Any, Fraction] = {}
    for k, arg in enumerate(expr.args):
        sign = -1 if expr.op == "sub" and k == 1 else 1
        part, rest = _form(arg, turned=turned)
        for term, weight in rest[1] if rest[0] == "add" else ((rest, Fraction(1)),):
            terms[term] = terms.get(term, Fraction(0)) + sign * part * weight
    kept = sorted(((t, w) for t, w in terms.items() if w), key=repr)
    if not kept:
        return Fraction(0), _ONE
    if len(kept) == 1:
        return kept[0][1], kept[0][0]
    lead = kept[0][1]
    return lead, ("add", tuple((t, w / lead) for t, w in kept))


def _members(kind: str, rest: Any) -> tuple[Any, ...]:
    members: tuple[Any, ...] = rest[1] if rest[0] == kind else (rest,)
    return members
