"""Claims about entries: for which they are told, what a sum leaves out, and labels that add up to one."""

from __future__ import annotations

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source
from tests.checking.indices import LINES


def verdict(text: str) -> str:
    """The verdict of a document's last link that claims something."""
    document = read(Source("notes.md", text))
    found = [j for _, j in check(document, pose(document, None)).judgements() if j.role_is_claim]
    return str(found[-1].verdict)


@pytest.mark.parametrize("name", LINES)
def test_a_line_of_entries(name: str) -> None:
    line = LINES[name]
    assert verdict(line.forward + line.text + "\n") == line.verdict
