"""`Σ_k ∂E_t/∂h_k · ∂h_k/∂W`: each step's own use of W, with the earlier states held.

What every text on recurrent networks writes down is right where `∂h_k/∂W` is the immediate derivative, by the
W that stands in the formula of `h_k` itself; as a total one it would count the earlier steps again. Where a
formula derives several members of one recursion by what they share, this is one of its readings. Rejected: to
take single derivatives so, since `∂h_t/∂W` by itself means all of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from gradcheck.checking.judgement import Pair
from gradcheck.expr.build import deriv, reach, substitute, transform, variables
from gradcheck.expr.reading import Note
from gradcheck.expr.scope import Scope
from gradcheck.expr.tree import Expr

HELD = Note("info", "each derivative of a state by what all steps share holds the earlier states")

PATH = Note("info", "one of the paths that are summed: what else is made of the variable is held")


def with_earlier_held(pair: Pair, scope: Scope) -> Pair | None:
    """The comparison with immediate derivatives of the members of a recursion; None where there are none."""
    expected, got, notes = pair
    members = list(_members(got, scope)) if len(got.derivatives) > 1 else []
    owners = {key for _, key in members}
    recursive = any(key in reach(other, scope.program) for key in owners for other in owners - {key})
    if len({node.args[1] for node, _ in members}) != 1 or not recursive:
        return None
    shared = members[0][0].args[1]
    own = scope.auxiliary(shared)
    scope.spellings[own.attr[0]] = scope.latex_of(shared.attr[0])
    changed: dict[Expr, Expr] = {}
    for node, key in members:
        formula = substitute(scope.program[key], {shared: own})
        member = next(inner for inner in node.args[0].walk() if inner.op == "var" and inner.attr[0] == key)
        changed[node] = deriv(substitute(node.args[0], {member: formula}), own)
    return expected, transform(got, changed.get), (*notes, HELD)


def with_paths_held(pair: Pair, scope: Scope) -> Pair | None:
    """The comparison with the immediate derivative of a quantity that is one of several paths; else None."""
    expected, got, notes = pair
    changed: dict[Expr, Expr] = {}
    for node, key in _members(expected, scope) if scope.usage.paths else ():
        shared = node.args[1]
        formula = scope.program[key]
        if (key, shared.attr[0]) not in scope.usage.paths or len(variables(formula)) < 2:
            continue
        own = scope.auxiliary(shared)
        scope.spellings[own.attr[0]] = scope.latex_of(shared.attr[0])
        member = next(inner for inner in node.args[0].walk() if inner.op == "var" and inner.attr[0] == key)
        changed[node] = deriv(substitute(node.args[0], {member: substitute(formula, {shared: own})}), own)
    return (transform(expected, changed.get), got, (*notes, PATH)) if changed else None


def _members(got: Expr, scope: Scope) -> Iterator[tuple[Expr, str]]:
    """The derivatives of single defined quantities by an input that their own formulas hold."""
    for node in dict.fromkeys(got.derivatives):
        if node.args[1].op != "var" or node.args[1].attr[0] in scope.program:
            continue
        inside = variables(node.args[0])
        keys = inside & scope.program.keys()
        if len(inside) == len(keys) == 1:
            (key,) = keys
            if node.args[1].attr[0] in scope.program[key].keys:
                yield node, key
