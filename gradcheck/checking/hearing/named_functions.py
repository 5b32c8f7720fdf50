"""Functions that only the running text names: "where $g$ is the hyperbolic tangent".

A letter is believed to be a known function where nothing but words without content stands between the two, in
either order; `\\Phi` and `\\phi` are the distribution and the density of the normal where the sentence speaks
of these. A formula for the same letter goes before what the text calls it; where it calls it two things, or
offers a choice, nothing is believed. Words are matched, sentences not parsed: "g is the derivative of tanh"
names nothing here. Another letter than the usual ones is believed to be one where it stands nowhere but
before brackets. The function of whose value alone a cross entropy takes the logarithm is the softmax or
the sigmoid that the text speaks of anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gradcheck.expr.written.definitions import Definition, definitions, read_applied
from gradcheck.expr.written.function_names import FUNCTION_LETTERS
from gradcheck.expr.written.names import Name, read_name
from gradcheck.expr.written.usage import only_applied
from gradcheck.expr.written.vocabulary import Vocabulary, is_loss_name
from gradcheck.notation.parser import parse_one
from gradcheck.notation.remembered import once_a_node
from gradcheck.notation.statements import Equation, Heading, Prose, Statement
from gradcheck.notation.tree import Call, Group, Node, Number, Sum, Symbol
from gradcheck.notation.walk import of_kind
from gradcheck.patterns import late_pattern
from gradcheck.restating.sayings.said import MATH
from gradcheck.source import Span

NOWHERE = Span(0, 0)
# What a cross entropy takes the logarithm of.
OUTPUTS = ("sigmoid", "softmax")
SENTENCES = late_pattern(r"[.;](?:\s|$)|\n\s*\n")
LINK = late_pattern(r"\[([^\[\]$]{1,80})\]\([^()$]{0,200}\)")
MAPS = late_pattern(r"\s*:.*\\(?:to|rightarrow|mapsto)\b.*", re.DOTALL)
NORMAL = late_pattern(r"\b(normal|gaussian)\b", re.IGNORECASE)
CUMULATIVE = late_pattern(r"\b(cdf|cumulative|distribution function)", re.IGNORECASE)
DENSITY = late_pattern(r"\b(pdf|density|densities)\b", re.IGNORECASE)
EMPTY = (
    r"(?:\s|,|\b(?:the|a|an|is|be|being|are|denotes?|denoting|stands?|for|as|means?|usual|standard|our|its|"
    r"here|always|again|element-?wise|pointwise|scalar|nonlinear(?:ity)?|non-linearity|activations?|functions?|"
    r"map|unit|chosen|to|with|called|written|by)\b)*"
)
# What documents call the functions of the table, by the name that the table knows.
WORDS = {
    "sigmoid": r"(?:logistic\s+)?sigmoid|logistic\s+function|logistic",
    "tanh": r"hyperbolic\s+tangent|tanh",
    "relu": r"relu|rectified\s+linear\s+unit|rectifier",
    "softmax": r"softmax",
    "softplus": r"softplus",
    "identity": r"identity",
}
SPOKEN = "|".join(f"(?P<{name}>{words})" for name, words in WORDS.items())
CHOICE = r"(?!\s*/|(?:,?\s*[\w-]+){0,3},?\s*\bor\b)"
BEHIND = late_pattern(rf"\x00(?P<at>\d+)\x00{EMPTY}\b(?:{SPOKEN})\b{CHOICE}", re.IGNORECASE)
BEFORE = late_pattern(rf"\b(?:{SPOKEN})\b{EMPTY}\x00(?P<at>\d+)\x00", re.IGNORECASE)


def named_functions(body: Sequence[Statement], vocabulary: Vocabulary) -> dict[str, list[Definition]]:
    """By the key of a letter, the known function that the text says it is."""
    found: dict[str, dict[str, Definition]] = {}
    for name, operation in _of_entropies(body, vocabulary):
        right = Symbol(name.span, operation)
        found.setdefault(name.key, {})[operation] = Definition(name, right, (0, 0), is_function=True)
    applied: frozenset[str] | None = None
    for item in body:
        if isinstance(item, Prose):
            for sentence in SENTENCES.split(item.text):
                for name, operation in _told(sentence):
                    if name.base not in FUNCTION_LETTERS:
                        equations = (e for e in body if isinstance(e, Equation))
                        applied = only_applied(equations) if applied is None else applied
                        if name.base not in applied:
                            continue
                    right = Symbol(Span(item.span.start, item.span.start), operation)
                    made = Definition(name, right, (0, 0), is_function=True)
                    found.setdefault(name.key, {})[operation] = made
    return {key: list(made.values()) for key, made in found.items() if len(made) == 1}


def _of_entropies(body: Sequence[Statement], vocabulary: Vocabulary) -> Iterator[tuple[Name, str]]:
    """The functions whose values alone a loss takes logarithms of, with the function that is spoken of."""
    equations = [item for item in body if isinstance(item, Equation)]
    if not any(node for e in equations for side in e.sides for node in _logarithms(side)):
        return
    texts = " ".join(item.text for item in body if isinstance(item, Prose | Heading))
    spoken = {word for word in OUTPUTS if re.search(rf"\b(?:{WORDS[word]})\b", texts, re.IGNORECASE)}
    defined = [d for d in definitions(equations) if not d.is_function] if spoken else []
    values: dict[str, set[Name]] = {}
    made: dict[Name, Name] = {}
    for definition in defined:
        applied, value = read_applied(definition.right), vocabulary.normalised(definition.name)
        if applied is not None and applied.function.base in FUNCTION_LETTERS:
            function = vocabulary.normalised(applied.function)
            values.setdefault(function.key, set()).add(_bare(value))
            made[_bare(value)] = function
    for definition in defined:
        logged = set(_logarithms(definition.right)) if is_loss_name(definition.name) else set()
        for value, is_rest in logged:
            output = made.get(_bare(vocabulary.normalised(value)))
            word = "sigmoid" if (value, True) in logged else "softmax"
            if output is not None and not is_rest and len(values[output.key]) == 1 and word in spoken:
                yield output, word


def _bare(name: Name) -> Name:
    """A quantity whatever entry of it is written, and of which example."""
    return Name(name.base, NOWHERE, layer=name.layer)


@once_a_node
def _logarithms(side: Node) -> tuple[tuple[Name, bool], ...]:
    """The names of which a formula takes logarithms, and of 1 minus which it does."""
    found: list[tuple[Name, bool]] = []
    for call in of_kind(side, Call):
        inner = call.argument
        if not isinstance(call.function, Symbol) or call.function.name not in ("log", "ln"):
            continue
        while isinstance(inner, Group) and len(inner.items) == 1:
            inner = inner.items[0]
        rest = isinstance(inner, Sum) and len(inner.terms) == 2 and isinstance(inner.terms[0].body, Number)
        name = read_name(inner.terms[1].body if rest and isinstance(inner, Sum) else inner)
        if name is not None:
            found.append((name._replace(span=NOWHERE, sub=()), rest))
    return tuple(found)


def _told(sentence: str) -> Iterator[tuple[Name, str]]:
    """The letters of a sentence with the functions that it says they are."""
    formulas: list[str] = []

    def taken_out(match: re.Match[str]) -> str:
        formulas.append(match[1] or match[2])
        return f"\x00{len(formulas) - 1}\x00"

    masked = MATH.sub(taken_out, LINK.sub(r"\1", sentence))
    letters = [_letter(formula) for formula in formulas]
    if NORMAL.search(masked):
        for letter in letters:
            if letter is not None and letter.base == "\\Phi" and CUMULATIVE.search(masked):
                yield letter, "normcdf"
            if letter is not None and letter.base in ("\\phi", "\\varphi") and DENSITY.search(masked):
                yield letter, "normpdf"
    for pattern in (BEHIND, BEFORE):
        for match in pattern.finditer(masked):
            letter = letters[int(match["at"])]
            if letter is not None:
                yield letter, next(name for name in WORDS if match[name])


def _letter(formula: str) -> Name | None:
    """The function of a formula that is one letter, alone or applied, or between its spaces."""
    node: Node | None = parse_one(MAPS.sub("", formula))
    applied = None if node is None else read_applied(node)
    name = applied.function if applied is not None else None if node is None else read_name(node)
    is_letter = name is not None and (name.base in FUNCTION_LETTERS or len(name.base) == 1)
    return name if name is not None and is_letter and name.is_plain else None
