"""Derivatives that a document leaves open: of what it never says how it depends on their variable.

A target that rests on names which nothing defines may hold the variable in any of them. So may a loss of
which only a derivative by another variable is told, and one that does not depend on the variable as it was
read: then a definition was not understood as it was meant. Of what has a number and no formula it is not
known what it is a function of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gradcheck.calculus.program import Program
from gradcheck.checking.comparisons.claims import Side
from gradcheck.expr.forms.build import num, variables
from gradcheck.expr.forms.reading import IdleSum
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.scope import Scope
from gradcheck.expr.written.definitions import written_names
from gradcheck.expr.written.names import letter_of
from gradcheck.expr.written.rates import LEARNING_RATES


def open_derivative(expected: Expr, got: Expr, scope: Scope, program: Program) -> str | None:
    """What keeps a derivative from being known: its target rests on names that nothing defines."""
    derived_by = {node.args[1].attr[0] for node in got.derivatives}
    for node in _with_named_gradients((expected, got), scope):
        by = node.args[1].attr[0]
        paths = {key for key, last in scope.usage.paths if last == by != key}
        through = paths & derived_by - scope.program.keys()
        if node.args[0].op == "var" and node in expected.derivatives:
            through |= {node.args[0].attr[0]} & LEARNING_RATES - scope.program.keys() - {by}
        if through and got != num(0):
            return f"what `{scope.latex_of(by)}` does to {told(through, scope)} is not defined"
        through = _said_to_depend(node, scope, program) | _known_by_entries(node, scope, program)
        if through:
            return f"what `{scope.latex_of(by)}` does to {told(through, scope)} is not defined"
        if by not in program.reach_of(node.args[0]) and not _comes_in_later(node, program):
            open_ends = _open_ends(node, got, scope, program)
            if open_ends is not None:
                return open_ends
    return None


def derives_in_vain(side: Side, program: Program) -> bool:
    """Whether a side derives something by a quantity that it does not rest on, as it was read."""
    values = [reading.value for reading in side.literal if isinstance(reading.value, Expr)]
    pairs = [node.args for value in values for node in value.derivatives if node.args[1].op == "var"]
    return any(by.attr[0] not in program.reach_of(target) for target, by in pairs)


def _said_to_depend(node: Expr, scope: Scope, program: Program) -> set[str]:
    """What a target rests on without a formula, though a line derives it by what holds the variable."""
    by, reached = node.args[1].attr[0], program.reach_of(node.args[0])
    return {
        key
        for key, variable in scope.usage.derived
        if key in reached
        and key not in (*scope.program, by)
        and by in program.reach.get(variable, frozenset((variable,)))
    }


def _known_by_entries(node: Expr, scope: Scope, program: Program) -> set[str]:
    """The vectors without a formula that a target rests on, of which an entry has one with the variable.

    What a general formula makes of `s` does not see that `s_1 = v u` was told of one entry alone.
    """
    by, found = node.args[1].attr[0], set[str]()
    whole = {key for key in program.reach_of(node.args[0]) if key not in (*program.definitions, by)}
    for key, formula in program.definitions.items():
        of, _, index = key.partition("_")
        if of in whole and index.isdigit() and formula.shape == (1, 1):
            vector = scope.quantity(of)
            one_of_it = vector is not None and vector.shape[0] != 1
            found |= {of} if one_of_it and (by == key or by in program.reach[key]) else set()
    return found


def unread_between(expected: Expr, scope: Scope, program: Program) -> str | None:
    """A name that a target rests on, and whose definition was not understood but leads to the variable.

    The target may hold the variable elsewhere, too, as a penalty holds the weights: that is not all of it.
    """
    for node in expected.derivatives:
        target, by = node.args[0], node.args[1].attr[0]
        for key in sorted((variables(target) | program.reach_of(target)) & scope.problems.keys()):
            led_to = set[str]() if key in (*scope.chosen, by) else _led_to(key, scope, program)
            if (
                by in led_to and key not in led_to
            ):  # a step, `w = w - …`, tells what no derivative goes through
                return f"what `{scope.latex_of(by)}` does to {told({key}, scope)} was not understood"
    return None


def _led_to(key: str, scope: Scope, program: Program) -> set[str]:
    """The names that the definitions of a name write, and those that these rest on."""
    found: set[str] = set()
    asked = [key]
    while asked:
        for definition in scope.quantities.get(asked.pop(), ()):
            written = {scope.vocabulary.canonical(name) for name in written_names(definition.right)} - found
            found |= written
            asked += [each for each in written if each not in program.definitions]
    return found.union(*(program.reach.get(each, ()) for each in found))


def _open_ends(node: Expr, got: Expr, scope: Scope, program: Program) -> str | None:
    """What to say of a derivative by what its target does not rest on, if names of the target are open."""
    target, by = node.args[0], node.args[1].attr[0]
    known = given(scope) | _initial(scope)
    names = {k for k in program.reach_of(target) if k not in known and not k.startswith("·")}
    if not variables(target) and any(n.attr[:1] == ("pi",) for n in target.walk()):
        return f"`\\pi` is the number here: what `{scope.latex_of(by)}` does to it is not defined"
    nothing = got == num(0) or got.op == "zeros"
    if nothing and _stand_beside(names, by, program):
        return None
    if not names and (target.op != "var" or target.attr[0] in known):
        return None if nothing else _known_by_numbers(target, by, scope, program)
    problems = (scope.problems.get(key) for key in sorted(names))
    idle = next((f": {each.message}" for each in problems if isinstance(each, IdleSum)), "")
    return f"what `{scope.latex_of(by)}` does to {told(names, scope)} is not defined{idle}"


def _known_by_numbers(target: Expr, by: str, scope: Scope, program: Program) -> str | None:
    """What to say of a derivative of what only has values: `o = 0.6` tells not what o is a function of."""
    reached = {*variables(target), *program.reach_of(target)}
    formulas = {key: program.definitions.get(key) for key in reached}
    numbers = {key for key, formula in formulas.items() if formula is not None and not variables(formula)}
    if not numbers or None in formulas.values():
        return None
    return f"of {told(numbers, scope)} only the value is known: what `{scope.latex_of(by)}` does to it is not"


def _comes_in_later(derivative: Expr, program: Program) -> bool:
    """Whether what is derived is a member of a recursion, and a later one takes in what it is derived by.

    `a^0 = w x^0 + b` and `a^t = w x^t + v h^{t-1} + b` tell v and b apart: `a^0` does not depend on v.
    """
    target, by = derivative.args[0], derivative.args[1].attr[0]
    if target.op != "var" or by in program.definitions or target.attr[0] not in program.definitions:
        return False
    member = target.attr[0]
    later = (key for key in program.definitions if key != member and letter_of(key) == letter_of(member))
    return any({member, by} <= program.reach[key] for key in later)


def _stand_beside(names: set[str], variable: str, program: Program) -> bool:
    """Whether each of some names stands beside a variable in one formula, as what it does not change."""
    formulas = [held for d in program.definitions.values() if variable in (held := variables(d))]
    return bool(names) and all(any(name in held for held in formulas) for name in names)


def told_in_part(expected: Expr, scope: Scope, program: Program) -> str | None:
    """What a derivative by one variable told of a loss, where it is derived by another.

    `∂J/∂p_i = ∂/∂p_i (-y_i \\log p_i)` leaves out the terms without p_i; a formula that holds the other
    variable, and no index of this one, is taken for all that depends on either.
    """
    for node in expected.derivatives:
        for key, definition in scope.chosen.items():
            if definition.by is None or key not in program.reach_of(node.args[0]) | variables(node.args[0]):
                continue
            written = {scope.vocabulary.canonical(name) for name in written_names(definition.right)}
            whole = not definition.by.sub and node.args[1].attr[0] in written
            if node.args[1].attr[0] != scope.vocabulary.canonical(definition.by) and not whole:
                by = scope.latex_of(node.args[1].attr[0])
                return f"what `{by}` does to `{scope.latex_of(key)}` is not told by its derivative alone"
    return None


def unreached(expected: Expr, got: Expr, scope: Scope, program: Program) -> str | None:
    """A variable of which the loss is derived and on which, as it was read, it does not depend."""
    for node in _with_named_gradients((expected, got), scope):
        if node.args[0] != scope.loss():
            continue
        variable = node.args[1].attr[0]
        if variable not in program.reach_of(node.args[0]):
            target = told(set(variables(node.args[0])), scope)
            return f"{target} does not depend on `{scope.latex_of(variable)}` as it was read"
    return None


def _with_named_gradients(sides: Iterable[Expr], scope: Scope) -> Iterator[Expr]:
    """The derivatives in some formulas, and those that they hold by a name of their own."""
    for side in sides:
        yield from side.derivatives
        for key in sorted(variables(side)):
            definition = scope.program.get(key)
            yield from () if definition is None else definition.derivatives


def _initial(scope: Scope) -> set[str]:
    """Where recursions begin: `h_0`, of which `h_1` is made and which nothing makes."""
    return {
        used
        for key, value in scope.program.items()
        for used in variables(value) - scope.program.keys()
        if "_" in used and used.split("_")[0] == key.split("_")[0]
    }


def given(scope: Scope) -> set[str]:
    """The keys of what the document defines or declares, and of learning rates."""
    return set(scope.program) | set(scope.vocabulary.shapes) | set(LEARNING_RATES)


def told(keys: set[str], scope: Scope) -> str:
    """Some quantities as the author writes them, between commas."""
    return ", ".join(f"`{scope.latex_of(key)}`" for key in sorted(keys)) or "this quantity"
