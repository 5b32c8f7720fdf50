"""One hypothesis about a case: which of its names mean what, and whether it is written per component.

Where a document leaves a choice (two definitions of the output, matrices or single units, which case
of the assignment a part belongs to), the hypothesis under which most of its lines are right is taken
for the whole case, never line by line. The choices are tried one after another, each against the best
so far; a choice that changes nothing is not made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from gradcheck.budget import Budget
from gradcheck.checking.hearing.overview import Overview
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.scope import Scope
from gradcheck.expr.meaning.unnamed_loss import UNNAMED, Part, outputs
from gradcheck.expr.written.definitions import Definition, written_names
from gradcheck.expr.written.function_names import FUNCTION_LETTERS
from gradcheck.expr.written.names import Name, read_name
from gradcheck.expr.written.quotients import tells_derivative
from gradcheck.expr.written.vocabulary import LOSS_BASES, Vocabulary, is_loss_name
from gradcheck.notation.remembered import once_a_node
from gradcheck.notation.scripts import split_superscript
from gradcheck.notation.statements import Equation
from gradcheck.notation.tree import (
    BigOperator,
    Call,
    Group,
    Matrix,
    Node,
    Product,
    Relational,
    Scripted,
)
from gradcheck.notation.walk import letters_in, of_kind
from gradcheck.records import dataclass, field, replace
from gradcheck.restating.passages.segments import (
    Candidates,
    Segment,
    is_bare,
)


@dataclass(frozen=True)
class Hypothesis:
    """The choices: the assignment's case, component notation, a definition where there are several."""

    case: str = ""
    component: bool = False
    chosen: Mapping[str, int] = field(default_factory=dict)

    def choosing(self, key: str, position: int) -> Hypothesis:
        """The same hypothesis with another definition of one name."""
        return replace(self, chosen={**self.chosen, key: position})


@dataclass(frozen=True)
class Surroundings:
    """What a case can see besides its own equations.

    vocabulary   declared names
    before       candidates of earlier parts, the latest first; after: of later ones
    shared       those of `before` that do not stand under the heading of another case
    cases        the assignment's cases by heading; common: what it shares
    overview     what all equations of the document show together
    budget       the time that the document has
    unread       the pieces of its mathematics that could not be read
    per_sample   the gradients that the parts above give per sample, of the loss that this one goes on with
    asked        the sides of what the parts above ask for
    """

    vocabulary: Vocabulary
    before: Candidates
    shared: Candidates
    after: Candidates
    functions: Candidates
    cases: Mapping[str, Segment]
    common: Segment
    overview: Overview
    domains: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    previous_loss: str | None = None
    accepts_components: bool = True
    budget: Budget = field(default_factory=Budget)
    unread: Sequence[str] = ()
    per_sample: Mapping[Expr, str] = field(default_factory=dict)
    asked: Sequence[tuple[Expr, Expr]] = ()

    def candidates(self, segment: Segment, hypothesis: Hypothesis) -> Candidates:
        """Every name's possible definitions, the preferred one first."""
        found: Candidates = {}
        for key, ordered in self._ordered(segment, hypothesis.case).items():
            position = hypothesis.chosen.get(key, 0)
            preferred = ordered[position : position + 1]
            found[key] = [*preferred, *(d for d in ordered if d not in preferred)] if position else [*ordered]
        return found

    @cached_property
    def _known(self) -> dict[tuple[int, str], tuple[Segment, Candidates]]:
        """What was found for segments, each kept beside it: no other one takes its place in memory."""
        return {}

    def _ordered(self, segment: Segment, name: str) -> Candidates:
        """Every name's possible definitions in a case, the likeliest first, whatever is chosen."""
        known = self._known.get((id(segment), name))
        if known is None:
            known = self._known[id(segment), name] = segment, self._in_order(segment, self.cases.get(name))
        return known[1]

    def _in_order(self, segment: Segment, case: Segment | None) -> Candidates:
        sources = [
            segment.quantities,
            {key: items for key, items in self.shared.items() if any(is_loss_name(d.name) for d in items)},
            case.quantities if case else {},
            self.before,
            self.common.quantities,
            self.after,
        ]
        found: Candidates = {}
        for key in dict.fromkeys(key for source in sources for key in source):
            listed = [s[key] for s in sources if key in s]
            together = [
                d for items in listed for d in (sorted(items, key=_rank) if len(items) > 1 else items)
            ]
            found[key] = _each_once(together)
        return found

    def written(self, segment: Segment) -> frozenset[str]:
        """The keys defined so far: the document's loss is neither the assignment's nor a later one."""
        return frozenset(segment.quantities) | frozenset(self.before)

    def part(self, segment: Segment) -> Part:
        """The keys that a part defines and names, and those before it."""
        known = self._parts.get(id(segment))
        if known is None:
            known = self._parts[id(segment)] = segment, self._part_of(segment)
        return known[1]

    @cached_property
    def _parts(self) -> dict[int, tuple[Segment, Part]]:
        """What was found for segments, each kept beside it."""
        return {}

    def _part_of(self, segment: Segment) -> Part:
        names = (n.differentiated or n for e in segment.equations for s in e.sides for n in written_names(s))
        named = frozenset(map(self.vocabulary.canonical, names))
        return Part(frozenset(segment.quantities), named, frozenset(self.before))

    def function_candidates(self, segment: Segment, hypothesis: Hypothesis) -> dict[str, Definition]:
        """Every function's definition, by written name; another name for it goes before a formula."""
        case = self.cases.get(hypothesis.case)
        sources = [segment.functions, self.functions, case.functions if case else {}, self.common.functions]
        found: dict[str, Definition] = {}
        for source in sources:
            for key, items in source.items():
                if source is segment.functions or key not in segment.quantities:
                    found.setdefault(key, min(items, key=lambda d: d.parameter is not None))
        return found


def _each_once(together: list[Definition]) -> list[Definition]:
    """Without repetitions; to compare definitions is to compare trees, so one alone is left as it is."""
    return list(dict.fromkeys(together)) if len(together) > 1 else together


def _rank(definition: Definition) -> int:
    """What a name means comes before formulas for it, these before other names, and all before its square."""
    if definition.is_root:
        return 3
    return 0 if tells_derivative(definition.right) else 2 if is_bare(definition.right) else 1


def make_scope(segment: Segment, around: Surroundings, hypothesis: Hypothesis) -> Scope:
    """The scope of a case under a hypothesis."""
    vocabulary = around.vocabulary
    case = around.cases.get(hypothesis.case)
    own = [*segment.losses, *([around.previous_loss] if around.previous_loss else [])]
    losses = own or (case.losses if case else []) or around.common.losses
    losses = [key for key in losses if key not in vocabulary.no_losses]
    candidates = around.candidates(segment, hypothesis)
    candidates = {
        key: items
        for key, items in candidates.items()
        if not own or key not in LOSS_BASES or key in around.written(segment)
    }
    quantities = _with_aliases_reversed(candidates, vocabulary)
    part = around.part(segment)
    seen = part.own | part.named | part.before
    says_loss = bool(losses) or any(
        is_loss_name(d.name) for key, items in quantities.items() if key in seen for d in items
    )
    unnamed = None if says_loss else around.overview.unnamed_losses
    return Scope(
        vocabulary,
        quantities,
        around.function_candidates(segment, hypothesis),
        component=hypothesis.component,
        sampled=sums_samples(segment.equations),
        parameters=_parameters(around.overview.variables, quantities, vocabulary),
        loss_key=losses[0] if losses else None if unnamed is None else UNNAMED,
        losses=LOSS_BASES if unnamed is None else unnamed,
        outputs=_outputs(quantities, around, part, unnamed),
        count_letters=around.overview.count_letters,
        sine_is_sigmoid=around.overview.sine_is_sigmoid,
        usage=around.overview.usage,
        scalar_letters=around.overview.scalar_letters,
        written=around.overview.spellings,
    )


def _outputs(
    quantities: Candidates, around: Surroundings, part: Part, unnamed: frozenset[str] | None
) -> tuple[str, ...]:
    """What a loss that nobody defines is of; a letter that may be that loss's own name is none of it."""
    if unnamed is None:
        return ()
    ends = outputs(quantities, around.vocabulary, part, around.overview.derived)
    return tuple(key for key in ends if key not in unnamed)


def _with_aliases_reversed(candidates: Candidates, vocabulary: Vocabulary) -> Candidates:
    """`a = b` between bare names also says what b is, where nothing else does."""
    found = dict(candidates)
    for items in candidates.values():
        for definition in items:
            if not is_bare(definition.right):
                continue
            other = read_name(definition.right)
            assert other is not None, "a bare right side is a name"
            key = vocabulary.canonical(other)
            if key not in candidates and key not in vocabulary.shapes:
                left = _as_node(definition.name)
                if left is not None:
                    found.setdefault(key, []).append(Definition(other, left, definition.place))
    return found


def _as_node(name: Name) -> Node | None:
    """A name written out again, to stand on a right side."""
    from gradcheck.notation.parser import parse_one

    text = name.key if name.sample is None else f"{name.key}^{{({name.sample})}}"
    if name.sample is not None and name.layer is not None:
        text = name.key.replace(f"^{{[{name.layer}]}}", f"^{{[{name.layer}]({name.sample})}}")
    return parse_one(text)


def _parameters(variables: Sequence[Name], quantities: Candidates, vocabulary: Vocabulary) -> frozenset[str]:
    """What is differentiated by and never defined: the parameters, which are the same for all samples."""
    return frozenset(key for name in variables if (key := vocabulary.canonical(name)) not in quantities)


OF_MATRICES = frozenset(("tr", "Tr", "trace", "det", "logdet", "diag", "vec"))


def sums_samples(equations: Iterable[Equation]) -> bool:
    """Whether a Σ occurs in some equations."""
    return any(_holds_sum(side) for e in equations for side in e.sides)


@once_a_node
def _holds_sum(node: Node) -> bool:
    return any(inner.kind == "sum" for inner in of_kind(node, BigOperator))


def matrix_marks(equations: Sequence[Equation]) -> float:
    """The share of links that hold a transpose, a ⊙, a matrix or an axis: signs of matrix notation."""
    links = [(equation.head, link.right) for equation in equations for link in equation.links]
    return sum(any(map(_has_matrix_mark, sides)) for sides in links) / max(1, len(links))


@once_a_node
def _has_matrix_mark(node: Node) -> bool:
    groups = (item for group in of_kind(node, Group) for item in group.items)
    operators = (operator for product in of_kind(node, Product) for operator in product.operators)
    return (
        bool(of_kind(node, Matrix) or letters_in(node) & OF_MATRICES)
        or any(operator.kind in ("odot", "otimes") for operator in operators)
        or any(isinstance(item, Relational) for item in groups)
        or any(map(_is_matrix, of_kind(node, Scripted)))
    )


def _is_matrix(node: Scripted) -> bool:
    """Whether scripts tell a transpose, or a size."""
    name = read_name(node)
    if name is not None and (name.transpose or name.size is not None):
        return True
    return node.sup is not None and split_superscript(node.sup).transpose


def alternatives(segment: Segment, candidates: Candidates) -> list[tuple[str, int]]:
    """The names whose definition is a choice, with the position of each other choice.

    A case's own formulas are alternatives to each other; so is any other formula to one that applies a
    function letter without a layer, since `g(z_2)` may mean another g than `g(z_1)`. What is told of the
    logarithm of a name with a formula of its own is no choice: it claims something. `y = v` with a formula
    for v is one beside a formula for y: the last line of a trace, by whose steps is derived.
    """
    found: list[tuple[str, int]] = []
    for key, items in candidates.items():
        if items and tells_derivative(items[0].right):
            continue
        own = [d for d in segment.quantities.get(key, []) if not is_bare(d.right) or _has_formula(d, segment)]
        several = len({repr_of(d) for d in own}) > 1
        generic = bool(own) and _applies_bare_letter(own[0].right)
        for position, other in enumerate(items[1:], 1):
            if _is_of_logarithm(other) and not _is_of_logarithm(items[0]):
                continue
            if (several and other in own) or (generic and other not in own):
                found.append((key, position))
    return found


def _has_formula(definition: Definition, segment: Segment) -> bool:
    """Whether the name that a definition gives has a formula in the same case."""
    other = read_name(definition.right)
    told = [] if other is None else segment.quantities.get(other.key, [])
    return any(not is_bare(each.right) for each in told)


def _is_of_logarithm(definition: Definition) -> bool:
    """Whether a definition is that of a name's logarithm: its exponential stands nowhere in the text."""
    right = definition.right
    return isinstance(right, Call) and right.function.span == right.span


def repr_of(definition: Definition) -> str:
    """A definition's right side as text, to compare."""
    from gradcheck.notation.printer import latex

    return latex(definition.right)


def _applies_bare_letter(node: Node) -> bool:
    return any(
        name.base in FUNCTION_LETTERS - {"\\sigma"} and name.layer is None for name in written_names(node)
    )
