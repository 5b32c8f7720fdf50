"""Brackets that do something to what they hold: positive parts, rounding, means."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source

SCALARS = r"""---
shapes: {s: [1, 1], c: [1, 1]}
---
$$L = %s$$
$$\frac{dL}{ds} = %s$$
"""


def verdict(loss, gradient):
    document = read(Source("notes.md", SCALARS % (loss, gradient)))
    judged = check(document, pose(document, None)).judgements()
    return str([judgement.verdict for _, judgement in judged][-1])


@pytest.mark.parametrize(
    ("loss", "right", "wrong"),
    [
        (r"[s]_+", r"\mathbb{1}[s > 0]", r"1"),
        (r"(s)_+", r"\mathbb{1}[s > 0]", r"s"),
        (r"\frac{1}{2} [s]_+^2", r"\left[ s \right]_+", r"s"),
        (r"\frac{1}{2} \left( s \right)_{+}^2 c", r"(s)_+ c", r"s c"),
        (r"c (s + c)_+", r"c \, \mathbb{1}[s + c > 0]", r"c \, \mathbb{1}[s > 0]"),
        (r"\{1 - c s\}_+", r"-c \, \mathbb{1}[1 - c s > 0]", r"c \, \mathbb{1}[1 - c s > 0]"),
    ],
)
def test_a_plus_below_a_bracket_takes_the_positive_part(loss, right, wrong):
    assert verdict(loss, right) == "correct"
    assert verdict(loss, wrong) == "wrong"


@pytest.mark.parametrize(
    "line",
    [
        r"[s]_-", r"(s)_-", r"(s)_{\geq 0}", r"(s)_*", r"s_+", r"\lfloor s \rfloor",
        r"\left\lceil s \right\rceil",
        r"\left\lfloor s \right\rceil", r"\langle s \rangle",
    ],
)  # fmt: skip
def test_brackets_that_are_no_plain_ones_are_not_read_as_such(line):
    assert verdict(r"\frac{1}{2} s^2", line) == "undecided"
    assert verdict(rf"\frac{{1}}{{2}} \left({line}\right)^2", "s") == "undecided"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (r"\sum_{i=1}^N \left(\frac{\partial L}{\partial S}\right)_{i,:}", "correct"),
        (r"2 \sum_{i=1}^N \left(\frac{\partial L}{\partial S}\right)_{i,:}", "wrong"),
        (r"\left(\frac{\partial L}{\partial S}\right)_{1,:}", "wrong"),
    ],
)
def test_a_colon_below_a_bracket_is_a_whole_axis(line, expected):
    text = "---\nshapes: {H: [N, k], W: [k, c], b: [1, c]}\n---\n$$S = H W + b$$\n"
    document = read(Source("notes.md", rf"{text}$$\frac{{\partial L}}{{\partial b}} = {line}$$"))
    judged = check(document, pose(document, None)).judgements()
    assert str([judgement.verdict for _, judgement in judged][-1]) == expected
