from gradcheck.cli import main


def test_the_example_is_right_and_nothing_is_written_over(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["init"]) == 0
    assert main(["run", "derivations/example.md", "--strict"]) == 0
    shown = capsys.readouterr().out
    assert "next: gradcheck run derivations/example.md" in shown
    assert "7 links, 7 correct" in shown
    assert main(["init"]) == 2
    assert "is there already" in capsys.readouterr().err


def test_the_example_with_a_slip_is_wrong(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["init", "notes"]) == 0
    path = tmp_path / "notes" / "example.md"
    path.write_text(
        path.read_text(encoding="utf-8").replace(r"\frac{1}{m} (a - y)$$", r"\frac{1}{m} (y - a)$$")
    )
    assert main(["run", "notes"]) == 1
