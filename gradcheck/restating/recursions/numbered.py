"""Arrays that an index numbers: `x_i` is the vector of sample i, `A_h` the matrix of head h.

An index numbers arrays where a name that carries it, and nothing else below, is used as an array: transposed,
in a norm, as the argument of a softmax, beside a matrix or a covariance. Such a document is written out over
a few samples like a recursion of which no member is made of another. Where the letter may as well count
entries (`x` stands there whole, `W_{ij}` with a letter that numbers nothing, a Σ whose limits are not read)
nothing is numbered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gradcheck.expr.written.definitions import definitions, written_names
from gradcheck.expr.written.functions import builtin_of
from gradcheck.expr.written.names import Name, read_name
from gradcheck.notation.statements import Equation
from gradcheck.notation.tree import BigOperator, Call, Group, Node, Product, Scripted, Symbol
from gradcheck.notation.walk import of_kind, parts, walk
from gradcheck.records import dataclass, field
from gradcheck.restating.models.densities import NORMAL
from gradcheck.restating.recursions.families import Families, Slot
from gradcheck.restating.recursions.step_numbers import bound_letter, is_read

JOINS = {"", "cdot", "odot", "circ", "*"}
# What the covariance of a vector is called, and its inverse.
COVARIANCES = frozenset(("\\Sigma", "\\Lambda", "C", "S"))
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")


@dataclass
class _Seen:
    """What a document writes: its names, those that stand as arrays, and its Σ."""

    names: list[Name] = field(default_factory=list)
    arrays: list[Name] = field(default_factory=list)
    sums: list[BigOperator] = field(default_factory=list)


def numbered(equations: Iterable[Equation], units: frozenset[str] = frozenset()) -> Families | None:
    """The arrays of a document that an index numbers, as families without a recursion; None without any.

    units   letters of unit vectors: what `e_i` selects by its index is an entry or a row, and as many as all
    """
    listed = list(equations)
    seen = _seen(listed)
    labels = _labels(listed)
    groups = [_together(letter, seen) for letter in _bearing(seen)]
    selecting = {mark for name in seen.names if name.base in units for mark in name.sub}
    letters = _sure([group for group in groups if not group & selecting], labels, seen)
    if not letters:
        return None
    bases = frozenset(name.base for name in seen.names if name.sub and set(name.sub) <= letters)
    heads = {d.name.base for d in definitions(listed)}
    last = {
        node.upper.name
        for node in seen.sums
        if bound_letter(node) in letters and isinstance(node.upper, Symbol) and not node.upper.style
    }
    slots = dict.fromkeys(letters, Slot.BELOW)
    return Families(slots, bases & heads, bases, frozenset(), frozenset(last), 1)


def _number_of(name: Name) -> str | None:
    """The index of a name that carries one letter below and no other mark."""
    (mark,) = name.sub if len(name.sub) == 1 else ("",)
    return mark if mark in LETTERS and name.layer is None and name.sample is None else None


def _bearing(seen: _Seen) -> frozenset[str]:
    """The letters that an array carries."""
    return frozenset(letter for name in seen.arrays if (letter := _number_of(name)) is not None)


def _together(letter: str, seen: _Seen) -> frozenset[str]:
    """A letter with all that number the same: `u_o` and `u_j`."""
    carried = [(name.base, mark) for name in seen.names if (mark := _number_of(name)) is not None]
    letters = {letter}
    while more := {
        mark
        for base, mark in carried
        if mark not in letters and any(other in letters and base == of for of, other in carried)
    }:
        letters |= more
    return frozenset(letters)


def _labels(equations: Iterable[Equation]) -> frozenset[str]:
    """The letters that tell quantities apart: `f_t = W_f x_t` carries f on the right side alone."""
    return frozenset(
        letter
        for d in definitions(equations)
        if not d.is_function
        for letter in _open(d.right, frozenset()) - set(d.name.sub)
    )


def _open(node: Node, bound: frozenset[str]) -> frozenset[str]:
    """The letters below the names of a formula that no Σ binds."""
    if isinstance(node, BigOperator):
        bound = bound | {bound_letter(node) or ""}
        return _open(node.body, bound)
    own: frozenset[str] = frozenset()
    if isinstance(node, Scripted):
        name = read_name(node)
        own = frozenset(name.sub if name is not None else ()) & LETTERS - bound
        return own | (frozenset() if name is not None else _open(node.base, bound))
    return own.union(*(_open(child, bound) for child in parts(node)))


def _sure(groups: Iterable[frozenset[str]], labels: frozenset[str], seen: _Seen) -> frozenset[str]:
    """The letters that number arrays wherever they stand."""
    letters = {letter for group in groups if not _doubtful(group, labels, seen) for letter in group}
    while lost := {
        letter
        for letter in letters
        if any(letter in name.sub and not _all_numbered(name, letters) for name in seen.names)
    }:
        letters -= lost
    return frozenset(letters)


def _doubtful(letters: frozenset[str], labels: frozenset[str], seen: _Seen) -> bool:
    """Whether letters may be labels, or count the entries of what stands there whole.

    A limit of a Σ is a number wherever it stands: N has no entries `N_k`.
    """
    whole = {name.base for name in seen.names if not name.sub and name.sample is None and name.layer is None}
    whole -= {node.upper.name for node in seen.sums if isinstance(node.upper, Symbol)}
    carried = {name.base for name in seen.names if letters & set(name.sub)}
    return bool(
        letters & labels
        or whole & {variant for base in carried for variant in (base, base.upper())}
        or any(letters & _letters_below(node) and not _is_written_out(node) for node in seen.sums)
    )


def _all_numbered(name: Name, letters: set[str]) -> bool:
    """Whether all marks below a name number something, so that none of them counts entries."""
    return all(mark in letters or mark.isdigit() or mark not in LETTERS for mark in name.sub)


def _letters_below(node: BigOperator) -> frozenset[str]:
    """The letters written below a Σ, whatever their relation."""
    below = () if node.lower is None else walk(node.lower)
    return frozenset(part.name for part in below if isinstance(part, Symbol))


def _is_written_out(node: BigOperator) -> bool:
    """Whether the terms of a Σ can be told one by one."""
    return bound_letter(node) is not None and is_read(node.lower)


def _seen(equations: Iterable[Equation]) -> _Seen:
    seen = _Seen()
    for equation in equations:
        for side in equation.sides:
            seen.names += written_names(side)
            seen.sums += of_kind(side, BigOperator)
            for node in walk(side):
                seen.arrays += _arrays(node)
    return seen


def _arrays(node: Node) -> Iterator[Name]:
    """The names that a node takes as arrays."""
    match node:
        case Scripted():
            name = read_name(node)
            if name is not None and (name.transpose or (name.inverse and _is_covariance(name))):
                yield name
        case Group(open="\\|", items=(item,)):
            yield from written_names(item)
        case Product(factors=factors, operators=operators):
            for first, second, operator in zip(factors, factors[1:], operators, strict=False):
                yield from _in_density(first, second)
                if operator.kind in JOINS:
                    yield from _beside(first, second)
        case Call(function=function, argument=argument):
            yield from _argument(read_name(function), argument)
        case _:
            pass


def _in_density(first: Node, second: Node) -> Iterator[Name]:
    """The point, the mean and the covariance of a normal density of vectors."""
    if isinstance(first, Symbol) and first.name == NORMAL and isinstance(second, Group):
        *_, covariance = names = [read_name(item) for item in second.items]
        if covariance is not None and _is_covariance(covariance):
            yield from (name for name in names if name is not None)


def _is_covariance(name: Name) -> bool:
    return name.base in COVARIANCES


def _beside(first: Node, second: Node) -> Iterator[Name]:
    """`W x_i`, `w^T x_i`, `softmax(z_i)`: the second is an array by what stands before it."""
    before = read_name(first)
    if before is None:
        return
    inner = second.items[0] if isinstance(second, Group) and len(second.items) == 1 else second
    if isinstance(second, Group):
        yield from _argument(before, inner)
        return
    name = read_name(second)
    if name is not None and (before.transpose or _is_matrix(before)):
        yield name


def _argument(function: Name | None, argument: Node) -> Iterator[Name]:
    """The argument of a function that takes the array as a whole."""
    builtin = builtin_of(function) if function is not None else None
    name = read_name(argument)
    if builtin is not None and builtin.reduces and name is not None:
        yield name


def _is_matrix(name: Name) -> bool:
    """A capital, or a bold capital, that is no number of samples."""
    letter = name.base.rpartition("{")[2].rstrip("}")
    return name.is_plain and letter.isupper() and len(letter) == 1 and letter not in "NMTKJLE"
