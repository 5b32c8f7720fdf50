"""A derivative that is one of the paths which a line sums over: what else rests on the variable is held."""

import pytest

from tests.checking.written import displayed, verdicts

NORMED = displayed(
    r"m = \frac{1}{n} \sum_{i=1}^n v_i",
    r"u_i = \frac{v_i - m}{s}",
    r"q_i = c u_i",
)
PATHS = displayed(
    r"\frac{\partial E}{\partial v_i} = \frac{\partial E}{\partial u_i} \frac{\partial u_i}{\partial v_i}"
    r" + \frac{\partial E}{\partial m} \frac{\partial m}{\partial v_i}"
)
VALUES = displayed(
    r"\frac{\partial E}{\partial v} = \bigg(\frac{\partial E}{\partial u_i} \cdot \frac{1}{s}\bigg)"
    r" + \bigg(\frac{\partial E}{\partial m} \cdot \frac{1}{n}\bigg)"
)
HELD = r"\frac{\partial u_i}{\partial v_i} = \frac{1}{s}"


@pytest.mark.parametrize(
    ("text", "line", "verdict"),
    [
        (PATHS, HELD, "correct"),
        (PATHS, r"\frac{\partial u_i}{\partial v_i} = \frac{n - 1}{n s}", "correct"),
        (PATHS, r"\frac{\partial u_i}{\partial v_i} = \frac{2}{s}", "wrong"),
        ("", HELD, "wrong"),
        (VALUES, HELD, "correct"),
        (VALUES, r"\frac{\partial u_i}{\partial v_i} = \frac{2}{s}", "wrong"),
    ],
)
def test_one_of_the_paths(text: str, line: str, verdict: str) -> None:
    assert verdicts(NORMED + text + displayed(line))[-1] == verdict


UNTOLD = displayed(r"u_i = \frac{v_i - \mu}{s}")


@pytest.mark.parametrize("value", [r"\frac{1}{n}", r"\frac{2}{n}"])
def test_what_a_path_goes_through_may_rest_on_the_variable_in_words_alone(value: str) -> None:
    line = rf"\frac{{\partial \mu}}{{\partial v_i}} = {value}"
    assert verdicts(UNTOLD + displayed(line))[-1] == "undecided"


def test_the_sum_over_such_paths_is_open_too() -> None:
    line = (
        r"\frac{\partial E}{\partial v_i} = \frac{\partial E}{\partial u_i} \cdot \frac{1}{s}"
        r" + \frac{\partial E}{\partial \mu} \cdot \frac{1}{n}"
    )
    assert verdicts(UNTOLD + displayed(line))[-1] == "undecided"
