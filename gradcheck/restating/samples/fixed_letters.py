"""Letters below names that choose one thing: c and o of `s = u_o^T v_c`, i of one sample's loss.

`L = (y_i - w^T x_i)^2` carries i on the right side alone, and no Σ of the document binds it: L is the loss of
one sample, of one pair, of one triple, and `x_i` is one vector with a label. Such a mark becomes a word, as
if `x_{\\text{i}}` were written. A base keeps its letters where one of them runs, by a Σ, by a list or as the
index of what is defined, since `z_i` and `Σ_j z_j` are of one vector. What is defined for one choice is for
another, and so is the space of `v_k \\in \\mathbb{R}^d`, where k stands for any. Rejected: a size for each
such index, since nothing says how many there are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial

from gradcheck.expr.meaning.choices import labels_in
from gradcheck.expr.meaning.repeated import announces_sums
from gradcheck.expr.written.definitions import definitions, written_names
from gradcheck.expr.written.functions import builtin_of
from gradcheck.expr.written.marks import read_mark
from gradcheck.expr.written.names import DELTAS, LAYER_MARK, Name, read_name
from gradcheck.expr.written.vocabulary import WORDS
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import (
    BigOperator,
    Group,
    Node,
    Operator,
    Product,
    Relational,
    Scripted,
    Sum,
    Symbol,
)
from gradcheck.notation.walk import letters_in, mapped, of_kind, parts, rebuilt
from gradcheck.patterns import late_pattern
from gradcheck.records import dataclass, field, replace
from gradcheck.restating.recursions.step_numbers import bound_letter
from gradcheck.source import Span

_LETTERS = late_pattern("[a-z]+")
# Above these, a letter below is no mark of theirs.
OPERATORS = frozenset(
    ("\\max", "\\min", "\\arg", "\\argmax", "\\argmin", "\\mathbb{E}", "\\nabla", "\\partial")
)


@dataclass
class _Uses:
    """How a document uses its small letters.

    carried  base → the marks that it is written with
    running  letters that run, or that stand as quantities
    alone    letters that a definition holds on its right side alone
    bare     bases that are written without a mark, too
    raised   bases and marks that stand in a power somewhere: no functions, even `\\sigma_f` of `\\sigma_f^2`
    """

    carried: dict[str, set[tuple[str, ...]]] = field(default_factory=dict)
    running: set[str] = field(default_factory=set)
    alone: set[str] = field(default_factory=set)
    bare: set[str] = field(default_factory=set)
    raised: frozenset[tuple[str, tuple[str, ...]]] = frozenset()


def with_fixed_letters(body: Sequence[Statement], declared: Collection[str]) -> Sequence[Statement]:
    """The statements with the letters that choose one thing as words; themselves where there are none.

    declared   keys of names that are declared as they stand
    """
    if announces_sums(body):
        return body
    equations = [item for item in body if isinstance(item, Equation)]
    uses = _uses(equations)
    fixed = _fixed(uses, {key.split("_")[0] for key in declared})
    if not fixed:
        return body
    return _all_told(_with_instances(body, fixed, uses), fixed)


def _with_instances(body: Sequence[Statement], fixed: Collection[str], uses: _Uses) -> Iterable[Statement]:
    """The statements, with what is defined for one choice told for others: `s_{uj}` by `s_{ui} = p_u q_i`."""
    equations = [item for item in body if isinstance(item, Equation)]
    told = {(d.name.base, tuple("".join(d.name.sub))) for d in definitions(equations)}
    for item in body:
        yield item
        if isinstance(item, Equation):
            yield from _spaces_of_chosen(item, fixed, uses)
        name = read_name(item.head) if isinstance(item, Equation) else None
        if not isinstance(item, Equation) or name is None or not _is_lettered(name) or not name.is_plain:
            continue
        own = tuple("".join(name.sub))
        if (name.base, own) not in told or len(set(own)) < len(own) or not set(own) <= set(fixed):
            continue
        marks = {letter for n in written_names(item.links[0].right) for mark in n.sub for letter in mark}
        for other in sorted(uses.carried[name.base]):
            letters = dict(zip(own, other, strict=False))
            made = {letter for letter, chosen in letters.items() if letter != chosen} <= marks
            if made and len(other) == len(own) and (name.base, other) not in told:
                told.add((name.base, other))
                chosen = rewritten(item, partial(_chosen, letters=letters))
                link = replace(chosen.links[0], number=0)
                yield replace(chosen, links=(link,), connective="", context=(), tag=None)


def _spaces_of_chosen(item: Equation, fixed: Collection[str], uses: _Uses) -> Iterator[Equation]:
    """`v_c \\in \\mathbb{R}^d` behind `v_k \\in \\mathbb{R}^d`, where c chooses one and k none."""
    for node, name in _kinds(item):
        own = "".join(name.sub)
        for other in sorted(uses.carried.get(name.base, ())):
            if len(own) == len(other) == 1 and {*other} <= {*fixed} and own not in fixed:
                head = _chosen(node, {own: other[0]})
                link = replace(item.links[0], number=0, left=head)
                yield replace(item, head=head, links=(link,), connective="", context=(), tag=None)


def _kinds(item: Equation) -> Iterator[tuple[Node, Name]]:
    """What `u_k, v_k \\in \\mathbb{R}^d` declares, of which the letter below may stand for any other."""
    if item.links[0].relation.sign == "∈":
        for node in item.head.items if isinstance(item.head, Group) else (item.head,):
            name = read_name(node)
            if name is not None and name.is_plain and _is_lettered(name):
                yield node, name


def _chosen(node: Node, letters: Mapping[str, str]) -> Node:
    """A formula with other letters below its names."""

    def changed(mark: Symbol) -> Symbol:
        return replace(mark, name=letters[mark.name]) if mark.name in letters else mark

    def below(inner: Scripted) -> Node:
        sub = inner.sub if inner.sub is None else rebuilt(inner.sub, Symbol, changed)
        return inner if sub is inner.sub else replace(inner, sub=sub)

    return rebuilt(node, Scripted, below)


def with_drawn_apart(body: Sequence[Statement], declared: Collection[str]) -> Sequence[Statement] | None:
    """The statements with o of `f(u_o) + \\sum_k g(u_k)` as a word; None where no loss is written so.

    The loss may mean one of the k, or an example apart from them, as that beside its negative samples is:
    which it is shows only by what becomes right.
    Where another definition has the letter, a softmax over all k, it is told apart in what names the loss.
    """
    equations = [item for item in body if isinstance(item, Equation)]
    told = [d for d in definitions(equations) if not d.name.is_indexed]
    found = [(d, set(_apart(d.right))) for d in told]
    letters = {mark for _, marks in found for mark in marks}
    if letters:
        letters -= {mark for e in equations for side in e.sides for mark in _running(side)} | set(declared)
    if not letters:
        return None
    losses = {d.name.key for d, marks in found if marks & letters}
    others = [d for d, marks in found if not marks & letters]
    elsewhere = {mark for d in others for name in written_names(d.right) for mark in name.sub} & letters
    restricted = bool(elsewhere) and not any(d.name.key in losses for d in others)
    return _all_told(body, letters, losses if restricted else frozenset())


def _apart(right: Node) -> Iterator[str]:
    """The marks of what stands beside a Σ over others of its kind, in another term."""
    terms = [term.body for term in right.terms] if isinstance(right, Sum) else []
    sums = [inner for inner in map(_counting, terms) if inner is not None]
    counted = {name.base for inner in sums for name in written_names(inner.body)}
    inside = {mark for inner in sums for name in written_names(inner.body) for mark in name.sub}
    for term in terms:
        if _counting(term) is None:
            names = (name for name in written_names(term) if name.base in counted and _is_lettered(name))
            yield from (mark for name in names for mark in name.sub if mark not in inside)


def _counting(term: Node) -> BigOperator | None:
    """The Σ that a term is, with a factor or without."""
    last = term.factors[-1] if isinstance(term, Product) else term
    return last if isinstance(last, BigOperator) else None


def _all_told(
    body: Iterable[Statement], fixed: Collection[str], losses: Collection[str] = frozenset()
) -> Sequence[Statement]:
    """The statements with some letters as words; where losses are given, in what names one of them alone."""

    def told(node: Node) -> Node:
        return _told(mapped(node, told), fixed)

    def is_meant(item: Equation) -> bool:
        return not losses or any(_names(side, losses) for side in item.sides)

    return [rewritten(item, told) if isinstance(item, Equation) and is_meant(item) else item for item in body]


def _names(side: Node, keys: Collection[str]) -> bool:
    names = (read_name(node) for node in (*of_kind(side, Scripted), *of_kind(side, Symbol)))
    return any(name is not None and name.key in keys for name in names)


def _told(node: Node, fixed: Collection[str]) -> Node:
    """A name whose marks all choose one thing with a word below it; some of them become part of its base."""
    name = read_name(node) if isinstance(node, Scripted) and node.sub is not None else None
    if name is None or not isinstance(node, Scripted) or node.sub is None or not _is_lettered(name):
        return node
    marks = "".join(name.sub)
    kept = [mark for mark in marks if mark not in fixed]
    if len(kept) == len(marks):
        return node
    span = node.sub.span
    if not kept:
        return replace(node, sub=Symbol(span, marks, "word"))
    letters = tuple(Symbol(span, mark) for mark in kept)
    below = letters[0] if len(kept) == 1 else Product(span, letters, (Operator(span, ""),) * (len(kept) - 1))
    own = "".join(mark for mark in marks if mark in fixed)
    return replace(node, base=Symbol(node.base.span, f"{name.base}{LAYER_MARK}{own}"), sub=below)


def _fixed(uses: _Uses, declared: Collection[str]) -> set[str]:
    """The letters that choose one thing wherever they stand: none shares its place with one that runs."""
    letters = set(uses.alone - uses.running)
    while letters:
        spoiled = {
            mark
            for base, several in uses.carried.items()
            for marks in several
            for place, mark in enumerate(marks)
            if mark in letters
            and (
                base in declared
                or base in uses.bare
                or not {other[place] for other in several if len(other) == len(marks)} <= letters
            )
        }
        if not spoiled:
            break
        letters -= spoiled
    return letters


def _uses(equations: Sequence[Equation]) -> _Uses:
    names = (name for equation in equations for side in equation.sides for name in written_names(side))
    raised = frozenset((name.base, name.sub) for name in names if name.power is not None)
    uses = _Uses(raised=raised)
    for definition in definitions(equations):
        own = {*definition.name.sub, definition.name.sample}
        uses.running |= set(_contracted(definition.right))
        if not definition.is_function:
            marks = (mark for name in written_names(definition.right) for mark in name.sub)
            uses.alone |= {mark for mark in marks if _is_letter(mark) and mark not in own}
    for side in (side for equation in equations for side in (*equation.sides, *equation.context)):
        uses.running |= set(_running(side))
    if uses.alone <= uses.running:
        return uses  # no letter is left that could choose, however the names are written
    uses.running |= set(labels_in(equations))
    if uses.alone <= uses.running:
        return uses
    for equation in equations:
        listed = {span for side in equation.sides for span in _listed(side)}
        listed |= {name.span for _, name in _kinds(equation)}
        for name in (name for side in equation.sides for name in written_names(side)):
            if name.span not in listed:
                _note(name, uses)
    return uses


def _note(name: Name, uses: _Uses) -> None:
    if name.layer is not None or name.sample is not None:
        uses.running |= {mark for mark in (name.layer, name.sample, *name.sub) if mark is not None}
    applied = builtin_of(name) and (name.base, name.sub) not in uses.raised
    if (name.base in DELTAS and len(name.sub) == 2) or name.base in OPERATORS or applied:
        uses.running |= set(name.sub)
        return
    if _is_letter(name.base) and not name.sub:
        uses.running.add(name.base)
    if not name.sub:
        uses.bare.add(name.base)
    elif _is_lettered(name):
        uses.carried.setdefault(name.base, set()).add(tuple("".join(name.sub)))
    elif not any(mark.startswith(WORDS) for mark in name.sub):
        uses.running |= {letter for mark in name.sub for letter in mark if _is_letter(letter)}
        if any(read_mark(mark) is None for mark in name.sub):
            uses.bare.add(name.base)


def _contracted(node: Node) -> Iterator[str]:
    """The letters that a matrix shares with what it multiplies, `V_{ki} s_i`: they may be summed at sight."""
    for product in of_kind(node, Product):
        names = [name for factor in product.factors if (name := read_name(factor)) is not None]
        for matrix in (name for name in names if sum(map(len, name.sub)) == 2):
            others = {mark for name in names if name is not matrix for mark in name.sub}
            yield from others & set("".join(matrix.sub))


def _listed(node: Node) -> Iterator[Span]:
    """Where names stand between brackets with others, `p(o | c)` and `s(w, c)`, or say which row, `W[w]`."""
    for group in of_kind(node, Group):
        if len(group.items) > 1 or group.open == "[":
            yield from (item.span for item in group.items)


def _is_lettered(name: Name) -> bool:
    return bool(name.sub) and all(_LETTERS.fullmatch(mark) for mark in name.sub)


def _is_letter(mark: str) -> bool:
    return len(mark) == 1 and mark.isascii() and mark.islower()


def _running(node: Node) -> Iterator[str]:
    """The letters that a formula counts with: below a Σ, a maximum or in a condition."""
    for sign in of_kind(node, BigOperator):
        letter = bound_letter(sign)
        names = written_names(sign.body) if letter is None else ()
        yield from (mark for name in names for mark in name.sub)
        if letter is not None:
            yield letter
        if sign.lower is not None:
            yield from filter(_is_letter, letters_in(sign.lower))
    for condition in of_kind(node, Relational):
        for operand in condition.operands:
            yield from (s.name for s in parts(operand) if isinstance(s, Symbol))
            yield from ((operand.name,) if isinstance(operand, Symbol) else ())
    for scripted in of_kind(node, Scripted):
        if scripted.sub is not None and read_name(scripted) is None:
            yield from letters_in(scripted.sub)
