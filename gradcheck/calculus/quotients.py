"""Quotients of polynomials over the rationals, with generators that obey laws.

Numerators are python-flint polynomials. Denominators are kept in factors, which are divided out where
they divide and never multiplied out: with one factor a sample, a common denominator would grow with the
power of the samples. Work is counted, so that the end does not depend on the machine.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import flint

from gradcheck.calculus.program import TooLarge, Undecidable
from gradcheck.records import dataclass

_MOST_TERMS = 4000
_MOST_WORK = 60_000

Factors = tuple[tuple[str, Any, int], ...]


class TooManyGenerators(TooLarge):
    """There is no room for another generator; in a larger ring there may be."""


@dataclass(frozen=True, slots=True)
class Quotient:
    """numerator / product of factors; each factor is monic, by its printed form with its exponent."""

    numerator: Any
    factors: Factors = ()

    @property
    def key(self) -> str:
        """Equal quotients in the same form have equal keys."""
        return str(self.numerator) + "".join(f"/({name})^{power}" for name, _, power in self.factors)


@cache
def _ring(capacity: int) -> tuple[Any, tuple[Any, ...]]:
    """A ring of polynomials and its generators, which all quotients share."""
    context = flint.fmpq_mpoly_ctx.get([f"g{i}" for i in range(capacity)], flint.Ordering.lex)
    return context, tuple(context.gens())


class Quotients:
    """Arithmetic of quotients over generators that are made as they are met, at most `capacity` of them."""

    def __init__(self, capacity: int) -> None:
        self._context, self._generators = _ring(capacity)
        self._work = 0
        self._places: dict[Any, int] = {}
        self._laws: dict[int, tuple[int, Any]] = {}

    def generator(self, what: Any) -> Any:
        """The polynomial of one generator; raises TooManyGenerators."""
        if what not in self._places:
            if len(self._places) == len(self._generators):
                raise TooManyGenerators("too many different quantities")
            self._places[what] = len(self._places)
        return self._generators[self._places[what]]

    def law(self, what: Any, power: int, instead: Any) -> None:
        """Let a power of a generator be a polynomial of lower degree in it."""
        self._laws[self._places[what]] = power, instead

    def kept(self) -> list[Any]:
        """What the generators stand for, in the order in which they came."""
        return list(self._places)

    def place(self, what: Any) -> int:
        """The place of a generator in monomials."""
        return self._places[what]

    def polynomial(self, value: Any) -> Any:
        """A rational number as a polynomial."""
        return self._context.constant(flint.fmpq(int(value.numerator), int(value.denominator)))

    def number(self, value: Any) -> Quotient:
        """A rational number as a quotient."""
        return Quotient(self.polynomial(value))

    def checked(self, polynomial: Any) -> Any:
        """The polynomial, if it is not too large; raises TooLarge."""
        size = len(polynomial)
        self._work += size
        if size > _MOST_TERMS or self._work > _MOST_WORK:
            raise TooLarge("too many terms")
        return polynomial

    def total(self, parts: list[Quotient]) -> Quotient:
        """The sum over a common denominator."""
        if not any(part.factors for part in parts):
            added = self.polynomial(0)
            for part in parts:
                added = self.checked(added + part.numerator)
            return Quotient(added)
        powers: dict[str, tuple[Any, int]] = {}
        for part in parts:
            for name, factor, power in part.factors:
                if power > powers.get(name, (factor, 0))[1]:
                    powers[name] = factor, power
        total = self.polynomial(0)
        for part in parts:
            have = {name: power for name, _, power in part.factors}
            numerator = part.numerator
            for name, (factor, power) in powers.items():
                if power > have.get(name, 0):
                    numerator = self.checked(numerator * factor ** (power - have.get(name, 0)))
            total = self.checked(total + numerator)
        return self._cancelled(total, powers)

    def times(self, a: Quotient, b: Quotient) -> Quotient:
        """The product, with common factors divided out."""
        if not a.factors and not b.factors:
            return Quotient(self.checked(a.numerator * b.numerator))
        powers = {name: (factor, power) for name, factor, power in a.factors}
        for name, factor, power in b.factors:
            powers[name] = factor, power + powers.get(name, (factor, 0))[1]
        return self._cancelled(self.checked(a.numerator * b.numerator), powers)

    def _cancelled(self, numerator: Any, powers: dict[str, tuple[Any, int]]) -> Quotient:
        """Divide factors out of the numerator while they divide it exactly."""
        kept = []
        for name in sorted(powers):
            factor, power = powers[name]
            while power and not numerator.is_zero():
                try:
                    numerator = numerator / factor
                except flint.utils.flint_exceptions.DomainError:
                    break
                power -= 1
            if power:
                kept.append((name, factor, power))
        return Quotient(numerator, () if numerator.is_zero() else tuple(kept))

    def inverse(self, x: Quotient) -> Quotient:
        """One over a quotient; raises Undecidable where it is zero under the laws."""
        numerator = self.reduced(x.numerator)
        if numerator.is_zero():
            raise Undecidable("a denominator is zero")
        top = self.denominator(x)
        lead = numerator.leading_coefficient()
        powers: dict[str, tuple[Any, int]] = {}
        for factor, power in self._split(numerator / lead):
            powers[str(factor)] = factor, power
        return self._cancelled(top / lead, powers)

    def denominator(self, x: Quotient) -> Any:
        """The product of a quotient's factors."""
        bottom = self.polynomial(1)
        for _, factor, power in x.factors:
            bottom = self.checked(bottom * factor**power)
        return bottom

    def _split(self, polynomial: Any) -> list[tuple[Any, int]]:
        """Monic factors: the generators that divide it, and the rest."""
        out = []
        rest = polynomial
        for place, power in enumerate(polynomial.term_content().degrees()):
            if power:
                generator = self._generators[place]
                out.append((generator, int(power)))
                rest = rest / generator ** int(power)
        if not rest.is_constant():
            out.append((rest, 1))
        return out

    def power_of(self, generator: Any, power: int) -> Quotient:
        """A power of a generator, negative ones too."""
        if power >= 0:
            return Quotient(generator**power)
        return Quotient(self.polynomial(1), ((str(generator), generator, -power),))

    def monomial(self, monomial: tuple[int, ...]) -> Any:
        """The product of generators with these exponents."""
        out = self.polynomial(1)
        for place, power in enumerate(monomial):
            if power:
                out = out * self._generators[place] ** int(power)
        return out

    def reduced(self, polynomial: Any) -> Any:
        """Apply the laws of generators until no power is too high."""
        while self._laws:
            degrees = polynomial.degrees()
            high = next((p for p, (limit, _) in self._laws.items() if degrees[p] >= limit), None)
            if high is None:
                break
            polynomial = self._lowered(polynomial, high)
        return polynomial

    def _lowered(self, polynomial: Any, place: int) -> Any:
        limit, instead = self._laws[place]
        total = self.polynomial(0)
        for monomial, coefficient in zip(polynomial.monoms(), polynomial.coeffs(), strict=True):
            power = int(monomial[place])
            rest = self.monomial((*monomial[:place], power % limit, *monomial[place + 1 :]))
            total = self.checked(total + coefficient * rest * instead ** (power // limit))
        return total
