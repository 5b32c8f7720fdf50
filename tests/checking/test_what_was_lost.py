"""Lines that nobody is accused of, since a part of what they say was lost in the reading."""

from __future__ import annotations

import pytest

from tests.checking.written import displayed, verdicts

ATTENTION = [
    r"G = \frac{C D^\top}{\sqrt{p}}",
    r"P = \text{softmax}(G)",
    r"O = P U",
    r"dU = P^\top dO",
    r"dP = dO\, U^\top",
]


@pytest.mark.parametrize("axis", ["-1", "1"])
@pytest.mark.parametrize("kept", ["", r", \text{keepdims}=True"])
def test_the_last_axis_is_counted_from_behind(axis, kept):
    summed = rf"\text{{sum}}(dP \odot P, \text{{axis}}={axis}{kept})"
    assert verdicts(displayed(*ATTENTION, rf"dG = P \odot (dP - {summed})"))[-1] == "correct"


def test_the_first_axis_is_the_wrong_one():
    summed = r"\text{sum}(dP \odot P, \text{axis}=0)"
    assert verdicts(displayed(*ATTENTION, rf"dG = P \odot (dP - {summed})"))[-1] == "wrong"


@pytest.mark.parametrize("later", [r"E_{>t}", r"E_{t+1}", r"E_{\text{later}}"])
def test_the_loss_of_one_step_is_not_that_of_all(later):
    text = displayed(
        r"q_t = g_t R + c",
        r"\epsilon_{q_t} = \frac{\partial E}{\partial q_t}",
        rf"\frac{{\partial E}}{{\partial q_t}} = \frac{{\partial E_t}}{{\partial q_t}} + "
        rf"\frac{{\partial {later}}}{{\partial q_t}}",
    )
    assert verdicts(text)[-1] in ("undecided", "correct")


def test_a_gradient_by_what_was_not_understood_accuses_nobody():
    text = displayed(
        r"o_t = g_t V + c",
        r"u_t = s_t P + g_{t-1} R + e",
        r"\delta_{g_t} = \frac{\partial L}{\partial g_t}",
        r"\delta_{u_t} = \frac{\partial L}{\partial u_t} = \delta_{g_t} \odot (1 - g_t^2)",
    )
    assert verdicts(text)[-1] == "undecided"


NORMALISED = [
    r"\nu = \frac{1}{m} \sum_{i=1}^m s_i",
    r"\tau = \frac{1}{m} \sum_{i=1}^m (s_i - \nu)^2",
    r"\hat{s}_i = \frac{s_i - \nu}{\sqrt{\tau + \epsilon}}",
    r"r_i = \gamma \hat{s}_i + \beta",
]
BACK = (
    r"\frac{\partial L}{\partial s_{%(i)s}} = \frac{1}{%(n)s \sqrt{\tau + \epsilon}} \left( %(n)s "
    r"\frac{\partial L}{\partial \hat{s}_{%(i)s}} - \sum_{%(k)s=1}^{%(n)s} \frac{\partial L}{\partial "
    r"\hat{s}_{%(j)s}} - \hat{s}_{%(i)s} \sum_{%(k)s=1}^{%(n)s} \frac{\partial L}{\partial "
    r"\hat{s}_{%(j)s}} \hat{s}_{%(j)s} \right)"
)


def test_two_indices_of_what_was_read_with_one_accuse_nobody():
    one = BACK % {"i": "i", "j": "k", "k": "k", "n": "m"}
    two = BACK % {"i": "i,d", "j": "i,k", "k": "k", "n": "D"}
    wrong = one.replace(r"- \hat{s}_{i}", r"+ \hat{s}_{i}")
    assert wrong != one
    assert verdicts(displayed(*NORMALISED, one, wrong))[-2:] == ["correct", "wrong"]
    sections = f"# Over the batch\n{displayed(*NORMALISED, one)}\n# Over the entries\n{displayed(two)}"
    assert "wrong" not in verdicts(sections)


SCORES = r"""
# Scores
The targets $t_i$ are one-hot.
$$ p_i = \frac{e^{s_i}}{\sum_j e^{s_j}} $$
$$ L = -\sum_i t_i \log p_i $$
$$ \frac{\partial L}{\partial s_k} = -t_k + p_k \sum_i t_i = LAST $$

# Scaling
$$ u_i = \frac{v_i}{\sqrt{\omega}} $$
$$ t_i = \alpha u_i + \eta $$
$$ \frac{\partial L}{\partial u_i} = \frac{\partial L}{\partial t_i} \alpha $$
"""


@pytest.mark.parametrize(("last", "verdict"), [("p_k - t_k", "correct"), ("p_k + t_k", "wrong")])
def test_a_letter_that_a_later_part_defines_is_given_here(last, verdict):
    assert verdicts(SCORES.replace("LAST", last))[3] == verdict


SIGMOID = displayed(
    r"p = \frac{1}{1 + e^{-v s}}",
    r"E = -t \log p - (1 - t) \log(1 - p)",
    r"R = (p - t) s^2",
)


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (r"-\left[\frac{t}{p} - \frac{1-t}{1-p}) \right] \frac{dp}{dv}", "charitable"),
        ("(p - t s", "undecided"),
        ("p - t) s + 1", "undecided"),
    ],
)
@pytest.mark.parametrize(("last", "verdict"), [("(p - t) s", "correct"), ("(p + t) s", "wrong")])
def test_rows_below_a_bad_row_go_on_with_its_head(bad, said, last, verdict):
    rows = rf"R &= (p - t) s^2 \\ \frac{{\partial E}}{{\partial v}} &= {bad} \\ &= {last}"
    text = f"{SIGMOID}\n$$\n\\begin{{aligned}}\n{rows}\n\\end{{aligned}}\n$$\n"
    assert verdicts(text)[-2:] == [said, verdict]


def test_rows_below_a_head_that_cannot_be_read_are_open():
    rows = r"R &= (p - t) s^2 \\ \left( \frac{\partial E}{\partial v} &= (p - t) s \\ &= (p - t) s"
    text = f"{SIGMOID}\n$$\n\\begin{{aligned}}\n{rows}\n\\end{{aligned}}\n$$\n\nSo $$2 R = 2 (p - t) s^2.$$"
    found = verdicts(text)
    assert "wrong" not in found
    assert found[-1] == "correct"
