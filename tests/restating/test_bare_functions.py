"""Functions without their argument: the line is told for the one that is meant, or for all."""

import pytest

from tests.checking.written import displayed, verdicts

UNIT = (r"z = w x + b", r"a = \sigma(z)")
OWN = (r"s(x) = \frac{1}{1 + e^{-x}}",)


@pytest.mark.parametrize(
    ("before", "line", "expected"),
    [
        ((), r"\sigma' = \sigma (1 - \sigma)", "correct"),
        ((), r"\sigma' = \sigma (1 + \sigma)", "wrong"),
        ((), r"\sigma'(z) = \sigma (1 - \sigma)", "correct"),
        ((), r"\tanh' = 1 - \tanh^2", "correct"),
        ((), r"\tanh' = 1 - \tanh", "wrong"),
        (OWN, r"s' = s (1 - s)", "correct"),
        (OWN, r"s' = s (1 + s)", "wrong"),
        (UNIT, r"\frac{d\sigma}{dz} = \sigma (1 - \sigma)", "correct"),
        (UNIT, r"\frac{d\sigma}{dz} = \sigma(z) (1 - \sigma(z))", "correct"),
        (UNIT, r"\frac{d\sigma}{dz} = \sigma(z) (1 + \sigma(z))", "wrong"),
        (UNIT, r"\frac{\partial a}{\partial w} = \sigma' x", "correct"),
        (UNIT, r"\frac{\partial a}{\partial w} = \sigma (1 - \sigma) x", "correct"),
        (UNIT, r"\frac{\partial \sigma}{\partial w} = \sigma (1 - \sigma) x", "correct"),
    ],
)
def test_the_argument_that_is_meant(before: tuple[str, ...], line: str, expected: str) -> None:
    assert verdicts(displayed(*before, line)) == ["correct"] * len(before) + [expected]


def test_a_deviation_is_no_function() -> None:
    text = displayed(
        r"\mu = \frac{1}{n} \sum_{i=1}^n x_i",
        r"\sigma = \sqrt{\frac{1}{n} \sum_{i=1}^n (x_i - \mu)^2}",
        r"\frac{\partial \sigma}{\partial x_i} = \frac{x_i - \mu}{n \sigma}",
    )
    assert verdicts(text) == ["correct"] * 3


SLOPES = [
    r"z = w x + b",
    r"a = \sigma(z)",
    r"E = (a - y)^2",
    r"\frac{\partial E}{\partial w} = x \sigma' z \, 2 (a - y)",
    r"\frac{\partial E}{\partial b} = \sigma' z \, 2 (a - y)",
]


def test_who_writes_slopes_without_brackets_again_and_again_leaves_them_out() -> None:
    assert verdicts(displayed(*SLOPES))[3:] == ["correct", "correct"]
    wrong = [line.replace("x \\sigma'", "w \\sigma'") for line in SLOPES]
    assert verdicts(displayed(*wrong))[3:] == ["wrong", "correct"]


def test_a_slope_that_multiplies_once_keeps_its_factor() -> None:
    lines = [r"z = w x", r"f = z \sigma(z)", r"\frac{df}{dz} = \sigma(z) + \sigma' z"]
    assert verdicts(displayed(*lines))[-1] == "correct"
