"""What `∇_x` without a bracket acts on, for its meaning and for the shapes that follow from it."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source
from tests.checking.written import displayed, verdicts


def verdict(line: str) -> str:
    document = read(Source("notes.md", f"$${line}$$"))
    *_, (_, judgement) = check(document, pose(document, None)).judgements()
    return str(judgement.verdict)


@pytest.mark.parametrize(
    "line",
    [
        r"\nabla_{x} x^\top A x = (A + A^\top) x",
        r"\nabla_{x} \|x\|^2 = \nabla_x x^\top x",
        r"\nabla_v \frac12 (C v - q)^\top (C v - q) = C^\top C v - C^\top q",
        r"\frac{\partial}{\partial s} \frac12 (s - t)^2 = s - t",
        r"\frac{d}{ds} 3 \cdot s^2 = 6 s",
    ],
)
def test_right(line: str) -> None:
    assert verdict(line) == "correct"


@pytest.mark.parametrize(
    "line",
    [
        r"\nabla_{x} x^\top A x = 2 A x",
        r"\nabla_v \frac12 (C v - q)^\top (C v - q) = C^\top C v + C^\top q",
        r"\frac{\partial}{\partial s} \frac12 (s - t)^2 = 2 (s - t)",
    ],
)
def test_wrong(line: str) -> None:
    assert verdict(line) == "wrong"


@pytest.mark.parametrize(
    "line",
    [
        r"\frac{d}{dx}[f(x)g(x)] = f(x)\frac{d}{dx}g(x) + \frac{d}{dx}f(x)g(x)",
        r"\frac{d}{dt}[g(t)f(t)] = \frac{d}{dt}g(t)f(t) + g(t)\frac{d}{dt}f(t)",
        r"\frac{d}{dx}[f(x)g(x)] = \frac{d}{dx}f(x)g(x)",
    ],
)
def test_it_may_act_on_one_unknown_function_or_on_all(line: str) -> None:
    assert verdict(line) == "correct"


def test_neither_reach_makes_a_lost_term_right() -> None:
    assert verdict(r"\frac{d}{dx}[f(x)g(x)] = \frac{d}{dx}f(x)g(x) - f(x)\frac{d}{dx}g(x)") == "wrong"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (r"\frac{d}{dx}[u(x) v(x)] = u'(x) v(x) + u(x) v'(x)", "correct"),
        (r"\frac{d}{dx}[u(x) v(x)] = u'(x) v(x) - u(x) v'(x)", "wrong"),
        (r"\frac{d}{dx}\frac{u(x)}{v(x)} = \frac{u'(x) v(x) - u(x) v'(x)}{v(x)^2}", "correct"),
        (r"\frac{d}{dx}\frac{u(x)}{v(x)} = \frac{u(x) v'(x) - u'(x) v(x)}{v(x)^2}", "wrong"),
    ],
)
def test_a_letter_with_a_prime_before_an_argument_is_a_function(line: str, expected: str) -> None:
    assert verdict(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (r"\frac{1}{2n} \nabla_v u^\top u = \frac{1}{n} C^\top u", "correct"),
        (r"\nabla_v L = \frac{1}{2n} \nabla_v u^\top u", "correct"),
        (r"\nabla_v L = \frac{1}{n} \nabla_v u^\top u", "wrong"),
        (r"\nabla_v L = \frac{1}{2n} \frac{\partial}{\partial v} u^\top u = \frac{1}{n} C^\top u", "correct"),
        (r"\nabla_v L = \frac{1}{2n} \frac{\partial}{\partial v} u^\top u = -\frac{1}{n} C^\top u", "wrong"),
    ],
)
def test_numbers_before_an_operator_leave_it_the_rest(line: str, expected: str) -> None:
    forward = displayed(r"L(v) = \frac{1}{2n} \|C v - q\|^2", "u = C v - q")
    assert verdicts(forward + displayed(line))[-1] == expected


@pytest.mark.parametrize(
    "sign", [r"(\frac{d}{dt})", r"\left(\frac{d}{dt}\right)", r"\left[\frac{d}{dt}\right]"]
)
@pytest.mark.parametrize(("right", "told"), [("3 t^2", "correct"), ("3 t", "wrong")])
def test_a_sign_in_brackets_of_its_own(sign, right, told):
    assert verdict(rf"{sign} t^3 = {right}") == told


@pytest.mark.parametrize(
    ("right", "told"),
    [(r"\frac{1 - t}{1 - s} - \frac{t}{s}", "correct"), (r"\frac{t}{s} - \frac{1 - t}{1 - s}", "wrong")],
)
def test_what_is_derived_may_begin_with_a_minus_sign(right, told):
    assert verdict(rf"\frac{{\partial -t \log s - (1 - t) \log(1 - s)}}{{\partial s}} = {right}") == told


@pytest.mark.parametrize("sign", [r"\nabla_w", r"\frac{\partial}{\partial w}"])
@pytest.mark.parametrize(
    ("product", "slope"),
    [
        (r"(1 - t) \log (1 - \sigma(w^\top u))", r"(t - 1) \sigma(w^\top u) u"),
        (r"(c - t) w^\top u", r"(c - t) u"),
        (r"(1 - t) (w^\top u)^2", r"2 (1 - t) (w^\top u) u"),
    ],
)
def test_a_bracket_that_nothing_derived_stands_in_ends_no_reach(sign: str, product: str, slope: str) -> None:
    said = r"Let $u, w \in \mathbb{R}^d$, $c \in \mathbb{R}$ and $t \in \mathbb{R}$."
    assert verdicts(said + displayed(f"{sign} {product} = {slope}"))[-1] == "correct"
    assert verdicts(said + displayed(f"{sign} {product} = -{slope}"))[-1] == "wrong"


def test_a_bracket_that_hangs_on_the_variable_through_a_formula_ends_it() -> None:
    said = r"Let $u, w \in \mathbb{R}^d$, $t \in \mathbb{R}$ and $a = w^\top u$."
    line = r"\frac{\partial}{\partial w} (a - t) (w^\top u) = u (w^\top u)"
    assert verdicts(said + displayed(line))[-1] == "correct"
    assert verdicts(said + displayed(line.replace("= u", "= 2 u")))[-1] == "wrong"
    quotient = r"\frac{\partial}{\partial w} (1 - t) / (1 + w^\top u) = (1 - t) u"
    assert verdicts(said + displayed(quotient))[-1] != "correct"
