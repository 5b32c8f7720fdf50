"""What is wrong with an input is told with its file, line and column, by every command that reads it."""

import pytest

from gradcheck.cli import main

SHAPES = "---\ntitle: n\nshapes:\n  X: [n, m]\n  W: 3\n---\n$x = 1$\n"


@pytest.mark.parametrize(
    ("content", "place", "said"),
    [
        (SHAPES, "5:3", "the shape of W must be [rows, columns]"),
        ("---\nsizes: {m: 4, n: 40}\n---\n$x$", "2:15", "the size n must be a number from 1 to 12, not 40"),
        ("---\nconventions: 3\n---\n$x$", "2:1", "`conventions` must be a list"),
        ("---\nshapes: [n]\n---\n$x$", "2:1", "`shapes` must map names to values"),
        ('---\nshapes: {"?": [1, 1]}\n---\n$x$', "2:11", "'?' is no name such as"),
        (
            "---\nassignment: gone.md\n---\n$x$",
            "2:1",
            "there is no assignment 'gone.md' beside this document",
        ),
        ("---\nshapes: {X: [n\n---\n$x$", "3:1", "the front matter is no YAML"),
        ("+++\nsizes = {n = 0}\n+++\n$x$", "2:10", "the size n must be a number from 1 to 12, not 0"),
        ("---\ndomains: {Y: hot}\n---\n$x$", "2:11", "the domain of Y must be one of real, positive"),
        (b"$x$\n$a = \xe9$", "2:6", "not UTF-8 text: byte 9 is 0xe9"),
    ],
)
@pytest.mark.parametrize("command", ["run", "show"])
def test_the_place_is_told(command, content, place, said, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "notes.md"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert main([command, "notes.md"]) == 2
    told = "".join(capsys.readouterr())
    assert f"notes.md:{place}" in told
    assert said in told


def test_a_fault_of_the_problem_is_told_at_its_own_place(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes.md").write_text("---\nassignment: problem.md\n---\n$x = 1$\n")
    (tmp_path / "problem.md").write_text("---\n\n\nshapes: {X: [n\n---\n$x = 1$\n")
    assert main(["run", "notes.md"]) == 2
    assert "problem.md:5:1" in capsys.readouterr().out
