"""A document in cases: runs of equations in which every name has one meaning.

A heading opens a scope; the same heading further down, below the same ones, goes on with it. Within a scope,
a name that is defined again after gradients have been derived starts a new case. Two definitions with no
derivation between them are alternatives (`a_2` the identity for regression, the sigmoid for classification);
which one a case means is left to the hypotheses.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from gradcheck.expr.written.definitions import Definition, definitions, read_applied, unboxed, written_names
from gradcheck.expr.written.functions import BUILTIN
from gradcheck.expr.written.indices import names_within
from gradcheck.expr.written.names import Name, base_text, read_name
from gradcheck.expr.written.quotients import derives, read_quotient, targets_in, variables_in
from gradcheck.expr.written.vocabulary import Vocabulary, is_loss_name
from gradcheck.notation.printer import latex
from gradcheck.notation.remembered import once_a_node
from gradcheck.notation.statements import CASE, LISTED, NUMBERS, Equation, Heading, Statement
from gradcheck.notation.tree import Call, Group, Node, Product, Wrapped
from gradcheck.notation.walk import of_kind
from gradcheck.records import dataclass, field
from gradcheck.restating.passages.put_in import losses_told, put_in
from gradcheck.restating.passages.taken_anew import is_another_rule, taken_anew

Candidates = dict[str, list[Definition]]


@dataclass
class Segment:
    """One case: its heading, its equations and what they define, by key in order."""

    heading: str
    equations: list[Equation] = field(default_factory=list)
    quantities: Candidates = field(default_factory=dict)
    functions: Candidates = field(default_factory=dict)
    claims: int = 0

    @property
    def losses(self) -> list[str]:
        """The keys of the losses it defines, the last one first, a cost before a per-sample loss.

        A likelihood that is told by its logarithm comes behind them.
        """
        found = [
            (not d[-1].by_logarithm, d[-1].name.sample is None, d[-1].place, key)
            for key, d in self.quantities.items()
            if is_loss_name(d[-1].name)
        ]
        return [key for *_, key in sorted(found, reverse=True)]


def segments(body: Sequence[Statement], vocabulary: Vocabulary) -> list[Segment]:
    """Split a document's equations into cases."""
    equations = [item for item in body if isinstance(item, Equation)]
    defined = defined_names(equations, vocabulary)
    by_heading: dict[tuple[str, ...], Segment] = {}
    found: list[Segment] = []
    above: tuple[Heading, ...] = ()
    gradients: set[str] = set()
    anew = taken_anew(body, vocabulary)
    for item in body:
        if isinstance(item, Heading):
            above = (*(h for h in above if h.level < item.level), item)
        elif isinstance(item, Equation):
            path = tuple(h.identity for h in above)
            current = by_heading.get(path)
            own = _defined_in(item, vocabulary, defined)
            if current is None or not current.quantities:  # what stands for a gradient is claimed
                own = [d for d in own if derives(d.right) or vocabulary.canonical(d.name) not in gradients]
            gradients |= {vocabulary.canonical(d.name) for d in own if derives(d.right)}
            if current is None or (
                current.claims and (item.number in anew or redefines(own, current, vocabulary))
            ):
                begun = [] if current is None else _begun(current, own, vocabulary, defined)
                current = Segment(above[-1].text.strip() if path else "")
                by_heading[path] = current
                found.append(current)
                for earlier in begun:
                    _take(earlier, _defined_in(earlier, vocabulary, defined), current, vocabulary)
            _take(item, own, current, vocabulary)
    for segment in found:
        _take_put_in(segment, equations, vocabulary)
    return [segment for segment in found if segment.equations]


def _defined_in(equation: Equation, vocabulary: Vocabulary, defined: frozenset[str]) -> list[Definition]:
    return [d for d in definitions([equation]) if not is_gradient_name(d.name, vocabulary, defined)]


def _begun(
    before: Segment, own: list[Definition], vocabulary: Vocabulary, defined: frozenset[str]
) -> list[Equation]:
    """What a case that ends has at its end of the next one, which defines its `own`, taken out of it.

    A forward pass is written before its loss: behind the last derivation, what follows the first name that is
    defined by another formula than in the derivation belongs to the loss that comes, and so does what follows
    the first new name that this loss is made of.
    """
    end = len(before.equations)
    while end and not is_derivation(
        before.equations[end - 1], _defined_in(before.equations[end - 1], vocabulary, defined)
    ):
        end -= 1
    rest = Segment(before.heading)
    begun: list[Equation] = []
    trailing = [d for e in before.equations[end:] for d in _defined_in(e, vocabulary, defined)]
    needed = _made_of(own, trailing, vocabulary)
    for position, equation in enumerate(before.equations):
        told = _defined_in(equation, vocabulary, defined)
        is_new = any(key in needed and key not in rest.quantities for key in _keys(told, vocabulary))
        if begun or (position >= end and (is_new or _defines_otherwise(told, rest, vocabulary))):
            begun.append(equation)
        else:
            _take(equation, told, rest, vocabulary)
    before.equations, before.claims = rest.equations, rest.claims
    before.quantities, before.functions = rest.quantities, rest.functions
    return begun


def _keys(own: Iterable[Definition], vocabulary: Vocabulary) -> Iterator[str]:
    return (vocabulary.canonical(definition.name) for definition in own)


def _made_of(own: list[Definition], known: list[Definition], vocabulary: Vocabulary) -> set[str]:
    """The names that some definitions are made of, through others."""
    found: set[str] = set()
    waiting = list(own)
    while waiting:
        inside = {vocabulary.canonical(name) for name in written_names(waiting.pop().right)} - found
        found |= inside
        waiting += [d for d in known if vocabulary.canonical(d.name) in inside]
    return found


def _defines_otherwise(own: list[Definition], segment: Segment, vocabulary: Vocabulary) -> bool:
    """Whether one of some definitions gives a name another formula than those that it has."""
    for definition in own:
        known = segment.quantities.get(vocabulary.canonical(definition.name), [])
        formulas = {latex(d.right) for d in known if not is_bare(d.right)}
        if formulas and not is_bare(definition.right) and latex(definition.right) not in formulas:
            return True
    return False


def _take_put_in(segment: Segment, equations: Sequence[Equation], vocabulary: Vocabulary) -> None:
    """Definitions that only a step tells, where no definition says what becomes of the variable."""
    found, losses = list(put_in(segment.equations)), list(losses_told(segment.equations))
    if not found and not losses:
        return
    told = {name.base for d in definitions(equations) for name in names_within(d.right)}
    for definition, variable in found:
        key = vocabulary.canonical(definition.name)
        if key not in segment.quantities and variable.base not in told:
            segment.quantities[key] = [definition]
    defined = {vocabulary.canonical(d.name) for d in definitions(equations)}
    for definition in losses:
        key = vocabulary.canonical(definition.name)
        if key not in defined:
            segment.quantities.setdefault(key, [definition])


def _take(equation: Equation, own: list[Definition], into: Segment, vocabulary: Vocabulary) -> None:
    into.equations.append(equation)
    if is_derivation(equation, own):
        into.claims += 1
    for definition in own:
        if definition.is_function:
            into.functions.setdefault(definition.name.without(sample=None).key, []).append(definition)
        else:
            into.quantities.setdefault(vocabulary.canonical(definition.name), []).append(definition)


def chapter_level(body: Iterable[Statement]) -> int | None:
    """The highest level that several headings have; None where no level has two."""
    levels = Counter(item.level for item in body if isinstance(item, Heading))
    return min((level for level, count in levels.items() if count > 1), default=None)


def redefines(own: list[Definition], segment: Segment, vocabulary: Vocabulary) -> bool:
    """Whether an equation starts a new case: another loss, or another function where one was applied.

    The same thing in other words (`g(z)` for `\\sigma(z)`, `1/(1+e^{-z})` for it) is no new case.
    """
    for definition in own:
        if definition.is_function and is_another_rule(definition, segment.functions):
            return True
        if definition.is_function or is_bare(definition.right):
            continue
        known = segment.quantities.get(vocabulary.canonical(definition.name), [])
        if is_loss_name(definition.name):
            formulas = {latex(d.right) for d in known if not is_bare(d.right)}
            if (formulas or segment.losses) and latex(definition.right) not in formulas:
                return True
            continue
        here = applied_builtin(definition.right)
        before = {op for d in known if (op := applied_builtin(d.right)) is not None}
        if here is not None and before and here not in before:
            return True
    return False


def applied_builtin(node: Node) -> str | None:
    """The known function that a right side applies to something, and nothing more."""
    applied = read_applied(node)
    name = applied.function if applied is not None else None
    if isinstance(node, Call):
        name = read_name(node.function)
    builtin = BUILTIN.get(name.base) if name is not None else None
    return builtin.op if builtin is not None else None


def is_bare(node: Node) -> bool:
    """Whether a right side is only another name."""
    name = read_name(unboxed(node))
    return name is not None and name.is_plain


def is_derivation(equation: Equation, own: list[Definition]) -> bool:
    """Whether an equation derives something, as opposed to defining it."""
    if equation.connective in ("condition", NUMBERS, CASE, LISTED):
        return False
    head = unboxed(equation.head)
    return read_quotient(head) is not None or not own


def defined_names(equations: Iterable[Equation], vocabulary: Vocabulary) -> frozenset[str]:
    """The keys of all names that a document defines, declares or uses: `dV` is the gradient of one."""
    listed = list(equations)
    sides = (side for e in listed for side in e.sides)
    used = {vocabulary.canonical(name) for side in sides for name in _undifferentiated(side)}
    return (
        frozenset(vocabulary.canonical(d.name) for d in definitions(listed))
        | used
        | frozenset(vocabulary.shapes)
    )


@once_a_node
def _undifferentiated(side: Node) -> tuple[Name, ...]:
    """The names of a formula that no `d` is glued to."""
    return tuple(name for name in written_names(side) if name.differentiated is None)


def is_gradient_name(name: Name, vocabulary: Vocabulary, defined: frozenset[str]) -> bool:
    """Whether a name such as `dW^{[2]}` is the gradient of a quantity of the document."""
    inner = name.differentiated
    return inner is not None and vocabulary.canonical(inner) in defined


def differentiated(equations: Iterable[Equation]) -> list[Name]:
    """The variables of all derivative quotients, in order."""
    found: dict[str, Name] = {}
    for side in (side for equation in equations for side in equation.sides):
        for name in variables_in(side):
            found.setdefault(name.key, name)
    return list(found.values())


def differentiated_targets(equations: Iterable[Equation]) -> frozenset[str]:
    """The base letters of what is differentiated by name: `L` of `∂L/∂w`."""
    return frozenset().union(*[_bases_of_targets(side) for equation in equations for side in equation.sides])


@once_a_node
def _bases_of_targets(side: Node) -> frozenset[str]:
    return frozenset(name.base for name in targets_in(side) if name.layer is None)


def writes_cotangents(equations: Sequence[Equation], vocabulary: Vocabulary, defined: frozenset[str]) -> bool:
    """Whether a document writes `dW` for gradients of its loss, and not for differentials.

    A differential goes forward: of `dz = W dx` the z is defined by the x.
    """
    needed: dict[str, set[str]] = {}
    for definition in definitions(equations):
        if definition.name.differentiated is None:
            names = {vocabulary.canonical(name) for name in written_names(definition.right)}
            needed.setdefault(vocabulary.canonical(definition.name), set()).update(names)
    found = False
    for equation in equations:
        head = read_name(unboxed(equation.head))
        if head is None or not is_gradient_name(head, vocabulary, defined):
            continue
        rights = [name for link in equation.links for name in written_names(link.right)]
        carried = [name for name in rights if is_gradient_name(name, vocabulary, defined)]
        inner = {vocabulary.canonical(of) for name in carried if (of := name.differentiated) is not None}
        of = head.differentiated
        if of is not None and inner & needed.get(vocabulary.canonical(of), set()):
            return False
        found = True
    return found


def always_applied(sides: Iterable[Node]) -> frozenset[str]:
    """Bases of names that stand nowhere but before two or more arguments."""
    applied: dict[str, int] = {}
    written: dict[str, int] = {}
    for side in sides:
        for name in written_names(side):
            written[name.base] = written.get(name.base, 0) + 1
        for node in of_kind(side, Product):
            for base in applied_to_several(node):
                applied[base] = applied.get(base, 0) + 1
    return frozenset(base for base, count in applied.items() if count >= written.get(base, 0))


def applied_to_several(node: Product) -> Iterable[str]:
    """The base letters that stand before two or more arguments in a product."""
    for factor, group, operator in zip(node.factors, node.factors[1:], node.operators, strict=False):
        base = base_text(factor)
        if base is not None and operator.kind == "" and takes_several(group):
            yield base


def takes_several(node: Node) -> bool:
    """Whether brackets hold two or more arguments; a bar between them makes a distribution of it."""
    return (
        isinstance(node, Group) and node.open == "(" and len(node.items) > 1 and "mid" not in node.separators
    )


def is_chain_of_partials(node: Node) -> bool:
    """Whether a right side is a product of derivative quotients and nothing else."""
    while isinstance(node, Wrapped):
        node = node.body
    if not isinstance(node, Product):
        return False
    factors = [factor.body if isinstance(factor, Wrapped) else factor for factor in node.factors]
    return len(factors) > 1 and all(_is_partial(factor) for factor in factors)


def _is_partial(node: Node) -> bool:
    while isinstance(node, Wrapped):
        node = node.body
    quotient = read_quotient(node)
    return (quotient is not None and quotient.target is not None) or is_chain_of_partials(node)


def merged(first: Mapping[str, list[Definition]], more: Mapping[str, list[Definition]]) -> Candidates:
    """Candidates by key, those of `first` before those of `more`."""
    found = {key: list(items) for key, items in first.items()}
    for key, items in more.items():
        found.setdefault(key, []).extend(items)
    return found
