"""`v / \\|v\\|` of a v that was read as a number: nothing is said, since any multiple would be right."""

import pytest

from tests.checking.written import displayed, verdicts

SIMILAR = displayed(r"s = \frac{u^\top v}{\|u\| \|v\|}")
NUMBERS = displayed(r"s = \frac{u v}{\|u\| \|v\|}")
SLOPE = r"\nabla_u s = \frac{v}{\|u\| \|v\|} - s \frac{u}{\|u\|^2}"
DECLARED = "---\nshapes: {u: [n, 1], v: [n, 1]}\n---\n"


OTHER = r"\nabla_v s = \frac{1}{\|v\|} \left( \frac{u}{\|u\|} - s \frac{v}{\|v\|} \right)"


@pytest.mark.parametrize("factor", ["", "2 "])
def test_what_a_sign_would_make_right_is_not_called_so(factor: str) -> None:
    line = SLOPE.replace("= ", f"= {factor}").replace("- s", f"- {factor} s")
    assert verdicts(NUMBERS + displayed(line, OTHER))[-2:] == ["undecided", "undecided"]


def test_an_inner_product_tells_columns() -> None:
    doubled = SLOPE.replace("= ", "= 2 ").replace("- s", "- 2 s")
    assert verdicts(SIMILAR + displayed(SLOPE, OTHER, doubled))[-3:] == ["correct", "correct", "wrong"]


def test_with_its_shape_a_line_is_judged() -> None:
    doubled = SLOPE.replace("= ", "= 2 ").replace("- s", "- 2 s")
    assert verdicts(DECLARED + SIMILAR + displayed(SLOPE, doubled))[-2:] == ["correct", "wrong"]
