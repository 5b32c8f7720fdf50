"""Derivations as pytest items: `pytest --gradcheck`, or `gradcheck = true` in pytest's settings.

One item a claim, under the names of the JUnit report; what is undecided is skipped with its reason. Off
by default, since the plugin is loaded wherever the package is installed; nothing heavy is imported before a
derivation is met. The settings of `[tool.gradcheck]` hold here, too.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from gradcheck.report.cases import Case

_HELP = "collect derivations (Markdown, LaTeX, text, notebooks) and check every claim in them"


class WrongError(Exception):
    """A claim is wrong; the message is the report's own text."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option and the setting."""
    parser.getgroup("gradcheck").addoption("--gradcheck", action="store_true", help=_HELP)
    parser.addini("gradcheck", _HELP, type="bool", default=False)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A derivation, if derivations are asked for and the file is one."""
    if not (parent.config.getoption("--gradcheck") or parent.config.getini("gradcheck")):
        return None
    from gradcheck.config import Config
    from gradcheck.discovery import is_derivation

    if not is_derivation(file_path) or Config.nearest(parent.config.rootpath).excludes(file_path):
        return None
    return Derivation.from_parent(parent, path=file_path)


class Derivation(pytest.File):
    """A document; checked when it is collected, since the claims are only known then."""

    def collect(self) -> Iterator[pytest.Item]:
        """One item a claim."""
        from gradcheck.config import Config
        from gradcheck.options import Options
        from gradcheck.pipeline import run
        from gradcheck.report.cases import cases

        config = Config.nearest(self.config.rootpath)
        report = run([Path(os.path.relpath(self.path))], Options(seed=config.seed, matter=config.matter))
        for error in report.errors:
            raise self.CollectError(f"{error.place}: {error.message}")
        ignored = config.ignored(self.path)
        for document in report.documents:
            for case in cases(document):
                yield Claim.from_parent(self, name=case.name, case=case, ignored=case.kind in ignored)


class Claim(pytest.Item):
    """One claim of a document."""

    def __init__(self, *, case: Case, ignored: bool, **known: object) -> None:
        super().__init__(**known)  # type: ignore[arg-type]
        self.case = case
        self.ignored = ignored

    def runtest(self) -> None:
        """Fail with the report's text, or skip with the reason."""
        from gradcheck.report.cases import Outcome

        if self.case.outcome is Outcome.FAILED and not self.ignored:
            raise WrongError(f"{self.case.message}\n{self.case.text}")
        if self.case.outcome is Outcome.SKIPPED:
            pytest.skip(self.case.message)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> str:
        """The report's text alone: a traceback through this file says nothing."""
        return str(excinfo.value) if isinstance(excinfo.value, WrongError) else str(excinfo.getrepr())

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the claim stands."""
        return self.path, self.case.line - 1, self.name
