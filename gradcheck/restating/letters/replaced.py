"""Names that a step writes for a part: `\\sum_k \\frac{e^{u_k}}{\\sum_l e^{u_l}} g_k = \\sum_k p_k g_k`.

Authors stop writing a softmax out and go on with its name. Where two sides in a row differ in one place, and
a name stands there that nothing defines and no line above holds, the part is what it is called. So it is for
two equations in a row with one head, which is a derivative. A forward pass tells its activations the other
way round, `z = \\sum_j w_j a_j + b = \\sum_j w_j \\sigma(u_j) + b`, where nothing else defines a; what else
holds the name may change with it. A step that changes anything else tells no name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from gradcheck.expr.written.definitions import definitions, read_applied, unboxed, written_names
from gradcheck.expr.written.indices import bound_letters
from gradcheck.expr.written.names import Name, read_name
from gradcheck.expr.written.quotients import derives
from gradcheck.expr.written.vocabulary import is_loss_name
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Statement
from gradcheck.notation.tree import BigOperator, Group, Node, Product, Relation, Sum, Symbol, Term
from gradcheck.notation.walk import parts, walk
from gradcheck.records import dataclass, replace
from gradcheck.restating.passages.told_before import told_before

MOST_PLACES = 6
COUNTS = frozenset("ijklmnpqrstdNMKTDCBe")
NO_BOUND: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Difference:
    """Two parts of two formulas where these differ, and the letters that Σs around the parts bind."""

    before: Node
    after: Node
    bound: frozenset[str]


def with_parts_named(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with a definition before each equation that writes a new name for a part."""
    equations = [item for item in body if isinstance(item, Equation)]
    defined = {d.name.base for d in definitions(equations)}
    above: set[str] = set()
    last: Equation | None = None
    made: list[Statement] = []
    for item in body:
        if isinstance(item, Equation):
            derived = derives(item.head)
            for before, after in _steps(last if derived else None, item):
                first, second = (before, after) if derived else (after, before)
                found = _named(first, second, defined | above if derived else defined, strict=derived)
                told = found is not None and (read_applied(found.before) is not None or _is_loss(item.head))
                if found is not None and (derived or told):
                    made.append(told_before(item, found.after, found.before))
                    defined |= {name.base for name in written_names(found.after)}
                above |= {name.base for name in written_names(before)}
            above |= {name.base for side in item.sides for name in written_names(side)}
            last = item
        made.append(item)
    return made


def _steps(last: Equation | None, equation: Equation) -> Iterator[tuple[Node, Node]]:
    """The sides that stand in a row, from the equation before on, where it has the same head."""
    if last is not None and latex(last.head) == latex(equation.head):
        yield last.links[-1].right, equation.links[0].right
    yield from ((link.left, link.right) for link in equation.links[1:] if link.relation.sign == "=")


def _named(before: Node, after: Node, known: set[str], *, strict: bool) -> Difference | None:
    """The one difference of two sides, maybe at several places, where it gives a part a new name.

    strict   whether no other part may differ: a step of a derivation may turn factors round
    """
    if not any(_is_new(node, known) for node in walk(after)):
        return None
    differences = list(islice(_differences(unboxed(before), unboxed(after), NO_BOUND), MOST_PLACES))
    found = next((each for each in differences if read_name(each.after) is not None), None)
    if found is None or not all(_is_same(each, found, strict) for each in differences):
        return None
    name = read_name(found.after)
    if name is None or not _is_new(found.after, known) or name.differentiated is not None:
        return None
    inside = list(written_names(found.before))
    layers = {latex(other.power) for other in inside if other.power is not None}
    layered = isinstance(name.power, Symbol) and latex(name.power) in layers
    if not name.is_plain and not (layered and name.without(power=None).is_plain):
        return None
    marks = {mark for other in inside for mark in other.sub}
    is_whole = found.after is unboxed(after)
    if is_whole or not inside or _is_name(found.before) or derives(found.before):
        return None
    fits = {*name.sub} <= marks and marks & found.bound <= {*name.sub}
    return found if fits and name.base not in {other.base for other in inside} else None


def _is_same(other: Difference, found: Difference, strict: bool) -> bool:
    """Whether a place has the one difference or, if not strict, what 1 - y and the like come to."""
    if strict or latex(other.after) == latex(found.after):
        return (latex(other.before), latex(other.after)) == (latex(found.before), latex(found.after))
    return any(latex(node) == latex(found.after) for node in walk(other.after))


def _is_new(node: Node, known: set[str]) -> bool:
    """Whether a node is a name of something that is not known, and no letter that counts."""
    name = read_name(node)
    return name is not None and name.base not in known and name.base not in COUNTS


def _is_name(node: Node) -> bool:
    name: Name | None = read_name(node)
    return name is not None


def _differences(before: Node, after: Node, bound: frozenset[str]) -> Iterator[Difference]:
    """Where two formulas differ, from the outside in."""
    before, after = _unbracketed(before), _unbracketed(after)
    if latex(before) == latex(after):
        return
    if isinstance(before, Product) and isinstance(after, Product):
        before, after = _without_shared(before, after)
    if isinstance(before, Sum) and isinstance(after, Sum):
        before, after = _without_shared_terms(before, after)
    below, others = list(parts(before)), list(parts(after))
    alike = type(before) is type(after) and len(below) == len(others) and not isinstance(before, Relation)
    if not alike or _is_name(before) or _is_name(after) or _shell(before, below) != _shell(after, others):
        yield Difference(before, after, bound)
        return
    if isinstance(before, BigOperator):
        bound |= bound_letters(before)
    for first, second in zip(below, others, strict=True):
        yield from _differences(first, second, bound)


def _without_shared(before: Product, after: Product) -> tuple[Node, Node]:
    """What is left of two products of different length without the factors that both begin and end with."""
    first, second = before.factors, after.factors
    if len(first) == len(second):
        return before, after
    most = min(len(first), len(second)) - 1
    head = next((i for i in range(most) if latex(first[i]) != latex(second[i])), most)
    tail = next((i for i in range(most - head) if latex(first[-1 - i]) != latex(second[-1 - i])), most - head)
    return _part(before, head, len(first) - tail), _part(after, head, len(second) - tail)


def _without_shared_terms(before: Sum, after: Sum) -> tuple[Node, Node]:
    """What is left of two sums without the terms that both share: of `y - z` and `y - a - b` z and a + b."""
    first, second = before.terms, after.terms
    most = min(len(first), len(second)) - 1
    head = next((i for i in range(most) if not _is_alike(first[i], second[i])), most)
    tail = next((i for i in range(most - head) if not _is_alike(first[-1 - i], second[-1 - i])), most - head)
    if len(first) == len(second) or head + tail != most or first[head].sign != second[head].sign:
        return before, after
    return _rest(before, head, len(first) - tail), _rest(after, head, len(second) - tail)


def _is_alike(first: Term, second: Term) -> bool:
    return first.sign == second.sign and latex(first.body) == latex(second.body)


def _rest(whole: Sum, start: int, end: int) -> Node:
    """The terms from one place to another, with their signs against that of the first of them."""
    rest = whole.terms[start:end]
    if len(rest) == 1:
        return rest[0].body
    turned = {"-": "+", "+": "-"} if rest[0].sign == "-" else {}
    terms = [
        replace(rest[0], sign="+"),
        *(replace(each, sign=turned.get(each.sign, each.sign)) for each in rest[1:]),
    ]
    return replace(whole, terms=tuple(terms))


def _is_loss(head: Node) -> bool:
    """Whether a chain tells a loss, `L` or `L(w)`."""
    applied = read_applied(unboxed(head))
    name = read_name(unboxed(head)) if applied is None else applied.function
    return name is not None and is_loss_name(name)


def _part(product: Product, start: int, end: int) -> Node:
    """The factors from one place to another."""
    factors = product.factors[start:end]
    if len(factors) == 1:
        return factors[0]
    return replace(product, factors=factors, operators=product.operators[start : end - 1])


def _unbracketed(node: Node) -> Node:
    while isinstance(node, Group) and node.open in ("", "(", "[") and len(node.items) == 1:
        node = node.items[0]
    return node


def _shell(node: Node, below: Sequence[Node]) -> str:
    """How a formula is put together, whatever its parts are."""
    if isinstance(node, Sum):
        return "".join(term.sign for term in node.terms)
    text = latex(node)
    for part in below:
        text = text.replace(latex(part), "·", 1)
    return text.replace(" ", "")
