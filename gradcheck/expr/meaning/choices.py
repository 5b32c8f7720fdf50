"""Integers that choose an entry: the label `y_i` of `s_{i y_i}`, the class y of `\\log p_y`.

Such a letter is known by its place: it stands, with an index of its own, in a subscript (`w_{y_i}`) or
against an index in a condition (`j \\neq y_i`). Without one it is a label where a number is defined by a
single entry of what the document counts through. The label is held as a one-hot array, of which the chosen
entry is a sum, so that no evaluator has to know of it; a document that writes the array, too, means that one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Protocol

from gradcheck.expr.forms.build import apply, isum, pick
from gradcheck.expr.forms.reading import IdleSum, MeaningError, Reading
from gradcheck.expr.forms.tree import Expr, Ix
from gradcheck.expr.meaning.index_ranges import mixed_ranges
from gradcheck.expr.meaning.places import last_entry
from gradcheck.expr.written.definitions import Definition, definitions, read_applied, written_names
from gradcheck.expr.written.indices import bound_letters, idle_letter
from gradcheck.expr.written.marks import Label, Mark, read_mark
from gradcheck.expr.written.names import Name, read_name, script_text
from gradcheck.expr.written.quotients import read_quotient, variables_in
from gradcheck.expr.written.vocabulary import Vocabulary
from gradcheck.notation.remembered import once_a_node
from gradcheck.notation.statements import Equation
from gradcheck.notation.tree import BigOperator, Call, Node, Number, Product, Relational, Symbol
from gradcheck.notation.walk import of_kind, parts, walk
from gradcheck.shapes import Dim
from gradcheck.source import Span

RUNNING = frozenset("abcijklmnpqrt")
# Letters whose subscript is no sample of theirs: `n_l` counts units.
SIZES = frozenset("nmdNMDK")


class Chosen(Protocol):
    """What the closing of labels asks of a scope."""

    bound: frozenset[str]  # the letters that run here, by a Σ or as the index of what is defined
    ranges: Mapping[str, Dim]  # the sizes over which the letters of the line in hand run

    @property
    def vocabulary(self) -> Vocabulary:
        """What the document's names stand for."""

    def count(self, dim: Dim) -> Expr:
        """A size as a number."""

    def quantity(self, key: str) -> Expr | None:
        """The quantity of that key, or None where the scope knows none."""

    def new_input(self, name: Name) -> Expr:
        """Make an input of a name that is known nowhere."""


@contextmanager
def running(scope: Chosen, letters: Iterable[str], *, alone: bool = False) -> Iterator[None]:
    """Meanwhile these letters run in a scope, so that none of them is a label; alone, no others do."""
    before, ranges = scope.bound, scope.ranges
    scope.bound = frozenset(letters) if alone else before | frozenset(letters)
    scope.ranges = {} if alone else ranges
    try:
        yield
    finally:
        scope.bound, scope.ranges = before, ranges


@contextmanager
def defining(scope: Chosen, definition: Definition) -> Iterator[None]:
    """Meanwhile the letters below the name of a definition run in a scope, over the sizes that it tells.

    Raises IdleSum where a Σ of it adds up what its index does not change: another one is meant.
    """
    if (letter := idle_letter(definition.right, definition.name.sub)) is not None:
        idle = f"the sum over `{letter}` adds up what does not depend on it"
        raise IdleSum(idle, definition.right.span)
    with running(scope, definition.name.sub, alone=True):
        scope.ranges = mixed_ranges((definition.name, *written_names(definition.right)), scope.vocabulary)
        yield


def closed(value: Expr, scope: Chosen) -> Expr:
    """A value with the entries that labels choose: every index that is a label is summed over its one-hot.

    The letter of a size chooses the last entry, n of `x_n`.

    Raises MeaningError where a label chooses from another size than it has.
    """
    for name, dim in value.free:
        if name == dim and name in scope.vocabulary.extents.ends and name not in scope.bound:
            value = last_entry(value, name, dim, scope.count(dim))
            continue
        label = None if name in scope.bound else _entry(name, dim, scope)
        if label is not None:
            value = isum(apply("mul", label, value), Ix(name, dim))
    return value


def is_chosen(value: Expr) -> bool:
    """Whether a sum is over the entries of a label or of a last place, and so the one entry it chooses."""
    if value.op != "isum" or value.args[0].op != "mul":
        return False
    label, rest = value.args[0].args
    name = value.attr[0].name
    if label.op == "equal" and name == value.attr[0].dim:
        return True
    return (
        not name.startswith("·")
        and label.op == "pick"
        and value.attr[0] in label.attr
        and name in dict(rest.free)
        and len(name) > 1
    )


def _entry(name: str, dim: Dim, scope: Chosen) -> Expr | None:
    """The entry of a label's one-hot array at the index of that name, or None where it is no label."""
    mark = read_mark(name)
    if mark is None or not scope.vocabulary.is_label(name):
        return None
    label = scope.vocabulary.labels[mark.base]
    array = scope.quantity(label.key) or scope.new_input(Name(label.key, Span(0, 0)))
    axis = label.class_axis
    if array.shape[axis] != dim:
        raise MeaningError(f"{name} chooses from {dim} entries, and is one of {array.shape[axis]}")
    here, own = Ix(name, dim), mark.index or mark.sample
    other = None if own is None or array.shape[1 - axis] == 1 else Ix(own, array.shape[1 - axis])
    return pick(array, here, other) if axis == 0 else pick(array, other, here)


def chosen_readings(readings: Iterable[Reading], scope: Chosen) -> list[Reading]:
    """Readings with the entries that labels choose; those are left out in which the sizes differ.

    Raises MeaningError where none is left.
    """
    found: list[Reading] = []
    refused: MeaningError | None = None
    for reading in readings:
        try:
            whole = reading.value
            found.append(reading._replace(value=closed(whole, scope)) if isinstance(whole, Expr) else reading)
        except MeaningError as error:
            refused = error
    if refused is not None and not found:
        raise refused
    return found


# --- which letters are labels -------------------------------------------------------------------------


def labels_in(equations: Iterable[Equation]) -> dict[str, Label]:
    """The letters of a document's labels.

    A letter that is defined, or differentiated by, is a quantity: `\\delta_{z_k}` is the error at z_k.
    The one-hot array is the one that the document says is 1 there, `y_o = 1`, or the one that is said to be 1
    at some and 0 at others, or that of the capital where the document writes it, `Y_{ik}`, undefined.
    """
    listed = list(equations)
    defined = {d.name.base for d in definitions(listed)} | _differentiated(listed)
    marks = {mark for e in listed for side in (*e.sides, *e.context) for mark in _own_marks(side)}
    found = dict.fromkeys(_chosen_alone(listed), "alone")
    found |= {mark.base: mark.kind for mark in sorted(marks, key=lambda m: (m.base, m.kind))}
    told, coded = dict(_said_to_be_one(listed)), coded_arrays(listed)
    alone = [base for base, kind in found.items() if kind == "alone"]
    arrays = told if len(alone) != 1 or len(coded) != 1 else {alone[0]: min(coded), **told}
    defined -= coded
    written = {name.base for e in listed for side in e.sides for name in written_names(side)} - defined
    return {
        base: Label(kind, arrays.get(base) or (base.upper() if base.upper() in written else base))
        for base, kind in found.items()
        if base not in defined
    }


def _said_to_be_one(equations: Iterable[Equation]) -> Iterator[tuple[str, str]]:
    """The letters at which an array is said to be 1, `y_o = 1`, and the letter of the array."""
    names = (entry_said(equation, "1") for equation in equations)
    return ((name.sub[0], name.base) for name in names if name is not None)


def coded_arrays(equations: Iterable[Equation]) -> frozenset[str]:
    """The letters of arrays that are said to be 1 at some of their entries and 0 at others."""
    listed = list(equations)
    ones, zeros = ({n.base for e in listed if (n := entry_said(e, number)) is not None} for number in "10")
    return frozenset(ones & zeros)


def entry_said(equation: Equation, number: str) -> Name | None:
    """The `y_o` of an equation that says nothing but `y_o = 1`, or another number."""
    name, link = read_name(equation.head), equation.links[0]
    told = link.relation.sign == "=" and isinstance(link.right, Number) and link.right.text == number
    if not told or len(equation.links) > 1 or name is None:
        return None
    lettered = name.is_plain and name.sample is None and len(name.sub) == 1 and name.sub[0].isalpha()
    return name if lettered and len(name.sub[0]) == 1 else None


def _differentiated(equations: Iterable[Equation]) -> frozenset[str]:
    return frozenset(name.base for e in equations for side in e.sides for name in variables_in(side))


def _own_marks(node: Node) -> Iterator[Mark]:
    """Labels with an index of their own, in subscripts and in conditions on an index."""
    for name in written_names(node):
        for part in name.sub:
            yield from _labels(part)
    for inner in of_kind(node, Relational):
        if {r.sign for r in inner.relations} <= {"=", "≠"}:
            texts = [script_text(operand) for operand in inner.operands]
            if any(len(text) == 1 and text in RUNNING for text in texts):
                for text in texts:
                    yield from _labels(text)


def _labels(text: str) -> Iterator[Mark]:
    mark = read_mark(text)
    if mark is None or mark.kind == "alone" or mark.base in SIZES:
        return
    if len(mark.base) == 1 and mark.base.islower():
        yield mark


def _chosen_alone(equations: list[Equation]) -> Iterator[str]:
    """The letters without an index that choose the one entry by which a number is defined.

    `-\\log p_y` and `-s_y + \\log Σ_j e^{s_j}` choose; `t_k \\log p_k` and a letter that marks a part of the
    model (`W_h x`) do not.
    """
    for definition in definitions(equations):
        if definition.is_function or definition.name.is_indexed or definition.name.sample is not None:
            continue
        right = definition.right
        names = _names(right)
        carriers = [(n, mark) for n, bound in names for mark in n.sub if mark not in bound]
        if not any(len(mark) == 1 and mark.islower() for _, mark in carriers):
            continue
        logged = {n.key for node in _logs(right) for n, _ in _names(node)}
        summed = {n.base for n, bound in names if not bound.isdisjoint(n.sub)}
        for name, mark in carriers:
            others = {n.base for n, other in carriers if other == mark}
            is_letter = len(mark) == 1 and mark.islower() and len(others) == 1
            if is_letter and (name.key in logged or name.base in summed) and name.base in _counted(equations):
                yield mark


def _counted(equations: list[Equation]) -> frozenset[str]:
    """The bases whose entries a document counts through: under a Σ, or by the index of what it tells.

    So are those of what is told to be a softmax.
    """
    listed = [pair for e in equations for side in e.sides for pair in _names(side)]
    summed = {name.base for name, bound in listed if not bound.isdisjoint(name.sub)}
    heads = {
        definition.name.base
        for definition in definitions(equations)
        if definition.name.sub
        and set(definition.name.sub) <= {mark for name, _ in _names(definition.right) for mark in name.sub}
    }
    values = ((d.name.base, read_applied(d.right)) for d in definitions(equations))
    softmaxes = {base for base, value in values if value is not None and value.function.base == "softmax"}
    return frozenset(summed | heads | softmaxes | set(_derived_by_index(equations)))


def _derived_by_index(equations: list[Equation]) -> Iterator[str]:
    """The p of `∂L/∂z_j = p_j - …`: it has an entry for each of those that something is derived by."""
    for equation in equations:
        quotient = read_quotient(equation.head)
        read = [] if quotient is None else [read_name(variable) for variable in quotient.variables]
        by = [name for name in read if name is not None]
        marks = {mark for name in by for mark in name.sub if len(mark) == 1}
        others = (name for link in equation.links if marks for name, _ in _names(link.right))
        own = {name.base for name in by}
        yield from (name.base for name in others if marks.intersection(name.sub) and name.base not in own)


@once_a_node
def _names(node: Node) -> tuple[tuple[Name, frozenset[str]], ...]:
    """The names of a formula and of its exponents, each with the letters that Σs around it bind."""
    found: list[tuple[Name, frozenset[str]]] = []
    _collect(node, frozenset(), found)
    return tuple(found)


def _collect(node: Node, bound: frozenset[str], found: list[tuple[Name, frozenset[str]]]) -> None:
    if isinstance(node, BigOperator):
        bound |= bound_letters(node)
    name = read_name(node)
    if name is None:
        for child in parts(node):
            _collect(child, bound, found)
        return
    found.append((name, bound))
    if name.power is not None:
        _collect(name.power, bound, found)


def _logs(node: Node) -> Iterator[Node]:
    """What logarithms are taken of."""
    for inner in walk(node):
        if isinstance(inner, Call) and isinstance(inner.function, Symbol) and _is_log(inner.function):
            yield inner.argument
        if isinstance(inner, Product):
            for function, argument in zip(inner.factors, inner.factors[1:], strict=False):
                if isinstance(function, Symbol) and _is_log(function):
                    yield argument


def _is_log(function: Symbol) -> bool:
    return function.name in ("log", "ln")
