import json
from dataclasses import replace

import pytest

import gradcheck.cli.run
from gradcheck.cli import main
from gradcheck.report.model import FileError, RemarkReport, Report
from gradcheck.verdict import Verdict
from tests.report import samples


def report_with(*verdicts: Verdict, **more) -> Report:
    """A report of one document with links of these verdicts."""
    document = samples.notes()
    links = tuple(replace(document.links[0], verdict=verdict) for verdict in verdicts)
    return Report(samples.TOOL, (replace(document, links=links, remarks=(), unread=(), **more),))


@pytest.mark.parametrize(
    ("verdicts", "usual", "strict"),
    [
        ([Verdict.CORRECT], 0, 0),
        ([Verdict.CORRECT, Verdict.CONVENTION], 0, 0),
        ([Verdict.CORRECT, Verdict.WRONG], 1, 1),
        ([Verdict.FOLLOWS], 1, 1),
        ([Verdict.CHARITABLE], 0, 1),
        ([Verdict.SLIP], 0, 1),
        ([Verdict.UNDECIDED], 0, 1),
        ([], 5, 5),
    ],
)
def test_exit_status(pipeline, capsys, verdicts, usual, strict):
    pipeline.report = lambda: report_with(*verdicts)
    assert main(["run", "."]) == usual
    assert main(["run", ".", "--strict"]) == strict


def test_a_false_remark_is_wrong(pipeline, capsys):
    pipeline.report = lambda: Report(
        samples.TOOL,
        (
            replace(
                samples.notes(), links=(), unread=(), remarks=(RemarkReport(1, 1, "x", Verdict.WRONG, "no"),)
            ),
        ),
    )
    assert main(["run", "."]) == 1


def test_what_was_not_read_is_charged_only_strictly(pipeline, capsys):
    only_unread = Report(samples.TOOL, (replace(samples.notes(), links=(), remarks=()),))
    pipeline.report = lambda: only_unread
    assert main(["run", "."]) == 0
    assert main(["run", ".", "--strict"]) == 1


def test_a_file_that_cannot_be_read_does_not_hide_the_others(pipeline, capsys):
    pipeline.report = samples.report
    assert main(["run", "homework"]) == 2
    shown = capsys.readouterr().out
    assert "another layer's weight" in shown
    assert "error: not UTF-8: byte 0xe9 at offset 12\n  --> homework/latin.md:2:5" in shown


def test_nothing_to_check_says_where(pipeline, capsys, tmp_path):
    pipeline.report = lambda: Report(samples.TOOL, ())
    assert main(["run", str(tmp_path)]) == 5
    assert f"no document with mathematics below {tmp_path}" in capsys.readouterr().err


def test_options_reach_the_pipeline(pipeline, capsys, tmp_path):
    problem = tmp_path / "problem.md"
    problem.touch()
    pipeline.report = lambda: report_with(Verdict.CORRECT)
    main(["run", "a.md", "b", "--assignment", str(problem), "--seed", "12", "--strict"])
    (paths, options), *_ = pipeline.asked
    assert [str(path) for path in paths] == ["a.md", "b"]
    assert (options.assignment, options.seed, options.strict) == (problem, 12, True)
    assert options.progress is None


def test_json_is_what_another_tool_can_read(pipeline, capsys):
    pipeline.report = samples.report
    main(["run", "x", "--format", "json"])
    captured = capsys.readouterr()
    assert json.loads(captured.out)["summary"]["wrong"] == 3
    assert "homework/latin.md:2:5: not UTF-8" in captured.err


def test_a_report_goes_to_a_file(pipeline, capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "50")
    pipeline.report = samples.report
    target = tmp_path / "report.txt"
    assert main(["run", "x", "-o", str(target)]) == 2
    assert capsys.readouterr().out == ""
    text = target.read_text(encoding="utf-8")
    assert "another layer's weight" in text
    assert not text.rstrip().endswith(" s")
    assert max(map(len, text.splitlines())) == 80


def test_a_report_that_cannot_be_written_is_told(pipeline, capsys, tmp_path):
    pipeline.report = samples.report
    assert main(["run", "x", "-o", str(tmp_path / "no" / "report.txt")]) == 2
    assert "cannot write" in capsys.readouterr().err


def test_a_pipe_is_as_wide_as_columns_say(pipeline, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")
    pipeline.report = samples.report
    main(["run", "x"])
    assert max(map(len, capsys.readouterr().out.splitlines())) == 120


def test_hostile_text_can_be_written(pipeline, capfdbinary):
    pipeline.report = samples.hostile
    assert main(["run", "x", "--format", "json"]) == 2
    captured = capfdbinary.readouterr()
    assert json.loads(captured.out)["errors"][0]["line"] == 1
    assert b"\x1b" not in captured.err


def test_verbose_lists_every_link(pipeline, capsys):
    pipeline.report = samples.report
    main(["run", "x"])
    assert "6.1" not in capsys.readouterr().out
    main(["run", "x", "--verbose"])
    assert "6.1" in capsys.readouterr().out


def test_without_a_path_the_derivations_here_are_checked(pipeline, capsys, tmp_path, monkeypatch):
    (tmp_path / "derivations").mkdir()
    monkeypatch.chdir(tmp_path)
    pipeline.report = lambda: report_with(Verdict.CORRECT)
    assert main(["run"]) == 0
    assert str(pipeline.asked[0][0][0]) == "derivations"


def test_without_derivations_here_the_shipped_ones_are_checked(pipeline, capsys, tmp_path, monkeypatch):
    package = tmp_path / "package"
    shipped = package / "_derivations"
    shipped.mkdir(parents=True)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.setattr(gradcheck.cli.run, "_PACKAGE", package)
    monkeypatch.chdir(elsewhere)
    pipeline.report = lambda: report_with(Verdict.CORRECT)
    assert main(["run"]) == 0
    assert pipeline.asked[0][0] == [shipped]
    assert f"checking the examples in {shipped}" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "--assignment", "nowhere.md"], "no such file: nowhere.md"),
        (["run", "--seed", "-1"], "--seed"),
        (["run", "--seed", "x"], "not a whole number: 'x'"),
        (["run", "--format", "pdf"], "invalid choice: 'pdf'"),
        (["run", "--unknown"], "--unknown"),
    ],
)
def test_wrong_options_are_told(pipeline, capsys, arguments, said):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert said in capsys.readouterr().err


def test_progress_is_shown_only_to_a_person():
    from io import StringIO

    from gradcheck.cli.progress import progress

    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    assert progress(StringIO()) is None
    terminal = Terminal()
    show = progress(terminal)
    show("a\x1b[1m.md", 0, 2)
    show("", 2, 2)
    assert "checking 1 of 2: a␛[1m.md" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[2K")


def test_errors_alone_are_no_reason_for_nothing_to_check(pipeline, capsys):
    pipeline.report = lambda: Report(samples.TOOL, (), (FileError("a.md", "no such file or directory"),))
    assert main(["run", "a.md"]) == 2
    captured = capsys.readouterr()
    assert "a.md" in captured.out
    assert "nothing to check" not in captured.err


def test_a_hook_may_name_files_that_are_no_derivations(tmp_path, monkeypatch, pipeline, capsys):
    monkeypatch.chdir(tmp_path)
    settings = '[tool.gradcheck]\nexclude = ["draft.md"]\n'
    for name, text in {
        "pyproject.toml": settings,
        "README.md": "words",
        "a.md": "$x = 1$",
        "draft.md": "$y$",
    }.items():
        (tmp_path / name).write_text(text)
    pipeline.report = lambda: report_with(Verdict.CORRECT)
    assert main(["run", "--only-derivations", "README.md", "draft.md"]) == 0
    assert pipeline.asked == []
    assert main(["run", "--only-derivations", "README.md", "a.md", "draft.md", "gone.md"]) == 0
    assert [str(path) for path in pipeline.asked[0][0]] == ["a.md", "gone.md"]
