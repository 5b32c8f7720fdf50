"""Gradients that a document gives per sample, and the lines whose parameters then lack the mean.

Once `dZ = A - Y` stands without its 1/m, that sign has this value in every later line. `dW = dZ A^T` is an
identity of true derivatives and yet m times the gradient, where other parameters get their mean. Only the
sign counts that was given a value: a chain rule in other signs (`∂L/∂Z` beside `dZ`) is left alone, and so
are a chain that goes on and a parameter that has its mean in another line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from gradcheck.checking.bench.oracle import Factor, Oracle
from gradcheck.checking.comparisons.claims import Claim
from gradcheck.checking.comparisons.judgement import Judgement
from gradcheck.checking.judging.conventions import Agreements
from gradcheck.checking.judging.follow import as_gradient
from gradcheck.checking.judging.means import count_of_samples, holds_mean
from gradcheck.expr.forms.build import apply, deriv, substitute, variables
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.unnamed_loss import is_of_unnamed_loss
from gradcheck.expr.written.definitions import unboxed
from gradcheck.expr.written.quotients import read_quotient
from gradcheck.notation.printer import latex
from gradcheck.patterns import late_pattern
from gradcheck.verdict import Role, Verdict

if TYPE_CHECKING:
    from gradcheck.checking.comparisons.prepare import Prepared

_RIGHT = frozenset({Verdict.CORRECT, Verdict.CONVENTION, Verdict.CHARITABLE, Verdict.SLIP})


# How a gradient may be written; one manner in a formula is one sign, with a mark of the sample or without.
_MANNERS = (
    late_pattern(r"\\partial"),
    late_pattern(r"\\nabla"),
    late_pattern(r"(?<![\\A-Za-z])d\\?[A-Za-z]"),
)


def is_sign(claim: Claim) -> bool:
    """Whether a gradient is told by a name for it, `dW`, and not as a derivative of the loss."""
    return read_quotient(unboxed(claim.head.node)) is None


class Signals:
    """The gradients of one case that stand for their value per sample, each with its sign.

    program  what each name is defined by: a name for a derivative, `δ = ∂L/∂Z`, is that derivative
    signs    the gradients, each with the sign that it was given per sample under, here or in a part above
    lines    what the case says: the rules for any layer may stand before the last layer's `dZ = A - Y`
    """

    def __init__(
        self,
        agreements: Agreements,
        program: Mapping[str, Expr] | None = None,
        lines: Sequence[Prepared] = (),
        oracle: Oracle | None = None,
    ) -> None:
        self.agreements = agreements
        self.program = program or {}
        self.lines, self.oracle = lines, oracle
        self._meanings: dict[str, Expr | None] = {}
        self._count = count_of_samples(agreements.sample_dim)
        self.signs: dict[Expr, str] = {**agreements.per_sample}
        self._begun = False
        self._unknown: set[Expr] = set()

    def note(self, judgement: Judgement) -> None:
        """Learn from a judged line whether its left side is per sample from here on."""
        self._begun |= "per-sample" in judgement.conventions
        self._note_unknown(judgement)
        if judgement.verdict is Verdict.WRONG and judgement.pair is not None:
            self._begun |= self.leaves_mean(judgement.claim, *judgement.pair)
        if judgement.claim.role not in (Role.GRADIENT, Role.STEP) or judgement.pair is None:
            return
        expected = self._named(judgement.pair[0])
        gradient = as_gradient(expected)
        if gradient is None or self.agreements.is_parameter(expected) or judgement.verdict not in _RIGHT:
            return
        got = self._named(judgement.pair[1])
        whole = deriv(gradient.target, gradient.owner)
        given = "per-sample" in judgement.conventions and judgement.factor is not None
        if given or self._used(judgement.claim, got):
            self.signs[whole] = latex(judgement.claim.head.node)
        elif not got.derivatives:
            self.signs.pop(whole, None)

    def _note_unknown(self, judgement: Judgement) -> None:
        values = [judgement.pair[1]] if judgement.pair is not None else []
        unknown = judgement.verdict is Verdict.UNDECIDED or self.rests_on_unknown(*values)
        for value in (reading.value for reading in judgement.claim.head.all if unknown):
            gradient = as_gradient(value) if isinstance(value, Expr) else None
            if gradient is not None:
                self._unknown.add(deriv(gradient.target, gradient.owner))

    def rests_on_unknown(self, *formulas: Expr) -> bool:
        """Whether a formula uses a gradient whose own line was not understood: its scale is not known."""
        return bool(self._unknown) and any(
            node in self._unknown for formula in formulas for node in formula.walk()
        )

    def averaged(self, claim: Claim, expected: Expr, got: Expr, factor: Factor) -> str | None:
        """The convention by which `dW = dZ A^T / m` is right of a loss that nothing defines, or None.

        What is said of every loss is said of that of one sample, too, whose gradients are dZ; where dZ was
        written with the mean, it is there twice, and ∂L/∂Z says itself of which loss it is.
        """
        if not is_sign(claim) or factor != Factor(Fraction(1), self.agreements.sample_dim, -1):
            return None
        if not self.agreements.is_parameter(expected) or not is_of_unnamed_loss(expected, self.program):
            return None
        derivatives = {node for node in self._named(got).walk() if node.op == "deriv"}
        signals = {node for node in derivatives if not self.agreements.is_parameter(node)}
        return "per-sample" if signals and not signals & self._with_mean() else None

    def _with_mean(self) -> set[Expr]:
        """The gradients that are written with the mean somewhere."""
        return {quantity for _, quantity in self.agreements.means}

    def carried_on(self, got: Expr) -> Expr | None:
        """A formula in which the gradients of intermediate quantities have the author's value.

        Once a gradient was given per sample, so are those that are carried on from it: `dZ1` by the chain
        rule from `dZ2 = A2 - Y` lacks the mean as well, unless it is written there.
        """
        if not self._begun and not self._goes_on() and not self._begins_below:
            return None
        got = self._named(got)
        derivatives = got.derivatives
        inner = [node for node in derivatives if node.args[1].attr[0] not in self.agreements.parameters]
        inner = [node for node in inner if node not in self._with_mean()]
        return self._times_samples(got, inner) if inner else None

    def _goes_on(self) -> bool:
        """Whether parts above began with gradients per sample, and this one writes none with the mean."""
        means = self._with_mean()
        return bool(self.agreements.per_sample) and all(map(self.agreements.is_parameter, means))

    @cached_property
    def _begins_below(self) -> bool:
        """Whether some line gives the value of an intermediate gradient per sample, be it further down."""
        return self.oracle is not None and any(
            self.leaves_mean(item.claim, expected, got)
            and (factor := self.oracle.factor(expected, got)) is not None
            and self.agreements.is_mean(factor)
            for item in self.lines
            for expected, got, _ in item.literal
        )

    def as_given(self, claim: Claim, expected: Expr, got: Expr) -> Expr | None:
        """What a parameter's line says with the author's values; None where it uses none of them."""
        if claim.role is not Role.GRADIENT or not self.agreements.is_parameter(expected):
            return None
        used = self._used(claim, got)
        return self._times_samples(self._named(got), used) if used else None

    def lacks_mean(self, claim: Claim, expected: Expr) -> bool:
        """Whether a parameter gets its mean in no line and no later link, while another's does."""
        means = [quantity for _, quantity in self.agreements.means]
        others = any(self.agreements.is_parameter(each) for each in means)
        return claim.link is claim.equation.links[-1] and expected not in means and others

    def leaves_mean(self, claim: Claim, expected: Expr, got: Expr) -> bool:
        """Whether an intermediate gradient is written without the mean, which comes later in the document."""
        if claim.role not in (Role.GRADIENT, Role.STEP):
            return False
        expected, got = self._named(expected), self._named(got)
        return (
            as_gradient(expected) is not None
            and not self.agreements.is_parameter(expected)
            and not holds_mean(got, self.agreements.sample_dim)
            and not got.derivatives
            and (
                self.agreements.mean_comes_later(claim, expected)
                or self.agreements.mean_may_come_later(claim, expected)
            )
        )

    def of_all(self, expected: Expr) -> Expr:
        """What a line has to come to without the mean."""
        return apply("mul", self._count, expected)

    def shared(self, expected: Expr) -> Expr:
        """What a line has to come to in its own signs, so that it is right with the author's values."""
        return apply("div", expected, self._count)

    def _named(self, formula: Expr) -> Expr:
        """A formula with what its names stand for, of those that stand for derivatives."""
        if all(self._meaning(key) is None for key in formula.keys):
            return formula
        names = [node for node in formula.walk() if node.op == "var"]
        meant = {node: meaning for node in names if (meaning := self._meaning(str(node.attr[0]))) is not None}
        return substitute(formula, meant)

    def _meaning(self, key: str) -> Expr | None:
        """What a name stands for, where that holds derivatives; inner names first, since chains are long."""
        waiting = [key]
        while waiting:
            here = waiting[-1]
            definition = self.program.get(here)
            inner = set() if definition is None else variables(definition)
            before = [k for k in inner if k in self.program and k not in self._meanings and k not in waiting]
            if before and here not in self._meanings:
                waiting += before
                continue
            waiting.pop()
            if here not in self._meanings:
                meaning = None if definition is None else self._named(definition)
                derives = meaning is not None and bool(meaning.derivatives)
                self._meanings[here] = meaning if derives else None
        return self._meanings[key]

    def _used(self, claim: Claim, got: Expr) -> list[Expr]:
        """The gradients per sample that a formula uses by their signs, or by names that stand for more."""
        if not self.signs:
            return []
        written = latex(claim.link.right)
        signed = {node for node in got.walk() if _says(written, self.signs.get(node))}
        meanings = map(self._meaning, got.keys)
        named = {node for meaning in meanings if meaning is not None for node in meaning.walk()}
        return [node for node in self.signs if node in signed or node in named]

    def _times_samples(self, formula: Expr, gradients: Iterable[Expr]) -> Expr:
        return substitute(formula, {node: apply("mul", self._count, node) for node in gradients})


def _says(written: str, sign: str | None) -> bool:
    """Whether a formula that holds a gradient writes it by a sign: literally, or `dz^{(i)}` for `dZ`."""
    if sign is None or sign in written:
        return sign is not None
    manners = [each for each in _MANNERS if each.search(written)]
    return len(manners) == 1 and manners[0].search(sign) is not None
