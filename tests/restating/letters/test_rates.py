"""Steps whose learning rate has a letter that nothing else says is one."""

import pytest

from tests.checking.written import displayed, verdicts

LINE = r"Q = \frac{1}{n} \sum_{i=1}^n (y_i - (m x_i + b))^2"


@pytest.mark.parametrize("rate", ["L", "k", "C", "h"])
def test_what_a_step_multiplies_its_gradient_by_is_its_rate(rate: str) -> None:
    right = rf"m = m - {rate} \cdot \frac{{\partial Q}}{{\partial m}}"
    plain = rf"b := b - {rate} \cdot \left(-\frac{{2}}{{n}} \sum_{{i=1}}^n (y_i - (m x_i + b))\right)"
    assert verdicts(displayed(LINE, right)) == ["correct", "correct"]
    assert verdicts(displayed(LINE, right.replace("m - ", "m + ")))[-1] == "wrong"
    assert verdicts(displayed(LINE, plain))[-1] != "wrong"


def test_a_letter_that_is_told_elsewhere_is_no_rate() -> None:
    step = r"m = m - L \frac{\partial L}{\partial m}"
    assert verdicts(displayed(LINE.replace("Q", "L"), step))[-1] != "correct"
