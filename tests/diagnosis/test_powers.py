"""An edit of a name leaves its exponent where it is: the help says what was tested, letter by letter."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.diagnosis.telling import tell
from gradcheck.reading.document import read
from gradcheck.source import Source

FORWARD = "$$h = w x$$\n$$a = \\tanh(h)$$\n$$L = a^2$$\n"


@pytest.mark.parametrize(
    ("line", "written"),
    [
        (r"\frac{\partial L}{\partial h} = 2 a (1 - h^2)", "h"),
        (r"\frac{\partial L}{\partial w} = 2 a (1 - h^{2}) x", "h"),
    ],
)
def test_the_exponent_is_no_part_of_the_name(line, written):
    document = read(Source("notes.md", f"{FORWARD}$${line}$$\n"))
    checked = check(document, pose(document, None))
    (telling,) = tell(checked).values()
    assert [(document.source.slice(change.span), change.after) for change in telling.changes] == [
        (written, "a")
    ]
