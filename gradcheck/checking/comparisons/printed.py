"""Printed numbers: what the digits of `0.281` claim, and how far a value may be off from them.

A number is right where the value rounds to it; where it is right only to within the rounding of the numbers
that it is made from, that is charitable. Far off is many times that rounding, since authors round on the way.
"""

from __future__ import annotations

from math import log10
from typing import Final

from gradcheck.calculus.program import Program
from gradcheck.checking.comparisons.claims import Claim
from gradcheck.checking.comparisons.judgement import Judgement
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.scope import Scope
from gradcheck.expr.written.closed import is_closed
from gradcheck.expr.written.functions import BUILTIN
from gradcheck.notation.tree import Node, Number, Symbol
from gradcheck.notation.walk import of_kind
from gradcheck.records import dataclass
from gradcheck.verdict import Certainty, Verdict

_FAR: Final = 20  # times the rounding from which a number is another one
_SHARE: Final = 0.02
_FEW: Final = 2  # numbers that a formula for all values may hold, too
_WHOLE: Final = 0.5  # half a last digit of a number without decimals
ROUNDED: Final = "right to within the rounding of the numbers it is made from"
AT_GIVEN: Final = "this holds at the numbers that were given"
UNTOLD: Final = "at which values this is such a number is not told: write them down"
UNSETTLED: Final = "the numbers that were given do not settle this one"


@dataclass(frozen=True, slots=True)
class Printed:
    """The value of written numbers: as written, how far it may be off by their rounding, half a last digit.

    half   half a unit of the last place where it is one number, else 0
    """

    value: float
    spread: float
    half: float

    def agrees(self, value: float) -> Verdict | None:
        """CORRECT where a value rounds to it, CHARITABLE within the rounding, WRONG far off, None between.

        A whole number is no rounding of another one, unless it is one of tens.
        """
        off = abs(self.value - value)
        whole = self.half == _WHOLE and not self.spread and abs(value - round(value)) <= 1e-12 * abs(value)
        rounding = max(self.spread, 0.0 if whole and self.value % 10 else 2 * self.half, 1e-12 * abs(value))
        if off <= max(self.half * (1 + 1e-9), 1e-12 * abs(value)):
            return Verdict.CORRECT
        if off <= rounding * (1 + 1e-9):
            return Verdict.CHARITABLE
        return Verdict.WRONG if off > max(_FAR * rounding, _SHARE * abs(value)) else None

    def miscounted(
        self, claim: Claim, said: str, value: float, certainty: Certainty, step: Verdict | None
    ) -> Judgement:
        """The accusation of a claim that ends in these numbers; its help is the value, rounded alike."""
        places = -round(log10(2 * self.half)) if self.half else None
        right = f"{value:.6g}" if places is None else f"{value:.{places}f}"
        message = f"{said} {value:.6g}, not {self.value:.6g}"
        return Judgement(
            claim, Verdict.WRONG, certainty, message=message, step=step, code="GC610", help=f"write {right}"
        )


def unit_of(text: str) -> float:
    """A unit of the last place of a written decimal."""
    mantissa, _, exponent = text.lower().partition("e")
    return 10.0 ** (int(exponent or 0) - len(mantissa.partition(".")[2]))


def decimals(node: Node) -> tuple[str, ...]:
    """The decimals in a formula, as written."""
    return tuple(part.text for part in of_kind(node, Number) if "." in part.text)


def are_numbers(claim: Claim, scope: Scope, program: Program) -> bool:
    """Whether a right side is numbers alone: an example's may be put into the document's own functions."""
    node = claim.link.right
    if is_closed(node):
        return True
    names = {symbol.name for symbol in of_kind(node, Symbol)}
    if not names <= scope.functions.keys() | BUILTIN.keys():
        return False
    if not decimals(node) and len(of_kind(node, Number)) <= _FEW:
        return False
    values = [reading.value for reading in claim.right.literal]
    return bool(values) and all(
        isinstance(value, Expr) and program.reach_of(value) <= program.definitions.keys() for value in values
    )
