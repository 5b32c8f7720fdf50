"""Which derivative a line derives, and which ones its right side still leaves standing.

Both are read off the formula as written, with the names resolved in the scope in which it was judged: what
is read must not depend on how a line was simplified. Reading them off the elaborated right side was
rejected, since a chain of partials without values has no one expression.
"""

from __future__ import annotations

from collections.abc import Iterator

from gradcheck.checking.comparisons.claims import Claim
from gradcheck.checking.judging.follow import as_gradient, as_local
from gradcheck.expr.forms.build import variables
from gradcheck.expr.forms.reading import Jacobian, MeaningError
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.resolve import known
from gradcheck.expr.meaning.scope import Scope
from gradcheck.expr.written.definitions import unboxed
from gradcheck.expr.written.names import Name, read_name
from gradcheck.expr.written.quotients import read_quotient
from gradcheck.expr.written.vocabulary import is_loss_name
from gradcheck.grading.evidence import LOSS, PART, Derivative
from gradcheck.notation.tree import Fraction, Node, Product
from gradcheck.notation.walk import parts
from gradcheck.restating.passages.segments import is_gradient_name
from gradcheck.shapes import ShapeError
from gradcheck.verdict import Role


def derived(claim: Claim, scope: Scope) -> Derivative | None:
    """What the chain of a claim derives: by its meaning, else as it is written; an update its new value."""
    if claim.role is Role.UPDATE:
        name = read_name(unboxed(claim.equation.head))
        return None if name is None else Derivative(LOSS, key_of(name, scope))
    for reading in claim.head.all:
        found = _meant(reading.value, scope)
        if found is not None:
            return found
    return next(_written(claim.equation.head, scope, within=False), None)


def left_standing(claim: Claim, scope: Scope) -> tuple[Derivative, ...]:
    """The derivatives on the right side of a claim, each once, in order."""
    return tuple(dict.fromkeys(_written(claim.link.right, scope, within=True)))


def is_constant(claim: Claim) -> bool:
    """Whether no reading of the right side depends on any quantity."""
    values = [reading.value for reading in claim.right.all]
    return bool(values) and not any(isinstance(value, Jacobian) or variables(value) for value in values)


def key_of(name: Name, scope: Scope) -> str:
    """The quantity that a name means, or is a component of; what it only renames, where it does."""
    key = scope.vocabulary.canonical(name)
    try:
        readings = known(name.without(transpose=False, inverse=False, power=None, primes=0), scope) or ()
    except (MeaningError, ShapeError):
        return key
    meant = (_component_of(reading.value) for reading in readings if isinstance(reading.value, Expr))
    return next((each for each in meant if each is not None), key)


def _meant(value: object, scope: Scope) -> Derivative | None:
    match value:
        case Jacobian():
            return _pair(value.target, value.variable, scope)
        case Expr():
            gradient, local = as_gradient(value), as_local(value)
            if gradient is not None:
                return _pair(gradient.target, gradient.owner, scope)
            if local is not None:
                return _pair(local.above, local.below, scope)
            if value.op == "var":
                return named(str(value.attr[0]), scope)
    return None


def named(key: str, scope: Scope) -> Derivative | None:
    """The derivative that a quantity is only another name for, `δ = ∂L/∂Z`; None for any other quantity."""
    value = scope.program.get(key)
    return None if value is None else _meant(value, scope)


def _pair(target: Expr, variable: Expr, scope: Scope) -> Derivative | None:
    above, below = _owner(target), _owner(variable)
    if below is None:
        return None
    return Derivative(_target(above, scope), below)


def _owner(expr: Expr) -> str | None:
    """The key of a quantity, or of the one that an entry is picked from."""
    while expr.op == "pick":
        expr = expr.args[0]
    return str(expr.attr[0]) if expr.op == "var" else None


def _component_of(expr: Expr) -> str | None:
    """The key of the quantity whose entries make up an expression, in whatever order."""
    while expr.op in ("pick", "stack", "transpose"):
        expr = expr.args[0]
    return str(expr.attr[0]) if expr.op == "var" else None


def _written(node: Node, scope: Scope, *, within: bool) -> Iterator[Derivative]:
    """The derivatives that are written in a formula, or that it is; nothing is looked for inside one.

    A nabla alone is that of the loss: other products than juxtaposition may stand behind it.
    """
    node = unboxed(node)
    quotient = read_quotient(node)
    if quotient is not None:
        above = _differentiated(quotient.target)
        for variable in quotient.variables:
            below = read_name(unboxed(variable))
            if below is not None:
                bare = quotient.target is None and not isinstance(node, Fraction)
                target = LOSS if bare else _target(None if above is None else key_of(above, scope), scope)
                yield Derivative(target, key_of(below, scope))
        if isinstance(node, Product) and within:
            yield from (each for factor in node.factors[2:] for each in _written(factor, scope, within=True))
        return
    name = read_name(node)
    meant = None if name is None else named(key_of(name, scope), scope)
    if meant is not None:
        yield meant
    elif name is not None and is_gradient_name(name, scope.vocabulary, _quantities(scope)):
        yield Derivative(LOSS, key_of(name.differentiated or name, scope))
    elif within:
        yield from (each for part in parts(node) for each in _written(part, scope, within=True))


def _differentiated(target: Node | None) -> Name | None:
    """The name that is differentiated; after a nabla the first factor, since nobody brackets there."""
    if isinstance(target, Product):
        target = target.factors[0]
    return None if target is None else read_name(unboxed(target))


def _target(key: str | None, scope: Scope) -> str:
    """What is differentiated: the loss, a part of it such as the loss of one sample, or another quantity."""
    if key is None or key == scope.loss_key:
        return "" if key is None else LOSS
    return PART if key in losses_below(scope) else key


def losses_below(scope: Scope) -> frozenset[str]:
    """What is named as losses are and is not the loss: the loss of one sample, a penalty."""
    named = {key for key, given in scope.quantities.items() if any(is_loss_name(each.name) for each in given)}
    return frozenset(named - {scope.loss_key})


def _quantities(scope: Scope) -> frozenset[str]:
    return frozenset(scope.shapes) | frozenset(scope.vocabulary.shapes) | frozenset(scope.aliases)
