"""Equations between differentials hold for all directions; names of gradients are no differentials."""

import pytest

from tests.checking.written import displayed, verdicts

RESIDUALS = displayed(r"r = A \theta - c", r"f = r^T r")


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"d(PQ) = dP\, Q + P\, dQ", "correct"),
        (r"\mathrm{d}(PQ) = \mathrm{d}P\, Q + P\, \mathrm{d}Q", "correct"),
        (r"\partial(PQ) = (\partial P) Q + P (\partial Q)", "correct"),
        (r"d(PQ^T) = dP\, Q^T + P\, dQ", "wrong"),
        (r"d(P^{-1}) = -P^{-1} (dP) P^{-1}", "correct"),
        (r"d(P^{-1}) = P^{-1} (dP) P^{-1}", "wrong"),
        (r"d \ln\det P = \operatorname{tr}(P^{-1}\, dP)", "correct"),
        (r"d \ln\det P = \operatorname{tr}(P^{-T}\, dP)", "wrong"),
        (r"d(\det P) = \det(P) \operatorname{tr}(P^{-1} dP)", "correct"),
        (r"d(v \odot u) = dv \odot u + v \odot du", "correct"),
        (r"d(v^T M v) = dv^T M v + v^T M dv", "correct"),
        (r"d(v^T M v) = v^T (M + M^T) dv", "correct"),
        (r"d(v^T M v) = 2 v^T M dv", "wrong"),
        (r"\partial P^T = (\partial P)^T", "correct"),
    ],
)
def test_rules(line: str, verdict: str) -> None:
    assert verdicts(displayed(line)) == [verdict]


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"df = 2 r^T dr", "correct"),
        (r"df = 2 \langle r, dr \rangle", "correct"),
        (r"df = r^T dr", "wrong"),
        (r"df = 2 r^T d(A \theta)", "correct"),
        (r"dr = A\, d\theta", "correct"),
        (r"dr = dA\, \theta + A\, d\theta - dc", "correct"),
        (r"dr = dA\, \theta + A\, d\theta + dc", "wrong"),
        (r"df = 2 r^T A\, d\theta = \langle 2 A^T r, d\theta \rangle", "correct"),
        (r"df = \operatorname{tr}(2 \theta r^T\, dA)", "correct"),
        (r"df = \operatorname{tr}(2 r \theta^T\, dA)", "wrong"),
        (r"df = \frac{\partial f}{\partial r}^T dr", "correct"),
    ],
)
def test_what_stands_below_no_d_is_held(line: str, verdict: str) -> None:
    assert verdicts(RESIDUALS + displayed(line))[-1] == verdict


def test_a_differential_runs_through_what_depends_on_another() -> None:
    forward = displayed(r"y = \sin(u)", r"u = x^2")
    lines = displayed(r"dy = \cos(u)\, du", r"du = 2 x\, dx", r"dy = x \cos(u)\, dx + \frac12 \cos(u)\, du")
    assert verdicts(forward + lines)[-3:] == ["correct"] * 3
    assert verdicts(forward + displayed(r"dy = \cos(u)\, dx"))[-1] == "wrong"


def test_gradients_that_are_called_so_are_none() -> None:
    forward = displayed(r"z = W x + b", r"a = \tanh(z)", r"L = \frac12 \|a - t\|^2")
    right = displayed(r"da = a - t", r"dz = da \odot (1 - a \odot a)", r"dW = dz\, x^T", r"dx = W^T dz")
    assert verdicts(forward + right)[-4:] == ["correct"] * 4
    assert verdicts(forward + displayed(r"da = a - t", r"dz = da \odot (1 - z \odot z)"))[-1] == "wrong"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"dZ = d(V H) = V\, dH", "correct"),
        (r"dZ = d(V H) = dV\, H", "correct"),
        (r"dZ = d(V H) = 2 V\, dH", "wrong"),
        (r"dE = \operatorname{tr}\left(\left(\frac{\partial E}{\partial Z}\right)^T dZ\right)", "correct"),
        (
            r"dE = \operatorname{tr}\left(\left(\frac{\partial E}{\partial Z}\right)^T V\, dH\right)",
            "correct",
        ),
        (r"dE = 2 \operatorname{tr}\left(\left(\frac{\partial E}{\partial Z}\right)^T dZ\right)", "wrong"),
        (
            r"dE = \operatorname{tr}\left(\left(\frac{\partial E}{\partial Z}\right)^T H\, dV\right)",
            "charitable",
        ),
        (r"dE = -\operatorname{tr}\left(\left(\frac{\partial E}{\partial Z}\right)^T V\, dH\right)", "wrong"),
    ],
)
def test_a_loss_that_nothing_defines_changes_with_what_it_is_differentiated_by(
    line: str, verdict: str
) -> None:
    shapes = r"Let $V \in \mathbb{R}^{m \times p}$ and $H \in \mathbb{R}^{p \times k}$." + "\n\n"
    assert verdicts(shapes + displayed("Z = V H") + displayed(line))[-1] == verdict


SOLVED = "Let $x = A^{-1} b$ with $A \\in \\mathbb{R}^{n \\times n}$. Then $A x = b$, and so\n\n"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"dA\, x + A\, dx = db", "correct"),
        (r"dA\, x - A\, dx = db", "wrong"),
        (r"d(A^{-1}) A + A^{-1} dA = 0", "correct"),
    ],
)
def test_a_condition_is_differentiated_term_by_term(line: str, verdict: str) -> None:
    assert verdicts(f"{SOLVED}$${line}$$\n")[-1] == verdict


@pytest.mark.parametrize(("sign", "verdict"), [("-", "correct"), ("+", "wrong")])
def test_the_differential_of_a_loss_without_a_formula(sign: str, verdict: str) -> None:
    told = [
        r"v = \frac{1}{\sqrt{u^T u}}",
        r"h = v u",
        r"y = h \odot w",
        r"k = \frac{\partial L}{\partial y} \odot w",
        r"\nabla_u v = -v^3 u",
        r"dL = k^T dh = v k^T du + (k^T u) dv",
        rf"dL = \left[ v k^T {sign} v^3 (k^T u) u^T \right] du",
    ]
    text = r"Let $u \in \mathbb{R}^n$ and $w \in \mathbb{R}^n$." + "\n\n" + displayed(*told)
    assert verdicts(text)[-3:] == ["correct", "correct", verdict]
