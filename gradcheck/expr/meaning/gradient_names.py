"""Names that are gradients of the loss: `dW` for ∂L/∂W, and `d\\sigma^2` for ∂L/∂σ².

What `d` before a name means is told by the scope: nothing has the whole as its name, there is a loss, and
what follows is a quantity. A square counts as a quantity of its own only where a formula defines it as one;
elsewhere `dx^2` is the square of a gradient.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gradcheck.expr.forms.build import apply
from gradcheck.expr.forms.reading import Reading, ranked
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.derivatives import by_square, derivative, selection
from gradcheck.expr.meaning.resolve import known
from gradcheck.expr.written.names import Name
from gradcheck.notation.tree import Number

if TYPE_CHECKING:
    from gradcheck.expr.meaning.elaborate import Elaborator


def square_gradient_name(elaborator: Elaborator, name: Name) -> list[Reading] | None:
    """`d\\sigma^2` as ∂L/∂σ², where a formula for σ² says what σ is; None for any other name."""
    inner, power, scope = name.differentiated, name.power, elaborator.scope
    if inner is None or power is None or power != Number(power.span, "2") or scope.quantity(name.key):
        return None
    loss, plain = scope.loss(), inner.without(power=None)
    owners = known(plain, scope)
    if loss is None or owners is None:
        return None
    keys = {selection(r.value)[0] for r in owners if isinstance(r.value, Expr)}
    roots = (scope.chosen.get(owner.attr[0]) for owner in keys if owner is not None)
    if not any(definition is not None and definition.is_root for definition in roots):
        return None
    return ranked(
        [r.noted(*o.notes) for o in owners for r in by_square(elaborator, loss, o.value, name.span)]
    )


def gradient_name(elaborator: Elaborator, name: Name) -> list[Reading] | None:
    """`dW^{[2]}` as ∂L/∂W^{[2]} of the scope's loss, or None if it is no such name."""
    scope = elaborator.scope
    letter = name.differentiated
    if letter is None or scope.quantity(name.key) is not None:
        return None
    loss = scope.loss()
    if loss is None:
        return None
    inner = known(letter.without(transpose=False, inverse=False, power=None), scope)
    if inner is None:
        return None
    found: list[Reading] = []
    for reading in inner:
        for result in derivative(elaborator, loss, reading.value, name.span):
            value = result.value
            if name.transpose and isinstance(value, Expr):
                value = apply("transpose", value)
            found.append(Reading(value, (*reading.notes, *result.notes)))
    return ranked(found)
