"""Names that stand below braces and are used from there on."""

import pytest

from tests.checking.written import displayed, verdicts

FORWARD = r"E = \frac12 (\underbrace{g\, \underbrace{\tanh(\underbrace{r q + k}_{s})}_{n}}_{o} - t)^2"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial E}{\partial g} = (o - t) n", "correct"),
        (r"\frac{\partial E}{\partial r} = (o - t) g (1 - n^2) q", "correct"),
        (r"\frac{\partial o}{\partial s} = g (1 - n^2)", "correct"),
        (r"\frac{\partial E}{\partial g} = (o - t) s", "wrong"),
        (r"\frac{\partial E}{\partial r} = (o - t) g (1 - s^2) q", "wrong"),
        (r"\frac{\partial E}{\partial k} = 2 (o - t) g (1 - n^2)", "wrong"),
    ],
)
def test_a_name_below_a_brace_is_what_stands_above(line: str, verdict: str) -> None:
    assert verdicts(displayed(FORWARD, line)) == ["correct", verdict]


@pytest.mark.parametrize(
    ("last", "verdict"), [(r"\epsilon g (1 - n^2)", "correct"), (r"\epsilon g n", "wrong")]
)
def test_a_brace_in_a_derivation_names_a_part_of_it(last: str, verdict: str) -> None:
    line = r"\frac{\partial E}{\partial r} = \underbrace{(o - t)}_{\epsilon} g (1 - n^2) q"
    found = verdicts(displayed(FORWARD, line, rf"\frac{{\partial E}}{{\partial k}} = {last}"))
    assert found == ["correct", "correct", verdict]


def test_a_wrong_part_stays_wrong_where_it_is_named() -> None:
    line = r"\frac{\partial E}{\partial r} = \underbrace{(o + t)}_{\epsilon} g (1 - n^2) q"
    assert verdicts(displayed(FORWARD, line))[1] == "wrong"


def test_a_name_with_a_formula_of_its_own_is_held_against_it() -> None:
    lines = (
        r"u = w x",
        r"E = \frac12 (u - t)^2",
        r"\frac{\partial E}{\partial w} = \underbrace{(u - t)}_{u} x",
    )
    assert verdicts(displayed(*lines))[2] == "wrong"


def test_a_share_below_a_brace_has_the_index_of_its_sum() -> None:
    loss = r"E = -g_d^T r + \log \sum_k \exp(g_k^T r)"
    share = r"\underbrace{\frac{\exp(g_k^T r)}{\sum_l \exp(g_l^T r)}}_{\pi_k}"
    line = rf"\frac{{\partial E}}{{\partial r}} = -g_d + \sum_k {share} g_k = \sum_k \pi_k g_k - g_d"
    assert verdicts(displayed(loss, line)) == ["correct", "correct", "correct"]
