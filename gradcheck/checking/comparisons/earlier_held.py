"""`Σ_k ∂E_t/∂h_k · ∂h_k/∂W`: each step's own use of W, with the earlier states held.

What every text on recurrent networks writes down is right where `∂h_k/∂W` is the immediate derivative, by the
W that stands in the formula of `h_k` itself; as a total one it would count the earlier steps again. Where a
formula derives several members of one recursion by what they share, this is one of its readings. Rejected: to
take single derivatives so, since `∂h_t/∂W` by itself means all of them. The step of a state from the one
before, `∂c_t/∂c_{t-1} = f_t`, may hold the gates, though these are made of it, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gradcheck.checking.bench.oracle import Oracle
from gradcheck.checking.comparisons.judgement import Pair
from gradcheck.expr.forms.build import apply, deriv, num, reach, substitute, transform, variables
from gradcheck.expr.forms.reading import Note
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.scope import Scope
from gradcheck.expr.written.names import letter_of

HELD = Note("info", "each derivative of a state by what all steps share holds the earlier states")

PATH = Note("info", "one of the paths that are summed: what else is made of the variable is held")

THROUGH = Note("info", "what is told of another quantity by what is derived by here is taken for it")

STEP = Note("info", "one step of a state from the one before: what else is made of that one is held")

PASSED_ON = Note(
    "info", "this is what a state passes on to the one before: the rest of that one's is not told"
)


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


def with_step_held(pair: Pair, scope: Scope) -> Pair | None:
    """The comparison with the immediate derivative of a state by the state before; None for any other."""
    expected, got, notes = pair
    changed: dict[Expr, Expr] = {}
    for node in expected.derivatives:
        target, before = node.args
        inside = variables(target) & scope.program.keys()
        if before.op != "var" or len(inside) != 1:
            continue
        (key,), earlier = inside, before.attr[0]
        formula = scope.program[key]
        if key == earlier or earlier not in formula.keys or letter_of(key) != letter_of(earlier):
            continue
        if _has_gates(formula, before, scope):
            own = scope.auxiliary(before)
            scope.spellings[own.attr[0]] = scope.latex_of(earlier)
            state = next(inner for inner in target.walk() if inner.op == "var" and inner.attr[0] == key)
            changed[node] = deriv(substitute(target, {state: substitute(formula, {before: own})}), own)
    return (transform(expected, changed.get), got, (*notes, STEP)) if changed else None


def _has_gates(formula: Expr, before: Expr, scope: Scope) -> bool:
    """Whether what else a state is made of is made of the state before, too."""
    earlier = before.attr[0]
    return any(earlier in reach(other, scope.program) for other in variables(formula) - {earlier})


def with_part_passed_on(pair: Pair, scope: Scope) -> Pair | None:
    """`∂L/∂c_{t-1}` as the part that comes through `c_t` by its own formula; else None."""
    expected, got, notes = pair
    if expected.op != "deriv" or expected.args[0] != scope.loss() or expected.args[1].op != "var":
        return None
    before = expected.args[1]
    for node in got.derivatives:
        formula = scope.program.get(node.args[1].attr[0]) if node.args[0] == expected.args[0] else None
        if formula is None or before.attr[0] not in formula.keys or formula.shape != node.shape:
            continue
        if letter_of(node.args[1].attr[0]) == letter_of(before.attr[0]) and _has_gates(
            formula, before, scope
        ):
            own = scope.auxiliary(before)
            scope.spellings[own.attr[0]] = scope.latex_of(before.attr[0])
            passed = apply("sum", apply("mul", node, substitute(formula, {before: own})), attr=(None,))
            return deriv(passed, own), got, (*notes, PASSED_ON)
    return None


def with_formula_through(pair: Pair, told: Iterable[Pair], oracle: Oracle) -> Iterator[Pair]:
    r"""The comparisons in which a quantity is made of what is derived by, as another formula tells it.

    Of `r = x - m`, `v = \frac1n \sum_i (x_i - m)^2 = \frac1n r^T r` and an L of both, `∂L/∂r` holds v or
    goes through it: equal formulas differ in that, and an author takes either.

    told    the lines of the document that may hold such formulas
    """
    expected, got, notes = pair
    program = oracle.bench.program
    for by in dict.fromkeys(node.args[1] for side in (expected, got) for node in side.derivatives):
        if by.op != "var" or by.attr[0] not in program.definitions:
            continue
        for named, formula, _ in told:
            squared = named.op == "power" and named.args[1] == num(2)
            quantity = named.args[0] if squared else named
            if quantity.op != "var" or quantity == by or quantity.attr[0] not in program.definitions:
                continue
            held = by.attr[0] in formula.keys and by.attr[0] not in program.reach[quantity.attr[0]]
            if not held or formula.derivatives or formula.free or not oracle.equal(named, formula):
                continue
            value = apply("sqrt", formula) if squared else formula
            changed = {
                node: deriv(_written_through(node.args[0], quantity, value, by, oracle), by)
                for side in (expected, got)
                for node in side.derivatives
                if node.args[1] == by
            }
            yield transform(expected, changed.get), transform(got, changed.get), (*notes, THROUGH)


def _written_through(target: Expr, quantity: Expr, value: Expr, by: Expr, oracle: Oracle) -> Expr:
    """A target with a quantity's other formula in its place, and all that rests on it written out."""
    program = oracle.bench.program

    def formula(node: Expr) -> Expr | None:
        if node == quantity:
            return value
        defined = program.definitions.get(node.attr[0]) if node.op == "var" and node != by else None
        if defined is None or quantity.attr[0] not in program.reach[node.attr[0]]:
            return None
        return transform(defined, formula)

    return transform(target, formula)


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
