"""An inner derivative that a scalar chain has lost is named as a factor of its own."""

import pytest

from tests.diagnosis.told import told_of_last


@pytest.mark.parametrize(
    ("definition", "claim", "repair"),
    [
        (r"g(x) = \sin(x^2)", r"g'(x) = \cos(x^2)", "2 x"),
        (r"q(r) = \ln(3 r^2 + 1)", r"q'(r) = \frac{1}{3 r^2 + 1}", "6 r"),
        (r"v(t) = e^{-t^3}", r"v'(t) = e^{-t^3}", "-3 t"),
    ],
)
def test_the_inner_derivative_is_named(tmp_path, definition: str, claim: str, repair: str) -> None:
    told = told_of_last(tmp_path, f"$${definition}$$\n\n$${claim}$$\n")
    assert told.code == "GC305"
    assert repair in told.message


def test_the_right_side_is_shown_by_the_names_of_functions(tmp_path) -> None:
    told = told_of_last(tmp_path, "$$g(x) = \\sin(x^2)$$\n\n$$g'(x) = 5 x^3 - \\cos(7 x)$$\n")
    assert r"\sin'" not in (told.right or told.help or "\\sin'")
