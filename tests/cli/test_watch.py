import os
import re
from pathlib import Path

import pytest

import gradcheck.cli.watch
from gradcheck.cli import main
from gradcheck.cli.watch import watch
from gradcheck.discovery import discover
from gradcheck.report.formats import FORMATS
from gradcheck.report.view import View
from tests.report import samples


class Saves:
    """Waits that save a file each, and an interruption after the last."""

    def __init__(self, *saves: Path) -> None:
        self.saves = list(saves)
        self.time = 1_000_000_000

    def __call__(self, seconds: float) -> None:
        if not self.saves:
            raise KeyboardInterrupt
        self.time += 1
        path = self.saves.pop(0)
        path.write_text(path.read_text() if path.exists() else "$x = 1$")
        os.utime(path, (self.time, self.time))


def watched(folder: Path, *saves: Path, paths: tuple[str, ...] = (".",)) -> list[list[str]]:
    """The rounds of a watch, where `b.md` answers `problem.md` and `bad.md` cannot be read."""
    rounds: list[list[str]] = []

    def check(asked):
        rounds.append([path.name for path in asked])
        met = discover(asked).files
        return {
            path: folder / "problem.md" if path.name == "b.md" else None for path in met if path.stem != "bad"
        }

    with pytest.raises(KeyboardInterrupt):
        watch([folder / path for path in paths], lambda path: False, check, Saves(*saves))
    return rounds


@pytest.fixture
def folder(tmp_path) -> Path:
    (tmp_path / "a.md").write_text("$x = 1$")
    (tmp_path / "b.md").write_text("---\nassignment: problem.md\n---\n$x = 1$")
    (tmp_path / "problem.md").write_text("$y = 1$")
    return tmp_path


def test_only_what_was_saved_is_checked_again(folder):
    assert watched(folder, folder / "a.md", folder / "b.md") == [[folder.name], ["a.md"], ["b.md"]]


def test_a_new_file_is_met(folder):
    assert watched(folder, folder / "new.md")[1:] == [["new.md"]]


def test_a_saved_problem_checks_what_answers_it(folder):
    assert watched(folder, folder / "problem.md")[1:] == [["b.md", "problem.md"]]


def test_a_problem_that_is_not_among_the_documents_is_watched(folder):
    assert watched(folder, folder / "problem.md", paths=("a.md", "b.md"))[1:] == [["b.md"]]


def test_a_document_that_could_not_be_checked_is_tried_again_with_the_next_save(folder):
    (folder / "bad.md").write_text("$x = 1$")
    assert watched(folder, folder / "a.md")[1:] == [["a.md", "bad.md"]]


def test_a_save_during_the_check_is_met(folder):
    rounds = []

    def check(asked):
        rounds.append([path.name for path in asked])
        if len(rounds) == 1:
            os.utime(folder / "a.md", (2, 2))
        return dict.fromkeys(discover(asked).files)

    with pytest.raises(KeyboardInterrupt):
        watch([folder], lambda path: False, check, Saves(folder / "b.md"))
    assert rounds[1:] == [["a.md", "b.md"]]


def test_the_first_screen_holds_the_first_fault():
    shown = FORMATS["terminal"].render(samples.report(), View(height=24))
    assert shown.startswith("\x1b[2J")
    lines = shown.splitlines()
    assert len(lines) == 23
    first = next(number for number, line in enumerate(lines) if line.startswith("error["))
    assert "-->" in lines[first + 1]
    assert re.fullmatch(r"… \d+ more lines; without --watch all are shown", lines[-1])


def test_a_report_that_fits_is_shown_whole():
    whole = FORMATS["terminal"].render(samples.report(), View())
    shown = FORMATS["terminal"].render(samples.report(), View(height=1000))
    assert sorted(filter(None, shown.replace("\x1b[2J\x1b[3J\x1b[H", "").splitlines())) == sorted(
        filter(None, whole.splitlines())
    )


def test_the_watch_of_the_command_line_checks_what_is_saved(folder, monkeypatch, capsys):
    monkeypatch.chdir(folder)
    monkeypatch.setattr(gradcheck.cli.watch.watch, "__defaults__", (Saves(Path("b.md"), Path("problem.md")),))
    assert main(["run", "a.md", "b.md", "--watch", "--jobs", "1"]) == 130
    assert re.findall(r"^(\S+\.md) ", capsys.readouterr().out, re.MULTILINE) == [
        "a.md",
        "b.md",
        "b.md",
        "b.md",
    ]
