r"""A forward pass told for one example and again for all of them: `z = W x + b`, then `Z = W X + b`.

Where a formula stands twice, once in small letters and once with their capitals, the capitals hold what the
small letters are for each example. Beside samples that are marked, `y^{(i)}`, the lines about one example
then lack but the mark, and get it. A letter that stands the same in both, as the weights, is no such letter;
who never marks a sample leaves open what they add up to. A loss has no entries: where `L = \sum_i \ell_i`
adds up one that is told without the index, `\ell = …`, that index marks a sample though it stands below.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import permutations

from gradcheck.expr.written.definitions import Definition, definitions, written_names
from gradcheck.expr.written.indices import bound_letters
from gradcheck.expr.written.names import Name, core_letter, read_name
from gradcheck.expr.written.quotients import variables_in
from gradcheck.expr.written.vocabulary import is_loss_name
from gradcheck.notation.printer import latex
from gradcheck.notation.remembered import once_a_node
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import (
    Accent,
    BigOperator,
    Group,
    Node,
    Operator,
    Product,
    Relational,
    Scripted,
    Symbol,
)
from gradcheck.notation.walk import children, letters_in, mapped, of_kind
from gradcheck.records import replace
from gradcheck.restating.samples.one_example import listed, marks_below

_MOST = 60  # equations that are compared with each other


def with_examples_marked(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with marks on the names of one example; themselves where nothing is told twice."""
    body = _with_index_above(body)
    equations = [item for item in body if isinstance(item, Equation)]
    heads = {d.name.base for d in definitions(equations)}
    if not any(head.upper() in heads for head in heads if len(head) == 1 and head.islower()):
        return body
    small = _told_twice(equations[:_MOST])
    return (_with_marks(body, small) if small else None) or body


def with_summands_marked(body: Sequence[Statement]) -> Sequence[Statement] | None:
    """The statements with marks on what a loss is made of that is told for one example and added up over all.

    None where there is no such loss.
    """
    body = _with_index_above(body)
    equations = [item for item in body if isinstance(item, Equation)]
    losses = {_letter(name) for name in _losses_of_one(equations)}
    return _with_marks(body, frozenset(), losses) if losses else None


def _with_marks(
    body: Sequence[Statement], twice: Collection[str], losses: Collection[str] = ()
) -> Sequence[Statement] | None:
    """The statements with marks on some letters and what is made of them; None where no sample is marked."""
    equations = [item for item in body if isinstance(item, Equation)]
    names = [name for e in equations for side in e.sides for name in written_names(side)]
    marks = {name.sample for name in names if name.sample is not None and name.sample.isalpha()}
    if len(marks) != 1:
        return None
    (letter,) = marks
    large = {each.upper() for each in twice}
    small = {*twice, *losses}
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


def _with_index_above(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with the index of such losses above each name, as a sample's mark; else themselves."""
    equations = [item for item in body if isinstance(item, Equation)]
    losses = _losses_of_one(equations)
    letter = _index_below(losses, equations) if losses else None
    if letter is None:
        return body
    above = _above(letter)
    return [rewritten(item, above) if isinstance(item, Equation) else item for item in body]


def _losses_of_one(equations: Sequence[Equation]) -> list[Name]:
    """The losses, with the index that marks an example, that a Σ over it adds up and that are told alone."""
    found = [name for e in equations for side in e.sides for name in _summed_losses(side)]
    told = list(definitions(equations)) if found else []
    return [name for name in found if any(_tells_one(d, name) for d in told)]


def _tells_one(definition: Definition, loss: Name) -> bool:
    name, index = definition.name, _index(loss)
    bare = name.base == loss.base and name.is_plain and not name.sub and name.sample is None
    return bare and index not in letters_in(definition.right)


def _index(loss: Name) -> str:
    return loss.sample if loss.sample is not None else loss.sub[0]


@once_a_node
def _summed_losses(side: Node) -> tuple[Name, ...]:
    """The losses with nothing but an index that a Σ over that index adds up."""
    sums = ((letters, node) for node in of_kind(side, BigOperator) if (letters := bound_letters(node)))
    marked = (
        (letters, name)
        for letters, node in sums
        for name in written_names(node.body)
        if len(name.sub) + (name.sample is not None) == 1 and is_loss_name(name)
    )
    return tuple(name for letters, name in marked if _index(name) in letters)


def _index_below(losses: Sequence[Name], equations: Sequence[Equation]) -> str | None:
    """The index of such losses that marks an example below; None where entries have it, too."""
    letters = {name.sub[0] for name in losses if name.sub}
    names = [name for e in equations for side in e.sides for name in written_names(side)]
    if len(letters) != 1 or any(name.sample is not None for name in names):
        return None
    (letter,) = letters
    made = {d.name.base for d in definitions(equations)}
    varied = {by.base for e in equations for side in e.sides for by in variables_in(side)}
    carrying = [name for name in names if letter in name.sub]
    right = all(name.sub[0] == letter and (name.base in made or name.base not in varied) for name in carrying)
    return letter if right else None


def _above(letter: str) -> Callable[[Node], Node]:
    """A formula with the first index of each name as the mark of a sample where it is a letter."""

    def change(node: Node) -> Node:
        name = read_name(node) if isinstance(node, Scripted) else None
        if name is None or not isinstance(node, Scripted) or name.sub[:1] != (letter,):
            return mapped(node, change)
        index = Group(node.span, "(", ")", (Symbol(node.span, letter),))
        one = replace(node, sub=listed(marks_below(node)[1:]), sup=index)
        return (
            one
            if node.sup is None
            else Scripted(node.span, Group(node.span, "(", ")", (one,)), None, node.sup)
        )

    return change


def _made_of(small: Collection[str], equations: Sequence[Equation]) -> set[str]:
    """The letters of what lines about one example tell by its letters, such as its loss."""
    found: set[str] = set()
    plain = (d for d in definitions(equations) if d.parameter is None and not d.name.is_worded)
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
        if name is None or _letter(name) not in small or name.is_worded:
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
