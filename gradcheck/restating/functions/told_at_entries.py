r"""Functions told at an entry and get a prime: `b(\theta_i) = e^{\theta_i}`, `\mu_i = b'(\theta_i)`.

What holds at each entry holds for any number, so the formula is that of the function, with a letter of its
own for the entry. Only where nothing else in it carries the index, and a prime asks for a derivative of the
function: told at entries alone, it may as well name the values.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gradcheck.expr.written.definitions import read_applied, unboxed, written_names
from gradcheck.expr.written.names import read_name
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import Node, Scripted, Symbol
from gradcheck.notation.walk import letters_in, mapped
from gradcheck.records import dataclass
from gradcheck.restating.functions.models_inlined import FREE_LETTERS


@dataclass(frozen=True, slots=True)
class _Told:
    """A function's letter, and the entry at which it is told as it is written."""

    function: str
    entry: str


def with_functions_of_entries(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with such functions told of any number; themselves where there are none."""
    equations = [item for item in body if isinstance(item, Equation)]
    names = [name for e in equations for side in e.sides for name in written_names(side)]
    primed = {name.base for name in names if name.primes}
    if not primed:
        return body
    written = {name.base for name in names}
    free = next((letter for letter in FREE_LETTERS if letter not in written), None)
    told = {e.number: found for e in equations if (found := _told(e)) is not None}
    if free is None or not told:
        return body
    return [
        rewritten(item, of_any(told[item.number].entry, free))
        if isinstance(item, Equation) and item.number in told and told[item.number].function in primed
        else item
        for item in body
    ]


def _told(equation: Equation) -> _Told | None:
    """The function that an equation tells at an entry alone, `b(\\theta_i)`."""
    applied = read_applied(unboxed(equation.head))
    if applied is None or len(applied.arguments) != 1 or not applied.function.is_plain:
        return None
    entry, right = applied.arguments[0], equation.links[0].right
    name = read_name(entry)
    if name is None or len(name.sub) != 1 or not isinstance(entry, Scripted) or len(equation.links) > 1:
        return None
    written = latex(entry)
    inside = of_any(written, "")(right)
    left_over = letters_in(inside)
    is_letter = name.sub[0].isalpha() and name.sub[0] not in left_over and name.base not in left_over
    return _Told(applied.function.base, written) if is_letter and "" in left_over else None


def of_any(written: str, letter: str) -> Callable[[Node], Node]:
    """A change of formulas that puts a letter in the place of each part that is written so."""

    def change(node: Node) -> Node:
        return Symbol(node.span, letter) if latex(node) == written else mapped(node, change)

    return change
