"""Spellings that mean what a plainer one says: indices with primes, a transposed gradient sign.

`\\sum_{j'} e^{z_{j'}}` sums over an index of its own, so the letter with its prime becomes a letter that the
document does not write. `\\nabla_x^T L` is the gradient, transposed. Both are rewritten before anything is
read, since an index is a letter everywhere else, and so are bare layers and indices above, and brackets that
keep a prime apart, `(w')_{ij}`. A Σ over other entries than the samples, `\\sum_{i=0}^d w_i x_i` beside
`x^{(i)}` for i up to n, has an index of its own. Of a letter that carries two indices, `w_{jk}`, `w_{12}` and
`w_{j2}` are entries too, and not number 12 or the one of j_2. Layers in brackets on the line,
`Z[2] = W[2] A[1]`, go above where quantities are defined so for several layers. A word for multiplication
before a list of derivatives, `\\mathrm{prod}(∂L/∂y, ∂y/∂x)`, is the chain that their product is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import is_

from gradcheck.expr.written.definitions import written_names
from gradcheck.expr.written.indices import bound_letters
from gradcheck.expr.written.names import RUNNING_LETTERS, read_name
from gradcheck.expr.written.quotients import derives
from gradcheck.notation.printer import latex
from gradcheck.notation.remembered import once_a_node
from gradcheck.notation.scripts import is_transposition
from gradcheck.notation.statements import Equation, Statement, renamed, rewritten
from gradcheck.notation.tree import (
    BigOperator,
    Fraction,
    Group,
    Node,
    Number,
    Operator,
    Product,
    Scripted,
    Sum,
    Symbol,
    Term,
)
from gradcheck.notation.walk import letters_in, mapped, of_kind, rebuilt, relettered, walk
from gradcheck.records import replace
from gradcheck.restating.recursions.accumulated import is_gradient_name
from gradcheck.restating.recursions.layers import bracketed
from gradcheck.restating.samples.superscripts import with_indices_told
from gradcheck.source import Span

STAR = 0  # the count of primes under which a star is kept, `j^*`
_LAYERS = frozenset(("l", "L", "ell"))
_FEWEST_AT_LAYERS = 2
_PRODUCTS = frozenset(("prod", "mul", "multiply"))
PLAIN = tuple(sorted(RUNNING_LETTERS)) + tuple("abcfghopqrsuvwxyz")


def in_plain_spelling(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with indices as letters, layers and samples in brackets, and gradients transposed."""
    equations = [item for item in body if isinstance(item, Equation)]
    fresh, free = _fresh(equations)
    counted = _counted_samples(equations)
    other = dict(zip(counted, free, strict=False))
    entries = _of_two_indices(equations)

    def plain(side: Node) -> Node:
        side = rebuilt(side, Scripted, lambda node: _in_two(node, entries)) if entries else side
        side = _apart(side, counted, other) if other else side
        side = rebuilt(side, Product, _multiplied) if not letters_in(side).isdisjoint(_PRODUCTS) else side
        return _spelled(side, fresh) if fresh or _holds_sign(side) else side

    told = [renamed(_as_step(item), plain) if isinstance(item, Equation) else item for item in body]
    return with_indices_told(bracketed(told))


def _of_two_indices(equations: Sequence[Equation]) -> frozenset[str]:
    """The letters below which two index letters stand, and nowhere one mark alone that is no such pair."""
    names = [name for e in equations for side in e.sides for name in written_names(side) if name.sub]
    pairs = {name.base for name in names if len(name.sub) == 2 and set(name.sub) <= RUNNING_LETTERS}
    names = [name for name in names if name.base in pairs]
    others = {name.base for name in names if len(name.sub) == 1 and _digits_of(name.sub[0]) is None}
    return frozenset(pairs - others)


def _digits_of(mark: str) -> tuple[str, str] | None:
    """The two marks that are written without a space: of `12`, and of a letter with its digit, `j_{2}`."""
    first, last = mark[:1], mark[1:].removeprefix("_").strip("{}")
    apart = len(last) == 1 and last.isdigit() and (first.isdigit() or first in RUNNING_LETTERS)
    return (first, last) if apart else None


def _in_two(node: Scripted, entries: frozenset[str]) -> Node:
    """`w_{12}` with two marks below, of the letters that carry two."""
    name = read_name(node)
    apart = (
        _digits_of(name.sub[0]) if name is not None and name.base in entries and len(name.sub) == 1 else None
    )
    if apart is None or node.sub is None:
        return node
    span = node.sub.span
    marks = tuple(Number(span, mark) if mark.isdigit() else Symbol(span, mark) for mark in apart)
    return replace(node, sub=Product(span, marks, (Operator(span, ""),)))


def _multiplied(node: Product) -> Product:
    """`prod(∂L/∂y, ∂y/∂x)` as their product; of other factors the order would be left open."""
    factors, operators = list[Node](), list[Operator]()
    for factor, before in zip(node.factors, (None, *node.operators), strict=True):
        match factor, factors[-1:]:
            case Group(open="(" | "[" | "{", items=items), [Symbol(name=name, style="word" | "mathrm")] if (
                before is not None
                and not before.kind
                and name in _PRODUCTS
                and len(items) > 1
                and all(isinstance(item, Fraction) and derives(item) for item in items)
            ):
                factors[-1:] = items
                operators += [Operator(item.span, "") for item in items[1:]]
            case _:
                factors.append(factor)
                operators += () if before is None else (before,)
    same = len(factors) == len(node.factors) and all(map(is_, factors, node.factors))
    return node if same else replace(node, factors=tuple(factors), operators=tuple(operators))


def _holds_sign(side: Node) -> bool:
    return "nabla" in letters_in(side)


def _as_step(equation: Equation) -> Equation:
    """`w -= \\eta g` with `w - \\eta g` on the right; what is added to a gradient is only a part of it."""
    first, *others = equation.links
    sign = first.relation.sign
    name = read_name(equation.head)
    if sign not in ("+=", "-=") or others or derives(equation.head) or name is None or is_gradient_name(name):
        return equation
    span = first.right.span
    right = Sum(span, (Term(span, "+", equation.head), Term(span, sign[0], first.right)))
    return replace(equation, links=(replace(first, right=right),))


def _counted_samples(equations: Sequence[Equation]) -> dict[str, set[str]]:
    """For each letter that marks samples below a Σ, `x^{(i)}`, what stands above those Σ."""
    found: dict[str, set[str]] = {}
    for big in (node for e in equations for side in e.sides for node in of_kind(side, BigOperator)):
        if big.upper is not None:
            for letter in bound_letters(big) & _samples(big):
                found.setdefault(letter, set()).add(latex(big.upper))
    return found


def _samples(node: Node) -> set[str]:
    return {name.sample for name in written_names(node) if name.sample is not None}


def _apart(side: Node, counted: dict[str, set[str]], other: dict[str, str]) -> Node:
    """A formula in which no Σ over something else than the samples binds their letter."""

    def apart(node: BigOperator) -> BigOperator:
        if node.upper is None:
            return node
        for letter in bound_letters(node) & set(other):
            if latex(node.upper) not in counted[letter] and letter not in _samples(node.body):
                lower = None if node.lower is None else relettered(node.lower, letter, other[letter])
                node = replace(node, lower=lower, body=relettered(node.body, letter, other[letter]))
        return node

    return rebuilt(side, BigOperator, apart)


def _fresh(equations: Sequence[Equation]) -> tuple[dict[tuple[str, int], str], list[str]]:
    """For each index letter with primes or a star a letter that stands nowhere, and the letters left over."""
    sides = [side for e in equations for side in e.sides]
    taken = frozenset[str]().union(*map(letters_in, sides))
    nodes = (node for side in sides if _holds_mark(side) for node in walk(side))
    marks = dict.fromkeys(mark for node in nodes for script in _scripts(node) for mark in _primed(script))
    free = [letter for letter in PLAIN if letter not in taken]
    return dict(zip(marks, free, strict=False)), free[len(marks) :]


def _holds_mark(side: Node) -> bool:
    scripted = of_kind(side, Scripted)
    starred = scripted if "*" in letters_in(side) else ()
    return any(node.primes for node in scripted) or any(map(_is_starred, starred))


def _scripts(node: Node) -> Iterator[Node]:
    """What stands above and below a node."""
    match node:
        case Scripted(sub=sub, sup=sup):
            yield from (script for script in (sub, sup) if script is not None)
        case BigOperator(lower=lower) if lower is not None:
            yield lower


def _primed(script: Node) -> Iterator[tuple[str, int]]:
    for node in walk(script):
        match node:
            case Scripted(base=Symbol(name=name, style=""), sub=None, sup=None, primes=primes) if primes:
                if len(name) == 1 and name.islower():
                    yield name, primes
            case Scripted(base=Symbol(name=name, style="")) if _is_starred(node) and len(name) == 1:
                yield name, STAR


def _is_starred(node: Node) -> bool:
    """Whether a node is an index that is meant among others, `j^*`."""
    if not isinstance(node, Scripted) or node.sub is not None or node.primes:
        return False
    return isinstance(node.sup, Symbol) and node.sup.name == "*"


def _spelled(node: Node, fresh: dict[tuple[str, int], str]) -> Node:
    node = _out_of_brackets(node)
    match node:
        case Scripted(base=Symbol(name=name, style="")) if _is_starred(node) and (name, STAR) in fresh:
            return Symbol(node.span, fresh[name, STAR])
        case Scripted(sub=sub, sup=sup):
            lowered = None if sub is None else _renamed(sub, fresh)
            raised = None if sup is None else _renamed(sup, fresh)
            if lowered is not sub or raised is not sup:
                node = replace(node, sub=lowered, sup=raised)
        case BigOperator(lower=lower) if lower is not None:
            renamed = _renamed(lower, fresh)
            node = node if renamed is lower else replace(node, lower=renamed)
    node = mapped(node, lambda child: _spelled(child, fresh))
    return _turned(node) if isinstance(node, Product) else node


def _out_of_brackets(node: Node) -> Node:
    """`(w')_{ij}^l` as `w'_{ij}^l`: brackets that only keep a prime apart from the scripts."""
    match node:
        case Scripted(
            base=Group(open="(", items=(Scripted(base=Symbol() as base, sub=None, sup=None, primes=primes),)),
            sub=Node(),
            primes=0,
        ):
            return replace(node, base=base, primes=primes)
        case _:
            return node


def _renamed(script: Node, fresh: dict[tuple[str, int], str]) -> Node:
    """A script with its primed letters as letters of their own."""
    if not fresh:
        return script
    match script:
        case Scripted(span=span, base=Symbol(name=name, style=""), sub=None, sup=None, primes=primes) if (
            primes
        ):
            letter = fresh.get((name, primes))
            return script if letter is None else Symbol(span, letter)
        case Scripted(base=Symbol(name=name, style="")) if _is_starred(script) and (name, STAR) in fresh:
            return Symbol(script.span, fresh[name, STAR])
        case _:
            return mapped(script, lambda child: _renamed(child, fresh))


def _turned(node: Product) -> Node:
    """`\\nabla_x^T L` as `(\\nabla_x L)^T`, whatever factors stand around it."""
    factors, operators = list(node.factors), list(node.operators)
    for position in range(len(factors) - 1):
        sign = factors[position]
        if not _is_turned_sign(sign) or operators[position].kind != "":
            continue
        assert isinstance(sign, Scripted), "a sign with scripts"
        target = factors[position + 1]
        span = sign.span.cover(target.span)
        inner = Product(span, (replace(sign, sup=None), target), (Operator(target.span, ""),))
        whole = Scripted(span, Group(span, "(", ")", (inner,)), None, sign.sup)
        factors[position : position + 2] = [whole]
        del operators[position]
        return _turned(Product(node.span, tuple(factors), tuple(operators))) if len(factors) > 1 else whole
    return node


def _is_turned_sign(node: Node) -> bool:
    """Whether a node is `\\nabla_x^T`."""
    return (
        isinstance(node, Scripted)
        and node.base == Symbol(node.base.span, "nabla")
        and node.sub is not None
        and node.sup is not None
        and is_transposition(node.sup)
    )


def with_layers_above(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with `Z[l] = W[l] A[l-1]` as `Z^{[l]} = W^{[l]} A^{[l-1]}`, as programs write layers.

    One such left side may be a product, and so may any whose brackets hold more than a layer.
    """
    heads = {head for item in body if isinstance(item, Equation) for head in _at_layers(item)}
    if len(heads) < _FEWEST_AT_LAYERS:
        return body
    return [
        rewritten(item, lambda side: rebuilt(side, Product, _raised)) if isinstance(item, Equation) else item
        for item in body
    ]


@once_a_node
def _at_layers(equation: Equation) -> tuple[str, ...]:
    """The left side `Z[2]` that an equation defines."""
    head = equation.head
    return (latex(head),) if isinstance(head, Product) and isinstance(_raised(head), Scripted) else ()


def _raised(product: Product) -> Node:
    """A product with the layer of each of its letters above that letter."""
    factors, operators = list(product.factors), list(product.operators)
    for at in reversed(range(1, len(factors))):
        letter, marked = factors[at - 1], factors[at]
        layer = marked.base if isinstance(marked, Scripted) and marked.sub is None else marked
        if not isinstance(letter, Symbol) or operators[at - 1].kind or not _is_layer(layer, letter.span.end):
            continue
        above: Node = layer
        if isinstance(marked, Scripted) and marked.sup is not None:
            nothing = Operator(Span(layer.span.end, layer.span.end), "")
            above = Product(layer.span.cover(marked.sup.span), (layer, marked.sup), (nothing,))
        primes = marked.primes if isinstance(marked, Scripted) else 0
        factors[at - 1 : at + 1] = [
            Scripted(letter.span.cover(marked.span), letter, None, above, primes=primes)
        ]
        del operators[at - 1]
    if len(factors) == 1:
        return factors[0]
    return replace(product, factors=tuple(factors), operators=tuple(operators))


def _is_layer(node: Node, start: int) -> bool:
    """`[2]`, `[l]` or `[L-1]`, right behind a letter."""
    if not isinstance(node, Group) or node.open != "[" or len(node.items) != 1 or node.span.start != start:
        return False
    symbols = {symbol.name for symbol in of_kind(node, Symbol)}
    whole = all(number.text.isdigit() for number in of_kind(node, Number))
    return whole and symbols <= _LAYERS and isinstance(node.items[0], Number | Symbol | Sum)
