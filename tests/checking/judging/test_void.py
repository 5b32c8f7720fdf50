"""Lines whose two sides are zero as the document was read are right for no reason, so not called right."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.checking.judging.void import VOID
from gradcheck.reading.document import read
from gradcheck.source import Source
from tests.checking.written import displayed, verdicts

ONE_LETTER = displayed(r"y = f(x) = v^T x", r"L(v) = \sum_{i=1}^n (y^{(i)} - v^T x^{(i)})^2")
STEPS = [
    r"m = \frac{1}{n} \sum_{i=1}^n x_i",
    r"s = \frac{1}{n} \sum_{i=1}^n (x_i - m)^2",
    r"\frac{\partial s}{\partial m} = -\frac{2}{n} \sum_{i=1}^n (x_i - m)",
]


@pytest.mark.parametrize("sign", ["", "-"])
def test_a_loss_that_vanishes_makes_nothing_right(sign: str) -> None:
    line = rf"$$\nabla_v L(v) = {sign}\sum_{{i=1}}^n 2 (v^T x^{{(i)}} - y^{{(i)}}) x^{{(i)}}$$"
    document = read(Source("notes.md", f"{ONE_LETTER}\n{line}\n"))
    last = [judgement for _, judgement in check(document, pose(document, None)).judgements()][-1]
    assert (str(last.verdict), last.message) == ("undecided", VOID)


def test_what_is_said_to_be_zero_is_zero() -> None:
    assert set(verdicts(displayed(*STEPS[:2], STEPS[2] + " = 0"))) == {"correct"}


def test_a_reading_that_makes_everything_zero_is_not_taken() -> None:
    text = "# Forward\n\n" + displayed(
        *STEPS[:2], r"u_i = \frac{x_i - m}{\sqrt{s + c}}", "y_i = g_i u_i + b_i"
    )
    text += "\n# Backward\n\nSince $y_i = g_i u_i + b_i$:\n\n"
    line = r"$$\frac{{\partial L}}{{\partial g_i}} = {} \frac{{\partial L}}{{\partial y_i}} u_i$$"
    assert verdicts(text + line.format(""))[-1] == "correct"
    assert verdicts(text + line.format("2"))[-1] == "wrong"


@pytest.mark.parametrize(("line", "told"), [("-3", VOID), ("2", VOID)])
def test_a_difference_that_vanishes_by_definitions_makes_no_step_right(line: str, told: str) -> None:
    text = displayed(r"R = P Q^T = \hat R", r"e_{ij} = R_{ij} - \hat R_{ij}")
    text += rf"$$-2 (R_{{ij}} - \hat R_{{ij}}) P_{{ik}} = {line} e_{{ij}} P_{{ik}}$$" + "\n"
    document = read(Source("notes.md", text))
    last = [judgement for _, judgement in check(document, pose(document, None)).judgements()][-1]
    assert (str(last.verdict), last.message) == ("undecided", told)
