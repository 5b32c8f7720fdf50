"""Exact terms, as light as the symbolic oracle needs them: numbers, symbols, sums, products, functions.

They stand for SymPy's expressions under the names that these have (`is_Add`, `args`, `free_symbols`), so that
one normal form and one evaluation in balls serve both. Nothing is simplified but what stands next to each
other: equal terms of a sum and equal factors of a product are collected, numbers are multiplied out. To prove
the lines of most documents that is enough, at a tenth of SymPy's time and without the third of a second that
it takes to be imported. SymPy is asked where no proof is found so.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property
from typing import Any, ClassVar

from gradcheck.calculus.program import Undecidable

Rational = int | Fraction
MOST_BITS = 10_000


class Term:
    """A term; equality and hash are those of what it is made of."""

    is_Rational: ClassVar[bool] = False
    is_Number: ClassVar[bool] = False
    is_Symbol: ClassVar[bool] = False
    is_Add: ClassVar[bool] = False
    is_Mul: ClassVar[bool] = False
    is_Pow: ClassVar[bool] = False
    is_Function: ClassVar[bool] = False

    def __init__(self, content: Any, args: tuple[Term, ...] = ()) -> None:
        self.content = content
        self.args = args
        self.size: int = 1 + sum([a.size for a in args])
        self._hash = hash((type(self).__name__, content))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if isinstance(other, Term):
            if self._hash != other._hash or type(self) is not type(other):
                return False
            if self.content is other.content:
                return True
            same = bool(self.content == other.content)
            if same:  # of equal terms one content is kept: to compare them again takes no descent
                other.content, other.args = self.content, self.args
            return same
        return isinstance(self, Number) and self.value == other

    @cached_property
    def free_symbols(self) -> frozenset[Term]:
        """The symbols in it."""
        return frozenset().union(*[a.free_symbols for a in self.args])

    @property
    def function(self) -> str:
        """What kind of term this is, or the name of the function that it applies."""
        return type(self).__name__

    def __add__(self, other: Any) -> Term:
        return total((self, term(other)))

    def __radd__(self, other: Any) -> Term:
        return total((term(other), self)) if other else self  # a sum begins with zero

    def __sub__(self, other: Any) -> Term:
        return total((self, -term(other)))

    def __rsub__(self, other: Any) -> Term:
        return total((term(other), -self))

    def __mul__(self, other: Any) -> Term:
        return times((self, term(other)))

    def __rmul__(self, other: Any) -> Term:
        return times((term(other), self))

    def __truediv__(self, other: Any) -> Term:
        return times((self, raised(term(other), Number(-1))))

    def __rtruediv__(self, other: Any) -> Term:
        return times((term(other), raised(self, Number(-1))))

    def __pow__(self, other: Any) -> Term:
        return raised(self, term(other))

    def __neg__(self) -> Term:
        return scaled(self, -1)

    def __repr__(self) -> str:
        return f"{self.function}({', '.join(map(repr, self.args))})"


class Number(Term):
    """A rational number."""

    is_Rational = is_Number = True

    def __init__(self, value: Rational) -> None:
        self.value = value.numerator if value.denominator == 1 else value
        super().__init__(self.value)
        self._hash = hash(self.value)

    @property
    def numerator(self) -> int:
        """Above the line, with the sign."""
        return self.value.numerator

    @property
    def denominator(self) -> int:
        """Below the line."""
        return self.value.denominator

    def __repr__(self) -> str:
        return str(self.value)


class Constant(Term):
    """π or e, by the name that SymPy's class has."""

    @property
    def function(self) -> str:
        """`Pi` or `Exp1`."""
        return str(self.content)


class Symbol(Term):
    """An entry of a quantity, known by its name."""

    is_Symbol = True

    @property
    def name(self) -> str:
        """The name, by which symbols are put in order."""
        return str(self.content)

    @cached_property
    def free_symbols(self) -> frozenset[Term]:
        """Itself."""
        return frozenset((self,))

    def __repr__(self) -> str:
        return self.name


class Add(Term):
    """A sum of at least two terms, no two of them alike but for a number."""

    is_Add = True

    def __init__(self, args: tuple[Term, ...]) -> None:
        super().__init__(frozenset(args), args)


class Mul(Term):
    """A product of at least two factors, a number in front if it is not one."""

    is_Mul = True

    def __init__(self, args: tuple[Term, ...]) -> None:
        super().__init__(frozenset(args), args)


class Pow(Term):
    """A power that is not multiplied out."""

    is_Pow = True

    def __init__(self, base: Term, exponent: Term) -> None:
        super().__init__((base, exponent), (base, exponent))

    @property
    def base(self) -> Term:
        """What is raised."""
        return self.args[0]

    @property
    def exp(self) -> Term:
        """To what it is raised."""
        return self.args[1]


class Function(Term):
    """A function of one term.

    attr, order  of a function of which only the name is known: which one, and which derivative of it
    """

    is_Function = True

    def __init__(self, name: str, argument: Term, attr: tuple[Any, ...] = (), order: int = 0) -> None:
        self.name = name
        self.attr = attr
        self.order = order
        super().__init__((name, argument, attr, order), (argument,))

    @property
    def function(self) -> str:
        """The name that it is called by."""
        return self.name


ZERO, ONE, MINUS_ONE = Number(0), Number(1), Number(-1)


def term(value: Any) -> Term:
    """A number as a term; a term is one already."""
    return value if isinstance(value, Term) else Number(_exact(value))


def _exact(value: Any) -> Rational:
    return value if isinstance(value, (int, Fraction)) else int(value)


def scaled(x: Term, factor: Rational) -> Term:
    """A term times a number, which is multiplied into a sum."""
    if factor == 1:
        return x
    if factor == 0:
        return ZERO
    match x:
        case Number():
            return Number(x.value * factor)
        case Add():
            return Add(tuple([scaled(a, factor) for a in x.args]))
        case Mul():
            coefficient, rest = _apart(x)
            return _with_coefficient(coefficient * factor, rest)
    return Mul((Number(factor), x))


def _apart(x: Term) -> tuple[Rational, Term]:
    """The number in front of a term, and the rest."""
    if isinstance(x, Number):
        return x.value, ONE
    if isinstance(x, Mul) and isinstance(x.args[0], Number):
        rest = x.args[1:]
        return x.args[0].value, rest[0] if len(rest) == 1 else Mul(rest)
    return 1, x


def _with_coefficient(coefficient: Rational, rest: Term) -> Term:
    if coefficient == 1:
        return rest
    front = Number(coefficient)
    return Mul((front, *rest.args)) if isinstance(rest, Mul) else Mul((front, rest))


def total(parts: Iterable[Term]) -> Term:
    """The sum, with like terms collected."""
    found: dict[Term, Rational] = {}
    for part in parts:
        for each in part.args if isinstance(part, Add) else (part,):
            coefficient, rest = _apart(each)
            found[rest] = found.get(rest, 0) + coefficient
    kept = [scaled(rest, coefficient) for rest, coefficient in found.items() if coefficient]
    if not kept:
        return ZERO
    return kept[0] if len(kept) == 1 else Add(tuple(kept))


def times(parts: Iterable[Term]) -> Term:
    """The product, with powers of the same base collected."""
    number: Rational = 1
    powers: dict[Term, Term] = {}
    for part in parts:
        for factor in part.args if isinstance(part, Mul) else (part,):
            if isinstance(factor, Number):
                number = number * factor.value
            else:
                base, exponent = (factor.base, factor.exp) if isinstance(factor, Pow) else (factor, ONE)
                powers[base] = total((powers[base], exponent)) if base in powers else exponent
    if number == 0:
        return ZERO
    factors = []
    for base, exponent in powers.items():
        factor = raised(base, exponent)
        if isinstance(factor, Number):
            number = number * factor.value
        else:
            factors.append(factor)
    if not factors:
        return Number(number)
    return scaled(factors[0] if len(factors) == 1 else Mul(tuple(factors)), number)


def raised(base: Term, exponent: Term) -> Term:
    """The power; whole powers of numbers, products and powers are taken.

    Raises ZeroDivisionError for a negative power of zero, Undecidable for a number of very many digits.
    """
    whole = isinstance(exponent, Number) and exponent.denominator == 1
    if whole and isinstance(exponent, Number):
        power = exponent.numerator
        if power == 0:
            return ONE
        if power == 1:
            return base
        if isinstance(base, Number):
            return Number(_number_raised(base.value, power))
        if isinstance(base, Mul):
            return times([raised(factor, exponent) for factor in base.args])
        if isinstance(base, Pow) and base.exp.is_Rational:
            return raised(base.base, times((base.exp, exponent)))
    if base == ONE:
        return ONE
    coefficient, rest = _apart(base)
    if 0 < coefficient != 1 and rest != ONE:
        return times((Pow(Number(coefficient), exponent), raised(rest, exponent)))
    return Pow(base, exponent)


def _number_raised(value: Rational, power: int) -> Rational:
    if abs(power) * max(abs(value.numerator), value.denominator).bit_length() > MOST_BITS:
        raise Undecidable("a number of very many digits")
    return Fraction(value) ** power
