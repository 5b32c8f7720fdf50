r"""Quantities of which chain rules alone tell what they depend on: `dy/dx = dy/du du/dx`, and no more.

Who writes the rule down says that y is some function of u, and u one of x. So each letter that stands
nowhere but in such rules, and is derived there by what comes next, is an open function of that; a loss stays
what it is. Rules that do not agree on the ways between two letters tell nothing together: then those below
one heading are read by themselves, and where these do not agree either, nothing is told. Where neither end of
the ways stands anywhere else, a rule speaks of letters of its own: between these, x is no x of other lines.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import pairwise

from gradcheck.expr.written.definitions import unboxed, written_names
from gradcheck.expr.written.names import PLACEHOLDER, Name, read_name
from gradcheck.expr.written.quotients import quotients_in, read_quotient
from gradcheck.expr.written.vocabulary import is_loss_name
from gradcheck.notation.statements import Equation, Heading, Statement, formulas, rewritten
from gradcheck.notation.tree import Group, Node, Operator, Product, Relation, Sum, Symbol
from gradcheck.notation.walk import letters_in, rebuilt
from gradcheck.records import dataclass, replace
from gradcheck.restating.functions.own_arguments import OPEN_FUNCTIONS

MOST = 8  # letters on the ways of one document: ways are followed one by one

Way = tuple[str, ...]
Graph = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Rules:
    """An equation whose right sides are sums of products of derivatives, and nothing else.

    sums    for each of these the ways that it takes; none where one product does not lead from end to end
    nodes   key → the letter as it is written
    """

    equation: Equation
    sums: tuple[frozenset[Way], ...]
    nodes: Mapping[str, Node]


def with_chains_told(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with such letters told before the first rule that holds them; themselves without any."""
    found = {id(item): rules for item in body if isinstance(item, Equation) and (rules := _rules(item))}
    if not any(rules.sums for rules in found.values()):
        return body
    others = (item for item in body if isinstance(item, Equation) and id(item) not in found)
    elsewhere = {name.base for equation in others for side in equation.sides for name in _names(side)}
    letters = frozenset().union(*(letters_in(node) for item in body for node in formulas(item)))
    free = [letter for each in OPEN_FUNCTIONS if (letter := each.removeprefix("\\")) not in letters]
    made: dict[int, list[Equation]] = {}
    for together, graph in _agreeing(body, found):
        own = _of_their_own(together, graph, elsewhere)
        nodes = {key: own.get(key, node) for rules in together for key, node in rules.nodes.items()}
        told = [key for key in graph if key in own or _is_open(nodes[key], elsewhere)]
        if not told or len(told) > len(free):
            continue
        made |= {id(rules.equation): [_with_own(rules.equation, own)] for rules in together}
        first = together[0].equation
        made[id(first)][:0] = [
            _definition(first, nodes[key], free.pop(0), [nodes[each] for each in graph[key]]) for key in told
        ]
    return [each for item in body for each in made.get(id(item), (item,))]


def _of_their_own(together: Sequence[Rules], graph: Graph, elsewhere: Container[str]) -> Mapping[str, Node]:
    """Key → what is written for a letter of rules that is something else in other lines."""
    nodes = {key: node for rules in together for key, node in rules.nodes.items()}
    below = {key for after in graph.values() for key in after}
    ends = [key for key in {*graph, *below} if key not in graph or key not in below]
    others = [key for key in nodes if key not in ends and _base(nodes[key]) in elsewhere]
    if any(_base(nodes[key]) in elsewhere for key in ends):
        return {}
    letters = {key: node for key in others if isinstance(node := nodes[key], Symbol) and not node.style}
    if len(letters) < len(others):
        return {}
    return {key: replace(node, name=f"{node.name}{PLACEHOLDER}") for key, node in letters.items()}


def _with_own(equation: Equation, own: Mapping[str, Node]) -> Equation:
    def change(node: Symbol) -> Node:
        letter = own.get(_base(node))
        return node if letter is None or node.style else replace(letter, span=node.span)

    return rewritten(equation, lambda side: rebuilt(side, Symbol, change)) if own else equation


def _rules(equation: Equation) -> Rules | None:
    """The chains of an equation that holds nothing else; None of any other."""
    nodes: dict[str, Node] = {}
    head = _step(equation.head, nodes)
    if head is None:
        return None
    sums: list[frozenset[Way]] = []
    for link in equation.links:
        side = unboxed(link.right)
        terms = [unboxed(term.body) for term in side.terms] if isinstance(side, Sum) else [side]
        products = [
            [_step(factor, nodes) for factor in term.factors] for term in terms if isinstance(term, Product)
        ]
        if len(products) < len(terms) or any(None in steps for steps in products):
            return None
        ways = [_way(head, [step for step in steps if step is not None]) for steps in products]
        sums.append(frozenset(ways) if all(ways) else frozenset())
    return Rules(equation, tuple(filter(None, sums)), nodes) if sums else None


def _step(node: Node, nodes: dict[str, Node]) -> tuple[str, str] | None:
    """What is derived and by what, where both are names without marks."""
    quotient = read_quotient(unboxed(node))
    if quotient is None or quotient.target is None or len(quotient.variables) != 1:
        return None
    (variable,) = quotient.variables
    above, below = read_name(quotient.target), read_name(variable)
    if above is None or below is None or above.key == below.key:
        return None
    nodes |= {above.key: quotient.target, below.key: variable}
    return above.key, below.key


def _way(head: tuple[str, str], steps: Sequence[tuple[str, str]]) -> Way:
    """The letters from one end of a product of derivatives to the other, whatever their order."""
    follow = dict(steps)
    way = [head[0]]
    while way[-1] != head[1] and way[-1] in follow and len(way) <= len(steps):
        way.append(follow[way[-1]])
    return (*way,) if way[-1] == head[1] and len(way) == len(steps) + 1 > 2 else ()


def _agreeing(
    body: Sequence[Statement], found: Mapping[int, Rules]
) -> Iterator[tuple[Sequence[Rules], Graph]]:
    """The rules with letters in common that agree on what depends on what: all, or those below a heading."""
    for together in _connected([rules for rules in found.values() if rules.sums]):
        if (graph := _graph(together)) is not None:
            yield together, graph
            continue
        below: list[list[Rules]] = [[]]
        for item in body:
            if isinstance(item, Heading):
                below.append([])
            elif isinstance(item, Equation) and (rules := found.get(id(item))) in together:
                below[-1].append(rules)
        for some in below:
            if some and (graph := _graph(some)) is not None:
                yield some, graph


def _connected(listed: Sequence[Rules]) -> list[list[Rules]]:
    """The rules in groups that have no letter in common."""
    groups: list[list[Rules]] = []
    for rules in listed:
        near = [g for g in groups if any(rules.nodes.keys() & other.nodes.keys() for other in g)]
        groups = [*(g for g in groups if g not in near), [*(each for g in near for each in g), rules]]
    return groups


def _graph(together: Sequence[Rules]) -> Graph | None:
    """What each letter depends on at once; None where one rule leaves out a way that another takes."""
    sums = [ways for rules in together for ways in rules.sums]
    graph: dict[str, list[str]] = {}
    for above, below in sorted({step for ways in sums for way in ways for step in pairwise(way)}):
        graph.setdefault(above, []).append(below)
    if len(graph) > MOST:
        return None
    direct = {
        above: [each for each in below if not any(_between(graph, other, each) for other in below)]
        for above, below in graph.items()
    }
    for ways in sums:
        start, *_, end = next(iter(ways))
        for whole in _between(direct, start, end):
            if sum(_is_along(way, whole) for way in ways) != 1:
                return None
    return direct


def _between(graph: Graph, start: str, end: str, been: Way = ()) -> list[Way]:
    """The ways from one letter to another, which is not the first; none of them passes a letter twice."""
    found: list[Way] = []
    for after in graph.get(start, ()):
        if after == end:
            found.append((*been, start, end))
        elif after not in (*been, start):
            found += _between(graph, after, end, (*been, start))
    return found


def _is_along(way: Way, whole: Way) -> bool:
    """Whether a way stops at letters of a longer one only."""
    left = iter(whole)
    return all(key in left for key in way)


def _names(side: Node) -> Iterator[Name]:
    """The names of a formula, and those that it derives or derives by."""
    yield from written_names(side)
    for quotient in quotients_in(side):
        for node in (quotient.target, *quotient.variables):
            yield from () if node is None else written_names(node)


def _is_open(node: Node, elsewhere: set[str]) -> bool:
    """Whether a letter of a rule is one that nothing else speaks of."""
    name = read_name(node)
    return (
        name is not None
        and name.base not in elsewhere
        and not is_loss_name(name)
        and name.is_plain
        and not name.is_indexed
        and name.layer is None
        and name.sample is None
    )


def _base(node: Node) -> str:
    name = read_name(node)
    return "" if name is None else name.base


def _definition(equation: Equation, letter: Node, function: str, arguments: Sequence[Node]) -> Equation:
    """`u = \\psi(x)`, which no line writes: its link has the number of none."""
    span = letter.span
    commas = (",",) * (len(arguments) - 1)
    held = Group(span, "(", ")", tuple(replace(each, span=span) for each in arguments), commas)
    value = Product(span, (Symbol(span, function), held), (Operator(span, ""),))
    link = replace(equation.links[0], number=0, left=letter, right=value, relation=Relation(span, "="))
    return replace(equation, head=letter, links=(link,), connective="", context=(), tag=None)
