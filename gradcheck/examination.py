"""One submission examined against one assignment: read, judged, told, and put down as evidence for marking.

The assignment that is being marked is the one that counts: what a submission names in its own front matter
is not followed, since a student does not set the problem. Nothing is raised for what a submission holds
(only where memory ends): why it cannot be marked is evidence as well.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from gradcheck.budget import Budget
from gradcheck.checking.cases.checked import Checked
from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import ProblemError, pose
from gradcheck.diagnosis.telling import tell
from gradcheck.faults import as_told
from gradcheck.grading.collection import collect
from gradcheck.grading.evidence import Evidence
from gradcheck.reading.document import Document, read
from gradcheck.reading.errors import ReadingError
from gradcheck.records import dataclass
from gradcheck.report.build import document_report


@dataclass(frozen=True, slots=True)
class Examination:
    """Examines submissions of one assignment; can be sent to another process.

    seconds  after which the lines that were not reached stay undecided
    """

    assignment: Path
    seed: int = 0
    seconds: float = 60.0

    def __call__(self, path: Path) -> Evidence:
        """The evidence of one submission."""
        problem = assigned(self.assignment)
        budget = Budget(self.seconds)
        try:
            document = read(path)
            checked = check(document, pose(document, problem.document), self.seed, budget)
            report = document_report(checked, tell(checked, budget))
            return collect(checked, report, problem)
        except (ReadingError, ProblemError) as error:
            return Evidence(failure=f"cannot be read: {error}")
        except MemoryError:
            raise
        except Exception as error:
            return Evidence(failure=as_told(error))


@cache
def assigned(path: Path) -> Checked:
    """An assignment checked by itself, once in a process; raises ReadingError or ProblemError."""
    document: Document = read(path)
    return check(document, pose(document, None))
