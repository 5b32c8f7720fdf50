r"""Letters that stand before brackets with letters in them: `\phi(s, a')`, `\pi_\theta(a \mid s)`.

What such a name gives may be told by no formula: functions of what a sum runs over, and densities, are read
by which arguments they have. Here is what they are, what may be differentiated beside them, and how a formula
that no line of the document writes is told before the line that uses it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from string import ascii_lowercase

from gradcheck.expr.written.functions import BUILTIN
from gradcheck.expr.written.quotients import read_quotient
from gradcheck.notation.printer import latex
from gradcheck.notation.tree import Blank, Group, Node, Product, Scripted, Symbol
from gradcheck.notation.walk import of_kind, walk
from gradcheck.records import dataclass


@dataclass(frozen=True, slots=True)
class Applied:
    """A name with its arguments in brackets, what stands between them, and what is written above these."""

    base: Symbol
    sub: Node | None
    sup: Node | None
    arguments: tuple[Node, ...]
    above: Node | None
    separators: tuple[str, ...] = ()


def is_told(node: Node) -> bool:
    """Whether an argument is a letter: a point, or what is the same wherever it stands."""
    return point_of(node) is not None or (isinstance(node, Symbol) and node.style != "word")


def is_open(node: Node) -> bool:
    """Whether a place is left open in a formula: a dot for any argument."""
    return bool(of_kind(node, Blank))


def _is_marked(node: Node) -> bool:
    return isinstance(node, Scripted) and isinstance(node.base, Symbol) and node.sup is None


def point_of(node: Node) -> tuple[str, int] | None:
    """A letter with its primes, `a'`; None for anything else."""
    match node:
        case Symbol(name=name, style="") if len(name) == 1 and name in ascii_lowercase:
            return name, 0
        case Scripted(base=Symbol(name=name, style=""), sub=None, sup=None, primes=primes) if len(name) == 1:
            return name, primes
        case _:
            return None


def applications(node: Node, *, marked: bool = False) -> Iterator[Applied]:
    """Every letter before brackets in a formula, with what it is applied to."""
    for inner in of_kind(node, Product):
        pairs = zip(inner.factors, inner.factors[1:], inner.operators, strict=False)
        yield from (
            applied
            for first, second, operator in pairs
            if not operator.kind and (applied := applied_to(first, second, marked=marked)) is not None
        )


def applied_to(first: Node, second: Node, *, marked: bool = False) -> Applied | None:
    """A letter that is no known function, with letters in brackets behind it.

    marked   whether these may carry something below them
    """
    above = second.sup if isinstance(second, Scripted) and second.sub is None else None
    group = second.base if isinstance(second, Scripted) and above is not None else second
    base = first.base if isinstance(first, Scripted) and not first.primes else first
    if not isinstance(base, Symbol) or not isinstance(group, Group) or group.open != "(":
        return None
    if base.name in BUILTIN or base.name in ("partial", "nabla") or not group.items:
        return None
    if not all(is_told(item) or is_open(item) or (marked and _is_marked(item)) for item in group.items):
        return None
    sub, sup = (first.sub, first.sup) if isinstance(first, Scripted) else (None, None)
    return Applied(base, sub, sup, group.items, above, group.separators)


def differentiates(node: Node, parameters: Collection[str]) -> bool:
    """Whether a formula holds a derivative by what stands below the functions."""
    for inner in walk(node):
        quotient = read_quotient(inner)
        variables = quotient.variables if quotient is not None else ()
        if isinstance(inner, Scripted) and inner.sub is not None and isinstance(inner.base, Symbol):
            variables += (inner.sub,) if inner.base.name == "nabla" else ()
        if any(latex(variable) in parameters for variable in variables):
            return True
    return False
