import sys
from collections.abc import Callable
from types import ModuleType

import pytest

from gradcheck.pipeline import file_error
from gradcheck.report.model import Report


class Pipeline(ModuleType):
    """A pipeline that returns what a test tells it to, and keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__("gradcheck.pipeline")
        self.report: Callable[[], Report] | None = None
        self.shown = ""
        self.file_error = file_error
        self.asked: list[tuple] = []

    def run(self, paths, options):
        self.asked.append((paths, options))
        return self.report()

    def show(self, path, options):
        self.asked.append((path, options))
        return self.shown


@pytest.fixture
def pipeline(monkeypatch) -> Pipeline:
    """Stands in for the pipeline of the package."""
    double = Pipeline()
    monkeypatch.setitem(sys.modules, "gradcheck.pipeline", double)
    return double
