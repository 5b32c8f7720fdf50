"""Names for the derivative of the loss: `\\bar{y}` in reverse mode, the error `\\delta^l` of a layer.

`\\bar{y}` is ∂J/∂y where the document sets `\\bar{J} = 1` or says so; without such a line, and over what is
summed up, a bar is a mean or another quantity. `\\delta^l` is ∂C/∂z^l where layer by layer it is made of the
next one, an activation is applied to `z^l`, and nothing says otherwise; a derivative by `a^L`, or by a bare
`a`, times a slope says no other of `\\delta^L`. Both are written out as derivatives before anything is read,
so that every line about them is a claim: a recursion that defined δ would make its own errors right.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from gradcheck.expr.written.definitions import Definition, definitions, read_applied, unboxed, written_names
from gradcheck.expr.written.names import base_text, read_name
from gradcheck.expr.written.quotients import derives, quotients_in, read_quotient
from gradcheck.expr.written.vocabulary import is_loss_name
from gradcheck.notation.scripts import split_superscript
from gradcheck.notation.statements import Equation, Prose, Statement, rewritten
from gradcheck.notation.tree import (
    Accent,
    BigOperator,
    Fraction,
    Node,
    Number,
    Operator,
    Product,
    Scripted,
    Symbol,
)
from gradcheck.notation.walk import mapped, of_kind
from gradcheck.records import replace
from gradcheck.restating.sayings.announced import BAR, announced, bar_over_all, is_handed_back
from gradcheck.source import Span


def written_out(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with adjoints as derivatives; themselves where there are none."""
    return _with_bars(_with_errors(body))


def _with_bars(body: Sequence[Statement]) -> Sequence[Statement]:
    """Bars as derivatives of J: after `\\bar{J} = 1`, after the text says so, and where they are used so."""
    made: list[Statement] = []
    equations = [item for item in body if isinstance(item, Equation)]
    means = {base for item in equations if (base := _mean(item)) is not None}
    defined = {d.name.key for d in definitions(equations)}
    used = is_handed_back(equations, means)
    loss, latest = None, _loss(equations) if used else None
    for item in body:
        if isinstance(item, Prose):
            said = announced(item.text)
            loss = _loss(equations) if said is True else said or loss
        elif isinstance(item, Equation):
            latest = (_loss([item]) if used else None) or latest
            loss = _seed(item, defined) or loss
            by = loss or latest
            item = item if by is None else _changed(item, by, means)
        made.append(item)
    return made


def _seed(equation: Equation, defined: set[str]) -> Node | None:
    """J of `\\bar{J} = 1`, or of `\\bar{y} = ∂J/∂y`; y itself where J is not defined, and is no entry."""
    head, right = bar_over_all(equation.head), equation.links[0].right
    if head is None:
        return None
    if isinstance(right, Number) and right.text == "1":
        return head.base
    quotient, own = read_quotient(unboxed(right)), read_name(head.base)
    if quotient is None or quotient.target is None or own is None:
        return None
    by, target = read_name(quotient.variables[0]), read_name(quotient.target)
    if by is None or by.key != own.key:
        return None
    if target is not None and (target.key in defined or is_loss_name(target)):
        return quotient.target
    return None if isinstance(head.base, Scripted) else head.base


def _mean(equation: Equation) -> str | None:
    """The letter below the bar of `\\bar{x} = \\frac{1}{m} \\sum_i x_i`."""
    head = equation.head
    right = equation.links[0].right
    summed = of_kind(right, BigOperator)
    barred = any(accent.kind == BAR for accent in of_kind(right, Accent))
    return base_text(head.base) if isinstance(head, Accent) and summed and not barred else None


def _changed(equation: Equation, loss: Node, means: set[str]) -> Equation:
    name = read_name(loss)

    def change(node: Node) -> Node:
        if isinstance(node, Scripted) and isinstance(node.base, Accent) and node.base.kind == BAR:
            node = bar_over_all(node) or _bar_inside(node, node.base)
        if isinstance(node, Accent) and node.kind == BAR and base_text(node.base) not in means:
            inner = read_name(node.base)
            itself = inner is not None and name is not None and inner.key == name.key
            return Number(node.span, "1") if itself else _derivative(node.span, loss, node.base)
        return mapped(node, change)

    return rewritten(equation, change)


def _bar_inside(node: Scripted, accent: Accent) -> Node:
    """`\\bar{v}_2^T` as a bar over v_2; a transposition, or what else is done with it, stays outside."""
    inner = Accent(node.span, BAR, Scripted(node.span, accent.base, node.sub, None))
    return node if node.sub is None else replace(node, base=inner, sub=None)


def _with_errors(body: Sequence[Statement]) -> Sequence[Statement]:
    """Errors of layers as derivatives of the loss by what is activated."""
    equations = [item for item in body if isinstance(item, Equation)]
    loss = _loss(equations) or _begun_from(equations)
    inner = _activated(equations)
    if loss is None or inner is None or not _is_handed_down(equations):
        return body

    def change(node: Node) -> Node:
        if isinstance(node, Scripted) and base_text(node.base) == "\\delta" and _is_error(node):
            return _derivative(node.span, loss, replace(node, base=inner))
        return mapped(node, change)

    values = _values(equations)
    told = [_of_own_layer(item, values) if isinstance(item, Equation) else item for item in body]
    return [rewritten(item, change) if isinstance(item, Equation) else item for item in told]


def _of_own_layer(equation: Equation, values: Collection[str]) -> Equation:
    """`\\delta^L = \\nabla_a C \\odot \\sigma'(z^L)` with the layer on a, too."""
    head = unboxed(equation.head)
    if not isinstance(head, Scripted) or base_text(head.base) != "\\delta":
        return equation

    def own(variable: Node) -> Node:
        bare = isinstance(variable, Symbol) and base_text(variable) in values
        return Scripted(variable.span, variable, head.sub, head.sup) if bare else variable

    def put(node: Node) -> Node:
        match node:
            case Scripted(base=Symbol(name="nabla"), sub=Node() as sub):
                return replace(node, sub=own(sub))
            case Fraction(denominator=below) if read_quotient(node) is not None:
                return replace(node, denominator=mapped(below, own))
            case _:
                return mapped(node, put)

    return rewritten(equation, put)


def _is_error(node: Scripted) -> bool:
    """Whether δ has a layer's mark, and nothing else that a derivative cannot carry."""
    name = read_name(node)
    if name is None or not name.is_plain or split_superscript(node.sup).transpose:
        return False
    return name.layer is not None or name.sample is not None or len(name.sub) == 1


def _is_handed_down(equations: Sequence[Equation]) -> bool:
    """Whether δ of one layer is told by δ of another, and no line says what δ is."""
    handed = False
    for definition in definitions(equations):
        own = definition.name
        if own.base != "\\delta":
            continue
        if derives(definition.right) and not _begins(definition, equations):
            return False
        marks = (own.layer, own.sample, own.sub)
        others = [n for n in written_names(definition.right) if n.base == "\\delta"]
        handed = handed or any((n.layer, n.sample, n.sub) != marks for n in others)
    said = any(
        name is not None and name.base == "\\delta"
        for e in equations
        if derives(unboxed(e.head)) and _by(e.head, equations)
        for link in e.links
        if (name := read_name(unboxed(link.right))) is not None
    )
    return handed and not said


def _begins(definition: Definition, equations: Sequence[Equation]) -> bool:
    """Whether a formula with a derivative says what δ is of one layer alone, from which it is handed down."""
    return (_by_value(definition.right, equations) or _of_last(definition, equations)) is not None


def _of_last(definition: Definition, equations: Sequence[Equation]) -> Node | None:
    """The loss C of `\\delta^L = \\partial C/\\partial z^L`, of the last layer, which a capital marks."""
    quotient, own = read_quotient(unboxed(definition.right)), definition.name
    by = read_name(quotient.variables[0]) if quotient is not None and len(quotient.variables) == 1 else None
    inner, mark = _activated(equations), own.layer or own.sample or "".join(own.sub[-1:])
    if quotient is None or by is None or inner is None or by.base != base_text(inner):
        return None
    same = (by.layer, by.sample, by.sub) == (own.layer, own.sample, own.sub)
    return quotient.target if same and mark.isupper() else None


def _begun_from(equations: Sequence[Equation]) -> Node | None:
    """The loss C of `\\delta^L = \\partial C/\\partial a^L \\odot \\sigma'(z^L)`; None without such."""
    for definition in definitions(equations):
        if definition.name.base == "\\delta":
            loss = _by_value(definition.right, equations) or _of_last(definition, equations)
            if loss is not None:
                return loss
    return None


def _by_value(right: Node, equations: Sequence[Equation]) -> Node | None:
    """What a formula times a slope derives by the values of activations alone; None for any other formula."""
    values = _values(equations)
    told = list(_gradients(right))
    by = {base_text(v.base if isinstance(v, Scripted) else v) for v, _ in told}
    if len(told) != 1 or read_quotient(unboxed(right)) is not None or not by <= values:
        return None
    return told[0][1]


def _gradients(formula: Node) -> Iterator[tuple[Node, Node]]:
    """What each derivative in a formula is by, and of, `\\nabla_a C` among them."""
    for quotient in quotients_in(formula):
        if quotient.target is not None:
            yield from ((variable, quotient.target) for variable in quotient.variables)
    for product in of_kind(formula, Product):
        for sign, target in pairwise(product.factors):
            match sign:
                case Scripted(base=Symbol(name="nabla"), sub=Node() as variable):
                    yield variable, target
                case _:
                    pass


def _by(head: Node, equations: Sequence[Equation]) -> bool:
    """Whether a derivative is taken by what is activated."""
    inner = _activated(equations)
    quotient = read_quotient(unboxed(head))
    name = read_name(quotient.variables[0]) if quotient is not None else None
    return inner is not None and name is not None and name.base == base_text(inner)


def _activated(equations: Sequence[Equation]) -> Node | None:
    """The letter of what activations are applied to, `z` of `a^l = σ(z^l)`."""
    found = (_argument(definition) for definition in definitions(equations))
    return next((argument.base for argument in found if argument is not None), None)


def _values(equations: Sequence[Equation]) -> set[str]:
    """The letters of the values of activations, `a` of `a^l = σ(z^l)`."""
    return {d.name.base for d in definitions(equations) if _argument(d) is not None}


def _argument(definition: Definition) -> Scripted | None:
    """`z^l` of `a^l = σ(z^l)`."""
    applied = read_applied(definition.right)
    if applied is None or len(applied.arguments) != 1 or definition.is_function:
        return None
    (argument,) = applied.arguments
    return argument if isinstance(argument, Scripted) and isinstance(argument.base, Symbol) else None


def _loss(equations: Sequence[Equation]) -> Node | None:
    """The last loss that is defined, as it is written."""
    found: Node | None = None
    for equation in equations:
        for definition in definitions([equation]):
            name = read_name(unboxed(equation.head))
            if name is not None and name.key == definition.name.key and is_loss_name(name):
                found = unboxed(equation.head)
    return found


def _derivative(span: Span, above: Node, below: Node) -> Fraction:
    """`∂above/∂below`, all at the place of the name that it stands for."""
    sign, between = Symbol(span, "partial"), (Operator(span, ""),)
    return Fraction(span, Product(span, (sign, above), between), Product(span, (sign, below), between))
