"""A line whose left side holds names that nothing else holds asks for them, and is not accused."""

import pytest

from tests.checking.written import displayed, verdicts

FORWARD = displayed(r"E = \frac12 \|X w - y\|^2")


@pytest.mark.parametrize(
    "line",
    [
        r"H q = -\nabla_w E",
        r"M^\top v = X^\top y",
    ],
)
def test_it_is_left_open(line: str) -> None:
    assert verdicts(FORWARD + displayed(line))[-1] == "undecided"


@pytest.mark.parametrize(
    "line",
    [
        r"\nabla_w E = -X^\top (X w - y)",
        r"X^\top X w = X^\top X X w",
    ],
)
def test_a_line_about_what_is_known_is_not(line: str) -> None:
    assert verdicts(FORWARD + displayed(line))[-1] == "wrong"
