"""Models that only a step tells: `(h_w(x) - y) \\frac{\\partial}{\\partial w_j} (\\sum_i w_i x_i - y)`.

Who derives for a known model names it, and writes its formula in one step of the chain alone, where it stands
for the name: two sums of one equation are the same but for one term, which is the model at its argument, and
what the other holds in its place is made of the model's parameters. Then that is what the model is. A model
with a formula of its own keeps it, and is held against the step.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from gradcheck.expr.written.definitions import definitions, read_applied
from gradcheck.expr.written.function_names import is_parameterised
from gradcheck.expr.written.names import base_text
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Statement
from gradcheck.notation.tree import Node, Sum
from gradcheck.notation.walk import of_kind, walk
from gradcheck.restating.passages.told_before import told_before


def with_models_of_steps(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with a definition before the equation that tells a model so; themselves without one."""
    equations = [item for item in body if isinstance(item, Equation)]
    known = {definition.name.key for definition in definitions(equations)}
    made: list[Statement] = []
    for item in body:
        if isinstance(item, Equation):
            for model, formula in _told(item, known):
                made.append(told_before(item, model, formula))
        made.append(item)
    return made if len(made) > len(body) else body


def _told(equation: Equation, known: set[str]) -> Iterator[tuple[Node, Node]]:
    """The models without a formula that an equation tells, each with it; they are known from then on."""
    sums = [node for side in equation.sides for node in of_kind(side, Sum)]
    for first, second in permutations(sums, 2):
        for model in (term.body for term in first.terms if term.sign == "+"):
            applied = read_applied(model)
            if applied is None or applied.function.key in known or not is_parameterised(applied.function):
                continue
            formula = _in_place_of(model, first, second)
            if formula is not None and _holds_parameters(formula, applied.function.sub):
                known.add(applied.function.key)
                yield model, formula


def _in_place_of(model: Node, first: Sum, second: Sum) -> Node | None:
    """What one sum holds in place of a term of another, all else being the same; None where it is not."""
    others = [(term.sign, latex(term.body)) for term in first.terms if term.body is not model]
    kept = []
    for term in second.terms:
        written = (term.sign, latex(term.body))
        if written in others:
            others.remove(written)
        else:
            kept.append(term)
    if others or not kept or len(kept) == len(second.terms) or kept[0].sign != "+":
        return None
    if any(latex(node) == latex(model) for term in kept for node in walk(term.body)):
        return None
    return kept[0].body if len(kept) == 1 else Sum(second.span, tuple(kept))


def _holds_parameters(formula: Node, parameters: Sequence[str]) -> bool:
    """Whether a formula is made of all that a model carries below its letter."""
    letters = {base_text(node) for node in walk(formula)}
    return set(parameters) <= letters
