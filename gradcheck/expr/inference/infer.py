"""Shapes of undeclared names, inferred from how they are used.

Every name gets two unknown sizes; products, sums, transposes and functions relate them, and relations are
solved by union-find. Definitions speak first, claims only where they do not contradict: an equation that
clashes is taken back whole, so one wrong line spoils nothing. What stays open follows the habits of
writing: lower-case letters are columns, capitals matrices, Greek letters that nothing constrains scalars.
Only inputs take their shape from here; what is defined has the shape of its definition.
"""

from __future__ import annotations

from collections.abc import Sequence

from gradcheck.expr.inference.applied_types import applied_type
from gradcheck.expr.inference.biases import offsets_last, relate_addend
from gradcheck.expr.inference.index_sizes import relate_condition, relate_terms, selected
from gradcheck.expr.inference.layouts import relate_sides
from gradcheck.expr.inference.product_types import product_type
from gradcheck.expr.inference.sizes import Clash, Sizes
from gradcheck.expr.written import writing
from gradcheck.expr.written.definitions import mentions, read_applied, unboxed, written_names
from gradcheck.expr.written.function_names import FUNCTION_LETTERS
from gradcheck.expr.written.functions import BINARY, BUILTIN, CALLED_BY_NAME, FIXED
from gradcheck.expr.written.names import PLACEHOLDER, Name, index_parts, read_name
from gradcheck.expr.written.quotients import read_quotient
from gradcheck.expr.written.vocabulary import WORDS, Vocabulary
from gradcheck.notation.scripts import split_superscript
from gradcheck.notation.statements import Equation
from gradcheck.notation.tree import (
    BigOperator,
    Call,
    Cases,
    Differential,
    Fraction,
    Group,
    Node,
    Number,
    Product,
    Relational,
    Root,
    Scripted,
    Sum,
    Term,
    Wrapped,
)
from gradcheck.notation.walk import of_kind
from gradcheck.records import dataclass, field

Type = tuple[int, int]


@dataclass
class Typist:
    """Gives types to formulas, and to names on the way."""

    vocabulary: Vocabulary
    losses: frozenset[str]
    told: writing.Told
    sizes: Sizes = field(default_factory=Sizes)
    names: dict[str, Type] = field(default_factory=dict)
    spelled: dict[str, Name] = field(default_factory=dict)
    letters: dict[str, int] = field(default_factory=dict)
    doubly: set[str] = field(default_factory=set)
    turned: list[Type] = field(default_factory=list)
    plain: set[str] = field(default_factory=set)
    divisors: set[str] = field(default_factory=set)
    beside_numbers: list[Type] = field(default_factory=list)
    values: dict[str, Type] = field(default_factory=dict)
    several: dict[str, frozenset[str]] = field(default_factory=dict)
    of_entries: list[Type] = field(default_factory=list)
    samples: int = -1
    argument: str = ""

    def __post_init__(self) -> None:
        self.samples = self.sizes.new(self.vocabulary.sample_dim)

    def relate(self, equation: Equation) -> bool:
        """Take in an equation; False if it clashes and was taken back.

        Sides that carry component letters say nothing about each other's size: people go from `A_{kl}` to
        `A` in one chain.
        """
        state, known, self.letters = self.sizes.save(), set(self.names), {}
        given = writing.own_argument(equation)
        self.argument = given.key if given is not None and given.base in self.told.sampled else ""
        try:
            left = self._head(equation.head, equation.links[0].right)
            head, applied = read_name(equation.head), read_applied(equation.head)
            is_loss = (own := applied.function if applied else head) is not None and own.base in self.losses
            is_numbered = head is not None and head.base in self.vocabulary.vectors
            for link in equation.links:
                if isinstance(link.right, Number) and link.right.text == "0":
                    continue  # every array may be zero
                letters = set(self.letters)
                right = self.type(unboxed(link.right))
                if not self.letters and not (
                    self.is_scalar(left) and writing.maps_entries(link.right, self.told.indexed)
                ):
                    relate_sides(self, equation.head, left, right)
                elif is_numbered and letters == set(self.letters):
                    self.same(left, right)  # `p_i = A e_i`: one vector by another
                elif writing.is_whole_loss(equation.head, self.losses) and writing.adds_totals(link.right):
                    self.sizes.may_be(1, right)
                elif self.is_scalar(left) and (is_loss or letters == set(self.letters)):
                    self.of_entries += [right] if writing.has_transposed(link.right) else []
        except Clash:
            self.sizes.restore(state)
            self.names = {key: type_ for key, type_ in self.names.items() if key in known}
            return False
        return True

    def _head(self, node: Node, right: Node) -> Type:
        """A left side; `L(w, b)` is L alone, and `f(x) = x^T x` need not have the shape of x."""
        applied = read_applied(node)
        if applied is not None and applied.function.is_plain and not self.is_function(applied.function):
            several = applied.function.base in self.losses or len(applied.arguments) > 1
            if not several and not mentions(right, applied.arguments[0]):
                return self.type(unboxed(node))
            self.plain.add(applied.function.key)
            return self.name(applied.function)
        own = applied is not None and applied.function.base.lstrip("\\") not in FIXED
        if applied is not None and own and (len(applied.arguments) > 1 or writing.forms_arrays(right)):
            self.values.setdefault(applied.function.key, self.name(applied.function))
            if len(applied.arguments) > 1:
                self.several[applied.function.key] = frozenset(
                    name.key for argument in applied.arguments for name in written_names(argument)
                )
        if (name := read_name(unboxed(node))) is not None and name.is_plain:
            self.plain.add(name.key)
        return self.type(unboxed(node))

    def type(self, node: Node) -> Type:
        """The type of a formula; raises Clash if it has none."""
        match node:
            case Number():
                return self.scalar()
            case Sum(terms=terms):
                return self._sum(terms)
            case Product():
                return product_type(self, node.factors, ["", *(o.kind for o in node.operators)])
            case Fraction():
                return self._fraction(node)
            case Group(open="⟨", items=(one, other)):
                self.same(self.type(one), self.type(other))
                return self.scalar()
            case Group(items=(item,)):
                inner = self.type(item)
                if writing.is_determinant(node) and 1 not in map(self.sizes.value, inner):
                    self.sizes.same(*inner)
                return self.scalar() if node.open == "\\|" or writing.is_determinant(node) else inner
            case Call(function=function, argument=argument):
                return applied_type(self, read_name(function), [argument])
            case BigOperator(body=body, lower=lower):
                return self._big(body, lower)
            case Root(radicand=body) | Wrapped(body=body) | Differential(body=body):
                return self.type(body)
            case Cases(rows=rows):
                first, *_ = [self.type(row.value) for row in rows]
                return first
            case Scripted() if read_name(node) is None:
                return self._scripted(node)
            case Relational():
                relate_condition(self, node)
                return self.scalar()
            case _ if (name := read_name(node)) is not None:
                return self.name(name)
        raise Clash("no type")

    def scalar(self) -> Type:
        """The type of a number."""
        return self.sizes.new(1), self.sizes.new(1)

    def unknown(self) -> Type:
        """A type of which nothing is known."""
        return self.sizes.new(), self.sizes.new()

    def is_scalar(self, found: Type) -> bool:
        """Whether a type is known to be a number's."""
        return self.sizes.value(found[0]) == 1 and self.sizes.value(found[1]) == 1

    def same(self, a: Type, b: Type) -> Type:
        """Make two types one; raises Clash if they are known to differ."""
        self.sizes.same(a[0], b[0])
        self.sizes.same(a[1], b[1])
        return a

    def _sum(self, terms: Sequence[Term]) -> Type:
        total: Type | None = None
        terms = offsets_last(terms)
        for term in terms:
            found = self.type(term.body)
            if total is not None and self.is_scalar(total) and writing.is_margin(term.body, terms[0].body):
                self.sizes.may_be(1, found)
            if total is not None and writing.is_of_unit(terms[0].body, term.body, self.told.units):
                self.sizes.may_be(1, (*total, *found))
            if total is None or self.is_scalar(total):
                total = found
            elif not self.is_scalar(found):
                relate_addend(self, total, found, term.body, terms[0].body)
            elif not isinstance(term.body, Number):
                self.beside_numbers.append(total)
        assert total is not None, "a sum has terms"
        return total

    def differ_by_numbers(self, target: Node) -> None:
        """`∂/∂w (w^T x - y)^2`: what is derived is a number, and so is y beside one if nothing tells more."""
        for node in of_kind(target, Sum):
            terms = [term.body for term in node.terms if not isinstance(term.body, Number)]
            lone = [name for name in map(read_name, terms) if name is not None and name.is_plain]
            types = [self.type(term) for term in terms] if lone else []
            if any(map(self.is_scalar, types)):
                for type_ in map(self.name, lone):
                    if not any(map(self.sizes.value, type_)):
                        self.sizes.may_be(1, type_)

    def times(self, a: Type, b: Type, kind: str) -> Type:
        """The type of a product by its sign; raises Clash where the factors do not fit."""
        if self.is_scalar(a):
            return b
        if self.is_scalar(b) or kind in ("/", "div"):
            return a
        if kind in ("odot", "circ", "*"):
            return self.same(a, b)
        if kind == "otimes":
            return self.unknown()
        first, other = (self.same, self._matrix_product)[:: 1 if kind in ("slope", "dot") else -1]
        state = self.sizes.save()
        try:
            both, kind = first(a, b), "cdot" if kind == "dot" else ""
        except Clash:
            self.sizes.restore(state)
            both = other(a, b)
        if kind == "cdot" and self.sizes.value(both[1]) == 1:
            both = self.sizes.new(), both[1]
            self.sizes.may_be(1, both)  # `w \cdot x` of two columns: a number, if nothing else
        return both

    def _matrix_product(self, a: Type, b: Type) -> Type:
        self.sizes.same(a[1], b[0])
        return a[0], b[1]

    def _fraction(self, node: Fraction) -> Type:
        quotient = read_quotient(node)
        if quotient is None:
            above, below = self.type(node.numerator), self.type(node.denominator)
            if isinstance(node.denominator, Product) and writing.has_transposed(node.denominator):
                self.sizes.may_be(1, below)  # nobody divides by a product of matrices
            name = read_name(node.denominator)
            if name is not None and isinstance(node.numerator, Number):
                self.divisors.add(self.vocabulary.canonical(name))
            if writing.is_number_below(node, self.is_scalar(above)):
                self.same(below, self.scalar())  # `X / m`: a lone name below a matrix is a number
            for letter in writing.greek_below(node):
                self.sizes.may_be(1, self.name(letter))  # a number if it is nothing else
            if self.is_scalar(below):
                return above
            return self.same(above, below) if not self.is_scalar(above) else below
        variable = read_name(quotient.variables[-1])
        target = read_name(quotient.target) if quotient.target is not None else None
        if variable is None or quotient.target is None:
            return self.unknown()
        if target is None:
            self.differ_by_numbers(quotient.target)
        scalar = target is None and not self.letters and self.is_scalar(self.type(quotient.target))
        if scalar or (target is not None and target.base in self.losses):
            return self.name(variable)
        return self.unknown()

    def _big(self, body: Node, lower: Node | None) -> Type:
        found = self.type(body)
        relate_terms(self, lower)
        if lower is None:
            return self.unknown()
        marks = index_parts(lower.operands[0] if isinstance(lower, Relational) else lower)
        whole = found if marks else (found[0], self.sizes.new(1))
        return self.scalar() if writing.sums_all_entries(marks, body) else whole

    def _scripted(self, node: Scripted) -> Type:
        marks, inner = split_superscript(node.sup), self.type(node.base)
        if marks.inverse:
            self.sizes.same(inner[0], inner[1])
        if node.sub is not None and any(len(part) == 1 and part.isalpha() for part in index_parts(node.sub)):
            self.letters.setdefault("", self.sizes.new())
            return self.scalar()
        return (inner[1], inner[0]) if marks.transpose else inner

    def is_function(self, name: Name) -> bool:
        """Whether a name before brackets is applied."""
        letters = FUNCTION_LETTERS | self.told.functions | self.told.valued
        letter = name.base in letters and name.key not in self.plain
        known = name.base in BUILTIN or name.base in BINARY or name.base in CALLED_BY_NAME
        return known or letter or bool(name.primes)

    def name(self, name: Name) -> Type:
        """The type of a name, with what its scripts say of it."""
        name = self.vocabulary.normalised(name)
        if name.base == "e" and name.power is not None and not name.sub:
            return self.type(name.power)
        inner = name.differentiated
        is_letter = inner is not None and (len(inner.base) == 1 or inner.base != name.base[1:])
        if inner is not None and is_letter and name.base not in BUILTIN:
            return self.name(inner)
        found = selected(self, name)
        if name.inverse:
            self.sizes.same(found[0], found[1])
        if not name.transpose:
            return found
        self.turned.append(found)
        return found[1], found[0]

    def owner(self, name: Name) -> Type:
        """The type of the whole quantity that a name is of."""
        key = self.vocabulary.canonical(name)
        if key not in self.names:
            told = self.vocabulary.shapes.get(key, (None, self.vocabulary.vectors.get(key)))
            rows, columns = (1, 1) if name.base.endswith(PLACEHOLDER) else told
            self.names[key] = self.sizes.new(rows), self.sizes.new(columns)
            self.spelled[key] = name
        words = all(part.startswith(WORDS) for part in name.sub)  # they tell the kind of a loss
        if name.base in self.losses and name.sample is None and words:
            for size in self.names[key]:
                self.sizes.set(size, 1)
        return self.names[key]
