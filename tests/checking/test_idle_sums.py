r"""A Σ whose index its own summand lost, `p_a = e^{z_a} / \sum_b e^{z_a}`, defines nothing.

Nobody is accused by what rests on it.
"""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source
from tests.checking.written import displayed, verdicts

SUMMED = (
    r"p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}",
    r"\frac{\partial p_i}{\partial z_i} = p_i (1 - p_i)",
)
NUMBERED = (
    r"p_a = \frac{\exp(x_a^\top w)}{\sum_b \exp(x_b^\top w)}",
    r"\nabla_w \log p_a = x_a - \sum_b p_b x_b",
    r"\nabla_w \log p_a = \nabla_w \log \frac{\exp(x_a^\top w)}{\sum_b \exp(x_b^\top w)}",
)


@pytest.mark.parametrize("lines", [SUMMED, NUMBERED])
def test_what_rests_on_it_is_left_open_and_named(lines: tuple[str, ...]) -> None:
    idle = lines[0].replace("e^{z_j}", "e^{z_i}").replace("x_b", "x_a")
    assert idle != lines[0]
    document = read(Source("notes.md", displayed(idle, *lines[1:])))
    for _, judgement in [*check(document, pose(document, None)).judgements()][1:]:
        assert judgement.verdict.value == "undecided"
        assert "adds up what does not depend on it" in (judgement.message or "")


@pytest.mark.parametrize("lines", [SUMMED, NUMBERED])
def test_one_that_counts_is_right(lines: tuple[str, ...]) -> None:
    assert verdicts(displayed(*lines))[1:] == ["correct"] * (len(lines) - 1)


@pytest.mark.parametrize("lines", [SUMMED, NUMBERED])
def test_and_wrong_lines_beside_it_are_found(lines: tuple[str, ...]) -> None:
    wrong = lines[1].replace("1 - p_i", "1 + p_i").replace("x_a - ", "x_a + ")
    assert verdicts(displayed(lines[0], wrong))[-1] == "wrong"
