"""Primes without an argument: on brackets, `(x^2 e^x)'`, and on values, `y'` beside `y = x^2`.

They mean the derivative by the one letter that varies.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from gradcheck.expr.forms.reading import MeaningError, Reading, Value, combine
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.derivatives import again, derivative, differentiate
from gradcheck.expr.meaning.resolve import resolve
from gradcheck.expr.written.function_names import UNSAID
from gradcheck.expr.written.names import Name, read_name
from gradcheck.notation.tree import Group, Node, Scripted, Symbol
from gradcheck.notation.walk import walk

if TYPE_CHECKING:
    from gradcheck.expr.meaning.elaborate import Elaborator

# What varies beside letters for constants.
VARYING = ("x", "t")


def primed_brackets(elaborator: Elaborator, node: Scripted) -> list[Reading]:
    """The derivative of what stands in brackets, once for each prime.

    Raises MeaningError where several letters may vary.
    """
    assert isinstance(node.base, Group), "primes on brackets"
    variable = _variable(elaborator, node.base)
    if variable is None:
        text = "by which letter the prime differentiates cannot be told: write `\\frac{d}{dx}`"
        raise MeaningError(text, node.span)
    return differentiate(elaborator, elaborator.readings(node.base), (variable,) * node.primes, node.span)


def primed_values(elaborator: Elaborator, name: Name) -> list[Reading]:
    """The derivative of a scalar quantity that a formula in one letter defines.

    Raises MeaningError where nothing defines it, or several letters may vary.
    """
    found: list[Reading] = []
    for reading in resolve(name.without(primes=0), elaborator.scope):
        variable = _input(reading.value, elaborator.scope.program)
        if variable is not None:
            by, values = [Reading(variable)], [reading]
            for step in (derivative, *[again] * (name.primes - 1)):
                values = combine(values, by, partial(step, elaborator, span=name.span))
            found += values
    if not found:
        raise MeaningError(f"{name.base}' is applied to nothing", name.span)
    return found


def _input(value: Value, program: Mapping[str, Expr]) -> Expr | None:
    """The only scalar that a defined quantity rests on, else the only one of the usual letters."""
    if not isinstance(value, Expr) or value.op != "var" or value.attr[0] not in program:
        return None
    inputs: dict[str, Expr] = {}
    waiting, seen = [program[value.attr[0]]], set[str]()
    while waiting:
        for node in waiting.pop().walk():
            key = node.attr[0] if node.op == "var" else None
            if key is None or key in seen:
                continue
            seen.add(key)
            if key in program:
                waiting.append(program[key])
            else:
                inputs[key] = node
    if len(inputs) != 1:
        inputs = {key: node for key, node in inputs.items() if key in VARYING}
    return next(iter(inputs.values())) if len(inputs) == 1 else None


def _variable(elaborator: Elaborator, bracket: Group) -> Node | None:
    """The variable that nobody writes; the only letter that is no function; the only usual one."""
    letters: dict[str, Node] = {}
    for inner in walk(bracket):
        name = read_name(inner) if isinstance(inner, Symbol) else None
        if name is not None and name.base != "e" and not elaborator.scope.is_function(name):
            letters.setdefault(name.key, inner)
    if UNSAID in letters:
        return letters[UNSAID]
    if len(letters) != 1:
        letters = {key: node for key, node in letters.items() if key in VARYING}
    return next(iter(letters.values())) if len(letters) == 1 else None
