"""The argument in a function's own lines is a number, whatever its letter is elsewhere."""

import pytest

from tests.checking.written import verdicts

LAYER = r"""
A layer is $h = r(u)$ with $u = K x + c$ and $K \in \mathbb{R}^{m \times n}$.
"""


@pytest.mark.parametrize(
    ("value", "slope", "wrong"),
    [
        (r"x\,\sigma(x)", r"\sigma(x) + x\,\sigma(x)(1 - \sigma(x))", r"\sigma(x) + x\,\sigma(x)"),
        (r"x\,\Phi(x)", r"\Phi(x) + \frac{x}{\sqrt{2\pi}} e^{-x^2/2}", r"\Phi(x)"),
        (r"x^3 + 2x", r"3x^2 + 2", r"3x^2"),
        (r"x e^{-x}", r"(1 - x) e^{-x}", r"(1 + x) e^{-x}"),
        (r"x \tanh x", r"\tanh x + x (1 - \tanh^2 x)", r"\tanh x + x (1 + \tanh^2 x)"),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_a_function_beside_arrays(value: str, slope: str, wrong: str, first: bool) -> None:
    def judged(line: str) -> list[str]:
        own = f"\n$$r(x) = {value}$$\n\n$$r'(x) = {line}$$\n"
        return verdicts("Let $\\Phi$ be the normal cdf.\n" + (own + LAYER if first else LAYER + own))

    place = 1 if first else 4
    right = judged(slope)
    assert right == ["correct"] * 5
    assert judged(wrong)[place] == "wrong"


def test_a_parameter_is_no_placeholder() -> None:
    text = r"""$q(x) = w^\top x$ with $w, x \in \mathbb{R}^n$ and $E = (q(x) - t)^2$.

$$\frac{\partial E}{\partial w} = 2 (q(x) - t) x$$
"""
    assert verdicts(text)[-1] == "correct"


def test_a_function_without_its_argument_stays_as_it_is() -> None:
    text = r"""$a(u) = \tanh(u)$, $u = K x$ with $K \in \mathbb{R}^{m \times n}$, $E = \frac12 \|a - g\|^2$.

$$\frac{\partial E}{\partial u} = (a - g) \odot (1 - a \odot a)$$
"""
    assert verdicts(text)[-1] == "correct"
