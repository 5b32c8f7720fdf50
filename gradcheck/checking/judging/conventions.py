"""Agreements of a document under which a line is right though it is off by a constant.

per-sample       `dZ = A - Y` without 1/m where the mean comes later, at the parameters. A line that lost
                 the 1/m which an earlier line for the same quantity had is not under it.
one-example      a loss that adds up many is derived for one of them, which the line shows.
constant-factor  the author says that constants are dropped; then a positive number or the number of samples
                 may be missing.
asked-zero       sides of a chain are asked to be zero, `0 = ∂ℓ/∂σ = A = -A`: any number may multiply those
                 behind the first that tells the derivative.
one-hot          the labels add up to one, which the author uses and does not say.
sign-labels      the labels are 1 or -1, which the author uses and does not say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, product
from typing import TYPE_CHECKING

from gradcheck.checking.bench.oracle import Factor, Oracle
from gradcheck.checking.comparisons.claims import Claim
from gradcheck.checking.hearing.labels import Labels
from gradcheck.checking.judging.follow import as_gradient
from gradcheck.checking.judging.label_values import LabelValues
from gradcheck.checking.judging.means import count_of_samples, found_means, hidden_means, holds_mean
from gradcheck.checking.judging.trust import are_summed_beside, lone_indices
from gradcheck.expr.forms.build import apply, deriv, isum, var
from gradcheck.expr.forms.reading import Jacobian, Note
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.scope import Scope
from gradcheck.expr.written.quotients import read_quotient
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Prose
from gradcheck.notation.walk import letters_in
from gradcheck.patterns import late_pattern
from gradcheck.records import dataclass, field
from gradcheck.verdict import Role, Verdict

if TYPE_CHECKING:
    from gradcheck.checking.comparisons.judgement import Judgement, Pair
    from gradcheck.checking.comparisons.prepare import Prepared

MAX_CONSTANTS = 6
_FIRST_FORMULA = 2  # the link of `0 = ∂ℓ/∂σ = A` that says what the derivative is
ANNOUNCED = late_pattern(
    r"(ignor|drop|omit|neglect|disregard|leav\w+ out|assimilat|absorb|left out)\w*[^.]{0,60}"
    r"(constant|coefficient|factor|scal|it\b)|(constant|coefficient|factor)s?[^.]{0,60}"
    r"(ignor|drop|omit|neglect|disregard|assimilat|absorb|left out)|up to a (constant|factor|scal)",
    re.IGNORECASE,
)

LAYOUTS = late_pattern(
    r"layout|transpos|(numerator|denominator|jacobian|gradient) (form|convention|notation)", re.IGNORECASE
)
OTHER_LAYOUT = "above, the transpose of this is the same derivative: which layout counts is not said"


def announces_constants(prose: Sequence[Prose]) -> bool:
    """Whether the running text says that constant factors are dropped."""
    return any(ANNOUNCED.search(item.text) for item in prose)


def is_laid_out(claim: Claim, expected: Expr, judgements: Sequence[Judgement]) -> bool:
    """Whether `∇_A f`, turned in a line, was right above with the shape of A: then it is no layout."""
    turned = {node for node in expected.derivatives if 1 not in node.shape}
    return _is_gradient(claim) and any(
        _is_gradient(earlier.claim)
        and earlier.verdict is Verdict.CORRECT
        and earlier.pair is not None
        and not turned.isdisjoint(earlier.pair[0].derivatives)
        for earlier in judgements
    )


def leave_other_layouts_open(judgements: Iterable[Judgement], prose: Sequence[Prose]) -> None:
    """Leave open what stands turned for a Jacobian that was right above: `∂z/∂x = W`, then `∂z/∂x = W^T`.

    Each is right in a layout of its own, and a document keeps to one unless it speaks of them.
    """
    first: dict[object, Expr] = {}
    for judgement in judgements:
        claim = judgement.claim
        heads = {r.value.steps for r in claim.head.literal if isinstance(r.value, Jacobian)}
        written = [r.value for r in claim.right.literal if isinstance(r.value, Expr)]
        if judgement.verdict is not Verdict.CORRECT or len(heads) != 1 or not written:
            continue
        above = first.setdefault(heads.pop(), written[0])
        if above != written[0] and apply("transpose", above) in written:
            if any(LAYOUTS.search(item.text) for item in prose):
                return
            judgement.leave_open(OTHER_LAYOUT)


def comes_back(claim: Claim, prepared: Iterable[Prepared], oracle: Oracle) -> bool:
    """Whether a later side of a chain that begins with a zero is the derivative itself again.

    A number that multiplies both sides stays there; one that comes and goes is no such number.
    """
    later = (
        item
        for item in (prepared if claim.asks_for_zero else ())
        if item.claim.equation is claim.equation and item.claim.link.number > claim.link.number
    )
    return any(oracle.equal(*pair[:2]) for item in later for pair in (*item.literal, *item.mended))


def _is_gradient(claim: Claim) -> bool:
    """Whether a claim is about what is written `∇`."""
    return "nabla" in letters_in(claim.equation.head)


@dataclass
class Agreements:
    """What a document agrees on, and what its equations say later about the same quantities.

    constants_dropped   the author says so
    per_sample          the gradients that parts above gave per sample, each with its sign
    means               (place, gradient) wherever a gradient is written with the mean
    hidden              the same of lines that were not understood and write the number of samples, with all
                        that their left sides may mean: whether they hold the mean is not known
    parameters          keys of the quantities that are learnt
    droppable           by what a gradient is off if some constants of the loss are left out
    labels              the labels of which something is taken, if there are any
    averaged            (number of the equation, its right side) of each line of the document that divides
                        by the number of samples what a sign `dW` stands for
    asked               the sides of what parts above ask for
    """

    constants_dropped: bool = False
    sample_dim: str = "m"
    per_sample: Mapping[Expr, str] = field(default_factory=dict)
    means: list[tuple[tuple[int, int], Expr]] = field(default_factory=list)
    hidden: list[tuple[tuple[int, int], tuple[Expr, ...]]] = field(default_factory=list)
    parameters: frozenset[str] = frozenset()
    droppable: frozenset[Factor] = frozenset()
    labels: Labels | None = None
    label_values: LabelValues = field(default_factory=LabelValues)
    averaged: Sequence[tuple[int, str]] = ()
    asked: Sequence[tuple[Expr, Expr]] = ()

    def hear(self, judgements: Sequence[Judgement], scope: Scope) -> bool:
        """Learn from a first round where gradients have the mean, or may; whether one has, or may."""
        self.means = found_means(judgements, scope.sample_dim)
        self.hidden = hidden_means(judgements, scope)
        return bool(self.means or self.hidden)

    def convention(
        self, claim: Claim, expected: Expr, factor: Factor, earlier: Sequence[Judgement]
    ) -> str | None:
        """The convention under which a line that is off by a factor is right, or None."""
        if self.is_mean(factor) and self.mean_comes_later(claim, expected):
            return "per-sample"
        if self.constants_dropped and factor in self.droppable:
            return "constant-factor"
        if claim.asks_for_zero and claim.link.number > _FIRST_FORMULA:
            return "asked-zero"
        return None

    def is_mean(self, factor: Factor) -> bool:
        """Whether a line is off by the number of samples."""
        return factor.number == 1 and factor.size == self.sample_dim and factor.power == 1

    def mean_comes_later(self, claim: Claim, expected: Expr) -> bool:
        """Whether the mean comes later: for this quantity, or at the parameters for an intermediate one."""
        here = (claim.equation.number, claim.link.number)
        same = [place for place, quantity in self.means if quantity == expected]
        if any(place < here or place[0] == here[0] for place in same):
            return False  # a line above has it, or a side of this very chain, which is told to be equal
        if same:
            return True
        return not self.is_parameter(expected) and (bool(self.means) or self._averaged_below(claim))

    def _averaged_below(self, claim: Claim) -> bool:
        """Whether a part below takes the mean of what is told here, by the very sign, `\\frac1m dZ A^T`."""
        sign = latex(claim.equation.head)
        return read_quotient(claim.equation.head) is None and any(
            number > claim.equation.number and sign in right for number, right in self.averaged
        )

    def mean_may_come_later(self, claim: Claim, expected: Expr) -> bool:
        """Whether a line that was not understood may hold the mean, so that this one may be without it."""
        here = (claim.equation.number, claim.link.number)
        if any(quantity == expected and place < here for place, quantity in self.means):
            return False
        later = [heads for place, heads in self.hidden if place > here]
        return any(not heads or expected in heads or not self.is_parameter(expected) for heads in later)

    def is_parameter(self, expected: Expr) -> bool:
        """Whether it is the gradient of a quantity that is learnt."""
        gradient = as_gradient(expected)
        return gradient is not None and gradient.owner.attr[0] in self.parameters

    def per_sample_columns(
        self, claim: Claim, scope: Scope, oracle: Oracle
    ) -> tuple[Expr, Expr, tuple[Note, ...]] | None:
        """A bias's gradient given as one column a sample, where the sum and the mean come later."""
        here = (claim.equation.number, claim.link.number)
        for head, columns, got, notes in in_columns(claim, scope):
            scaled = apply("mul", scope_size(scope), columns)
            others = [place for place, quantity in self.means if quantity == head and place != here]
            later = bool(others) and min(others) > here
            if later and (oracle.equal(scaled, got) or oracle.equal(columns, got)):
                note = Note("info", "one column a sample: the sum over samples comes later")
                chosen = scaled if oracle.equal(scaled, got) else columns
                return chosen, got, (*notes, note)
        return None

    def of_one_example(self, claim: Claim, scope: Scope, oracle: Oracle) -> tuple[Pair, str] | None:
        """A gradient told for one example, where the loss is the sum or mean of many, and its convention.

        Either the mean comes later, or both sides hold derivatives by one variable alone, and the right one
        adds up to the left: `∂J/∂θ_j = ∂/∂θ_j ½ (θ^T x - y)^2` says which part of J is meant, and a gradient
        that lost its Σ names no part of it. What has the 1/m of the mean is meant of all, and lost its Σ; so
        did what follows a Σ that is itself differentiated.
        """
        for head, right in product(claim.head.all, claim.right.all):
            left, one = head.value, right.value
            if not isinstance(left, Expr) or not isinstance(one, Expr) or holds_mean(one, scope.sample_dim):
                continue
            if (lone := lone_indices(left, one)) and are_summed_beside(lone, claim.link.left):
                continue
            for total, size in _added_up(left, one, scope):
                later = size == scope_size(scope) and self.mean_comes_later(claim, left)
                for expected in (left, apply("mul", size, left)) if later or _by_the_same(left, one) else ():
                    if oracle.equal(expected, total):
                        notes = (*head.notes, *right.notes)
                        return (expected, total, notes), "per-sample" if later else "one-example"
        return None


def in_columns(claim: Claim, scope: Scope) -> Iterator[tuple[Expr, Expr, Expr, tuple[Note, ...]]]:
    """Where a bias's gradient may be given as one column a sample: it, the columns, and what is written."""
    if claim.role not in (Role.GRADIENT, Role.CHAIN_RULE):
        return
    for head in (reading.value for reading in claim.head.all if isinstance(reading.value, Expr)):
        gradient = as_gradient(head)
        if gradient is None or gradient.owner.shape[1] != 1 or gradient.row is not None:
            continue
        columns = _columns(gradient.target, gradient.owner, scope)
        for r, told in product(claim.right.all, columns):
            if isinstance(r.value, Expr) and r.value.shape == told.shape:
                yield head, told, r.value, r.notes


def _by_the_same(left: Expr, one: Expr) -> bool:
    """Whether two formulas hold derivatives by one variable, of one named quantity and of others."""
    by = {node.args[1] for node in (*left.derivatives, *one.derivatives)}
    of = {node.args[0] for node in left.derivatives}
    of_one = {node.args[0] for node in one.derivatives}
    named = all(node.op == "var" for node in of)
    return named and len(by) == len(of) == 1 and bool(of_one) and not of_one & of


def _added_up(left: Expr, one: Expr, scope: Scope) -> Iterator[tuple[Expr, Expr]]:
    """What a formula for one example adds up to over all, and how many these are."""
    lone = lone_indices(left, one)
    if len(lone) == 1 and left.shape == one.shape:
        yield isum(one, lone[0]), count_of_samples(lone[0].dim)
    elif not lone and scope.vocabulary.holds_samples(one.shape):
        total = apply("sum", one, attr=(scope.vocabulary.sample_axis,))
        if total.shape == left.shape:
            yield total, scope_size(scope)


def learnt(nodes: Iterable[Expr], scope: Scope) -> frozenset[str]:
    """The keys of given quantities that formulas differentiate by, each the same for all samples.

    nodes   every node of the formulas
    """
    found = (node.args[1] for node in nodes if node.op == "deriv")
    return frozenset(
        key
        for owner in found
        if (key := owner.attr[0]) not in scope.program and scope.sample_dim not in owner.shape
    )


def droppable(loss: Expr | None, definitions: Mapping[str, Expr]) -> frozenset[Factor]:
    """Every factor that comes of leaving out some of the constants that a loss brings into its gradient.

    They are its own numeric factors, the number of what a mean is over, and exponents.
    """
    if loss is None or loss.op != "var":
        return frozenset()
    constants = list(_constants(definitions.get(loss.attr[0])))[:MAX_CONSTANTS]
    found: set[Factor] = set()
    for size in range(1, len(constants) + 1):
        for some in combinations(constants, size):
            number, power = Fraction(1), 0
            for each in some:
                number, power = number / each.number, power - each.power
            sizes = {each.size for each in some} - {None}
            if len(sizes) <= 1:  # a factor has one size
                found.add(Factor(number, sizes.pop() if power else None, power))
    return frozenset(found)


def _constants(expr: Expr | None) -> Iterator[Factor]:
    """The constants of a loss: numbers, and sizes with their powers."""
    if expr is None:
        return
    match expr.op:
        case "mul" | "div":
            for position, arg in enumerate(expr.args):
                sign = -1 if expr.op == "div" and position == 1 else 1
                size = _size(arg)
                if arg.op == "num" and isinstance(arg.attr[0], Fraction):
                    yield Factor(arg.attr[0] ** sign)
                elif size is not None:
                    yield Factor(Fraction(1), size, sign)
                else:
                    for each in _constants(arg):
                        yield Factor(each.number**sign, each.size, sign * each.power)
        case "power" if expr.args[1].op == "num" and isinstance(expr.args[1].attr[0], Fraction):
            yield Factor(expr.args[1].attr[0])
            yield from _constants(expr.args[0])
        case "matmul":
            yield Factor(Fraction(2))
        case "neg" | "sum" | "isum" | "pick":
            yield from _constants(expr.args[0])


def _size(expr: Expr) -> str | None:
    """The size that a formula counts, the sum of as many ones."""
    ones = expr.args[0] if expr.op == "sum" and expr.args[0].op == "ones" else None
    size = ones.attr[0][1] if ones is not None else None
    return size if isinstance(size, str) and expr == count_of_samples(size) else None


def _columns(target: Expr, bias: Expr, scope: Scope) -> list[Expr]:
    """The derivative by every quantity to which the bias is added column by column."""
    return [
        deriv(target, var(key, value.shape))
        for key, value in scope.program.items()
        if value.op == "add" and bias in value.args and value.shape != bias.shape and target.shape == (1, 1)
    ]


def scope_size(scope: Scope) -> Expr:
    """The number of samples."""
    return count_of_samples(scope.sample_dim)
