"""Letters below names that choose one thing, and run over nothing: one sample, one pair, one word of many."""

import pytest

from tests.checking.written import displayed, verdicts

SAMPLE = r"e = \frac{1}{2} (t_i - v^\top s_i)^2"
RATING = (
    r"C = (m_{ab} - g_b^\top h_a)^2 + \lambda (\|g_b\|^2 + \|h_a\|^2)",
    r"z_{ab} = m_{ab} - g_b^\top h_a",
)
ENTRIES = (r"\hat m_{ab} = \sum_{k=1}^K h_{ak} g_{bk}", r"C = (m_{ab} - \hat m_{ab})^2")
UNIT = (r"E = \frac{1}{2} (t_b - o_b)^2", r"o_b = \tanh(a_b)", r"a_b = \sum_k v_{bk} s_k")
CHOICE = (
    r"P(w_b \mid w_c) = \frac{\exp(a_b^\top r_c)}{\sum_{d \in V} \exp(a_d^\top r_c)}",
    r"L = -\log P(w_b \mid w_c)",
)
NOISE = (r"J = -\log \sigma(a_b^\top r_c) - \sum_{k=1}^n \log \sigma(-a_k^\top r_c)",)
CLASSES = (r"L = -s_b + \log \sum_j e^{s_j}", r"p_i = \frac{e^{s_i}}{\sum_j e^{s_j}}")

RIGHT = [
    ((SAMPLE,), r"\frac{\partial e}{\partial v} = -(t_i - v^\top s_i) s_i"),
    ((SAMPLE,), r"\frac{\partial e}{\partial s_i} = -(t_i - v^\top s_i) v"),
    (RATING, r"\frac{\partial C}{\partial g_b} = -2 z_{ab} h_a + 2 \lambda g_b"),
    (RATING, r"\frac{\partial C}{\partial h_a} = -2 z_{ab} g_b + 2 \lambda h_a"),
    (ENTRIES, r"\frac{\partial C}{\partial h_{ak}} = -2 (m_{ab} - \hat m_{ab}) g_{bk}"),
    (UNIT, r"\frac{\partial E}{\partial v_{bk}} = -(t_b - o_b) (1 - o_b^2) s_k"),
    (CHOICE, r"\frac{\partial L}{\partial r_c} = -a_b + \sum_{d \in V} P(w_d \mid w_c) a_d"),
    (NOISE, r"\frac{\partial J}{\partial a_b} = (\sigma(a_b^\top r_c) - 1) r_c"),
    (NOISE, r"\frac{\partial J}{\partial a_k} = (1 - \sigma(-a_k^\top r_c)) r_c"),
]
WRONG = [
    ((SAMPLE,), r"\frac{\partial e}{\partial v} = (t_i - v^\top s_i) s_i"),
    (RATING, r"\frac{\partial C}{\partial g_b} = -2 z_{ab} h_a + 2 \lambda h_a"),
    (ENTRIES, r"\frac{\partial C}{\partial h_{ak}} = -2 (m_{ab} - \hat m_{ab}) h_{ak}"),
    (UNIT, r"\frac{\partial E}{\partial v_{bk}} = -(t_b - o_b) (1 - a_b^2) s_k"),
    (CHOICE, r"\frac{\partial L}{\partial r_c} = a_b - \sum_{d \in V} P(w_d \mid w_c) a_d"),
    (NOISE, r"\frac{\partial J}{\partial a_b} = (\sigma(a_b^\top r_c) + 1) r_c"),
    (CLASSES, r"\frac{\partial L}{\partial s_j} = p_j"),
]


@pytest.mark.parametrize(("given", "line"), RIGHT)
def test_a_right_line_is_right(given: tuple[str, ...], line: str) -> None:
    assert verdicts(displayed(*given, line)) == ["correct"] * (len(given) + 1)


@pytest.mark.parametrize(("given", "line"), WRONG)
def test_a_wrong_line_is_not_right(given: tuple[str, ...], line: str) -> None:
    *_, last = verdicts(displayed(*given, line))
    assert last in ("wrong", "undecided")


@pytest.mark.parametrize(("given", "line"), WRONG[:5])
def test_a_wrong_line_beside_a_right_one_is_found(given: tuple[str, ...], line: str) -> None:
    right = next(other for known, other in RIGHT if known == given)
    assert verdicts(displayed(*given, right, line))[-1] == "wrong"


def test_repeated_indices_of_a_matrix_may_be_summed_at_sight() -> None:
    line = r"\frac{\partial L}{\partial s_j} = (o_k - t_k) M_{kj}"
    *_, last = verdicts(displayed(r"L = \frac{1}{2} \sum_k (o_k - t_k)^2", r"o_k = M_{kj} s_j", line))
    assert last != "wrong"


def test_a_deviation_with_a_mark_is_no_function():
    text = displayed(
        r"g = y^\top M^{-1} y",
        r"k(u, v) = \sigma_f^2 \exp(-\frac{\|u - v\|^2}{2 r^2})",
        r"\frac{\partial k}{\partial \sigma_f} = 2 \sigma_f \exp(-\frac{\|u - v\|^2}{2 r^2})",
        r"\frac{\partial k}{\partial r} = -k(u, v) \frac{\|u - v\|^2}{r^3}",
    )
    assert verdicts(text)[-2:] == ["correct", "wrong"]


RANKED = (r"s_{am} = g_a^\top h_m", r"d_{amn} = s_{am} - s_{an}", r"L = -\log \sigma(d_{amn})")


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial d_{amn}}{\partial g_a} = h_m - h_n", "correct"),
        (r"\frac{\partial d_{amn}}{\partial g_a} = h_m + h_n", "wrong"),
        (r"\frac{\partial L}{\partial h_n} = (1 - \sigma(d_{amn})) g_a", "correct"),
        (r"\frac{\partial L}{\partial h_n} = -(1 - \sigma(d_{amn})) g_a", "wrong"),
    ],
)
def test_what_is_defined_for_one_choice_is_for_another(line: str, verdict: str) -> None:
    right = r"\frac{\partial L}{\partial h_m} = -(1 - \sigma(d_{amn})) g_a"
    assert verdicts(displayed(*RANKED, right, line))[-2:] == ["correct", verdict]


def test_what_is_made_of_nothing_chosen_stays_the_one_thing_it_is() -> None:
    found = verdicts(
        displayed(r"q_a = v^\top r_c", r"L = q_a q_b", r"\frac{\partial L}{\partial v} = q_b r_c")
    )
    assert found[-1] != "wrong"
