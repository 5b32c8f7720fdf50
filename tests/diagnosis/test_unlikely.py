"""A difference that nothing small explains accuses only where nothing about the line was guessed."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.diagnosis.telling import UNLIKELY, tell
from gradcheck.reading.document import read
from gradcheck.source import Source
from gradcheck.verdict import Verdict

SHAPES = "---\nshapes: {x: [1, 1]}\n---\n"
# Nothing defines f and g, and no small slip leads from the derivative to what is written.
OPEN = r"$$\frac{d}{dx} f(x)^{g(x)} = 3 g(x) + \cos(x) f(x) = \cos(x) f(x) + 3 g(x)$$"
CLOSED = "$$f(x) = x^3 + x$$\n$$f'(x) = 7 + \\cos(5 x) - e^{-x}$$\n"
SLIP = r"$$\frac{d}{dx} f(x)^2 = 3 f(x) f'(x)$$"


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        (OPEN, [Verdict.UNDECIDED, Verdict.UNDECIDED]),
        (SHAPES + OPEN, [Verdict.WRONG, Verdict.FOLLOWS]),
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
