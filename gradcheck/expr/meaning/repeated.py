"""The summation convention: in a document that says so, an index that a term repeats is summed over.

Only an index that the other side does not carry is summed, each term by itself: in `-y_k + y_i p_k` the
second term alone has an i. Below a power the sum may be meant inside or outside of it. A document that says
nothing of it is not read so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from gradcheck.expr.forms.build import isum, rebuild
from gradcheck.expr.forms.tree import Expr, Ix
from gradcheck.expr.written.names import read_name
from gradcheck.notation.statements import Equation, Heading, Prose, Statement
from gradcheck.notation.tree import BigOperator, Product
from gradcheck.notation.walk import of_kind
from gradcheck.patterns import late_pattern

ANNOUNCED = late_pattern(
    r"einstein|summation convention|(repeated|doubled) (ind|sub)|implied sum|"
    r"sum\w* (is|are|being) (\w+ )?(implied|implicit)|(note|notice|mind) the sum over",
    re.IGNORECASE,
)
# A notation in which the sums are not written; where some are, it is another one.
NOTATION = late_pattern(r"\b(tensor|tensorial|index|indicial|suffix) notation\b", re.IGNORECASE)
# What takes a sum to the sum of what it makes of the terms.
LINEAR = ("add", "sub", "neg", "pick", "isum", "deriv", "transpose")


def announces_sums(body: Iterable[Statement]) -> bool:
    """Whether the words of a document say that repeated indices are summed.

    One that speaks of tensor notation means it, too, if it writes no Σ at all, or `f = x_i A_{ij} x_j`.
    """
    listed = list(body)
    texts = [item.text for item in listed if isinstance(item, Prose | Heading)]
    if any(map(ANNOUNCED.search, texts)):
        return True
    if not any(map(NOTATION.search, texts)):
        return False
    equations = [item for item in listed if isinstance(item, Equation)]
    sides = (side for item in equations for side in item.sides)
    unwritten = not any(of_kind(side, BigOperator) for side in sides)
    return unwritten or any(map(_contracts, equations))


def _contracts(equation: Equation) -> bool:
    """Whether a name without indices is told by a product of entries whose indices all stand twice in it."""
    head, right = read_name(equation.head), equation.links[0].right
    if head is None or not head.is_plain or not isinstance(right, Product):
        return False
    names = [read_name(factor) for factor in right.factors]
    marks = Counter(mark for name in names if name is not None for mark in name.sub)
    return all(name is not None and name.sub for name in names) and set(marks.values()) == {2}


def written_once(value: Expr) -> tuple[str, ...]:
    """The indices that each term of a formula carries once: those of the entry that it tells."""
    counted = [Counter(_marks(term)) for term in _terms(value)]
    return tuple(name for name, _ in value.free if all(marks[name] == 1 for marks in counted))


def _terms(value: Expr) -> Iterator[Expr]:
    if value.op in ("add", "sub", "neg"):
        for arg in value.args:
            yield from _terms(arg)
    else:
        yield value


def _marks(value: Expr) -> Iterator[str]:
    """The indices of a term, as often as it writes them."""
    for node in value.walk():
        if node.op == "pick":
            yield from (mark.name for mark in node.attr if isinstance(mark, Ix))


def lone_summed(value: Expr, kept: Iterable[str], *, below_powers: bool = False) -> Expr:
    """A value with every written index that is not kept summed.

    below_powers    `(e^{u_m})^2` is the square of the sum, and not the sum of the squares
    """
    known = set(kept)
    for name, dim in value.free:
        if name not in known and not name.startswith("·"):
            value = _by_term(value, Ix(name, dim), below_powers)
    return value


def _by_term(value: Expr, index: Ix, below_powers: bool) -> Expr:
    """The sum over an index, taken in each term that carries it."""
    carriers = [position for position, arg in enumerate(value.args) if index.name in dict(arg.free)]
    alone = value.op in ("mul", "div") or (below_powers and value.op in ("power", "square"))
    linear = value.op in LINEAR or (alone and len(carriers) == 1)
    if not carriers or not linear:
        return isum(value, index)
    args = tuple(_by_term(a, index, below_powers) if p in carriers else a for p, a in enumerate(value.args))
    return rebuild(value, args)
