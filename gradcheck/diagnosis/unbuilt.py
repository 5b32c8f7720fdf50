"""Repairs of a formula that fits in no way, so that there is no expression to edit.

The author's own tree is edited instead: another name, a transpose, the order of two factors, the kind of a
product, a factor more or less, a term less. What then fits as written and has the right value is a repair;
that it must fit leaves few of the many. One edit is tried, never two: shapes and value together are a
strict judge, but two edits of a formula that means nothing would explain anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from gradcheck.calculus import Bench
from gradcheck.checking.comparisons.judgement import only_loose
from gradcheck.diagnosis.case import Change, Diagnosis, Kind, Repair, Slip
from gradcheck.diagnosis.edits import Candidate, code_of
from gradcheck.diagnosis.message import TEMPLATES
from gradcheck.diagnosis.misconceptions import MISCONCEPTIONS
from gradcheck.diagnosis.order import cost
from gradcheck.diagnosis.repair import agree
from gradcheck.diagnosis.setting import Setting
from gradcheck.expr.forms.build import apply, variables
from gradcheck.expr.forms.reading import MeaningError
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.elaborate import Elaborator
from gradcheck.expr.meaning.scope import Scope
from gradcheck.expr.printing.printer import latex
from gradcheck.notation.parser import parse_one
from gradcheck.notation.printer import latex as written
from gradcheck.notation.tree import Group, Node, Number, Operator, Product, Scripted, Sum, Symbol
from gradcheck.notation.unicode import unicode
from gradcheck.notation.walk import of_kind, parts
from gradcheck.records import dataclass, fields, replace
from gradcheck.shapes import SCALAR, ShapeError
from gradcheck.source import Span

MOST_EDITS = 800
_CODES = {"transpose": "GC101", "order": "GC103", "odot": "GC105", "": "GC104"}


@dataclass(frozen=True, slots=True)
class NodeEdit:
    """`new` in the place of `old`.

    kind   as of any candidate; part: the name, factor or term that comes in or goes
    code   where the edit itself says it
    """

    kind: Kind
    old: Node
    new: Node
    part: Node
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A quantity, gradient or slope with the way it is written."""

    expr: Expr
    node: Node


def mend(scope: Scope, bench: Bench, expected: Expr, formula: Node) -> Diagnosis | None:
    """The simplest edit of a formula as written that makes it fit and right, None if there is none."""
    search = _Search(scope, bench, expected, formula)
    found = sorted(search.found(), key=lambda item: item[0])
    return next((told for _, told in found if agree(bench, expected, told.repaired)), None)


def is_mixed(formula: Node) -> bool:
    """Whether a product holds both kinds of products: how it is bracketed may then be meant otherwise."""
    products = of_kind(formula, Product)
    kinds = ({operator.kind in ("odot", "circ") for operator in node.operators} for node in products)
    return any(len(both) == 2 for both in kinds)


class _Search:
    def __init__(self, scope: Scope, bench: Bench, expected: Expr, formula: Node) -> None:
        self.scope = scope
        self.bench = bench
        self.expected = expected
        self.formula = formula
        self.setting = Setting(bench.program, (expected, *self._leaves(formula)))
        self.names = tuple(self._known(self.setting.named))
        self.factors = tuple(self._known(self.setting.multipliers))

    def _leaves(self, formula: Node) -> Iterator[Expr]:
        """What the formula names, so that a repair is written the way its author picks and derives."""
        for node in _nodes(formula):
            if isinstance(node, (Symbol, Scripted)) and (value := self._value(node)) is not None:
                yield value

    def _known(self, exprs: tuple[Expr, ...]) -> Iterator[Known]:
        for expr in exprs:
            same = bool(expr.derivatives) and self.bench.close(expr, self.expected)
            if expr == self.expected or same:
                continue  # a line may not be explained by itself
            node = parse_one(latex(expr, self.scope.latex_of))
            if node is not None:
                yield Known(expr, node)

    def found(self) -> Iterator[tuple[float, Diagnosis]]:
        """The edits that make the formula fit and have the value."""
        for edit in islice(self._edits(), MOST_EDITS):
            value = self._value(_with(self.formula, edit.old, edit.new))
            if value is not None and value.shape == self.expected.shape and self._is_right(value):
                yield from self._told(edit, value)

    def _is_right(self, value: Expr) -> bool:
        known = variables(value) <= set(self.bench.program.variables)
        return known and self.bench.close(self.expected, value)

    def _value(self, node: Node) -> Expr | None:
        """The first reading that fits as written, if there is one; powers may be entry by entry."""
        try:
            readings = Elaborator(self.scope).readings(node)
        except (MeaningError, ShapeError):
            return None
        fitting = (r for r in readings if isinstance(r.value, Expr) and only_loose(r.notes))
        return next((r.value for r in fitting if isinstance(r.value, Expr)), None)

    # --- edits ----------------------------------------------------------------------------------

    def _edits(self) -> Iterator[NodeEdit]:
        for node in _nodes(self.formula):
            yield from self._of_name(node)
            if isinstance(node, Product):
                yield from self._of_product(node)
            if isinstance(node, Sum) and len(node.terms) > 1:
                for k, term in enumerate(node.terms):
                    rest = replace(node, terms=node.terms[:k] + node.terms[k + 1 :])
                    yield NodeEdit("subtract", node, rest, term.body)
        for node in _nodes(self.formula):
            if isinstance(node, Product):
                yield from self._insertions(node)

    def _of_name(self, node: Node) -> Iterator[NodeEdit]:
        if not isinstance(node, (Symbol, Scripted)):
            return
        value = self._value(node)
        if value is None or value.shape == SCALAR:
            return
        turned, bare = value.op == "transpose", value.args[0] if value.op == "transpose" else value
        if bare.op not in ("var", "deriv", "pick"):
            return
        other = parse_one(latex(bare if turned else apply("transpose", bare), self.scope.latex_of))
        if other is not None:
            yield NodeEdit("rewrite", node, _moved(other, node.span), other, _CODES["transpose"])
        for known in self.names:
            if known.expr.shape == bare.shape or not self._may_stand(known.expr, bare):
                continue
            turned_text = latex(apply("transpose", known.expr), self.scope.latex_of)
            new = parse_one(turned_text) if turned else known.node
            if new is not None:
                yield NodeEdit("rename", node, _moved(new, node.span), new)

    def _may_stand(self, new: Expr, old: Expr) -> bool:
        """Whether one name is written for another; another gradient only within its layer."""
        if self.setting.is_gradient(new) and self.setting.is_gradient(old):
            return self.setting.layer(new.args[-1]) == self.setting.layer(old.args[-1])
        return self.setting.are_alike(old, new)

    def _of_product(self, node: Product) -> Iterator[NodeEdit]:
        """Products whose last operator dangles are left alone: a letter is missing there, no edit."""
        factors, operators = node.factors, node.operators
        if len(operators) != len(factors) - 1:
            return
        for k, operator in enumerate(operators):
            other = "" if operator.kind in ("odot", "circ") else "odot"
            changed = (*operators[:k], replace(operator, kind=other), *operators[k + 1 :])
            yield NodeEdit("rewrite", node, replace(node, operators=changed), node, _CODES[other])
            swapped = (*factors[:k], factors[k + 1], factors[k], *factors[k + 2 :])
            yield NodeEdit("rewrite", node, replace(node, factors=swapped), node, _CODES["order"])
        for k, factor in enumerate(factors):
            rest = (*factors[:k], *factors[k + 1 :])
            # The operator before a factor goes with it, that of the first one after it.
            left = (*operators[: max(0, k - 1)], *operators[max(1, k) :])
            whole = replace(node, factors=rest, operators=left) if len(rest) > 1 else rest[0]
            yield NodeEdit("remove", node, whole, factor)

    def _insertions(self, node: Product) -> Iterator[NodeEdit]:
        factors, operators = node.factors, node.operators
        if len(operators) != len(factors) - 1:
            return
        for known in self.factors:
            sign = Operator(node.span, "odot" if known.expr.op == "prime" else "")
            new = _moved(known.node, Span(node.span.start, node.span.start))
            for k in range(len(factors) + 1):
                more = (*factors[:k], new, *factors[k:])
                for cut in {max(0, k - 1), k} & set(range(len(operators) + 1)):
                    joined = (*operators[:cut], sign, *operators[cut:])
                    yield NodeEdit("insert", node, replace(node, factors=more, operators=joined), known.node)

    # --- telling --------------------------------------------------------------------------------

    def _told(self, edit: NodeEdit, value: Expr) -> Iterator[tuple[float, Diagnosis]]:
        part = self._value(edit.part) if edit.kind != "rewrite" else self.expected
        if part is None:
            return
        old = self._value(edit.old) if edit.kind == "rename" else part
        if old is None:
            return
        stood, comes = old, part
        if edit.kind == "rename":
            old, part = (x.args[0] if x.op == "transpose" else x for x in (old, part))
        candidate = Candidate((), old, edit.kind, part, edit.code or self._by_place(edit, value))
        code = code_of(candidate, old, self.setting, "mend")
        record = MISCONCEPTIONS[code]
        price = cost(candidate, code, old, old, self.setting)
        slip = Slip(code, edit.kind, old, value, part)
        changes = (Change(stood, comes),) if edit.kind == "rename" else ()
        template = record.headline if record.headline and edit.kind == "rewrite" else TEMPLATES[edit.kind]
        shown: dict[str, Callable[[], str]] = {
            "wrong": lambda: _shown(edit.old),
            "right": lambda: _shown(edit.new),
            "part": lambda: _shown(edit.part),
        }
        headline = template.format(**{key: show() for key, show in shown.items()})
        repair = Repair((slip,), changes, value)
        yield price, Diagnosis(code, record.name, repair, (), headline, record.cause, price)

    def _by_place(self, edit: NodeEdit, value: Expr) -> str | None:
        """The point of a derivative is told as such, not as one name for another."""
        at_point = any(n.op == "prime" and n.args[0].span == edit.old.span for n in value.walk())
        return "GC302" if edit.kind == "rename" and at_point else None


def _shown(node: Node) -> str:
    return unicode(written(node))


def _nodes(node: Node) -> Iterator[Node]:
    """The places where something may be edited, parents first: no scripts, no parts of a name."""
    yield node
    if isinstance(node, Scripted) and isinstance(node.base, Symbol):
        if node.sub is None and isinstance(node.sup, Number):
            yield node.base
        return
    for part in parts(node):
        yield from _nodes(part)


def _with(node: Node, old: Node, new: Node) -> Node:
    """The formula with another node at a place; the place is found by identity."""
    if node is old:
        return new
    if isinstance(node, Scripted) and node.base is old:
        return replace(node, base=Group(new.span, "(", ")", (new,)))
    changed: dict[str, Any] = {}
    for field in fields(node):
        value = getattr(node, field.name)
        made = _with_in(value, old, new)
        if made is not value:
            changed[field.name] = made
    return replace(node, **changed) if changed else node


def _with_in(value: object, old: Node, new: Node) -> object:
    if isinstance(value, Node):
        return _with(value, old, new)
    if isinstance(value, tuple):
        made = tuple(_with_in(item, old, new) for item in value)
        return made if any(a is not b for a, b in zip(made, value, strict=True)) else value
    return value


def _moved(node: Node, span: Span) -> Node:
    """A node that was read elsewhere, with the place that it is put to."""
    changed: dict[str, Any] = {"span": span}
    for field in fields(node):
        value = getattr(node, field.name)
        if isinstance(value, (Node, tuple)):
            changed[field.name] = _moved_in(value, span)
    return replace(node, **changed)


def _moved_in(value: object, span: Span) -> object:
    if isinstance(value, Node):
        return _moved(value, span)
    return tuple(_moved_in(item, span) for item in value) if isinstance(value, tuple) else value
