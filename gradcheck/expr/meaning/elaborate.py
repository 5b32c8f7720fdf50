"""From the syntax as written to its readings as shaped expressions.

One function a node kind. Meaning is chosen by shapes and by the roles that the scope knows: what is a
function, what is the loss, which axis runs over samples. The elaborator never repairs silently: every
departure from the literal text is a Note of the reading. A formula without any reading raises
MeaningError with the smallest span that has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction as Rational

from gradcheck.expr.forms.build import apply, inverse, num
from gradcheck.expr.forms.reading import (
    LIMIT,
    Jacobian,
    MeaningError,
    Note,
    Reading,
    Readings,
    Value,
    combine,
    each,
    expression,
    ranked,
)
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.inference.arguments import bracketed_items, is_option, keyword_option, sum_axis
from gradcheck.expr.meaning.addition import added_readings
from gradcheck.expr.meaning.applications import applied_factors
from gradcheck.expr.meaning.asked import Scope, StatedSize
from gradcheck.expr.meaning.bars import bar_readings
from gradcheck.expr.meaning.brackets import between_bars, entries_below, norm, refuse_special
from gradcheck.expr.meaning.choices import chosen_readings
from gradcheck.expr.meaning.constants import constant_readings, indicator_readings, number_readings
from gradcheck.expr.meaning.directional import differential_readings
from gradcheck.expr.meaning.flat_products import product_variants
from gradcheck.expr.meaning.fractions import fraction_readings
from gradcheck.expr.meaning.gradient_names import gradient_name, square_gradient_name
from gradcheck.expr.meaning.matrices import case_readings, list_readings, matrix_readings
from gradcheck.expr.meaning.powers import exponent_of, raise_to
from gradcheck.expr.meaning.primed import primed_brackets, primed_values
from gradcheck.expr.meaning.products import product_readings
from gradcheck.expr.meaning.resolve import resolve
from gradcheck.expr.meaning.sums import sum_readings
from gradcheck.expr.written.bare_arguments import split
from gradcheck.expr.written.functions import INVERSES, builtin_of
from gradcheck.expr.written.names import Name, read_name, subscripts
from gradcheck.notation.scripts import split_superscript
from gradcheck.notation.tree import (
    Accent,
    BigOperator,
    Blank,
    Call,
    Cases,
    Differential,
    Dots,
    Fraction,
    Group,
    Matrix,
    Node,
    Number,
    Product,
    Root,
    Scripted,
    Sum,
    Symbol,
    Text,
    Wrapped,
)
from gradcheck.records import dataclass, field
from gradcheck.shapes import ShapeError
from gradcheck.source import Span

MAX_DEPTH = 60
LENIENT_LIMIT = 64


def _placed(reading: Reading, span: Span) -> Reading:
    """A reading whose value has a place in the text, its own or else this one."""
    value = reading.value
    bare = isinstance(value, Expr) and value.span is None
    return Reading(value.at(span), reading.notes) if bare and isinstance(value, Expr) else reading


@dataclass
class Elaborator:
    """Elaborates formulas in one scope.

    lenient     also supply transposes and another order of factors where nothing fits as written
    claims      what `\\underbrace{x}_{note}` says on the way: (x, note) pairs
    sizes       the sizes that are written below matrices on the way
    """

    scope: Scope
    lenient: bool = False
    claims: list[tuple[Reading, Node]] = field(default_factory=list)
    sizes: list[StatedSize] = field(default_factory=list)
    depth: int = 0

    def readings(self, node: Node) -> list[Reading]:
        """All readings of a formula, the least assuming first.

        Raises MeaningError if there is none.
        """
        self.depth += 1
        try:
            if self.depth > MAX_DEPTH:
                raise MeaningError("nested too deep to be given a meaning", node.span)
            found = [_placed(reading, node.span) for reading in self._dispatch(node)]
            return chosen_readings(found, self.scope) if self.scope.vocabulary.chooses else found
        except ShapeError as error:
            raise MeaningError(str(error), node.span, ill_shaped=True) from error
        finally:
            self.depth -= 1

    def _dispatch(self, node: Node) -> list[Reading]:
        barred = bar_readings(self, node)
        if barred is not None:
            return barred
        match node:
            case Symbol() | Accent() | Scripted():
                return self._named(node)
            case Number(text=text):
                return number_readings(self.scope, Rational(text), node.span)
            case Sum(terms=terms):
                return added_readings(self, terms, node.span)
            case Product():
                return self._product(node)
            case Fraction():
                return fraction_readings(self, node)
            case Group():
                return self._group(node)
            case Call():
                return self._call(node)
            case BigOperator():
                return self._big_operator(node)
            case Root(radicand=radicand, degree=degree):
                return self._root(radicand, degree)
            case Wrapped():
                return self._wrapped(node)
            case Matrix():
                return matrix_readings(self, node)
            case Differential():
                return differential_readings(self, node)
            case Cases():
                return self._cases(node)
            case Text(content=content):
                raise MeaningError(f"words stand where a quantity is needed: {content.strip()!r}", node.span)
            case Dots():
                raise MeaningError("what the dots stand for cannot be told", node.span)
            case Blank():
                raise MeaningError("an operand is missing", node.span)
            case _:
                raise MeaningError("this notation has no meaning here yet", node.span)

    # --- products -------------------------------------------------------------------------------

    def _product(self, node: Product) -> list[Reading]:
        found: list[Reading] = []
        refused: MeaningError | None = None
        for variant in product_variants(node):
            try:
                factors, kinds = applied_factors(self, variant)
                for reading in product_readings(factors, kinds, lenient=self.lenient):
                    value = reading.value
                    placed = value.at(node.span) if isinstance(value, Expr) else value
                    found.append(Reading(placed, (*reading.notes, *variant.notes)))
            except ShapeError as error:
                # `X * K` of shapes that fit no product is a convolution.
                fits_none = all(operator.kind != "*" for operator in node.operators)
                refused = refused or MeaningError(str(error), node.span, ill_shaped=fits_none)
            except MeaningError as error:
                refused = refused or error
        if not found and refused is not None:
            raise refused
        return ranked(found, LENIENT_LIMIT if self.lenient else LIMIT)

    def _group(self, node: Group) -> list[Reading]:
        indicator = indicator_readings(self, node)
        if indicator is not None:
            return indicator
        refuse_special(node)
        if len(node.items) != 1:
            if node.open == "⟨" and len(node.items) == 2:
                first, second = (self.readings(item) for item in node.items)
                return combine(
                    first, second, lambda a, b: [Reading(apply("dot", expression(a), expression(b)))]
                )
            return list_readings(self, node)
        name = read_name(node.items[0]) if node.open == "|" else None
        if name is not None and name.key in self.scope.vocabulary.batch_sets:
            return [Reading(self.scope.count(self.scope.sample_dim).at(node.span))]
        inner = self.readings(node.items[0])
        if node.open == "|":
            return ranked(r.noted(*i.notes) for i in inner for r in between_bars(expression(i.value)))
        if node.open == "\\|":
            return each(inner, lambda v: norm(expression(v), "2"))
        return inner

    # --- names, powers, calls -------------------------------------------------------------------

    def _named(self, node: Node) -> list[Reading]:
        indicator = indicator_readings(self, node)
        if indicator is not None:
            return indicator
        name = read_name(node)
        if name is None:
            return self._powered(node)
        if name.base == "e" and name.power is not None and not name.sub:
            return each(self.readings(name.power), lambda v: apply("exp", expression(v), span=node.span))
        by_square = square_gradient_name(self, name)
        if by_square is not None:
            return by_square
        if name.primes:
            return primed_values(self, name)
        base = constant_readings(self, name) or gradient_name(self, name) or resolve(name, self.scope)
        self._note_size(name.size, base, name.span)
        if name.power is None:
            return base
        return self._raised(base, name.power)

    def _powered(self, node: Node) -> list[Reading]:
        """Scripts on something that is no name: `(a-b)^2`, `[..]^T`, a size below."""
        if not isinstance(node, Scripted):
            raise MeaningError("this is no name", node.span)
        if isinstance(node.base, Number) and node.base.text == "0" and node.sup is None:
            return self.readings(node.base)  # `\\mathbf{0}_n` says how many zeros there are
        base, order = node.base, read_name(node.sub) if node.sub is not None else None
        if node.primes and isinstance(base, Group):
            return self.scripted(primed_brackets(self, node), node)
        if isinstance(base, Group) and base.open == "\\|" and len(base.items) == 1 and node.sub is not None:
            kind = node.sub.text if isinstance(node.sub, Number) else order.base if order is not None else "?"
            return self.scripted(
                each(self.readings(base.items[0]), lambda v: norm(expression(v), kind)), node
            )
        return self.scripted(self.readings(base), node)

    def scripted(self, inner: Readings, node: Scripted) -> list[Reading]:
        """Readings with the superscript of a node applied to them.

        Raises MeaningError for a layer or sample mark, which only a name can carry.
        """
        size, parts = subscripts(node.sub)
        self._note_size(size, inner, node.span)
        if node.sup is None:
            return entries_below(inner, parts, node.span)
        marks = split_superscript(node.sup)
        if marks.inverse:
            inner = each(inner, lambda v: inverse(expression(v)))
        if marks.transpose:
            inner = each(inner, lambda v: v if _has_two_layouts(v) else apply("transpose", expression(v)))
        if marks.layers or marks.samples:
            raise MeaningError("a layer or sample mark on a bracket has no meaning", node.span)
        inner = entries_below(inner, parts, node.span)
        return inner if marks.power is None else self._raised(inner, marks.power)

    def _note_size(self, size: tuple[str, str] | None, readings: Readings, span: Span) -> None:
        """Remember a written size, to be held against the shape of the first reading."""
        if size is not None and readings and isinstance(readings[0].value, Expr):
            self.sizes.append(StatedSize(*size, readings[0].value.shape, span))

    def _raised(self, base: Readings, power: Node) -> list[Reading]:
        exponent, entrywise = exponent_of(power)

        def raised(a: Value, b: Value) -> list[Reading]:
            return raise_to(expression(a), expression(b), entrywise=entrywise)

        return combine(base, self.readings(exponent), raised)

    def _call(self, node: Call) -> list[Reading]:
        name = read_name(node.function)
        if name is None:
            raise MeaningError("this is no function", node.function.span)
        product = split(node, self.scope.is_function)
        if product is None:
            return self.apply_function(name, [node.argument], node.span)
        found = self.readings(product)
        try:
            return [*found, *self.apply_function(name, [node.argument], node.span)]
        except (MeaningError, ShapeError):
            return found

    def apply_function(self, name: Name, arguments: Sequence[Node], span: Span) -> list[Reading]:
        """A function applied; `\\log^T(x)` is the transposed value, `f^2(x)` its square."""
        items = [item for argument in arguments for item in bracketed_items(argument)]
        plain = name.without(transpose=False, power=None, inverse=False)
        plain = self._inverse(plain) if name.inverse else plain
        values = self.scope.call(plain, [self.readings(item) for item in items if not is_option(item)], span)
        options = dict(option for item in items if (option := keyword_option(item)) is not None)
        if "axis" in options:
            values = each(values, lambda v: sum_axis(expression(v), int(options["axis"])))
        if name.transpose:
            values = each(values, lambda v: apply("transpose", expression(v)))
        if name.power is None:
            return values
        builtin = builtin_of(plain)
        if builtin is None or builtin.reduces:
            return self._raised(values, name.power)
        powers = self.readings(name.power)
        return combine(values, powers, lambda a, b: raise_to(expression(a), expression(b), entrywise=True))

    def _inverse(self, name: Name) -> Name:
        """`\\sin^{-1}`, the function that undoes another."""
        builtin = builtin_of(name) if self.scope.function(name) is None else None
        undoing = INVERSES.get(builtin.op) if builtin is not None else None
        if undoing is None:
            raise MeaningError(f"the inverse of the function `{name.base}` is not known here", name.span)
        return name.without(base=undoing, sub=())

    # --- big operators, cases, wrappers ---------------------------------------------------------

    def _big_operator(self, node: BigOperator) -> list[Reading]:
        return sum_readings(self, node)

    def _root(self, radicand: Node, degree: Node | None) -> list[Reading]:
        inside = self.readings(radicand)
        if degree is None:
            return each(inside, lambda v: apply("sqrt", expression(v)))
        return combine(
            inside,
            self.readings(degree),
            lambda a, b: [Reading(apply("power", expression(a), apply("div", num(1), expression(b))))],
        )

    def _wrapped(self, node: Wrapped) -> list[Reading]:
        inner = self.readings(node.body)
        if node.kind in ("underbrace", "overbrace") and node.note is not None:
            size, _ = subscripts(node.note)
            if size is None:
                self.claims.extend((reading, node.note) for reading in inner[:1])
            self._note_size(size, inner, node.note.span)
        if node.is_struck:
            kept = [r for r in inner if not any(note.kind == "struck" for note in r.notes)] or inner
            return [*kept, Reading(num(1), (Note("struck", "what is struck out left out", node.span),))]
        return inner

    def _cases(self, node: Cases) -> list[Reading]:
        return case_readings(self, node)


def _has_two_layouts(value: Value) -> bool:
    """Whether a value is the derivative of a vector by a vector: transposed, it has the other layout."""
    return isinstance(value, Jacobian) and 1 in value.target.shape and 1 in value.variable.shape
