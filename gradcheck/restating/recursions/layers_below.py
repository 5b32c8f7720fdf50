r"""Layers below the last, `z^{(L)} = w^{(L)} a^{(L-1)} + b^{(L)}` and `a^{(L)} = \sigma(z^{(L)})` of L alone.

Who counts layers from the last one down writes the way forward once, and goes back through `w^{(L-1)}` all
the same: the layer below is made like the last. Formulas for any layer, and a layer's own, go before this. It
is another reading, as layers with no way forward are: it is taken where more becomes right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gradcheck.expr.written.definitions import Definition, definitions, written_names
from gradcheck.expr.written.names import Name, script_text
from gradcheck.expr.written.quotients import derives
from gradcheck.expr.written.vocabulary import is_loss_name
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Statement
from gradcheck.notation.tree import Node, Scripted
from gradcheck.notation.walk import of_kind
from gradcheck.restating.recursions.customary_layers import begun_with
from gradcheck.restating.recursions.layers import bracketed

DEEPEST = 2  # layers below the last that are told


def with_layers_below(body: Sequence[Statement]) -> Sequence[Statement] | None:
    """The statements with the layers below the last made like it; None where nothing is left out."""
    sides = (side for item in body if isinstance(item, Equation) for side in item.sides)
    if not any(map(_counts_down, sides)):
        return None
    layered = bracketed(body)
    equations = [item for item in layered if isinstance(item, Equation)]
    names = [name for e in equations for side in e.sides for name in written_names(side) if _mark(name)]
    marks = {_mark(name) for name in names}
    lasts = [mark for mark in marks if len(mark) == 1 and mark.isupper() and f"{mark}-1" in marks]
    if len(lasts) != 1:
        return None
    last = lasts[0]
    forward = [d for d in definitions(equations) if _is_forward(d) and _mark(d.name) in (last, f"{last}-1")]
    made = {(d.name.base, _mark(d.name)) for d in forward}
    lasting = [d for d in forward if _mark(d.name) == last]
    told = [d for d in lasting if (d.name.base, f"{last}-1") not in made]
    bases = {d.name.base for d in told}
    # What the last layer takes in is what the one below gives, of the same letter.
    taken = {n.base for d in lasting for n in written_names(d.right) if _mark(n) == f"{last}-1"}
    written = {(name.base, _mark(name)) for name in names}
    given = not taken.isdisjoint(d.name.base for d in lasting)
    if not given or not any((base, f"{last}-1") in written for base in bases - taken):
        return None
    deepest = max(
        down
        for down in range(1, DEEPEST + 1)
        if down == 1 or any((base, f"{last}-{down}") in written for base in bases - taken)
    )
    return begun_with(layered, [line for down in range(1, deepest + 1) for line in _below(told, last, down)])


def _counts_down(node: Node) -> bool:
    """Whether a mark above a name is one less than another, as that of the layer below."""
    marks = (scripted.sup for scripted in of_kind(node, Scripted))
    return any(mark is not None and "-1" in script_text(mark) for mark in marks)


def _mark(name: Name) -> str:
    """What stands in brackets above a name, without spaces; nothing where no layer does."""
    return (name.layer or name.sample or "").replace(" ", "")


def _is_forward(definition: Definition) -> bool:
    return not (definition.is_function or is_loss_name(definition.name) or derives(definition.right))


def _below(told: Sequence[Definition], last: str, down: int) -> Iterator[tuple[str, str]]:
    """The formulas of the last layer, that many layers further down; each once."""
    mark = re.compile(rf"(?<=[(\[]){last}(?: ?- ?(\d))?(?=[)\]]\}}?)")

    def shifted(text: str) -> str:
        return mark.sub(lambda found: f"{last}-{int(found[1] or 0) + down}", text)

    seen: set[str] = set()
    for definition in told:
        if definition.name.key not in seen:
            seen.add(definition.name.key)
            yield shifted(_head(definition, last)), shifted(latex(definition.right))


def _head(definition: Definition, last: str) -> str:
    """The name that is defined, as it is written in its layer."""
    name = definition.name
    below = f"_{{{''.join(name.sub)}}}" if name.sub else ""
    opened, closed = "[]" if name.layer else "()"
    return f"{name.base}{below}^{{{opened}{last}{closed}}}"
