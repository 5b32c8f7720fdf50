"""Losses of a batch that are written example by example, `-\\frac{1}{m} \\sum_{i=1}^m y_i \\log \\hat y_i`.

Beside `A = f(Z)` and `Y` of all examples, `y^{(i)}` and `a_i` are one of them each, and so is the prediction
`\\hat y_i` that nothing makes: it is what the way forward ends in. Where no name carries the letter, the
index only says that the samples are added up; taken at its word, the Σ would be m times one example. Written
with the whole arrays and without limits, the Σ runs over what the batch holds, and its upper end counts the
samples wherever it divides. Each is legal, so this one is a reading of the document beside the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from gradcheck.expr.written.definitions import definitions, written_names
from gradcheck.expr.written.indices import bound_letters, is_letter
from gradcheck.expr.written.names import Name, core_letter, read_name
from gradcheck.expr.written.quotients import derives
from gradcheck.expr.written.vocabulary import is_loss_name
from gradcheck.notation.parser import parse_one
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import Accent, BigOperator, Fraction, Group, Node, Number, Scripted, Symbol
from gradcheck.notation.walk import letters_in, mapped, of_kind, rebuilt
from gradcheck.records import dataclass, replace
from gradcheck.restating.recursions.customary_layers import ERROR

MEAN_OF_ONE = "the loss is a mean over examples: its gradients are read as those of one of them"
COUNTS = frozenset("mnNM")
CHOICES = frozenset(("arg", "argmax", "\\arg", "\\argmax"))
BARS = ("|", "\\|")


def without_idle_limits(body: Sequence[Statement]) -> Sequence[Statement] | None:
    """The statements with a bare Σ where a batch is added up; None where none is."""
    if not (adding := _adding(body)):
        return None
    batch = _batch(body) if any(map(_is_loss, adding)) else None
    found = [_of_batch(item, batch) if isinstance(item, Equation) else item for item in body]
    return None if all(new is old for new, old in zip(found, body, strict=True)) else found


def with_mean_of_one(body: Sequence[Statement]) -> Sequence[Statement] | None:
    """The statements with one example for a mean over all of them, where they are of one; None without.

    `\\frac{1}{n} \\sum_i (p_i - y_i)^2` beside `p = w^T x` is what training takes the mean of. Lines that
    write an i or the mean's 1/n, too, are about all examples.
    """
    batch = _batch(body) if any(map(_is_loss, _adding(body))) else None
    if batch is None:
        return None
    found = [
        rewritten(item, partial(_of_one, batch=batch))
        if isinstance(item, Equation) and _is_loss(item)
        else item
        for item in body
    ]
    return None if all(new is old for new, old in zip(found, body, strict=True)) else found


def _of_one(side: Node, batch: Batch) -> Node:
    """A loss without its mean over examples."""
    below = {s.name for node in of_kind(side, Fraction) for s in of_kind(node.denominator, Symbol)}
    counts = below & COUNTS
    counts -= {name.key for name in batch.apart} if counts else counts
    if len(counts) != 1:
        return side

    def example(node: BigOperator) -> Node:
        letters = bound_letters(node)
        upper = node.upper is None or (isinstance(node.upper, Symbol) and node.upper.name in counts)
        if node.kind != "sum" or len(letters) != 1 or not upper or letters & batch.placed:
            return node
        told = _told(node.body, next(iter(letters)), batch)
        of_one = told is not None and not any(map(_is_batch, written_names(told)))
        return told if told is not None and of_one else node

    def uncounted(node: Symbol) -> Node:
        return Number(node.span, "1") if node.name in counts else node

    found = rebuilt(side, BigOperator, example)
    return side if found is side else rebuilt(found, Symbol, uncounted)


@dataclass(frozen=True, slots=True)
class Batch:
    """What a document writes whole.

    whole   key → name, of all that stands without an index
    ends    what the way forward ends in, by its key
    apart   the names outside losses, and placed: the letters that tell entries there
    """

    whole: Mapping[str, Name]
    ends: Mapping[str, Name]
    apart: Sequence[Name]
    placed: frozenset[str]


def ends(equations: Sequence[Equation]) -> Iterator[Name]:
    """What the way forward makes and nothing but a loss uses."""
    told = [d for d in definitions(equations) if not (d.is_function or derives(d.right))]
    forward = [d for d in told if not (is_loss_name(d.name) or d.name.differentiated or d.name.base == ERROR)]
    forward = [d for d in forward if CHOICES.isdisjoint(name.base for name in written_names(d.right))]
    used = {name.key for d in forward for name in written_names(d.right)}
    return (d.name for d in forward if d.name.key not in used)


def _adding(body: Sequence[Statement]) -> Sequence[Equation]:
    """The equations with a Σ."""
    equations = (item for item in body if isinstance(item, Equation))
    return [e for e in equations if any(of_kind(side, BigOperator) for side in e.sides)]


def _batch(body: Sequence[Statement]) -> Batch | None:
    equations = [item for item in body if isinstance(item, Equation)]
    named = [name for e in equations for side in e.sides for name in written_names(side)]
    named += [inner for name in named if (inner := name.differentiated) is not None]
    whole = {
        name.key: name for name in named if name.sample is None and not any(map(is_letter, _marks(name)))
    }
    last = {name.key: name for name in ends(equations) if name.key in whole}
    apart = [n for e in equations if not _is_loss(e) for side in e.sides for n in written_names(side)]
    placed = frozenset(mark for name in apart for mark in (*_marks(name), name.sample or ""))
    return Batch(whole, last, apart, placed) if last else None


def _of_batch(equation: Equation, batch: Batch | None) -> Equation:
    if batch is not None and _is_loss(equation):
        equation = rewritten(equation, lambda side: _in_whole_arrays(side, batch))
    return rewritten(equation, lambda side: rebuilt(side, BigOperator, _without_limits))


def _is_loss(equation: Equation) -> bool:
    return any(is_loss_name(d.name) and not derives(d.right) for d in definitions([equation]))


def _in_whole_arrays(side: Node, batch: Batch) -> Node:
    """A formula with the whole arrays below each Σ over examples."""

    def put(node: Node) -> Node:
        if isinstance(node, BigOperator) and node.kind == "sum" and len(bound_letters(node)) == 1:
            (letter,) = bound_letters(node)
            told = _told(node.body, letter, batch)
            if told is not None and any(_is_batch(name) for name in written_names(told)):
                normed = any(group.open in BARS for group in of_kind(told, Group))
                return told if normed else replace(node, lower=None, upper=None, body=told)
        return mapped(node, put)

    return put(side)


def _told(body: Node, letter: str, batch: Batch) -> Node | None:
    """What stands below a Σ over examples, with whole arrays; None where one of them is not known."""
    inner = {mark for big in of_kind(body, BigOperator) for mark in bound_letters(big)}
    running = {letter, *inner}
    carrying = [name for name in written_names(body) if letter in {name.sample, *_marks(name)}]
    arrays = {name: _array(name, running, batch) for name in carrying}
    if all(n.sample == letter and _is_marked_as(n, arrays[n]) for n in carrying):
        return None  # what their marks say already
    unknown = {name.base for name, array in arrays.items() if array is None}
    known = {array.key for array in arrays.values() if array is not None}
    is_output = len(unknown) == len(batch.ends) == 1 < len(arrays) and not known & batch.ends.keys()
    if is_output and not any(name.base in unknown for name in batch.apart):
        (end,) = batch.ends.values()
        arrays = {name: array or end for name, array in arrays.items()}
    keys = {array.key for array in arrays.values() if array is not None}
    if not carrying or None in arrays.values() or not keys & batch.ends.keys():
        return None

    def put(node: Node) -> Node:
        if isinstance(node, BigOperator) and bound_letters(node):
            return mapped(node.body, put)
        if isinstance(node, (Accent, Scripted, Symbol)):
            array = arrays.get(name) if (name := read_name(node)) is not None else None
            if array is not None:
                written = parse_one(array.key)
                assert written is not None, "a name was read from it"
                return replace(written, span=node.span)
        return mapped(node, put)

    told = put(body)
    return None if running & letters_in(told) else told


def _is_marked_as(name: Name, array: Name | None) -> bool:
    return array is not None and (array.layer, array.sub) == (name.layer, name.sub[: len(array.sub)])


def _marks(name: Name) -> Iterator[str]:
    """The letters below a name, one by one."""
    return (letter for mark in name.sub for letter in mark)


def _array(name: Name, running: set[str], batch: Batch) -> Name | None:
    """The whole array that one example of it, or an entry of that, is of."""
    if not name.is_plain or not {name.sample} <= {None, *running}:
        return None
    sub = tuple(mark for mark in name.sub if not set(mark) <= running)
    bare = name.without(sub=sub, sample=None)
    capital = bare.without(base=_capital(bare.base))
    for each in (capital, bare):
        if each.key in batch.whole:
            return batch.whole[each.key].without(primes=0, transpose=False, inverse=False, power=None)
    if sub or bare.layer is not None:
        return None
    meant = [end for end in batch.ends.values() if _capital(end.base) == capital.base]
    return meant[0] if len(meant) == 1 else None


def _capital(base: str) -> str:
    core = core_letter(base)
    return base.replace(core, core.upper()) if len(core) == 1 else base


def _without_limits(node: BigOperator) -> BigOperator:
    idle = node.kind == "sum" and _is_idle(node)
    return replace(node, lower=None, upper=None) if idle else node


def _is_idle(node: BigOperator) -> bool:
    """Whether a Σ counts samples by a letter that stands nowhere below it, before names in capitals."""
    letters = bound_letters(node)
    if len(letters) != 1 or not isinstance(node.upper, Symbol) or node.upper.name not in COUNTS:
        return False
    if letters & letters_in(node.body):
        return False
    names = written_names(node.body)
    carried = any(letters & {*name.sub, name.sample, name.layer} for name in names)
    return not carried and any(_is_batch(name) and not is_loss_name(name) for name in names)


def _is_batch(name: Name) -> bool:
    return name.base[:1].isupper() and name.sample is None
