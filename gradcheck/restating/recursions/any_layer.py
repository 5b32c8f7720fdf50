"""Networks told for any layer by index letters alone: `a_j = Σ_i w_{ji} z_i`, `z_j = h(a_j)`.

What is defined by itself through other letters is a recursion over layers: the units i stand one layer below
the units j, and where `w_{kj}` is written, the units k one above. The letters' layers are written out,
`z_i^{[l-1]}` and `w_{kj}^{[l+1]}`, and every claim is then checked as one about any layer. Where a loss says
which letter is the last layer's, the layers are numbered (`gradcheck.restating.recursions.told_layers`).
Where two chapters give the letters layers that contradict each other, each with weighted sums of its own, a
letter counts in its chapter only. Rejected: one set of units with one matrix, in which a unit feeds itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from gradcheck.expr.written.definitions import Definition, definitions
from gradcheck.expr.written.indices import names_within
from gradcheck.expr.written.names import DELTAS, LAYER_MARK, RUNNING_LETTERS, Name, read_name
from gradcheck.expr.written.quotients import derives
from gradcheck.expr.written.vocabulary import is_loss_name
from gradcheck.notation.statements import Equation, Heading, Statement, rewritten
from gradcheck.notation.tree import Group, Node, Number, Operator, Product, Scripted, Sum, Symbol, Term
from gradcheck.notation.walk import mapped
from gradcheck.records import dataclass, field, replace
from gradcheck.restating.recursions.told_layers import Output, in_output, output_of, told_again

STEP_LETTERS = "lstuv"
OUTPUTS = RUNNING_LETTERS | {"o"}  # `o` counts nothing but the outputs


@dataclass(frozen=True)
class Layering:
    """Which layer each index letter stands for, from the one that definitions speak of.

    heights   letter → 0 for the units that are defined, -1 for those that they are made of, ...
    units     bases with one letter that every layer has
    weights   bases with two letters
    cycle     the bases that lead from one layer to the next
    result    the place of the letter that a weight leads to
    step      the letter that counts layers; none where these are numbered from the lowest
    ends      letter → 0 for the units that the loss is told of, -1 for those below, where no weight ties them
              to the others: they are the last, of whatever number
    patterns  the letters in brackets above that mark examples, and no layers
    """

    heights: dict[str, int]
    units: frozenset[str]
    weights: frozenset[str]
    cycle: frozenset[str]
    result: int
    step: str
    ends: dict[str, int] = field(default_factory=dict)
    patterns: frozenset[str] = frozenset()

    def height(self, name: Name) -> int | None:
        """The layer of a name, as steps from the one that definitions speak of; None of what has none."""
        return self._among(name, self.heights)

    def end(self, name: Name) -> int | None:
        """The layer of a name, as steps from the last; None of what has none."""
        return self._among(name, self.ends)

    def _among(self, name: Name, layers: Mapping[str, int]) -> int | None:
        marked = name.layer is not None or (name.sample is not None and name.sample not in self.patterns)
        if marked or not set(name.sub) <= layers.keys():
            return None
        if name.base in self.units and len(name.sub) == 1:
            return layers[name.sub[0]]
        if name.base in self.weights and len(name.sub) == 2 and name.sample is None:
            above, below = layers[name.sub[self.result]], layers[name.sub[1 - self.result]]
            # Letters the other way round, between the same layers: the same weights, whose order is claimed.
            return below if below == above + 1 else above
        return None


def in_layers(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with the layers of their letters written out; themselves where there are none."""
    equations = _equations(body)
    found = _layering(equations)
    if found is None:
        return body
    apart = _chapters(body)
    if _contradict(equations, found) and all(_is_of_its_own(chapter, found) for chapter in apart):
        return [item for chapter in apart for item in _in_layers_of(chapter, _layering(_equations(chapter)))]
    return _in_layers_of(body, found)


def _equations(body: Iterable[Statement]) -> list[Equation]:
    return [item for item in body if isinstance(item, Equation)]


def _chapters(body: Sequence[Statement]) -> list[Sequence[Statement]]:
    """The statements apart at the highest level of headings with equations on both sides of one."""
    for level in sorted({item.level for item in body if isinstance(item, Heading)}):
        ends = [at for at, item in enumerate(body) if isinstance(item, Heading) and item.level <= level]
        found = [body[start:end] for start, end in pairwise((0, *ends, len(body)))]
        if sum(any(_equations(chapter)) for chapter in found) > 1:
            return found
    return [body]


def _contradict(equations: Sequence[Equation], found: Layering) -> bool:
    """Whether the letters of some weights lead elsewhere than to the next layer."""
    return any(
        found.heights[name.sub[found.result]] != found.heights[name.sub[1 - found.result]] + 1
        for name in _weights(equations, found)
    )


def _is_of_its_own(chapter: Sequence[Statement], found: Layering) -> bool:
    """Whether a chapter says what its weights weigh, and its letters do not contradict each other."""
    equations = _equations(chapter)
    forward = [d for d in definitions(equations) if len(d.name.sub) == 1 and not derives(d.right)]
    made = {weight.base for definition in forward for _, weight in _made_of(definition)}
    own = _layering(equations)
    return {name.base for name in _weights(equations, found)} <= made and not (
        own is not None and _contradict(equations, own)
    )


def _weights(equations: Sequence[Equation], found: Layering) -> Iterator[Name]:
    """The weights of a network, with two letters that have layers."""
    for equation in equations:
        for side in equation.sides:
            for name in names_within(side):
                if name.base in found.weights and len(name.sub) == 2 and set(name.sub) <= set(found.heights):
                    yield name


def _in_layers_of(body: Sequence[Statement], found: Layering | None) -> Sequence[Statement]:
    """The statements with the layers that were found written out."""
    if found is None:
        return body
    equations = _equations(body)
    output = output_of(equations, found.heights, found.units)
    if output is not None:
        again = told_again(equations, found.heights, found.cycle)
        body, found = tuple(_up_to(output, body, again)), replace(found, step="")
    return [_written(item, found) if isinstance(item, Equation) else item for item in body]


def _up_to(output: Output, body: Sequence[Statement], more: Iterable[Equation]) -> Iterator[Statement]:
    """The statements of a network that ends at some units, with what every layer does told of each."""
    again: dict[int, list[Equation]] = {}
    for equation in more:
        again.setdefault(equation.number, []).append(equation)
    for item in body:
        if isinstance(item, Equation):
            yield from (in_output(each, output) for each in (item, *again.get(item.number, ())))
        else:
            yield item


def _mark(name: Name) -> tuple[object, object]:
    """What stands in brackets above a name."""
    return name.layer, name.sample


def _layering(equations: Sequence[Equation]) -> Layering | None:
    listed = list(definitions(equations))
    defined = [d for d in listed if len(d.name.sub) == 1]
    forward = [d for d in defined if not derives(d.right)]
    names = [name for e in equations for side in e.sides for name in names_within(side)]
    for definition in forward:
        for below, weight in _made_of(definition):
            cycle = _cycle(definition.name.base, below.base, forward)
            if cycle is None or _mark(below) != _mark(definition.name):  # it is marked as another layer's
                continue
            result = 1 - weight.sub.index(below.sub[0])
            heights = _heights(names, weight, result)
            kinds = {(n.base, n.sub) for n in names if len(n.sub) == 1 and n.sub[0] in heights}
            units = cycle | {b for b, _ in kinds if len({s for base, s in kinds if base == b}) > 1}
            units |= {n.base for d in forward if d.name.base in cycle for n in _beside(d)}
            units |= {d.name.base for d in defined if units & {n.base for n in names_within(d.right)}}
            free = next(s for s in STEP_LETTERS if s not in heights)
            weights = {weight.base, *_like_weights(listed, heights)}
            ends = _ends(listed, names, heights, cycle, weight.base, result)
            parts = frozenset(units), frozenset(weights), cycle, result, free, ends
            return Layering(heights, *parts, frozenset(_patterns(names)))
    return None


def _made_of(definition: Definition) -> Iterator[tuple[Name, Name]]:
    """What a quantity is a weighted sum of, with the weights: `z_i` and `w_{ji}` of `a_j`."""
    own = definition.name.sub[0]
    names = names_within(definition.right)
    for weight in names:
        if len(weight.sub) == 2 and own in weight.sub and set(weight.sub) <= RUNNING_LETTERS:
            other = next((letter for letter in weight.sub if letter != own), None)
            yield from ((name, weight) for name in names if name.sub == (other,))


def _beside(definition: Definition) -> Iterator[Name]:
    """What a unit is made of that has its own letter: the bias `b_j` of `a_j = \\sum_i w_{ji} z_i + b_j`."""
    return (name for name in names_within(definition.right) if name.sub == definition.name.sub)


def _like_weights(listed: Sequence[Definition], heights: Mapping[str, int]) -> Iterator[str]:
    """The bases of what is defined for each weight: `g_{ji} = \\partial E / \\partial w_{ji}`."""
    for definition in listed:
        name = definition.name
        if len(name.sub) == 2 and set(name.sub) <= heights.keys() and name.base not in DELTAS:
            yield name.base


def _cycle(head: str, below: str, forward: Sequence[Definition]) -> frozenset[str] | None:
    """The bases on the way from what is summed back to the sum; None where they do not come back."""
    if head == below:
        return frozenset((head,))
    for definition in forward:
        if definition.name.base == below:
            inner = {n.base for n in names_within(definition.right) if n.sub == definition.name.sub}
            if head in inner:
                return frozenset((head, below))
    return None


def _heights(names: Sequence[Name], weight: Name, result: int) -> dict[str, int]:
    """Each letter's layer, as the letters of the weights lead from one to the next.

    A weight whose letters stand in contradiction to others keeps them: it may be what is wrong.
    """
    same = (n for n in names if n.base == weight.base and len(n.sub) == 2)
    pairs = dict.fromkeys((n.sub[result], n.sub[1 - result]) for n in same)
    heights = {weight.sub[result]: 0, weight.sub[1 - result]: -1}
    for _ in pairs:
        for above, below in pairs:
            if above in heights:
                heights.setdefault(below, heights[above] - 1)
            elif below in heights:
                heights[above] = heights[below] + 1
    return heights


def _patterns(names: Sequence[Name]) -> Iterator[str]:
    """The letters that mark examples above: no weight carries one, and none is shifted."""
    marks = {name.sample for name in names if name.sample is not None}
    if not any(name.sample is not None and len(name.sub) == 2 for name in names):
        yield from (mark for mark in marks if not any(mark in other for other in marks - {mark}))


def _ends(
    listed: Sequence[Definition],
    names: Sequence[Name],
    heights: Mapping[str, int],
    cycle: frozenset[str],
    weight: str,
    result: int,
) -> dict[str, int]:
    """The letters of the last layers: the one that a loss is told of, and those that weights tie to it."""
    losses = [d.right for d in listed if _is_loss(d.name) and not derives(d.right)]
    told = {n.sub for right in losses for n in names_within(right) if n.base in cycle and len(n.sub) == 1}
    if len(told) != 1 or not (last := told.pop()) or last[0] in heights or last[0] not in OUTPUTS:
        return {}
    ends = {last[0]: 0}
    pairs = {(n.sub[result], n.sub[1 - result]) for n in names if n.base == weight and len(n.sub) == 2}
    for above, below in pairs:
        if above in ends and below not in heights:
            ends[below] = ends[above] - 1
    return ends


def _is_loss(name: Name) -> bool:
    """Whether a name is that of a loss, maybe of one of those that it adds up."""
    return is_loss_name(name.without(base=name.base.partition(LAYER_MARK)[0]))


def _written(equation: Equation, found: Layering) -> Equation:
    lowest = min(found.heights.values())

    def change(node: Node) -> Node:
        if isinstance(node, Scripted) and (name := read_name(node)) is not None:
            height, end = found.height(name), found.end(name)
            if height is not None:
                mark = _layer(node, height, found.step) if found.step else _number(node, height - lowest)
                return _marked(node, name, mark)
            if end is not None and found.step:
                return _marked(node, name, _layer(node, end, found.step.upper()))
        return mapped(node, change)

    return rewritten(equation, change)


def _marked(node: Scripted, name: Name, mark: Node) -> Node:
    """A name with its layer, `z_j^{[l]}`; `z_j^{(p)}` of a pattern is `z_j^{[l](p)}`."""
    if name.sample is not None and isinstance(node.sup, Group):
        return replace(node, sup=Product(node.sup.span, (mark, node.sup), (Operator(node.sup.span, ""),)))
    bare = replace(node, sup=mark, primes=0)
    outer = node.sup is not None or node.primes
    return Scripted(node.span, bare, None, node.sup, node.primes) if outer else bare


def _number(node: Node, layer: int) -> Node:
    """`[2]`."""
    return Group(node.span, "[", "]", (Number(node.span, str(layer)),))


def _layer(node: Node, height: int, step: str) -> Node:
    """`[l]`, `[l-1]` or `[l+2]`."""
    letter = Symbol(node.span, step)
    if height == 0:
        return Group(node.span, "[", "]", (letter,))
    number = Number(node.span, str(abs(height)))
    terms = (Term(node.span, "+", letter), Term(node.span, "-" if height < 0 else "+", number))
    return Group(node.span, "[", "]", (Sum(node.span, terms),))
