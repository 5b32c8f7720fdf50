"""Functions of exact terms, their derivatives, and what the records of operations ask for by name.

The names are those of `gradcheck.ops.forms`, so that an operation's symbolic form is written once and gives
terms or SymPy's expressions. The derivative rules are the textbook's and are shared with no other oracle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from gradcheck.calculus.algebra import MOST_NODES, Algebra
from gradcheck.calculus.program import TooLarge, Undecidable
from gradcheck.calculus.terms import (
    MINUS_ONE,
    MOST_BITS,
    ONE,
    ZERO,
    Add,
    Constant,
    Function,
    Mul,
    Number,
    Pow,
    Symbol,
    Term,
    raised,
    term,
    times,
    total,
)

_HALF = Number(Fraction(1, 2))


class Forms:
    """The functions that symbolic forms are made of."""

    pi = Constant("Pi")

    def __getattr__(self, name: str) -> Callable[[Any], Term]:
        if name not in _SLOPES:
            raise AttributeError(name)
        return lambda x: applied(name, term(x))

    def sqrt(self, x: Any) -> Term:
        """The root."""
        return raised(term(x), _HALF)

    def number(self, value: int) -> Term:
        """An integer."""
        return Number(value)

    def rational(self, value: Fraction) -> Term:
        """An exact fraction."""
        return Number(value)

    def power(self, x: Term, p: Term) -> Term:
        """x^p; a number of very many digits is a symbol that nothing is known of."""
        if isinstance(x, Number) and isinstance(p, Number):
            bits = max(abs(x.numerator), x.denominator).bit_length()
            if abs(Fraction(p.value)) * bits > MOST_BITS:
                return Symbol(f"({x})^({p})")
        return raised(x, p)

    def opaque(self, attr: tuple[Any, ...]) -> Callable[[Term], Term]:
        """A function of which only a name is known."""
        return lambda x: Function(str(attr[0]), x, attr)


def applied(name: str, x: Term) -> Term:
    """A function of a term; where the term is zero, its value, and a step of any number."""
    if isinstance(x, Number):
        if name == "step":
            return ONE if x.value > 0 else ZERO
        at = _AT.get(name)
        if at is not None and x.value == at[0]:
            return Number(at[1])
    return Function(name, x)


_AT: Mapping[str, tuple[int, int]] = {
    "exp": (0, 1),
    "log": (1, 0),
    "sin": (0, 0),
    "cos": (0, 1),
    "tan": (0, 0),
    "sinh": (0, 0),
    "cosh": (0, 1),
    "tanh": (0, 0),
    "atan": (0, 0),
    "erf": (0, 0),
}


def derivative(x: Term, by: Term) -> Term:
    """The derivative of a term by a symbol."""
    if by not in x.free_symbols:
        return ONE if x == by else ZERO
    match x:
        case Symbol():
            return ONE
        case Add():
            return total([derivative(a, by) for a in x.args])
        case Mul():
            return total(_product_rule(x, by))
        case Pow(base=base, exp=exponent) if by not in exponent.free_symbols:
            return times((exponent, raised(base, total((exponent, MINUS_ONE))), derivative(base, by)))
        case Pow(base=base, exp=exponent):
            inner = times((exponent, applied("log", base)))
            return times((x, derivative(inner, by)))
        case Function():
            return times((_slope(x), derivative(x.args[0], by)))
    raise Undecidable(f"no derivative of {x.function}")


def _product_rule(x: Mul, by: Term) -> Iterator[Term]:
    for place, factor in enumerate(x.args):
        if by in factor.free_symbols:
            yield times((*x.args[:place], derivative(factor, by), *x.args[place + 1 :]))


def _slope(f: Function) -> Term:
    """The derivative of a function by its argument; off the jumps."""
    if f.attr:
        return Function(f.name + "'", f.args[0], f.attr, f.order + 1)
    return _SLOPES[f.name](f, f.args[0])


# (f(x), x) -> f'(x)
_SLOPES: Mapping[str, Callable[[Term, Term], Term]] = {
    "exp": lambda f, x: f,
    "log": lambda f, x: 1 / x,
    "sigmoid": lambda f, x: f * (1 - f),
    "step": lambda f, x: ZERO,
    "sin": lambda f, x: applied("cos", x),
    "cos": lambda f, x: -applied("sin", x),
    "tan": lambda f, x: 1 + f**2,
    "sinh": lambda f, x: applied("cosh", x),
    "cosh": lambda f, x: applied("sinh", x),
    "tanh": lambda f, x: 1 - f**2,
    "atan": lambda f, x: 1 / (1 + x**2),
    "erf": lambda f, x: 2 * applied("exp", -(x**2)) / raised(Forms.pi, _HALF),
    "gamma": lambda f, x: f * applied("digamma", x),
    "log_gamma": lambda f, x: applied("digamma", x),
    "digamma": lambda f, x: applied("trigamma", x),
    "trigamma": lambda f, x: applied("tetragamma", x),
    "tetragamma": lambda f, x: applied("pentagamma", x),
}


def put(x: Term, symbol: Term, instead: Term) -> Term:
    """A term with another one in place of a symbol."""
    if symbol not in x.free_symbols:
        return x
    args = [put(a, symbol, instead) for a in x.args]
    match x:
        case Add():
            return total(args)
        case Mul():
            return times(args)
        case Pow():
            return raised(args[0], args[1])
        case Function() if x.attr:
            return Function(x.name, args[0], x.attr, x.order)
        case Function():
            return applied(x.name, args[0])
    return instead


def _slope_by(x: Term, by: Term) -> Term:
    if x.size > MOST_NODES:
        raise TooLarge("a component is too large to be differentiated")
    return derivative(x, by)


def _constant(value: Any) -> Term:
    return {"pi": Forms.pi, "e": Constant("Exp1")}[value] if isinstance(value, str) else Number(value)


TERMS = Algebra(Forms(), Symbol, _constant, total, _slope_by, put)
