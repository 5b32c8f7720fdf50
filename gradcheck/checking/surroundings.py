"""What one part of a document sees of the others: definitions above it before those below, the assignment's.

A definition under the heading of another case is seen only where nothing nearer defines the name. A part
that has a problem of its own, a loss or all that it differentiates, beside parts that have others, may stand
alone: long notes begin anew with the same letters, and what they were before says nothing then. It is read
so where more of its lines are right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from gradcheck.budget import Budget
from gradcheck.checking.hypotheses import Surroundings
from gradcheck.checking.overview import Overview
from gradcheck.checking.problem import Problem
from gradcheck.checking.understood import learnt_from
from gradcheck.expr.definitions import written_names
from gradcheck.expr.names import base_text, read_name
from gradcheck.expr.vocabulary import Vocabulary
from gradcheck.notation.statements import Equation
from gradcheck.notation.tree import Node, Product, Scripted
from gradcheck.notation.walk import walk
from gradcheck.restating.segments import Candidates, Segment, differentiated_targets
from gradcheck.shapes import SCALAR


def surroundings(
    parts: Sequence[Segment],
    position: int,
    problem: Problem,
    overview: Overview,
    budget: Budget,
) -> Surroundings:
    """The surroundings of the part at a position."""
    before: Candidates = {}
    shared: Candidates = {}
    functions: Candidates = {}
    cases = {name.lower() for name in problem.cases}
    for part in reversed(parts[:position]):
        for key, items in part.quantities.items():
            before.setdefault(key, []).extend(reversed(items))
            if part.heading.lower() not in cases:
                shared.setdefault(key, []).extend(reversed(items))
        for key, items in part.functions.items():
            functions.setdefault(key, []).extend(reversed(items))
    after: Candidates = {}
    for part in parts[position + 1 :]:
        for key, items in part.quantities.items():
            after.setdefault(key, []).extend(items)
        for key, items in part.functions.items():
            functions.setdefault(key, []).extend(items)
    previous = next((part.losses[0] for part in reversed(parts[:position]) if part.losses), None)
    vocabulary = overview.vocabulary
    return Surroundings(
        vocabulary,
        before,
        shared,
        after,
        functions,
        problem.cases,
        problem.common,
        overview,
        problem.domains,
        previous,
        _accepts_components(problem, vocabulary),
        budget,
    )


def alone(
    part: Segment, parts: Sequence[Segment], problem: Problem, score: float, around: Surroundings
) -> Surroundings | None:
    """The surroundings of a part that stands alone; None where it has no problem of its own.

    score   what it is worth among the others
    """
    links = sum(len(equation.links) for equation in part.equations)
    others = any(_has_problem(other) for other in parts if other is not part)
    settled = score >= links or around.budget.is_spent
    own = _has_problem(part) or _states_identities(part, parts)
    if problem.cases or settled or not part.claims or not others or not own:
        return None
    vocabulary = learnt_from(part.equations, problem.vocabulary)
    overview = replace(around.overview, vocabulary=vocabulary, equations=part.equations)
    return replace(
        around,
        vocabulary=vocabulary,
        before={},
        shared={},
        after={},
        functions={},
        overview=overview,
        previous_loss=None,
        accepts_components=_accepts_components(problem, vocabulary),
    )


def _has_problem(part: Segment) -> bool:
    """Whether a part has a loss, or defines all that it differentiates."""
    listed = (*part.quantities.values(), *part.functions.values())
    targets = differentiated_targets(part.equations) | _behind_nablas(part.equations)
    return bool(part.losses) or (bool(targets) and targets <= {d.name.base for own in listed for d in own})


def _states_identities(part: Segment, parts: Sequence[Segment]) -> bool:
    """Whether a part defines nothing, and holds no name that another defines: `(A B)^T = B^T A^T` for any."""
    defined = {d.name.base for other in parts for own in other.quantities.values() for d in own}
    written = {n.base for e in part.equations for side in e.sides for n in written_names(side)}
    return not part.quantities and not part.functions and written.isdisjoint(defined)


def _behind_nablas(equations: Sequence[Equation]) -> set[str]:
    """The base letters of what `\\nabla f` is the gradient of."""
    products = (n for e in equations for side in e.sides for n in walk(side) if isinstance(n, Product))
    pairs = (pair for product in products for pair in pairwise(product.factors))
    names = (read_name(target) for sign, target in pairs if base_text(_below(sign)) == "nabla")
    return {name.base for name in names if name is not None}


def _below(sign: Node) -> Node:
    return sign.base if isinstance(sign, Scripted) else sign


def _accepts_components(problem: Problem, vocabulary: Vocabulary) -> bool:
    """Whether everything may be a number: nothing is declared to be more, or the author says so."""
    return "component" in problem.conventions or all(s == SCALAR for s in vocabulary.shapes.values())
