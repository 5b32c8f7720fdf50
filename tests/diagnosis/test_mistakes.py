"""The documents that are wrong on purpose: the tool names each slip, on its line, and charges nothing else.

A document says in its front matter which line is wrong, and by which code.
"""

from pathlib import Path

import pytest
import yaml

from gradcheck.diagnosis.misconceptions import MISCONCEPTIONS
from gradcheck.options import Options
from gradcheck.pipeline import run
from gradcheck.report.findings import findings

FOLDER = Path(__file__).parents[2] / "derivations" / "mistakes"
DOCUMENTS = sorted(FOLDER.glob("*.md"))


def expected(path: Path) -> dict[int, str]:
    """Line -> code, from the front matter."""
    return yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])["expected"]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_the_slip_is_named_on_its_line(path: Path):
    report = run([path], Options())
    assert not report.errors
    (document,) = report.documents
    assert not document.unread
    told = {link.region.line: link.rule.code for link in document.links if link.rule is not None}
    told |= {each.labels[0].region.line: each.code for each in findings(document) if each.kind == "remark"}
    assert told == expected(path)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_document_bears_the_name_of_its_slip(path: Path):
    assert path.stem in {MISCONCEPTIONS[code].name for code in expected(path).values()}


def test_every_misconception_has_its_document():
    assert {path.stem for path in DOCUMENTS} == {record.name for record in MISCONCEPTIONS.values()}
