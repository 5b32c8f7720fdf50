"""A lone δ or Δ as a sign: `\\frac{\\delta E}{\\delta w}` is a derivative, `\\delta h_t` the error at h_t.

Nobody divides one error by another, so a δ that begins both halves of a fraction is ∂. Before a name it is
the sign of the loss's derivative where a line says so, `\\delta h = \\partial E / \\partial h`, or where
several left sides are written with it and handed back from what they make; such lines are written out as
derivatives, so that every one is a claim. Else `\\delta x` and `\\Delta w` are a change of x and a step of w:
names of their own, unless the sign stands alone somewhere, and no products. Where such a step stands nowhere
else and holds a learning rate, `\\Delta w = -\\eta (p - y) x` is the update `w = w - \\eta (p - y) x`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from gradcheck.expr.written.definitions import definitions, unboxed, written_names
from gradcheck.expr.written.names import Name, read_name
from gradcheck.expr.written.quotients import Quotient, quotients_in, read_quotient
from gradcheck.expr.written.rates import STEP_SIZES
from gradcheck.expr.written.vocabulary import is_loss_name
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import (
    Accent,
    Fraction,
    Node,
    Number,
    Operator,
    Product,
    Scripted,
    Sum,
    Symbol,
    Term,
)
from gradcheck.notation.walk import letters_in, mapped, of_kind, rebuilt, walk
from gradcheck.records import replace
from gradcheck.source import Span

DELTA, PARTIAL = "delta", "partial"
SIGNS = (DELTA, "Delta")
SEVERAL = 2
# What a loss is called that the document has no letter for.
LOSSES = ("L", "J", "E", "C")


def with_deltas_told(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with what a lone δ or Δ is the sign of in its place; themselves where there is none."""
    equations = [item for item in body if isinstance(item, Equation)]
    sides = [side for equation in equations for side in equation.sides]
    written = {sign for sign in SIGNS if any(sign in letters_in(side) for side in sides)}
    if not written:
        return body
    body = [_with_kronecker(item) if isinstance(item, Equation) else item for item in body]
    equations = [item for item in body if isinstance(item, Equation)]
    loss = _loss_of_errors(equations)
    signs = [sign for sign in SIGNS if sign in written]
    changes = {sign for sign in signs if not any(_stands_alone(s, sign) for e in equations for s in e.sides)}

    def change(side: Node) -> Node:
        for sign in signs:
            if loss is not None and sign == DELTA:
                side = _replaced(side, sign, partial(_derivative, loss))
            elif sign in changes:
                side = _replaced(side, sign, partial(_named, sign))
        return side

    return _with_updates([rewritten(item, change) if isinstance(item, Equation) else item for item in body])


def _with_updates(body: Sequence[Statement]) -> list[Statement]:
    """The statements with each step of a parameter that nothing else speaks of as an update."""
    equations = [item for item in body if isinstance(item, Equation)]
    told = list(definitions(equations))
    made = {d.name.base for d in told}
    if not any(is_loss_name(d.name) for d in told):
        return list(body)
    written = Counter(
        base for e in equations for base in {n.base for side in e.sides for n in written_names(side)}
    )

    def updated(item: Equation) -> Equation:
        old = _stepped(item)
        own, kept = read_name(unboxed(item.head)), None if old is None else read_name(old)
        if old is None or own is None or kept is None or kept.base in made:
            return item
        if written[own.base] > 1 or not written[kept.base]:
            return item
        return rewritten(item, lambda side: old if side is item.head else _from(old, side))

    return [updated(item) if isinstance(item, Equation) else item for item in body]


def _stepped(equation: Equation) -> Node | None:
    """The w of `\\Delta w = \\eta ...`; None for another line."""
    head = unboxed(equation.head)
    accent = head.base if isinstance(head, Scripted) else head
    own = {name.base for link in equation.links for name in written_names(link.right)}
    signs = {link.relation.sign for link in equation.links}
    if (
        not isinstance(accent, Accent)
        or accent.kind not in SIGNS
        or not own & STEP_SIZES
        or signs - {"=", ":="}
    ):
        return None
    return replace(head, base=accent.base) if isinstance(head, Scripted) else accent.base


def _from(old: Node, step: Node) -> Sum:
    """`w + step`."""
    terms = step.terms if isinstance(step, Sum) else (Term(step.span, "+", step),)
    return Sum(step.span, (Term(old.span, "+", old), *terms))


def with_delta_quotients(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements in which a fraction of δ's is one of ∂'s: what asks for derivatives finds it so."""
    return [rewritten(item, _with_partials) if isinstance(item, Equation) else item for item in body]


def _with_partials(side: Node) -> Node:
    return rebuilt(side, Fraction, _with_partial)


def _with_partial(node: Fraction) -> Fraction:
    if _begins(node.numerator) and _begins(node.denominator):
        return replace(node, numerator=_signed(node.numerator), denominator=_signed(node.denominator))
    return node


def _with_kronecker(equation: Equation) -> Equation:
    """`\\delta_j^i` beside `∂X_i/∂X_j` as Kronecker's `\\delta_{ij}`; δ^l_j of a layer l is none."""
    if not any(_indices(node) for side in equation.sides for node in of_kind(side, Scripted)):
        return equation
    asked = {frozenset(pair) for side in equation.sides for q in quotients_in(side) for pair in _apart(q)}

    def change(node: Node) -> Node:
        node = mapped(node, change)
        match node:
            case Scripted(sub=Node() as low, sup=Node() as high) if frozenset(_indices(node)) in asked:
                between = Operator(low.span, "")
                return replace(node, sub=Product(low.span, (high, low), (between,)), sup=None)
            case _:
                return node

    return rewritten(equation, change) if asked else equation


def _indices(node: Scripted) -> tuple[str, ...]:
    """The letters below and above a lone δ, where each is one letter."""
    match node:
        case Scripted(base=base, sub=Symbol(name=low), sup=Symbol(name=high)) if _is(base, DELTA):
            return (low, high) if low != high and len(low) == len(high) == 1 else ()
        case _:
            return ()


def _apart(quotient: Quotient) -> Iterator[tuple[str, str]]:
    """The single indices of the names in a target, each with that of what it is derived by."""
    target = () if quotient.target is None else written_names(quotient.target)
    variables = [name for node in quotient.variables if (name := read_name(node)) is not None]
    yield from ((t.sub[0], v.sub[0]) for t in target for v in variables if len(t.sub) == len(v.sub) == 1)


def _begins(node: Node) -> bool:
    """Whether a δ without scripts, or with its order, begins a product."""
    return (
        isinstance(node, Product) and _is(_below_order(node.factors[0]), DELTA) and not node.operators[0].kind
    )


def _below_order(node: Node) -> Node:
    """The δ of `\\delta^2`."""
    ordered = isinstance(node, Scripted) and node.sub is None and isinstance(node.sup, Number)
    return node.base if isinstance(node, Scripted) and ordered and not node.primes else node


def _signed(node: Node) -> Node:
    """A product of differentials with ∂ for each δ."""
    assert isinstance(node, Product), "a delta begins a product"
    return replace(node, factors=tuple(map(_partial, node.factors)))


def _partial(factor: Node) -> Node:
    sign = _below_order(factor)
    if not _is(sign, DELTA):
        return factor
    partial_sign = Symbol(sign.span, PARTIAL)
    return replace(factor, base=partial_sign) if isinstance(factor, Scripted) else partial_sign


def _is(node: Node, sign: str) -> bool:
    return isinstance(node, Symbol) and node.name == sign and not node.style


def _loss_of_errors(equations: Sequence[Equation]) -> Node | None:
    """What the errors `\\delta h` are derivatives of; None where δ is no such sign."""
    heads: set[str] = set()
    for equation in equations:
        name = _error(unboxed(equation.head))
        if name is None:
            continue
        heads.add(name.key)
        quotient = read_quotient(unboxed(equation.links[0].right))
        by = None if quotient is None else read_name(quotient.variables[0])
        if quotient is not None and quotient.target is not None and by is not None and by.key == name.key:
            free = _defined_loss(equations) is None and _is_one_step(equations)
            return None if free else quotient.target
    alone = any(_stands_alone(side, DELTA) for e in equations for side in e.sides)
    if len(heads) < SEVERAL or alone or not _goes_back(equations):
        return None
    loss = _defined_loss(equations)
    return loss if loss is not None else None if _is_one_step(equations) else _free_loss(equations)


def _is_one_step(equations: Sequence[Equation]) -> bool:
    """Whether one step of a recursion is derived by itself: no error of a later step is ever handed back.

    What comes behind the step is then in the errors that are given, and no derivative by it is meant.
    """
    sides = [side for equation in equations for side in equation.sides]
    goes_on = any(mark.endswith("-1") for side in sides for n in written_names(side) for mark in n.sub)
    errors = (name for side in sides for name in _errors_in(side))
    return goes_on and not any(mark.endswith("+1") for name in errors for mark in name.sub)


def _goes_back(equations: Sequence[Equation]) -> bool:
    """Whether errors are told by those of what they make, and none by one of what it is made of."""
    made_of = {d.name.key: {name.key for name in written_names(d.right)} for d in definitions(equations)}
    back = False
    for equation in equations:
        own = _error(unboxed(equation.head))
        if own is None:
            continue
        told = {name.key for link in equation.links for name in _errors_in(link.right)} - {own.key}
        if is_loss_name(own) or told & made_of.get(own.key, set()):
            return False
        back = back or any(own.key in made_of.get(key, ()) for key in told)
    return back


def _errors_in(side: Node) -> Iterator[Name]:
    for node in of_kind(side, Product):
        names = (read_name(node.factors[at + 1]) for at in _signs(node, DELTA))
        yield from (name for name in names if name is not None)


def _error(node: Node) -> Name | None:
    """The h_t of `\\delta h_t`."""
    if isinstance(node, Product) and len(node.factors) == 2 and _begins(node):
        name = read_name(node.factors[1])
        return name if name is not None and name.is_plain else None
    return None


def _stands_alone(side: Node, sign: str) -> bool:
    """Whether the letter of a sign is a factor by itself somewhere; `\\delta_{ij}` is another."""
    nodes = list(walk(side))
    signs = sum(1 for node in nodes if isinstance(node, Product) for _ in _signs(node, sign))
    marked = sum(1 for node in nodes if isinstance(node, Scripted) and _is(node.base, sign))
    return sum(1 for node in nodes if _is(node, sign)) > signs + marked


def _signs(node: Product, sign: str) -> Iterator[int]:
    """Where a sign stands right before a name in a product."""
    for at, (first, target) in enumerate(zip(node.factors, node.factors[1:], strict=False)):
        if _is(first, sign) and node.operators[at].kind == "" and read_name(target) is not None:
            yield at


def _defined_loss(equations: Sequence[Equation]) -> Node | None:
    """The last loss that is defined."""
    found: Node | None = None
    for equation in equations:
        head = unboxed(equation.head)
        name = read_name(head)
        if name is not None and is_loss_name(name) and any(True for _ in definitions([equation])):
            found = head
    return found


def _free_loss(equations: Sequence[Equation]) -> Node:
    """A letter of losses that the document leaves free."""
    taken = {name.base for e in equations for side in e.sides for name in written_names(side)}
    letter = next((letter for letter in LOSSES if letter not in taken), "\\ell")
    return Symbol(equations[0].head.span, letter.lstrip("\\"))


def _replaced(node: Node, sign: str, by: Callable[[Span, Node], Node]) -> Node:
    """A formula with what stands for a sign and the name behind it."""
    node = mapped(node, lambda child: _replaced(child, sign, by))
    if not isinstance(node, Product):
        return node
    signs = list(_signs(node, sign))
    if not signs:
        return node
    factors, operators = list(node.factors), list(node.operators)
    for at in reversed(signs):
        span = factors[at].span.cover(factors[at + 1].span)
        factors[at : at + 2] = [by(span, factors[at + 1])]
        del operators[at]
    return replace(node, factors=tuple(factors), operators=tuple(operators)) if operators else factors[0]


def _named(sign: str, span: Span, name: Node) -> Node:
    """`\\Delta w_{ij}` as one name, whose letter is Δw."""
    if isinstance(name, Scripted):
        return replace(name, span=span, base=Accent(name.base.span, sign, name.base))
    return Accent(span, sign, name)


def _derivative(above: Node, span: Span, below: Node) -> Fraction:
    sign, between = Symbol(span, PARTIAL), (Operator(span, ""),)
    return Fraction(span, Product(span, (sign, above), between), Product(span, (sign, below), between))
