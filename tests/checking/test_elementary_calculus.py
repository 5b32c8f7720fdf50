"""Calculus of one variable: how far bare functions reach, inverse functions, primes without an argument."""

import pytest

from tests.checking.written import displayed, verdicts

LIKELIHOOD = r"\ell = -\frac{1}{2} \log 2\pi v - \frac{r^2}{2 v}"
REACH = [
    (r"f(x) = \frac{\sin x}{1 + x^2}", r"f'(x) = \frac{\cos x (1 + x^2) - 2 x \sin x}{(1 + x^2)^2}"),
    (r"s(t) = B \cos\nu t", r"\frac{ds}{dt} = -B \nu \sin\nu t"),
    (r"s(t) = B \cos\nu (t - c)", r"\frac{ds}{dt} = -B \nu \sin\nu (t - c)"),
    (r"u(r) = \sin 2 (r + c)", r"u'(r) = 2 \cos 2 (r + c)"),
    (
        r"\ell = -\frac{1}{2} \log 2\pi v - \frac{r^2}{2 v}",
        r"\frac{d\ell}{dv} = \frac{r^2}{2v^2} - \frac{1}{2v}",
    ),
    (r"f(x) = x \ln x (x + 1)", r"f'(x) = (2 x + 1) \ln x + x + 1"),
    (r"u(r) = \ln r (r^2 + 1)", r"u'(r) = \frac{r^2 + 1}{r} + 2 r \ln r"),
    (r"g(t) = \operatorname{sech} t", r"g'(t) = -\operatorname{sech} t \tanh t"),
]
INVERSE = [
    (r"q = \sin^{-1} r", r"\frac{dq}{dr} = \frac{1}{\sqrt{1 - r^2}}"),
    (r"q = \tan^{-1} (3 r)", r"\frac{dq}{dr} = \frac{3}{1 + 9 r^2}"),
    (r"z = \sigma^{-1}(a)", r"\frac{dz}{da} = \frac{1}{a (1 - a)}"),
]
PRIMES = [
    (r"q = 3 r^2 - r", r"q' = 6 r - 1"),
    (r"q = c x^3 + d", r"q'' = 6 c x"),
    ("", r"(r^2 \sin r)' = 2 r \sin r + r^2 \cos r"),
    ("", r"(p q)' = p' q + p q'"),
    ("", r"\left(\frac{p}{q}\right)' = \frac{p' q - p q'}{q^2}"),
    ("", r"[g(h(r))]' = g'(h(r)) h'(r)"),
    ("", r"(g \circ h)' = (g' \circ h) \cdot h'"),
]
WRONG = [
    (r"f(x) = \frac{\sin x}{1 + x^2}", r"f'(x) = \frac{\cos x (1 + x^2) + 2 x \sin x}{(1 + x^2)^2}"),
    (r"s(t) = B \cos\nu t", r"\frac{ds}{dt} = B \nu \sin\nu t"),
    (
        r"\ell = -\frac{1}{2} \log 2\pi v - \frac{r^2}{2 v}",
        r"\frac{d\ell}{dv} = \frac{r^2}{2v^2} - \frac{1}{v}",
    ),
    (r"q = \sin^{-1} r", r"\frac{dq}{dr} = -\frac{\cos r}{\sin^2 r}"),
    (r"q = 3 r^2 - r", r"q' = 6 r"),
    ("", r"(p q)' = p' q - p q'"),
    ("", r"(g \circ h)' = g' \cdot h'"),
    ("", r"\left(\frac{p}{q}\right)' = \frac{p q' - p' q}{q^2}"),
    (r"h_2(t) = \ln(\cosh t)", r"\frac{dh_2}{dt} = \frac{1}{\cosh t}"),
]


def text_of(definition: str, claim: str) -> str:
    return displayed(*filter(None, (definition, claim)))


@pytest.mark.parametrize(("definition", "claim"), REACH + INVERSE + PRIMES)
def test_right_derivatives_are_right(definition: str, claim: str) -> None:
    assert verdicts(text_of(definition, claim))[-1] == "correct"


@pytest.mark.parametrize(("definition", "claim"), WRONG)
def test_wrong_derivatives_are_wrong(definition: str, claim: str) -> None:
    assert verdicts(text_of(definition, claim))[-1] == "wrong"


@pytest.mark.parametrize(
    "claim",
    [r"(p q r)' = p' q r + p q' r + p q", r"(c p)' = c p'", r"z = f^{-1}(u)", r"\frac{dz}{du} = f^{-1}(u)"],
)
def test_what_cannot_be_told_is_no_error(claim: str) -> None:
    assert verdicts(text_of("", claim))[-1] != "wrong"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ("g''(t) = (t - 2) e^{-t}", "correct"),
        ("g''(t) = (t + 2) e^{-t}", "wrong"),
        ("g''(t) = (1 - t) e^{-t}", "wrong"),
        (r"\frac{d^2 g}{dt^2} = (t - 2) e^{-t}", "correct"),
    ],
)
@pytest.mark.parametrize("before", ["", "$$g'(t) = (1 - t) e^{-t}$$\n"])
def test_second_derivatives_of_an_own_function(before: str, line: str, verdict: str) -> None:
    assert verdicts(f"$$g(t) = t e^{{-t}}$$\n{before}\n$${line}$$\n")[-1] == verdict


def test_a_matrix_between_bars_is_a_determinant_of_numbers() -> None:
    text = displayed(
        r"x = r \cos\theta, \quad y = r \sin\theta",
        r"J = \begin{vmatrix} \frac{\partial x}{\partial r} & \frac{\partial x}{\partial \theta} \\"
        r" \frac{\partial y}{\partial r} & \frac{\partial y}{\partial \theta} \end{vmatrix}"
        r" = \begin{vmatrix} \cos\theta & -r \sin\theta \\ \sin\theta & r \cos\theta \end{vmatrix} = r",
        r"\begin{vmatrix} \cos\theta & r \sin\theta \\ \sin\theta & r \cos\theta \end{vmatrix} = r",
        r"\begin{vmatrix} a & b \\ c & d \end{vmatrix} = ad - bc",
    )
    assert verdicts(text)[-5:] == ["correct"] * 3 + ["wrong", "correct"]
