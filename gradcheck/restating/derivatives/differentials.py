"""Equations between differentials: `df = tr(A^T dX)`, `d(XY) = dX Y + X dY`.

`dX` may also be the author's name for a gradient. A line is one of differentials where it begins with one
and has one in every right side, and the left side depends on what varies on the right: gradients go from
later quantities to earlier ones, differentials the other way. A `d` before a formula of its own, such as
`d(XY)` or `d log det X`, is no name of a gradient. A condition that is differentiated, `dA x + A dx = db` of
`A x = b`, holds one in each of its terms, and these depend on each other. What is so recognised is written as
a `Differential`, before anything is read, and defines nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gradcheck.expr.written.definitions import definitions, unboxed, written_names
from gradcheck.expr.written.functions import BUILTIN
from gradcheck.expr.written.names import Name, base_text, read_name
from gradcheck.expr.written.quotients import quotients_in, read_quotient
from gradcheck.expr.written.vocabulary import is_loss_name
from gradcheck.notation.differentials import is_glued, split_name
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import (
    Differential,
    Fraction,
    Group,
    Node,
    Number,
    Operator,
    Product,
    Scripted,
    Sum,
    Symbol,
)
from gradcheck.notation.walk import mapped, of_kind, walk

Needs = Mapping[str, frozenset[str]]


def with_differentials(body: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements with every equation between differentials written as one."""
    equations = [item for item in body if isinstance(item, Equation)]
    if not any(_head_body(equation.head) or _terms(equation.head)[1:] for equation in equations):
        return tuple(body)
    needs = _needs(equations)
    squares = frozenset(_key(d.name) for d in definitions(equations) if d.is_root)
    heads = (read_name(unboxed(equation.head)) for equation in equations)
    signs = frozenset({"partial", "d"}) - {name.base for name in heads if name is not None}
    return tuple(
        _written(item, needs, squares, signs) if isinstance(item, Equation) else item for item in body
    )


def varied(equation: Equation) -> tuple[Node, ...]:
    """What stands below a d on the right sides of an equation between differentials.

    Where a side has it before names alone, as the last one of `dz = d(W x) = W dx`, these are what varies.
    """
    head = unboxed(equation.head)
    if isinstance(head, Sum):
        return tuple(node.body for side in equation.sides for node in of_kind(side, Differential))
    if not isinstance(head, Differential):
        return ()
    sides = [[node.body for node in of_kind(link.right, Differential)] for link in equation.links]
    told = [bodies for bodies in sides if all(read_name(body) is not None for body in bodies)]
    return tuple(body for bodies in told or sides for body in bodies)


def _written(equation: Equation, needs: Needs, squares: frozenset[str], signs: frozenset[str]) -> Equation:
    """The equation with differentials, if it is one between them.

    squares     the keys of names of which a formula defines the square, so that `ds^2` may be its gradient
    """
    whole = _head_body(equation.head)
    terms = _terms(equation.head)
    if whole is None and not (terms[1:] and all(any(map(_varies, walk(term))) for term in terms)):
        return equation
    new = rewritten(equation, lambda side: _marked(side, signs))
    if whole is None:
        return new if _is_condition(new, needs) else equation
    if not all(of_kind(link.right, Differential) for link in new.links):
        return equation
    bodies = [n.body for link in new.links for n in of_kind(link.right, Differential)]
    if any((name := read_name(body)) is not None and name.power is not None for body in bodies):
        return equation
    if not _goes_forward(whole, bodies, needs, squares, _derived_by(equation, whole)):
        return equation
    head = Differential(equation.head.span, whole)
    return rewritten(new, lambda side: head if side is new.head else side)


def _terms(node: Node) -> tuple[Node, ...]:
    node = unboxed(node)
    return tuple(term.body for term in node.terms) if isinstance(node, Sum) else (node,)


def _varies(node: Node) -> bool:
    return is_glued(node) or _is_sign(node)


def _is_condition(equation: Equation, needs: Needs) -> bool:
    """Whether each term of a line holds one differential, or is 0, and what varies does so by one another."""
    terms = [term for side in equation.sides for term in _terms(side)]
    found = [of_kind(term, Differential) for term in terms if not _is_zero(term)]
    if any(len(each) != 1 for each in found):
        return False
    bodies = [each[0].body for each in found]
    names = [read_name(body) for body in bodies]
    keys = {_key(name) for name in names if name is not None}
    return None in names or any(_all_needs(key, needs) & keys for key in keys)


def _is_zero(node: Node) -> bool:
    return isinstance(node, Number) and node.text == "0"


def _goes_forward(
    whole: Node, bodies: Sequence[Node], needs: Needs, squares: frozenset[str], derived: frozenset[str]
) -> bool:
    """Whether the left side depends on what varies on the right: by formulas, or as the line itself says."""
    name, written = _only_name(whole), read_name(whole)
    if written is not None and written.power is not None and _key(written) in squares:
        name = written
    if name is None:
        return True
    below = {_key(n) for body in bodies for n in written_names(body)}
    depends = derived.union(*(_all_needs(key, needs) for key in (_key(name), *derived)))
    return bool(depends & below) or (name.transpose and _key(name) in below)


def _derived_by(equation: Equation, whole: Node) -> frozenset[str]:
    """What the left side's `L` of `dL = (∂L/∂z)^T dz` is differentiated by on the right."""
    name = _only_name(whole)
    if name is None:
        return frozenset()
    quotients = (read_quotient(node) for link in equation.links for node in walk(link.right))
    return frozenset(
        _key(by)
        for quotient in quotients
        if quotient is not None and quotient.target is not None
        if (target := _only_name(quotient.target)) is not None and _key(target) == _key(name)
        for variable in quotient.variables
        for by in written_names(variable)
    )


def _only_name(node: Node) -> Name | None:
    """The name that a formula is, be it in brackets or with its arguments."""
    if isinstance(node, Group) and len(node.items) == 1:
        node = node.items[0]
    if isinstance(node, Product) and len(node.factors) == 2 and isinstance(node.factors[1], Group):
        node = node.factors[0]
    name = read_name(node)
    return None if name is None or name.base in BUILTIN or name.power is not None or name.inverse else name


def _key(name: Name) -> str:
    return name.without(sample=None).key


def _needs(equations: Sequence[Equation]) -> Needs:
    """The names that each name is defined by, or a loss without a formula is differentiated by anywhere."""
    found: dict[str, frozenset[str]] = {}
    for definition in definitions(equations):
        if definition.name.differentiated is None or definition.is_function:
            used = frozenset(_key(name) for name in written_names(definition.right))
            found[_key(definition.name)] = found.get(_key(definition.name), frozenset()) | used
    sides = [side for equation in equations for side in equation.sides]
    losses: dict[str, set[str]] = {}
    for quotient in (quotient for side in sides for quotient in quotients_in(side)):
        target = None if quotient.target is None else _only_name(quotient.target)
        if target is not None and is_loss_name(target) and _key(target) not in found:
            below = (name for variable in quotient.variables for name in written_names(variable))
            losses.setdefault(_key(target), set()).update(map(_key, below))
    return found | {key: frozenset(names) for key, names in losses.items()}


def _all_needs(key: str, needs: Needs) -> frozenset[str]:
    seen: set[str] = set()
    waiting = [key]
    while waiting:
        for used in needs.get(waiting.pop(), frozenset()):
            if used not in seen:
                seen.add(used)
                waiting.append(used)
    return frozenset(seen)


def _head_body(head: Node) -> Node | None:
    """What a left side that is one differential is the differential of; None for any other."""
    head = unboxed(head)
    if read_quotient(head) is not None:
        return None
    if is_glued(head):
        return split_name(head)[1]
    if not isinstance(head, Product) or len(head.operators) != len(head.factors) - 1:
        return None
    first, rest = head.factors[0], head.factors[1:]
    if is_glued(first) and len(rest) == 1 and isinstance(rest[0], Group):
        return Product(head.span, (split_name(first)[1], *rest), head.operators)
    if not _is_sign(first) or head.operators[0].kind != "":
        return None
    return rest[0] if len(rest) == 1 else _product(rest, head.operators[1:])


def _is_sign(node: Node) -> bool:
    return isinstance(node, Symbol) and node.name in ("d", "partial")


def _product(factors: tuple[Node, ...], operators: tuple[Operator, ...]) -> Product:
    return Product(factors[0].span.cover(factors[-1].span), factors, operators)


def _marked(node: Node, signs: frozenset[str]) -> Node:
    """A formula with each `d` and what it stands before as one differential; quotients stay."""
    if isinstance(node, Fraction) and read_quotient(node) is not None:
        return node
    if is_glued(node):
        return Differential(node.span, split_name(node)[1])
    if isinstance(node, Scripted) and base_text(node.base) is not None:
        return node
    node = mapped(node, lambda child: _marked(child, signs))
    if not isinstance(node, Product) or not any(_is_sign(factor) for factor in node.factors):
        return node
    factors, operators = list(_joined(node, signs)), []
    for factor, kind in factors[1:]:
        operators.append(Operator(factor.span, kind))
    if len(factors) == 1:
        return factors[0][0]
    return Product(node.span, tuple(factor for factor, _ in factors), tuple(operators))


def _joined(node: Product, signs: frozenset[str]) -> Iterator[tuple[Node, str]]:
    """The factors, with the operator before each, where a sign is one with what follows it."""
    kinds = ["", *(operator.kind for operator in node.operators)]
    position = 0
    while position < len(node.factors):
        factor, kind = node.factors[position], kinds[position]
        used = _reach(node.factors[position + 1 :], kinds[position + 1 :])
        if _is_sign(factor) and isinstance(factor, Symbol) and factor.name in signs and used:
            rest = node.factors[position + 1 : position + 1 + used]
            between = tuple(node.operators[position + 1 : position + used])
            body = rest[0] if used == 1 else _product(rest, between)
            yield Differential(factor.span.cover(rest[-1].span), body), kind
            position += used
        else:
            yield factor, kind
        position += 1


def _reach(following: Sequence[Node], kinds: Sequence[str]) -> int:
    """How many factors a sign before them takes: one, or a function's name and its brackets."""
    if not following or kinds[0] != "":
        return 0
    name = read_name(following[0])
    applies = len(following) > 1 and kinds[1] == "" and isinstance(following[1], Group)
    return 2 if applies and name is not None and name.base.lstrip("\\") in BUILTIN else 1
