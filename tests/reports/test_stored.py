"""The reports in reports/ are those that the tool writes now; if a change is right: .ci/refresh-reports."""

import json
from pathlib import Path

import pytest

from gradcheck.discovery import discover
from gradcheck.options import Options
from gradcheck.pipeline import run
from gradcheck.report.formats import FORMATS
from gradcheck.report.model import Report
from gradcheck.report.view import View

ROOT = Path(__file__).parents[2]
KEPT = [each for each in FORMATS.values() if each.file]


@pytest.fixture(scope="module")
def report() -> Report:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        return run([Path("derivations/two-layer/submissions")], Options(seconds=600))


@pytest.mark.parametrize("each", KEPT, ids=lambda each: each.name)
def test_a_stored_report_is_what_is_written_now(each, report):
    stored = (ROOT / "reports" / each.file).read_text(encoding="utf-8")
    assert each.render(report, View()) == stored, "if this is as it should be: .ci/refresh-reports"


def test_the_baseline_covers_the_derivations():
    kept = json.loads((ROOT / "reports" / "baseline.json").read_text(encoding="utf-8"))["documents"]
    found = discover([ROOT / "derivations"]).files
    assert set(kept) <= {path.relative_to(ROOT).as_posix() for path in found}
    assert {path.relative_to(ROOT).as_posix() for path in found if path.name != "README.md"} == set(kept)


def test_nothing_of_a_machine_is_stored():
    for each in KEPT:
        text = (ROOT / "reports" / each.file).read_text(encoding="utf-8")
        assert "/home/" not in text
        assert "/tmp/" not in text
        assert str(ROOT) not in text
