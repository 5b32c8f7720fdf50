"""Conditions in running text that follow what they hold for: `$A_{ij} = 0$ for $i \\neq j$`.

A condition belongs to the formula before it where nothing but such a word stands between the two, in one
sentence. What else the sentence says before may be meant under it, too, or may not: that is not known.
Where more words stand between them, the condition is one for what follows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import zip_longest

from gradcheck.notation.statements import Equation, Prose, Statement
from gradcheck.patterns import late_pattern

JOINING = late_pattern(
    r"""[\W_]*(?:only\s|but\s|where\s)?\s*
    (?:for|if|when|whenever|where|with|provided|given|as\slong\sas|in\sthe\scase|in\scase
      |für|wenn|falls|sofern|mit|pour|si|quand|lorsque|para|cuando|con|se|quando|per|при|если|для|当|若|如果|对|对于)
    (?:\s(?:that|which|all|any|every|each|an|alle|jedes|tout|tous|todo|todos|todas|ogni|всех))*[\W_]*""",
    re.VERBOSE,
)
SENTENCE_END = late_pattern(r"[.;:!?](?:\s|\$|$)|\n\s*\n|[。；：]")
"""What begins behind the condition where it was one for the next formula: `if i = j, then ...`."""
GOES_ON = late_pattern(r"[\s$)]*:|\W*(?:then|we|it|the|this|so|dann|gilt|alors|on|entonces|allora|то)\b")


def told_behind(
    body: Sequence[Statement], is_condition: Callable[[Equation], bool]
) -> Mapping[int, tuple[int, tuple[int, ...]]]:
    """By the number of a condition: the equation that it belongs to, and the earlier ones of its sentence."""
    found: dict[int, tuple[int, tuple[int, ...]]] = {}
    prose: Prose | None = None
    before: list[Equation] = []
    for item, following in zip_longest(body, body[1:]):
        match item:
            case Prose():
                before = before[-1:]
                prose = item
            case Equation() if is_condition(item):
                goes_on = isinstance(following, Equation) and recalls_its_head(following)
                if before and prose is not None and not goes_on and _is_joined(prose, before[-1], item):
                    owner, sentence = before[-1], _of_one_sentence(prose, before)
                    found[item.number] = owner.number, tuple(other.number for other in sentence)
                before = []
            case Equation():
                before.append(item)
            case _:
                before = []
    return found


def recalls_its_head(equation: Equation) -> bool:
    """Whether a chain goes on here, whose head stands before the case that it is told for."""
    return equation.head.span.end <= equation.span.start


def _is_joined(prose: Prose, owner: Equation, condition: Equation) -> bool:
    """Whether the words between a formula and a condition join the two, and those behind do not go on."""
    if condition.span.end > prose.span.end:
        return False
    words = _words(prose, owner.span.end, condition.span.start)
    behind = _words(prose, condition.span.end, prose.span.end)
    inside = owner.span.start >= prose.span.start
    return not (inside and SENTENCE_END.search(words)) and bool(
        JOINING.fullmatch(words) and not GOES_ON.match(behind)
    )


def _of_one_sentence(prose: Prose, before: Sequence[Equation]) -> list[Equation]:
    """The formulas of the sentence that the last one stands in, without it."""
    found: list[Equation] = []
    for earlier, later in zip(before[-2::-1], before[:0:-1], strict=True):
        outside = earlier.span.start < prose.span.start
        if outside or SENTENCE_END.search(_words(prose, earlier.span.end, later.span.start)):
            break
        found.append(earlier)
    return found


def _words(prose: Prose, start: int, end: int) -> str:
    """The text of a paragraph between two places of the document."""
    offset = prose.span.start
    return prose.text[max(start - offset, 0) : max(end - offset, 0)]
