"""A letter above every name that says of which layer all is, and no power."""

import pytest

from gradcheck.reading.document import read
from gradcheck.restating.samples.superscripts import without_labels
from gradcheck.source import Source
from tests.checking.written import with_line

ONE_LAYER = r"""
For layer $l$ let

$$m^l = \frac1H \sum_{i=1}^H u_i^l, \qquad s^l = \sqrt{\frac1H \sum_{i=1}^H (u_i^l - m^l)^2}$$

$$\sigma = s, \qquad v_i^l = \frac{u_i^l - m^l}{s^l + \epsilon}$$
"""
SLOPE = (
    r"\frac{\partial v_i}{\partial u_i} = \frac{1 - \frac1H}{s + \epsilon}"
    r" - \frac{(u_i - m)^2}{H s (s + \epsilon)^2}"
)


@pytest.mark.parametrize("line", [r"\frac{\partial m}{\partial u_i} = \frac1H", SLOPE])
def test_right_lines_are_right(line: str) -> None:
    assert set(with_line(ONE_LAYER, line)) == {"correct"}


@pytest.mark.parametrize(
    "line", [r"\frac{\partial m}{\partial u_i} = \frac1H u_i", SLOPE.replace("- \\frac{(u", "+ \\frac{(u")]
)
def test_a_wrong_line_is_wrong(line: str) -> None:
    assert with_line(ONE_LAYER, line)[-1] == "wrong"


@pytest.mark.parametrize("last", ["g = k c", "d = a^{k+1}", r"d = \sum_k c_k"])
def test_a_letter_that_counts_or_stands_on_the_line_is_no_label(last: str) -> None:
    document = read(Source("notes.md", f"$$c^k = a^k + b^k, \\qquad e^k = c^k, \\qquad {last}$$"))
    assert without_labels(document.body) is document.body


def test_a_deviation_before_brackets_multiplies() -> None:
    text = ONE_LAYER.replace(r"\sigma = s, \qquad ", "").replace("s^l", r"\sigma^l")
    line = SLOPE.replace(" s ", r" \sigma ").replace("{s ", r"{\sigma ").replace("(s ", r"(\sigma ")
    assert with_line(text, line)[-1] == "correct"
    assert with_line(text, line.removesuffix("^2}") + "}")[-1] == "wrong"
