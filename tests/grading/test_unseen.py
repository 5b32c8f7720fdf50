"""What nobody read is no reason to give nothing: a person looks, and no submission gets lost."""

import pytest

from gradcheck.cli import main
from gradcheck.grading.marks import Status, mark
from gradcheck.grading.unseen import unseen
from gradcheck.reading.document import read
from gradcheck.source import Source
from tests.grading.conftest import ASSIGNMENT, RUBRIC

FORWARD = "## Regression\n\n$$A^{[2]} = Z^{[2]}$$\n\n$$\\hat Y = A^{[2]}$$\n\n"
SIGNAL = "$$\\frac{\\partial L}{\\partial Z^{[2]}} = \\frac{1}{m} (A^{[2]} - Y)$$\n\n"
HIDDEN = {
    "code": "```python\ndb2 = np.sum(dZ2, axis=1)\n```\n",
    "span": "`db2 = np.sum(dZ2, axis=1, keepdims=True)`\n",
    "picture": "![page two](scan.png)\n",
    "tag": '<img src="scan.png">\n',
}


@pytest.mark.parametrize("hidden", HIDDEN.values(), ids=HIDDEN)
def test_a_result_that_may_stand_in_what_was_not_read_needs_a_person(hidden, examine, rubric):
    marks = mark("s", examine(FORWARD + SIGNAL + hidden), rubric)
    found = {(each.requirement.case, each.requirement.quantity): each for each in marks.results}
    assert found["Regression", "Z^{[2]}"].status is Status.RIGHT
    assert found["Regression", "b^{[2]}"].status is Status.PERSON


def test_where_everything_was_read_what_is_missing_is_missing(examine, rubric):
    marks = mark("s", examine(FORWARD + SIGNAL + "The rest is left out.\n"), rubric)
    assert [each.status for each in marks.results[:3]] == [Status.RIGHT, Status.MISSING, Status.MISSING]


@pytest.mark.parametrize("text", ["", "I could not do it.\n", "```python\nW = 1\n```\n"])
def test_a_submission_without_an_equation_needs_a_person(text, examine, rubric):
    marks = mark("s", examine(text), rubric)
    assert len(marks.open) == len(marks.results)
    assert "no equation" in marks.results[0].reasons[0].text


def test_lines_that_were_read_and_settings_are_not_unseen():
    parts = ["---\ntitle: a = b\n---", "$$a = b$$", "<div class='x'>words</div>", "```\nif (a == b)\n```"]
    assert not list(unseen(read(Source("s.md", "\n\n".join(parts)))))


def test_every_file_of_a_folder_has_a_row_or_is_named(tmp_path, capsys):
    folder, out = tmp_path / "class", tmp_path / "marks"
    folder.mkdir()
    (folder / "ann.md").write_text(FORWARD + SIGNAL, encoding="utf-8")
    (folder / "bob.txt").write_text("∂L/∂Z₂ = 1/m (A₂ − Y)\n", encoding="utf-8")
    (folder / "eve.md").write_text("I could not do it.\n", encoding="utf-8")
    (folder / "README.md").write_text("The class of spring.\n", encoding="utf-8")
    (folder / "zoe.pdf").write_bytes(b"%PDF-1.7")
    assert (
        main(["grade", str(folder), "--assignment", str(ASSIGNMENT), "--rubric", str(RUBRIC), "-o", str(out)])
        == 0
    )
    rows = (out / "gradebook.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert [row.split(",")[0] for row in rows] == ["ann", "bob", "eve"]
    assert "zoe.pdf: not marked" in capsys.readouterr().err
    assert "eve" in (out / "needs-a-person.csv").read_text(encoding="utf-8")
