import json
import re
from dataclasses import replace

import pytest

from gradcheck.baseline import Baseline, BaselineError
from gradcheck.cli import main
from gradcheck.report.model import RemarkReport, Report
from gradcheck.source import Source
from gradcheck.verdict import Verdict
from tests.report import samples


def report(**verdicts: Verdict) -> Report:
    """The sample document, links of some ids with another verdict."""
    document = samples.notes()
    changed = {name.removeprefix("link_").replace("_", "."): verdict for name, verdict in verdicts.items()}
    links = (replace(each, verdict=changed.get(each.id, each.verdict)) for each in document.links)
    return Report(samples.TOOL, (replace(document, links=tuple(links), unread=(), remarks=()),))


def moved(found: Report) -> Report:
    """The same report after two lines were added on top."""
    (document,) = found.documents
    links = tuple(
        replace(
            link, region=replace(link.region, line=link.region.line + 2, end_line=link.region.end_line + 2)
        )
        for link in document.links
    )
    source = Source(document.source.path, "\n\n" + document.source.text)
    return replace(found, documents=(replace(document, source=source, links=links),))


@pytest.fixture
def known(tmp_path):
    path = tmp_path / "known.json"
    path.write_text(Baseline.of(report()).text(), encoding="utf-8")
    return path


def run(pipeline, found: Report, path, *more: str) -> int:
    pipeline.report = lambda: found
    return main(["run", ".", "--baseline", str(path), *more])


def test_what_is_known_is_green_wherever_it_stands(pipeline, capsys, known):
    assert run(pipeline, report(), known) == 0
    assert run(pipeline, moved(report()), known) == 0
    assert "line" not in json.loads(known.read_text())["documents"]["homework/notes.md"]


@pytest.mark.parametrize(
    "worse",
    [
        {"link_1_1": Verdict.WRONG},
        {"link_1_1": Verdict.UNDECIDED},
        {"link_10_1": Verdict.WRONG},
        {"link_5_1": Verdict.WRONG},
    ],
)
def test_what_is_worse_is_red_and_named(pipeline, capsys, known, worse):
    assert run(pipeline, report(**worse), known) == 1
    assert "worse than" in capsys.readouterr().err


def test_a_wrong_line_that_cannot_be_read_any_more_is_worse(pipeline, capsys, known):
    assert run(pipeline, report(link_4_1=Verdict.UNDECIDED), known) == 1
    assert "9 links are judged, 10 were" in capsys.readouterr().err


def test_a_line_that_is_gone_is_worse(pipeline, capsys, known):
    (document,) = report().documents
    fewer = replace(report(), documents=(replace(document, links=document.links[1:]),))
    assert run(pipeline, fewer, known) == 1


def test_an_update_shrinks_and_never_grows(pipeline, capsys, known):
    before = known.read_text()
    mended = report(link_4_1=Verdict.CORRECT, link_5_1=Verdict.CORRECT)
    assert run(pipeline, mended, known) == 0
    assert "--update-baseline keeps it so" in capsys.readouterr().err
    assert known.read_text() == before
    assert run(pipeline, mended, known, "--update-baseline") == 0
    assert len(known.read_text()) < len(before)
    shrunk = known.read_text()
    assert run(pipeline, report(), known, "--update-baseline") == 1
    assert known.read_text() == shrunk


def test_an_update_writes_the_first_baseline(pipeline, capsys, tmp_path):
    assert run(pipeline, report(), tmp_path / "new.json", "--update-baseline") == 0
    assert run(pipeline, report(), tmp_path / "new.json") == 0


def test_a_run_over_one_document_keeps_the_others(known):
    other = replace(report().documents[0], source=Source("other.md", samples.NOTES))
    both = Baseline.of(Report(samples.TOOL, (*report().documents, other)))
    assert set(both.shrunk(Baseline.of(report())).documents) == {"homework/notes.md", "other.md"}


def test_strict_charges_what_is_doubtful(pipeline, capsys, known):
    assert run(pipeline, report(link_1_1=Verdict.SLIP), known) == 0
    assert run(pipeline, report(link_1_1=Verdict.SLIP), known, "--strict") == 1


@pytest.mark.parametrize(
    "text", ["", "[]", '{"schema_version": 9}', '{"schema_version": 1, "documents": {"a": 1}}']
)
def test_a_file_that_is_no_baseline_is_told(tmp_path, text):
    path = tmp_path / "known.json"
    path.write_text(text)
    with pytest.raises(BaselineError):
        Baseline.load(path)


def test_a_baseline_that_is_not_there_is_status_2(pipeline, capsys, tmp_path):
    assert run(pipeline, report(), tmp_path / "none.json") == 2
    assert "no such file" in capsys.readouterr().err


def with_remark(found: Report, verdict: Verdict) -> Report:
    """The same report with a sentence that has this verdict."""
    (document,) = found.documents
    remark = RemarkReport(3, 1, "Both gradients are the same.", verdict, "they differ")
    return replace(found, documents=(replace(document, remarks=(remark,)),))


def test_a_false_sentence_is_worse_until_it_is_known(pipeline, capsys, known):
    false = with_remark(report(), Verdict.WRONG)
    assert run(pipeline, false, known) == 1
    assert "wrong (new): Both gradients are the same." in capsys.readouterr().err
    assert run(pipeline, with_remark(report(), Verdict.CORRECT), known) == 0
    known.unlink()
    assert run(pipeline, false, known, "--update-baseline") == 0
    assert run(pipeline, false, known) == 0


def test_annotations_tell_what_is_worse_alone(pipeline, capsys, known):
    assert run(pipeline, report(), known, "--format", "github") == 0
    assert capsys.readouterr().out == ""
    worse = with_remark(report(link_1_1=Verdict.WRONG), Verdict.WRONG)
    assert run(pipeline, worse, known, "--format", "github") == 1
    told = capsys.readouterr().out.splitlines()
    line = samples.notes().links[0].region.line
    assert sorted(re.findall(r"^::error file=\S+?,line=(\d+)", "\n".join(told), re.MULTILINE)) == sorted(
        ["3", str(line)]
    )
    assert len(told) == 2


def test_annotations_tell_everything_of_a_document_that_is_new(pipeline, capsys, known):
    found = samples.report()
    whole = replace(
        found,
        errors=(),
        documents=tuple(replace(d, source=Source("new.md", d.source.text)) for d in found.documents),
    )
    run(pipeline, whole, known, "--format", "github")
    assert "an unknown command" in capsys.readouterr().out
