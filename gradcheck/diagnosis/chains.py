"""Lines that are nothing but chains of partial derivatives, and where such a chain is broken.

Each factor takes up what stands below in another, in whatever order they are written; where the variable
reaches the target on several paths, each has to be there. Names are compared as they are written: a chain
may be right in value by chance, and what a reader needs to hear is which link is missing. A chain through
one entry, `∂L/∂a_i ∂a_i/∂z_i`, leaves out the paths through all others where each rests on the variable.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from gradcheck.diagnosis.partials import Partial, Place, read_partial
from gradcheck.diagnosis.readable import readable
from gradcheck.expr.forms.build import var, variables
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.scope import Scope
from gradcheck.notation.tree import BigOperator, Node, Product, Sum, Wrapped
from gradcheck.notation.walk import of_kind
from gradcheck.records import dataclass

MOST_FACTORS = 12
MOST_PATHS = 64

Chain = Sequence[Partial]


@dataclass(frozen=True, slots=True)
class Broken:
    """What is wrong with a chain: the misconception, and words for it."""

    code: str
    text: str


def broken_chain(head: Node, written: Node, scope: Scope) -> Broken | None:
    """What is wrong with a sum of chains of partials; None if nothing is or it is no such sum.

    head  the derivative that the chains are for
    """
    wanted = read_partial(head, scope)
    chains = [*_chains(written, scope)]
    read = [chain for chain in chains if chain]
    if wanted is None or len(read) < len(chains) or all(len(chain) < 2 for chain in read):
        return None
    faults = (_fault(chain, wanted) for chain in read)
    fault = next((fault for fault in faults if fault), None) or _without_link(read, wanted, scope)
    if fault is not None:
        return Broken("GC311", fault)
    lost = None if of_kind(written, BigOperator) else _lost_sum(read, scope)
    return None if lost is None else Broken("GC307", lost)


def _chains(node: Node, scope: Scope) -> Iterator[list[Partial] | None]:
    """The chains that are added up, None for a term that is no chain."""
    node = _bare(node)
    if isinstance(node, Sum) and read_partial(node, scope) is None:
        for term in node.terms:
            if term.sign == "-":
                yield None
            else:
                yield from _chains(term.body, scope)
        return
    factors = [*_factors(node, scope)]
    partials = [factor for factor in factors if factor is not None]
    yield partials if len(partials) == len(factors) <= MOST_FACTORS else None


def _factors(node: Node, scope: Scope) -> Iterator[Partial | None]:
    """The factors of a product, None for one that is no partial derivative."""
    node = _bare(node)
    found = read_partial(node, scope)
    if found is None and isinstance(node, Product):
        for factor in node.factors:
            yield from _factors(factor, scope)
    else:
        yield found


def _bare(node: Node) -> Node:
    """Without what surrounds a formula; a Σ before a chain adds up one and the same chain."""
    while isinstance(node, (Wrapped, BigOperator)):
        if isinstance(node, BigOperator) and node.kind != "sum":
            return node
        node = node.body
    return node


def _fault(chain: Chain, wanted: Partial) -> str | None:
    """Where a chain does not lead from the target to the variable."""
    left = list(chain)
    here, last = wanted.above, None
    while left:
        following = next((p for p in left if p.above.is_like(here)), None)
        if following is None:
            return _gap(last, left[0], here)
        left.remove(following)
        here, last = following.below, following
    if not here.is_like(wanted.below):
        assert last is not None, "a chain has links"
        return f"the chain ends with {_shown(last)}, and never reaches {_name(wanted.below)}"
    return None


def _gap(last: Partial | None, following: Partial, here: Place) -> str:
    if last is None:
        return f"the chain begins with {_shown(following)}, where something by {_name(here)} belongs"
    missing = _shown(Partial(here, following.above))
    return f"the chain breaks: after {_shown(last)} comes {_shown(following)}, and {missing} is missing"


def _without_link(chains: Sequence[Chain], wanted: Partial, scope: Scope) -> str | None:
    """A factor that is zero, or a path that no chain takes; entries of quantities are not followed."""
    known = {*scope.program, *(key for formula in scope.program.values() for key in variables(formula))}
    places = [place for chain in chains for p in (*chain, wanted) for place in (p.above, p.below)]
    if any(place.marks or place.same not in known for place in places):
        return None
    for partial in (p for chain in chains for p in chain):
        if not _leads(partial, scope.program):
            above, below = _name(partial.above), _name(partial.below)
            return f"{_shown(partial)} is zero: {above} does not depend on {below}"
    taken = [[p.below.same for p in _in_order(chain, wanted)] for chain in chains]
    paths = _paths(wanted.above.same, wanted.below.same, scope.program)
    for path in islice(paths, MOST_PATHS):
        if not any(_is_within(nodes, path) for nodes in taken):
            shown = " → ".join(readable(scope.latex_of(key)) for key in path)
            return f"a path is missing: `{shown}`"
    return None


def _lost_sum(chains: Sequence[Chain], scope: Scope) -> str | None:
    """A link through one entry, where every entry of the quantity rests on the variable's entry."""
    for partial in (p for chain in chains for p in chain):
        above, below = partial.above, partial.below
        if (
            not above.marks
            or above.marks != below.marks
            or not {above.same, below.same} <= scope.shapes.keys()
        ):
            continue
        quantity, variable = (var(place.same, scope.shapes[place.same]) for place in (above, below))
        if not _leads(partial, scope.program) or scope.elementwise(quantity, variable):
            continue
        whole = readable(scope.latex_of(above.same))
        return f"the sum is missing: {_name(below)} reaches every entry of `{whole}`, not only {_name(above)}"
    return None


def _leads(partial: Partial, program: Mapping[str, Expr]) -> bool:
    above, below = partial.above.same, partial.below.same
    return above == below or any(True for _ in _paths(above, below, program))


def _in_order(chain: Chain, wanted: Partial) -> Iterator[Partial]:
    left, here = list(chain), wanted.above
    while left:
        following = next(p for p in left if p.above.is_like(here))
        left.remove(following)
        here = following.below
        yield following


def _is_within(nodes: Sequence[str], path: Sequence[str]) -> bool:
    """Whether the nodes stand in the path in their order."""
    rest = iter(path)
    return all(node in rest for node in nodes)


def _paths(start: str, end: str, program: Mapping[str, Expr]) -> Iterator[tuple[str, ...]]:
    """The ways from a quantity through the definitions down to another."""
    reaching = _reaching(end, program)
    waiting: list[tuple[str, ...]] = [(start,)]
    while waiting:
        path = waiting.pop()
        if path[-1] == end:
            yield path
        elif path[-1] in program:
            below = sorted(variables(program[path[-1]]) & reaching)
            waiting += [(*path, key) for key in below if key not in path]


def _reaching(end: str, program: Mapping[str, Expr]) -> frozenset[str]:
    """The quantities that depend on one, itself with them."""
    above: dict[str, set[str]] = {}
    for key, formula in program.items():
        for below in variables(formula):
            above.setdefault(below, set()).add(key)
    found, waiting = {end}, [end]
    while waiting:
        more = above.get(waiting.pop(), set()) - found
        found |= more
        waiting += more
    return frozenset(found)


def _shown(partial: Partial) -> str:
    return f"`∂{readable(partial.above.text)}/∂{readable(partial.below.text)}`"


def _name(place: Place) -> str:
    return f"`{readable(place.text)}`"
