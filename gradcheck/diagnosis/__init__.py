"""The diagnosis of a wrong line: which slip explains it, where it stands, what to write instead.

`diagnose` is all that other stages need. Two searches meet here: edits of the author's formula find the
place, slips of a right formula find what was left out. Every repair was tested before it is returned;
None says that no small repair was found, which is an answer, not a failure.
"""

from __future__ import annotations

from collections.abc import Iterable

from gradcheck.diagnosis.case import Case, Change, Diagnosis, Repair, Slip

__all__ = ["Case", "Change", "Diagnosis", "Repair", "Slip", "diagnose", "diagnose_readings"]


def diagnose(case: Case) -> Diagnosis | None:
    """The slip that explains why `written` is not `expected`, or None if no small repair does."""
    return diagnose_readings((case,))


def diagnose_readings(cases: Iterable[Case]) -> Diagnosis | None:
    """The simplest explanation over several readings of one line, the likelier readings first.

    A reading whose sides have different shapes counts only where none has its sides alike.
    """
    from gradcheck.diagnosis.repair import explain

    return explain(tuple(cases))
