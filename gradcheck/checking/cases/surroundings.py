"""What one part of a document sees of the others: definitions above it before those below, the assignment's.

A definition under the heading of another case is seen only where nothing nearer defines the name. A part
that has a problem of its own, a loss or all that it differentiates, beside parts that have others, may stand
alone: long notes begin anew with the same letters, and what they were before says nothing then. So may one
with a forward pass of its own, of which the loss that others define is not made. It is read so where more of
its lines are right.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from itertools import pairwise

from gradcheck.budget import Budget
from gradcheck.checking.cases.hypotheses import Surroundings
from gradcheck.checking.hearing.overview import Overview
from gradcheck.checking.hearing.problem import Problem
from gradcheck.checking.hearing.understood import learnt_from
from gradcheck.expr.written.declarations import declarations
from gradcheck.expr.written.definitions import written_names
from gradcheck.expr.written.names import base_text, read_name
from gradcheck.expr.written.quotients import derives, quotients_in
from gradcheck.expr.written.usage import told_slopes
from gradcheck.expr.written.vocabulary import LOSS_BASES, Vocabulary
from gradcheck.notation.statements import Equation
from gradcheck.notation.tree import Node, Product, Scripted
from gradcheck.notation.walk import of_kind
from gradcheck.records import replace
from gradcheck.restating.passages.segments import Candidates, Segment, differentiated_targets
from gradcheck.restating.passages.taken_anew import passed_back
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


def apart(
    position: int, parts: Sequence[Segment], problem: Problem, score: float, around: Surroundings
) -> Iterator[Surroundings]:
    """The surroundings of the part at a position alone, and with what it takes up, where it may begin anew.

    score   what it is worth among the others
    """
    part = parts[position]
    links = sum(len(equation.links) for equation in part.equations)
    others = any(_has_problem(other) for other in parts if other is not part)
    others = others or _is_told_below(position, parts, around.vocabulary)
    another = has_another_loss(part, parts)
    settled = (score >= links and not another) or around.budget.is_spent
    if problem.cases or settled or not part.claims:
        return
    alone = _has_problem(part) or _states_identities(part, parts) or another or _loss_is_open(part, parts)
    alone = alone or _holds_for_any_loss(part, around.vocabulary)
    own = others and alone
    if own:
        yield _within([part], problem, around)
    needed = [] if another else _taken_up(position, parts, around.vocabulary)
    above = [parts[place] for place in needed]
    if 0 < len(needed) < len(parts) - 1 and (own or _has_problem(part, above)):
        told = _declaring([*above, part], parts[:position], problem, around.vocabulary)
        yield _within([*above, part], told, around)


def _declaring(
    parts: Sequence[Segment], before: Sequence[Segment], problem: Problem, vocabulary: Vocabulary
) -> Problem:
    """The problem with the shapes that parts before declare, whichever they are, of what some parts hold."""
    held = {key for part in parts for key in _used(part, vocabulary) | part.quantities.keys()}
    said = declarations((equation for part in before for equation in part.equations), vocabulary)
    shapes = {key: shape for key, shape in said.items() if key in held}
    known = {**shapes, **problem.vocabulary.shapes}
    return replace(problem, vocabulary=replace(problem.vocabulary, shapes=known))


def _within(parts: Sequence[Segment], problem: Problem, around: Surroundings) -> Surroundings:
    """The surroundings of the last of some parts in a document that has no others."""
    equations = [equation for each in parts for equation in each.equations]
    vocabulary = learnt_from(equations, problem.vocabulary)
    start = parts[-1].equations[0].number if parts[-1].equations else 0
    above = (equation for equation in around.overview.equations if equation.number < start)
    slopes = told_slopes(above) if around.overview.usage.derived else frozenset()
    overview = replace(around.overview, vocabulary=vocabulary, equations=equations, slopes=slopes)
    found = surroundings(parts, len(parts) - 1, problem, overview, around.budget)
    return replace(found, unread=around.unread, per_sample=around.per_sample, asked=around.asked)


def _taken_up(position: int, parts: Sequence[Segment], vocabulary: Vocabulary) -> list[int]:
    """The places of the parts that define what one uses, each the last before it, and what these use."""
    needed: set[int] = set()
    waiting = [position]
    while waiting:
        place = waiting.pop()
        for key in _used(parts[place], vocabulary):
            before = (other for other in reversed(range(place)) if key in parts[other].quantities)
            last = next(before, None)
            if last is not None and last not in needed:
                needed.add(last)
                waiting.append(last)
    return sorted(needed)


def _used(part: Segment, vocabulary: Vocabulary) -> set[str]:
    """The keys of what a part writes and does not define."""
    sides = (side for equation in part.equations for side in equation.sides)
    names = {vocabulary.canonical(name) for side in sides for name in written_names(side)}
    return names - part.quantities.keys()


def _is_told_below(position: int, parts: Sequence[Segment], vocabulary: Vocabulary) -> bool:
    """Whether what a part takes as given is only defined by a later one, which may mean something else."""
    above = set().union(*(part.quantities.keys() for part in parts[:position]))
    below = set().union(*(part.quantities.keys() for part in parts[position + 1 :]))
    return bool((_used(parts[position], vocabulary) - above) & below)


def _has_problem(part: Segment, above: Sequence[Segment] = ()) -> bool:
    """Whether a part has a loss, or defines all that it differentiates, with those that it takes up."""
    listed = [own for each in (*above, part) for own in (*each.quantities.values(), *each.functions.values())]
    targets = differentiated_targets(part.equations) | _behind_nablas(part.equations) | _primed(part)
    return bool(part.losses) or (bool(targets) and targets <= {d.name.base for own in listed for d in own})


def has_another_loss(part: Segment, parts: Sequence[Segment]) -> bool:
    """Whether what a part derives by its own quantities is defined elsewhere, and made of none of them.

    Among the other parts each such gradient would be zero, and what is said of it empty.
    """
    forward = [d for own in part.quantities.values() for d in own if not derives(d.right)]
    own = {definition.name.base for definition in forward}
    targets = set(_derived_by(own, part.equations)) - own
    made_of: dict[str, set[str]] = {}
    for definition in (d for other in parts for listed in other.quantities.values() for d in listed):
        if not derives(definition.right):
            inside = {name.base for name in written_names(definition.right)}
            made_of.setdefault(definition.name.base, set()).update(inside)
    reached, new = set(targets), set(targets)
    while new:
        new = set().union(*(made_of.get(base, ()) for base in new)) - reached
        reached |= new
    return bool(targets) and targets <= made_of.keys() and not reached & own


def _loss_is_open(part: Segment, parts: Sequence[Segment]) -> bool:
    """Whether a part defines something, and derives a loss by a letter that no part defines.

    Among parts with a loss under another letter this is taken for that one, which may be of something else.
    """
    defined = {d.name.base for other in parts for own in other.quantities.values() for d in own}
    return bool(part.quantities) and bool(differentiated_targets(part.equations) & LOSS_BASES - defined)


def _holds_for_any_loss(part: Segment, vocabulary: Vocabulary) -> bool:
    """Whether a part says how gradients pass through what it defines, and never what they are behind it."""
    own = part.quantities.keys()
    bases = {definition.name.base for listed in part.quantities.values() for definition in listed}
    passed = [not own.isdisjoint(passed_back(equation, vocabulary)) for equation in part.equations]
    targets = [differentiated_targets([equation]) - bases for equation in part.equations]
    return any(passed) and all(does or not of for does, of in zip(passed, targets, strict=True))


def _derived_by(variables: Container[str], equations: Sequence[Equation]) -> Iterator[str]:
    """The base letters of what some equations derive by one of some letters."""
    quotients = (q for e in equations for side in e.sides for q in quotients_in(side))
    for quotient in quotients:
        names = [read_name(variable) for variable in quotient.variables]
        target = read_name(quotient.target) if quotient.target is not None else None
        if target is not None and any(name is not None and name.base in variables for name in names):
            yield target.base


def _states_identities(part: Segment, parts: Sequence[Segment]) -> bool:
    """Whether a part defines nothing, and holds no name that another defines: `(A B)^T = B^T A^T` for any."""
    defined = {d.name.base for other in parts for own in other.quantities.values() for d in own}
    written = {n.base for e in part.equations for side in e.sides for n in written_names(side)}
    return not part.quantities and not part.functions and written.isdisjoint(defined)


def _behind_nablas(equations: Sequence[Equation]) -> set[str]:
    """The base letters of what `\\nabla f` is the gradient of."""
    products = (n for e in equations for side in e.sides for n in of_kind(side, Product))
    pairs = (pair for product in products for pair in pairwise(product.factors))
    names = (read_name(target) for sign, target in pairs if base_text(_below(sign)) == "nabla")
    return {name.base for name in names if name is not None}


def _primed(part: Segment) -> set[str]:
    """The base letters of the values that bear a prime and are defined here: `u'` beside `u = 2x + 1`."""
    written = (n for e in part.equations for side in e.sides for n in of_kind(side, Scripted) if n.primes)
    values = {definition.name.base for own in part.quantities.values() for definition in own}
    return {name.base for name in map(read_name, written) if name is not None} & values


def _below(sign: Node) -> Node:
    return sign.base if isinstance(sign, Scripted) else sign


def _accepts_components(problem: Problem, vocabulary: Vocabulary) -> bool:
    """Whether everything may be a number: nothing is declared to be more, or the author says so."""
    return "component" in problem.conventions or all(s == SCALAR for s in vocabulary.shapes.values())
