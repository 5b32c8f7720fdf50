r"""Shapes that are told anew: `Suppose A \in \mathbb{R}^{n \times p}` after an A of another shape.

Tables of identities use few letters, and say with each identity what they are there. From such words on, the
letter is a quantity of its own; so it is before the first of them, and from a definition on that tells its
shape, `W = Q K^T \in \mathbb{R}^{n \times n}`. Words that begin nothing (`where X \in
\mathbb{R}^{d \times n}`) go on about what stands before, and two shapes there contradict each other. Nothing
is told apart where a definition would be carried over from one meaning of a letter to another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from string import ascii_lowercase
from typing import Final

from gradcheck.expr.written.declarations import space
from gradcheck.expr.written.definitions import definitions
from gradcheck.expr.written.functions import BUILTIN
from gradcheck.expr.written.names import LAYER_MARK
from gradcheck.expr.written.vocabulary import Vocabulary
from gradcheck.notation.statements import Equation, Prose, Statement, rewritten
from gradcheck.notation.tree import Group, Node, Symbol
from gradcheck.notation.walk import letters_in, mapped
from gradcheck.patterns import late_pattern
from gradcheck.records import dataclass, field, replace
from gradcheck.shapes import Shape

BEGINNING: Final = late_pattern(
    r"\b(?:let|suppose|assume|assuming|given|consider|take|for|if|when|now)\b", re.IGNORECASE
)
SENTENCES: Final = late_pattern(r"[.!?;]\s|\n[ \t]*\n")
_MARK: Final = f"{LAYER_MARK}anew"


@dataclass
class _Letter:
    """A letter: where a new shape of it begins, and the shape that it has there.

    starts   equation numbers, rising
    before   the shape that it had, if it was told, before the first of them
    """

    starts: list[int] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    before: Shape | None = None

    @property
    def changes(self) -> bool:
        """Whether it has several shapes."""
        return len({*self.shapes, *([self.before] if self.before is not None else [])}) > 1

    def meaning(self, number: int) -> int:
        """Which of its meanings it has in an equation; 0 before it was told anything."""
        return sum(start <= number for start in self.starts)


def with_shapes_told_anew(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with a name for each meaning of a letter whose shape is told anew."""
    letters = {name: letter for name, letter in _told(body).items() if letter.starts and letter.changes}
    kept = {name: letter for name, letter in letters.items() if not _carried_over(name, letter, body)}
    if not kept:
        return body
    return [_by_meaning(item, kept) if isinstance(item, Equation) else item for item in body]


def _told(body: Sequence[Statement]) -> dict[str, _Letter]:
    """The letters whose shape is told in a sentence that begins something."""
    found: dict[str, _Letter] = {}
    words: Prose | None = None
    for item in body:
        if isinstance(item, Prose):
            words = item
        elif isinstance(item, Equation):
            begins = words is not None and _begins(item, words)
            for name, shape, defined in _declared(item):
                letter = found.setdefault(name, _Letter())
                if not begins and not defined:
                    letter.before = letter.before if letter.starts else shape
                elif (letter.shapes[-1] if letter.shapes else letter.before) != shape:
                    letter.starts.append(item.number)
                    letter.shapes.append(shape)
    return found


def _begins(equation: Equation, words: Prose) -> bool:
    """Whether the sentence in which an equation stands begins something."""
    if not words.span.start <= equation.span.start < words.span.end:
        return False
    before = words.text[: equation.span.start - words.span.start]
    return BEGINNING.search(SENTENCES.split(before)[-1]) is not None


def _declared(equation: Equation) -> Iterator[tuple[str, Shape, bool]]:
    """The letters that an equation declares, each with its shape and whether it defines the letter, too."""
    vocabulary = Vocabulary()
    for link in equation.links:
        shape = space(link.right, vocabulary) if link.relation.sign == "∈" else None
        listed = link.left.items if isinstance(link.left, Group) else (link.left,)
        names = [item.name for item in listed if isinstance(item, Symbol)]
        if shape is not None and link is not equation.links[0] and isinstance(equation.head, Symbol):
            yield equation.head.name, shape, True
        yield from ((name, shape, False) for name in names if shape is not None)


def _carried_over(name: str, letter: _Letter, body: Sequence[Statement]) -> bool:
    """Whether something that is defined with one meaning of a letter is used beside another."""
    equations = [item for item in body if isinstance(item, Equation)]
    told: dict[str, set[int]] = {}
    made_of_it: set[str] = set()
    for equation in equations:
        for definition in definitions([equation]):
            told.setdefault(definition.name.base, set()).add(letter.meaning(equation.number))
            if name in letters_in(definition.right) and definition.name.base not in BUILTIN:
                made_of_it.add(definition.name.base)
    return any(
        letter.meaning(equation.number) not in told[base]
        for equation in equations
        for base in made_of_it & {inner for side in equation.sides for inner in letters_in(side)}
    )


def _by_meaning(equation: Equation, letters: Mapping[str, _Letter]) -> Equation:
    meanings = {name: letter.meaning(equation.number) for name, letter in letters.items()}
    marks = {
        name: f"{_MARK}{ascii_lowercase[meaning - 1]}"
        for name, meaning in meanings.items()
        if 0 < meaning <= len(ascii_lowercase)
    }
    return rewritten(equation, lambda node: _marked(node, marks)) if marks else equation


def _marked(node: Node, marks: Mapping[str, str]) -> Node:
    node = mapped(node, lambda child: _marked(child, marks))
    if isinstance(node, Symbol) and node.name in marks:
        return replace(node, name=f"{node.name}{marks[node.name]}")
    return node
