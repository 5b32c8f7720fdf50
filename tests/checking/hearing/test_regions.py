"""Gradients told for some values only: "if $y f < 1$", "for $z > 0$", "otherwise", "for an active pair"."""

import pytest

from tests.checking.written import verdicts

MARGIN = r"Let $E = \max(0, 1 - t\, u^\top v)$ with $u, v \in \mathbb{R}^n$ and $t \in \{-1, 1\}$." + "\n\n"
PAIRS = r"The loss is $E = \max(0, \|q-s\|^2 - \|q-r\|^2 + c)$ with $q, r, s \in \mathbb{R}^n$." + "\n\n"


@pytest.mark.parametrize(
    ("condition", "gradient", "verdict"),
    [
        (r"t\, u^\top v < 1", "-t v", "correct"),
        (r"1 - t\, u^\top v > 0", "-t v", "correct"),
        ("E > 0", "-t v", "correct"),
        (r"t\, u^\top v < 1", "-v", "wrong"),
        (r"t\, u^\top v < 1", "t v", "wrong"),
        (r"t\, u^\top v > 1", "-t v", "wrong"),
        (r"t\, u^\top v > 1", "0", "correct"),
    ],
)
def test_a_condition_before_a_display(condition: str, gradient: str, verdict: str) -> None:
    text = rf"If ${condition}$, then $$\frac{{\partial E}}{{\partial u}} = {gradient}.$$"
    assert verdicts(MARGIN + text)[-2:] == ["correct", verdict]


@pytest.mark.parametrize(("rest", "verdict"), [("0", "correct"), ("-t v", "wrong")])
def test_otherwise_is_the_opposite(rest: str, verdict: str) -> None:
    shown = rf"""
$$\frac{{\partial E}}{{\partial u}} = -t v \quad \text{{if }} t\, u^\top v < 1$$
$$\frac{{\partial E}}{{\partial u}} = {rest} \quad \text{{otherwise}}$$
"""
    running = rf"""
If $t\, u^\top v < 1$, then $$\frac{{\partial E}}{{\partial u}} = -t v,$$
otherwise $\frac{{\partial E}}{{\partial u}} = {rest}$.
"""
    assert verdicts(MARGIN + shown)[-2:] == ["correct", verdict]
    assert verdicts(MARGIN + running)[-2:] == ["correct", verdict]


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        ("1", "-1", ["correct", "correct"]),
        ("-1", "-1", ["wrong", "correct"]),
        ("1", "1", ["correct", "wrong"]),
    ],
)
def test_a_condition_behind_its_formula(above: str, below: str, expected: list[str]) -> None:
    text = rf"$p(s) = |s|$, so $p'(s) = {above}$ for $s > 0$ and $p'(s) = {below}$ for $s < 0$."
    found = verdicts(text)
    assert [found[1], found[3]] == expected


def test_without_a_condition_a_slope_of_one_side_is_wrong() -> None:
    assert verdicts(r"$p(s) = |s|$, so $p'(s) = 1$.")[-1] == "wrong"
    assert verdicts(MARGIN + r"$$\frac{\partial E}{\partial u} = -t v$$")[-1] == "wrong"


@pytest.mark.parametrize(
    ("gradient", "verdict"), [("2(r - s)", "correct"), ("2(s - r)", "wrong"), ("r - s", "wrong")]
)
@pytest.mark.parametrize(
    "words", ["For an active pair", "If the loss is positive", "When the margin is violated"]
)
def test_a_condition_in_words(words: str, gradient: str, verdict: str) -> None:
    text = rf"{words}, $$\frac{{\partial E}}{{\partial q}} = {gradient}.$$"
    assert verdicts(PAIRS + text)[-1] == verdict


@pytest.mark.parametrize(
    "words",
    [
        "If the loss is positive:\n\n",
        "For active pairs:\n\n",
        "**Gradients (when loss > 0):**\n\n",
        "Assuming that the loss is greater than zero:\n",
        "### The active case\n\n",
        "When the loss is non-zero, the gradients are:\n\n",
    ],
)
def test_a_condition_in_words_before_a_colon_or_in_a_heading(words: str) -> None:
    lines = (rf"$$\frac{{\partial E}}{{\partial q}} = {gradient}$$" for gradient in ("2(r - s)", "2(s - r)"))
    text = f"{PAIRS}\n\n{words}" + "\n\n".join(lines)
    assert verdicts(text)[-2:] == ["correct", "wrong"]


def test_a_sentence_before_says_nothing_of_a_region() -> None:
    text = "Nothing is negative here. The gradients:\n\n$$\\frac{\\partial E}{\\partial q} = 2(r - s)$$"
    assert verdicts(PAIRS + "\n\n" + text)[-1] == "wrong"


SQUARED = r"""
$$E = \max(0, c - \|u - v\|)^2$$
$$\frac{\partial E}{\partial u} = -2 \max(0, c - \|u - v\|) \frac{u - v}{\|u - v\|}$$
"""


def test_a_squared_margin_of_a_distance_has_a_value_beyond_it() -> None:
    assert verdicts(SQUARED)[-1] == "correct"
    assert verdicts(SQUARED.replace("= -2", "= 2"))[-1] == "wrong"


def test_words_about_values_do_not_excuse_a_lost_mask() -> None:
    text = r"""Let $a = \mathrm{ReLU}(K x)$ with $K \in \mathbb{R}^{m \times n}$, $E = \frac12 \|a - g\|^2$.

In the active region of the units
$$\frac{\partial E}{\partial K} = (a - g) x^\top.$$
"""
    assert verdicts(text)[-1] == "wrong"


@pytest.mark.parametrize(("slope", "verdict"), [("2 x", "correct"), ("1", "wrong")])
def test_values_told_apart_define_by_cases(slope: str, verdict: str) -> None:
    text = rf"$h(x) = x$ if $x > 0$ and $h(x) = x^2$ otherwise. Hence $h'(x) = {slope}$ if $x < 0$."
    assert verdicts(text)[3] == verdict


def test_a_slope_in_decimals_is_no_worked_example() -> None:
    text = r"$h(x) = x$ if $x > 0$ and $h(x) = 0.1 x$ otherwise. Hence $h'(x) = 0.01$ if $x < 0$."
    assert verdicts(text)[3] == "wrong"


SQUARES = r"""
$$C = \frac{1}{N} \sum_{i=1}^{N} (y_i - \max(0, w x_i + b))^2$$

"""
BY_CASES = r"""
$$\frac{\partial C}{\partial b} = \begin{cases}
0 & w x_i + b \leq 0 \\
\frac{2}{N} \sum_{i=1}^N (w x_i + b - y_i) & w x_i + b > 0
\end{cases}$$

"""


@pytest.mark.parametrize(
    ("told", "factor", "verdict"),
    [
        (BY_CASES, "2", "correct"),
        (BY_CASES, "3", "undecided"),  # the cases leave open what their i runs over, and are not read
        ("Where $w x_i + b > 0$:\n\n", "2", "correct"),
        ("Where $w x_i + b > 0$:\n\n", "3", "wrong"),
        ("", "2", "wrong"),
    ],
)
def test_a_sum_over_examples_that_are_all_on_one_side(told: str, factor: str, verdict: str) -> None:
    line = rf"$$\frac{{\partial C}}{{\partial b}} = \frac{{{factor}}}{{N}} \sum_{{i=1}}^N (w x_i + b - y_i)$$"
    assert verdicts(SQUARES + told + line)[-1] == verdict
