"""A normal form for components: is one identically zero?

A component becomes a quotient of polynomials, with symbols and transcendental functions as generators.
Laws that generators obey are built in: exp turns sums into products, sigmoid and the hyperbolic functions
are exponentials, log turns products into sums, a step is idempotent, a root's square is its operand,
sin^2 + cos^2 = 1. A zero numerator is a proof; a numerator that stays is none, since a law may be missing.
SymPy's `simplify` and `together` take seconds and time out here; these quotients take a millisecond.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import isqrt
from typing import Any

import flint

from gradcheck.calculus.algebra import kind
from gradcheck.calculus.program import Undecidable
from gradcheck.calculus.quotients import Factors, Quotient, Quotients

FEW, MANY = 32, 192  # generators: arithmetic in a ring of many takes several times as long
_DIVISIONS = 12  # exponentials are of m/12, so that halves, thirds and quarters of m are powers too


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
        capacity: int = MANY,
    ) -> None:
        self._algebra = Quotients(capacity)
        self._exponentials: dict[str, Quotient] = {}
        self._logarithms: dict[int | None, Any] = {}
        self._known: dict[Any, Quotient] = {}
        self._named: dict[tuple[str, str], Any] = {}
        self._expand = expand
        self._squares = squares

    def is_zero(self, component: Any) -> bool:
        """Whether the component is identically zero under the laws; False proves nothing."""
        return bool(self._algebra.reduced(self.quotient(component).numerator).is_zero())

    def name(self, symbol: Any, function: Any) -> None:
        """Let a kept symbol stand for a function, as its definition says."""
        self._named[kind(function), self.quotient(function.args[0]).key] = symbol

    def kept_symbols(self) -> list[Any]:
        """The symbols that became generators."""
        return [what for what in self._algebra.kept() if getattr(what, "is_Symbol", False)]

    def quotient(self, x: Any) -> Quotient:
        """The quotient of a component; raises Undecidable."""
        found = self._known.get(x)
        if found is None:
            found = self._known[x] = self._convert(x)
        return found

    def _convert(self, x: Any) -> Quotient:
        if x.is_Rational:
            return self._algebra.number(x)
        if x.is_Symbol:
            return self._symbol(x)
        if x.is_Add:
            return self._algebra.total([self.quotient(a) for a in x.args])
        if x.is_Mul:
            out = self.quotient(x.args[0])
            for a in x.args[1:]:
                out = self._algebra.times(out, self.quotient(a))
            return out
        if x.is_Pow and x.exp.is_Rational:
            return self._power(self.quotient(x.base), Fraction(int(x.exp.numerator), int(x.exp.denominator)))
        if x.is_Pow:
            logarithm = self._logarithm(self.quotient(x.base))
            return self._exponential(self._algebra.times(self.quotient(x.exp), logarithm))
        if x.is_Function and len(x.args) == 1:
            return self._function(kind(x), self.quotient(x.args[0]))
        match kind(x):
            case "Exp1":
                return self._exponential(self._algebra.number(1))
            case "Pi":
                return Quotient(self._algebra.generator("pi"))
        raise Undecidable(f"no normal form for {kind(x)}")

    def _symbol(self, x: Any) -> Quotient:
        definition = self._expand(x)
        if definition is not None:
            return self.quotient(definition)
        generator = self._algebra.generator(x)
        if x in self._squares:
            self._algebra.law(x, 2, self._algebra.polynomial(1) if self._squares[x] else generator)
        return Quotient(generator)

    def _function(self, name: str, argument: Quotient) -> Quotient:
        if name == "exp":
            return self._exponential(argument)
        symbol = self._named.get((name, argument.key))
        if symbol is not None:
            return Quotient(self._algebra.generator(symbol))
        match name:
            case "sigmoid":
                return self._algebra.inverse(self._sum(1, self._exponential(self._minus(argument))))
            case "tanh" | "sinh" | "cosh":
                return self._hyperbolic(name, argument)
            case "log":
                return self._logarithm(argument)
            case "step":
                return self._step(argument)
            case "sign":
                return self._sign(argument)
            case "Abs":
                return self._algebra.times(argument, self._sign(argument))
            case "erf" | "atan":
                return self._odd(name, argument)
            case "sin" | "cos":
                return self._circular(name, argument)
            case "tan":
                below = self._algebra.inverse(self._circular("cos", argument))
                return self._algebra.times(self._circular("sin", argument), below)
        return Quotient(self._algebra.generator((name, argument.key)))

    def _hyperbolic(self, name: str, x: Quotient) -> Quotient:
        up, down = self._exponential(x), self._exponential(self._minus(x))
        sine, cosine = self._algebra.total([up, self._minus(down)]), self._algebra.total([up, down])
        if name == "tanh":
            return self._algebra.times(sine, self._algebra.inverse(cosine))
        return self._algebra.times(self._algebra.number(Fraction(1, 2)), sine if name == "sinh" else cosine)

    def _sum(self, number: int, x: Quotient) -> Quotient:
        return self._algebra.total([self._algebra.number(number), x])

    def _minus(self, x: Quotient) -> Quotient:
        return Quotient(-x.numerator, x.factors)

    def _power(self, base: Quotient, exponent: Fraction) -> Quotient:
        if exponent.denominator == 2:
            whole = self._power(base, Fraction((exponent.numerator - 1) // 2))
            return self._algebra.times(whole, self._root(base))
        if exponent.denominator != 1:
            return self._exponential(
                self._algebra.times(self._algebra.number(exponent), self._logarithm(base))
            )
        count = abs(int(exponent))
        if count > 40:
            raise Undecidable("too high a power")
        powered = self._algebra.number(1)
        for _ in range(count):
            powered = self._algebra.times(powered, base)
        return powered if exponent >= 0 else self._algebra.inverse(powered)

    def _exponential(self, x: Quotient) -> Quotient:
        """exp of a sum is a product of powers of exponentials, one for each monomial."""
        out = self._algebra.number(1)
        for monomial, coefficient in zip(x.numerator.monoms(), x.numerator.coeffs(), strict=True):
            out = self._algebra.times(out, self._exponential_term(monomial, coefficient, x.factors))
        return out

    def _exponential_term(self, monomial: tuple[int, ...], coefficient: Any, below: Factors) -> Quotient:
        logarithm = self._logarithms.get(self._only_place(monomial)) if not below else None
        if logarithm is not None and coefficient.q == 1:
            return self._power(Quotient(logarithm), Fraction(int(coefficient)))
        power = coefficient * _DIVISIONS
        if power.q != 1:
            raise Undecidable("an exponential of an unusual fraction")
        term = Quotient(self._algebra.monomial(monomial), below)
        generator = self._algebra.generator(("exp", term.key))
        self._exponentials[str(generator)] = Quotient(term.numerator / _DIVISIONS, below)
        return self._algebra.power_of(generator, int(power))

    def _only_place(self, monomial: tuple[int, ...]) -> int | None:
        """The generator that a monomial is, if it is one."""
        return monomial.index(1) if sum(monomial) == 1 else None

    def _logarithm(self, x: Quotient) -> Quotient:
        """log of a product is the sum of the logs of its factors (of their absolute values)."""
        total = self._log_polynomial(self._algebra.reduced(x.numerator))
        for _, factor, power in x.factors:
            minus = self._algebra.number(-power)
            total = self._algebra.total([total, self._algebra.times(minus, self._log_polynomial(factor))])
        return total

    def _log_polynomial(self, polynomial: Any) -> Quotient:
        if polynomial.is_zero():
            raise Undecidable("the logarithm of zero")
        content, factors = polynomial.factor()
        parts = [self._log_number(content)]
        for factor, power in factors:
            parts.append(self._algebra.times(self._algebra.number(int(power)), self._log_factor(factor)))
        return self._algebra.total(parts)

    def _log_factor(self, factor: Any) -> Quotient:
        exponent = self._exponentials.get(str(factor))
        if exponent is not None:
            return exponent
        lead = factor.leading_coefficient()
        monic = factor / lead
        generator = self._algebra.generator(("log", str(monic)))
        self._logarithms[self._algebra.place(("log", str(monic)))] = monic
        return self._algebra.total([Quotient(generator), self._log_number(lead)])

    def _log_number(self, value: Any) -> Quotient:
        parts = [self._algebra.number(0)]
        for number, sign in ((abs(int(value.p)), 1), (int(value.q), -1)):
            for prime, power in flint.fmpz(number).factor():
                generator = self._algebra.generator(("log", int(prime)))
                parts.append(Quotient(generator * (sign * int(power))))
        return self._algebra.total(parts)

    def _step(self, x: Quotient) -> Quotient:
        """A step does not change with a positive factor; step(-x) is 1 - step(x) off the jump."""
        if x.numerator.is_zero():
            return self._algebra.number(0)
        lead = x.numerator.leading_coefficient()
        monic = Quotient(x.numerator / lead, x.factors)
        generator = self._algebra.generator(("step", monic.key))
        self._algebra.law(("step", monic.key), 2, generator)
        return Quotient(generator if lead > 0 else 1 - generator)

    def _sign(self, x: Quotient) -> Quotient:
        twice = self._algebra.times(self._algebra.number(2), self._step(x))
        return self._sum(-1, twice)

    def _odd(self, name: str, x: Quotient) -> Quotient:
        if x.numerator.is_zero():
            return x
        positive, sign = self._without_sign(x)
        return Quotient(self._algebra.generator((name, positive.key)) * sign)

    def _circular(self, name: str, x: Quotient) -> Quotient:
        positive, sign = self._without_sign(x)
        sine = self._algebra.generator(("sin", positive.key))
        cosine = self._algebra.generator(("cos", positive.key))
        self._algebra.law(("sin", positive.key), 2, 1 - cosine**2)
        return Quotient(sine * sign if name == "sin" else cosine)

    def _without_sign(self, x: Quotient) -> tuple[Quotient, int]:
        if x.numerator.is_zero() or x.numerator.leading_coefficient() > 0:
            return x, 1
        return self._minus(x), -1

    def _root(self, x: Quotient) -> Quotient:
        """sqrt(p / q) = sqrt(p q) / q; the square of a root is its operand."""
        bottom = self._algebra.denominator(x)
        below = self._algebra.inverse(Quotient(bottom))
        inside = self._algebra.reduced(self._algebra.checked(x.numerator * bottom))
        if inside.is_constant():
            root = _exact_root(Fraction(str(inside)))
            if root is not None:
                return self._algebra.times(self._algebra.number(root), below)
        generator = self._algebra.generator(("sqrt", str(inside)))
        self._algebra.law(("sqrt", str(inside)), 2, inside)
        return self._algebra.times(Quotient(generator), below)


def _exact_root(x: Fraction) -> Fraction | None:
    """The rational root of a number, if it has one."""
    if x < 0:
        return None
    root = Fraction(isqrt(x.numerator), isqrt(x.denominator))
    return root if root**2 == x else None
