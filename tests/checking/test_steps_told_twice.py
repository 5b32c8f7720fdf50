"""A step of a recursion that a line tells anew by its number, and that keeps what the recursion tells."""

import pytest

from gradcheck.checking.comparisons.claims import Claim, Side
from gradcheck.checking.comparisons.judgement import Judgement
from gradcheck.checking.judging.instances import together
from gradcheck.notation.statements import Equation
from gradcheck.reading.document import read
from gradcheck.source import Source
from gradcheck.verdict import Certainty, Role, Verdict


@pytest.mark.parametrize(
    ("line", "members", "verdict"),
    [
        ("u_3 = 3 t", "u", Verdict.UNDECIDED),
        ("u_1 = 3 t", "u", Verdict.CORRECT),  # the first is given
        ("u_3 = 3 t", "v", Verdict.CORRECT),
        ("u = 3 t", "u", Verdict.CORRECT),
    ],
)
def test_a_formula_that_was_not_taken_is_not_called_right(line: str, members: str, verdict: Verdict) -> None:
    document = read(Source("notes.md", f"$${line}$$\n"))
    (equation,) = (item for item in document.body if isinstance(item, Equation))
    (link,) = equation.links
    head, right = Side(link.left), Side(link.right)
    claim = Claim(equation, link, head, head, right, Role.RESTATEMENT)
    (found,) = together([Judgement(claim, Verdict.CORRECT, Certainty.PROVED)], {}, frozenset(members))
    assert found.verdict is verdict
