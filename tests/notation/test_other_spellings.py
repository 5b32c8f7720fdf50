"""Sizes of type, accents over indices, arrows of keyboards, and displays with blank lines."""

import pytest

from tests.checking.written import displayed, verdicts


@pytest.mark.parametrize(
    "size", ["tiny", "scriptsize", "footnotesize", "large", "Large", "LARGE", "huge", "Huge"]
)
def test_a_size_of_type_says_nothing(size: str) -> None:
    lines = (rf"\{size} E = \frac12 (w x - t)^2", rf"\{size} \frac{{dE}}{{dw}} = (w x - t) x")
    assert verdicts(displayed(*lines)) == ["correct", "correct"]


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial E}{\partial \hat{t_k}} = \hat{t}_k - t_k", "correct"),
        (r"\frac{\partial E}{\partial \hat{t}_k} = \hat{t_k} - t_k", "correct"),
        (r"\frac{\partial E}{\partial \hat{t_k}} = t_k - \hat{t_k}", "wrong"),
    ],
)
def test_an_index_below_an_accent_is_that_of_the_whole(line: str, verdict: str) -> None:
    assert verdicts(displayed(r"E = \frac12 \sum_k (\hat{t_k} - t_k)^2", line)) == ["correct", verdict]


def test_the_accent_of_a_power_is_over_the_power() -> None:
    lines = (r"\bar{q} = 3 w", r"\bar{q^2} = 5 w", r"\frac{d \bar{q^2}}{dw} = 18 w")
    assert verdicts(displayed(*lines))[2] != "correct"


@pytest.mark.parametrize("arrow", ["=>", "==>", r"\Rightarrow"])
def test_an_arrow_of_two_signs_joins_two_equations(arrow: str) -> None:
    found = verdicts(
        displayed(rf"E = \frac12 u^2 {arrow} \frac{{dE}}{{du}} = u", rf"u = 2 w {arrow} u = 3 w")
    )
    assert found[:2] == ["correct", "correct"]
    assert len(found) == 4


OPEN = r"""$$\begin{aligned}
E &= \frac12 (w x - t)^2 \\

\frac{dE}{dw} &= (w x - t) %s
\end{aligned}$$

Then $w$ is changed.

$$E = \frac12 (w x - t)^2$$
"""


@pytest.mark.parametrize(("factor", "verdict"), [("x", "correct"), ("w", "wrong")])
def test_an_open_environment_goes_on_behind_a_blank_line(factor: str, verdict: str) -> None:
    assert verdicts(OPEN % factor) == ["correct", verdict, "correct"]


def test_a_display_that_is_never_closed_spoils_its_paragraph_only() -> None:
    text = "$$E = \\frac12 u^2\n\nand more.\n\n$$\nF = 3 u\n$$\n\n$$\\frac{dF}{du} = 3$$\n"
    assert verdicts(text)[-1] == "correct"


@pytest.mark.parametrize("style", ["mathcal", "mathsf", "mathbf", "mathit", "mathtt", "mathrm", "text"])
def test_a_word_is_one_in_every_alphabet(style: str) -> None:
    lines = (
        rf"p = \{style}{{softmax}}(u)",
        r"E = -\sum_k t_k \log p_k",
        r"\frac{\partial p_i}{\partial u_i} = %s",
    )
    assert verdicts(displayed(*lines) % "p_i (1 - p_i)") == ["correct"] * 3
    assert verdicts(displayed(*lines) % "p_i (1 + p_i)")[2] == "wrong"


@pytest.mark.parametrize("row", [r"\\", r"\\\\", r"\\\\\\"])
def test_markdown_may_double_the_backslashes_that_end_a_row(row: str) -> None:
    slope = r"\frac{dE}{du} = \begin{cases} %s & u > 0 " + row + "\n0 & u < 0 \\end{cases}"
    for above, verdict in (("1", "correct"), ("u", "wrong")):
        assert verdicts(displayed(r"E = \max(0, u)", slope % above))[1] == verdict


ENTRIES = (r"a = V_2 h + c_2", r"E = \frac12 \sum_i (a_i - t_i)^2", r"a_i = \sum_j V_{2_{ij}} h_j + c_{2_i}")


@pytest.mark.parametrize(("factor", "right"), [("h_j", True), ("h_i", False), ("a_j", False)])
def test_entries_may_stand_below_a_number(factor: str, right: bool) -> None:
    line = r"\frac{\partial E}{\partial V_{2_{ij}}} = (a_i - t_i) " + factor
    assert (verdicts(displayed(*ENTRIES, line))[-1] == "correct") == right


@pytest.mark.parametrize(("factor", "verdict"), [("2", "correct"), ("3", "wrong")])
def test_capitals_with_limits_are_sums_and_products(factor: str, verdict: str) -> None:
    slope = r"\frac{\partial E}{\partial v} = %s \Sigma_{k=1}^n (v u_k - t_k) u_k"
    assert verdicts(displayed(r"E = \Sigma^n_{k=1} (v u_k - t_k)^2", slope % factor))[-1] == verdict
    slope = r"\frac{d \log P}{d v} = \Sigma_{k=1}^n %s v u_k"
    assert verdicts(displayed(r"P = \Pi_{k=1}^n e^{v^2 u_k}", slope % factor))[-1] == verdict


def test_a_covariance_of_a_class_is_no_sum() -> None:
    slope = r"\frac{\partial E}{\partial u} = (\Sigma_{k} + \Sigma_{k}^T) u"
    assert "wrong" not in verdicts(displayed(r"E = u^T \Sigma_{k} u", slope))


def test_a_left_bar_that_nothing_closes_divides() -> None:
    lines = (
        r"p(y = 1 \lvert x) = \sigma(w^T x)",
        r"\nabla_w \log p(y = 1 \lvert x) = (1 - \sigma(w^T x)) x",
        r"\nabla_w \log p(y = 1 \lvert x) = \sigma(w^T x) x",
    )
    assert verdicts(displayed(*lines)) == ["correct", "correct", "wrong"]
    assert verdicts(displayed(r"L = \lvert u \rvert^2", r"\frac{dL}{du} = 2 u")) == ["correct", "correct"]


@pytest.mark.parametrize(("sign", "accent"), [(r"\sim", "tilde"), (r"\wedge", "hat"), ("-", "bar")])
def test_a_sign_set_above_a_letter_is_an_accent(sign: str, accent: str) -> None:
    for command in ("overset", "stackrel"):
        lines = rf"\{accent} u = v^2", r"E = w \SET{SIGN}{u}".replace("SET", command).replace("SIGN", sign)
        slope = r"\frac{\partial E}{\partial v} = %s w v"
        assert verdicts(displayed(*lines, slope % "2"))[-1] == "correct"
        assert verdicts(displayed(*lines, slope % "3"))[-1] == "wrong"


@pytest.mark.parametrize("space", [r"\quad", r"\:\:\:\:", r"\;\;\;", r"\>\>\>"])
def test_wide_spaces_part_formulas(space: str) -> None:
    lines = (rf"a = w x {space} E = \frac12 a^2", r"\frac{dE}{dw} = a x")
    assert verdicts(displayed(*lines)) == ["correct"] * 3
    lines = (rf"a = w x {space} E = \frac12 a^2", r"\frac{dE}{dw} = a w")
    assert verdicts(displayed(*lines))[-1] == "wrong"


@pytest.mark.parametrize("rate", [r"∂(E1)/∂a\_o1", r"(\frac{∂(E1)}{∂a_o1})", r"\frac{∂E_1}{∂(a_o1)}"])
@pytest.mark.parametrize(("value", "verdict"), [("a_o1 - t1", "correct"), ("t1 - a_o1", "wrong")])
def test_brackets_around_a_name_or_a_derivative_say_nothing(rate: str, value: str, verdict: str) -> None:
    told = r"E_1 = \frac12 (t1 - a_o1)^2"
    assert verdicts(displayed(told, f"{rate} = {value}")) == ["correct", verdict]


@pytest.mark.parametrize(("factor", "verdict"), [("a_h1", "correct"), ("a_h2", "undecided")])
def test_a_rate_in_brackets_tells_what_is_derived(factor: str, verdict: str) -> None:
    lines = (
        r"∂(o1)/∂w5 = ∂(w5 * a_h1 + w6 * a_h2)/∂w5",
        r"(\frac{∂E1}{∂o1}) = \frac{∂(\frac12 (o1 - t1)^2)}{∂o1}",
        rf"\frac{{∂E1}}{{∂w5}} = (o1 - t1) * {factor}",
    )
    assert verdicts(displayed(*lines))[-1] == verdict
