"""Samples as rows in a document of its own: told by its shapes or its sums, or because more is right so."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.checking.hearing.rows import NOTE
from gradcheck.reading.document import read
from gradcheck.source import Source

MATTER = "---\nshapes:\n  X: [m, d]\n  V: [d, k]\n  r: [1, k]\n  P: [m, k]\n  Y: [m, k]\n---\n\n"
SPACES = r"Data $X \in \mathbb{R}^{m \times d}$ with $Y \in \mathbb{R}^{m \times k}$." + "\n\n"
LINES = (
    r"P = X V + r",
    r"C = \frac{1}{2m} \sum_{i=1}^m (p^{(i)} - y^{(i)}) (p^{(i)} - y^{(i)})^T",
    r"\frac{\partial C}{\partial P} = \frac{1}{m} (P - Y)",
    r"\frac{\partial C}{\partial V} = X^T \frac{\partial C}{\partial P}",
    r"\frac{\partial C}{\partial r} = \sum_{i=1}^m \frac{\partial C}{\partial p^{(i)}}",
    r"\frac{\partial C}{\partial X} = \frac{\partial C}{\partial P} V^T",
)
LATE = (
    *LINES[:2],
    r"\frac{\partial C}{\partial P} = P - Y",
    r"\frac{\partial C}{\partial V} = \frac{1}{m} X^T \frac{\partial C}{\partial P}",
    r"\frac{\partial C}{\partial r} = \frac{1}{m} \sum_{i=1}^m \frac{\partial C}{\partial p^{(i)}}",
    LINES[-1],
)
TOLD = pytest.mark.parametrize("told", ["", MATTER, SPACES], ids=["nothing", "matter", "spaces"])


def judged(told, lines):
    """The verdicts of the lines, without what is declared, and the notes."""
    document = read(Source("rows.md", told + "".join(f"$${line}$$\n\n" for line in lines)))
    checked = check(document, pose(document, None))
    found = [str(judgement.verdict) for _, judgement in checked.judgements()]
    return found[-len(lines) :], checked.notes


@TOLD
@pytest.mark.parametrize("lines", [LINES, LATE], ids=["early", "late"])
def test_right_lines_are_right(told, lines):
    found, notes = judged(told, lines)
    assert set(found) <= {"correct", "convention"}
    assert notes == [NOTE] or not told


@TOLD
@pytest.mark.parametrize(
    ("number", "right", "wrong"),
    [(2, "(P - Y)", "(Y - P)"), (3, "X^T", "2 X^T"), (4, r"= \sum", r"= -\sum"), (5, "V^T", "V^T \\cdot 3")],
)
def test_a_planted_error_is_caught(told, number, right, wrong):
    assert LINES[number].count(right) == 1
    lines = [*LINES[:number], LINES[number].replace(right, wrong), *LINES[number + 1 :]]
    found, _ = judged(told, lines)
    assert found.index("wrong") == number
    assert found.count("wrong") == 1


def test_columns_stay_columns():
    columns = (
        r"P = V X + r",
        *LINES[1:3],
        r"\frac{\partial C}{\partial V} = \frac{\partial C}{\partial P} X^T",
    )
    turned = [
        line.replace("(p^{(i)} - y^{(i)}) (p^{(i)} - y^{(i)})^T", r"\|p^{(i)} - y^{(i)}\|^2")
        for line in columns
    ]
    found, notes = judged("", turned)
    assert found == ["correct"] * 4
    assert not notes
