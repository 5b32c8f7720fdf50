"""What the equations of a document show together, whatever part and hypothesis they are read under."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from gradcheck.checking.hearing.abbreviations import writes_sine_for_sigmoid
from gradcheck.checking.hearing.restrictions import Restriction
from gradcheck.expr.written.definitions import written_names
from gradcheck.expr.written.indices import counts
from gradcheck.expr.written.names import Name, read_name
from gradcheck.expr.written.quotients import quotients_in
from gradcheck.expr.written.usage import Usage, arguments, usage
from gradcheck.expr.written.vocabulary import LOSS_BASES, Vocabulary
from gradcheck.notation.statements import Equation
from gradcheck.notation.tree import Group, Product
from gradcheck.records import dataclass, field, replace
from gradcheck.restating.passages.segments import (
    always_applied,
    defined_names,
    differentiated,
    differentiated_targets,
    takes_several,
    writes_cotangents,
)


@dataclass(frozen=True)
class Overview:
    """What a document's equations show together; the same for all parts and hypotheses, so found once.

    restrictions   by equation number, the conditions on indices under which it is told
    labels         what it says of labels
    two_valued     the letters that it says are 0 or 1
    supposed       by key, the equations of the case of which alone something is said of a matrix
    of_symmetry    whether words of it are about symmetry
    slopes         what lines above these tell the derivative of, and by what
    """

    vocabulary: Vocabulary
    equations: Sequence[Equation]
    restrictions: Mapping[int, Sequence[Restriction]] = field(default_factory=dict)
    labels: frozenset[str] = frozenset()
    supposed: Mapping[str, frozenset[int]] = field(default_factory=dict)
    of_symmetry: bool = False
    slopes: frozenset[tuple[str, str]] = frozenset()
    two_valued: frozenset[str] = frozenset()

    def knowing(self, vocabulary: Vocabulary) -> Overview:
        """The same equations seen with other shapes that were inferred, on which none of this rests."""
        other = replace(self, vocabulary=vocabulary)
        vars(other).update({name: getattr(self, name) for name in _WITHOUT_INFERRED})
        return other

    @cached_property
    def variables(self) -> list[Name]:
        """Everything that the document differentiates by."""
        return differentiated(self.equations)

    @cached_property
    def derived(self) -> frozenset[str]:
        """The keys of all that the document differentiates a loss by, as `dW` or in a quotient."""
        sides = [side for e in self.equations for side in e.sides]
        inner = [name.differentiated for side in sides for name in written_names(side)]
        for quotient in (quotient for side in sides for quotient in quotients_in(side)):
            target = None if quotient.target is None else read_name(quotient.target)
            if quotient.target is None or (target is not None and target.base in LOSS_BASES):
                inner += map(read_name, quotient.variables)
        return frozenset(self.vocabulary.canonical(name) for name in inner if name is not None)

    @cached_property
    def varied(self) -> frozenset[str]:
        """The keys of all that the document differentiates anything by."""
        return self.derived | frozenset(map(self.vocabulary.canonical, self.variables))

    @cached_property
    def targets(self) -> frozenset[str]:
        """The keys of all names in what the document differentiates."""
        found: list[Name] = []
        for side in (side for e in self.equations for side in e.sides):
            for quotient in quotients_in(side):
                found += written_names(side if quotient.target is None else quotient.target)
            for name in written_names(side):
                found += [name.without(primes=0)] if name.primes else []
                found += [name.differentiated] if name.differentiated is not None else []
        return frozenset(map(self.vocabulary.canonical, found))

    @cached_property
    def defined(self) -> frozenset[str]:
        """The keys that stand alone on a left side, or are declared."""
        return defined_names(self.equations, self.vocabulary)

    @cached_property
    def spellings(self) -> frozenset[str]:
        """The keys of all names as they are written."""
        sides = (side for e in self.equations for side in e.sides)
        return frozenset(name.key for side in sides for name in written_names(side))

    @cached_property
    def unnamed_losses(self) -> frozenset[str] | None:
        """The letters of a loss that is differentiated and may never be told; None without a sign of one.

        `dW` is a sign of one, unless it is a differential: `dz = W dx` goes from the inputs to the outputs.
        """
        letters = LOSS_BASES & differentiated_targets(self.equations)
        letters = frozenset(base for base in letters if self.vocabulary.may_be_loss(base))
        return (
            letters if letters or writes_cotangents(self.equations, self.vocabulary, self.defined) else None
        )

    @cached_property
    def count_letters(self) -> frozenset[str]:
        """The letters up to which sums count, and those that count samples."""
        return self.limits | self.vocabulary.counts

    @cached_property
    def limits(self) -> frozenset[str]:
        """The letters that count the terms of a Σ."""
        return upper_limits(self.equations)

    @cached_property
    def sine_is_sigmoid(self) -> bool:
        """Whether `\\sin` is an abbreviated sigmoid throughout."""
        return writes_sine_for_sigmoid(self.equations)

    @cached_property
    def usage(self) -> Usage:
        """How functions are written."""
        told, derived = arguments(self.equations, self.vocabulary), self.applications.derived | self.slopes
        return replace(self.applications, arguments=dict(told), derived=derived)

    @cached_property
    def applications(self) -> Usage:
        """How functions are written, whatever quantities their arguments are."""
        several = always_applied(side for e in self.equations for side in e.sides)
        return usage(self.equations, several)

    @cached_property
    def scalar_letters(self) -> frozenset[str]:
        """Lower-case letters that are not the matrix of their upper case."""
        return both_cases(self.equations, self.vocabulary)


# What rests on the equations and the keys of their names, which are the same whatever was inferred.
_WITHOUT_INFERRED = (
    "variables", "derived", "varied", "targets", "defined", "spellings", "unnamed_losses", "sine_is_sigmoid",
    "limits", "applications", "usage", "scalar_letters",
)  # fmt: skip


def upper_limits(equations: Iterable[Equation]) -> frozenset[str]:
    """The letters that count the terms of a Σ."""
    return frozenset(name.base for equation in equations for _, name in counts(equation))


def both_cases(equations: Sequence[Equation], vocabulary: Vocabulary) -> frozenset[str]:
    """Bare lower-case letters whose upper case is written as well: they are not the matrix.

    Beside a declared one, only those are that a function is defined of with others, `f(x, y) = ...`.
    """
    written = {
        name.base
        for e in equations
        for side in e.sides
        for name in written_names(side)
        if name.layer is None and not name.sub and name.sample is None
    }
    both = {base for base in written if len(base) == 1 and base.islower() and base.upper() in written}
    declared = {base for base in both if base.upper() in vocabulary.shapes}
    return frozenset(both - (declared - _arguments(equations) if declared else set()))


def _arguments(equations: Iterable[Equation]) -> set[str]:
    """The letters that functions of several are defined of: x and y of `f(x, y) = ...`."""
    heads = [e.head for e in equations if isinstance(e.head, Product) and len(e.head.factors) == 2]
    groups = (head.factors[1] for head in heads if takes_several(head.factors[1]))
    names = (read_name(item) for group in groups if isinstance(group, Group) for item in group.items)
    return {name.base for name in names if name is not None and name.key == name.base}
