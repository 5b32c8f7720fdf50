"""A fault of the tool in one link leaves that link undecided, and the rest of the document judged."""

from pathlib import Path

import pytest

from gradcheck.checking.comparisons.judgement import Judgement
from gradcheck.checking.comparisons.prepare import Prepared
from gradcheck.checking.judging.judge import Judge
from gradcheck.options import Options
from gradcheck.pipeline import run
from tests.checking.written import displayed

LINES = displayed(
    "f = x^3",
    r"\frac{df}{dx} = 3 x^2",
    r"\frac{d^2 f}{dx^2} = 6 x",
    r"\frac{df}{dx} = x^2 + 2 x^2",
    r"\frac{df}{dx} = 2 x^2",
)


def _breaking(monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
    whole = Judge.judge

    def judge(self: Judge, prepared: Prepared) -> Judgement:
        if prepared.claim.equation.number == 2:
            raise fault
        return whole(self, prepared)

    monkeypatch.setattr(Judge, "judge", judge)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.md"
    path.write_text(LINES)
    return path


def test_one_link_is_lost_not_the_document(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GRADCHECK_DEBUG", raising=False)
    _breaking(monkeypatch, IndexError("no such entry"))
    report = run([page], Options())
    assert not report.errors
    links = report.documents[0].links
    assert [str(link.verdict) for link in links] == ["correct", "undecided", *2 * ["correct"], "wrong"]
    assert links[1].message == "internal error: IndexError: no such entry"


def test_a_maintainer_sees_it(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _breaking(monkeypatch, IndexError("no such entry"))
    with pytest.raises(IndexError):
        run([page], Options())
