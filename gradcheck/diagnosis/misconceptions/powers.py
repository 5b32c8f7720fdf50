"""The rule for powers, and its slips: exponents made of numbers alone, also broken and negative ones."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gradcheck.diagnosis.site import Site
    from gradcheck.expr.forms.tree import Expr


def break_power(site: Site) -> Iterator[Expr | None]:
    """The exponent of a derivative as it was, or lowered twice."""
    exponent = exact(site.node.args[1]) if site.node.op == "power" else None
    if exponent is not None:
        base = site.node.args[0]
        yield site.make("power", base, site.number(exponent + 1))
        if exponent > 2 or exponent < 0 or exponent.denominator > 1:
            yield site.make("power", base, site.number(exponent - 1))


def exact(number: Expr) -> Fraction | None:
    """The value of an exponent that is made of numbers alone, `-3/2`."""
    match number.op:
        case "num" if isinstance(number.attr[0], Fraction):
            return number.attr[0]
        case "neg":
            inner = exact(number.args[0])
            return None if inner is None else -inner
        case "mul":
            first, second = (exact(arg) for arg in number.args)
            return None if first is None or second is None else first * second
        case "div":
            above, below = (exact(arg) for arg in number.args)
            return above / below if above is not None and below else None
    return None


def mend_power(site: Site) -> Iterator[Expr | None]:
    if site.node.op == "power" and site.node.args[1] == site.number(2):
        yield site.node.args[0]
    yield from break_power(site)
