"""A word for multiplication before a list of derivatives is their chain."""

import pytest

from tests.checking.written import displayed, verdicts

MODEL = displayed(
    r"u = A x",
    r"v = \tanh(u)",
    r"p = B v",
    r"J = \frac12 \lVert p - t \rVert^2",
)


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (
            (
                r"\frac{\partial J}{\partial v} = \operatorname{prod}\left(\frac{\partial J}{\partial p}, "
                r"\frac{\partial p}{\partial v}\right)"
            ),
            "correct",
        ),
        (
            (
                r"\frac{\partial J}{\partial u} = \text{prod}\left(\frac{\partial J}{\partial p}, "
                r"\frac{\partial p}{\partial v}, \frac{\partial v}{\partial u}\right)"
            ),
            "correct",
        ),
        (
            (
                r"\frac{\partial J}{\partial u} = \text{prod}\left(\frac{\partial J}{\partial p}, "
                r"\frac{\partial p}{\partial v}\right)"
            ),
            "wrong",
        ),
    ],
)
def test_a_list_of_derivatives_is_multiplied(line: str, verdict: str) -> None:
    assert verdicts(MODEL + displayed(line))[-1] == verdict


def test_of_other_factors_the_order_is_not_told() -> None:
    line = r"\frac{\partial J}{\partial v} = \text{prod}\left(p - t, B\right)"
    assert verdicts(MODEL + displayed(line))[-1] == "undecided"
