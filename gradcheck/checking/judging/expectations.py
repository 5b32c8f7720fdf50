r"""Expectations of what is no array: `-E[ℓ''] = 1/(p(1-p))` rests on a distribution, which no formula gives.

The sign of an expectation over samples is their mean, and judged as that. Of one number it is no mean, and a
letter E before square brackets that nothing defines is no factor: a line that holds so stands, but one that
does not is held against nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gradcheck.checking.comparisons.claims import Claim
from gradcheck.expr.forms.build import reach, variables
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.scope import Scope
from gradcheck.expr.written.names import read_name
from gradcheck.notation.tree import Group, Node, Product
from gradcheck.notation.walk import letters_in, of_kind
from gradcheck.shapes import SCALAR

SIGN, BOLD = "E", "\\mathbb{E}"
OPEN = "an expectation rests on a distribution, and no formula of one is put in here"


def of_open_distribution(claim: Claim, pair: Sequence[Expr], scope: Scope) -> str | None:
    """What to say of a line with an expectation that no samples give the mean of; None without one."""
    keys = {key for value in pair for name in variables(value) for key in reach(name, scope.program)}
    told = (definition.right for key in sorted(keys) for definition in scope.quantities.get(key, ()))
    sides = (claim.equation.head, claim.link.left, claim.link.right, *told)
    signs = {sign for side in sides if SIGN in letters_in(side) for sign in _expecting(side)}
    if SIGN in scope.program:
        signs.discard(SIGN)
    formulas = [*pair, *(scope.program[key] for key in keys & scope.program.keys())]
    means = (node for formula in formulas for node in formula.walk() if node.op == "mean")
    over_samples = any(node.args[0].shape != SCALAR for node in means)
    return OPEN if SIGN in signs or (signs and not over_samples) else None


def _expecting(side: Node) -> Iterator[str]:
    """The signs of expectations: E before square brackets, `\\mathbb{E}` before any."""
    for product in of_kind(side, Product):
        for sign, group in zip(product.factors, product.factors[1:], strict=False):
            name = read_name(sign) if isinstance(group, Group) else None
            square = isinstance(group, Group) and group.open == "["
            if name is not None and (name.base == BOLD or (name.base == SIGN and square)):
                yield name.base
