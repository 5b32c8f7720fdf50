"""Lines that define a name for which another definition was taken.

Of several formulas for one name, one is what the name means, and the others are read and nothing more is
asked of them: people write a definition for one sample beside that for all. An assignment numbers its
equations as the document does, so a definition is known by its place in the text as well as by its number.
"""

from __future__ import annotations

from gradcheck.checking.claims import Claim
from gradcheck.expr.quotients import tells_derivative
from gradcheck.expr.scope import Scope


def defines_again(claim: Claim, scope: Scope) -> bool:
    """Whether a link is one of several definitions of its name, and another one was taken.

    Of a name for a multiple of a derivative, `δ = -∂L/∂z`, a second formula is no definition but a claim.
    """
    place = (claim.equation.number, claim.link.number)
    return any(
        d.place == place
        and d.right.span in claim.equation.span
        and not (key in scope.chosen and tells_derivative(scope.chosen[key].right))
        for key, items in scope.quantities.items()
        for d in items
    )
