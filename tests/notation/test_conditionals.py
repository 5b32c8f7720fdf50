"""Probabilities written with their indices as arguments: which are, and what becomes of them."""

import pytest

from gradcheck.notation.conditionals import with_index_arguments
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation
from gradcheck.reading.document import read
from gradcheck.source import Source

INDEXED = [
    (r"P(w_a \mid w_b) = \exp(u_a^T v_b) ;; L = -\log P(w_j \mid w_b)", "P_{j b}"),
    (r"P(a | b) = \exp(u_a^T v_b) ;; L = P(k | b) + 1", "P_{k b}"),
    (r"p(y = k \mid x) = \frac{e^{z_k}}{\sum_j e^{z_j}} ;; L = -p(y = c \mid x)", "p_{c}"),
    (r"p(y^{(i)} = k \mid x^{(i)}) = z_k^{(i)} ;; L = 2 p(y^{(n)} = c \mid x^{(n)})", "p_{c}^{(n)}"),
]
KEPT = [
    r"P(x \mid \mu) = e^{-(x - \mu)^2} ;; L = \log P(x \mid \mu)",
    r"p(z \mid x) = \frac{e^{-z x}}{x} ;; L = p(z \mid x)",
    r"P(a | b) = \exp(u_a^T v_b) ;; L = P(3 | b)",
    r"f(w_a, w_b) = \exp(u_a^T v_b) ;; L = f(w_a, w_b)",
]


def _equations(lines: str, change: bool) -> list[str]:
    body = read(Source("notes.md", "\n\n".join(f"$${line}$$" for line in lines.split(";;")))).body
    items = with_index_arguments(body) if change else body
    return [latex(side) for item in items if isinstance(item, Equation) for side in item.sides]


@pytest.mark.parametrize(("lines", "written"), INDEXED)
def test_the_indices_of_a_probability_become_its_subscripts(lines: str, written: str) -> None:
    last = _equations(lines, change=True)[-1]
    assert written.replace(" ", "") in last.replace(" ", "")
    assert "mid" not in last


@pytest.mark.parametrize("lines", KEPT)
def test_what_a_probability_depends_on_stays_its_argument(lines: str) -> None:
    assert _equations(lines, change=True) == _equations(lines, change=False)
