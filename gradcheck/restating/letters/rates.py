"""Learning rates by letters of their own: `m = m - L \\frac{\\partial E}{\\partial m}`, with L for the rate.

Whatever letter it is, what stands nowhere but before the gradient of a step, and is defined nowhere, is how
far the step goes. It gets a mark, which messages leave out, so that it is no loss and no matrix.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from gradcheck.expr.written.definitions import definitions, unboxed
from gradcheck.expr.written.names import read_name
from gradcheck.expr.written.quotients import quotients_in
from gradcheck.expr.written.rates import LEARNING_RATES, RATE
from gradcheck.expr.written.vocabulary import LOSS_BASES
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Statement, formulas, rewritten
from gradcheck.notation.tree import Node, Product, Sum, Symbol
from gradcheck.notation.walk import letters_in, of_kind, rebuilt
from gradcheck.records import replace


def with_rates_told(body: Sequence[Statement], declared: Collection[str]) -> Sequence[Statement]:
    """The statements with such letters marked; themselves where there are none.

    declared   keys that have a shape: they tell already what a letter is
    """
    equations = [item for item in body if isinstance(item, Equation)]
    before = Counter(letter for equation in equations for letter in _before_gradients(equation))
    if not before:
        return body
    known = {*declared, *LEARNING_RATES, *(d.name.base for d in definitions(equations))}
    written = Counter(s.name for item in equations for side in formulas(item) for s in of_kind(side, Symbol))
    rates = {
        each for each, times in before.items() if written[each] == times and _may_be_number(each)
    } - known
    if not rates:
        return body

    def marked(symbol: Symbol) -> Symbol:
        return replace(symbol, name=f"{symbol.name}{RATE}") if symbol.name in rates else symbol

    def told(side: Node) -> Node:
        return rebuilt(side, Symbol, marked) if rates & letters_in(side) else side

    return [rewritten(item, told) if isinstance(item, Equation) else item for item in body]


def _may_be_number(letter: str) -> bool:
    """Whether a letter is no matrix's: `M` before a gradient is one, while a loss was a number all along."""
    return letter.islower() or letter in LOSS_BASES


def _before_gradients(equation: Equation) -> Iterator[str]:
    """The plain letters that a step multiplies a gradient by, once for each time they are written so."""
    head = latex(unboxed(equation.head))
    for side in map(unboxed, equation.sides[1:]):
        terms = [term.body for term in side.terms] if isinstance(side, Sum) else []
        for term in terms if any(latex(term) == head for term in terms) else ():
            if isinstance(term, Product) and _holds_gradient(term):
                factors = (factor for factor in term.factors if isinstance(factor, Symbol))
                yield from (f.name for f in factors if len(f.name) == 1 and f.name.isalpha() and not f.style)


def _holds_gradient(term: Product) -> bool:
    names = (read_name(factor) for factor in term.factors)
    named = any(name is not None and name.differentiated is not None for name in names)
    return named or "nabla" in letters_in(term) or any(quotients_in(term))
