r"""Diagonal matrices: `\operatorname{diag}(a_1, \dots, a_n)`, `W_{ii} = a_i`, "diagonal with entries $a_i$".

A matrix of entries is the only argument of `diag`; brackets around a list are written out, so that it takes
one vector wherever it stands. A capital of which a document tells the diagonal alone, by two equal indices
or in words that say so, has nothing beside it: it is `\operatorname{diag}(a_i)`. Left as it was, what it
holds would be known as any matrix at all, and right lines with it be called wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from gradcheck.expr.written.definitions import definitions, written_names
from gradcheck.expr.written.indices import is_letter
from gradcheck.expr.written.names import Name, read_name
from gradcheck.notation.parser import parse_one
from gradcheck.notation.statements import Equation, Link, Prose, Statement, rewritten
from gradcheck.notation.tree import Group, Matrix, Node, Operator, Product, Relation, Symbol
from gradcheck.notation.walk import rebuilt
from gradcheck.notation.whole import where_written
from gradcheck.patterns import late_pattern
from gradcheck.records import replace

DIAGONAL: Final = frozenset(("diag", "Diag"))
FORMULA: Final = r"\$(?P<formula>[^$=<>]{2,})\$"
IN_WORDS: Final = late_pattern(
    r"\$(?P<name>[^$]{1,30})\$,?\s+(?:is|be|denotes?)\s+(?:an?\s|the\s)?(?:[\w-]+\s+|\$[^$]*\$\s+){0,3}?diagonal\b"
    r"(?P<between>(?:[^$.;]|\$[a-z]\$)*)" + FORMULA
)
ITS_ENTRIES: Final = late_pattern(
    r"\b(?:with|of|whose|having|containing|holds?|where)\b(?!.*\b(?:size|dimension|order)\b)"
)


def with_diagonals_of_lists(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with one vector for each diagonal matrix; themselves where all have."""
    return _with_one_vector(_with_diagonals_told(body))


@where_written(*DIAGONAL)
def _with_one_vector(body: Sequence[Statement]) -> Sequence[Statement]:
    return [rewritten(item, _written) if isinstance(item, Equation) else item for item in body]


def _with_diagonals_told(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with the matrices of which only the diagonal is told; themselves without any."""
    told = {item.number: name for item in body if isinstance(item, Equation) for name in _on_diagonal(item)}
    said = [found for item in body if isinstance(item, Prose) for found in IN_WORDS.finditer(item.text)]
    if not told and not said:
        return body
    equations = [item for item in body if isinstance(item, Equation)]
    counted: dict[str, int] = {}
    for definition in definitions(equations):
        base = definition.name.base
        counted[base] = counted.get(base, 0) + 1
    used = {name.key for item in equations for side in item.sides for name in written_names(side)}
    by_entry = {n: name for n, name in told.items() if counted.get(name.base) == 1 and name.base in used}
    made: list[Statement] = []
    last = equations[0] if equations else None
    for item in body:
        match item:
            case Equation():
                last = item
                made.append(_as_diagonal(item, by_entry[item.number]) if item.number in by_entry else item)
            case Prose() if last is not None:
                made += [item, *_in_words(item, counted, used, last)]
            case _:
                made.append(item)
    return made


def _on_diagonal(equation: Equation) -> Iterator[Name]:
    """`W_{ii}` of an equation that tells the entry i of a diagonal by something of i."""
    name = read_name(equation.head)
    if name is None or not name.is_plain or len(name.sub) != 2 or not name.base.strip("\\")[:1].isupper():
        return
    letter, other = name.sub
    told = letter == other and is_letter(letter) and equation.links[0].relation.sign in ("=", ":=")
    if told and _runs_over(equation.links[0].right, letter):
        yield name


def _runs_over(node: Node, letter: str) -> bool:
    """Whether a formula holds an entry, or an example, with the index."""
    return any(letter in (*name.sub, name.sample) for name in written_names(node))


def _as_diagonal(equation: Equation, name: Name) -> Equation:
    """`W_{ii} = a_i` as `W = \\operatorname{diag}(a_i)`; what goes on with its entries is left out of it."""
    head = Symbol(equation.head.span, name.base)
    link = equation.links[0]
    return replace(equation, head=head, links=(replace(link, left=head, right=_diagonal(link.right)),))


def _diagonal(entry: Node) -> Product:
    span = entry.span
    group = Group(span, "(", ")", (entry,))
    return Product(span, (Symbol(span, "diag"), group), (Operator(span, ""),))


def _in_words(
    prose: Prose, counted: Mapping[str, int], used: set[str], before: Equation
) -> Iterator[Equation]:
    """A definition that only a sentence tells: its link has the number of none."""
    for found in IN_WORDS.finditer(prose.text):
        node, entry = parse_one(found["name"]), parse_one(found["formula"])
        name = None if node is None else read_name(node)
        if node is None or entry is None or name is None or not name.is_plain or name.sub:
            continue
        letters = {
            mark for n in written_names(entry) for mark in (*n.sub, n.sample) if mark and is_letter(mark)
        }
        if ITS_ENTRIES.search(found["between"]) and name.key in used and name.base not in counted and letters:
            link = Link(0, Relation(prose.span, "="), node, _diagonal(entry), prose.span)
            yield replace(
                before, head=node, links=(link,), connective="", context=(), tag=None, span=prose.span
            )


def _written(side: Node) -> Node:
    return rebuilt(side, Product, _with_one_argument)


def _with_one_argument(node: Product) -> Product:
    factors = list(node.factors)
    for position, (first, second) in enumerate(pairwise(node.factors)):
        if isinstance(first, Symbol) and first.name in DIAGONAL and not node.operators[position].kind:
            factors[position + 1] = _argument(second)
    return (
        node
        if all(a is b for a, b in zip(factors, node.factors, strict=True))
        else replace(node, factors=tuple(factors))
    )


def _argument(node: Node) -> Node:
    listed = isinstance(node, Group) and node.open in ("(", "[") and len(node.items) > 1
    if listed or isinstance(node, Matrix):
        return Group(node.span, "(", ")", (node,))
    return node
