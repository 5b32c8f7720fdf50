"""Which words of a line are one formula: operands joined by signs, around a relation sign.

A formula that is cut short says something else than its author (`dW = X dZ divided by m`), so it is taken
only where what stands before and after it shows that it begins and ends there; else it is unclear.
Reading a line by a list of words that must not occur in it was rejected: it took whole lines or nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from gradcheck.notation.statements import NUMBERS
from gradcheck.reading.atoms import BEGINNINGS, JOINS, Atom
from gradcheck.reading.brackets import LONGEST, closing_of
from gradcheck.reading.list_items import begins_line, is_item, marks_item, past_label
from gradcheck.reading.mask import HIDDEN
from gradcheck.reading.surrounding_words import (
    ARROWS,
    CONDITIONS,
    ENDINGS,
    FOLLOWERS,
    GOES_ON,
    INTRODUCING,
    METHODS,
    OPTIONS,
    PLACING,
    PREPOSITIONS,
    applies_bare,
    is_named,
)
from gradcheck.records import dataclass, replace

_BOUNDARIES: Final = frozenset({"prose", "comma", "stop", "line", "relation", "other"})
_WIDEST: Final = 40  # words left of a relation sign that are tried as its beginning


@dataclass(frozen=True, slots=True)
class Phrase:
    """A formula among the words, from word `start` to before word `end`.

    clear        whether it begins and ends where it seems to
    connective   of a value for a moment: NUMBERS for `at x = 0`, `condition` for `at x = y`
    """

    start: int
    end: int
    clear: bool
    connective: str = ""


class Words:
    """The words of a text, and the formulas among them.

    listed   a listing or a plain text file, where a line may begin with a relation sign
    """

    def __init__(self, atoms: Sequence[Atom], *, listed: bool) -> None:
        self.atoms = atoms
        self.listed = listed
        self.in_bars = False

    def phrases(self) -> Iterator[Phrase]:
        """All formulas in order."""
        after, placed = 0, False
        for index, atom in enumerate(self.atoms):
            if atom.kind == "relation" and index >= after:
                found = self._around(index, after)
                if found is not None:
                    placed = self._is_placed(found, index, after if placed else None)
                    after = max(found.end, index + 1)
                    number = self.atoms[found.end - 1].kind == "number"
                    connective = (NUMBERS if number else "condition") if placed else ""
                    yield replace(found, connective=connective)

    def _is_placed(self, found: Phrase, relation: int, listed_after: int | None) -> bool:
        """Whether a value is given to a name at, when or for something, or in a list of such."""
        right = self.atoms[relation + 1 : found.end]
        if not right or right[-1].kind not in ("number", "name") or any(a.kind != "sign" for a in right[:-1]):
            return False
        if listed_after is not None:
            between = self.atoms[listed_after : found.start]
            if all(atom.text in (",", "and") or atom.kind == "line" for atom in between):
                return True
        after = self.atoms[found.end : found.end + 1]
        if right[-1].kind == "number" and after and after[0].text == "at":
            return True
        return found.start > 0 and self.atoms[found.start - 1].text.lower() in PLACING

    def whole(self) -> bool:
        """Whether all words together are one formula, with no word of prose in it."""
        relation = next((i for i, atom in enumerate(self.atoms) if atom.kind == "relation"), None)
        words = {atom.text for atom in self.atoms if atom.kind in ("word", "prose")}
        return bool(relation) and words <= OPTIONS and self._end(0) == len(self.atoms)

    # --- where a formula begins ------------------------------------------------------------------

    def _around(self, relation: int, after: int) -> Phrase | None:
        first, depth = relation, 0
        while first > max(after, relation - _WIDEST):
            kind = self.atoms[first - 1].kind
            depth += (kind == "close") - (kind == "open")
            if kind in _BOUNDARIES and not (kind == "comma" and depth > 0):
                break
            first -= 1
        if first == relation:
            if not self.listed or not begins_line(self.atoms, relation):
                return None
            end = self._end(relation + 1)
            return Phrase(relation, end or relation + 1, end is not None and self._ends(end))
        for start in range(past_label(self.atoms, first), relation):
            if marks_item(self.atoms, start):
                continue
            end = self._end(start, first_relation=relation)
            if end is not None:
                return self._judged(start, relation, end)
        return Phrase(first, relation + 1, clear=False)

    def _judged(self, start: int, relation: int, end: int) -> Phrase | None:
        left = self.atoms[start:relation]
        if self._says_words(end, relation) or not any(a.kind in ("name", "word", "function") for a in left):
            return None
        end, said = self._with_condition(end)
        return Phrase(start, end, said and self._may_begin(start) and self._ends(end))

    def _with_condition(self, end: int) -> tuple[int, bool]:
        """The end with the condition that follows (`1 if z > 0`), and whether nothing of it is in words."""
        word = end + (end < len(self.atoms) and self.atoms[end].text == ",")
        if word + 1 >= len(self.atoms) or self.atoms[word].text.lower() not in CONDITIONS:
            return end, True
        past = self._end(word + 1)
        if past is not None and past > word + 2 and self._ends(past):
            return past, True
        return end, self.atoms[word].text.lower() != "if"

    def _may_begin(self, start: int) -> bool:
        """Whether nothing before the word makes it a part of something longer."""
        if start == 0 or any(past_label(self.atoms, at) == start for at in range(max(start - 4, 0), start)):
            return True
        before, here = self.atoms[start - 1], self.atoms[start]
        word = before.text.lower()
        match before.kind:
            case "prose" | "word" | "function":
                if here.kind in ("word", "number") and here.text.isalnum():
                    return word in INTRODUCING
                return word not in PREPOSITIONS
            case "operator" | "sign":
                return start == 1 or self.atoms[start - 2].kind == "line"
            case "compare":
                return before.text in ARROWS or marks_item(self.atoms, start - 1)
            case "other":
                return before.text not in HIDDEN and before.text not in "^_%\\{}&$"
            case "name" | "number" | "close" | "big":
                return False
            case _:
                return True

    def _says_words(self, end: int, relation: int) -> bool:
        """A gloss such as `X = input`: one plain word on the right, which names nothing known."""
        right = self.atoms[relation + 1 : end]
        return len(right) == 1 and right[0].kind == "word" and "_" not in right[0].text

    # --- where it ends ---------------------------------------------------------------------------

    def _ends(self, end: int) -> bool:
        """Whether nothing after it goes on with it."""
        if end >= len(self.atoms):
            return True
        after = self.atoms[end]
        match after.kind:
            case "line":
                following = self.atoms[end + 1 : end + 2]
                return not following or following[0].text.lower() not in GOES_ON
            case "comma" | "close" | "bar" | "open":
                return True
            case "stop":
                return after.text != "!"
            case "word" | "prose" | "function":
                return after.text.lower() in FOLLOWERS
            case "compare":
                return after.text in ARROWS
            case "other":
                return after.text in ENDINGS or (after.text not in HIDDEN and ord(after.text) > 0x2500)
            case _:
                return False

    def _end(self, start: int, first_relation: int | None = None) -> int | None:
        """Where the formula that begins at a word ends; None if no formula begins there.

        first_relation   where its first relation sign must stand
        """
        at, relations = start, 0
        while True:
            at = self._past_signs(at)
            past = self._term(at)
            if past is None:
                return None
            at = past
            join = self._joined(at)
            if join is None:
                return at if relations or first_relation is None else None
            if self.atoms[join].kind == "relation":
                if not relations and first_relation not in (None, join):
                    return None
                relations += 1
            at = join + 1
            if at - start > LONGEST:
                return None

    def _past_signs(self, at: int) -> int:
        """Past signs, and the end of a line after which the formula must go on."""
        at += at < len(self.atoms) and self.atoms[at].kind == "line"
        while at < len(self.atoms) and self.atoms[at].kind == "sign":
            at += 1
        return at

    def _joined(self, at: int) -> int | None:
        """The sign that goes on with a formula here, maybe on the next line; None where it ends."""
        if at >= len(self.atoms):
            return None
        here = self.atoms[at]
        if here.kind == "line" and at + 1 < len(self.atoms):
            below = self.atoms[at + 1]
            return at + 1 if below.kind in JOINS and not is_item(self.atoms, at + 1) else None
        if here.kind not in JOINS or here.text in ARROWS:
            return None
        return at

    def _term(self, at: int) -> int | None:
        """Factors side by side."""
        past = self._factor(at)
        if past is None:
            return None
        while past < len(self.atoms) and self._stands_beside(past):
            following = self._factor(past)
            if following is None:
                break
            past = following
        return past

    def _stands_beside(self, at: int) -> bool:
        """Whether a word is a factor beside the one before, and no article or number of a list."""
        atom = self.atoms[at]
        if atom.kind == "bar":
            return self._opens_value(at)
        if atom.kind not in BEGINNINGS or (atom.kind == "number" and atom.spaced):
            return False
        following = self.atoms[at + 1].kind if at + 1 < len(self.atoms) else "stop"
        return not (
            atom.text in ("a", "A", "I") and atom.spaced and following in ("word", "prose", "function")
        )

    def _factor(self, at: int) -> int | None:
        """Past one operand, with the functions and sum signs before it."""
        bare = None
        while at < len(self.atoms) and self._is_prefix(at):
            bare = at + 1 if self.atoms[at].kind == "function" else None
            at += 1
        past = self._operand(at) if at < len(self.atoms) else None
        return past if past is not None else bare

    def _is_prefix(self, at: int) -> bool:
        """A sum sign, or a function without brackets: what follows belongs to it."""
        atom = self.atoms[at]
        if atom.kind == "function" and not self._is_called(at):
            return applies_bare(atom.text)
        return atom.kind == "big"

    def _operand(self, at: int) -> int | None:
        atom = self.atoms[at]
        called = self._is_called(at)
        match atom.kind:
            case "number":
                return at + 1
            case "name":
                return self._bracket(at + 1) if called and "." in atom.text else at + 1
            case "function":
                named = at + 1 if is_named(self.atoms, at) else None
                return self._bracket(at + 1) if called else named
            case "word":
                return self._bracket(at + 1) if called else self._lone_word(at)
            case "open":
                return self._bracket(at)
            case "bar":
                return self._between_bars(at)
            case _:
                return None

    def _is_called(self, at: int) -> bool:
        following = self.atoms[at + 1 : at + 2]
        return bool(following) and following[0].text == "(" and not following[0].spaced

    def _lone_word(self, at: int) -> int | None:
        """A plain word is a factor only where signs stand around it."""
        following = self.atoms[at + 1].kind if at + 1 < len(self.atoms) else "stop"
        glued = at > 0 and self.atoms[at - 1].kind == "sign" and not self.atoms[at].spaced
        return at + 1 if following in {*JOINS, "close", "comma", "stop", "line"} and not glued else None

    def _bracket(self, at: int) -> int | None:
        """Past a bracket, and past the calls of its methods."""
        while True:
            closing = closing_of(self.atoms, at)
            if closing is None or not self.atoms[closing].text.endswith(METHODS):
                return None if closing is None else closing + 1
            at = closing + 1

    def _opens_value(self, at: int) -> bool:
        """Whether a bar behind a factor opens a factor of its own, `2 |x|`, where it closes none."""
        return not self.in_bars and self._between_bars(at) is not None

    def _between_bars(self, at: int) -> int | None:
        """`|x|`, `‖w‖²`."""
        if at + 1 >= len(self.atoms) or self.atoms[at + 1].kind == "bar":
            return None
        outside, self.in_bars = self.in_bars, True
        past = self._end_of_value(at + 1)
        self.in_bars = outside
        closes = past is not None and past < len(self.atoms) and self.atoms[past].kind == "bar"
        return past + 1 if closes and past is not None else None

    def _end_of_value(self, at: int) -> int | None:
        past = self._term(self._past_signs(at))
        while past is not None and past < len(self.atoms) and self.atoms[past].kind in ("sign", "operator"):
            past = self._term(self._past_signs(past + 1))
        return past
