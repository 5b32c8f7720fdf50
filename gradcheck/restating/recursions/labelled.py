"""Letters below names that tell them apart: `W_f` of a gate, `W_{hy}` from state to output, `δ_u` at u.

`f_t = σ(W_f x_t + b_f)` carries f on the right side alone, so that f counts nothing: were it an index, the
left side would carry it, or a Σ bind it. Such a mark becomes a word, as if `W_{\\text{f}}` were written, so
that every weight is a quantity of its own. Only what multiplies like a matrix shows a label, and what is
added to it; a letter that is a quantity, with a formula of its own, counts nothing below another; and two
letters below one base count nothing where each gives it a formula of its own, `Z_h = W_h X`, `Z_o = W_o A_h`.
What weighs states joined to one column, `W_f [h_{t-1}, x_t]`, is a weight of each, labelled by its letter.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import permutations

from gradcheck.expr.written.definitions import Definition, definitions, written_names
from gradcheck.expr.written.names import IDENTITIES, RUNNING_LETTERS, Name, key_of, read_name
from gradcheck.notation.printer import latex
from gradcheck.notation.remembered import once_a_node
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import BigOperator, Group, Node, Product, Scripted, Sum, Symbol, Term
from gradcheck.notation.walk import mapped, of_kind, parts, rebuilt, relettered, walk
from gradcheck.records import replace
from gradcheck.restating.recursions.step_numbers import bound_letter

Label = tuple[str, tuple[str, ...]]
JOINS = {"", "cdot", "times", "@"}
# Capitals below a letter that count: the last step of a sequence.
STEPS = {"T", "N"}


def with_labels(body: Sequence[Statement], declared: Collection[str]) -> tuple[Statement, ...]:
    """The statements with the labels of their weights as words.

    declared   keys of names that are declared as they stand
    """
    equations = [item for item in body if isinstance(item, Equation)]
    defined = [d for d in definitions(equations) if not d.is_function]
    weights = {label for d in defined for label in _weights(d)}
    letters = {letter for _, marks in weights for letter in marks}
    labels = weights | {label for d in defined for label in _added(d, letters)}
    labels |= {(base, (mark,)) for base, mark in _named_after(equations, defined)}
    labels |= {(base, (mark,)) for base, mark in _made_apart(equations, defined)}
    labels |= {label for d in defined for label in _spelled(d)}
    if not labels:
        return tuple(body)
    labels -= {label for equation in equations for side in equation.sides for label in _bound(side)}
    labels = {(base, marks) for base, marks in labels if key_of(base, None, marks) not in declared}
    labels |= {(f"d{base}", marks) for base, marks in labels if len(base) == 1}
    if not labels:
        return tuple(body)

    def worded(node: Node) -> Node:
        node = mapped(node, worded)
        label = _label(node)
        if label not in labels or not isinstance(node, Scripted) or node.sub is None:
            return node
        return replace(node, sub=Symbol(node.sub.span, "".join(label[1]), "word"))

    return tuple(rewritten(item, worded) if isinstance(item, Equation) else item for item in body)


def with_joined_apart(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with `W_f [h_{t-1}, x_t]` as a sum of products, where formulas of a recursion say it.

    Sizes that nobody tells make no column of two others; what is derived by the whole weight stays as it is.
    """
    heads = {d.name.key for d in definitions([item for item in body if isinstance(item, Equation)])}

    def apart(node: Product) -> Node:
        for place, (weight, joined) in enumerate(zip(node.factors, node.factors[1:], strict=False)):
            items = joined.items if isinstance(joined, Group) and joined.open == "[" else ()
            names = [read_name(item) for item in items]
            name = read_name(weight)
            if len(items) < 2 or name is None or not _is_capital(name.base) or place != len(node.factors) - 2:
                continue
            states = [each for each in names if each is not None and each.is_plain and len(each.sub) == 1]
            if len(states) < len(items) or not any(len(each.sub[0]) > 1 for each in states):
                continue
            terms = []
            for item, state in zip(items, states, strict=True):
                label = Symbol(weight.span, "".join((*name.sub, state.base.lstrip("\\"))), "word")
                base = weight.base if isinstance(weight, Scripted) else weight
                own = Scripted(weight.span, base, label, None)
                factors = (*node.factors[:place], own, item)
                terms.append(Term(node.span, "+", replace(node, factors=factors)))
            return Sum(node.span, tuple(terms))
        return node

    def changed(item: Statement) -> Statement:
        if not isinstance(item, Equation) or not item.links or not _joins(item.links[0].right):
            return item
        own = read_name(item.head)
        if own is None or own.key not in heads:
            return item
        return rewritten(item, lambda side: rebuilt(side, Product, apart))

    return [changed(item) for item in body]


@once_a_node
def _joins(side: Node) -> bool:
    """Whether a list in square brackets stands in a formula."""
    return any(group.open == "[" and len(group.items) > 1 for group in of_kind(side, Group))


def _named_after(equations: Sequence[Equation], defined: Sequence[Definition]) -> set[tuple[str, str]]:
    """The names that carry the letter of a quantity alone: `\\delta_u` beside `u = W x`.

    A letter that is shifted somewhere, or stands beside another index, counts.
    """
    formulas = [d for d in defined if d.name.is_plain and read_name(d.right) is None]
    quantities = {d.name.base for d in formulas if any(written_names(d.right))}
    names = [name for equation in equations for side in equation.sides for name in written_names(side)]
    alone = {name.sub[0] for name in names if len(name.sub) == 1}
    counting = {letter for name in names for mark in name.sub for letter in mark if mark not in alone}
    counting |= {letter for name in names if len(name.sub) > 1 for letter in name.sub}
    letters = {letter for letter in quantities - counting if letter.islower()}
    return {(name.base, name.sub[0]) for name in names if len(name.sub) == 1 and name.sub[0] in letters}


def _made_apart(equations: Sequence[Equation], defined: Sequence[Definition]) -> set[tuple[str, str]]:
    """The names under letters that give one base two formulas, which no change of letters makes one.

    A letter that a Σ binds, or that stands below a base that carries a common index, counts.
    """
    made: dict[str, dict[str, Node]] = {}
    for definition in defined:
        label = _marks(definition.name)
        if label is not None and len(label[1]) == 1:
            made.setdefault(label[0], {}).setdefault(label[1][0], definition.right)
    letters = {
        letter
        for formulas in made.values()
        for letter, other in permutations(formulas, 2)
        if latex(relettered(formulas[letter], letter, other)) != latex(formulas[other])
    }
    if not letters:
        return set()
    sides = [side for equation in equations for side in equation.sides]
    names = [name for side in sides for name in written_names(side) if name.sub]
    bound = {bound_letter(node) or "" for side in sides for node in of_kind(side, BigOperator)}
    counting = RUNNING_LETTERS | STEPS | bound
    entries = {name.base for name in names if counting & set(name.sub)}
    letters -= counting | {letter for n in names if n.base in entries or len(n.sub) > 1 for letter in n.sub}
    return {(n.base, n.sub[0]) for n in names if n.sub[0] in letters} if len(letters) > 1 else set()


def _label(node: Node) -> Label | None:
    """The letters below a name, where nothing else stands there."""
    name = read_name(node)
    return None if name is None else _marks(name)


def _marks(name: Name) -> Label | None:
    lettered = all(len(mark) == 1 and mark.isalpha() and mark not in STEPS for mark in name.sub)
    return (name.base, name.sub) if name.sub and lettered and name.layer is None else None


def _weights(definition: Definition) -> Iterator[Label]:
    """The capitals that multiply something, with marks that neither this nor the left side carries."""
    for node in of_kind(definition.right, Product):
        pairs = zip(node.factors, node.factors[1:], node.operators, strict=False)
        joined = [(first, second) for first, second, operator in pairs if operator.kind in JOINS]
        for weight, other in (*joined, *((second, first) for first, second in joined)):
            label = _label(weight)
            if label is None or not _is_capital(label[0]):
                continue
            beside = {mark for name in written_names(other) for mark in name.sub}
            if not {*definition.name.sub, *beside} & set(label[1]):
                yield label


def _is_capital(base: str) -> bool:
    """Whether a letter may be a weight's: `I_d` is an identity, and `\\mathbb{E}_q` no matrix."""
    return len(base) == 1 and base.isupper() and base not in IDENTITIES


def _spelled(definition: Definition) -> Iterator[Label]:
    """A word below what is defined, `E_{in}` by a Σ over n: the right side has no i, and no n of its own."""
    label = _marks(definition.name)
    if label is None or len(label[1]) < 2:
        return
    beside = [set(name.sub) for name in written_names(definition.right)]
    bound = {bound_letter(node) for node in of_kind(definition.right, BigOperator)}
    carried = set().union(*beside) & set(label[1])
    if bound & set(label[1]) and carried <= bound and carried < set(label[1]):
        yield label


def _added(definition: Definition, letters: Collection[str]) -> Iterator[Label]:
    """The names that are added with the same letters as marks, `b_f`."""
    for node in walk(definition.right):
        for term in node.terms if isinstance(node, Sum) else ():
            label = _label(term.body)
            if label is not None and set(label[1]) <= set(letters) - set(definition.name.sub):
                yield label


def _bound(node: Node, bound: frozenset[str] = frozenset()) -> Iterator[Label]:
    """The names of which a Σ binds a mark."""
    if isinstance(node, BigOperator):
        bound = bound | {bound_letter(node) or ""}
    label = _label(node)
    if label is not None and bound & set(label[1]):
        yield label
    for child in parts(node):
        yield from _bound(child, bound)
