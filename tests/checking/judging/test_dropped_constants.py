"""Constants that the text says it leaves out: those of the loss, and no others."""

import pytest

from tests.checking.written import verdicts


@pytest.mark.parametrize(
    ("said", "line", "verdict"),
    [
        ("I omit the factor 1/n from here on.", r"\hat{y}_i - y_i", "convention"),
        ("I omit the factor 1/n from here on.", r"y_i - \hat{y}_i", "wrong"),
        ("I omit the factor 1/n from here on.", r"7 (\hat{y}_i - y_i)", "wrong"),
        ("The factor goes along.", r"\hat{y}_i - y_i", "wrong"),
        ("The factor goes along.", r"\frac{1}{n} (\hat{y}_i - y_i)", "correct"),
    ],
)
def test_the_number_of_terms_of_a_mean(said: str, line: str, verdict: str) -> None:
    loss = r"$$L = \frac{1}{2n} \sum_{i=1}^{n} (y_i - \hat{y}_i)^2$$"
    text = f"{loss}\n\n{said}\n\n" + rf"$$\frac{{\partial L}}{{\partial \hat{{y}}_i}} = {line}$$"
    assert verdicts(text)[-1] == verdict
