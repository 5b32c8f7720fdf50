"""Tuples of parameters, `\\theta = (W, b)`: `f(\\theta)` is f, `\\nabla f(\\theta) = (A, B)` two gradients.

A letter that is set equal to several names, and stands nowhere else but as the only argument of functions,
says only on what these depend; behind a function whose formula holds the letter itself it is a variable of
that formula. So f becomes a quantity, `\\ell \\circ f` is `\\ell(f)`, and a tuple of gradients is told name
by name: all parts keep the number and the spans of the equation, and one judgement is made of them. Tuples
that hold no derivative stay what they are, points and rows.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

from gradcheck.expr.written.definitions import DEFINING, read_applied, unboxed
from gradcheck.expr.written.names import read_name
from gradcheck.expr.written.quotients import derives
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import LISTED, Equation, Statement, rewritten
from gradcheck.notation.tree import Dots, Group, Node, Operator, Product, Scripted, Symbol
from gradcheck.notation.walk import mapped, of_kind, parts
from gradcheck.records import replace
from gradcheck.restating.derivatives.nablas import below, is_bare
from gradcheck.restating.functions.own_arguments import Written, without_brackets

Items = tuple[Node, ...]


def without_tuples(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with f for `f(\\theta)`, and with an equation for each part of a tuple of gradients."""
    equations = [item for item in body if isinstance(item, Equation)]
    tuples = {letter: items for each in equations for letter, items in _tuples(each)}
    depending = {letter: found for letter in tuples if (found := _applied_to(letter, equations)) is not None}
    by: dict[str, Items] = {}
    listed = _listed(equations)
    if depending:
        bracketed: set[Written] = set()
        for letter, functions in depending.items():
            bracketed |= {(function, (letter,)) for function in functions}
            by |= dict.fromkeys(functions, tuples[letter])
        bare = without_brackets(body, bracketed)
        body = [
            _told(_composed(item, by), depending) if isinstance(item, Equation) else item for item in bare
        ]
    return [part for item in _placed(body, list(tuples.values())) for part in _apart(item, by, listed)]


def _tuples(equation: Equation) -> Iterator[tuple[str, Items]]:
    """`\\theta` with its W and b."""
    link = equation.links[0]
    if not isinstance(equation.head, Symbol) or len(equation.links) > 1 or link.relation.sign not in DEFINING:
        return
    items = _items(link.right)
    names = [read_name(item) for item in items]
    keys = {name.key for name in names if name is not None and name.is_plain}
    if len(keys) == len(items) > 1 and not any(_holds(item, equation.head.name) for item in items):
        yield latex(equation.head), items


def _holds(node: Node, letter: str) -> bool:
    """Whether a letter stands in a formula."""
    return any(part.name == letter for part in of_kind(node, Symbol))


def _items(node: Node) -> Items:
    """The parts of a tuple or a set that is written out in full; none of anything else."""
    node = unboxed(node)
    if not isinstance(node, Group) or node.open not in ("(", "{", "[") or len(node.items) < 2:
        return ()
    commas = all(separator in (",", ";") for separator in node.separators)
    return node.items if commas and not any(isinstance(item, Dots) for item in node.items) else ()


def _applied_to(letter: str, equations: Sequence[Equation]) -> set[str] | None:
    """The functions that are applied to a letter and nothing else; None where it stands by itself, too."""
    found: set[str] = set()
    own: set[str] = set()
    for equation in equations:
        head = unboxed(equation.head)
        if latex(head) == letter and (
            equation.links[0].relation.sign == "∈" or _items(equation.links[0].right)
        ):
            continue
        uses = [use for side in equation.sides for use in _uses(side, letter)]
        first = next(iter(_uses(head, letter)), "")
        if first and "" in uses:
            own.add(first)  # a variable of this function's own formula
            continue
        if "" in uses:
            return None
        found.update(uses)
    return found - own or None


def _uses(node: Node, letter: str) -> Iterator[str]:
    """What stands before `(\\theta)` wherever θ is written, "" where θ stands otherwise."""
    if isinstance(node, Product):
        position = 0
        while position < len(node.factors):
            if _is_applied(node, position, letter):
                yield latex(node.factors[position])
                position += 2
            else:
                yield from _uses(node.factors[position], letter)
                position += 1
        return
    if latex(node) == letter:
        yield ""
        return
    for child in parts(node):
        yield from _uses(child, letter)


def _is_applied(product: Product, position: int, letter: str) -> bool:
    following = product.factors[position + 1] if position + 1 < len(product.factors) else None
    group = following.base if isinstance(following, Scripted) else following
    joined = isinstance(group, Group) and group.open == "(" and not product.operators[position].kind
    named = read_name(product.factors[position]) is not None
    return joined and named and isinstance(group, Group) and tuple(map(latex, group.items)) == (letter,)


def _composed(equation: Equation, functions: Container[str]) -> Equation:
    """`\\ell \\circ f` as `\\ell(f)`, where f is such a function."""

    def change(node: Node) -> Node:
        node = mapped(node, change)
        match node:
            case Product(factors=(outer, inner), operators=(Operator(kind="circ") as sign,)) if (
                latex(inner) in functions and latex(outer) not in functions
            ):
                group = Group(inner.span, "(", ")", (inner,))
                return replace(node, factors=(outer, group), operators=(replace(sign, kind=""),))
            case _:
                return node

    return rewritten(equation, change)


def _told(equation: Equation, letters: Container[str]) -> Equation:
    """The equation that tells what such a letter is short for, as one that defines and claims nothing."""
    told = latex(equation.head) in letters and _items(equation.links[0].right)
    return replace(equation, connective=LISTED) if told else equation


def _listed(equations: Sequence[Equation]) -> dict[str, Items]:
    """The arguments with which each function of several is written first on a left side."""
    found: dict[str, Items] = {}
    for applied in (read_applied(unboxed(equation.head)) for equation in equations):
        if applied is not None and len(applied.arguments) > 1:
            found.setdefault(applied.function.key, applied.arguments)
    return found


def _apart(item: Statement, by: Mapping[str, Items], listed: Mapping[str, Items]) -> Iterator[Statement]:
    """The equations that a tuple of gradients makes; any other statement itself."""
    if not isinstance(item, Equation):
        yield item
        return
    sides = [_gradients(side, by, listed) or _spaces(side) or _items(side) for side in item.sides]
    count = len(sides[0])
    meant = any(map(derives, sides[0])) or _spaces(item.links[0].right)
    if count < 2 or any(len(side) != count for side in sides) or not meant:
        yield item
        return
    for part in zip(*sides, strict=True):
        links = (
            replace(link, left=left, right=right)
            for link, left, right in zip(item.links, part, part[1:], strict=False)
        )
        yield replace(item, head=part[0], links=tuple(links))


def _spaces(side: Node) -> Items:
    """The factors of `\\mathbb{R}^{m \\times n} \\times \\mathbb{R}^m`."""
    if not isinstance(side, Product) or any(operator.kind != "times" for operator in side.operators):
        return ()
    return side.factors if all(map(_is_space, side.factors)) else ()


def _is_space(node: Node) -> bool:
    base = node.base if isinstance(node, Scripted) and node.sub is None else node
    return isinstance(base, Symbol) and base.name == "R" and base.style == "mathbb"


def _placed(body: Sequence[Statement], tuples: Sequence[Items]) -> Iterator[Statement]:
    """The statements, the only tuple of as many names in `\\Theta = \\mathbb{R}^n \\times \\mathbb{R}^m`."""
    for item in body:
        if isinstance(item, Equation) and len(item.links) == 1 and isinstance(item.head, Symbol):
            link = item.links[0]
            fitting = [items for items in tuples if len(items) == len(_spaces(link.right))]
            if len(fitting) == 1 and link.relation.sign in DEFINING:
                head = Group(item.head.span, "(", ")", fitting[0], (",",) * (len(fitting[0]) - 1))
                member = replace(link, left=head, relation=replace(link.relation, sign="∈"))
                item = replace(item, head=head, links=(member,))
        yield item


def _gradients(side: Node, by: Mapping[str, Items], listed: Mapping[str, Items]) -> Items:
    """`\\nabla_W f` and `\\nabla_b f` for `\\nabla f`, or for `\\nabla f(W, b)`.

    Of a function of b and W that is the gradient at another point.
    """
    side = unboxed(side)
    if not isinstance(side, Product) or not is_bare(side.factors[0]) or any(o.kind for o in side.operators):
        return ()
    match side.factors[1:]:
        case (function,):
            items = by.get(latex(function), ())
        case (function, Group() as group) if all(read_name(each) is not None for each in group.items):
            name = read_name(function)
            own = group.items if name is None else listed.get(name.key, group.items)
            items = _items(group) if list(map(latex, own)) == list(map(latex, group.items)) else ()
        case _:
            return ()
    nabla = side.factors[0]
    signs = (below(nabla, replace(item, span=nabla.span)) for item in items)
    return tuple(replace(side, factors=(sign, function), operators=side.operators[:1]) for sign in signs)
