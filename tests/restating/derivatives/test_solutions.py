"""A line that tells where a gradient is zero defines nothing for the gradient above it."""

import pytest

from tests.checking.written import displayed, verdicts

LOSS = r"J(v) = \|c - A v\|^2"
SOLUTION = r"v = (A^\top A)^{-1} A^\top c"
RIDGE = r"J(v) = \|c - A v\|^2 + \lambda \|v\|^2"


@pytest.mark.parametrize(
    ("lines", "verdict"),
    [
        ((LOSS, r"\nabla_v J(v) = 2 A^\top A v - 2 A^\top c", SOLUTION), "correct"),
        ((LOSS, r"\nabla_v J(v) = 2 A^\top A v - 2 A c", SOLUTION), "wrong"),
        ((LOSS, r"\nabla_v J(v) = A^\top A v - A^\top c", SOLUTION), "wrong"),
        (
            (
                RIDGE,
                r"\nabla_v J = 2 A^\top (A v - c) + \lambda v",
                r"v = (A^\top A + \lambda I)^{-1} A^\top c",
            ),
            "wrong",
        ),
    ],
)
def test_the_gradient_is_asked_for_everywhere(lines: tuple[str, ...], verdict: str) -> None:
    assert verdicts(displayed(*lines))[1] == verdict


def test_a_layer_that_is_defined_below_is_defined() -> None:
    lines = (
        r"\ell(z) = \frac12 (z - t)^2",
        r"\frac{\partial \ell}{\partial z} = z - t",
        r"z = w x + t",
        r"\frac{\partial \ell}{\partial w} = (z - t) x",
    )
    assert verdicts(displayed(*lines))[-1] == "correct"


MULTINOMIAL = [
    r"\ell = \sum_{i=1}^m c_i \log p_i - \sum_{i=1}^m \log c_i!",
    r"\sum_{i=1}^m p_i = 1",
    r"\frac{\partial}{\partial p_i} \left( \ell + \mu (1 - \sum_{i=1}^m p_i) \right) = 0",
    r"\frac{c_i}{p_i} - \mu = 0",
    r"p_i = \frac{c_i}{\mu}",
    r"p_i = \frac{c_i}{n}",
]


def test_what_solves_the_line_above_is_no_definition() -> None:
    assert "wrong" not in verdicts(displayed(*MULTINOMIAL))


def test_a_gradient_above_a_solution_is_judged() -> None:
    loss = r"\ell = \sum_{i=1}^m c_i \log p_i"
    lines = [loss, r"\frac{\partial \ell}{\partial p_i} = \frac{c_i}{p_i}", *MULTINOMIAL[3:5]]
    assert verdicts(displayed(*lines))[1] == "correct"
    lines[1] = r"\frac{\partial \ell}{\partial p_i} = \frac{2 c_i}{p_i}"
    assert verdicts(displayed(*lines))[1] == "wrong"


@pytest.mark.parametrize(("right", "verdict"), [("-", "correct"), ("+", "wrong")])
def test_a_solution_that_is_told_before_it_is_derived(right: str, verdict: str) -> None:
    forward = (
        displayed(SOLUTION, r"J(v) = (A v - c)^\top (A v - c)") + "To minimize $J$ set $\\nabla_v J = 0$.\n\n"
    )
    expanded = r"\nabla_v J(v) = \nabla_v (v^\top A^\top A v - 2 v^\top A^\top c + c^\top c)"
    gradient = rf"\nabla_v J(v) = 2 A^\top A v {right} 2 A^\top c"
    assert verdicts(forward + displayed(expanded, gradient))[-2:] == ["correct", verdict]


def test_a_quotient_before_its_loss_defines() -> None:
    text = displayed(r"p = \frac{u}{1 + u}", r"J = (p - t)^2", r"\frac{\partial J}{\partial p} = 2 (p - t)")
    wanted = displayed(r"\frac{\partial J}{\partial u} = \frac{2 (p - t)}{(1 + u)^2}")
    assert verdicts(text + "The optimum is where the gradient is zero.\n\n" + wanted)[-1] == "correct"


@pytest.mark.parametrize(("sign", "verdict"), [("-", "correct"), ("", "wrong")])
@pytest.mark.parametrize(("k", "c"), [("k", "c"), (r"\gamma_1", r"\gamma_0")])
def test_an_offset_told_by_means_is_a_solution_whatever_the_words(k, c, sign, verdict):
    text = displayed(
        rf"\hat{{t}}_i = {c} + {k} v_i",
        r"L = \sum_{i=1}^n (t_i - \hat{t}_i)^2",
        rf"\frac{{\partial L}}{{\partial {k}}} = {sign}2 \sum_{{i=1}}^n (t_i - {c} - {k} v_i) v_i",
        rf"{c} = \bar t - {k} \bar v",
    )
    assert verdicts(text)[2] == verdict


@pytest.mark.parametrize(("sign", "verdict"), [("-", "correct"), ("+", "wrong")])
def test_what_a_logarithm_is_greatest_at_defines_nothing(sign: str, verdict: str) -> None:
    text = displayed(
        r"Q = p^{h} (1 - p)^{t}", rf"\frac{{d}}{{dp}} \log Q = \frac{{h}}{{p}} {sign} \frac{{t}}{{1 - p}}"
    )
    assert verdicts(text + "Setting this to zero gives $p = \\frac{h}{h + t}$.\n")[1] == verdict


def test_a_solution_of_a_slope_by_its_argument_defines_nothing() -> None:
    lines = [r"f(v) = a \log v + b \log(1 - v)", r"f'(v) = \frac{a}{v} - \frac{b}{1 - v}"]
    asked = r"$f'(v) = 0 \Rightarrow v = \frac{a}{a + b}$"
    found = verdicts(displayed(*lines) + asked + "\n")
    assert found == ["correct"] * 4
    wrong = lines[1].replace("- ", "+ ")
    assert verdicts(displayed(lines[0], wrong) + asked + "\n")[1] == "wrong"


@pytest.mark.parametrize(("slope", "verdict"), [("1 - g^2(x)", "correct"), ("1 + g^2(x)", "wrong")])
def test_a_function_that_is_told_anew_below_a_zero_is_a_definition(slope: str, verdict: str) -> None:
    first = displayed(r"g(x) = \max(0, x)") + "Its slope is zero left of it.\n\n"
    ramp = displayed(r"g'(x) = \begin{cases} 1 & x > 0 \\ 0 & x \le 0 \end{cases}")
    text = first + ramp + "**Tanh**\n\n" + displayed(r"g(x) = \tanh(x)", rf"g'(x) = {slope}")
    assert verdicts(text)[-1] == verdict


def test_a_function_told_anew_below_a_zero_is_no_solution() -> None:
    lines = [
        r"f(v) = a v^2 + b v",
        r"f'(v) = 2 a v + b = 0",
        r"f(v) = \tanh(v)",
        r"f'(v) = 1 - \tanh^2(v)",
    ]
    assert verdicts(displayed(*lines))[-1] == "correct"
    assert verdicts(displayed(*lines[:3], r"f'(v) = 1 + \tanh^2(v)"))[-1] == "wrong"


BUDGET = (
    r"L(p, \lambda) = \sum_i \sum_{k=1}^K c_{ik} \log p_k + \lambda (1 - \sum_{k=1}^K p_k)",
    r"\frac{\partial L}{\partial p_k} = \frac{\sum_i c_{ik}}{p_k} - \lambda",
)


@pytest.mark.parametrize("constraint", ["", r" \quad \text{s.t.} \sum_{k=1}^K p_k = 1"])
def test_what_an_arrow_draws_for_a_letter_is_no_definition(constraint: str) -> None:
    lines = (
        BUDGET[0] + constraint,
        BUDGET[1],
        r"\lambda \sum_{k=1}^K p_k = \sum_i \sum_{k=1}^K c_{ik} = n \ \Rightarrow \ \lambda = n",
    )
    found = verdicts(displayed(*lines))
    assert found[0] == "correct"
    assert "wrong" not in found
    slipped = BUDGET[1].replace("- \\lambda", "+ \\lambda")
    assert "wrong" in verdicts(displayed(lines[0], slipped, lines[2]))
