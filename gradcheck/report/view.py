"""How a report is to be looked at: what a reader may choose without changing what was found."""

from __future__ import annotations

from gradcheck.records import dataclass


@dataclass(frozen=True, slots=True)
class View:
    """Choices of the reader; a format ignores those that mean nothing to it.

    width    cells in a line
    colour   write ANSI styles
    verbose  list every link with its evidence
    height   rows of a screen that is cleared and shows the faults first; None for all of the report
    seconds  what the run took; None in a report that is kept, so that it does not change from run to run
    """

    width: int = 80
    colour: bool = False
    verbose: bool = False
    height: int | None = None
    seconds: float | None = None
