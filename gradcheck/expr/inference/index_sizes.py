"""The sizes that indices run over: by the axis that they select, and by the label that they stand for.

A subscript selects from the rows, or from the columns of a row that multiplies from the left. A label, `y_i`
of `s_{i y_i}`, runs over the classes in its one-hot array, and its own index or sample over the other axis.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from gradcheck.expr.inference.sizes import Clash
from gradcheck.expr.written.definitions import written_names
from gradcheck.expr.written.limits import conditions_on_entries
from gradcheck.expr.written.marks import read_mark
from gradcheck.expr.written.names import (
    DELTAS,
    IDENTITIES,
    RUNNING_LETTERS,
    Name,
    is_mixed,
    read_name,
    script_text,
)
from gradcheck.expr.written.rates import LEARNING_RATES
from gradcheck.expr.written.vocabulary import Vocabulary
from gradcheck.notation.statements import Equation
from gradcheck.notation.tree import Node, Relational
from gradcheck.shapes import Dim
from gradcheck.source import Span

if TYPE_CHECKING:
    from gradcheck.expr.inference.infer import Typist

SCALAR_LETTERS = {*LEARNING_RATES, "\\tau", "\\kappa", "\\nu", "\\beta_1", "\\beta_2", "\\pi", "\\uppi", "e"}


def is_index(typist: Typist, mark: str) -> bool:
    """Whether a subscript is an index letter, or the label of an example."""
    letter = len(mark) == 1 and mark.isalpha() and mark.islower()
    return letter or typist.vocabulary.is_label(mark)


def part_of_identity(typist: Typist, name: Name) -> tuple[int, int] | None:
    """The type of an identity, of a Kronecker delta, or of a unit vector; None for any other name.

    A delta is a number for each of its two indices, whose sizes it leaves open. An identity is square, and of
    another size wherever it stands.
    """
    if name.base in IDENTITIES and len(name.sub) < 2 and not _is_known(typist, name):
        size = typist.sizes.new()
        return size, size
    if name.base in typist.vocabulary.units:
        return letter_size(typist, name.sub[0]), typist.sizes.new(1)
    if not _is_kronecker(typist, name):
        return None
    for mark in name.sub:
        letter_size(typist, mark)
    return typist.sizes.new(1), typist.sizes.new(1)


def _is_kronecker(typist: Typist, name: Name) -> bool:
    """Whether a name is a Kronecker delta: a δ or an I of two indices where none is defined or declared."""
    is_delta = name.base in DELTAS and len(name.sub) == 2 and all(is_index(typist, m) for m in name.sub)
    return is_delta and not _is_known(typist, name)


def _is_known(typist: Typist, name: Name) -> bool:
    """Whether a document defines or declares a letter, be it below an index."""
    known = (*typist.plain, *typist.vocabulary.shapes)
    return any(key == name.base or key.startswith(f"{name.base}_") for key in known)


def letter_size(typist: Typist, mark: str) -> int:
    """The size that an index runs over, or that of the classes of a label."""
    if mark in typist.letters:
        return typist.letters[mark]
    size = typist.letters[mark] = typist.sizes.new()
    read = read_mark(mark)
    if read is None or not typist.vocabulary.is_label(mark):
        return size
    label = typist.vocabulary.labels[read.base]
    array = typist.owner(Name(label.key, Span(0, 0)))
    typist.sizes.same(size, array[label.class_axis])
    typist.sizes.run(size)
    own = array[1 - label.class_axis]
    if read.index is not None:
        typist.sizes.same(own, letter_size(typist, read.index))
        typist.sizes.run(own)
    else:
        typist.sizes.same(own, typist.samples if read.sample else typist.sizes.new(1))
    return size


def relate_condition(typist: Typist, condition: Relational) -> None:
    """`j = y_i`: an index and the label that it is compared with run over the same.

    Raises Clash for any other condition, of which nothing is known.
    """
    marks = [script_text(operand) for operand in condition.operands]
    if not any(map(typist.vocabulary.is_label, marks)) or not all(is_index(typist, m) for m in marks):
        raise Clash("no type")
    typist.sizes.same(letter_size(typist, marks[0]), letter_size(typist, marks[1]))


def relate_dotted(typist: Typist, factors: Sequence[Node], position: int, kind: str) -> str:
    r"""What a dot between names says, and its kind: `dot` between two bold letters, which are columns.

    One between a row of a matrix and a bare name, `X_i \cdot b`, is their inner product, too.
    """
    row, other = read_name(factors[position - 1]), read_name(factors[position])
    if kind != "cdot" or row is None or other is None or other.sub or other.base.isupper():
        return kind
    arrays = typist.told.bold
    if arrays & {row.base, other.base}:
        arrays |= typist.told.entered
    if {row.base, other.base} <= arrays and row.base.islower() and not row.sub + other.sub:
        return kind if row.transpose or other.transpose else "dot"
    if len(row.base) == 1 and row.base.isupper() and len(row.sub) == 1 and is_index(typist, row.sub[0]):
        state, whole, found = typist.sizes.save(), typist.owner(row.without(sub=())), selected(typist, other)
        try:
            typist.same(found, (whole[1], typist.sizes.new(1)))
        except Clash:
            typist.sizes.restore(state)
    return kind


def relate_terms(typist: Typist, lower: Node | None) -> None:
    """What the limits of a Σ compare: `j = y_i`, and the numbers of `t_j \\ge t_i` behind `j :`."""
    if isinstance(lower, Relational) and typist.vocabulary.is_label(script_text(lower.operands[-1])):
        relate_condition(typist, lower)
    for operand in (operand for each in conditions_on_entries(lower) for operand in each.operands):
        name = read_name(operand)
        if name is not None and name.sub:
            state = typist.sizes.save()
            try:
                selected(typist, name)
                if len(name.sub) == 1:
                    typist.sizes.same(typist.owner(name.without(sub=()))[1], typist.sizes.new(1))
            except Clash:
                typist.sizes.restore(state)


def entry(typist: Typist, name: Name, whole: Name, letters: list[str]) -> tuple[int, int]:
    """The type of what one or two index letters select from a whole: an entry, or one of several vectors."""
    sizes = typist.sizes
    owner = typist.owner(whole)
    key = typist.vocabulary.canonical(whole)
    if len(letters) == 1 and name.base in typist.vocabulary.vectors and name.sample is None:
        typist.doubly.add(key)
        sizes.same(letter_size(typist, letters[0]), owner[0])
        return owner[1], sizes.new(1)
    if len(letters) == 2:
        typist.doubly.add(key)
    if len(letters) == 1 and (_is_row(typist, owner) or typist.vocabulary.lies_in_row(name)):
        owner = owner[1], owner[0]
    for letter, axis in zip(letters, owner, strict=False):
        sizes.same(letter_size(typist, letter), axis)
    if len(letters) == 1 and _runs(typist, name):
        sizes.run(owner[0])
    if len(letters) == 1 and (name.sample is not None or key == typist.argument):
        sizes.may_be(typist.vocabulary.sample_dim, (owner[typist.vocabulary.sample_axis],))
    elif len(letters) == 1 and _is_of_all_samples(typist, name):
        return sizes.new(1), owner[1]
    elif len(letters) == 1 and (name.base.islower() or whole.sub) and not _is_one_hot(typist, name):
        sizes.same(owner[1], sizes.new(1))
    return sizes.new(1), sizes.new(1)


def _is_of_all_samples(typist: Typist, name: Name) -> bool:
    """Whether an entry, `x_j` beside `x_j^{(i)}`, has one value for each sample: it is no parameter's.

    So it is where what is made of it is told of every sample: `q = \\sigma(s)`, and then `q^{(i)}`.
    """
    inputs = typist.told.sampled - typist.told.derived if typist.told.batched else frozenset[str]()
    return name.base in inputs and typist.vocabulary.sample_axis == 1


def selected(typist: Typist, name: Name) -> tuple[int, int]:
    """The type of what the marks of a name select from its quantity."""
    rate = name.base in SCALAR_LETTERS - typist.told.no_rates and not (name.base == "e" and name.sub)
    number = (
        rate
        or name.key in typist.told.counts | typist.told.numbers
        or name.base in typist.vocabulary.labelled
    )
    if number or typist.vocabulary.dim(name.key) is not None:
        return (typist.sizes.new(1), typist.sizes.new(1))
    if (of_identity := part_of_identity(typist, name)) is not None:
        return of_identity
    if any(map(is_mixed, name.sub)):
        return mixed_entry(typist, name)
    lettered = [part for part in name.sub if is_index(typist, part)]
    bare = name.without(sub=())
    numbered = None if typist.vocabulary.canonical(bare) in typist.vocabulary.shapes else name.numbered
    whole = bare if len(lettered) == len(name.sub) else numbered
    if lettered and len(lettered) <= 2 and whole is not None:
        # `X_{ki}^T` is the entry of the transpose, X_{ik}.
        return entry(typist, name, whole, lettered[::-1] if name.transpose else lettered)
    owner = typist.owner(name)
    if name.sample is not None or (typist.argument and name.key == typist.argument):
        samples, one = typist.vocabulary.sample_axis, typist.sizes.new(1)
        typist.sizes.same(owner[samples], typist.samples)
        return (owner[0], one) if samples else (one, owner[1])
    return owner


def mixed_entry(typist: Typist, name: Name) -> tuple[int, int]:
    """The type of `x_{i+k-1}`: an entry of a quantity that has many along that axis."""
    sizes = typist.sizes
    owner = typist.owner(name.without(sub=()))
    if len(name.sub) == 2:
        typist.doubly.add(typist.vocabulary.canonical(name.without(sub=())))
    else:
        sizes.same(owner[1], sizes.new(1))
    for mark, axis in zip(name.sub, owner, strict=False):
        if is_mixed(mark):
            sizes.run(axis)
        elif is_index(typist, mark):
            sizes.same(letter_size(typist, mark), axis)
    typist.letters.setdefault("", sizes.new())
    return sizes.new(1), sizes.new(1)


def _runs(typist: Typist, name: Name) -> bool:
    """Whether the subscript of a name that nothing declares counts entries: no label, no one unit."""
    key = typist.vocabulary.canonical(name)
    return name.base in typist.told.indexed - typist.losses and key not in typist.vocabulary.shapes


def _is_one_hot(typist: Typist, name: Name) -> bool:
    """Whether a name is that of a label's one-hot array, which may have a row for each index."""
    key = typist.vocabulary.canonical(name)
    return any(label.key == key for label in typist.vocabulary.labels.values())


def _is_row(typist: Typist, owner: tuple[int, int]) -> bool:
    """Whether a quantity is a row that multiplies matrices from the left, `x W`."""
    sizes = typist.sizes
    if sizes.value(owner[0]) is not None:
        return sizes.value(owner[0]) == 1 != sizes.value(owner[1])
    rows, columns = (sizes.root(size) for size in owner)
    capitals = (type_ for key, type_ in typist.names.items() if typist.spelled[key].base.isupper())
    of_matrices = {sizes.root(size) for type_ in capitals for size in type_}
    return columns in of_matrices and rows not in of_matrices


def letter_sizes(equations: Iterable[Equation], vocabulary: Vocabulary) -> dict[str, tuple[Dim, ...]]:
    """What each index letter runs over, by the names that carry it alone; nothing where none is mixed."""
    return sizes_in([name for e in equations for side in e.sides for name in written_names(side)], vocabulary)


def sizes_in(names: Sequence[Name], vocabulary: Vocabulary) -> dict[str, tuple[Dim, ...]]:
    """What index letters run over by some names that carry them alone; nothing where none is mixed."""
    if not any(is_mixed(mark) for name in names for mark in name.sub):
        return {}
    shapes = {**vocabulary.inferred, **vocabulary.shapes}
    found: dict[str, dict[Dim, None]] = {}
    for name in map(vocabulary.normalised, names):
        shape = shapes.get(vocabulary.canonical(name))
        if shape is None or name.sample is not None or len(name.sub) > 2:
            continue
        axes = shape if len(name.sub) == 2 else shape[:1] if shape[1] == 1 else shape[1:]
        for mark, dim in zip(name.sub, axes, strict=False):
            if mark in RUNNING_LETTERS or (len(mark) == 1 and mark.islower()):
                found.setdefault(mark, {})[dim] = None
    return {letter: tuple(dim for dim in dims if dim != 1) for letter, dims in found.items()}
