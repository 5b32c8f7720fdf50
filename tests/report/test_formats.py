"""Every format: the same bytes, nothing of the machine, nothing of a document that acts."""

import hashlib
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from gradcheck.report import formats
from gradcheck.report.formats import FORMATS, Format, MissingPackageError
from gradcheck.report.model import Report
from gradcheck.report.view import View
from gradcheck.verdict import Verdict
from tests.report import samples
from tests.report.test_markdown import is_harmless, tokens_of

REPORTS = {"report": samples.report, "hostile": samples.hostile, "attacks": samples.attacks}
DIGESTS = """
import hashlib
from tests.report.test_formats import written
print(hashlib.sha256(written().encode("utf-8", "surrogatepass")).hexdigest())
"""


def written() -> str:
    """Every report in every format."""
    return "\n".join(each.render(make(), View()) for each in FORMATS.values() for make in REPORTS.values())


def test_the_same_report_gives_the_same_bytes_in_another_process():
    digest = hashlib.sha256(written().encode("utf-8", "surrogatepass")).hexdigest()
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path.cwd()), "TZ": "Asia/Tokyo"}
        told = subprocess.run(
            [sys.executable, "-c", DIGESTS], env=environment, capture_output=True, text=True, check=True
        )
        assert told.stdout.strip() == digest


def test_nothing_of_the_machine_is_told():
    text = written()
    assert str(Path.cwd()) not in text
    assert not re.search(r"\b\d\d:\d\d:\d\d\b", text)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("report", REPORTS)
def test_no_character_acts_on_what_shows_it(name, report):
    text = FORMATS[name].render(REPORTS[report](), View())
    text.encode("utf-8")
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


@pytest.mark.parametrize("name", FORMATS)
def test_every_finding_is_told(name):
    text = FORMATS[name].render(samples.report(), View())
    assert "another layer" in text
    assert "the mean over the samples is lost" in text


def test_a_missing_package_is_told_with_the_way_to_get_it(monkeypatch):
    def lacking(module):
        raise ModuleNotFoundError(f"No module named {module!r}", name="jinja2")

    monkeypatch.setattr(formats, "import_module", lacking)
    with pytest.raises(MissingPackageError, match=r"needs jinja2: pip install 'gradcheck\[html\]'"):
        Format("html", "gradcheck.report.html", "").render(samples.report(), View())


@pytest.mark.parametrize("name", FORMATS)
def test_no_word_of_a_finding_acts_whoever_wrote_it(name):
    """Every text of a link is hostile at once, and a path with backticks and a mention, too."""
    bad = "a\x1b[2J\u202e\x07 `b` ::error::c @everyone <script>"
    document = samples.notes()
    (wrong,) = [each for each in document.links if each.id == "4.1"]
    told = replace(
        wrong, message=bad, why=bad, help=bad, reading=bad, scope=bad, rule=samples.Rule("GC401", bad)
    )
    others = [
        replace(told, id=f"{verdict}.1", verdict=verdict, repair=None, cause=bad) for verdict in Verdict
    ]
    source = replace(document.source, path="x` @everyone `y.md")
    hostile = replace(document, source=source, notes=(bad,), title=bad, links=(told, *others))
    text = FORMATS[name].render(Report(samples.TOOL, (hostile,)), View(verbose=True))
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    assert not re.search(r"^\s*::error::c", text, re.MULTILINE)
    if name == "html":
        assert "<script" not in text
    if name == "markdown":
        assert is_harmless(list(tokens_of(text)))
        assert "@" not in "".join(token.content for token in tokens_of(text) if token.type == "text")
