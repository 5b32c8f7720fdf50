"""Equal formulas, differently written: a form in which commuted factors and moved signs coincide.

Two repairs that lead to the same formula are one repair. The form is no normal form of algebra: brackets are
not expanded, since `a(1 - a)` and `a - a²` are different answers for a person.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

from gradcheck.expr.forms.tree import Expr
from gradcheck.shapes import SCALAR


class Form(NamedTuple):
    """A number, the scalar factors in order, and what is left: None, or a kind with its members."""

    number: Fraction
    scalars: tuple[Any, ...]
    rest: Any


def canonical(expr: Expr) -> Form:
    """A hashable form, the same for formulas that differ only in order, signs and where scalars stand."""
    return _form(expr, turned=False)


def _form(expr: Expr, *, turned: bool) -> Form:
    match expr.op:
        case "num" if isinstance(expr.attr[0], Fraction):
            return Form(expr.attr[0], (), None)
        case "neg":
            return _scaled(_form(expr.args[0], turned=turned), -1)
        case "transpose":
            return _form(expr.args[0], turned=not turned)
        case "mul" | "div":
            return _product(expr, turned)
        case "matmul":
            return _matrix_product(expr, turned)
        case "add" | "sub":
            return _sum(expr, turned)
        case "sum" | "isum":
            return _reduction(expr, turned)
    node = (expr.op, expr.attr, tuple(_form(a, turned=False) for a in expr.args))
    if expr.shape == SCALAR:
        return Form(Fraction(1), (node,), None)
    return Form(Fraction(1), (), ("transpose", node) if turned else node)


def _scaled(form: Form, by: Fraction | int) -> Form:
    return form._replace(number=form.number * by)


def _product(expr: Expr, turned: bool) -> Form:
    number = Fraction(1)
    scalars: list[Any] = []
    factors: list[Any] = []
    for k, arg in enumerate(expr.args):
        part = _form(arg, turned=turned)
        below = expr.op == "div" and k == 1
        if below and part.number == 0:
            scalars.append("over zero")
            continue
        number = number / part.number if below else number * part.number
        scalars += [("over", s) for s in part.scalars] if below else part.scalars
        members = _members("mul", part.rest)
        factors += [("over", f) for f in members] if below else members
    return Form(number, _sorted(scalars), _collected("mul", _sorted(factors)))


def _matrix_product(expr: Expr, turned: bool) -> Form:
    number = Fraction(1)
    scalars: list[Any] = []
    factors: list[Any] = []
    for arg in reversed(expr.args) if turned else expr.args:
        part = _form(arg, turned=turned)
        number *= part.number
        scalars += part.scalars
        factors += _members("matmul", part.rest)
    whole = _collected("matmul", tuple(factors))
    if expr.shape == SCALAR and whole is not None:
        return Form(number, _sorted([*scalars, whole]), None)
    return Form(number, _sorted(scalars), whole)


def _reduction(expr: Expr, turned: bool) -> Form:
    inside = _form(expr.args[0], turned=False)
    kept = () if expr.op == "isum" else inside.scalars
    body = inside._replace(number=Fraction(1), scalars=inside.scalars if expr.op == "isum" else ())
    node = (expr.op, expr.attr, body)
    if expr.shape == SCALAR:
        return Form(inside.number, _sorted([*kept, node]), None)
    return Form(inside.number, kept, ("transpose", node) if turned else node)


def _sum(expr: Expr, turned: bool) -> Form:
    terms: dict[Any, Fraction] = {}
    for k, arg in enumerate(expr.args):
        sign = -1 if expr.op == "sub" and k == 1 else 1
        part = _form(arg, turned=turned)
        for term, weight in _terms(part):
            terms[term] = terms.get(term, Fraction(0)) + sign * part.number * weight
    kept = sorted(((t, w) for t, w in terms.items() if w), key=repr)
    if not kept:
        return Form(Fraction(0), (), None)
    lead = kept[0][1]
    if len(kept) == 1:
        scalars, rest = kept[0][0]
        return Form(lead, scalars, rest)
    whole = ("add", tuple((t, w / lead) for t, w in kept))
    return Form(lead, (whole,), None) if expr.shape == SCALAR else Form(lead, (), whole)


def _terms(part: Form) -> tuple[tuple[Any, Fraction], ...]:
    """The addends of a form, each as (scalars, rest), with their weights."""
    sums = [s for s in part.scalars if isinstance(s, tuple) and s[0] == "add"]
    if part.rest is not None and part.rest[0] == "add" and not part.scalars:
        found: tuple[tuple[Any, Fraction], ...] = part.rest[1]
        return found
    if part.rest is None and len(part.scalars) == 1 and sums:
        inner: tuple[tuple[Any, Fraction], ...] = sums[0][1]
        return inner
    return (((part.scalars, part.rest), Fraction(1)),)


def _members(kind: str, rest: Any) -> tuple[Any, ...]:
    if rest is None:
        return ()
    members: tuple[Any, ...] = rest[1] if rest[0] == kind else (rest,)
    return members


def _collected(kind: str, members: tuple[Any, ...]) -> Any:
    if not members:
        return None
    return members[0] if len(members) == 1 else (kind, members)


def _sorted(members: list[Any]) -> tuple[Any, ...]:
    return tuple(sorted(members, key=repr))
