"""Chapters that work on a problem of their own: a name's shape is then that of its chapter.

Notes treat the univariate and then the multivariate case with the same letters. A chapter is what stands
below one of the highest headings of which there are several; it has its own problem where it defines
something that another chapter defines otherwise. Shapes are then inferred from its equations; what it takes
over from the rest of the document keeps its shape: what is defined there alone, and what stands in none of
its own definitions. Rejected: inferring every part alone, since most documents define in one chapter and
derive in another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gradcheck.checking.hearing.understood import inferred_from
from gradcheck.expr.written.definitions import definitions, written_names
from gradcheck.expr.written.vocabulary import Vocabulary
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Heading, Statement
from gradcheck.records import replace
from gradcheck.restating.passages.segments import chapter_level


def vocabularies(body: Sequence[Statement], vocabulary: Vocabulary) -> Mapping[int, Vocabulary]:
    """The vocabulary of each equation by its number, where it is not that of the whole document."""
    chapters = _chapters(body)
    formulas: list[dict[str, set[str]]] = []
    for chapter in chapters:
        defined: dict[str, set[str]] = {}
        for definition in definitions(chapter):
            defined.setdefault(vocabulary.canonical(definition.name), set()).add(latex(definition.right))
        formulas.append(defined)
    found: dict[int, Vocabulary] = {}
    for position, chapter in enumerate(chapters):
        others = [defined for other, defined in enumerate(formulas) if other != position]
        if any(_otherwise(formulas[position], defined) for defined in others):
            numbers = {equation.number for equation in chapter}
            rest = [item for item in body if isinstance(item, Equation) and item.number not in numbers]
            inferred = inferred_from(chapter, _taking_over(chapter, rest, vocabulary))
            if inferred.items() <= vocabulary.inferred.items():
                continue  # a vocabulary of its own would say what all know, and have everything found anew
            own = vocabulary.inferring({**vocabulary.inferred, **inferred})
            found.update((number, own) for number in numbers)
    return found


def _taking_over(chapter: Sequence[Equation], rest: Sequence[Equation], vocabulary: Vocabulary) -> Vocabulary:
    """The vocabulary in which what a chapter takes over from the rest has its shape."""
    here = {vocabulary.canonical(definition.name) for definition in definitions(chapter)}
    there = {vocabulary.canonical(definition.name) for definition in definitions(rest)}
    posed = _written([e for e in chapter if any(True for _ in definitions([e]))], vocabulary)
    kept = (there - here) | (_written(rest, vocabulary) - posed)
    shapes = {key: shape for key, shape in vocabulary.inferred.items() if key in kept}
    return replace(vocabulary, shapes={**shapes, **vocabulary.shapes})


def _written(equations: Sequence[Equation], vocabulary: Vocabulary) -> set[str]:
    sides = (side for e in equations for side in e.sides)
    return {vocabulary.canonical(name) for side in sides for name in written_names(side)}


def _otherwise(mine: Mapping[str, set[str]], theirs: Mapping[str, set[str]]) -> bool:
    """Whether two chapters define one name, and not by one formula."""
    return any(key in theirs and not formulas & theirs[key] for key, formulas in mine.items())


def _chapters(body: Sequence[Statement]) -> list[list[Equation]]:
    """The equations below each heading of the highest level that has several, those before in none."""
    level = chapter_level(body)
    if level is None:
        return []
    found: list[list[Equation]] = []
    for item in body:
        if isinstance(item, Heading) and item.level <= level:
            found.append([])
        elif isinstance(item, Equation) and found:
            found[-1].append(item)
    return found
