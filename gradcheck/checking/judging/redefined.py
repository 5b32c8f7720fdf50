"""Lines that define a name for which another definition was taken.

Of several formulas for one name, one is what the name means, and the others are read and nothing more is
asked of them: people write a definition for one sample beside that for all. An assignment numbers its
equations as the document does, so a definition is known by its place in the text as well as by its number.
But two formulas of the very same quantities that differ tell two things of one name, and one of them is a
slip or meant for another case: the later one is left open. Activations are exempt, since people compare
several, and so are losses, unless what is derived below is the gradient of the first. A function that is told
once as a composition and once as its outer part, `f(x) = (3x+1)^2` and `f(u) = u^2`, has two meanings.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from gradcheck.checking.bench.oracle import Oracle
from gradcheck.checking.comparisons.claims import Claim
from gradcheck.checking.comparisons.judgement import Judgement
from gradcheck.checking.comparisons.prepare import Prepared
from gradcheck.expr.forms.build import deriv, variables
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.scope import Scope
from gradcheck.expr.written.definitions import Applied, read_applied, unboxed
from gradcheck.expr.written.names import read_name
from gradcheck.expr.written.quotients import tells_derivative
from gradcheck.expr.written.vocabulary import is_loss_name
from gradcheck.notation.tree import Call, Group, Node, Product, Symbol
from gradcheck.notation.walk import letters_in, of_kind, relettered
from gradcheck.verdict import Verdict


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


def told_otherwise(
    prepared: Prepared, scope: Scope, oracle: Oracle, all_lines: Sequence[Prepared]
) -> Judgement | None:
    """What to say of a second formula for a name that is another function of the same quantities."""
    head = unboxed(prepared.claim.equation.head)
    applied = read_applied(head)
    name = read_name(head) if applied is None else applied.function
    if name is None or not oracle.decisive or not prepared.literal:
        return None
    expected, got, _ = prepared.literal[0]
    if is_loss_name(name) and not _goes_on(prepared, all_lines, oracle):
        return None
    formulas = (got, *(scope.program[key] for key in variables(expected) if key in scope.program))
    if any(map(_is_activation, formulas)):
        return None
    if expected.free != got.free or _inputs(expected, oracle) != _inputs(got, oracle):
        return None
    if oracle.evidence(expected, got).outcome != "different":
        return None
    message = _which_is_meant(scope.latex_of(name.key))
    return Judgement(prepared.claim, Verdict.UNDECIDED, pair=(expected, got), message=message)


def of_two_functions(
    prepared: Prepared, scope: Scope, oracle: Oracle, all_lines: Sequence[Prepared]
) -> str | None:
    """Why a line is not accused: it speaks of a function that another formula in another letter tells, too.

    One that speaks of it in the letter of the formula that was taken is meant by that one.
    """
    sides = (prepared.claim.equation.head, prepared.claim.link.right)
    whole, outer = (read_applied(unboxed(side)) for side in sides)
    nested = outer is not None and any(map(read_applied, outer.arguments))
    if whole and outer and nested and whole.function.key == outer.function.key:
        # `f(x) = f(g(x))` names both by one letter.
        return _which_is_meant(scope.latex_of(whole.function.key))
    written = frozenset[str]().union(*map(letters_in, sides))
    for line in all_lines:
        applied, by = _told_in_a_letter(line)
        taken = None if applied is None else scope.function(applied.function)
        if (
            applied is None
            or by is None
            or taken is None
            or taken.parameter is None
            or by == taken.parameter.base
        ):
            continue
        base = applied.function.base
        if base not in written or not (by in written or any(_is_composed(side, base) for side in sides)):
            continue
        differs = relettered(line.claim.link.right, by, taken.parameter.base) != taken.right
        if differs and all(oracle.evidence(*pair[:2]).outcome == "different" for pair in line.literal[:1]):
            return _which_is_meant(scope.latex_of(applied.function.key))
    return None


def _told_in_a_letter(line: Prepared) -> tuple[Applied | None, str | None]:
    """The function and the letter by which a line gives its formula: f and u of `f(u) = u^2`."""
    claim = line.claim
    applied = read_applied(unboxed(claim.equation.head)) if claim.link.number == 1 else None
    argument = applied.arguments[0] if applied is not None and len(applied.arguments) == 1 else None
    if not isinstance(argument, Symbol) or letters_in(claim.link.right) != {argument.name}:
        return None, None
    return applied, argument.name


def _is_composed(side: Node, base: str) -> bool:
    """Whether a function is applied to more than a letter, `f(g(x))`."""
    calls = [(call.function, call.argument) for call in of_kind(side, Call)]
    pairs = [pair for product in of_kind(side, Product) for pair in pairwise(product.factors)]
    return any(
        isinstance(function, Symbol)
        and function.name == base
        and not (isinstance(argument, Symbol) or (isinstance(argument, Group) and _is_letter(argument)))
        for function, argument in (*calls, *(p for p in pairs if isinstance(p[1], Group)))
    )


def _is_letter(group: Group) -> bool:
    return len(group.items) == 1 and isinstance(group.items[0], Symbol)


def _which_is_meant(function: str) -> str:
    return f"`{function}` has another formula elsewhere, which differs: which is meant?"


def _goes_on(prepared: Prepared, all_lines: Sequence[Prepared], oracle: Oracle) -> bool:
    """Whether a line below derives what another formula told first, and rightly, which this one would not."""
    expected, got, _ = prepared.literal[0]
    below = (p for p in all_lines if p.claim.equation.number > prepared.claim.equation.number)
    for slope, written, _ in (pair for item in below for pair in item.literal):
        if slope.op == "deriv" and slope.args[0] == expected and got.shape == expected.shape:
            right = oracle.equal(slope, written)
            return right and not oracle.equal(slope, deriv(got, slope.args[1]))
    return False


def _is_activation(formula: Expr) -> bool:
    """Whether it is one function of one quantity, or that quantity itself: `\\sigma(z)`."""
    inside = formula.args[0] if len(formula.args) == 1 else formula
    return inside.op in ("var", "pick")


def _inputs(formula: Expr, oracle: Oracle) -> frozenset[str]:
    """What a formula rests on in the end."""
    program = oracle.bench.program
    return frozenset(key for key in program.reach_of(formula) if key not in program.definitions)
