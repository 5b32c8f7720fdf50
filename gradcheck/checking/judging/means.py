"""Where a document writes the mean over the samples: in gradients, in lines not understood, behind signs.

Whether `dZ = A - Y` is a gradient that lost its 1/m or one that gets it later is told by these lines alone
(`gradcheck.checking.judging.conventions`). What divides by the number of samples is found by value where a
line has a meaning, and by its letters where it has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from gradcheck.expr.forms.build import apply
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.scope import Scope
from gradcheck.expr.written.definitions import written_names
from gradcheck.expr.written.names import Name, read_name
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation
from gradcheck.notation.tree import Fraction
from gradcheck.notation.walk import of_kind
from gradcheck.shapes import Dim
from gradcheck.verdict import Role, Verdict

if TYPE_CHECKING:
    from gradcheck.checking.comparisons.judgement import Judgement


def count_of_samples(sample_dim: Dim) -> Expr:
    """A size as an expression: the sum of as many ones."""
    return apply("sum", apply("ones", attr=((1, sample_dim),)), attr=(None,))


def holds_mean(expr: Expr, sample_dim: str) -> bool:
    """Whether a formula divides by the number of samples."""
    return "div" in expr.ops and any(
        node.op == "div" and any(n.op == "ones" and n.attr == ((1, sample_dim),) for n in node.args[1].walk())
        for node in expr.walk()
    )


def hidden_means(
    judgements: Sequence[Judgement], scope: Scope
) -> list[tuple[tuple[int, int], tuple[Expr, ...]]]:
    """Lines that claim something, were not understood, and write the number of samples or a mean."""
    return [
        (
            (j.claim.equation.number, j.claim.link.number),
            tuple(reading.value for reading in j.claim.head.all if isinstance(reading.value, Expr)),
        )
        for j in judgements
        if j.pair is None and j.role_is_claim and j.verdict is Verdict.UNDECIDED
        if any(_counts_samples(name, scope) for name in written_names(j.claim.link.right))
    ]


def averaged_signs(equations: Iterable[Equation], scope: Scope) -> Iterator[tuple[int, str]]:
    """The lines that give a sign `dW` by a formula with the number of samples below a bar."""
    for equation in equations:
        head = read_name(equation.head)
        if head is None or head.differentiated is None:
            continue
        for side in equation.sides[1:]:
            fractions = of_kind(side, Fraction)
            names = (name for node in fractions for name in written_names(node.denominator))
            if fractions and any(_counts_samples(name, scope) for name in names):
                yield equation.number, latex(side)


def _counts_samples(name: Name, scope: Scope) -> bool:
    """Whether a name is the number of samples, or a mean in words."""
    key = scope.vocabulary.canonical(name)
    return scope.vocabulary.dim(key) == scope.sample_dim or key in scope.count_letters or "mean" in name.base


def found_means(judgements: Sequence[Judgement], sample_dim: str) -> list[tuple[tuple[int, int], Expr]]:
    """Where gradients are written with the mean, rightly or not."""
    return [
        ((j.claim.equation.number, j.claim.link.number), j.pair[0])
        for j in judgements
        if j.pair is not None
        and j.claim.role in (Role.GRADIENT, Role.CHAIN_RULE)
        and holds_mean(j.pair[1], sample_dim)
    ]
