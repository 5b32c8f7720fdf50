"""A sum that dots go on with: `w_1 x_1 + w_2 x_2 + \\dots + w_n x_n` is the Σ of its pattern.

The terms before the dots tell the pattern as those of a row of entries do, from the first one on; the term
after the dots ends it, and is another of them. Rejected: to add up the written terms alone, since their
number is that of no size.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from gradcheck.expr.forms.build import isum
from gradcheck.expr.forms.reading import MeaningError, Reading, each, expression
from gradcheck.expr.forms.tree import Expr, Ix
from gradcheck.expr.meaning.matrices import RUNNING, generalised
from gradcheck.notation.printer import latex
from gradcheck.notation.tree import Dots, Node, Term

if TYPE_CHECKING:
    from gradcheck.expr.meaning.elaborate import Elaborator


def continued(terms: Sequence[Term]) -> tuple[range, Node] | None:
    """The places of the terms that make a series with dots in it, and its pattern; None without one."""
    place = next((p for p, term in enumerate(terms) if isinstance(term.body, Dots)), None)
    if place is None:
        return None
    if place + 1 == len(terms):
        return _open_end(terms)
    for first in range(place):
        pattern = _pattern([term.body for term in terms[first:place]])
        alike = len({term.sign for term in terms[first : place + 2]}) == 1
        if pattern is not None and alike and _ends(pattern, terms[place + 1].body):
            return range(first, place + 2), pattern
    return None


def _ends(pattern: Node, last: Node) -> bool:
    """Whether the term after the dots is one of the pattern, with one thing for the running number."""
    parts = [re.escape(part) for part in latex(pattern).split(RUNNING)]
    again = "(?P=number)".join(parts[1:])
    return re.fullmatch(f"{parts[0]}(?P<number>.+){again}", latex(last)) is not None


def _open_end(terms: Sequence[Term]) -> tuple[range, Node] | None:
    """`b + w_1 x_1 + w_2 x_2 + \\dots`: two terms tell the pattern, and the sizes how far it goes."""
    place = len(terms) - 1
    for first in range(place - 1):
        pattern = _pattern([term.body for term in terms[first:place]])
        if pattern is not None and len({term.sign for term in terms[first:]}) == 1:
            return range(first, place + 1), pattern
    return None


def _pattern(head: Sequence[Node]) -> Node | None:
    if len(head) == 1:
        alone = generalised(head[0], head[0], 1)
        return None if alone == head[0] else alone
    patterns = [generalised(a, b, position) for position, (a, b) in enumerate(pairwise(head), 1)]
    return patterns[0] if all(pattern is not None for pattern in patterns) else None


def series_readings(elaborator: Elaborator, pattern: Node) -> list[Reading]:
    """The Σ of a pattern over its running number.

    Raises MeaningError where nothing tells how far that runs.
    """

    def summed(value: object) -> Expr:
        term = expression(value)
        dims = dict(term.free)
        if RUNNING not in dims:
            raise MeaningError("what changes from term to term cannot be told", pattern.span)
        return isum(term, Ix(RUNNING, dims[RUNNING]))

    return each(elaborator.readings(pattern), summed)
