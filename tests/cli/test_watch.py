import os
from pathlib import Path

import pytest

from gradcheck.cli.watch import watch


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


def watched(folder: Path, *saves: Path) -> list[list[str]]:
    rounds: list[list[str]] = []

    def check(paths):
        rounds.append([path.name for path in paths])
        return 0

    with pytest.raises(KeyboardInterrupt):
        watch([folder], lambda path: False, check, Saves(*saves))
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


def test_a_saved_problem_checks_everything(folder):
    assert watched(folder, folder / "problem.md")[1:] == [["a.md", "b.md", "problem.md"]]
