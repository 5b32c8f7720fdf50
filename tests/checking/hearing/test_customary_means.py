"""What statistics writes under a bar is the mean, where entries of the letter stand beside it."""

import pytest

from tests.checking.written import displayed, verdicts

LOSS = r"S = \sum_{i=1}^n (y_i - a - b x_i)^2"


SLOPE = r"\frac{\sum x_i (y_i - \bar y)}{\sum x_i (x_i - \bar x)} = "


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (SLOPE + r"\frac{\sum (x_i - \bar x)(y_i - \bar y)}{\sum (x_i - \bar x)^2}", "correct"),
        (SLOPE + r"\frac{\sum (x_i - \bar x)(y_i - \bar y)}{\sum (x_i + \bar x)^2}", "wrong"),
        (r"\frac{\partial S}{\partial a} = -2 n (\bar y - a - b \bar x)", "correct"),
        (r"\frac{\partial S}{\partial a} = -2 n (\bar y - a + b \bar x)", "wrong"),
    ],
)  # fmt: skip
def test_a_letter_under_a_bar_is_the_mean_of_its_entries(claim: str, verdict: str) -> None:
    assert verdicts(displayed(LOSS, claim))[-1] == verdict


def test_a_formula_of_the_document_goes_before_custom() -> None:
    told = displayed(
        LOSS, r"\bar y = \max_i y_i", r"\frac{\partial S}{\partial a} = -2 n (\bar y - a - b \bar x)"
    )
    assert verdicts(told)[-1] != "correct"


def test_the_bar_of_reverse_mode_is_no_mean() -> None:
    forward = displayed(r"z = u v", r"L = z^2")
    assert verdicts(forward + displayed(r"\bar z = 2 z", r"\bar u = \bar z v"))[-1] == "correct"
