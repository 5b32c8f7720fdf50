"""The documents that are wrong on purpose: the tool names each slip, on its line, and charges nothing else.

A document says in its front matter which line is wrong, and by which code.
"""

from pathlib import Path

import pytest
import yaml

from gradcheck.diagnosis.misconceptions import MISCONCEPTIONS
from gradcheck.options import Options
from gradcheck.pipeline import run
from gradcheck.verdict import Verdict

FOLDER = Path(__file__).parents[2] / "derivations" / "mistakes"
DOCUMENTS = sorted(FOLDER.glob("*.md"))

# What is not a fault of one line by itself, or is put right by the shapes and told as charitable.
WITHOUT = {
    "GC108", "GC205", "GC307", "GC310", "GC506", "GC605", "GC606", "GC607", "GC608", "GC609", "GC706",
}  # fmt: skip


def expected(path: Path) -> dict[int, str]:
    """Line -> code, from the front matter."""
    return yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])["expected"]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_the_slip_is_named_on_its_line(path: Path):
    report = run([path], Options())
    assert not report.errors
    (document,) = report.documents
    assert not document.unread
    told = {
        link.region.line: link.rule.code
        for link in document.links
        if link.verdict not in (Verdict.CORRECT, Verdict.CHARITABLE) and link.rule is not None
    }
    assert told == expected(path)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_document_bears_the_name_of_its_slip(path: Path):
    (code,) = expected(path).values()
    assert MISCONCEPTIONS[code].name == path.stem


def test_every_other_misconception_has_its_document():
    shown = {code for path in DOCUMENTS for code in expected(path).values()}
    assert shown == set(MISCONCEPTIONS) - WITHOUT
