"""Faults of the tool itself: one of them costs what could not be done without it, never a whole run.

Whoever goes on after one says so where the result would have stood. Where GRADCHECK_DEBUG is set, as in the
tests, it is raised instead, so that none hides.
"""

from __future__ import annotations

import os


def as_told(error: Exception) -> str:
    """One sentence for an exception that nobody foresaw; raises it where a maintainer wants to see it."""
    if os.environ.get("GRADCHECK_DEBUG"):
        raise error
    return f"internal error: {type(error).__name__}: {error}"
