"""Names in the letters of a recursion: at l = 1 its author's `W^{(l+1)}`, not the `W^{[2]}` that was checked.

A recursion is judged at one step of it, under names of that step. How its author writes a quantity at any
step is seen wherever a letter of the same quantity stands: the text is kept, and its index is put anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gradcheck.diagnosis.groups import is_whole
from gradcheck.expr.forms.tree import Expr
from gradcheck.patterns import late_pattern
from gradcheck.records import dataclass
from gradcheck.source import Source

_AT = late_pattern(r"(\\?[A-Za-z]+) = (-?\d+)$")
_ENTRY = late_pattern(r"_(?:\{[a-z,\s]*\}|[a-z])")
_STEP = late_pattern(r"(?:\^\{\[(\d+)\]\}|_\{?(\d+)\}?)$")
FARTHEST = 1
_TIMES = {"t", r"\tau"}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a recursion: the letter that counts, and the number that it stands for."""

    letter: str
    number: int

    @classmethod
    def of(cls, instance: str | None) -> Step | None:
        """The step of a judgement; None where there is none, or several letters count."""
        found = None if instance is None else _AT.match(instance)
        return None if found is None else cls(found[1], int(found[2]))

    def index(self, number: int) -> str | None:
        """How another step is written from this one: `l+1`; None for one that is far away."""
        shift = number - self.number
        if abs(shift) > FARTHEST:
            return None
        return self.letter + (f"{shift:+d}" if shift else "")


def is_time(instance: str | None) -> bool:
    """Whether the letter of a recursion counts time, so that another number is another time and no layer."""
    step = Step.of(instance)
    return step is not None and step.letter in _TIMES


def written_at(node: Expr, step: Step, nodes: Iterable[Expr], source: Source) -> str | None:
    """A quantity at a step of its own, as its author writes it from another step.

    nodes   whatever of the document may show it
    """
    wanted = _split(node)
    index = None if wanted is None else step.index(wanted[1])
    if wanted is None or index is None:
        return None
    for text in _texts(wanted[0], nodes, source):
        head, mark, script = _at_script(text)
        changed, count = _index(step.letter).subn(index, script)
        if count == 1:
            return head + mark + (changed if script.startswith("{") or len(index) == 1 else f"{{{changed}}}")
    return None


def is_of_step(node: Expr) -> bool:
    """Whether a node is a quantity with the number of a step in its name."""
    return _split(node) is not None


def _texts(base: str, nodes: Iterable[Expr], source: Source) -> Iterator[str]:
    for node in nodes:
        owner = node.args[0] if node.op == "pick" else node
        found = _split(owner)
        if found is not None and found[0] == base and node.span is not None:
            text = source.slice(node.span)
            text = _ENTRY.sub("", text) if node is not owner else text
            if is_whole(text) and _is_called(text, base):
                yield text


def _is_called(text: str, base: str) -> bool:
    """Whether a text begins with the letter of a quantity: at the place of `\\delta^l` may stand `z^l`."""
    signal = text.startswith("\\delta")
    return signal is base.startswith("\\delta")


def _split(node: Expr) -> tuple[str, int] | None:
    """A quantity's name without its step, and the step."""
    if node.op != "var":
        return None
    found = _STEP.search(node.attr[0])
    return None if found is None else (node.attr[0][: found.start()], int(found[1] or found[2]))


def _at_script(text: str) -> tuple[str, str, str]:
    """What stands before the first script, its mark, and the rest."""
    place = min((k for k in (text.find("_"), text.find("^")) if k >= 0), default=len(text))
    return text[:place], text[place : place + 1], text[place + 1 :]


def _index(letter: str) -> re.Pattern[str]:
    """The letter where it counts, with what is added to it."""
    return re.compile(rf"(?<![A-Za-z\\]){re.escape(letter)}(?![A-Za-z])(?:\s*[+-]\s*\d+)?")
