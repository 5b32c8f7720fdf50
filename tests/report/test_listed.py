"""What is said of many places names some of them and counts the rest."""

import pytest

from gradcheck.cli import main
from gradcheck.report.visible import MOST_LISTED, listed


@pytest.mark.parametrize(
    ("number", "ends"), [(1, "0"), (MOST_LISTED, "38, 39"), (MOST_LISTED + 1, "39 and 1 more")]
)
def test_listed(number, ends):
    assert listed([str(n) for n in range(number)]).endswith(ends)


@pytest.mark.parametrize("name", ["terminal", "markdown"])
def test_a_message_with_many_places_is_cut(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text("\n\n".join(["$$a = ($$"] * 300), encoding="utf-8")
    assert main(["run", "a.md", "--format", name, "-o", "out"]) == 0
    text = " ".join((tmp_path / "out").read_text(encoding="utf-8").split())
    assert f"and {300 - MOST_LISTED} more" in text
