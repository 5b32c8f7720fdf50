"""Unit vectors that a document names in words: `e_k` is the k-th column of the identity.

The words have to be there, "standard basis vector" or "one-hot vector", or the index is everywhere the label
of an example, `p - e_c` beside `-\\log p_c`; and nothing may define the letter or write it without an index:
otherwise e is an error, or Euler's number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gradcheck.expr.meaning.choices import labels_in
from gradcheck.expr.written.definitions import definitions, written_names
from gradcheck.expr.written.indices import is_letter
from gradcheck.expr.written.names import Name
from gradcheck.notation.statements import Equation, Prose, Statement
from gradcheck.patterns import late_pattern

SAID = late_pattern(
    r"\b(standard|canonical|euclidean|natural|coordinate)\b[\s\w-]*\b(basis|unit)\b|"
    r"\b(basis|unit|one[- ]?hot|indicator)[- ](column )?vectors?\b",
    re.IGNORECASE,
)
LETTERS = ("e", "\\epsilon", "\\varepsilon")


def units(body: Sequence[Statement], declared: frozenset[str]) -> frozenset[str]:
    """The letters of unit vectors.

    declared   keys that have a shape: they are other quantities
    """
    said = any(isinstance(item, Prose) and SAID.search(item.text) for item in body)
    equations = [item for item in body if isinstance(item, Equation)]
    names = [name for equation in equations for side in equation.sides for name in written_names(side)]
    if not any(name.base in LETTERS and name.sub for name in names):
        return frozenset()
    labels = () if said else labels_in(equations)
    defined = {definition.name.base for definition in definitions(equations)}
    return frozenset(
        base
        for base in LETTERS
        if base not in defined | declared
        and (own := [name for name in names if name.base == base and name.power is None])
        and all(map(_is_unit, own))
        and not all(name.sub[0].isdigit() for name in own)
        and (said or all(name.sub[0] in labels for name in own))
    )


def _is_unit(name: Name) -> bool:
    """Whether a name carries one index, a number or a label, and no mark of samples or layers."""
    marked = name.sample is not None or name.layer is not None or name.primes or name.inverse
    if len(name.sub) != 1 or marked:
        return False
    (mark,) = name.sub
    return is_letter(mark) or mark.isdigit() or len(mark) > 1
