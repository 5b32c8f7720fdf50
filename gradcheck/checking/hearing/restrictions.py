"""For which entries a claim is told: `i = j` or `i \\neq j` beside it, or in the words before it.

A restricted claim is compared after both sides were multiplied by the indicator of its condition, so it
says nothing of the other entries. A condition beside an equation belongs to it, one in a heading to its
section. One in running text holds for the equations that its paragraph leads to; after that it may still be
meant, so a claim that holds under it alone is not called wrong. One that follows a formula in its sentence
belongs to that formula (`gradcheck.restating.sayings.told_behind`). One that cannot be read leaves its claim
open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from string import ascii_lowercase

from gradcheck.checking.hearing.cases_apart import of_terms, tells_cases_apart
from gradcheck.checking.hearing.put_instead import told_of_another
from gradcheck.checking.hearing.regions import Pair, told_in_words, weighted, within
from gradcheck.expr.forms.build import apply, merge, num, pick
from gradcheck.expr.forms.reading import MeaningError, Note
from gradcheck.expr.forms.tree import Expr, Ix
from gradcheck.expr.meaning.constants import truth
from gradcheck.expr.meaning.elaborate import Elaborator
from gradcheck.expr.meaning.places import in_order
from gradcheck.expr.meaning.scope import Scope
from gradcheck.expr.written.answers import as_relation, value_told, values_of_labels
from gradcheck.expr.written.definitions import unboxed
from gradcheck.expr.written.extents import place
from gradcheck.expr.written.limits import ORDERING
from gradcheck.expr.written.names import Name, read_name, script_text
from gradcheck.expr.written.quotients import read_quotient
from gradcheck.notation.chains import is_label
from gradcheck.notation.remembered import once_a_node
from gradcheck.notation.statements import CASE, Equation, Heading, Prose, Statement
from gradcheck.notation.tree import (
    BigOperator,
    Dots,
    Group,
    Node,
    Number,
    Relation,
    Relational,
    Scripted,
)
from gradcheck.notation.walk import of_kind
from gradcheck.patterns import late_pattern
from gradcheck.records import dataclass, replace
from gradcheck.restating.sayings.regions_told import is_region
from gradcheck.restating.sayings.told_behind import told_behind
from gradcheck.shapes import ShapeError
from gradcheck.source import Span

INDEX_LETTERS = frozenset(ascii_lowercase)
OF_CLASSES = late_pattern(
    r"\b(other|others|incorrect|wrong|remaining|rest|else|otherwise|correct|right|true|target|not)\b",
    re.IGNORECASE,
)
OTHER_CASE = late_pattern(r"\b(in general|generally|otherwise|either|both|whether|unless)\b", re.I)
# Letters that name no quantity, so that `i = j` by itself can only be about entries.
ALONE = frozenset("ijklmn")


@dataclass(frozen=True, slots=True)
class Restriction:
    """A condition on indices under which a claim is told.

    condition   None where the words before it speak of the right class or of the others
    sure        it stands with the claim, or right before it
    of_section  it stands in the heading above, and is meant up to the next one
    of_values   the words before it speak of values: "if the loss is positive"
    open        why nothing is said of it where it does not hold as it stands, though words tell when it does
    """

    condition: Relational | None
    sure: bool = True
    of_section: bool = False
    of_values: bool = False
    open: str | None = None


def restrictions(body: Iterable[Statement]) -> Mapping[int, tuple[Restriction, ...]]:
    """The conditions of each equation of a document, by its number."""
    body = list(body)
    found: dict[int, tuple[Restriction, ...]] = {}
    standing: Restriction | None = None
    more: tuple[Relational, ...] = ()
    heading: Heading | None = None
    words = ""
    behind = told_behind(body, lambda equation: stated_alone(equation) is not None)
    others = _of_others([item for item in body if isinstance(item, Equation)])
    for item in body:
        if isinstance(item, Heading):
            standing, heading, words = None, item, item.text
        elif isinstance(item, Prose):
            words = item.text
            in_section = standing is not None and standing.of_section and OTHER_CASE.search(words) is None
            if standing is not None and not in_section and not _goes_on(item.text):
                standing = Restriction(standing.condition, sure=False)
            if standing is None and OF_CLASSES.search(item.text):
                standing, more = Restriction(None, sure=False), ()
        elif isinstance(item, Equation):
            condition = stated_alone(item)
            in_turn = standing is not None and standing.sure and standing.condition is not None
            if condition is not None and item.number in behind and not in_turn:
                owner, sentence = behind[item.number]
                standing, more = Restriction(condition, sure=False), ()
                found[owner] = (Restriction(condition),)
                found.update({number: (standing,) for number in sentence if number not in found})
                continue
            if condition is not None:
                titled = heading is not None and item.span.end <= heading.span.end
                standing = Restriction(condition, OTHER_CASE.search(words) is None, titled)
                more = tuple(_conditions(item.context))
                continue
            own = tuple(Restriction(c) for c in _conditions(item.context))
            if own or tells_cases_apart(item):
                standing = None
            beside = others.get(item.number, ())
            worded = standing is not None and (standing.condition is not None or not beside)
            both = () if standing is None else (standing, *(replace(standing, condition=c) for c in more))
            told = own or (both if worded else beside)
            if told:
                found[item.number] = told
    equations = [item for item in body if isinstance(item, Equation)]
    for number, term in of_terms(equations):
        if not any(each.sure for each in found.get(number, ())):
            found[number] = (Restriction(term),)
    for number in told_in_words(body):
        found[number] = (*found.get(number, ()), Restriction(None, of_values=True))
    for number, reason in told_of_another(body):
        found[number] = (*found.get(number, ()), Restriction(None, sure=False, open=reason))
    recalled = tuple(Restriction(value, sure=False) for value in values_of_labels(equations))
    for item in equations if recalled else ():
        conditions = (each.condition for each in found.get(item.number, ()) if each.sure)
        if not any(condition is not None and value_told(condition) for condition in conditions):
            found[item.number] = (*found.get(item.number, ()), *recalled)
    return found


def _goes_on(text: str) -> bool:
    """Whether words go on with the paragraph in which a condition stands, and not with another case."""
    return not text.lstrip()[:1].isupper() and OTHER_CASE.search(text) is None


def _of_others(equations: Sequence[Equation]) -> dict[int, tuple[Restriction, ...]]:
    """`\\partial L / \\partial w_j` beside a line for `w_{y_i}`, told of the classes j that are not y_i.

    Where there is no such line, but a sum over `j \\neq y_i` in the loss, they may be meant.
    """
    heads = [(e.number, *by, tells_cases_apart(e)) for e in equations if (by := _derived_by(e)) is not None]
    lowers = [lower for e in equations for side in e.sides for lower in _left_out(side)]
    excluded = {script_text(lower.operands[-1]) for lower in lowers if is_label(lower.operands[-1])}
    told: dict[int, tuple[Restriction, ...]] = {}
    for number, base, sub, apart in heads:
        index = _index(sub)
        if index is None or apart:
            continue
        beside = [other for _, other_base, other, _ in heads if other_base == base]
        labels = [other for other in beside if _is_own_label(other) or script_text(other) in excluded]
        summed = [lower for lower in lowers if (first := _first(lower)) and first.base == index.base]
        if labels:
            told[number] = (Restriction(Relational(sub.span, (sub, labels[0]), (Relation(sub.span, "≠"),))),)
        elif summed:
            told[number] = (Restriction(summed[0], sure=False),)
    return told


def _derived_by(equation: Equation) -> tuple[str, Node] | None:
    """The base and the subscript of what a line's head is derived by."""
    quotient = read_quotient(unboxed(equation.head))
    node = quotient.variables[0] if quotient is not None else None
    name = read_name(node) if isinstance(node, Scripted) and node.sub is not None else None
    if name is None or len(name.sub) != 1 or not isinstance(node, Scripted) or node.sub is None:
        return None
    return name.base, node.sub


def _left_out(node: Node) -> Iterator[Relational]:
    """The conditions `j \\neq y_i` below the sums of a formula."""
    for inner in of_kind(node, BigOperator):
        lower = inner.lower
        if isinstance(lower, Relational) and _compares_indices(lower) and lower.relations[0].sign == "≠":
            yield lower


def _first(condition: Relational) -> Name | None:
    labelled = _is_own_label(condition.operands[-1])
    return _index(condition.operands[0]) if labelled else None


def _is_own_label(node: Node) -> bool:
    """Whether a subscript is a label with an index of its own, `y_i`."""
    return isinstance(node, Scripted) and is_label(node)


@once_a_node
def stated_alone(equation: Equation) -> Relational | None:
    """The condition that an equation is, if it says nothing but `i = j`, `i \\neq j` or `1 < i < n`."""
    if equation.connective == "condition":
        return None
    relations = tuple(link.relation for link in equation.links)
    if {relation.sign for relation in relations} <= ORDERING:
        whole = Relational(equation.span, equation.sides, relations)
        return whole if any(_is_counter(side) for side in equation.sides) else None
    if len(relations) != 1:
        return None
    whole = as_relation(equation)
    told = equation.connective == CASE or _compares_indices(whole)
    return whole if told and relations[0].sign in ("=", "≠") else None


def _is_counter(node: Node) -> bool:
    """Whether a side of an order is a letter that counts entries, i of `1 < i < n`."""
    name = _index(node)
    return name is not None and name.base in ALONE


def _conditions(context: Iterable[Node]) -> Iterator[Relational]:
    """The conditions on indices that stand beside an equation; a range `i = 1, …, n` is none."""
    nodes = list(context)
    for position, node in enumerate(nodes):
        following = nodes[position + 1] if position + 1 < len(nodes) else None
        if isinstance(following, Dots) and position + 2 < len(nodes):
            yield from _in_part(node, nodes[position + 2])
        if isinstance(node, Group) and not any(isinstance(item, Dots) for item in node.items):
            yield from (item for item in node.items if isinstance(item, Relational) and _on_index(item))
        elif isinstance(node, Relational) and not isinstance(following, Dots) and _restricts(node):
            yield node


def _in_part(start: Node, last: Node) -> Iterator[Relational]:
    """`k = 2, …, n-1` as `2 \\le k \\le n-1`; a range that may hold all entries restricts nothing."""
    match start:
        case Relational(operands=(letter, Number(text=first)), relations=(Relation(sign="="),)):
            end = place(script_text(last))
            if first not in ("0", "1") or (first == "1" and end is not None and end.letter and end.shift < 0):
                least = Relation(start.span, "≤")
                yield Relational(start.span, (start.operands[1], letter, last), (least, least))


def _restricts(condition: Relational) -> bool:
    """Whether a condition says for which entries, or for which values, something is told."""
    return _on_index(condition) or is_region(condition) or value_told(condition) is not None


def _on_index(condition: Relational) -> bool:
    """Whether a condition says which entries are meant: `i = j`, `j \\neq y_i`, `k > 1`."""
    signs = {relation.sign for relation in condition.relations}
    ordered = signs <= {"<", ">", "≤", "≥"}
    among = condition.operands if ordered else condition.operands[:1]
    return any(_index(o) is not None for o in among) and (ordered or signs in ({"="}, {"≠"}))


def _compares_indices(condition: Relational) -> bool:
    names = [_index(operand) for operand in condition.operands]
    if all(name is not None and name.base in ALONE for name in names):
        return True
    letters = INDEX_LETTERS if condition.relations[0].sign == "≠" else ALONE
    alone = [name is not None and name.base in letters for name in names]
    return any(alone) and any(map(is_label, condition.operands))


def _index(node: Node) -> Name | None:
    name = read_name(node)
    plain = name is not None and name.is_plain and not name.sub and name.sample is None
    return name if name is not None and plain and name.base in INDEX_LETTERS else None


def restricted(pair: Pair, condition: Relational, scope: Scope) -> Pair | None:
    """The pair with both sides zero where a condition does not hold; None where it has no meaning for it.

    A condition on an index that neither side carries says nothing of them: the pair stays as it is.
    """
    free = dict(merge(pair[:2]))
    letters = {name.base for o in condition.operands if (name := _index(o)) is not None}
    if not letters & set(free):
        return within(pair, condition, scope) if _is_of_values(condition, scope) else pair
    ordered = in_order(scope, condition, free)
    if ordered is not None:
        return weighted(pair, ordered, Note("info", "told where its condition holds", condition.span))
    for value in _indicators(condition, scope):
        if all(free.get(name) == dim for name, dim in value.free):
            return weighted(pair, value, Note("info", "told where its condition holds", condition.span))
    return None


def _is_of_values(condition: Relational, scope: Scope) -> bool:
    """Whether a condition orders quantities, or gives a label one of its values."""
    told = value_told(replace(condition, relations=(replace(condition.relations[0], sign="="),)))
    if told is not None and told[0] in scope.vocabulary.answers:
        return True
    names = (read_name(operand) for operand in condition.operands)
    ordered = all(relation.sign in ORDERING for relation in condition.relations)
    return is_region(condition) or (ordered and any(name and name.key in scope.program for name in names))


def of_classes(pair: Pair, scope: Scope) -> Iterator[Pair]:
    """The pair for the right class alone, and for the others alone, by each index that runs over classes."""
    free = merge(pair[:2])
    note = Note("info", "told of the right class, or of the others")
    for label in scope.vocabulary.labels.values():
        array = scope.quantity(label.key) or scope.new_input(Name(label.key, Span(0, 0)))
        classes, own = array.shape[label.class_axis], array.shape[1 - label.class_axis]
        for index, owner in product(free, free if own != 1 else (None,)):
            if index[1] != classes or (owner is not None and owner[1] != own):
                continue
            here, there = Ix(*index), None if owner is None else Ix(*owner)
            entry = pick(array, there, here) if label.class_axis else pick(array, here, there)
            yield weighted(pair, entry, note)
            yield weighted(pair, apply("sub", num(1), entry), note)


def _indicators(condition: Relational, scope: Scope) -> Iterator[Expr]:
    if len(condition.relations) != 1 or condition.relations[0].sign not in ("=", "≠"):
        return
    try:
        readings = truth(Elaborator(scope), condition)
    except (MeaningError, ShapeError):
        return
    yield from (reading.value for reading in readings if isinstance(reading.value, Expr))
