"""Cases that running text tells by two letters: "if $w = o$", "when $c \\neq y$".

Behind such a word an equation of two bare letters, of which one marks entries somewhere, says which entries
are meant. It defines neither letter, whatever the letters are; without the word only letters that always
count, `i = j`, are taken so. So does a value of a label of which the text tells several: "for a negative
sample ($y = 0$)"; without such a word it defines nothing and says nothing of what follows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gradcheck.expr.written.answers import answers, lone_value
from gradcheck.expr.written.definitions import written_names
from gradcheck.notation.statements import CASE, Equation, Prose, Statement
from gradcheck.notation.tree import Node, Symbol
from gradcheck.patterns import late_pattern
from gradcheck.records import replace
from gradcheck.restating.sayings.told_behind import SENTENCE_END

_WORDS = r"if|when|whenever|where|case|for|wenn|falls|si|cuando|quando|lorsque|если|при|якщо"
_OTHER_WORDS = "如果|若|当|當|만약|もし"
_TOLD = late_pattern(
    rf"\b({_WORDS}|cases)\b[^\w.;!?]*$"
    r"|\b(if|when|case|for|wenn|für|si|quand)\b[^.;:!?]*\b(with|and|mit|und|avec|con)\b[^\w.;!?]*$"
    rf"|({_OTHER_WORDS}|일 때)[^\w。；]*$",
    re.IGNORECASE,
)
_LEADING = late_pattern(rf"\b({_WORDS})\b|{_OTHER_WORDS}", re.IGNORECASE)


def with_cases_told(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with such equations marked as cases; themselves where there are none."""
    equations = [item for item in body if isinstance(item, Equation)]
    valued = [lone for equation in equations if (lone := lone_value(equation)) is not None]
    labels = answers(equations) if valued else {}
    if not labels and not any(_letters(equation) for equation in equations):
        return body
    marks = {mark for e in equations for s in e.sides for name in written_names(s) for mark in name.sub}
    prose: Prose | None = None
    made: list[Statement] = []
    for item in body:
        if isinstance(item, Prose):
            prose = item
        elif isinstance(item, Equation) and marks.intersection(_letters(item)) and is_told(prose, item):
            item = replace(item, connective=CASE)
        elif isinstance(item, Equation) and labels and (lone_value(item) or ("", 0))[0] in labels:
            item = replace(item, connective=CASE if _is_led_to(prose, item) else "condition")
        made.append(item)
    return made


def is_told(prose: Prose | None, equation: Equation) -> bool:
    """Whether the words right before an equation say that it is a case."""
    return _TOLD.search(_words_before(prose, equation)) is not None


def _is_led_to(prose: Prose | None, equation: Equation) -> bool:
    """Whether the sentence that an equation stands in says before it that what follows is a case."""
    return _LEADING.search(SENTENCE_END.split(_words_before(prose, equation))[-1]) is not None


def _words_before(prose: Prose | None, equation: Equation) -> str:
    """What a paragraph says before an equation that stands in it; nothing of any other."""
    if prose is None or not prose.span.start <= equation.span.start < prose.span.end:
        return ""
    return prose.text[: equation.span.start - prose.span.start]


def _letters(equation: Equation) -> tuple[str, ...]:
    """The two letters of `w = o`, nothing for any other equation."""
    plain = len(equation.links) == 1 and equation.links[0].relation.sign in ("=", "≠")
    letters = tuple(filter(None, map(_letter, equation.sides))) if plain else ()
    return letters if len(letters) == 2 else ()


def _letter(node: Node) -> str:
    single = isinstance(node, Symbol) and not node.style and len(node.name) == 1 and node.name.islower()
    return node.name if isinstance(node, Symbol) and single else ""
