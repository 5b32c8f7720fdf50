"""Shapes that one part declares, where another defines with them and a third derives."""

from tests.checking.written import verdicts

PARTS = """
## A polynomial

$p = (u - c)^2$ and $\\frac{\\partial p}{\\partial c} = -2(u - c)$.

## A net

### Its parts

Let $V \\in \\mathbb{R}^{1 \\times h}$, $U \\in \\mathbb{R}^{h \\times d}$, $b \\in \\mathbb{R}^h$,
$c \\in \\mathbb{R}$, $x \\in \\mathbb{R}^d$.

### Its value

$g = \\sigma(U x + b)$ and $p = V g + c$.

### Its slopes

$$\\frac{\\partial p}{\\partial b_i} = V_i g_i (1 - g_i)$$

$$\\frac{\\partial p}{\\partial b} = V \\circ g \\circ (1 - g)$$
""".replace("\\\\", "\\")


def test_what_a_part_takes_up_keeps_its_declared_shape() -> None:
    assert verdicts(PARTS)[-2:] == ["correct", "charitable"]


def test_another_slope_is_still_wrong() -> None:
    assert verdicts(PARTS.replace("V_i g_i (1 - g_i)", "V_i g_i (1 + g_i)"))[-2] == "wrong"
