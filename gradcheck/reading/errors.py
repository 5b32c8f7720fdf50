"""The one error of this stage: a file that cannot be read at all."""

from __future__ import annotations


class ReadingError(Exception):
    """A file that is not there, is no text, or has a front matter that is no YAML; places count from 1."""

    def __init__(self, message: str, path: str, line: int = 1, column: int = 1) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.column = column
