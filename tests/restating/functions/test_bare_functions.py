"""Functions without their argument: the line is told for the one that is meant, or for all."""

import pytest

from gradcheck.reading.document import read
from gradcheck.restating.functions.bare_functions import with_functions_as_factors
from gradcheck.source import Source
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


SCALED = [r"q = \frac{1}{1 + e^{-\sigma (s - t)}}", r"C = -\log q"]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (
            r"\frac{\partial q}{\partial s} = \sigma q (1 - q)",
            r"\frac{\partial q}{\partial s} = \sigma^2 q (1 - q)",
        ),
        (
            r"\frac{\partial C}{\partial t} = \sigma (1 - q)",
            r"\frac{\partial C}{\partial t} = -\sigma (1 - q)",
        ),
        (
            r"\frac{\partial C}{\partial s} = \frac{-\sigma}{1 + e^{\sigma (s - t)}}",
            r"\frac{\partial C}{\partial s} = \frac{\sigma}{1 + e^{\sigma (s - t)}}",
        ),
    ],
)
def test_a_letter_of_functions_that_is_a_factor_elsewhere_is_a_number(right: str, wrong: str) -> None:
    slope = r"\frac{\partial C}{\partial q} = -\frac{1}{q}"
    second = r"\frac{\partial^2 C}{\partial s^2} = \sigma^2 q (1 - q)"
    assert verdicts(displayed(*SCALED, slope, second, right))[-1] == "correct"
    assert verdicts(displayed(*SCALED, slope, second, wrong))[-1] == "wrong"


def test_a_letter_before_a_name_in_brackets_stays_a_function() -> None:
    told = [r"p = \sigma(w x + b)", r"\frac{\partial p}{\partial w} = \sigma(z) x", r"v = \sigma^2 x"]
    body = read(Source("a.md", displayed(*told))).body
    assert with_functions_as_factors(body) is None


@pytest.mark.parametrize(("right", "verdict"), [("(c - d) q (1 - q)", "correct"), ("c - d", "wrong")])
def test_a_function_of_a_quantity_is_derived_through_it(right: str, verdict: str) -> None:
    told = [r"q = \sigma(v)", r"h(q) = c q + (1 - q) d", rf"\frac{{d h}}{{d v}} = {right}"]
    assert verdicts(displayed(*told))[-1] == verdict


@pytest.mark.parametrize(
    ("right", "verdict"),
    [
        (r"2 \sum_{i=1}^N B_{i,j} (B_{i,:} v - c_i)", "correct"),
        (r"\sum_{i=1}^N B_{i,j} (B_{i,:} v - c_i)", "wrong"),
    ],
)
def test_a_number_that_all_entries_make_is_not_taken_at_one_entry(right: str, verdict: str) -> None:
    shapes = r"Let $B \in \mathbb{R}^{N \times n}$, $v \in \mathbb{R}^n$ and $c \in \mathbb{R}^N$."
    told = [r"h(v) = \sum_{i=1}^N (B_{i,:} v - c_i)^2", rf"\frac{{\partial h}}{{\partial v_j}} = {right}"]
    assert verdicts(shapes + "\n\n" + displayed(*told))[-1] == verdict
