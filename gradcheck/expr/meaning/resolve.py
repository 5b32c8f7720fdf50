"""From a written name to the quantity it means in a scope.

A name is looked up as written first; then with its subscripts as components of a larger quantity, with
another case or a look-alike letter, with a digit subscript as the layer. `x^{(i)}` is a column of the
batch quantity. Where nothing is known by any of these, the scope makes a new input of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Protocol

from gradcheck.expr.forms.build import apply, inverse, is_size, pick
from gradcheck.expr.forms.reading import MeaningError, Note, Reading, expression, ranked
from gradcheck.expr.forms.tree import Expr, Ix
from gradcheck.expr.meaning.mixed import entries, sizes_here
from gradcheck.expr.written.names import Name, is_mixed, key_of
from gradcheck.expr.written.vocabulary import Vocabulary, is_another
from gradcheck.patterns import late_pattern
from gradcheck.shapes import SCALAR, Dim, ShapeError

# Two letters of which a subscript is made, as in `n_{i+k}!`: it counts, and names no quantity of its own.
COUNTS = late_pattern(r"[a-z][+-][a-z]")
# What stands for a whole axis: the colon of `w_{j,:}`, which separates nothing, and the dot of `w_{j\\cdot}`.
_WHOLE = {"", r"{}\cdot"}
Marks = tuple[object, ...]


class Known(dict[str, Expr | None]):
    """The quantities of a scope by key, and what names were found to mean as long as these stay the same."""

    def __init__(self, given: Mapping[str, Expr | None] = MappingProxyType({})) -> None:
        super().__init__(given)
        self.meanings: dict[Marks, list[Reading]] = {}

    def __setitem__(self, key: str, value: Expr | None) -> None:
        if value is not None or self.get(key) is not None:
            self.meanings.clear()
        super().__setitem__(key, value)

    def __delitem__(self, key: str) -> None:
        self.meanings.clear()
        super().__delitem__(key)

    def __copy__(self) -> Known:
        return Known(self)


class Names(Protocol):
    """What resolution asks of a scope."""

    @property
    def written_sample(self) -> str | None:
        """The letter by which the line in hand marks its sample, if it does."""

    known: Known
    ranges: Mapping[str, Dim]  # the sizes over which the letters of the line in hand run

    @property
    def scalar_letters(self) -> frozenset[str]:
        """Lower-case letters that do not stand for the matrix of their upper case."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The names that are known before any line is read, and how samples lie."""

    @property
    def sample_dim(self) -> str:
        """The size that counts samples."""

    @property
    def implicit_sample(self) -> Ix | None:
        """The sample index that nobody writes, in component notation."""

    def bases(self, name: Name) -> tuple[str, ...]:
        """The spellings under which a name's base may be known."""

    def normalised(self, name: Name) -> Name:
        """The name with aliases and layers resolved as the document writes them."""

    def spelled(self, quantity: Expr, name: Name) -> None:
        """Remember how the author writes a quantity."""

    def quantity(self, key: str) -> Expr | None:
        """The quantity of that key, or None where the scope knows none."""

    def layers_of(self, base: str) -> list[str]:
        """The layers in which a base letter is known."""

    def lists(self, name: Name) -> bool:
        """Whether a numbered quantity is known by its entries alone."""

    def new_input(self, name: Name) -> Expr:
        """Make an input of a name that is known nowhere."""


def resolve(name: Name, names: Names) -> list[Reading]:
    """The quantities a name may mean, with its transpose, inverse and sample applied, powers left out.

    A name that is known nowhere becomes an input of the scope.

    Raises MeaningError where its components do not fit the quantity, or depend on several letters.
    """
    found = known(name, names)
    if found is not None:
        return found
    if counts := next((mark for mark in name.sub if COUNTS.search(mark) and not is_mixed(mark)), None):
        raise MeaningError(f"which entry of {name.base} `{counts}` selects cannot be told", name.span)
    written, name = name, names.normalised(name)
    numbered = name.numbered
    if numbered is not None and names.lists(numbered):
        quantity, sub = names.quantity(numbered.key) or names.new_input(numbered), name.sub[1:]
    else:
        quantity = names.new_input(name)
        sub = () if quantity.attr[0] == name.key else name.sub
    _spell(quantity, sub, written, name, names)
    found = [_reading(value, name, ()) for value in _components(quantity, sub, name, names)]
    if name.sub or name.sample is not None or name.layer is not None:
        return found
    of_layers = ((owner, notes) for owner, _, notes in _lost_layer(name, names))
    return [*found, *(Reading(_marked(owner, name), notes) for owner, notes in of_layers)]


def known(name: Name, names: Names) -> list[Reading] | None:
    """The quantities of the scope that a name may mean, or None if there is none.

    Raises MeaningError where there are some, but the name's components fit none of them.
    """
    mark = name.base, name.layer, name.sub, name.sample, name.primes, name.transpose, name.inverse
    marks = *mark, names.written_sample
    told = names.known.meanings.get(marks)
    if told is not None:
        return [Reading(expression(reading.value).at(name.span)) for reading in told]
    found = _found(name, names)
    # What is noted of a name has its place in the text; the entries of mixed subscripts, its line's ranges.
    if found is not None and not any(reading.notes for reading in found) and not any(map(is_mixed, name.sub)):
        names.known.meanings[marks] = found
    return found


def _found(name: Name, names: Names) -> list[Reading] | None:
    """The same, found anew."""
    written, name = name, names.normalised(name)
    found: list[Reading] = []
    refused: MeaningError | None = None
    for quantity, sub, notes in _candidates(name, names):
        _spell(quantity, sub, written, name, names)
        try:
            found += [_reading(value, name, notes) for value in _components(quantity, sub, name, names)]
            found += _with_unwritten_sample(quantity, sub, name, notes, names)
        except (MeaningError, ShapeError) as error:
            refused = refused or (
                error if isinstance(error, MeaningError) else MeaningError(str(error), name.span)
            )
    if not found and refused is not None:
        raise refused
    return ranked(found, 4) if found else None


def _spell(quantity: Expr, sub: tuple[str, ...], written: Name, name: Name, names: Names) -> None:
    """Tell how a quantity is written: by its whole name, where that stands, else by what is left of it."""
    if not sub or sub != name.sub:
        names.spelled(quantity, (sub and written.numbered) or written)


def _with_unwritten_sample(
    quantity: Expr, sub: tuple[str, ...], name: Name, notes: tuple[Note, ...], names: Names
) -> list[Reading]:
    """`z_j^{[1]}` in a line about sample i may mean that sample's."""
    letter = names.written_sample
    if letter is None or name.sample is not None or not names.vocabulary.holds_samples(quantity.shape):
        return []
    note = Note("implicit", f"the sample ({letter}) of {name.base} is not written", name.span, "GC706")
    sampled = name.without(sample=letter)
    return [_reading(value, name, (*notes, note)) for value in _components(quantity, sub, sampled, names)]


def _candidates(name: Name, names: Names) -> Iterator[tuple[Expr, tuple[str, ...], tuple[Note, ...]]]:
    """Known quantities in order of likeness, with the subscripts that are left to be components."""
    for base in names.bases(name):
        if base != name.base and _is_apart(name, base, names):
            continue
        whole = names.quantity(key_of(base, name.layer, name.sub))
        if whole is not None and (base == name.base or _may_hold(name, whole, names)):
            yield whole, (), ()
            return
        numbered = names.quantity(key_of(base, name.layer, name.sub[:1])) if name.numbered else None
        if numbered is not None and _has_entries(numbered, name, names) and _may_hold(name, numbered, names):
            yield numbered, name.sub[1:], ()
            return
        if name.sub:
            owner = names.quantity(key_of(base, name.layer, ()))
            if (
                owner is not None
                and _may_hold(name, owner, names)
                and not (is_size(owner) or is_another(name))
                and not (base in names.vocabulary.members and name.sub[0].isdigit())
                # Entries are counted from one: `c_0` beside `\sum_{j=1}^p c_j h_j` is a quantity of its own.
                and name.sub != ("0",)
                and (owner.shape != SCALAR or not name.sub[0].isdigit() or _is_only_unit(name))
            ):
                yield owner, name.sub, ()
                return
    if name.layer is None and (name.sub or name.sample is not None):
        yield from _lost_layer(name, names)


def _is_apart(name: Name, base: str, names: Names) -> bool:
    """Whether a letter in the other case is another quantity: a number, where this one is an array."""
    keys = [key_of(each, name.layer, name.sub) for each in (name.base, base)]
    own, other = map(names.vocabulary.inferred.get, keys)
    return keys[0] in names.scalar_letters or (name.sample is None and other == SCALAR != (own or SCALAR))


def _has_entries(quantity: Expr, name: Name, names: Names) -> bool:
    """Whether `a_1` has as many axes, its samples apart, as `a_{1j}` has letters behind the number."""
    batched = names.vocabulary.holds_samples(quantity.shape)
    axes = 2 - quantity.shape.count(1) - batched
    return batched == (name.sample is not None) and axes == len(name.sub) - 1


def _is_only_unit(name: Name) -> bool:
    """`b_1^{[2]}` of a layer that has one unit; without the layer's mark, `b_1` is a name of its own."""
    return name.layer is not None and name.sub == ("1",)


def _may_hold(name: Name, quantity: Expr, names: Names) -> bool:
    """Whether a quantity has the samples that a name's mark selects."""
    return (
        name.sample is None
        or names.vocabulary.holds_samples(quantity.shape)
        or names.implicit_sample is not None
    )


def _lost_layer(name: Name, names: Names) -> Iterator[tuple[Expr, tuple[str, ...], tuple[Note, ...]]]:
    """`z^{(i)}` or `w_1` where only layers of the letter exist: the layer was left out, each is possible."""
    for base in names.bases(name):
        for layer in names.layers_of(base):
            quantity = names.quantity(key_of(base, layer, ()))
            if quantity is not None:
                kind = (
                    "info"
                    if name.sample is None
                    else "implicit"
                    if _may_hold(name, quantity, names)
                    else "slip"
                )
                text = f"the layer [{layer}] of {name.base} is not written"
                yield quantity, name.sub, (Note(kind, text, name.span, "GC706"),)


def _components(quantity: Expr, sub: tuple[str, ...], name: Name, names: Names) -> Iterator[Expr]:
    """The entries, rows or columns of a quantity that subscripts and the sample select."""
    one: Ix | int | None = None
    batched = names.vocabulary.holds_samples(quantity.shape, name.base)
    if name.sample is not None and batched:
        one = selector(name.sample, names.sample_dim)
    elif name.sample is None and batched and names.implicit_sample is not None:
        one = names.implicit_sample
    rows, cols = quantity.shape
    if not sub:
        yield quantity if one is None else _of_sample(quantity, None, one, names)
        return
    if any(map(is_mixed, sub)):
        yield from entries(quantity, sub, sizes_here(names), name.span)
        return
    if len(sub) == 2 and name.transpose and not batched and _WHOLE.isdisjoint(sub):
        # `W_{ij}^T` is the entry of the transpose: an entry by itself has none, but a column `X_{:,j}` has.
        sub = (sub[1], sub[0])
    if len(sub) == 2 and "" in sub and 1 in quantity.shape:
        raise MeaningError(
            f"which entries of {name.base} `{':'.join(sub)}` selects cannot be told", name.span
        )
    if len(sub) == 2 and one is None:
        yield pick(quantity, selector(sub[0], rows), selector(sub[1], cols))
        return
    if len(sub) == 2:
        yield _of_sample(quantity, sub[0], one, names)
        return
    if len(sub) > 2:
        raise MeaningError(f"{name.key} has more subscripts than a matrix has axes", name.span)
    (mark,) = sub
    if mark[:1] in {"+", "-", "*"}:
        raise MeaningError(f"what `{mark}` makes of {name.base} is not said", name.span)
    if quantity.shape == SCALAR:
        yield quantity
    elif batched and 1 in quantity.shape and one is None and not mark.isdigit():
        # One row: `z_t` is the entry of sample t; only an unshifted letter may count the one unit.
        here = selector(mark, names.sample_dim)
        yield _of_sample(quantity, None, here, names)
        if here == Ix(mark, names.sample_dim) and mark.isalpha():
            yield pick(quantity, None, None)
    elif batched:
        yield _of_sample(quantity, mark, one, names)
    elif cols == 1:
        yield pick(quantity, selector(mark, rows), None)
    elif rows == 1:
        yield pick(quantity, None, selector(mark, cols))
    else:
        row = pick(quantity, selector(mark, rows), None)
        as_column = apply("transpose", row)
        small = name.base.islower() or name.base.startswith("\\")
        declared = names.vocabulary.vectors.get(name.base) is not None and not names.vocabulary.rows
        if small and declared:
            yield as_column  # `u_j \in \mathbb{R}^d` is no row
        else:
            yield from (as_column, row) if small else (row, as_column)


def _reading(value: Expr, name: Name, notes: tuple[Note, ...]) -> Reading:
    """A name's value as it is marked; one row of a matrix, with how it was laid."""
    turned = value.op == "transpose"
    row = value.args[0] if turned else value
    if row.op == "pick" and row.args[0].op == "var" and row.shape[0] == 1 != row.shape[1]:
        way = "column" if turned else "row"
        note = Note("info", f"{name.base} taken as a {way}", name.span, lying=(row.args[0].attr[0], way))
        notes = (*notes, note)
    return Reading(_marked(value, name), notes)


def _of_sample(quantity: Expr, unit: str | None, sample: Ix | int | None, names: Names) -> Expr:
    """A sample of a batch, or all of them, whole or by a unit."""
    samples = names.vocabulary.sample_axis
    along = None if unit is None else selector(unit, quantity.shape[1 - samples])
    return pick(quantity, along, sample) if samples else pick(quantity, sample, along)


def selector(mark: str, dim: Dim) -> Ix | int | None:
    """A subscript as a selection of an axis: a number, a free index, or nothing: the axis is left whole."""
    if dim == 1 or mark in _WHOLE:
        return None
    if mark.isdigit():
        return int(mark)
    letter, sign, shift = mark, "", ""
    for sign_mark in "+-":
        if sign_mark in mark:
            letter, sign, shift = mark.partition(sign_mark)
    if sign and shift.isdigit():
        return Ix(letter, dim, int(sign + shift))
    return Ix(mark, dim)


def _marked(value: Expr, name: Name) -> Expr:
    if name.inverse:
        value = inverse(value)
    if name.transpose:
        value = apply("transpose", value)
    return value.at(name.span)
