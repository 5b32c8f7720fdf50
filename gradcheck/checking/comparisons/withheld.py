"""Definitions that give no values, and the lines that rest on them.

The logarithm of a negative number, a division by zero or two definitions in a circle make a quantity that
no sample point has a value for. Its definition is left out, with what it keeps from being computed, so
that every line which does not need it is judged like any other; the lines that do are undecided.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from gradcheck.calculus.compare import Bench
from gradcheck.calculus.program import CycleError, Program
from gradcheck.calculus.sampling import SamplingError
from gradcheck.checking.comparisons.prepare import Prepared, pairs_of
from gradcheck.expr.forms.tree import Expr
from gradcheck.records import dataclass

MOST = 4  # definitions that are left out before a case is given up


@dataclass(frozen=True, slots=True)
class Sampled:
    """A bench, and why some definitions had to be left out of its program, by key."""

    bench: Bench
    withheld: Mapping[str, str]

    def reason(self, prepared: Prepared) -> str | None:
        """Why a claim cannot be judged, where it defines or uses what was left out."""
        if not self.withheld:
            return None
        keys = (key for key in self._used(prepared) if key in self.withheld)
        return next((self.withheld[key] for key in keys), None)

    def _used(self, prepared: Prepared) -> Iterator[str]:
        if prepared.claim.defines is not None:
            yield prepared.claim.defines
            return
        readings = (*prepared.claim.head.all, *prepared.claim.right.all)
        sides = (reading.value for reading in readings)
        for formula in (*pairs_of([prepared]), *(side for side in sides if isinstance(side, Expr))):
            yield from sorted(self.bench.program.reach_of(formula))


def sampled(program: Program, made: Callable[[Program], Bench], latex: Callable[[str], str]) -> Sampled:
    """The bench of a program, without the definitions that give no values.

    made     makes a bench, or raises SamplingError or CycleError
    latex    how the author writes a quantity

    Raises SamplingError or CycleError where too many had to be left out.
    """
    withheld: dict[str, str] = {}
    while True:
        try:
            return Sampled(made(program.without(withheld)), withheld)
        except SamplingError as error:
            if len(withheld) >= MOST:
                raise
            withheld[error.key] = f"`{latex(error.key)}` has no finite value at any sample point"
        except CycleError as error:
            if len(withheld) >= MOST:
                raise
            circle = " uses ".join(f"`{latex(key)}`" for key in (*error.keys, error.keys[0]))
            withheld.update(dict.fromkeys(error.keys, f"defined in a circle: {circle}"))
