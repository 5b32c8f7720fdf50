"""A normal form for components: is a SymPy expression identically zero?

A component becomes a quotient of polynomials over the rationals, with symbols and transcendental
functions as generators. Laws that generators obey are built in: exp turns sums into products, sigmoid
and the hyperbolic functions are exponentials, log turns products into sums, a step is idempotent, a root's
square is its operand, sin^2 + cos^2 = 1. A zero numerator is a proof; a numerator that stays is none,
since a law may be missing. SymPy's `simplify` and `together` take seconds and time out here; fractions of
python-flint take a millisecond. Denominators are kept in factors and never multiplied out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import flint
import sympy

from gradcheck.calculus.program import Undecidable

_DIVISIONS = 12  # exponentials are of m/12, so that halves, thirds and quarters of m are powers too
_MOST_TERMS = 4000
_MOST_WORK = 60_000


Factors = tuple[tuple[str, Any, int], ...]


@dataclass(frozen=True, slots=True)
class Quotient:
    """numerator / product of factors; each factor is monic, by its printed form with its exponent."""

    numerator: Any
    factors: Factors = ()

    @property
    def key(self) -> str:
        """Equal quotients in the same form have equal keys."""
        return str(self.numerator) + "".join(f"/({name})^{power}" for name, _, power in self.factors)


class NormalForm:
    """Turns components into quotients, with generators made as they are met.

    expand      the component a symbol stands for, or None to keep it as a generator
    squares     symbols with a law of their own: {symbol: 0 for s^2 = s, 1 for s^2 = 1}
    capacity    how many generators there may be
    """

    def __init__(
        self,
        expand: Callable[[Any], Any | None],
        squares: Mapping[Any, int],
        capacity: int = 192,
    ) -> None:
        names = [f"g{i}" for i in range(capacity)]
        self._context = flint.fmpq_mpoly_ctx.get(names, flint.Ordering.lex)
        self._generators = list(self._context.gens())
        self._used: dict[Any, int] = {}
        self._laws: dict[int, tuple[int, Any]] = {}
        self._exponentials: dict[int, Quotient] = {}
        self._logarithms: dict[int | None, Any] = {}
        self._known: dict[Any, Quotient] = {}
        self._named: dict[tuple[str, str], Any] = {}
        self._expand = expand
        self._squares = squares
        self._work = 0

    def is_zero(self, component: Any) -> bool:
        """Whether the component is identically zero under the laws; False proves nothing."""
        return bool(self._reduced(self.quotient(component).numerator).is_zero())

    def name(self, symbol: Any, function: Any) -> None:
        """Let a kept symbol stand for a function, as its definition says."""
        self._named[type(function).__name__, self.quotient(function.args[0]).key] = symbol

    def kept_symbols(self) -> list[Any]:
        """The symbols that became generators."""
        return [what for what in self._used if isinstance(what, sympy.Symbol)]

    def quotient(self, x: Any) -> Quotient:
        """The quotient of a component; raises Undecidable."""
        if x not in self._known:
            self._known[x] = self._convert(x)
        return self._known[x]

    def _convert(self, x: Any) -> Quotient:
        if x.is_Rational:
            return Quotient(self._rational(x))
        if x.is_Symbol:
            return self._symbol(x)
        if x.is_Add:
            return self._total([self.quotient(a) for a in x.args])
        if x.is_Mul:
            out = self.quotient(x.args[0])
            for a in x.args[1:]:
                out = self._times(out, self.quotient(a))
            return out
        if x.is_Pow and x.exp.is_Rational:
            return self._power(self.quotient(x.base), x.exp)
        if isinstance(x, sympy.exp):
            return self._exponential(self.quotient(x.args[0]))
        if x is sympy.S.Exp1:
            return self._exponential(self._one())
        if x is sympy.pi:
            return Quotient(self._generator("pi"))
        if x.is_Pow:
            return self.quotient(sympy.exp(x.exp * sympy.log(x.base)))
        if isinstance(x, sympy.Function):
            return self._function(x)
        raise Undecidable(f"no normal form for {type(x).__name__}")

    def _symbol(self, x: Any) -> Quotient:
        definition = self._expand(x)
        if definition is not None:
            return self.quotient(definition)
        generator = self._generator(x)
        if x in self._squares:
            one = self._context.constant(1)
            self._laws[self._used[x]] = (2, one if self._squares[x] else generator)
        return Quotient(generator)

    def _function(self, x: Any) -> Quotient:
        name, argument = type(x).__name__, self.quotient(x.args[0])
        symbol = self._named.get((name, argument.key))
        if symbol is not None:
            return Quotient(self._generator(symbol))
        match name:
            case "sigmoid" | "tanh" | "sinh" | "cosh":
                return self.quotient(x.rewrite(sympy.exp))
            case "log":
                return self._logarithm(argument)
            case "step":
                return self._step(argument)
            case "sign":
                return self._sign(argument)
            case "Abs":
                return self._times(argument, self._sign(argument))
            case "erf" | "atan":
                return self._odd(name, argument)
            case "sin" | "cos":
                return self._circular(name, argument)
            case "tan":
                return self.quotient(sympy.sin(x.args[0]) / sympy.cos(x.args[0]))
        return Quotient(self._generator((name, argument.key)))

    def _generator(self, what: Any) -> Any:
        if what not in self._used:
            if len(self._used) == len(self._generators):
                raise Undecidable("too many different quantities")
            self._used[what] = len(self._used)
        return self._generators[self._used[what]]

    def _rational(self, x: Any) -> Any:
        return self._context.constant(flint.fmpq(int(x.p), int(x.q)))

    def _one(self) -> Quotient:
        return Quotient(self._context.constant(1))

    def _check(self, polynomial: Any) -> Any:
        size = len(polynomial)
        self._work += size
        if size > _MOST_TERMS or self._work > _MOST_WORK:
            raise Undecidable("too many terms")
        return polynomial

    # Quotients

    def _total(self, parts: list[Quotient]) -> Quotient:
        powers: dict[str, tuple[Any, int]] = {}
        for part in parts:
            for name, factor, power in part.factors:
                if power > powers.get(name, (factor, 0))[1]:
                    powers[name] = factor, power
        total = self._context.constant(0)
        for part in parts:
            have = {name: power for name, _, power in part.factors}
            numerator = part.numerator
            for name, (factor, power) in powers.items():
                if power > have.get(name, 0):
                    numerator = self._check(numerator * factor ** (power - have.get(name, 0)))
            total = self._check(total + numerator)
        return self._cancelled(total, powers)

    def _times(self, a: Quotient, b: Quotient) -> Quotient:
        powers = {name: (factor, power) for name, factor, power in a.factors}
        for name, factor, power in b.factors:
            powers[name] = factor, power + powers.get(name, (factor, 0))[1]
        return self._cancelled(self._check(a.numerator * b.numerator), powers)

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

    def _power(self, base: Quotient, exponent: Any) -> Quotient:
        if exponent.q == 2:
            whole = self._power(base, sympy.Integer((exponent.p - 1) // 2))
            return self._times(whole, self._root(base))
        if exponent.q != 1:
            return self._exponential(self._times(Quotient(self._rational(exponent)), self._logarithm(base)))
        count = abs(int(exponent))
        if count > 40:
            raise Undecidable("too high a power")
        powered = self._one()
        for _ in range(count):
            powered = self._times(powered, base)
        return powered if exponent >= 0 else self._inverse(powered)

    def _inverse(self, x: Quotient) -> Quotient:
        numerator = self._reduced(x.numerator)
        if numerator.is_zero():
            raise Undecidable("a denominator is zero")
        top = self._context.constant(1)
        for _, factor, power in x.factors:
            top = self._check(top * factor**power)
        lead = numerator.leading_coefficient()
        powers: dict[str, tuple[Any, int]] = {}
        for factor, power in self._split(numerator / lead):
            powers[str(factor)] = factor, power
        return self._cancelled(top / lead, powers)

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

    # Functions with laws

    def _exponential(self, x: Quotient) -> Quotient:
        """exp of a sum is a product of powers of exponentials, one for each monomial."""
        out = self._one()
        for monomial, coefficient in zip(x.numerator.monoms(), x.numerator.coeffs(), strict=True):
            out = self._times(out, self._exponential_term(monomial, coefficient, x.factors))
        return out

    def _exponential_term(self, monomial: tuple[int, ...], coefficient: Any, below: Factors) -> Quotient:
        logarithm = self._logarithms.get(self._only_place(monomial)) if not below else None
        if logarithm is not None and coefficient.q == 1:
            return self._power(Quotient(logarithm), sympy.Integer(int(coefficient)))
        power = coefficient * _DIVISIONS
        if power.q != 1:
            raise Undecidable("an exponential of an unusual fraction")
        term = Quotient(self._monomial(monomial), below)
        generator = self._generator(("exp", term.key))
        self._exponentials[self._used["exp", term.key]] = Quotient(term.numerator / _DIVISIONS, below)
        return self._power_of_generator(generator, int(power))

    def _only_place(self, monomial: tuple[int, ...]) -> int | None:
        """The generator that a monomial is, if it is one."""
        return monomial.index(1) if sum(monomial) == 1 else None

    def _monomial(self, monomial: tuple[int, ...]) -> Any:
        out = self._context.constant(1)
        for place, power in enumerate(monomial):
            if power:
                out = out * self._generators[place] ** int(power)
        return out

    def _power_of_generator(self, generator: Any, power: int) -> Quotient:
        if power >= 0:
            return Quotient(generator**power)
        return Quotient(self._context.constant(1), ((str(generator), generator, -power),))

    def _logarithm(self, x: Quotient) -> Quotient:
        """log of a product is the sum of the logs of its factors (of their absolute values)."""
        total = self._log_polynomial(self._reduced(x.numerator))
        for _, factor, power in x.factors:
            minus = Quotient(self._context.constant(-power))
            total = self._total([total, self._times(minus, self._log_polynomial(factor))])
        return total

    def _log_polynomial(self, polynomial: Any) -> Quotient:
        if polynomial.is_zero():
            raise Undecidable("the logarithm of zero")
        content, factors = polynomial.factor()
        parts = [self._log_number(content)]
        for factor, power in factors:
            times = self._context.constant(int(power))
            parts.append(self._times(Quotient(times), self._log_factor(factor)))
        return self._total(parts)

    def _log_factor(self, factor: Any) -> Quotient:
        for place, exponent in self._exponentials.items():
            if factor == self._generators[place]:
                return exponent
        lead = factor.leading_coefficient()
        monic = factor / lead
        generator = self._generator(("log", str(monic)))
        self._logarithms[self._used["log", str(monic)]] = monic
        return self._total([Quotient(generator), self._log_number(lead)])

    def _log_number(self, value: Any) -> Quotient:
        parts = [Quotient(self._context.constant(0))]
        for prime, power in sympy.factorrat(sympy.Rational(abs(int(value.p)), int(value.q))).items():
            generator = self._generator(("log", int(prime)))
            parts.append(Quotient(generator * int(power)))
        return self._total(parts)

    def _step(self, x: Quotient) -> Quotient:
        """A step does not change with a positive factor; step(-x) is 1 - step(x) off the jump."""
        if x.numerator.is_zero():
            return Quotient(self._context.constant(0))
        lead = x.numerator.leading_coefficient()
        monic = Quotient(x.numerator / lead, x.factors)
        generator = self._generator(("step", monic.key))
        self._laws[self._used["step", monic.key]] = (2, generator)
        return Quotient(generator if lead > 0 else 1 - generator)

    def _sign(self, x: Quotient) -> Quotient:
        minus_one = Quotient(self._context.constant(-1))
        return self._total([self._times(Quotient(self._context.constant(2)), self._step(x)), minus_one])

    def _odd(self, name: str, x: Quotient) -> Quotient:
        if x.numerator.is_zero():
            return x
        positive, sign = self._without_sign(x)
        return Quotient(self._generator((name, positive.key)) * sign)

    def _circular(self, name: str, x: Quotient) -> Quotient:
        positive, sign = self._without_sign(x)
        sine = self._generator(("sin", positive.key))
        cosine = self._generator(("cos", positive.key))
        self._laws[self._used["sin", positive.key]] = (2, 1 - cosine**2)
        return Quotient(sine * sign if name == "sin" else cosine)

    def _without_sign(self, x: Quotient) -> tuple[Quotient, int]:
        if x.numerator.is_zero() or x.numerator.leading_coefficient() > 0:
            return x, 1
        return Quotient(-x.numerator, x.factors), -1

    def _root(self, x: Quotient) -> Quotient:
        """sqrt(p / q) = sqrt(p q) / q; the square of a root is its operand."""
        bottom = self._context.constant(1)
        for _, factor, power in x.factors:
            bottom = self._check(bottom * factor**power)
        inside = self._reduced(self._check(x.numerator * bottom))
        if inside.is_constant():
            square = sympy.sqrt(sympy.Rational(str(inside)))
            if square.is_Rational:
                return self._times(Quotient(self._rational(square)), self._inverse(Quotient(bottom)))
        generator = self._generator(("sqrt", str(inside)))
        self._laws[self._used["sqrt", str(inside)]] = (2, inside)
        return self._times(Quotient(generator), self._inverse(Quotient(bottom)))

    def _reduced(self, polynomial: Any) -> Any:
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
        total = self._context.constant(0)
        for monomial, coefficient in zip(polynomial.monoms(), polynomial.coeffs(), strict=True):
            power = int(monomial[place])
            rest = self._monomial((*monomial[:place], power % limit, *monomial[place + 1 :]))
            total = self._check(total + coefficient * rest * instead ** (power // limit))
        return total
