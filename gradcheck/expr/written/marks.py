"""Subscripts that are labels, `y_i` and `y^{(i)}`: taken apart, and what a document's labels stand for.

The label of an example is a number that says which entry is meant. It is held as a one-hot array, a row for
each index (`s_{i y_i}`), a column for each sample (`\\theta_{y^{(i)}}`), or one column alone (`p_y`).
"""

from __future__ import annotations

import re

from gradcheck.patterns import late_pattern
from gradcheck.records import dataclass

_MARK = late_pattern(
    r"(?P<base>\\?[A-Za-z]+)(?:_\{?(?P<index>[a-z])\}?|\^\{?\((?P<sample>[a-z])\)\}?)?", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A subscript as a label is written: its letter, and the index or the sample that it belongs to."""

    base: str
    index: str | None = None
    sample: str | None = None

    @property
    def kind(self) -> str:
        """Whose label it would be: `index`, `sample`, or `alone`."""
        return "index" if self.index else "sample" if self.sample else "alone"


@dataclass(frozen=True, slots=True)
class Label:
    """A letter that chooses an entry.

    kind    whose label it is: `index`, `sample` or `alone`
    key     the quantity that holds its one-hot array
    """

    kind: str
    key: str

    @property
    def class_axis(self) -> int:
        """The axis of the one-hot array along which the classes lie."""
        return 1 if self.kind == "index" else 0


def read_mark(text: str) -> Mark | None:
    """`y_{i}`, `y^{(i)}` or `y` taken apart; None for a subscript that no label has."""
    found = _MARK.fullmatch(text)
    return None if found is None else Mark(found["base"], found["index"], found["sample"])
