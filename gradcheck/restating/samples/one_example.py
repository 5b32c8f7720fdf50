"""An index that some lines leave out: `E_n = ½ Σ_k (y_{nk} - t_{nk})²` beside `y_k = Σ_i w_{ki} x_i`.

Who derives for one example, or for one unit, says so in words and then writes its index here and there. The
index is left out everywhere where it is free; that changes nothing, for a claim that is made for each of its
values alone. One index at most is left out, so that swapped indices stay apart, and only where the author
leaves it out himself. Lines that sum over it are about all of them, and their names stay names of their own.
Rejected: to take every index of a name for one that may be missing. A loss that adds up over pairs, as the
ratings of users and items, is mostly derived for one of them: then the pair is fixed wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gradcheck.expr.written.definitions import definitions, written_names
from gradcheck.expr.written.indices import bound_letters
from gradcheck.expr.written.names import DELTAS, LAYER_MARK, RUNNING_LETTERS, Name, base_text, read_name
from gradcheck.expr.written.quotients import Quotient, quotients_in
from gradcheck.notation.remembered import once_a_node
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import BigOperator, Group, Node, Operator, Product, Scripted, Symbol
from gradcheck.notation.walk import letters_in, mapped, of_kind, parts, rebuilt
from gradcheck.records import replace
from gradcheck.restating.recursions.step_numbers import bound_letter

_ONE = f"{LAYER_MARK}one"
ONE_PAIR = "the loss is a sum over pairs: its gradients are read as those of one of its terms"


def with_example_left_out(body: Sequence[Statement]) -> Sequence[Statement] | None:
    """The statements without the index that some lines leave out; None where there is no such index."""
    equations = [item for item in body if isinstance(item, Equation)]
    below = {mark for each in equations for name in _names(each) for mark in name.sub}
    bound = [_bound(each) for each in equations]
    summed = frozenset().union(*bound)
    # An index that no line sums over is rather that of one example.
    for letter in sorted(RUNNING_LETTERS & below, key=lambda each: (each in summed, each)):
        about_all = [each for each, letters in zip(equations, bound, strict=True) if letter in letters]
        others = [each for each, letters in zip(equations, bound, strict=True) if letter not in letters]
        if _is_left_out(letter, others):
            return _left_out(body, letter, about_all)
    return None


def with_one_pair(body: Sequence[Statement]) -> Sequence[Statement] | None:
    """The statements about one pair of those that a loss adds up over; None where none derives for one.

    A line does that which has an index of the pair free that what it derives by does not carry. Where a Σ
    runs over one of the two, the lines are about all pairs.
    """
    equations = [item for item in body if isinstance(item, Equation)]
    sums = {bound_letters(n) for e in equations for side in e.sides for n in of_kind(side, BigOperator)}
    pairs = {letters for letters in sums if len(letters) == 2}
    if len(pairs) != 1:
        return None
    (pair,) = pairs
    if any(letters & pair for letters in sums - pairs) or not any(_is_of_one(e, pair) for e in equations):
        return None

    def term(node: BigOperator) -> Node:
        return Group(node.span, "(", ")", (node.body,)) if bound_letters(node) == pair else node

    def fixed(node: Scripted) -> Node:
        marks = marks_below(node)
        told = [mark for mark in marks if isinstance(mark, Symbol) and mark.name in pair]
        if not told or (isinstance(node.base, Symbol) and node.base.name in ("nabla", "partial")):
            return node
        word = Symbol(told[0].span, "".join(mark.name for mark in told), "word")
        others = [mark for mark in marks if mark not in told]
        listed = Group(word.span, "", "", (word, *others), (",",) * len(others))
        return replace(node, sub=listed if others else word)

    def of_one(side: Node) -> Node:
        return rebuilt(rebuilt(side, BigOperator, term), Scripted, fixed)

    return [rewritten(item, of_one) if isinstance(item, Equation) else item for item in body]


def _is_of_one(equation: Equation, pair: frozenset[str]) -> bool:
    """Whether an equation derives by what carries one index of a pair at most, and has the other one free."""
    by = [name for q in quotients_in(equation.head) if len(q.variables) == 1 for name in _variable(q)]
    held = {mark for link in equation.links for name in written_names(link.right) for mark in name.sub}
    return len(by) == 1 and bool((pair - set(by[0].sub)) & held) and bool(set(by[0].sub) & pair)


def _variable(quotient: Quotient) -> Iterable[Name]:
    name = read_name(quotient.variables[0])
    return () if name is None else (name,)


def _left_out(body: Sequence[Statement], letter: str, about_all: Sequence[Equation]) -> list[Statement]:
    whole = {name.base for each in about_all for name in _names(each) if letter not in name.sub}

    def change(side: Node) -> Node:
        return _without(side, letter, whole)

    return [
        rewritten(item, change) if isinstance(item, Equation) and item not in about_all else item
        for item in body
    ]


@once_a_node
def _names(equation: Equation) -> tuple[Name, ...]:
    found: list[Name] = []
    for side in equation.sides:
        for node in of_kind(side, Scripted):
            if node.sup is not None:
                found += written_names(node.sup)
        found += written_names(side)
    return tuple(found)


def _bound(equation: Equation) -> frozenset[str | None]:
    """The letters of the sums of an equation."""
    return frozenset(bound_letter(node) for side in equation.sides for node in of_kind(side, BigOperator))


def _is_left_out(letter: str, equations: Sequence[Equation]) -> bool:
    """Whether a letter stands below names alone, at one place of each, and the author leaves it out."""
    names = [name for each in equations for name in _names(each)]
    carrying = [name for name in names if letter in name.sub]
    if not carrying or any(name.base in DELTAS and len(name.sub) == 2 for name in carrying):
        return False
    if _stands_alone(letter, equations) or not all(
        _has_one_place(letter, each) for each in _by_base(carrying)
    ):
        return False
    others = {(name.base, _kinds(name.sub)) for name in names if letter not in name.sub}
    shorter = [(name.base, _kinds(_rest(name, letter))) for name in carrying]
    if any(form in others and None not in form[1] for form in shorter):
        return False  # that is a whole vector, and the letter counts its entries
    return (
        any(form in others for form in shorter)
        or any(_names_a_unit(each, letter) for each in equations)
        or _tells_without(letter, equations)
    )


def _tells_without(letter: str, equations: Iterable[Equation]) -> bool:
    """Whether a letter stands on the right side of a definition alone, below one factor: `s = W x_i`."""
    return any(
        letter in {mark for name in written_names(d.right) for mark in name.sub} - set(d.name.sub)
        and not any(_times(letter, product) > 1 for product in of_kind(d.right, Product))
        for d in definitions(equations)
        if not d.is_function
    )


def _times(letter: str, product: Product) -> int:
    """Below how many factors of a product a letter stands: `W_{ki} x_i` adds up over it."""
    names = (read_name(factor) for factor in product.factors)
    return sum(name is not None and letter in name.sub for name in names)


def _rest(name: Name, letter: str) -> tuple[str, ...]:
    place = name.sub.index(letter)
    return name.sub[:place] + name.sub[place + 1 :]


def _kinds(marks: tuple[str, ...]) -> tuple[str | None, ...]:
    """The marks below a name, with None for each index."""
    return tuple(None if mark in RUNNING_LETTERS else mark for mark in marks)


def _by_base(names: Iterable[Name]) -> Iterable[list[Name]]:
    found: dict[str, list[Name]] = {}
    for name in names:
        found.setdefault(name.base, []).append(name)
    return found.values()


def _has_one_place(letter: str, names: Sequence[Name]) -> bool:
    """Whether the letter is always the first index, or always the last: `x_{ni}`, `x_n`."""
    return len({name.sub.index(letter) for name in names}) == 1 or all(
        name.sub[-1] == letter for name in names
    )


def _stands_alone(letter: str, equations: Iterable[Equation]) -> bool:
    """Whether a letter is a quantity, too, or part of a condition: `n x`, `1[y = k]`, `x_{n-1}`."""
    sides = (side for each in equations for side in each.sides if letter in letters_in(side))
    return any(_alone(side, letter) for side in sides)


def _alone(node: Node, letter: str) -> bool:
    if isinstance(node, Symbol):
        return node.name == letter and not node.style
    if isinstance(node, Scripted):
        others = (mark for mark in marks_below(node) if not isinstance(mark, Symbol))
        return any(_alone(part, letter) for part in (node.base, *others, *filter(None, (node.sup,))))
    return any(_alone(child, letter) for child in parts(node))


def marks_below(node: Scripted) -> tuple[Node, ...]:
    """What is listed below a name, one index or several; what is differentiated by is no mark."""
    match node.sub:
        case None:
            return ()
        case Product(factors=factors, operators=operators) if all(not each.kind for each in operators):
            return factors
        case Group(open="", items=items):
            return items
        case sub:
            return (sub,)


def _names_a_unit(equation: Equation, letter: str) -> bool:
    """`o_j = y`: the unit j is the one whose value has a name without an index."""
    sides = [read_name(side) for side in equation.sides]
    if len(sides) != 2 or None in sides:
        return False
    return sorted(name.sub for name in sides if name is not None) == [(), (letter,)]


def _without(node: Node, letter: str, whole: set[str]) -> Node:
    """A formula with the letter left out below its names.

    whole   bases that are written without the letter where all examples are meant: one example's is another
    """
    if not isinstance(node, Scripted) or not marks_below(node):
        return mapped(node, lambda child: _without(child, letter, whole))
    marks = marks_below(node)
    left = [
        _without(mark, letter, whole)
        for mark in marks
        if not (isinstance(mark, Symbol) and mark.name == letter and not mark.style)
    ]
    base = _without(node.base, letter, whole)
    if len(left) < len(marks) and base_text(node.base) in whole:
        base = Symbol(base.span, f"{base_text(node.base)}{_ONE}")
    sup = None if node.sup is None else _without(node.sup, letter, whole)
    if not left and sup is None and not node.primes:
        return replace(base, span=node.span)
    return replace(node, base=base, sub=listed(left), sup=sup)


def listed(marks: Sequence[Node]) -> Node | None:
    if len(marks) < 2:
        return marks[0] if marks else None
    span = marks[0].span.cover(marks[-1].span)
    signs = tuple(Operator(mark.span, "") for mark in marks[1:])
    return Product(span, tuple(marks), signs)
