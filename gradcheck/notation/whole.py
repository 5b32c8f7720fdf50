"""What stands anywhere in a document, so that a step for few documents asks once and not of every formula.

A list of statements may change and is looked through each time; of a tuple everything is found once, for as
long as the document stays the very same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from operator import is_

from gradcheck.notation.remembered import once_a_node
from gradcheck.notation.statements import Statement, formulas
from gradcheck.notation.walk import letters_in

Body = Sequence[Statement]
Step = Callable[[Body], Body]


def letters_of(body: Body) -> frozenset[str]:
    """The names of all letters, signs and words in the formulas of a document."""
    return _letters(body) if isinstance(body, tuple) else _all_letters(body)


def _all_letters(body: Body) -> frozenset[str]:
    return frozenset().union(*[letters_in(formula) for item in body for formula in formulas(item)])


_letters = once_a_node(_all_letters)


def where_written(*letters: str) -> Callable[[Step], Step]:
    """A step for documents that write one of some letters: any other passes it as it is."""
    wanted = frozenset(letters)

    def made(step: Step) -> Step:
        @wraps(step)
        def asking(body: Body) -> Body:
            return body if wanted.isdisjoint(letters_of(body)) else step(body)

        return asking

    return made


def passed(body: Body, step: Step) -> Body:
    """A document behind a step: the very same tuple where the step changes none of its statements."""
    after = step(body)
    same = len(after) == len(body) and all(map(is_, after, body))
    return body if same else tuple(after)
