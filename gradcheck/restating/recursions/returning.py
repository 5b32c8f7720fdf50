"""Recursions that come back from the last step: `δ_t = V^T (p_t - y_t) + W^T δ_{t+1}`.

Nothing comes back from behind the last step, so there the terms that hold a later member of the family are
left out, and what is left begins it. Where a line tells the last member itself, that line is meant.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from gradcheck.expr.written.definitions import written_names
from gradcheck.expr.written.names import read_name
from gradcheck.notation.statements import Equation
from gradcheck.notation.tree import Node, Sum
from gradcheck.records import replace
from gradcheck.restating.recursions.step_numbers import Beyond, Steps


def told_at_the_end(equations: Iterable[Equation], last: Collection[str]) -> frozenset[str]:
    """The base letters of families whose last member has a line of its own.

    last   letters for the last step
    """
    names = (read_name(equation.head) for equation in equations)
    return frozenset(
        name.base for name in names if name is not None and {*name.sub, name.layer, name.sample} & {*last}
    )


def begun_at_the_end(
    equation: Equation, at: Steps, written: Callable[[Node, Steps], Node], bases: Collection[str]
) -> Equation | None:
    """The equation at its last step without the terms from behind; None where none or all are.

    at        the last step, for each of its letters
    written   gives a formula at some steps, or raises Beyond
    bases     the base letters of families whose last member no line tells
    """
    name, (link, *others), right = read_name(equation.head), equation.links, equation.links[0].right
    told = link.relation.sign == "=" and not others
    if name is None or name.base not in bases or not told or not isinstance(right, Sum):
        return None
    kept = []
    for term in right.terms:
        try:
            kept.append(replace(term, body=written(term.body, at)))
        except Beyond:
            if name.base not in {inner.base for inner in written_names(term.body)}:
                return None
    if not 0 < len(kept) < len(right.terms):
        return None
    try:
        head = written(equation.head, at)
    except Beyond:
        return None
    rest = replace(right, terms=tuple(kept))
    return replace(equation, head=head, links=(replace(link, left=head, right=rest),))
