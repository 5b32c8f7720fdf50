"""Bad input through the command line: a clear message with its place, the right status, within seconds."""

import json
import subprocess
import sys

import pytest

from gradcheck.cli import main
from tests.pipeline.documents import GOOD, HOSTILE, SQUARE

# Far more than is needed anywhere: what hangs or explodes is stopped and fails.
PATIENCE = 120


def gradcheck(*arguments, folder) -> subprocess.CompletedProcess:
    process = subprocess.run(
        [sys.executable, "-m", "gradcheck", *map(str, arguments)],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    assert "Traceback" not in process.stderr + process.stdout
    assert "internal error" not in process.stderr + process.stdout
    assert "Warning" not in process.stderr
    return process


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """All hostile documents beside a good one."""
    folder = tmp_path_factory.mktemp("class")
    (folder / "good.md").write_text(GOOD, encoding="utf-8")
    for name, document in HOSTILE.items():
        (folder / name).write_bytes(document.content)
    return folder


@pytest.fixture(scope="module")
def together(folder):
    """What a run over all of them says, and its report as data."""
    process = gradcheck("run", ".", "--format", "json", folder=folder)
    return process, json.loads(process.stdout)


def test_a_good_document_among_them_has_its_results_whole(together, folder):
    process, report = together
    assert process.returncode == 2
    good = next(each for each in report["documents"] if each["path"] == "good.md")
    assert [link["verdict"] for link in good["links"]] == ["correct", "correct", "correct", "wrong"]
    alone = json.loads(gradcheck("run", "good.md", "--format", "json", folder=folder).stdout)
    assert alone["documents"] == [good]


def test_every_file_is_in_the_report(together):
    _, report = together
    told = {each["path"] for each in (*report["documents"], *report["errors"])}
    empty = {"empty.md", "long-prose.md"} - told
    assert {"good.md", *HOSTILE} - told <= empty


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_said_and_the_status(name, folder, monkeypatch, capsys):
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COLUMNS", "200")
    status = main(["run", name])
    told = capsys.readouterr()
    assert "internal error" not in told.out
    assert HOSTILE[name].said in " ".join((told.out + told.err).split())
    assert status == HOSTILE[name].status


@pytest.mark.parametrize("name", ["tower.md", "names.md", "macro-of-itself.md", "megabyte.md"])
def test_they_can_be_shown(name, folder, monkeypatch, capsys):
    monkeypatch.chdir(folder)
    assert main(["show", name]) == 0
    assert "internal error" not in capsys.readouterr().err


def test_no_such_file(folder):
    process = gradcheck("run", "nowhere.md", "good.md", folder=folder)
    assert process.returncode == 2
    assert "no such file or directory" in process.stdout
    assert "nowhere.md" in process.stdout
    assert "3 correct, 1 wrong" in process.stdout


def test_a_directory_without_derivations(tmp_path):
    (tmp_path / "README.md").write_text("no mathematics here\n", encoding="utf-8")
    process = gradcheck("run", ".", folder=tmp_path)
    assert process.returncode == 5
    assert "nothing to check" in process.stderr


def test_no_memory_is_taken_by_references_in_front_matter(tmp_path):
    """Ten references to ten references, and so on: a few lines that would be gigabytes."""
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in zip("abcdefg", "bcdefgh", strict=True)]
    matter = "\n".join(["---", *lines, "title: *h", "---", "", SQUARE])
    (tmp_path / "references.md").write_text(matter, encoding="utf-8")
    process = gradcheck("run", "references.md", folder=tmp_path)
    assert process.returncode in (0, 2)
    assert len(process.stdout) < 10_000


def test_out_of_time_is_undecided_with_the_reason(folder, monkeypatch, capsys):
    monkeypatch.chdir(folder)
    assert main(["run", "good.md", "--seconds", "0.000001", "--format", "json"]) == 0
    links = json.loads(capsys.readouterr().out)["documents"][0]["links"]
    assert [link["verdict"] for link in links] == ["undecided"] * 4
    assert all("out of time" in link["message"] for link in links)


def test_thousands_of_equations_end_when_their_time_is_over(tmp_path, monkeypatch, capsys):
    line = r"$$\frac{\partial L}{\partial w} = 2 w$$"
    (tmp_path / "long.md").write_text(SQUARE + "\n\n".join([line] * 2000), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["run", "long.md", "--seconds", "0.01", "--format", "json"]) == 0
    links = json.loads(capsys.readouterr().out)["documents"][0]["links"]
    assert len(links) == 2001
    assert {link["verdict"] for link in links} <= {"correct", "undecided"}
    assert links[-1]["verdict"] == "undecided"
