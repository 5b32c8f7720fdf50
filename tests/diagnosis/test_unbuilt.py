"""Formulas that fit in no way: the edit of the text that makes them fit and right."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.diagnosis.telling import tell
from gradcheck.reading.document import read
from gradcheck.verdict import Verdict

HEAD = r"""---
shapes:
  D: [p, m]
  T: [r, m]
  V_1: [q, p]
  c_1: [q, 1]
  V_2: [r, q]
  c_2: [r, 1]
---
$$S_1 = V_1 D + c_1$$
$$H_1 = \tanh(S_1)$$
$$S_2 = V_2 H_1 + c_2$$
$$E = \frac{1}{2} \|S_2 - T\|^2$$
"""


@pytest.fixture
def told(tmp_path):
    def of(line: str):
        path = tmp_path / "ill.md"
        path.write_text(f"{HEAD}$${line}$$\n", encoding="utf-8")
        document = read(path)
        checked = check(document, pose(document, None))
        judgement = [judgement for _, judgement in checked.judgements()][-1]
        assert judgement.verdict is Verdict.WRONG
        return tell(checked)[judgement.claim.id]

    return of


@pytest.mark.parametrize(
    ("line", "code", "before", "after"),
    [
        (r"dS_1 = V_1^\top dS_2 \odot \tanh'(S_1)", "GC503", r"V_1^\top", r"V_2^{\top}"),
        (r"dS_1 = V_2^\top dS_2 \odot \tanh'(S_2)", "GC302", "S_2", "S_1"),
        (r"dV_1 = (V_2^\top dS_2 \odot (1 - D^2)) D^\top", "GC503", "D", "H_1"),
        (r"dS_1 = V_2^\top (S_2 - D) \odot \tanh'(S_1)", "GC507", "D", "T"),
        (r"\frac{\partial E}{\partial V_2} = (D - T) H_1^\top", "GC507", "D", "S_2"),
    ],
)
def test_the_wrong_name_is_found(told, line, code, before, after):
    telling = told(line)
    assert telling.code == code
    (change,) = telling.changes
    assert (change.before, change.after) == (before, after)


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        (r"dS_1 = dS_2 \odot \tanh'(S_1)", "GC304", "the factor `V₂ᵀ` is missing"),
        (r"dV_2 = dS_2 S_2^\top H_1^\top", "GC312", "the factor `S₂ᵀ` does not belong here"),
        (r"dS_1 = V_2^\top \odot dS_2 \odot \tanh'(S_1)", "GC104", "entry by entry"),
        (r"dV_2 = dS_2 H_1^\top + D", "GC313", "the term `D` does not belong here"),
    ],
)
def test_other_edits_are_found(told, line, code, words):
    telling = told(line)
    assert telling.code == code
    assert words in telling.message
    assert telling.right


@pytest.mark.parametrize("line", [r"dV_2 = dS_2 D^\top + V_1", "dc_1 = dS_1 + c_2 D"])
def test_two_edits_are_not_tried_but_the_right_formula_is_told(told, line):
    telling = told(line)
    assert telling.code is None
    assert "fit" in telling.message
    assert telling.right


def test_a_line_is_not_explained_by_itself(told):
    telling = told(r"dS_1 = dV_1 + 0 \cdot S_1")
    assert telling.right != r"\frac{\partial E}{\partial S_1}"
    assert telling.code is None
