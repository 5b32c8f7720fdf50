"""Links with their meanings: what stands on each side, and what the link is for.

All formulas of a case are elaborated before anything is computed, since each may bring in quantities
that the program has to hold. A side that cannot be read keeps the reason; nothing is dropped.
"""

from __future__ import annotations

from gradcheck.checking.hearing.restrictions import stated_alone
from gradcheck.expr.forms.reading import Jacobian, MeaningError, Note, Reading
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.inference.index_order import orders, turned, with_order
from gradcheck.expr.meaning.asked import StatedSize
from gradcheck.expr.meaning.elaborate import Elaborator
from gradcheck.expr.meaning.index_ranges import ranges
from gradcheck.expr.meaning.scope import Scope
from gradcheck.expr.written.definitions import (
    NAMES_ITS_RIGHT,
    is_step,
    mentions,
    read_applied,
    unboxed,
    written_names,
)
from gradcheck.expr.written.names import key_of, read_name
from gradcheck.expr.written.quotients import read_quotient
from gradcheck.notation.statements import CASE, LISTED, SOLUTION, Equation, Link
from gradcheck.notation.tree import Node, Number, Product, Sum, Text
from gradcheck.records import dataclass, field
from gradcheck.restating.derivatives.differentials import varied
from gradcheck.restating.passages.segments import is_chain_of_partials, is_gradient_name
from gradcheck.shapes import Shape
from gradcheck.verdict import Role

# Behind these a chain goes on from their right side: of `a \\approx b = c` nothing says that a is c.
LOOSE = {"≈", "≤", "≥", "<", ">", "≪", "≫", "∼", "≻", "⪰", "≺", "⪯"}
UPDATE_SIGNS = {"←", ":=", "+=", "-="}


@dataclass
class Side:
    """The readings of one side: as written, and with transposes and another order supplied where needed."""

    node: Node
    literal: list[Reading] = field(default_factory=list)
    mended: list[Reading] = field(default_factory=list)
    error: MeaningError | None = None
    claims: list[tuple[Reading, Node]] = field(default_factory=list)
    sizes: list[StatedSize] = field(default_factory=list)

    @property
    def all(self) -> list[Reading]:
        """Every reading, the literal ones first."""
        return [*self.literal, *self.mended]


@dataclass
class Claim:
    """One link of a chain with its sides' meanings.

    head        what the link is held against: the chain's head, but behind an update `w ← w - α ∂L/∂w = …`
                the new value, since w itself is the old one there; behind `≈` or `<` what stands on its right
    defines     the key of the quantity that this very link defines
    turned      the head and the right side with the indices of what is derived by exchanged, where they
                stand the other way round than in the definitions
    beheaded    why the chain's head has no meaning, where the link is held against what stands behind it
    stepped     what gets a new value in this link, or in an update that it writes out
    """

    equation: Equation
    link: Link
    head: Side
    left: Side
    right: Side
    role: Role
    defines: str | None = None
    turned: tuple[Side, Side] | None = None
    beheaded: MeaningError | None = None
    stepped: Side | None = None

    @property
    def id(self) -> str:
        """Equation and relation number, `18.3`."""
        return f"{self.equation.number}.{self.link.number}"

    @property
    def from_zero(self) -> bool:
        """Whether it is the first of a chain that begins with what is asked: `0 = ∇_w J = …`."""
        return self.asks_for_zero and self.link.left is self.equation.head

    @property
    def asks_for_zero(self) -> bool:
        """Whether its chain begins with a zero, so that every side is asked to be one."""
        head = self.equation.head
        return isinstance(head, Number) and head.text == "0"

    @property
    def goes_on(self) -> bool:
        """Whether this link writes out an update further, and is not held against the chain's head."""
        return self.head is self.left and self.link.left is not self.equation.head


class Reader:
    """Reads the links of a case in its scope, each side once."""

    def __init__(self, scope: Scope, defined: frozenset[str]) -> None:
        self.scope = scope
        self.defined = defined
        self.orders = orders(d for items in scope.quantities.values() for d in items)
        self._sides: dict[int, Side] = {}  # by identity: to hash a tree costs more than to find it

    def claims(self, equation: Equation) -> list[Claim]:
        """The links of an equation."""
        self.scope.written_sample = sample_letter(equation)
        self.scope.varied = varied(equation)
        self.scope.ranges = ranges(equation, self.scope)
        head = self._head(equation.head)
        found: list[Claim] = []
        beheaded: MeaningError | None = None
        stepped: Side | None = None
        for link in equation.links:
            claim = self._claim(equation, link, head)
            stepped = claim.stepped = claim.left if claim.role is Role.UPDATE else stepped
            if claim.from_zero:
                claim.head, claim.right = claim.right, claim.head
                head = claim.head
            found.append(claim)
            claim.beheaded = beheaded
            if not head.all:
                beheaded = beheaded or head.error
            loose = link.relation.sign in LOOSE or self._names_a_jacobian(claim)
            if claim.role is Role.UPDATE or loose or beheaded is not None:
                head = claim.right
        return found

    def _names_a_jacobian(self, claim: Claim) -> bool:
        """Whether a head, `H = ∂g/∂w = X`, is known by a Jacobian alone, whose layout a name leaves open."""
        told, values = claim.right.literal, [reading.value for reading in claim.head.literal]
        if not told or not values or not all(isinstance(reading.value, Jacobian) for reading in told):
            return False
        is_bare = claim.link.left is claim.equation.head and read_name(unboxed(claim.link.left)) is not None
        return is_bare and all(
            isinstance(v, Expr) and v.op == "var" and v.attr[0] in self.scope.problems for v in values
        )

    def _head(self, node: Node) -> Side:
        """The readings of a chain's head; two names of one thing side by side lost the `=` between them."""
        side = self.side(node)
        # `g(u)` is one thing: reading its g alone would make an input of the function's letter.
        applied = read_applied(node)
        is_one = applied is not None and len(applied.arguments) == 1 and not applied.function.sub
        if isinstance(node, Product) and len(node.factors) == 2 and len(node.operators) == 1 and not is_one:
            first, second = (self.side(factor) for factor in node.factors)
            shared = [r for r in first.literal if any(r.value == s.value for s in second.literal)]
            if shared and isinstance(shared[0].value, Expr) and shared[0].value.op in ("deriv", "pick"):
                note = Note(
                    "noise", "an operator stands where `=` was meant", node.operators[0].span, "GC704"
                )
                side.literal = [r.noted(note) for r in shared]
        return side

    def side(self, node: Node, wanted: frozenset[Shape] = frozenset()) -> Side:
        """The readings of a formula; lenient ones are added where none is literal with a wanted shape."""
        known = self._sides.get(id(node))
        if known is None:
            known = self._read(node)
            self._sides[id(node)] = known
        if wanted and not known.mended and not _has_shape(known.literal, wanted):
            self._mend(known, wanted)
        return known

    def _read(self, node: Node) -> Side:
        side = Side(node)
        if isinstance(node, Text):
            side.error = MeaningError("words stand where a formula is needed", node.span)
            return side
        elaborator = Elaborator(self.scope)
        try:
            side.literal = [reading.told_in(node.span) for reading in elaborator.readings(node)]
            side.claims, side.sizes = elaborator.claims, elaborator.sizes
        except MeaningError as error:
            side.error = error
            self._mend(side, frozenset())
        return side

    def _mend(self, side: Side, wanted: frozenset[Shape]) -> None:
        try:
            found = Elaborator(self.scope, lenient=True).readings(side.node)
        except MeaningError as error:
            side.error = side.error or error
            return
        side.mended = [r for r in found if r not in side.literal and (not wanted or _shape(r) in wanted)]

    def _claim(self, equation: Equation, link: Link, head: Side) -> Claim:
        left = head if link.left is equation.head else self.side(link.left)
        shapes = frozenset(shape for r in head.all if (shape := _shape(r)) is not None)
        right = self.side(link.right, shapes) if link.relation.sign != "∈" else Side(link.right)
        claim = Claim(equation, link, head, left, right, Role.STEP)
        claim.defines = self._defines(claim)
        claim.role = self._role(claim)
        entries = turned(head.node, equation.sides, self.orders) if claim.defines is None else None
        if entries:
            sides = [self._read(with_order(node, entries)) for node in (head.node, link.right)]
            told = ", ".join(f"`{key_of(*entry)}`" for entry in sorted(entries))
            note = Note("info", f"{told} taken with its indices in the order of the definition", link.span)
            sides[0].literal = [reading.noted(note) for reading in sides[0].literal]
            claim.turned = sides[0], sides[1]
        return claim

    def _defines(self, claim: Claim) -> str | None:
        place = (claim.equation.number, claim.link.number)
        for key, definition in (*self.scope.chosen.items(), *self.scope.functions.items()):
            if definition.place == place and (
                definition.right in (claim.link.right, claim.link.left)
                or claim.link.relation.sign == NAMES_ITS_RIGHT
            ):
                return key
        return None

    def _role(self, claim: Claim) -> Role:
        if declares(claim.equation, claim.link):
            return Role.DECLARATION
        if claim.defines is not None:
            return Role.DEFINITION
        if claim.equation.connective == SOLUTION:
            return Role.STEP
        head = unboxed(claim.equation.head)
        quotient = read_quotient(head)
        if quotient is None and (claim.link.relation.sign in UPDATE_SIGNS or self._is_update(claim)):
            return Role.UPDATE
        if is_chain_of_partials(claim.link.right):
            return Role.CHAIN_RULE
        name = read_name(head)
        if quotient is not None or (
            name is not None and is_gradient_name(name, self.scope.vocabulary, self.defined)
        ):
            return Role.GRADIENT if self._is_of_loss(claim) else Role.LOCAL_DERIVATIVE
        applied = read_applied(head)
        if applied is not None and applied.function.primes:
            return Role.LOCAL_DERIVATIVE
        if claim.link.left is claim.equation.head and (name is not None or applied is not None):
            return Role.RESTATEMENT
        return Role.STEP

    def _is_update(self, claim: Claim) -> bool:
        name = read_name(unboxed(claim.link.left))
        if name is None:
            return False
        if is_step(claim.link.right):
            return True
        if name.key not in {n.key for n in written_names(claim.link.right)}:
            return False
        right = unboxed(claim.link.right)
        terms = [read_name(term.body) for term in right.terms] if isinstance(right, Sum) else []
        changed = len(terms) > 1 and terms[0] is not None and terms[0].key == name.key
        sums = (r.value for r in claim.right.all if isinstance(r.value, Expr))
        return changed or any(value.op in ("sub", "add") for value in sums)

    def _is_of_loss(self, claim: Claim) -> bool:
        loss = self.scope.loss()
        return loss is not None and any(
            node.op == "deriv" and loss in (node.args[0], *node.args[0].args)
            for r in claim.head.all
            if isinstance(r.value, Expr)
            for node in r.value.walk()
        )


def declares(equation: Equation, link: Link) -> bool:
    """Whether a link only says what something is: `x ∈ ℝ^n`, `A ⪰ 0`, a condition, what letters stand for."""
    beside = equation.connective in ("condition", LISTED, CASE) or stated_alone(equation) is not None
    definite = link.relation.sign in ("≻", "⪰") and read_name(unboxed(link.left)) is not None
    return beside or link.relation.sign == "∈" or definite


def is_whole_update(claim: Claim) -> bool:
    """Whether an update tells all of the new value, and not only what `\\delta c += ...` adds."""
    partly = claim.link.relation.sign in ("+=", "-=") and not mentions(claim.link.right, claim.link.left)
    return claim.role is Role.UPDATE and len(claim.equation.links) == 1 and not partly


def sample_letter(equation: Equation) -> str | None:
    """The one letter by which an equation marks its sample, `i` of `x^{(i)}`, if it is one."""
    sides = equation.sides
    marks = {
        name.sample for side in sides for name in written_names(side) if name.sample and name.sample.isalpha()
    }
    return marks.pop() if len(marks) == 1 else None


def _shape(reading: Reading) -> Shape | None:
    match reading.value:
        case Expr(shape=shape):
            return shape
        case Jacobian():
            return None
    return None


def _has_shape(readings: list[Reading], wanted: frozenset[Shape]) -> bool:
    """Whether a reading fits without leaning on broadcasting."""
    return any(
        (_shape(r) in wanted or isinstance(r.value, Jacobian))
        and all(note.kind != "broadcast" for note in r.notes)
        for r in readings
    )
