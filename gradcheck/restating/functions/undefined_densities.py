r"""Densities that no formula tells, differentiated where no sum is: `\nabla_\theta \log \pi_\theta(a | s)`.

All that a derivation uses of such a density is that it is a smooth positive function of θ, another one for
each choice of its arguments: `\pi_\theta(u | x)` and `\pi_\theta(v | x)` are two. So each gets a name, and a
formula that may stand for any, which nobody writes; what stands below its arguments and is bound
by a Σ is its index. Those of the same letter that are not differentiated, `\pi_{ref}`, are positive numbers.
One that stands before a letter that a Σ binds alone, or that is told anywhere, is left as it is; so are all
where two kinds are differentiated, `p_\theta(x, z)` and `p_\theta(x | z)`, since one is made of the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from string import ascii_lowercase

from gradcheck.expr.written.indices import bound_letters
from gradcheck.expr.written.names import LAYER_MARK
from gradcheck.notation.conditionals import LETTERS
from gradcheck.notation.parser import parse_one
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import BigOperator, Node, Product, Scripted, Symbol
from gradcheck.notation.walk import letters_in, of_kind, rebuilt
from gradcheck.notation.whole import where_written
from gradcheck.records import dataclass, replace
from gradcheck.restating.functions.letters_applied import (
    Applied,
    applications,
    applied_to,
    differentiates,
)
from gradcheck.restating.passages.applications import with_values_put
from gradcheck.restating.passages.told_before import told_before

_WEIGHT, _FREE = "Xi", "Upsilon"


@dataclass(frozen=True, slots=True)
class _Density:
    """A letter with what stands below it, and its arguments without the index that they carry.

    kind   the letters of its arguments, and what stands between these
    """

    letter: str
    below: str
    arguments: tuple[str, ...]
    index: str
    kind: tuple[str, ...]


@where_written(*LETTERS)
def with_undefined_densities(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with a name for each value of such densities; themselves where there are none."""
    equations = [item for item in body if isinstance(item, Equation)]
    sides = [side for equation in equations for side in equation.sides]
    uses = [use for side in sides for use in applications(side, marked=True) if _is_density(use)]
    below = {latex(use.sub) for use in uses if use.sub is not None}
    derived = {each for each in below if any(differentiates(side, {each}) for side in sides)}
    if not derived:
        return body
    bound = {
        letter for side in sides for node in of_kind(side, BigOperator) for letter in bound_letters(node)
    }
    found = [(use, _density(use, bound)) for use in uses]
    told = {use.base.name for equation in equations for use in _defined(equation)}
    spoiled = told | {use.base.name for use, density in found if density is None}
    letters = {use.base.name for use in uses if use.sub is not None and latex(use.sub) in derived} - spoiled
    kept = dict.fromkeys(d for _, d in found if d is not None and d.letter in letters)
    marks = (f"{LAYER_MARK}at{''.join(two)}" for two in product(ascii_lowercase, repeat=2))
    names = dict(zip(kept, marks, strict=False))
    if len({(d.letter, d.kind) for d in kept if d.below in derived}) != 1:
        return body
    made: list[Statement] = []
    for item in body:
        if isinstance(item, Equation):
            for density in [d for d in kept if any(_holds(side, d, bound) for side in item.sides)]:
                made.append(_formula(item, density, names[density], density.below in derived))
                del kept[density]
            item = rewritten(item, lambda side: _named(side, names, bound))
        made.append(item)
    return made


def _is_density(use: Applied) -> bool:
    return use.base.name in LETTERS and use.sup is None and use.above is None


def _defined(equation: Equation) -> Iterator[Applied]:
    """The densities that a line tells by a formula without them."""
    for left, right in ((link.left, link.right) for link in equation.links):
        if isinstance(left, Product) and len(left.factors) == 2:
            use = applied_to(*left.factors, marked=True)
            if use is not None and use.base.name not in letters_in(right):
                yield use


def _density(use: Applied, bound: set[str]) -> _Density | None:
    """Which density a use is of; None where a letter that a Σ binds is more than its index."""
    indices = set[str]()
    arguments: list[str] = []
    for item in use.arguments:
        sub = item.sub if isinstance(item, Scripted) else None
        if isinstance(item, Scripted) and isinstance(sub, Symbol) and sub.name in bound:
            indices.add(sub.name)
            item = item.base if item.sup is None else replace(item, sub=None)
        if letters_in(item) & bound:
            return None
        arguments.append(latex(item))
    below = "" if use.sub is None else latex(use.sub)
    index = "".join(indices)
    kind = (*(sorted(letters_in(_base(item)))[0] for item in use.arguments), *use.separators)
    return None if len(indices) > 1 else _Density(use.base.name, below, tuple(arguments), index, kind)


def _base(node: Node) -> Node:
    return node.base if isinstance(node, Scripted) else node


def _holds(side: Node, density: _Density, bound: set[str]) -> bool:
    return any(
        _is_density(use) and _density(use, bound) == density for use in applications(side, marked=True)
    )


def _formula(equation: Equation, density: _Density, mark: str, derived: bool) -> Equation:
    """What stands for a density: a number below one whatever θ is, of how far that is from something."""
    by = rf"\|{density.below} - \{_WEIGHT}\|^2" if derived else rf"e^{{\{_FREE}}}"
    formula = parse_one(rf"\frac{{1}}{{1 + {by}}}")
    assert formula is not None, "this formula is written well"

    def own(symbol: Symbol) -> Node:
        return _quantity(symbol, density, mark) if symbol.name in (_WEIGHT, _FREE) else symbol

    head = _quantity(Symbol(equation.span, density.letter), density, mark)
    return told_before(equation, head, rebuilt(formula, Symbol, own))


def _quantity(symbol: Symbol, density: _Density, mark: str) -> Node:
    named = replace(symbol, name=f"{symbol.name}{mark}")
    below = Symbol(symbol.span, density.index)
    return Scripted(symbol.span, named, below, None, 0) if density.index else named


def _named(side: Node, names: Mapping[_Density, str], bound: set[str]) -> Node:
    def value(first: Node, group: Node) -> Node | None:
        use = applied_to(first, group, marked=True)
        density = _density(use, bound) if use is not None and _is_density(use) else None
        if use is None or density is None or density not in names:
            return None
        return _quantity(replace(use.base, span=first.span.cover(group.span)), density, names[density])

    return with_values_put(side, value)
