"""Functions of several arguments that a document names and never defines: `l(y_t, o_t)`, `f(x, h, w)`.

Several arguments make a scalar here: an unknown function of the sum over all arguments of unknown functions
of their entries. A derivative of such an application by one of its arguments is taken with the others held,
as people mean it, and also in full.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product as cartesian
from typing import TYPE_CHECKING

from gradcheck.expr.forms.build import apply, substitute, var, variables
from gradcheck.expr.forms.reading import MeaningError, Reading, Readings, expression
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.written.functions import builtin_of
from gradcheck.expr.written.names import Name, read_name
from gradcheck.notation.tree import Node
from gradcheck.shapes import SCALAR
from gradcheck.source import Span

if TYPE_CHECKING:
    from gradcheck.expr.meaning.asked import Scope

MOST_ARGUMENTS = 5


def unknown_of(name: Name, arguments: Sequence[Readings], span: Span) -> list[Reading]:
    """An unknown function of several arguments, or of all entries of one.

    Raises MeaningError where there are too many of them, or a letter for elementwise functions takes arrays.
    """
    if name.primes or len(arguments) > MOST_ARGUMENTS:
        raise MeaningError(f"{name.base} is applied to {len(arguments)} arguments", span)
    found: list[Reading] = []
    for choice in cartesian(*(readings[:2] for readings in arguments)):
        values = [expression(reading.value) for reading in choice]
        if len(values) > 1 and name.base in ELEMENTWISE and any(value.shape != SCALAR for value in values):
            raise MeaningError(f"{name.base} is applied to {len(arguments)} arguments", span)
        notes = tuple(note for reading in choice for note in reading.notes)
        found.append(Reading(_mixed(name.key, values).at(span), notes))
    return found


# Letters whose functions keep the shape of what they take.
ELEMENTWISE = {"f", "g", "h", "\\phi", "\\varphi", "\\psi", "\\sigma"}


def _mixed(key: str, values: Sequence[Expr]) -> Expr:
    total: Expr | None = None
    for position, value in enumerate(values):
        term = apply("sum", apply("unknown", value, attr=(key, position)), attr=(None,))
        total = term if total is None else apply("add", total, term)
    assert total is not None, "there are several arguments"
    return apply("unknown", total, attr=(key, -1))


def meant(scope: Scope, node: Node) -> Node:
    """What a derivative is taken of: `f`, or `f_1`, beside `u = f(x, y)` is the value that it has there."""
    name = read_name(node)
    if name is None or name != Name(name.base, name.span, sub=name.sub) or not scope.is_function(name):
        return node
    if not all(map(str.isdigit, name.sub)):
        return node
    return node if builtin_of(name) is not None else scope.usage.applied.get(name.key, node)


def with_others_held(
    scope: Scope, target: Reading, variable: Expr, *, partial: bool
) -> tuple[Reading, Expr] | None:
    """The target with the variable replaced by one of its own where it stands in the formula itself.

    partial   the derivative is a ∂, which holds the other arguments of what is defined with several

    Another argument is then held though it depends on the variable by its definition; what the formula goes
    through and is no argument is written out. None where there is nothing to hold.
    """
    value = target.value
    if not isinstance(value, Expr) or variable.op != "var":
        return None
    if value.op == "var" and partial and variable.attr[0] in scope.usage.arguments.get(value.attr[0], ()):
        arguments = scope.usage.arguments[value.attr[0]]
        value = _written_out(
            scope.program.get(value.attr[0], value), variable, frozenset(arguments), scope.program
        )
    elif value.op != "unknown":
        return None
    if not any(node == variable for node in value.walk()):
        return None
    own = scope.auxiliary(variable)
    scope.spellings[own.attr[0]] = scope.spellings.get(variable.attr[0], variable.attr[0])
    return target._replace(value=substitute(value, {variable: own})), own


def _written_out(value: Expr, variable: Expr, held: frozenset[str], program: Mapping[str, Expr]) -> Expr:
    """A formula with the definitions put in of what is not held and depends on a variable."""
    known: dict[str, Expr] = {}

    def told(key: str) -> Expr:
        if key not in known:
            known[key] = opened(program[key])
        return known[key]

    def opened(formula: Expr) -> Expr:
        through = {key: told(key) for key in variables(formula) & program.keys() - held}
        by = {var(key, inner.shape): inner for key, inner in through.items() if variable in inner.walk()}
        return substitute(formula, by) if by else formula

    return opened(value)
