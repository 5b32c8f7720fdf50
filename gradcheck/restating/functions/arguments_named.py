"""Arguments that only derivatives name: the z of `∂a/∂z ∂z/∂w` beside `a = \\sigma(w x + b)`.

Many write an activation in one line and call what stands in its brackets z where they derive. A letter that
no formula holds, by which one quantity is derived that is a function of one formula, and which is derived
itself, as no time is, is that formula. Of two such letters for one quantity, or two quantities by one letter,
nothing is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gradcheck.expr.written.closed import is_closed
from gradcheck.expr.written.definitions import definitions, read_applied, unboxed, written_names
from gradcheck.expr.written.names import Name, read_name
from gradcheck.expr.written.quotients import Quotient, quotients_in
from gradcheck.expr.written.vocabulary import is_loss_name
from gradcheck.notation.statements import Equation, Statement
from gradcheck.notation.tree import Fraction, Node
from gradcheck.notation.walk import of_kind
from gradcheck.restating.passages.told_before import told_before


def with_arguments_named(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with a definition of each such letter before the function that it is an argument of."""
    equations = [item for item in body if isinstance(item, Equation)]
    applied = dict(_applied(equations))
    if not applied:
        return body
    known = {each.name.key for each in definitions(equations)}
    known |= {name.key for each in definitions(equations) for name in written_names(each.right)}
    named = _named(equations, applied, known)
    made: list[Statement] = []
    for item in body:
        name = read_name(unboxed(item.head)) if isinstance(item, Equation) else None
        if isinstance(item, Equation) and name is not None and name.key in named:
            made.append(told_before(item, named.pop(name.key), applied[name.key]))
        made.append(item)
    return made


def _applied(equations: Sequence[Equation]) -> Iterator[tuple[str, Node]]:
    """The names that one formula alone tells as a function of another formula, with the inner one."""
    told: dict[str, list[Node]] = {}
    for each in definitions(equations):
        if not each.is_function and not is_closed(each.right):
            told.setdefault(each.name.key, []).append(each.right)
    for key, rights in told.items():
        applied = read_applied(rights[0]) if len(rights) == 1 else None
        if applied is not None and len(applied.arguments) == 1 and not applied.function.primes:
            inner = applied.arguments[0]
            if read_name(unboxed(inner)) is None and any(written_names(inner)):
                yield key, inner


def _named(equations: Sequence[Equation], applied: Mapping[str, Node], known: set[str]) -> dict[str, Node]:
    """The letter of the argument of each such name, as it is written."""
    letters: dict[str, dict[str, Node]] = {}
    owners: dict[str, set[str]] = {}
    targets: set[str] = set()
    for target, name, node in _derived(equations):
        if target.key in applied and name.key not in known and _marks(name) <= _marks(target):
            letters.setdefault(target.key, {})[name.key] = node
        owners.setdefault(name.key, set()).add(target.key)
        targets.add(target.key)
    return {
        key: node
        for key, found in letters.items()
        for letter, node in found.items()
        if len(found) == 1 and letter in targets and len(owners[letter] & applied.keys()) == 1
    }


def _derived(equations: Sequence[Equation]) -> Iterator[tuple[Name, Name, Node]]:
    """The names that are derived, each with the one that it is derived by, `∂a/∂z`."""
    for side in (side for equation in equations for side in equation.sides if any(of_kind(side, Fraction))):
        for quotient in quotients_in(side):
            yield from _pair(quotient)


def _pair(quotient: Quotient) -> Iterator[tuple[Name, Name, Node]]:
    if quotient.target is None or len(quotient.variables) != 1:
        return
    target, name = read_name(quotient.target), read_name(quotient.variables[0])
    if target is not None and name is not None and name.is_plain and not is_loss_name(name):
        yield target, name, quotient.variables[0]


def _marks(name: Name) -> set[str]:
    """The letters that index a name."""
    return {mark for mark in name.sub if len(mark) == 1 and mark.isalpha()}
