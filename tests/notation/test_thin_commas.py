"""Commas of which a converter has eaten the backslash, and boxes that hold several equations."""

import pytest

from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation
from gradcheck.reading.document import read
from gradcheck.source import Source
from tests.checking.written import verdicts

GIVEN = r"Let $a, y \in \mathbb{R}^N$, $S \in \mathbb{R}^{N \times N}$." + "\n\n"


def rights(line: str) -> list[str]:
    body = read(Source("notes.md", f"$${line}$$\n")).body
    return [latex(e.links[-1].right).replace(" ", "") for e in body if isinstance(e, Equation)]


@pytest.mark.parametrize(
    ("thin", "wide"),
    [
        (r"u = 1 - \frac12,a^T S a", r"u = 1 - \frac12 a^T S a"),
        (r"u = \frac{1}{2},(a - y)^T (a - y)", r"u = \frac{1}{2} (a - y)^T (a - y)"),
        (r"u = q + 3 v,\frac{y}{z} - r", r"u = q + 3 v \frac{y}{z} - r"),
        (r"\boxed{u = y - \frac12,a^T S a,\quad c = 2}", r"\boxed{u = y - \frac12 a^T S a, \quad c = 2}"),
    ],
)
def test_such_a_comma_is_a_thin_space(thin: str, wide: str) -> None:
    assert rights(thin) == rights(wide)


@pytest.mark.parametrize(
    "line", [r"u = 2 a, b c", r"u = a,b c", r"i = 2 m,\dots,n", r"u = 2 a,v = 3 b", r"u = \sum_i v_i,b c"]
)
def test_other_commas_part(line: str) -> None:
    assert "," in line
    assert all("bc" not in right.replace("b c", "bc") for right in rights(line))


def test_what_such_a_comma_joins_is_judged() -> None:
    lines = GIVEN + "$$ L(a) = y^T a - \\tfrac12,a^T S a $$\n\n$$ \\nabla_a L = y - \\frac12,(S + S^T) a $$\n"
    assert verdicts(lines)[-2:] == ["correct", "correct"]
    assert verdicts(lines.replace("y - \\frac12,(S", "y + \\frac12,(S"))[-1] == "wrong"


def test_every_equation_in_a_box_is_judged() -> None:
    lines = (
        GIVEN
        + r"""
$$ L = \frac12 (a - y)^T (a - y) $$

$$ \boxed{ \nabla_a L = a - y, \qquad \nabla_y L = y - a. } $$
"""
    )
    assert verdicts(lines)[-3:] == ["correct"] * 3
    assert verdicts(lines.replace("y - a", "a + y"))[-1] == "wrong"
    assert verdicts(lines.replace("= a - y,", "= a + y,"))[-2:] == ["wrong", "correct"]


def test_a_list_of_fractions_in_brackets_keeps_its_commas() -> None:
    lines = "$$f(x, y) = \\frac{x}{y}$$\n\n$$\\nabla f(x,y) = \\left(\\frac{1}{y},\\frac{-x}{y^2}\\right)$$\n"
    assert verdicts(lines)[-1] == "correct"
    assert verdicts(lines.replace("{-x}", "{x}"))[-1] == "wrong"
    assert rights(r"u = (\frac12,\frac{x}{y}, 3 z)") == [r"(\frac{1}{2},\frac{x}{y},3z)"]
