"""Names that a chain brings in for a part of its formula: `a = σ(W x + b) = σ(z)`.

Two neighbours of a chain that differ in nothing but a formula on one side and a name on the other say what
the name stands for, if nothing else defines it. `a = σ(z)` and `z = W x + b` are then told before the chain,
under its number, so that z has a derivative. Only chains that define a name are read so, and only a formula
gives a meaning: of two names neither is told by the other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from gradcheck.expr.written.definitions import definitions, mentions, unboxed
from gradcheck.expr.written.names import Name, read_name
from gradcheck.expr.written.quotients import derives
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Link, Statement
from gradcheck.notation.tree import Node, Number, Product
from gradcheck.notation.walk import parts
from gradcheck.records import dataclass, fields, replace


def with_names_substituted(body: Sequence[Statement], declared: Collection[str]) -> Sequence[Statement]:
    """The statements with what chains say of new names told before them.

    declared   the keys that have a shape: they are inputs, or defined
    """
    equations = [item for item in body if isinstance(item, Equation)]
    known = {d.name.key for d in definitions(equations)} | set(declared)
    made: list[Statement] = []
    for item in body:
        if isinstance(item, Equation):
            for told in _told(item, known):
                known.add(told.name.key)
                made += told.equations
        made.append(item)
    return made


@dataclass(frozen=True, slots=True)
class _Told:
    """A name that a chain brings in, with the equations that say so."""

    name: Name
    equations: tuple[Equation, ...]


def _told(equation: Equation, known: Collection[str]) -> Iterator[_Told]:
    """The names that an equation brings in."""
    head = read_name(unboxed(equation.head))
    if head is None or not head.is_plain or any(derives(side) for side in equation.sides):
        return
    if any(link.relation.sign != "=" for link in equation.links):
        return  # of `a \\approx b = c` c is told, and a is not
    for link in equation.links[1:]:
        for name_side, formula_side in ((link.right, link.left), (link.left, link.right)):
            found = _difference(name_side, formula_side)
            name = read_name(found[0]) if found is not None else None
            if found is None or name is None or name.key in known or mentions(found[1], found[0]):
                continue
            whole = _of_one_link(equation, link, equation.head, name_side)
            yield _Told(name, (whole, _of_one_link(equation, link, *found)))
            break


def _of_one_link(equation: Equation, link: Link, left: Node, right: Node) -> Equation:
    """An equation of one link, which counts as a link of another equation."""
    return replace(equation, head=left, links=(replace(link, left=left, right=right),))


def _difference(named: Node, formula: Node) -> tuple[Node, Node] | None:
    """The name in the one and the formula in the other by which two formulas differ; None if by more."""
    inner, other = list(parts(named)), list(parts(formula))
    if _own(named) == _own(formula) and inner and len(inner) == len(other):
        unlike = [pair for pair in zip(inner, other, strict=True) if latex(pair[0]) != latex(pair[1])]
        return _difference(*unlike[0]) if len(unlike) == 1 else None
    name = read_name(named)
    lone = name is not None and name.is_plain and read_name(formula) is None
    return (named, formula) if lone and not isinstance(formula, Number) else None


def _own(node: Node) -> tuple[object, ...]:
    """What a node is by itself, without its parts and its place."""
    if isinstance(node, Product):
        return Product, *(operator.kind for operator in node.operators)
    values = (getattr(node, field.name) for field in fields(node) if field.name != "span")
    return type(node), *(value for value in values if isinstance(value, str | int))
