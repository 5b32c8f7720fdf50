"""Letters that only hold the place of an argument: x of `p(x) = x^3 + 2 x`, beside an array x of `y = A x`.

What such a line says of x is said of a number, whatever the document calls x elsewhere. So the letter gets a
mark of its own, which messages leave out, in the lines that speak of the function alone: its definition, its
derivatives by x, and conditions on x. Functions of which a letter is a parameter stay as they are, since
somebody may derive by it, and so do those that are written without their argument.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from gradcheck.expr.written.definitions import definitions, read_applied, written_names
from gradcheck.expr.written.functions import BUILTIN
from gradcheck.expr.written.names import PLACEHOLDER, Name, read_name
from gradcheck.expr.written.quotients import quotients_in
from gradcheck.expr.written.vocabulary import is_loss_name
from gradcheck.notation.statements import CASE, Equation, Statement, renamed
from gradcheck.notation.tree import Group, Node, Product, Scripted, Symbol
from gradcheck.notation.walk import mapped, of_kind, parts
from gradcheck.records import replace

# Letters of formulas that name no quantity.
_CONSTANTS = frozenset(("e", "pi", "\\pi", "d", "\\partial", "partial"))


def with_placeholders(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with such arguments marked; themselves where every letter is one thing."""
    equations = [item for item in body if isinstance(item, Equation)]
    functions = dict(_functions(equations))
    if not functions:
        return body
    own = {
        equation.number: argument
        for equation in equations
        if (argument := _argument_of(equation, functions)) is not None
    }
    others = [equation for equation in equations if equation.number not in own]
    arrays = {name for equation in others for name in _beside_capitals(equation)}
    if arrays.isdisjoint(own.values()):
        return body
    bare = {name for equation in others for side in equation.sides for name in _bare(side, functions)}
    meant = {
        number: letter
        for number, letter in own.items()
        if letter in arrays and not any(functions[name] == letter for name in bare)
    }
    return [
        _marked(item, meant[item.number]) if isinstance(item, Equation) and item.number in meant else item
        for item in body
    ]


def _functions(equations: Sequence[Equation]) -> Iterator[tuple[str, str]]:
    """The letter of each function by a formula of its argument alone, and the letter of the argument."""
    for definition in definitions(equations):
        name, parameter = definition.name, definition.parameter
        if not definition.is_function or parameter is None or is_loss_name(name):
            continue
        letters = _quantities(definition.right)
        if letters == {parameter.base} and parameter.is_plain and len(parameter.base) == 1:
            yield name.base, parameter.base


def _quantities(node: Node) -> set[str]:
    """The letters of a formula but constants and functions, `\\Phi` of `\\Phi(x)` too."""
    applied = {
        name.base
        for product in of_kind(node, Product)
        for factor, following in pairwise(product.factors)
        if isinstance(following, Group) and (name := read_name(factor)) is not None and not _is_small(name)
    }
    return {name.base for name in written_names(node)} - applied - _CONSTANTS - BUILTIN.keys()


def _is_small(name: Name) -> bool:
    """Whether a letter before brackets may as well be a factor."""
    return len(name.base) == 1 and name.base.islower()


def _argument_of(equation: Equation, functions: Mapping[str, str]) -> str | None:
    """The argument of the functions of which an equation speaks, and of nothing else."""
    letters = {letter for side in equation.sides for letter in _quantities(side)} - functions.keys()
    if len(letters) != 1:
        return None
    letter = letters.pop()
    applied = read_applied(equation.head)
    heads = [applied.function.base] if applied is not None else []
    heads += [
        name.base
        for quotient in quotients_in(equation.head)
        for name in (written_names(quotient.target) if quotient.target is not None else ())
    ]
    conditional = equation.connective == CASE and letter in functions.values()
    return letter if conditional or any(functions.get(head) == letter for head in heads) else None


def _bare(node: Node, functions: Mapping[str, str]) -> Iterator[str]:
    """The functions that a formula writes without an argument."""
    if isinstance(node, Product):
        for position, factor in enumerate(node.factors):
            following = node.factors[position + 1] if position + 1 < len(node.factors) else None
            group = following.base if isinstance(following, Scripted) else following
            if not isinstance(group, Group) or read_name(factor) is None:
                yield from _bare(factor, functions)
        return
    name = read_name(node)
    if name is not None:
        yield from (base for base in (name.base,) if base in functions)
        return
    for child in parts(node):
        yield from _bare(child, functions)


def _beside_capitals(equation: Equation) -> Iterator[str]:
    """The small letters of an equation that writes a capital, too: some of them are arrays."""
    names = {name.base for side in equation.sides for name in written_names(side)}
    if any(len(name) == 1 and name.isupper() for name in names):
        yield from (name for name in names if len(name) == 1 and name.islower())


def _marked(equation: Equation, letter: str) -> Equation:
    def change(node: Node) -> Node:
        if isinstance(node, Symbol) and not node.style and node.name == letter:
            return replace(node, name=f"{letter}{PLACEHOLDER}")
        return mapped(node, change)

    return renamed(equation, change)
