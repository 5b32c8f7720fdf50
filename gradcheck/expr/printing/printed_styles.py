"""How the structural kinds of expressions are written, in LaTeX and in plain text."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from gradcheck.expr.printing.printed_scripts import split_subscript, superscript_start
from gradcheck.ops.operation import Notation
from gradcheck.records import dataclass
from gradcheck.shapes import Dim

Name = Callable[[str], str]

_FRACTIONS = 100  # what a denominator stays below that people write
_MOST_DIGITS = 12


def decimal(value: Fraction) -> str | None:
    """`0.044715`: a number whose digits end, where nobody would write a fraction of integers."""
    places = next((k for k in range(2, _MOST_DIGITS) if (value * 10**k).denominator == 1), None)
    if value.denominator < _FRACTIONS or value.denominator % 5 or places is None:
        return None
    return f"{Decimal((value * 10**places).numerator).scaleb(-places):f}"


@dataclass(frozen=True, slots=True)
class Latex:
    """How the structural kinds are written in LaTeX."""

    name: Name
    call = r"\left("
    entrywise = r"\odot "

    def template(self, notation: Notation) -> str:
        return notation.latex

    def bracket(self, text: str) -> str:
        return rf"\left({text}\right)"

    def fraction(self, value: Fraction) -> str:
        return rf"\frac{{{value.numerator}}}{{{value.denominator}}}"

    def constant(self, value: str) -> str:
        return {"pi": r"\pi"}.get(value, value)

    def axis(self, axis: int | None) -> str:
        return "" if axis is None else rf", \text{{axis}}={axis}"

    def between(self, digits: bool) -> str:
        return r" \cdot " if digits else " "

    def comparison(self, op: str) -> str:
        return {"greater": " > ", "greater_equal": r" \ge "}[op]

    def index(self, base: str, subscript: str, bare: bool) -> str:
        held = base if bare else rf"\left[{base}\right]"
        return rf"{held}_{{{subscript}}}"

    def scripted(self, notation: Notation, operands: list[str]) -> str:
        """A superscript, joined to the one its base has, behind a subscript where it has none."""
        script = notation.latex.format(*operands)
        head, tail = split_subscript(operands[0])
        start = superscript_start(head) if head.endswith("}") else None
        if start is None:
            return f"{head}{tail}^{{{script}}}"
        return f"{head[:start]}^{{{head[start + 2 : -1]}{script}}}{tail}"

    def total(self, index: str, dim: Dim, body: str) -> str:
        return rf"\sum_{{{index}=1}}^{{{dim}}} {body}"

    def stacked(self, body: str, index: str, dim: Dim) -> str:
        return rf"\left[{body}\right]_{{{index}=1}}^{{{dim}}}"

    def written_out(self, rows: list[list[str]]) -> str:
        cells = r" \\ ".join(" & ".join(row) for row in rows)
        return rf"\begin{{pmatrix}} {cells} \end{{pmatrix}}"

    def derivative(self, target: str, variable: str, short: bool) -> str:
        if short:
            return rf"\frac{{\partial {target}}}{{\partial {variable}}}"
        return rf"\frac{{\partial}}{{\partial {variable}}} \left[{target}\right]"


@dataclass(frozen=True, slots=True)
class Plain:
    """How the structural kinds are written in plain text."""

    name: Name
    call = "("
    entrywise = "⊙"

    def template(self, notation: Notation) -> str:
        return notation.plain

    def bracket(self, text: str) -> str:
        return f"({text})"

    def fraction(self, value: Fraction) -> str:
        return f"{value.numerator}/{value.denominator}"

    def constant(self, value: str) -> str:
        return {"pi": "π"}.get(value, value)

    def axis(self, axis: int | None) -> str:
        return "" if axis is None else f", axis={axis}"

    def between(self, digits: bool) -> str:
        return "·" if digits else " "

    def comparison(self, op: str) -> str:
        return {"greater": " > ", "greater_equal": " ≥ "}[op]

    def index(self, base: str, subscript: str, bare: bool) -> str:
        return f"{base if bare else self.bracket(base)}[{subscript}]"

    def scripted(self, notation: Notation, operands: list[str]) -> str:
        return notation.plain.format(*operands)

    def total(self, index: str, dim: Dim, body: str) -> str:
        return f"Σ_{index} {body}"

    def stacked(self, body: str, index: str, dim: Dim) -> str:
        return f"[{body}]_{index}"

    def written_out(self, rows: list[list[str]]) -> str:
        return "[" + "; ".join(", ".join(row) for row in rows) + "]"

    def derivative(self, target: str, variable: str, short: bool) -> str:
        return f"∂{target if short else self.bracket(target)}/∂{variable}"
