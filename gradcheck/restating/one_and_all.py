"""A forward pass told for one example and again for all of them: `z = W x + b`, then `Z = W X + b`.

Where a formula stands twice, once in small letters and once with their capitals, the capitals hold what the
small letters are for each example. Beside samples that are marked, `y^{(i)}`, the lines about one example
then lack but the mark, and get it. A letter that stands the same in both, as the weights, is no such letter;
who never marks a sample leaves open what the lines add up to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import permutations

from gradcheck.expr.definitions import definitions, written_names
from gradcheck.expr.names import Name, core_letter, read_name
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import Accent, Group, Node, Operator, Product, Relational, Scripted, Symbol
from gradcheck.notation.walk import children, letters_in, mapped
from gradcheck.records import replace

_MOST = 60  # equations that are compared with each other


def with_examples_marked(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with marks on the names of one example; themselves where nothing is told twice."""
    equations = [item for item in body if isinstance(item, Equation)]
    heads = {d.name.base for d in definitions(equations)}
    if not any(head.upper() in heads for head in heads if len(head) == 1 and head.islower()):
        return body
    names = [name for e in equations for side in e.sides for name in written_names(side)]
    marks = {name.sample for name in names if name.sample is not None and name.sample.isalpha()}
    small = _told_twice(equations[:_MOST])
    if len(marks) != 1 or not small:
        return body
    (letter,) = marks
    large = {each.upper() for each in small}
    small |= {base for name in names if name.sample == letter and (base := _letter(name)).islower()}
    about_all = large | {f"d{each}" for each in large}
    about_one = [e for e in equations if not any(letters_in(side) & {*about_all, letter} for side in e.sides)]
    each = small | _made_of(small, about_one)

    def marked(item: Equation) -> Equation:
        if any(letters_in(side) & about_all for side in item.sides):
            return item
        own = {d.parameter.base for d in definitions([item]) if d.parameter is not None}
        return rewritten(item, _of_example(each - own, letter))

    return [marked(item) if isinstance(item, Equation) else item for item in body]


def _made_of(small: Collection[str], equations: Sequence[Equation]) -> set[str]:
    """The letters of what lines about one example tell by its letters, such as its loss."""
    found: set[str] = set()
    plain = (d for d in definitions(equations) if d.parameter is None and not d.name.sub)
    told = [d for d in plain if d.name.differentiated is None]
    while more := {
        _letter(d.name)
        for d in told
        if any(_letter(name) in {*small, *found} for name in written_names(d.right))
    } - {*small, *found}:
        found |= more
    return found


def _told_twice(equations: Sequence[Equation]) -> frozenset[str]:
    """The small letters for which an equation that stands twice has capitals the other time."""
    found: set[str] = set()
    by_text: defaultdict[str, list[tuple[Node, Node]]] = defaultdict(list)
    for equation in equations:
        sides = equation.head, equation.links[0].right
        by_text[" = ".join(map(latex, sides)).lower()].append(sides)
    # Only what is one text but for capitals can be told twice: few formulas are left to compare.
    for one, other in (pair for alike in by_text.values() for pair in permutations(alike, 2)):
        pairs = set(_unlike(one, other))
        if pairs and all(large == small.upper() != small for small, large in pairs):
            found |= {small for small, _ in pairs}
    return frozenset(found)


def _unlike(one: Sequence[Node | None], other: Sequence[Node | None]) -> Iterator[tuple[str, str]]:
    """The letters in which formulas of one build differ, those of differentials without their `d`.

    A pair that nothing matches stands for two builds.
    """
    if len(one) != len(other):
        yield "", ""
        return
    for left, right in zip(one, other, strict=True):
        if left is None or right is None or type(left) is not type(right):
            yield from [("", "")] if left is not right else []
        elif isinstance(left, Symbol) and isinstance(right, Symbol):
            first, second = left.name, right.name
            if len(first) == len(second) == 2 and first[0] == second[0] == "d":
                first, second = first[1], second[1]
            if first != second:
                yield (first, second) if len(first) == len(second) == 1 else ("", "")
        elif not children(left) and left != replace(right, span=left.span):
            yield "", ""
        else:
            yield from _unlike(children(left), children(right))


def _of_example(small: Collection[str], letter: str) -> Callable[[Node], Node]:
    """A formula about one example with its mark above each of some letters."""

    def change(node: Node) -> Node:
        if isinstance(node, Scripted) and isinstance(node.base, Group) and node.base.close == "|":
            return _without_bar(mapped(node, change))
        name = read_name(node) if isinstance(node, Symbol | Accent | Scripted) else None
        if name is not None and name.sample is not None:
            return node
        if name is None or _letter(name) not in small:
            return mapped(node, change)
        index = Group(node.span, "(", ")", (Symbol(node.span, letter),))
        if not isinstance(node, Scripted):
            return Scripted(node.span, node, None, index)
        return replace(node, sup=index if node.sup is None else _beside(node.sup, index))

    return change


def _without_bar(node: Node) -> Node:
    """A value without a bar that says of each of its letters what it is anyway."""
    if not isinstance(node, Scripted) or not isinstance(node.base, Group):
        return node
    told = node.sub.items if isinstance(node.sub, Group) else (node.sub,)
    idle = all(isinstance(each, Relational) and len(set(map(latex, each.operands))) == 1 for each in told)
    return node.base.items[0] if idle else node


def _letter(name: Name) -> str:
    base = core_letter(name.base)
    return base[1] if len(base) == 2 and base[0] == "d" else base


def _beside(script: Node, index: Node) -> Node:
    """A superscript with one mark more."""
    between = Operator(index.span, "")
    if isinstance(script, Product) and not any(operator.kind for operator in script.operators):
        return replace(script, factors=(*script.factors, index), operators=(*script.operators, between))
    return Product(script.span, (script, index), (between,))
