"""Sums in other hands: `\\sum_N`, `\\underset{n}{\\sum}`, points, open dots, rows entry by entry."""

import pytest

from tests.checking.written import displayed, verdicts


@pytest.mark.parametrize("sign", [r"\sum_N", r"\underset{n}{\sum}", r"\sum_{n=1}^N"])
def test_a_sum_over_the_last_index(sign: str) -> None:
    text = displayed(
        rf"L = \frac12 {sign} (t_n - a x_n)^2",
        rf"\frac{{dL}}{{da}} = -{sign} (t_n - a x_n) x_n",
        rf"\frac{{dL}}{{da}} = {sign} (t_n - a x_n) x_n",
    )
    assert verdicts(text) == ["correct", "correct", "wrong"]


def test_a_sum_over_a_set_keeps_its_letter() -> None:
    assert verdicts(displayed(r"\frac{d}{du} \sum_{n \in N} u r_n = \sum_{n \in N} r_n"))[0] == "correct"


def test_points_multiply() -> None:
    text = displayed(
        r"y = a.x_1 + b.x_2",
        r"E = \frac12 (t - y)^2",
        r"\frac{dE}{da} = -(t - y).x_1",
        r"\frac{dE}{db} = -(t - y).x_1",
        r"a \leftarrow a - \eta.\frac{dE}{da}",
    )
    assert verdicts(text) == ["correct", "correct", "correct", "wrong", "correct"]


def test_a_point_at_the_end_of_a_sentence_does_not() -> None:
    text = r"Let $y = a x.$ Then $\frac{dy}{da} = x.$" + "\n"
    assert verdicts(text) == ["correct", "correct"]


def test_dots_without_an_end() -> None:
    text = displayed(
        r"s = \sum_{i=1}^n w_i x_i",
        r"z = b + w_1 x_1 + w_2 x_2 + \dots",
        r"\frac{\partial z}{\partial b} = 1",
        r"\frac{\partial z}{\partial w_i} = x_i",
        r"\frac{\partial z}{\partial w_i} = w_i",
    )
    assert verdicts(text) == ["correct", "correct", "correct", "correct", "wrong"]


def test_a_primed_target() -> None:
    text = displayed(
        r"y = \sum_i w_i x_i",
        r"E = \frac12 (y' - y)^2",
        r"\frac{\partial E}{\partial w_i} = -(y' - y) x_i",
        r"\frac{\partial E}{\partial w_i} = (y' - y) x_i",
    )
    assert verdicts(text) == ["correct", "correct", "correct", "wrong"]


def test_rows_tell_their_entries() -> None:
    text = displayed(
        r"S = e^{u_1} + e^{u_2}",
        r"p = [p_1, p_2] = [\frac{e^{u_1}}{S}, \frac{e^{u_2}}{S}]",
        r"\frac{\partial p_1}{\partial u_1} = p_1 (1 - p_1)",
        r"\frac{\partial p_1}{\partial u_2} = -p_1 p_2",
        r"\frac{\partial p_1}{\partial u_2} = p_1 p_2",
    )
    assert verdicts(text) == ["correct"] * 5 + ["wrong"]


@pytest.mark.parametrize(
    ("last", "verdict"), [("v_n^3", "correct"), ("v_n", "undecided"), ("v_n^2", "undecided")]
)
def test_the_term_after_the_dots_is_one_of_those_before_them(last: str, verdict: str) -> None:
    series = rf"(v_1^3 + v_2^3 + \dots + {last})^2"
    line = rf"\frac{{\partial}}{{\partial v_i}} {series} = 6 v_i^2 \sum_{{j=1}}^n v_j^3"
    assert verdicts(f"Let $v \\in \\mathbb{{R}}^n$.\n\n$${line}$$\n") == ["correct", verdict]
