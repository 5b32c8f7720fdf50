"""An update that holds the slope of a function with a formula of its own: that is a factor, and no loss."""

import pytest

from tests.checking.written import displayed, verdicts

UNIT = displayed(r"f(u) = \frac{1}{1 + e^{-u}}", r"q = v r", r"y = f(q)", r"E = \frac12 (y - d)^2")


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"v \leftarrow v - \eta (y - d) f'(q) r", "correct"),
        (r"v \leftarrow v + \eta (y - d) f'(q) r", "wrong"),
        (r"v = v + \eta (d - y) f'(q) r", "correct"),
        (r"v = v + \eta (d - y) f'(q)", "wrong"),
    ],
)
def test_the_step_is_along_the_loss(line: str, verdict: str) -> None:
    assert verdicts(UNIT + displayed(line))[-1] == verdict
