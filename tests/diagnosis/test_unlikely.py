"""A difference that nothing small explains accuses only where nothing about the line was guessed."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.diagnosis.telling import UNLIKELY, tell
from gradcheck.reading.document import read
from gradcheck.source import Source
from gradcheck.verdict import Verdict

SHAPES = "---\nshapes: {z: [3, 1]}\n---\n"
# For which of the indices a line is meant, words may say; no small slip leads to what is written.
INDEXED = r"$$\frac{\partial f(z_i)}{\partial z_j} = 3 f(z_j) + \cos(f(z_i)) = \cos(f(z_i)) + 3 f(z_j)$$"
OPEN = r"$$\frac{d}{dx} f(x)^{g(x)} = 3 g(x) + \cos(x) f(x)$$"
CLOSED = "$$f(x) = x^3 + x$$\n$$f'(x) = 7 + \\cos(5 x) - e^{-x}$$\n"
SLIP = r"$$\frac{\partial f(z_i)^2}{\partial z_i} = 3 f(z_i) f'(z_i)$$"


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        (INDEXED, [Verdict.UNDECIDED, Verdict.UNDECIDED]),
        (SHAPES + INDEXED, [Verdict.WRONG, Verdict.FOLLOWS]),
        (OPEN, [Verdict.WRONG]),
        (CLOSED, [Verdict.CORRECT, Verdict.WRONG]),
        (SLIP, [Verdict.WRONG]),
    ],
)
def test_unexplained_difference_accuses_only_where_nothing_was_guessed(text, verdicts):
    document = read(Source("notes.md", text))
    checked = check(document, pose(document, None))
    told = tell(checked)
    found = [judgement for _, judgement in checked.judgements()]
    assert [judgement.verdict for judgement in found] == verdicts
    for judgement in found:
        if judgement.verdict is Verdict.UNDECIDED:
            assert judgement.message == UNLIKELY
            assert judgement.claim.id not in told
