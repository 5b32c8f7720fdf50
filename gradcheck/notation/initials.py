"""Names of several capitals that are set without `\\text`: `CE`, `NLL`, `MSE`.

TeX reads them as products of letters. They are one name where they stand alone on a left side, with or
without what they depend on, and none of their letters stands for anything by itself in the document.
`AB = C` with a lone `A` elsewhere stays a product. `NN(x) = W_2 f(W_1 x)` names a function of `x` though the
document counts to an `N` elsewhere: for a product nobody writes a letter twice, then brackets around another.
Nor does a product end in a list: `CE(y, \\hat y)` names a function by letters whose last is nothing alone.
What a line of plain text derives by, the tx of `dE/dtx`, is one name of two small letters wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from gradcheck.notation.remembered import once_a_node
from gradcheck.notation.statements import Equation, Statement
from gradcheck.notation.tree import Fraction, Group, Node, Product, Scripted, Symbol, Wrapped
from gradcheck.notation.walk import letters_in, of_kind, parts
from gradcheck.records import fields, replace
from gradcheck.source import Span

LONGEST: Final = 4


def with_initials(body: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements with such names joined to one symbol each."""
    equations = [item for item in body if isinstance(item, Equation)]
    words = set(filter(None, (_alone(equation.head) for equation in equations)))
    listed = {word for e in equations for side in e.sides for word in _before_lists(side)}
    words |= listed
    loose = set(_loose_letters(equations, words)) if words else set()
    doubled = {word for equation in equations for word in _doubled_function(equation)}
    words = {
        word
        for word in words
        if not loose & set(word) or word in doubled or (word in listed and word[-1] not in loose)
    }
    words |= {word for e in equations for side in e.sides for word in _derived_by(side)}
    if not words:
        return tuple(body)
    return tuple(_joined_equation(item, words) if isinstance(item, Equation) else item for item in body)


def _alone(head: Node) -> str:
    """The capitals that a left side is: `CE`, `CE(y, \\hat y)`, the CE of `∂CE/∂z`; "" for anything else."""
    while isinstance(head, Wrapped):
        head = head.body
    if isinstance(head, Fraction):
        head = head.numerator
        if isinstance(head, Product) and _is_sign(head.factors[0]):
            head = replace(head, factors=head.factors[1:], operators=head.operators[1:])
        else:
            return ""
    if not isinstance(head, Product):
        return ""
    factors = head.factors[:-1] if isinstance(head.factors[-1], Group) else head.factors
    return _word(factors) if len(factors) == _run(head.factors, 0) else ""


def _doubled_function(equation: Equation) -> Iterator[str]:
    """`NN` of `NN(x) = …`: a word with a letter twice, applied to letters, none of it on the right side."""
    head = equation.head
    if not equation.links or not isinstance(head, Product) or not isinstance(head.factors[-1], Group):
        return
    word = _alone(head)
    plain = all(isinstance(_base(item), Symbol) for item in head.factors[-1].items)
    meant = letters_in(equation.links[0].right)
    if len(set(word)) < len(word) and plain and not meant & set(word):
        yield word


@once_a_node
def _before_lists(side: Node) -> tuple[str, ...]:
    """The words before brackets that hold a list, `CE(y, \\hat y)`."""
    found: list[str] = []
    for node in of_kind(side, Product):
        for position, group in enumerate(node.factors):
            if isinstance(group, Group) and len(group.items) > 1 and group.open == "(":
                start = position
                while start and _is_capital(node.factors[start - 1]):
                    start -= 1
                run = _run(node.factors, start)
                found.append(_word(node.factors[start:position]) if start + run == position else "")
    return tuple(filter(None, found))


@once_a_node
def _derived_by(side: Node) -> tuple[str, ...]:
    """The words of small letters that a side derives by."""
    products = of_kind(side, Product) if of_kind(side, Fraction) else ()
    return tuple(filter(None, (_glued(*pair) for node in products for pair in pairwise(node.factors))))


def _glued(quotient: Node, letter: Node) -> str:
    """The tx of `dE/dt` and an x that no blank and no brace parts from it."""
    if not isinstance(quotient, Fraction) or not isinstance(letter, Symbol) or not _is_small(letter):
        return ""
    below = _below(quotient)
    meant = below and below[-1].span.end == quotient.span.end == letter.span.start
    return f"{below[-1].name}{letter.name}" if meant else ""


def _below(quotient: Fraction) -> tuple[Symbol, ...]:
    """The d and the t below `dE/dt`."""
    below = quotient.denominator
    factors = below.factors if isinstance(below, Product) else ()
    letters = tuple(factor for factor in factors if isinstance(factor, Symbol))
    meant = len(letters) == len(factors) == 2 and _is_sign(letters[0]) and _is_small(letters[1])
    return letters if meant else ()


def _is_small(node: Node) -> bool:
    return isinstance(node, Symbol) and len(node.name) == 1 and node.name.islower() and not node.style


def _base(node: Node) -> Node:
    return node.base if isinstance(node, Scripted) else node


def _is_sign(node: Node) -> bool:
    return isinstance(node, Symbol) and node.name in ("partial", "d")


def _run(factors: Sequence[Node], start: int) -> int:
    """How many capitals stand right beside each other from a position on."""
    end = start
    while end < len(factors) and _is_capital(factors[end]):
        if end > start and factors[end - 1].span.end != factors[end].span.start:
            break
        end += 1
    return end - start


def _small_run(factors: Sequence[Node], start: int, words: set[str]) -> int:
    """2 where two small letters that are a word stand right beside each other, with none on either side."""
    run = factors[start : start + 2]
    if len(run) < 2 or not all(map(_is_small, run)) or _word(run) not in words:
        return 0
    near = [*factors[max(start - 1, 0) : start], *run, *factors[start + 2 : start + 3]]
    glued = [a.span.end == b.span.start and _is_small(a) and _is_small(b) for a, b in pairwise(near)]
    return 2 if run[0].span.end == run[1].span.start and sum(glued) == 1 else 0


def _is_capital(node: Node) -> bool:
    return isinstance(node, Symbol) and len(node.name) == 1 and node.name.isupper() and not node.style


def _word(factors: Sequence[Node]) -> str:
    letters = [factor.name for factor in factors if isinstance(factor, Symbol)]
    return "".join(letters) if 2 <= len(letters) <= LONGEST else ""


def _loose_letters(equations: Iterable[Equation], words: set[str]) -> Iterator[str]:
    """The capitals that stand by themselves anywhere, outside of such words."""

    def visit(node: Node) -> Iterator[str]:
        if isinstance(node, Symbol):
            yield from (node.name,) if _is_capital(node) else ()
        elif isinstance(node, Product):
            position = 0
            while position < len(node.factors):
                length = _run(node.factors, position)
                if _word(node.factors[position : position + length]) in words:
                    position += length
                    continue
                yield from visit(node.factors[position])
                position += 1
        else:
            for child in parts(node):
                yield from visit(child)

    for equation in equations:
        for side in equation.sides:
            yield from visit(side)


def _by_words(product: Product) -> Product:
    """A product with the derivatives by tx that it holds as `dE/dt x`."""
    factors, operators = list(product.factors), list(product.operators)
    for place in range(len(factors) - 2, -1, -1):
        quotient, letter = factors[place : place + 2]
        if not isinstance(quotient, Fraction) or not (word := _glued(quotient, letter)):
            continue
        sign, first = _below(quotient)
        assert isinstance(quotient.denominator, Product), "two letters stand below"
        name = Symbol(first.span.cover(letter.span), word, "word")
        below = replace(quotient.denominator, factors=(sign, name), span=sign.span.cover(name.span))
        factors[place : place + 2] = [
            replace(quotient, denominator=below, span=quotient.span.cover(letter.span))
        ]
        del operators[place]
    return replace(product, factors=tuple(factors), operators=tuple(operators))


def _joined_equation(equation: Equation, words: set[str]) -> Equation:
    """The equation with its words joined; a side that two links share stays one node."""
    known: dict[int, Node] = {}

    def joined(node: Node) -> Node:
        if id(node) not in known:
            known[id(node)] = _joined(node, words)
        return known[id(node)]

    links = tuple(replace(link, left=joined(link.left), right=joined(link.right)) for link in equation.links)
    return replace(equation, head=joined(equation.head), links=links)


def _joined(node: Node, words: set[str]) -> Node:
    changes: dict[str, object] = {}
    for item in fields(node):
        value = getattr(node, item.name)
        if isinstance(value, Node):
            new: object = _joined(value, words)
        elif isinstance(value, tuple) and any(isinstance(each, Node) for each in value):
            new = tuple(_joined(each, words) if isinstance(each, Node) else each for each in value)
        else:
            continue
        if new != value:
            changes[item.name] = new
    node = replace(node, **changes) if changes else node  # type: ignore[arg-type]
    return _with_words(node, words) if isinstance(node, Product) else node


def _with_words(product: Product, words: set[str]) -> Node:
    """A product in which runs of capitals, or small letters, that are words became symbols."""
    product = _by_words(product) if any(map(str.islower, words)) else product
    factors: list[Node] = []
    operators = list(product.operators[: len(product.factors) - 1])
    dangling = product.operators[len(product.factors) - 1 :]
    kept = []
    position = 0
    while position < len(product.factors):
        length = _run(product.factors, position) or _small_run(product.factors, position, words)
        run = product.factors[position : position + length]
        taken = max(length, 1)
        if _word(run) in words:
            factors.append(Symbol(Span(run[0].span.start, run[-1].span.end), _word(run), "word"))
        else:
            factors += product.factors[position : position + taken]
            kept += operators[position : position + taken - 1]
        position += taken
        if position < len(product.factors):
            kept.append(operators[position - 1])
    if len(factors) == 1 and not dangling:
        return factors[0]
    return replace(product, factors=tuple(factors), operators=(*kept, *dangling))
