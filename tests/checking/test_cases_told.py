"""Cases of two indices, told in words: before a chain goes on, with any letters, of Kronecker's delta."""

import pytest

from tests.checking.written import displayed, verdicts

SHARES = displayed(r"g_k = \frac{e^{u_k}}{\sum_l e^{u_l}}")
HEAD = r"\frac{\partial g_i}{\partial u_j}"
BEGUN = displayed(HEAD + r" = \frac{\partial}{\partial u_j} \frac{e^{u_i}}{\sum_l e^{u_l}}")


@pytest.mark.parametrize(
    ("case", "formula", "verdict"),
    [
        ("If $i = j$,", "g_i (1 - g_i)", "correct"),
        ("and when $i \\neq j$", "-g_i g_j", "correct"),
        ("If $i = j$, it is", "-g_i g_j", "wrong"),
        ("for $i \\neq j$", "g_i (1 - g_j)", "wrong"),
    ],
)
def test_a_chain_goes_on_under_a_case(case: str, formula: str, verdict: str) -> None:
    text = f"{SHARES}{BEGUN}\n{case}\n$$= {formula}.$$\n"
    assert verdicts(text)[-1] == verdict
    assert verdicts(text)[:2] == ["correct", "correct"]


def test_both_cases_may_be_told_in_turn() -> None:
    text = f"{SHARES}{BEGUN}\nIf $i = j$,\n$$= g_i (1 - g_j)$$\nAnd if $i \\neq j$,\n$$= -g_i g_j$$\n"
    assert verdicts(text) == ["correct"] * 6


@pytest.mark.parametrize(
    "told",
    [
        "where $\\delta_{ij} = 1$ if $i = j$, else $0$.",
        "Here $\\delta_{ij} = 1$ for $i = j$ and $\\delta_{ij} = 0$ for $i \\neq j$.",
        "with $\\delta_{ij}=1$ when the two indices are equal.",
    ],
)
def test_what_kronecker_means_may_be_told(told: str) -> None:
    line = "$$\\frac{\\partial g_i}{\\partial u_j} = g_i (\\delta_{ij} - %s)$$\n\n" + told + "\n"
    assert verdicts(SHARES + line % "g_j")[1] == "correct"
    assert verdicts(SHARES + line % "u_j")[1] in ("wrong", "undecided")
    assert "wrong" not in verdicts(SHARES + line % "g_j")


LOSS = displayed(
    r"E = -g_d^T r + \log \sum_k \exp(g_k^T r)", r"a_k = \frac{\exp(g_k^T r)}{\sum_l \exp(g_l^T r)}"
)


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial E}{\partial g_k} = (a_k - 1) r", "correct"),
        (r"\frac{\partial E}{\partial g_k} = a_k r", "wrong"),
    ],
)
def test_any_two_letters_may_tell_a_case(line: str, verdict: str) -> None:
    found = verdicts(f"{LOSS}If $k = d$:\n\n$${line}$$\n\nand if $k \\neq d$ the other way round.\n")
    assert found[2:] == ["correct", verdict, "correct"]


def test_an_array_that_is_one_at_a_label_codes_it() -> None:
    text = f"Since $z_d = 1$ alone, all is short.\n\n{LOSS}"
    assert (
        verdicts(text + displayed(r"\frac{\partial E}{\partial r} = \sum_k (a_k - z_k) g_k"))
        == ["correct"] * 4
    )
    assert (
        verdicts(text + displayed(r"\frac{\partial E}{\partial r} = \sum_k (a_k - g_k) z_k"))[-1] != "correct"
    )


SHARES_OF_ALL = displayed(r"g_k = \frac{e^{u_k}}{\sum_{l=1}^{K} e^{u_l}}")
SUM = r"\sum_{l=1}^{K} e^{u_l}"


@pytest.mark.parametrize(
    ("case", "formula", "verdict"),
    [
        ("1. $i = j$", rf"\frac{{e^{{u_i}} {SUM} - e^{{u_i}} e^{{u_j}}}}{{({SUM})^2}}", "correct"),
        ("2. $i \\neq j$", rf"\frac{{0 - e^{{u_i}} e^{{u_j}}}}{{({SUM})^2}}", "correct"),
        ("2. $i \\neq j$", rf"\frac{{e^{{u_i}} {SUM} - e^{{u_i}} e^{{u_j}}}}{{({SUM})^2}}", "wrong"),
    ],
)
def test_the_range_of_a_sum_tells_no_cases(case: str, formula: str, verdict: str) -> None:
    assert verdicts(f"{SHARES_OF_ALL}{case}\n\n$${HEAD} = {formula}$$\n")[-1] == verdict


@pytest.mark.parametrize(
    ("heading", "formula", "verdict"),
    [
        ("### Case 2: $i \\neq j$ (another unit)", "-g_i g_j", "correct"),
        ("### The same unit, $i = j$", "g_i (1 - g_j)", "correct"),
        ("### Case 2: $i \\neq j$ (another unit)", "g_i (1 - g_j)", "wrong"),
    ],
)
def test_a_case_in_a_heading_is_for_its_section(heading: str, formula: str, verdict: str) -> None:
    text = f"{SHARES}{heading}\n\nSome words come first.\n\nThen others follow.\n\n"
    assert verdicts(f"{text}$${HEAD} = {formula}$$\n")[-1] == verdict


def test_a_case_in_a_heading_ends_with_its_section() -> None:
    text = (
        f"{SHARES}## When $i = j$\n\nIt is short.\n\n## Another matter\n\nNow\n\n$${HEAD} = g_i (1 - g_j)$$\n"
    )
    assert verdicts(text)[-1] == "wrong"


@pytest.mark.parametrize(("line", "right"), [("(a_k - z_k) g_k", True), ("(a_k - 2 z_k) g_k", False)])
def test_an_array_of_ones_and_zeros_codes_the_only_label(line: str, right: bool) -> None:
    text = "When $c$ is drawn, $z_c = 1$, and else $z_c = 0$.\n\n" + LOSS
    found = verdicts(text + displayed(rf"\frac{{\partial E}}{{\partial r}} = \sum_k {line}"))
    assert (found[-1] == "correct") == right


def test_two_cases_in_turn_are_each_for_what_follows() -> None:
    same = r"\frac{\partial E}{\partial g_k} = (a_k - 1) r"
    other = r"\frac{\partial E}{\partial g_k} = a_k r"
    text = f"{LOSS}## Both\n\nwhen $k = d$\n$${same}$$\nwhen $k \\neq d$\n$${other}$$\n"
    assert verdicts(text) == ["correct"] * 6


@pytest.mark.parametrize(
    ("case", "right"),
    [
        (r"k = i, l \neq j", r"-\frac{2 x_{il} x_{ij}}{r_i^2}"),
        (r"k = i, l = j", r"\frac{1}{r_i} - \frac{2 x_{ij}^2}{r_i^2}"),
    ],
)
def test_two_conditions_that_stand_alone_hold_for_what_follows(case: str, right: str) -> None:
    forward = displayed(r"r_i = \sum_{j=1}^{N} x_{ij}^2", r"q_{ij} = \frac{x_{ij}}{r_i}")
    head = r"\frac{\partial q_{kl}}{\partial x_{ij}}"
    text = f"{forward}\nCase 2: ${case}$\n\n"
    assert verdicts(text + displayed(f"{head} = {right}"))[-1] == "correct"
    assert verdicts(text + displayed(f"{head} = {right.replace('2', '3', 1)}"))[-1] == "wrong"
