"""Derivatives that words tell of something else than what was defined.

"If we take the tanh density instead" changes the loss without a formula, and "when the p_i are held fixed"
takes out a part of the derivative where p_i has a formula. Where such a line does not hold as it stands it is
left open, for what is meant is not written in formulas. Rejected: to leave every line open that holds
something fixed, since each partial derivative does so with what it is not derived by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gradcheck.expr.written.definitions import definitions, unboxed
from gradcheck.expr.written.names import read_name
from gradcheck.expr.written.quotients import read_quotient
from gradcheck.notation.statements import Equation, Heading, Prose, Statement
from gradcheck.patterns import late_pattern

_REPLACED = late_pattern(r"\b(?:if|when|suppose|with)\b[^.;!?]*\binstead\b(?!\s+of\b)", re.IGNORECASE)
_HELD = late_pattern(
    r"\s*(?:when|with|where|if|holding|keeping|treating)\b[^.;!?]*\b(?:fixed|constants?)\b", re.IGNORECASE
)
_FORMULA, _LETTERS = late_pattern(r"\$([^$]+)\$"), late_pattern(r"\\?[A-Za-z]+")
_WITH_ANOTHER = "this is told with something put instead of what was defined: what it changes is not said"
_WITH_HELD = "words behind this hold fixed what has a formula, and goes through it"


def told_of_another(body: Sequence[Statement]) -> Iterator[tuple[int, str]]:
    """The numbers of such equations, each with what to say of it.

    Behind words that replace something, up to the next heading, those are meant that derive what is not
    defined anew; before words that hold something fixed, the one right before them.
    """
    anew: set[str] | None = None
    before: Equation | None = None
    for item in body:
        if isinstance(item, Prose):
            anew = set() if _REPLACED.search(item.text) else anew
            if before is not None and read_quotient(unboxed(before.head)) and _holds_defined(item, body):
                yield before.number, _WITH_HELD
        elif isinstance(item, Heading):
            anew = None
        elif isinstance(item, Equation) and anew is not None:
            anew |= {definition.name.base for definition in definitions([item])}
            if (base := _derived(item)) is not None and base not in anew:
                yield item.number, _WITH_ANOTHER
        before = item if isinstance(item, Equation) else None


def _holds_defined(words: Prose, body: Sequence[Statement]) -> bool:
    """Whether words begin with holding something fixed that is defined by a formula."""
    match = _HELD.match(words.text)
    if match is None:
        return False
    held = {letter for formula in _FORMULA.findall(match.group()) for letter in _LETTERS.findall(formula)}
    return any(each.name.base in held for each in definitions(e for e in body if isinstance(e, Equation)))


def _derived(equation: Equation) -> str | None:
    """The letter of what the head of an equation derives."""
    quotient = read_quotient(unboxed(equation.head))
    name = read_name(quotient.target) if quotient is not None and quotient.target is not None else None
    return None if name is None else name.base
