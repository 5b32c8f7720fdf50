"""Letters whose capital is another quantity: the small one is no example, row or entry of it.

Mostly `x` is a column of `X`. What says otherwise are formulas: of the one by the other, of both by other
letters, by their places below one Σ, in a form, or as the arguments of a function.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from gradcheck.checking.hearing.letters import summed_names
from gradcheck.expr.written.definitions import definitions, read_applied, unboxed, written_names
from gradcheck.expr.written.indices import bound_letters
from gradcheck.expr.written.names import Name, names_of_factors
from gradcheck.expr.written.vocabulary import is_loss_name
from gradcheck.expr.written.writing import forms_arrays
from gradcheck.notation.statements import Equation
from gradcheck.notation.tree import BigOperator, Product, Sum, Symbol
from gradcheck.notation.walk import of_kind


def distinct_letters(equations: Iterable[Equation]) -> frozenset[str]:
    """Letters of which one case is defined by the other, `u = U x` or `L = Σ l^{(i)}`: two quantities.

    So are they where a Σ holds a whole capital beside what its own index numbers, `\\sum_i P f(p_i)`, and a
    formula of its own tells `p_i`; and the arguments of a function whose formula is told by them alone. The
    capital of a form, `x^T A x`, is as wide as high, and holds no samples of an a. What is predicted is
    given, y of `\\hat y`: a capital that is made by a formula, `Y^1 = X W^1`, is another quantity.
    """
    listed = list(equations)
    told = {d.name.base for d in definitions(listed) if len(d.name.sub) == 1}
    return (
        _beside_each_other(listed, told)
        | _arguments(listed)
        | _several_arguments(listed)
        | _of_forms(listed)
        | _targets(listed)
        | _of_other_formulas(listed)
        | frozenset(
            definition.name.base.lower()
            for definition in definitions(listed)
            if len(definition.name.base) == 1 and not definition.name.sub and definition.name.sample is None
            for name in (*filter(_is_whole, written_names(definition.right)), *summed_names(definition.right))
            if name.base == definition.name.base.swapcase()
        )
    )


def _arguments(equations: Iterable[Equation]) -> frozenset[str]:
    """The letters by which functions are told, `g(w) = w^T w`, where the formula has no such capital.

    What a function does to each number, `\\sigma(z) = 1/(1 + e^{-z})`, says nothing of a z beside a Z.
    """
    return frozenset(
        letter
        for definition in definitions(equations)
        if definition.parameter is not None and not is_loss_name(definition.name)
        if forms_arrays(definition.right)
        for letter in (definition.parameter.base,)
        if len(letter) == 1 and letter.islower() and definition.parameter.is_plain
        if letter in (named := {name.base for name in written_names(definition.right)})
        if letter.upper() not in named
    )


def _several_arguments(equations: Iterable[Equation]) -> frozenset[str]:
    """The letters of numbers by which a function of several is told, `f(x, y) = xy`: no columns of an X."""
    found: set[str] = set()
    for equation in equations:
        applied = read_applied(unboxed(equation.head))
        if applied is None or len(applied.arguments) < 2 or is_loss_name(applied.function):
            continue
        letters = {
            node.name for node in applied.arguments if isinstance(node, Symbol) and node.name.islower()
        }
        right = equation.links[0].right
        named = {name.base for name in written_names(right)}
        if len(letters) < len(applied.arguments) or forms_arrays(right):
            continue
        if letters <= named and named.isdisjoint(map(str.upper, letters)):
            found |= letters
    return frozenset(found)


def _of_forms(equations: Iterable[Equation]) -> frozenset[str]:
    """The letters of capitals between a transposed name and the same name: `x^T A x`, or `x_i A_{ij} x_j`."""
    found: set[str] = set()
    for node in (node for e in equations for side in e.sides for node in of_kind(side, Product)):
        names = names_of_factors(node)
        for before, capital, after in zip(names, names[1:], names[2:], strict=False):
            if before is None or capital is None or after is None or len(capital.base) > 1:
                continue
            same = before.transpose and not after.transpose and before.base == after.base
            if same and before.base.islower() and capital.base.isupper() and capital.is_plain:
                found.add(capital.base.lower())
        found |= {name.base.lower() for name in names if name is not None and _is_form(name, names)}
    return frozenset(found)


def _targets(equations: Sequence[Equation]) -> frozenset[str]:
    """The letters without a formula that ones with a hat predict, and whose capitals have formulas."""
    made = {d.name.base for d in definitions(equations) if isinstance(d.right, Sum | Product)}
    letters = {base.lower() for base in made if len(base) == 1 and base.isupper()} - made
    if not letters:
        return frozenset()
    written = {name.base for e in equations for side in e.sides for name in written_names(side)}
    return frozenset(letter for letter in letters & written if f"\\hat{{{letter}}}" in written)


def _of_other_formulas(equations: Sequence[Equation]) -> frozenset[str]:
    """The letters of which both cases have formulas, `z = W x` and `Z = g(Y)`, that share no letter.

    Those of a batch, `Z = W X`, are the formulas of one example in capitals.
    """
    used: dict[str, set[str]] = {}
    for told in definitions(equations):
        if told.parameter is None and len(told.name.base) == 1 and told.name.is_plain:
            used.setdefault(told.name.base, set()).update(n.base.lower() for n in written_names(told.right))
    return frozenset(
        letter
        for letter in filter(str.islower, used)
        if used[letter] and (capital := used.get(letter.upper())) and used[letter].isdisjoint(capital)
    )


def _is_form(capital: Name, factors: Sequence[Name | None]) -> bool:
    """Whether both indices of a matrix stand at one vector beside it, `A_{ij}` at the x of `x_i x_j`."""
    if len(capital.sub) != 2 or capital.sub[0] == capital.sub[1] or not capital.base.isupper():
        return False
    marked = {(name.base, name.sub[0]) for name in factors if name is not None and len(name.sub) == 1}
    return any((base, capital.sub[1]) in marked for base, mark in marked if mark == capital.sub[0])


def _beside_each_other(equations: Iterable[Equation], told: Container[str]) -> frozenset[str]:
    """Letters of which both cases stand below one Σ: the capital whole, the other one by the Σ's index."""
    found: set[str] = set()
    for node in (node for e in equations for side in e.sides for node in of_kind(side, BigOperator)):
        if node.kind == "sum":
            bound, names = bound_letters(node), written_names(node.body)
            whole = {name.base for name in names if _is_whole(name)}
            found |= {
                name.base
                for name in names
                if name.base in told and len(name.base) == 1 and name.base.islower()
                if set(name.sub) & bound and name.base.upper() in whole
            }
    return frozenset(found)


def _is_whole(name: Name) -> bool:
    return name.sample is None and not name.sub
