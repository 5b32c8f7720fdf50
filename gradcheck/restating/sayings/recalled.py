"""Formulas that a document recalls: "recall that `z = w x + b`" claims what was defined above.

A name that is defined again begins a new case, unless the words, or the heading of a summary, say that it is
what it was. Such a line then defines nothing, and is held against the definition. Where the name had several
formulas before, or the line holds names that stand nowhere above, it is left to be what it may. `y_o = 1`
where o is the label of a class, or where other entries are said to be 0, defines nothing either: it says how
y is coded, and not what each entry of it is; so do the words "1 if the class is i, and 0 otherwise". Nor does
the form that a differential is compared with.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from gradcheck.expr.meaning.choices import coded_arrays, entry_said, labels_in
from gradcheck.expr.written.answers import lone_value
from gradcheck.expr.written.definitions import definitions, unboxed, written_names
from gradcheck.expr.written.functions import BUILTIN
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import RECALLED, Equation, Heading, Prose, Statement
from gradcheck.notation.tree import Differential
from gradcheck.patterns import late_pattern
from gradcheck.records import replace

WORDS = late_pattern(
    r"\b(recall|recalling|remember|as (?:before|above|defined)|we (?:defined|had)|from (?:above|before)|"
    r"(?:defined|introduced|given) (?:above|before|earlier))\b",
    re.IGNORECASE,
)
# What begins something new in the same sentence.
ANEW = late_pattern(r"\b(now|let|instead|new|change|replace|suppose|assume|but|unlike|if)\b", re.IGNORECASE)
# "Comparing to `df = tr(M^T dX)`": the form that M is read from, whatever M was elsewhere.
FORMS = late_pattern(r"\b(?:compar\w+|match\w*)\b[^$]*\b(?:to|with|form)\W*$", re.IGNORECASE)
CONSTANTS = ("e", "\\pi", "\\uppi")
SENTENCES = late_pattern(r"[.!?;]\s")
# "`y_i = 1` if the class is i", "`y = 1` for a cat and 0 otherwise": what is said of some examples alone.
OF_SOME = late_pattern(
    r"^[\s$`*_]*,?\s*(?:iff?|when|whenever|only|exactly|precisely)\b|\b(?:otherwise|else|for the others?)\b",
    re.IGNORECASE,
)
SUMMARIES = late_pattern(r"\b(recap|recapitulation|summary|cheat ?sheet)\b", re.IGNORECASE)


def with_recalled(body: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements, in which what is recalled of a definition above is a claim."""
    equations = [item for item in body if isinstance(item, Equation)]
    coding = any(map(_codes, equations))
    labels = _labels(body) if coding else frozenset[str]()
    coded = coded_arrays(equations) if coding else frozenset[str]()
    formulas: dict[str, set[str]] = {}
    above: set[str] = set()
    in_summary, prose = False, None
    made: list[Statement] = []
    for item in body:
        if isinstance(item, Heading):
            in_summary, prose = SUMMARIES.search(item.text) is not None, None
        elif isinstance(item, Prose):
            prose = item
        elif isinstance(item, Equation):
            names = {name.key for side in item.sides for name in written_names(side)}
            known = above | {name for name in names if name in CONSTANTS or name in BUILTIN}
            recalls = in_summary or (prose is not None and _recalls(prose, item))
            if recalls and names <= known and _differs(item, formulas):
                item = replace(item, connective=RECALLED)
            elif _is_coding(item, labels, coded) or (prose is not None and _defines_nothing(prose, item)):
                item = replace(item, connective="condition")
            for definition in definitions([item]):
                formulas.setdefault(definition.name.key, set()).add(latex(definition.right))
            above |= names
        made.append(item)
    return tuple(made)


def _codes(equation: Equation) -> bool:
    """Whether an equation says that an entry is 1, or 0."""
    return any(entry_said(equation, number) is not None for number in "10")


def _is_coding(equation: Equation, labels: Collection[str], coded: Collection[str]) -> bool:
    """Whether an equation says how an array is coded: 1 at a label, or one of 1 and 0 where both are said."""
    one = entry_said(equation, "1")
    entry = one or entry_said(equation, "0")
    return entry is not None and (entry.base in coded or (one is not None and one.sub[0] in labels))


def _defines_nothing(prose: Prose, equation: Equation) -> bool:
    """Whether the words about an equation say that it is a form, or the value that some examples have."""
    return _is_form(prose, equation) or _is_of_some(prose, equation)


def _is_of_some(prose: Prose, equation: Equation) -> bool:
    """Whether `y = 1`, or 0, is followed in its sentence by the words that tell when it is so."""
    told = lone_value(equation)
    if told is None or told[1] not in (-1, 0, 1) or equation.span.end > prose.span.end:
        return False
    within = equation.span.end - prose.span.start
    return within > 0 and OF_SOME.search(SENTENCES.split(prose.text[within:])[0]) is not None


def _labels(body: Sequence[Statement]) -> frozenset[str]:
    """The letters that are labels in the document, or below one of its headings."""
    parts: list[list[Equation]] = [[]]
    for item in body:
        if isinstance(item, Heading):
            parts.append([])
        elif isinstance(item, Equation):
            parts[-1].append(item)
    whole = [equation for part in parts for equation in part]
    return frozenset(letter for part in (whole, *parts) for letter in labels_in(part))


def _recalls(prose: Prose, equation: Equation) -> bool:
    """Whether the words of a sentence, up to an equation in it, say that it was told before."""
    within = max(0, equation.span.start - prose.span.start)
    words = SENTENCES.split(prose.text[:within])[-1]
    return WORDS.search(words) is not None and ANEW.search(words) is None


def _is_form(prose: Prose, equation: Equation) -> bool:
    """Whether the words just before a differential say that it is a form to compare with."""
    if not isinstance(unboxed(equation.head), Differential):
        return False
    within = max(0, equation.span.start - prose.span.start)
    return equation.span.start < prose.span.end and FORMS.search(prose.text[:within].rstrip()) is not None


def _differs(equation: Equation, formulas: dict[str, set[str]]) -> bool:
    """Whether an equation gives a name another formula than the only one that it had."""
    own = [d for d in definitions([equation]) if not d.is_function]
    known = [formulas.get(definition.name.key, set()) for definition in own]
    return bool(own) and all(
        len(before) == 1 and latex(definition.right) not in before
        for definition, before in zip(own, known, strict=True)
    )
