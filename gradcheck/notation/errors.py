"""The one error of this stage: a place in a formula and what is wrong there."""

from __future__ import annotations

from gradcheck.source import Span


class NotationError(Exception):
    """A formula that cannot be read; `span` is the smallest place that shows why."""

    def __init__(self, message: str, span: Span) -> None:
        super().__init__(message)
        self.message = message
        self.span = span
