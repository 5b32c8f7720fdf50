"""What the parts of a superscript are: layer, sample, transposition, inverse, mark, power.

`W^{[2]T}`, `z^{[1](i)}`, `x^{(i)T}`, `A^{-\\top}` carry several marks in one superscript. They are told
apart here by their form alone, left to right; what is left over is called a power, though only meaning can
tell a power from a bare layer index (`a^{l}`).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from gradcheck.notation.tree import Blank, Group, Node, Number, Operator, Product, Scripted, Sum, Symbol
from gradcheck.records import dataclass
from gradcheck.source import Span

# Letters that name a function where a letter that counts nothing follows in brackets: `e^{f(x)}`.
_FUNCTIONS = {"f", "g", "h", "phi", "varphi", "psi"}
_COUNTING = set("ijklmnpq")


@dataclass(frozen=True, slots=True)
class Superscript:
    """The parts of a superscript.

    layers      what stood in `[ ]`
    samples     what stood in `( )`, if it is a simple index (`i`, `2`, `l-1`, `train`)
    mark        what tells another of its kind: `*` of `w^*`, `+` and `-` of `x^+` and `\\theta^-`, else ""
    primes      primes written inside the superscript
    power       what is left over, else None
    """

    layers: tuple[Node, ...] = ()
    samples: tuple[Node, ...] = ()
    transpose: bool = False
    inverse: bool = False
    mark: str = ""
    primes: int = 0
    power: Node | None = None


def split_superscript(node: Node | None) -> Superscript:
    """The parts of the superscript `node`; of None, nothing."""
    layers: list[Node] = []
    samples: list[Node] = []
    left_over: list[Node] = []
    transpose = inverse = False
    mark, primes = "", 0
    for part in _parts(node):
        if isinstance(part, Scripted) and isinstance(part.base, Group) and part.sub is part.sup is None:
            primes, part = primes + part.primes, part.base  # `[2]'`
        match part:
            case Group(open="[", items=items) if items:
                layers.extend(items)
            case Group(open="(", items=items) if items and all(map(is_simple_index, items)):
                samples.extend(items)
            case Symbol(name="prime"):
                primes += 1
            case Symbol(name="*" | "+" | "-" as name):
                mark = name
            case Sum(terms=(term,)) if term.sign == "-" and _is_one(term.body):
                inverse = True
            case Sum(terms=(term,)) if term.sign == "-" and is_transposition(term.body):
                inverse = transpose = True
            case _ if is_transposition(part):
                transpose = True
            case _:
                left_over.append(part)
    return Superscript(tuple(layers), tuple(samples), transpose, inverse, mark, primes, _together(left_over))


def is_transposition(node: Node) -> bool:
    """`T`, `\\top`, `\\intercal`, `\\mathsf T`, `\\mathrm{T}`."""
    if not isinstance(node, Symbol):
        return False
    return node.name in ("top", "intercal") or (node.name == "T" and node.style not in ("mathcal", "mathbb"))


def is_simple_index(node: Node) -> bool:
    """A letter, a number, a word, one of these with a subscript, or a sum with letters (`l-1`).

    `w^{(3-1)}` is a power: who names a layer or a sample by its number has no need to compute it.
    """
    match node:
        case Number() | Symbol():
            return True
        case Scripted(base=Symbol(), sup=None):
            return True
        case Sum(terms=terms):
            bodies = [term.body for term in terms]
            are_simple = all(isinstance(body, Number | Symbol) for body in bodies)
            return are_simple and any(isinstance(body, Symbol) for body in bodies)
        case _:
            return False


def _parts(node: Node | None) -> tuple[Node, ...]:
    match node:
        case None | Blank():
            return ()
        case Product(factors=factors, operators=operators) if not any(o.kind for o in operators):
            return (node,) if _applies_one(factors) else factors
        case Product(factors=(*marks, power), operators=(*before, sign)) if _is_entrywise(sign, before):
            blank = Blank(Span(sign.span.start, sign.span.start))
            entrywise = Product(sign.span.cover(power.span), (blank, power), (sign,))
            return (*(mark for mark in marks if not isinstance(mark, Blank)), entrywise)
        case Product(factors=(Blank(), power), operators=(Operator(span=span, kind="*"),)):
            return (Symbol(span, "*"), power)  # `z^{*2}`
        case Group(open="", items=items):
            return items
        case Sum(terms=(first, _, *others)) if first.sign == "+" and isinstance(first.body, Product | Group):
            return _with_signed_tail(node, first.body, len(others))
        case _:
            return (node,)


def _applies_one(factors: Sequence[Node]) -> bool:
    """Whether a function is applied among factors: then they are an exponent, `f(x)`, and `(x)` no mark."""
    for letter, group in pairwise(factors):
        match letter, group:
            case Symbol(name=function), Group(open="(", items=(Symbol(name=name),)) if (
                function in _FUNCTIONS and name not in _COUNTING
            ):
                return True
    return False


def _is_entrywise(sign: Operator, before: Sequence[Operator]) -> bool:
    """Whether marks end with a ⊙ and a power: `[2] \\odot 2`."""
    return sign.kind in ("odot", "circ") and not any(operator.kind for operator in before)


def _with_signed_tail(node: Sum, head: Node, others: int) -> tuple[Node, ...]:
    """`[2]-1` or `[l]-T`: an index, then a signed mark. Any other sum is an exponent: `e^{u v - c}`.

    others   how many terms stand behind these two
    """
    tail = node.terms[1]
    begins = next(iter(_parts(head)), None)
    indexed = isinstance(begins, Group) and begins.open in ("[", "(")
    marked = tail.sign == "-" and (_is_one(tail.body) or is_transposition(tail.body))
    return (*_parts(head), Sum(tail.span, (tail,))) if others == 0 and indexed and marked else (node,)


def _is_one(node: Node) -> bool:
    return isinstance(node, Number) and node.text == "1"


def _together(parts: list[Node]) -> Node | None:
    if len(parts) <= 1:
        return parts[0] if parts else None
    between = tuple(Operator(Span(part.span.start, part.span.start), "") for part in parts[1:])
    return Product(parts[0].span.cover(parts[-1].span), tuple(parts), between)
