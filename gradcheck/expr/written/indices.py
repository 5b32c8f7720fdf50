"""Which letters a document writes by entries: what an index runs over has more than one entry.

`z_k` under a sum over k is an entry of z; so are `z_j` and `z_k` in one equation. A letter with one subscript
may be labelled by it (`W_h`), and one with `x_{t-1}` beside `x_t` counts steps: they tell nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from gradcheck.expr.written.definitions import written_names
from gradcheck.expr.written.names import RUNNING_LETTERS, Name, index_parts, is_mixed, read_name
from gradcheck.notation.remembered import once_a_node
from gradcheck.notation.statements import Equation
from gradcheck.notation.tree import BigOperator, Node, Product, Relational, Root, Scripted, Symbol
from gradcheck.notation.walk import of_kind


def indexed(equations: Iterable[Equation]) -> frozenset[str]:
    """The base letters whose single subscripts count entries."""
    listed = list(equations)
    summed = frozenset(base for equation in listed for side in equation.sides for base in _bases(side))
    return side_by_side(listed) | (summed - _stepping(listed))


@once_a_node
def _bases(side: Node) -> frozenset[str]:
    return frozenset(name.base for name in _summed(side))


def sums_matrix_entries(equations: Iterable[Equation]) -> bool:
    """Whether a Σ runs over an index of a name that carries two, `\\sum_j X_{ij}`."""
    sums = (node for e in equations for side in e.sides for node in of_kind(side, BigOperator))
    return any(
        len(name.places) == 2
        and set(name.places) <= RUNNING_LETTERS
        and set(name.places) & bound_letters(node)
        for node in sums
        for name in names_within(node.body)
    )


def side_by_side(equations: Iterable[Equation]) -> frozenset[str]:
    """The base letters of which one equation writes two entries, `z_j` and `z_k`."""
    listed = list(equations)
    return frozenset().union(*map(_several_entries, listed)) - _stepping(listed)


@once_a_node
def _several_entries(equation: Equation) -> frozenset[str]:
    letters: dict[str, set[str]] = {}
    for side in equation.sides:
        for name in names_within(side):
            if (letter := index_letter(name)) in RUNNING_LETTERS:
                letters.setdefault(name.base, set()).add(letter)
    return frozenset(base for base, marks in letters.items() if len(marks) > 1)


def units_of_layers(equations: Iterable[Equation]) -> frozenset[str]:
    """The base letters of what one index alone is written at, `o_k^{[2]}`, `T_k`, where layers have units."""
    names = [n for equation in equations for side in equation.sides for n in written_names(side)]
    in_layers = {n.base for n in names if n.layer is not None}
    if not in_layers:
        return frozenset()
    units = {n.base for n in names if index_letter(n)}
    units -= {n.base for n in names if not index_letter(n)}
    return frozenset(units) if units & in_layers else frozenset()


def _stepping(equations: Iterable[Equation]) -> frozenset[str]:
    """The base letters whose subscripts count steps: `p_{i+1}` stands somewhere."""
    return frozenset(base for equation in equations for side in equation.sides for base in _with_steps(side))


@once_a_node
def _with_steps(side: Node) -> frozenset[str]:
    return frozenset(
        name.base
        for name in written_names(side)
        if any(("+" in part or "-" in part) and not is_mixed(part) for part in name.sub)
    )


def writes_entries(equation: Equation) -> bool:
    """Whether a name of an equation carries an index."""
    return any(index_letter(name) for side in equation.sides for name in written_names(side))


def is_letter(mark: str) -> bool:
    """Whether a subscript is one lower-case letter."""
    return len(mark) == 1 and mark.isalpha() and mark.islower()


def index_letter(name: Name) -> str:
    """The only subscript of a name, a word before it apart, where it is one lower-case letter, else ""."""
    places = name.places if name.sub else ()
    return places[0] if len(places) == 1 and len(places[0]) == 1 and places[0].islower() else ""


def bound_letters(node: BigOperator) -> frozenset[str]:
    """The index letters written below a big operator: k of `k`, `k=1`, `k \\neq i`."""
    lower = node.lower.operands[0] if isinstance(node.lower, Relational) else node.lower
    if lower is None:
        return frozenset()
    return frozenset(part for part in index_parts(lower) if len(part) == 1 and part.isalpha())


def idle_letter(node: Node, own: Collection[str]) -> str | None:
    """The letter of a Σ that stands nowhere else, where what is summed has indices of the line alone.

    own     the indices of what the line defines: `p_a = e^{z_a} / \\sum_b e^{z_a}` means `z_b`
    """
    for each in of_kind(node, BigOperator) if own else ():
        letters = bound_letters(each) if each.kind == "sum" else frozenset()
        if len(letters) != 1 or letters & {*own}:
            continue
        (letter,) = letters
        held = {mark for name in written_names(each.body) for mark in name.sub}
        if (
            held & {*own}
            and sum(name.base == letter or letter in name.sub for name in written_names(node)) <= 1
        ):
            return letter
    return None


@once_a_node
def counts(equation: Equation) -> tuple[tuple[BigOperator, Name], ...]:
    """Each Σ and Π of an equation with the name above it: that counts its terms."""
    found: list[tuple[BigOperator, Name]] = []
    for node in (node for side in equation.sides for node in of_kind(side, BigOperator)):
        if node.upper is not None:
            name = read_name(node.upper)
            if name is not None and name.is_plain:
                found.append((node, name))
    return tuple(found)


def numbers_below_roots(equations: Iterable[Equation]) -> frozenset[str]:
    """The keys of numbers with a label, `d_k`: all that is written of one is `\\sqrt{d_k}`, and its size.

    A size is a side of its own, `d_k = d / h`, or stands between the crosses of a shape, `T \\times d_k`.
    """
    listed = [side for equation in equations for side in equation.sides]
    written = Counter(name.key for side in listed for name in written_names(side) if index_letter(name))
    if not written:
        return frozenset()
    below = _names_among(node.radicand for side in listed for node in of_kind(side, Root) if not node.degree)
    equal = (side for side in listed if not _is_space(side)) if below else ()
    sizes = _names_among(size for side in equal for size in (side, *_sizes_in(side)))
    return frozenset(key for key, count in written.items() if 0 < below[key] == count - sizes[key])


def _names_among(nodes: Iterable[Node]) -> Counter[str]:
    """How often each name stands alone among some formulas, without marks of samples."""
    names = map(read_name, nodes)
    return Counter(name.key for name in names if name is not None and name.is_plain and name.sample is None)


def _is_space(side: Node) -> bool:
    """Whether a side is a set like `\\mathbb{R}^{T \\times d_k}`, whose sizes are no names of the formula."""
    return isinstance(side, Scripted) and isinstance(side.base, Symbol) and side.base.style == "mathbb"


def _sizes_in(side: Node) -> Iterator[Node]:
    """What stands between crosses, where nothing else joins it: `T` and `d_k` of `T \\times d_k`."""
    for node in of_kind(side, Product):
        if {sign.kind for sign in node.operators} == {"times"}:
            yield from node.factors


def sets_of_samples(equations: Iterable[Equation]) -> frozenset[str]:
    """The keys of sets whose members number samples: B of `\\sum_{i \\in B} l^{(i)}`."""
    found: set[str] = set()
    for node in (node for e in equations for side in e.sides for node in of_kind(side, BigOperator)):
        lower = node.lower
        if not isinstance(lower, Relational):
            continue
        name = read_name(lower.operands[-1])
        if name is not None and [relation.sign for relation in lower.relations] == ["∈"]:
            marks = {inner.sample for inner in written_names(node.body)}
            found |= {name.key} if bound_letters(node) & marks else set()
    return frozenset(found)


def _summed(node: Node) -> Iterator[Name]:
    """The names whose only subscript is bound by a big operator around them."""
    for sign in of_kind(node, BigOperator):
        letters = bound_letters(sign)
        yield from (name for name in names_within(sign.body) if index_letter(name) in letters)


def names_within(node: Node) -> Iterator[Name]:
    """A formula's names, and those in exponents."""
    for name in written_names(node):
        yield name
        if name.power is not None:
            yield from names_within(name.power)
