"""What a caller may choose for a run; everything else follows from the documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from gradcheck.records import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """Choices that change what is checked or how it is counted.

    assignment  a derivation that states the problem, for documents that name none themselves
    seed        of every random draw; the same seed gives the same report
    seconds     how long one document may take; what comes later is undecided
    jobs        how many documents are checked side by side
    strict      count undecided, charitable and slip as wrong
    excluded    tells which files below a directory are left out
    matter      gives a document's front matter by the project's settings; its own wins
    progress    called with (path, documents done, documents in all) before each document
    meanwhile   called once while other processes check
    """

    assignment: Path | None = None
    seed: int = 0
    seconds: float = 60.0
    jobs: int = 1
    strict: bool = False
    excluded: Callable[[Path], bool] | None = None
    matter: Callable[[Path], Mapping[str, object]] | None = None
    progress: Callable[[str, int, int], None] | None = None
    meanwhile: Callable[[], object] = lambda: None
