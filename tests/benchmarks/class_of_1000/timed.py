"""An examination that keeps the processor seconds of each submission."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from gradcheck.examination import Examination
from gradcheck.grading.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Timed:
    """Examines submissions, and keeps the processor seconds of each in a folder."""

    examine: Examination
    folder: Path

    def __call__(self, path: Path) -> Evidence:
        started = time.process_time()
        found = self.examine(path)
        (self.folder / path.stem).write_text(str(time.process_time() - started), encoding="utf-8")
        return found
