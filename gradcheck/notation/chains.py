"""Clauses to chains: which clause continues a chain, which begins one, which only stands beside it."""

from __future__ import annotations

from collections.abc import Container, Iterable
from string import ascii_lowercase
from typing import Final

from gradcheck.notation.clauses import Clause, clauses, connective_of
from gradcheck.notation.printer import latex
from gradcheck.notation.sheet import Element, relational
from gradcheck.notation.tree import (
    Accent,
    Blank,
    Dots,
    Group,
    Node,
    Number,
    Product,
    Relation,
    Relational,
    Scripted,
    Sum,
    Symbol,
    Text,
)
from gradcheck.records import dataclass, field
from gradcheck.source import Span

SUBORDINATE: Final = frozenset({"where", "with", "when", "since", "because", "as"})
RESTRICTING: Final = frozenset({"for", "if", "unless", "given", "while", "otherwise"})
_NOTE_ARROWS: Final = frozenset({"→", "↦"})
_INDICES: Final = frozenset("ijklpq")
_ORDERS: Final = frozenset("<>≤≥")
_ORDERED: Final = frozenset("ijklt")
# `n - 12` is the longest text that an index is said to lie below.
_LONGEST_COUNT: Final = 5
# What the label of an example is called, and the letters that count examples.
_LABELS: Final = frozenset("yct")
_SAMPLES: Final = frozenset("ijkmnst")
_QUANTIFIERS: Final = frozenset({"forall", "exists"})


@dataclass
class Chain:
    """An equation in the making. `relations` is as long as `operands` while the last relation waits.

    recalled   whether its head is that of an earlier chain, which goes on here under a condition
    """

    operands: list[Node] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    connective: str = ""
    context: list[Node] = field(default_factory=list)
    tag: str | None = None
    recalled: bool = False

    @property
    def tells_a_case(self) -> bool:
        """Whether it says nothing but which entries are meant: `i = j`, `i \\neq j`."""
        first, *others = self.operands
        return len(others) == 1 and compares_indices([first, *self.relations, *others])

    @property
    def waits(self) -> bool:
        """Whether it ends with a relation."""
        return 0 < len(self.operands) == len(self.relations)

    def extend(self, run: Iterable[Node]) -> None:
        """Go on with operands and relations; a relation repeated after a line's end counts once."""
        for node in run:
            if not isinstance(node, Relation):
                self.operands.append(node)
            elif not self.waits:
                self.relations.append(node)
            elif node.sign != self.relations[-1].sign:
                self.operands.append(_nothing_at(node.span.start))
                self.relations.append(node)


class Piece:
    """The chains of one piece of mathematics, built clause by clause.

    before       the chain of an earlier piece that a leading relation continues
    unfinished   the chain of an earlier piece that ends with a relation
    connective   what was said last and is not yet followed by an equation
    """

    def __init__(self, before: Chain | None, unfinished: Chain | None, connective: str) -> None:
        self.connective = connective
        self.chains: list[Chain] = []
        self.main: Chain | None = None
        self._before = before
        self._unfinished = unfinished
        self._current: Chain | None = None
        self._waiting: list[Node] = []
        self._restricted = False

    def read(self, elements: Iterable[Element]) -> None:
        """Take a whole stream."""
        for clause in clauses(elements):
            self._take(clause)
        if self._current:
            self._current.context.extend(self._waiting)
        else:
            self.chains.extend(Chain([node]) for node in self._waiting)
        self._put_index_ranges_beside()
        self._gather_members()

    def _take(self, clause: Clause) -> None:
        if clause.arrow or "row" in clause.breaks:
            self._restricted = False
        if ":" in clause.breaks:
            self._make_label_of_current()
        for text in clause.words:
            self._hear(text)
        if clause.arrow in _NOTE_ARROWS and not clause.claims and (clause.run or clause.words):
            self._put_beside(clause.run)
        else:
            self.connective = clause.arrow or self.connective
            if clause.run:
                self._take_run(clause)
        if clause.tag and self._current:
            self._current.tag = clause.tag

    def _hear(self, text: Text) -> None:
        """Words join, restrict, stand for an operand (`g = \\text{identity map}`), or are a remark."""
        word = connective_of(text)
        if word in RESTRICTING:
            self._restricted = True
        elif word:
            self.connective = word
            self._restricted = False
        if not word or " " in text.content or word in RESTRICTING:
            if not word and self._current and self._current.waits:
                self._current.extend([text])
            else:
                self._put_beside([text])

    def _take_run(self, clause: Clause) -> None:
        run = clause.run
        alone = run[0] if len(run) == 1 else None
        target = self.main if "row" in clause.breaks else self._current
        if isinstance(run[0], Relation):
            self._continue(target or self._before, run)
        elif target and target.waits and not clause.arrow:
            self._continue(target, run)
        elif self._current is None and self._unfinished and not self.connective:
            self._continue(self._unfinished, run)
        elif self._current and alone and (tag := _as_tag(alone)):
            self._current.tag = tag
        elif self._restricted or _is_quantified(run[0]) or (self._current and compares_indices(run)):
            self._put_beside([relational(run)])
        elif self._current and alone and "quad" in clause.breaks and _is_mark(alone):
            self._put_beside(run)
        else:
            self._begin(run)

    def _continue(self, chain: Chain | None, run: list[Node]) -> None:
        if chain is None:
            self._begin([_nothing_at(run[0].span.start), *run])
            return
        chain.extend(run)
        chain.context.extend(self._waiting)
        self._waiting = []
        self.connective = ""
        self._current = self.main = chain

    def _begin(self, run: list[Node]) -> None:
        chain = Chain(connective=self.connective, context=self._waiting)
        chain.extend(run)
        self._waiting = []
        self.connective = ""
        self.chains.append(chain)
        self._current = chain
        if chain.connective not in SUBORDINATE or self.main is None:
            self.main = chain

    def _put_beside(self, nodes: list[Node]) -> None:
        (self._current.context if self._current else self._waiting).extend(nodes)

    def _make_label_of_current(self) -> None:
        """`5: a = b`: what stands before a colon is a label, not a statement."""
        label = self._current
        if label and not label.relations and label in self.chains:
            self.chains.remove(label)
            self._waiting = [*label.operands, *label.context]
            self._current = None
            self.main = None if self.main is label else self.main

    def _put_index_ranges_beside(self) -> None:
        """`..., i = 1, \\dots, m` says what `i` runs over: it claims nothing."""
        for index in range(len(self.chains) - 1, 0, -1):
            if index < len(self.chains) and _begins_index_range(self.chains[index - 1 : index + 1]):
                nodes = [_as_node(chain) for chain in self.chains[index - 1 : index + 2]]
                beside = self.chains[index - 2] if index > 1 else None
                del self.chains[index - 1 : index + 2]
                if beside:
                    beside.context.extend(nodes)
                else:
                    self.chains.insert(0, Chain([relational(nodes[:1])], context=nodes[1:]))

    def _gather_members(self) -> None:
        """`x, y \\in S` says of both names that they are in S."""
        kept: list[Chain] = []
        for chain in self.chains:
            if chain.relations and chain.relations[0].sign == "∈":
                while kept and _is_lone_name(kept[-1]):
                    chain.operands[0] = _listed(kept.pop().operands[0], chain.operands[0])
            kept.append(chain)
        self.chains = kept


def _is_lone_name(chain: Chain) -> bool:
    return (
        not chain.relations
        and not chain.context
        and isinstance(chain.operands[0], Symbol | Scripted | Accent)
    )


def _listed(first: Node, rest: Node) -> Group:
    """A name before another, or before the list that others make."""
    items = rest.items if isinstance(rest, Group) and not rest.open else (rest,)
    return Group(first.span.cover(rest.span), "", "", (first, *items), (",",) * len(items))


def _as_node(chain: Chain) -> Node:
    run: list[Node] = [chain.operands[0]]
    for relation, operand in zip(chain.relations, chain.operands[1:], strict=False):
        run += [relation, operand]
    return relational(run)


def _begins_index_range(pair: list[Chain]) -> bool:
    first, second = pair
    return (
        len(first.relations) == 1
        and len(first.operands) == 2
        and isinstance(first.operands[0], Symbol)
        and isinstance(first.operands[1], Number)
        and not second.relations
        and isinstance(second.operands[0], Dots)
    )


def _is_quantified(node: Node) -> bool:
    first = node.factors[0] if isinstance(node, Product) else node
    return isinstance(first, Symbol) and first.name in _QUANTIFIERS


def compares_indices(run: list[Node]) -> bool:
    """`i = j`, `k \\neq i`, `j \\neq y_i` or `1 < k < n` beside an equation says when it holds."""
    if _orders_indices(run):
        return True
    if len(run) != 3 or not isinstance(run[1], Relation):
        return False
    sides = (run[0], run[2])
    letters = {"=": "ijkl", "≠": ascii_lowercase}.get(run[1].sign, "")
    labelled = any(map(is_label, sides)) and any(_is_letter(node, letters) for node in sides)
    indices = ascii_lowercase if run[1].sign == "≠" else _INDICES
    return labelled or all(_is_letter(node, indices) for node in sides)


def _orders_indices(run: list[Node]) -> bool:
    """`k \\ge 2`, `1 < k < n - 1`: an index, and numbers or letters that it lies between."""
    signs = [node.sign for node in run if isinstance(node, Relation)]
    sides = [node for node in run if not isinstance(node, Relation)]
    texts = [latex(side).replace(" ", "") for side in sides]
    counts = all(len(text) < _LONGEST_COUNT and (text[:1].isalpha() or text.isdecimal()) for text in texts)
    return (
        bool(signs) and {*signs} <= _ORDERS and counts and any(_is_letter(side, _ORDERED) for side in sides)
    )


def is_label(node: Node) -> bool:
    """Whether what stands against an index is the label of an example: `y_i`, `y^{(i)}`, or y alone."""
    if not isinstance(node, Scripted):
        return _is_letter(node, _LABELS)
    mark = node.sup.items[0] if isinstance(node.sup, Group) and len(node.sup.items) == 1 else node.sup
    own = [script for script in (node.sub, mark) if script is not None]
    return _is_letter(node.base, ascii_lowercase) and len(own) == 1 and _is_letter(own[0], _SAMPLES)


def _is_letter(node: Node, letters: Container[str]) -> bool:
    """Whether a node is one of some letters, be it set in bold."""
    plain = isinstance(node, Symbol) and node.style in ("", "mathbf", "boldsymbol", "mathit")
    return isinstance(node, Symbol) and plain and len(node.name) == 1 and node.name in letters


def _is_mark(node: Node) -> bool:
    """A cross that a reader drew beside a line, or a remark in parentheses."""
    if isinstance(node, Group):
        return node.open == "(" and any(isinstance(item, Text | Relational) for item in node.items)
    return isinstance(node, Symbol) and node.name == "X" and not node.style


def _as_tag(node: Node) -> str | None:
    """The number of `(3)` or `- (3)` beside an equation."""
    if isinstance(node, Sum) and len(node.terms) == 1:
        node = node.terms[0].body
    match node:
        case Group(open="(", items=(Number(text=text),)):
            return text
        case _:
            return None


def _nothing_at(offset: int) -> Blank:
    return Blank(Span(offset, offset))
