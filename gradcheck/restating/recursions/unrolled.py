"""Recursions written out over three steps, so that claims about every step are checked on an instance.

Each equation that carries a step letter becomes one equation for each step at which its marks stay within
the recursion; all instances keep the number and the spans of what was written, and one judgement is made of
them again. Sums and products over steps are written out, and so is the last step's letter. Rejected:
symbolic recursion in the expressions, which every oracle would have to learn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product as cartesian

from gradcheck.expr.written.names import base_text, read_name
from gradcheck.expr.written.vocabulary import in_layer
from gradcheck.notation.parser import parse_one
from gradcheck.notation.scripts import is_transposition
from gradcheck.notation.statements import Equation, Heading, Link, Statement
from gradcheck.notation.tree import (
    BigOperator,
    Group,
    Node,
    Number,
    Operator,
    Product,
    Relational,
    Scripted,
    Sum,
    Symbol,
    Term,
)
from gradcheck.notation.walk import letters_in, mapped, parts
from gradcheck.records import dataclass, field, replace
from gradcheck.restating.passages.segments import chapter_level
from gradcheck.restating.recursions.adjoints import written_out
from gradcheck.restating.recursions.families import Families, Slot, families, is_stepwise
from gradcheck.restating.recursions.labelled import with_joined_apart, with_labels
from gradcheck.restating.recursions.layers import bracketed
from gradcheck.restating.recursions.numbered import numbered
from gradcheck.restating.recursions.numbered_layers import at_numbered_layers
from gradcheck.restating.recursions.returning import begun_at_the_end, told_at_the_end
from gradcheck.restating.recursions.step_numbers import (
    Beyond,
    Steps,
    below,
    bound_letter,
    folded,
    holds,
    number,
    numbers,
)
from gradcheck.restating.recursions.within_reach import within_reach, without_own_formulas
from gradcheck.shapes import Shape
from gradcheck.source import Span

STEPS = 3


@dataclass(frozen=True)
class Unrolled:
    """A document's statements with its recursion written out.

    instances   equation (by identity) → the steps that it was written out for, `t = 2`
    shapes      key → shape, for the members of families of which one shape was given
    members     letters whose numbers below are steps
    """

    body: tuple[Statement, ...]
    instances: dict[int, str] = field(default_factory=dict)
    shapes: dict[str, Shape] = field(default_factory=dict)
    members: frozenset[str] = frozenset()


def unrolled(body: Sequence[Statement], shapes: Mapping[str, Shape]) -> Unrolled:
    """The statements with every recursion written out; themselves where there is none.

    shapes   key → shape as it was given, `h_t` for every member of h
    """
    chapters = list(_chapters(written_out(bracketed(with_labels(with_joined_apart(body), shapes)))))
    own = [families(item for item in chapter if isinstance(item, Equation)) for chapter in chapters]
    known = [found for found in own if found is not None]
    # One recursion is that of the whole document; several stay apart.
    everywhere = families(item for chapter in chapters for item in chapter if isinstance(item, Equation))
    common = known[0] if len(known) == 1 else None
    if common is not None and everywhere is not None and everywhere.letters == common.letters:
        common = everywhere
    whole = Unrolled(())
    for chapter, found in zip(chapters, own, strict=True):
        used = common or found
        part = Unrolled(*at_numbered_layers(chapter)) if used is None else _written_out(chapter, used, shapes)
        whole = Unrolled(
            whole.body + part.body,
            {**whole.instances, **part.instances},
            {**whole.shapes, **part.shapes},
            whole.members | part.members,
        )
    return replace(whole, body=without_own_formulas(whole.body, whole.instances, common)) if common else whole


def with_arrays(
    steps: Unrolled, shapes: Mapping[str, Shape], units: frozenset[str] = frozenset()
) -> Unrolled | None:
    """The statements with the arrays that an index numbers written out; None where there are none.

    units   letters of unit vectors, whose index numbers no arrays
    """
    if steps.instances:
        return None
    arrays = numbered((item for item in steps.body if isinstance(item, Equation)), units)
    return None if arrays is None else _written_out(steps.body, arrays, shapes)


def _written_out(body: Sequence[Statement], found: Families, shapes: Mapping[str, Shape]) -> Unrolled:
    """The statements with one recursion written out."""
    made: list[Statement] = []
    instances: dict[int, str] = {}
    ends = told_at_the_end((item for item in body if isinstance(item, Equation)), found.last)
    writer = Writer(found, ends)
    for item in body:
        if not isinstance(item, Equation) or not is_stepwise(item, found):
            made.append(item)
            continue
        written = list(writer.instances(item))
        made += [equation for equation, _ in written] or [item]
        instances.update((id(equation), steps) for equation, steps in written if steps)
    kept = within_reach(made, instances, found)
    members = found.bases if Slot.BELOW in found.letters.values() else frozenset[str]()
    return Unrolled(tuple(kept), instances, dict(writer.members(shapes)), members)


def _chapters(body: Sequence[Statement]) -> Iterator[list[Statement]]:
    """What stands below each heading of the highest level that has several, and what stands before."""
    level = chapter_level(body)
    part: list[Statement] = []
    for item in body:
        if isinstance(item, Heading) and level is not None and item.level <= level:
            yield part
            part = []
        part.append(item)
    yield part


class Writer:
    """Writes equations out at given steps."""

    def __init__(self, found: Families, ends: frozenset[str]) -> None:
        self.families = found
        self.returning = found.defined - ends
        self.first, self.last = found.first, found.first + STEPS - 1

    def members(self, shapes: Mapping[str, Shape]) -> Iterator[tuple[str, Shape]]:
        """The shapes of the members of each family whose general member has one."""
        for key, shape in shapes.items():
            element = parse_one(key)
            if element is None:
                continue
            for at in self._choices([element]):
                try:
                    member = read_name(self.node(element, at))
                except Beyond:
                    continue
                if at and member is not None:
                    yield in_layer(member).key, shape

    def instances(self, equation: Equation) -> Iterator[tuple[Equation, str]]:
        """The equation at every choice of its free step letters that stays within the recursion."""
        for at in self._choices(equation.sides):
            try:
                written: Equation | None = self._equation(equation, at)
            except Beyond:
                at_end = set(at.values()) == {self.last}
                written = begun_at_the_end(equation, at, self.node, self.returning) if at_end else None
            if written is not None:
                yield written, ", ".join(f"{key} = {step}" for key, step in at.items())

    def _choices(self, sides: Sequence[Node]) -> Iterator[Steps]:
        """Every choice of steps for the letters that some formulas leave open."""
        letters = sorted({letter for side in sides for letter in self._free(side, frozenset())})
        if not set(letters) & set(self.families.letters):
            letters = []
        first = self.first - 1 if self.families.carried else self.first
        for choice in cartesian(range(first, self.last + 1), repeat=len(letters)):
            yield dict(zip(letters, choice, strict=True))

    def _equation(self, equation: Equation, at: Steps) -> Equation:
        head = self.node(equation.head, at)
        if equation.head != head:
            self._within(equation.head, at)
        links: list[Link] = []
        left = head
        for link in equation.links:
            right = self.node(link.right, at)
            links.append(replace(link, left=left, right=right))
            left = right
        return replace(equation, head=head, links=tuple(links))

    def _within(self, head: Node, at: Steps) -> None:
        """What a recursion defines begins at its first step."""
        name = read_name(head)
        if name is None or name.base not in self.families.defined:
            return
        written = read_name(self.node(head, at))
        texts = () if written is None else (*written.sub[:1], written.layer, written.sample)
        first = self.first - 1 if name.base in self.families.begun else self.first
        if any(text is not None and text.isdigit() and int(text) < first for text in texts):
            raise Beyond

    def _free(self, node: Node, bound: frozenset[str]) -> Iterator[str]:
        """The step letters that a formula leaves open: in a step's place, and bound by no Σ."""
        if isinstance(node, BigOperator):
            letter = bound_letter(node)
            for limit in (node.lower, node.upper):
                yield from self._free_below(limit, bound | {letter or ""})
            yield from self._free(node.body, bound | {letter or ""})
            return
        if isinstance(node, Scripted):
            yield from self._free(node.base, bound)
            for script in (node.sub, node.sup):
                yield from self._free_below(script, bound)
            if base_text(node.base) in self.families.defined:
                yield from (x for x in self._other_steps(node) if x not in bound)
            return
        for child in parts(node):
            yield from self._free(child, bound)

    def _free_below(self, script: Node | None, bound: frozenset[str]) -> Iterator[str]:
        """The step letters of a script or a limit."""
        if script is None:
            return
        if isinstance(script, Symbol) and script.name in self.families.letters.keys() - bound:
            yield script.name
        for child in parts(script):
            yield from self._free_below(child, bound)

    def _other_steps(self, node: Scripted) -> Iterator[str]:
        """`k` of `h_k`, where h is defined step by step by another letter."""
        name = read_name(node)
        if name is None:
            return
        slots = set(self.families.letters.values())
        if len(name.sub) == 1 and Slot.BELOW in slots:
            yield from (text for text in name.sub if len(text) == 1 and text.islower())
        if Slot.BRACKETS in slots:
            yield from (mark for mark in (name.layer, name.sample) if mark == "k")

    # --- writing out ----------------------------------------------------------------------------

    def node(self, node: Node, at: Steps) -> Node:
        """A formula at some steps. Raises Beyond where a mark leaves the recursion."""
        match node:
            case Scripted():
                return self._scripted(node, at)
            case BigOperator() if node.kind in ("sum", "prod"):
                return self._big(node, at)
            case Symbol(name=name, style="") if self._is_count(name):
                return Number(node.span, str(STEPS))
            case _:
                return mapped(node, lambda child: self.node(child, at))

    def _is_count(self, name: str) -> bool:
        """Whether a letter on the line is the number of steps; the last layer's may be the loss's."""
        return name in self.families.last and Slot.BELOW in self.families.letters.values()

    def _scripted(self, node: Scripted, at: Steps) -> Node:
        marked = node.sub is not None and isinstance(node.base, Symbol)  # `N_k` is no count, be N one
        base = node.base if marked else self.node(node.base, at)
        sub, sup = self._script(node.sub, at), self._superscript(node, at)
        self._check(node, sub, sup)
        return replace(node, base=base, sub=sub, sup=sup)

    def _superscript(self, node: Scripted, at: Steps) -> Node | None:
        if node.sup is None or is_transposition(node.sup) or not any(map(_is_symbol, below(node.sup))):
            return node.sup  # an inverse is no step before the first
        return self._script(node.sup, at)

    def _script(self, script: Node | None, at: Steps) -> Node | None:
        """A script at some steps, its sums of numbers added up."""
        if script is None:
            return None
        known = {**dict.fromkeys(self.families.last, self.last), **at}

        def put(node: Node) -> Node:
            if isinstance(node, Symbol) and not node.style and node.name in known:
                return Number(node.span, str(known[node.name]))
            if isinstance(node, Product):
                return mapped(node, lambda child: child if is_transposition(child) else put(child))
            return folded(mapped(node, put))

        return put(script)

    def _check(self, node: Scripted, sub: Node | None, sup: Node | None) -> None:
        """Marks of members have to be steps: from the one before the first to the last."""
        base = base_text(node.base)
        if base not in self.families.bases or (sub == node.sub and sup == node.sup):
            return
        before = base in self.families.carried | self.families.begun
        lowest = self.first - 1 if before else self.first
        slots = set(self.families.letters.values())
        scripts = [sub] if Slot.BELOW in slots and sub != node.sub else []
        scripts += [sup] if slots - {Slot.BELOW} and sup != node.sup else []
        for script in scripts:
            for step in numbers(script):
                if not lowest <= step <= self.last:
                    raise Beyond

    def _big(self, node: BigOperator, at: Steps) -> Node:
        """A Σ or Π over steps, term by term."""
        letter = bound_letter(node)
        span = self._range(node, letter, at) if letter is not None else None
        if span is None or letter is None:
            inner = {key: step for key, step in at.items() if key != letter}
            return mapped(node, lambda child: self.node(child, inner))
        start, end = span
        if end < start - 1 or (end < start and len(at) > 1):
            raise Beyond
        chosen = [{**at, letter: step} for step in range(start, end + 1)]
        terms = [self.node(node.body, steps) for steps in chosen if holds(node.lower, steps)]
        return _written(node, terms)

    def _range(self, node: BigOperator, letter: str, at: Steps) -> tuple[int, int] | None:
        """The steps that a Σ runs over, or None where it runs over something else."""
        known = {**dict.fromkeys(self.families.last, self.last), **at}
        steps = letter in self.families.letters
        if node.upper is None or not isinstance(node.lower, Relational):
            return (self.first, self.last) if steps and letter in letters_in(node.body) else None
        start = number(node.lower.operands[-1], known)
        end = number(node.upper, known)
        if end is None and steps and isinstance(node.upper, Scripted):
            end = self.last  # `\sum_{t=1}^{T_x}`: a name in the place of the last step
        steps = steps or any(isinstance(part, Symbol) and part.name in known for part in below(node.upper))
        return (start, end) if start is not None and end is not None and steps else None


def _is_symbol(node: Node) -> bool:
    return isinstance(node, Symbol)


def _written(node: BigOperator, terms: list[Node]) -> Node:
    """The terms of a Σ added up, the factors of a Π multiplied."""
    span = node.span
    if not terms:
        return Number(span, "0" if node.kind == "sum" else "1")
    if node.kind == "sum":
        return Group(span, "(", ")", (Sum(span, tuple(Term(term.span, "+", term) for term in terms)),))
    # A chain of derivatives is written from the last step down.
    factors = tuple(Group(term.span, "(", ")", (term,)) for term in reversed(terms))
    between = tuple(Operator(Span(span.start, span.start), "") for _ in factors[1:])
    return Group(span, "(", ")", (Product(span, factors, between) if between else factors[0],))
