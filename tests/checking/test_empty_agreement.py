"""Two sides that are zero, since the loss was read as not depending on a name, agree about nothing."""

import pytest

from tests.checking.written import displayed, verdicts

SHAPES = "---\nshapes:\n  u: [1, 1]\n  x: [1, 1]\n  q: [1, 1]\n---\n\n"
FORWARD = (r"s = u x", r"E = (q - 1)^2")


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (r"\frac{\partial E}{\partial u} = \frac{\partial E}{\partial s} x", "undecided"),
        (r"\frac{\partial E}{\partial u} = 7 \frac{\partial E}{\partial s} x", "undecided"),
        (r"\frac{\partial E}{\partial u} = 0", "correct"),
        (r"\frac{\partial E}{\partial q} = 2 (q - 1)", "correct"),
    ],
)
def test_what_the_loss_does_not_depend_on_says_nothing(line, wanted):
    assert verdicts(SHAPES + displayed(*FORWARD, line))[-1] == wanted
