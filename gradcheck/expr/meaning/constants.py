"""Constants whose size the context tells: identities, ones, Kronecker deltas, indicators.

The number π stands beside them. `I`, `\\mathbf 1` and `\\delta_{ij}` are written without a size. Each is
offered once for every size that the document knows; products, sums and index names keep the one that
fits. Rejected: a constant of open size, which every shape rule would have to know. A name that the
document declares or defines is never a constant.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from gradcheck.expr.forms.build import apply, num, pick
from gradcheck.expr.forms.reading import MeaningError, Reading, combine, each, expression
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.asked import Scope
from gradcheck.expr.meaning.choices import chosen_readings
from gradcheck.expr.meaning.resolve import selector
from gradcheck.expr.written.answers import value_told
from gradcheck.expr.written.marks import read_mark
from gradcheck.expr.written.names import DELTAS, IDENTITIES, Name, index_parts, script_text
from gradcheck.notation.tree import Group, Node, Number, Product, Relational, Scripted, Symbol
from gradcheck.records import replace
from gradcheck.shapes import Dim, Shape, ShapeError, counted
from gradcheck.source import Span

if TYPE_CHECKING:
    from gradcheck.expr.meaning.elaborate import Elaborator

ONES = {"1", "\\mathbb{1}", "\\boldsymbol{1}"}
# What a number may be of a size, or of one over it: a square's 2 makes the one from the other.
_SHARES = (Fraction(1), Fraction(2), Fraction(1, 2))
INDICATORS = {"1", "\\mathbb{1}", "\\mathbb{I}", "\\boldsymbol{1}", "I", "\\chi"}


def constant_readings(elaborator: Elaborator, name: Name) -> list[Reading] | None:
    """The identities, vectors of ones or Kronecker deltas that a name may be, or None for any other name."""
    scope = elaborator.scope
    if name.primes or name.layer is not None:
        return None
    given = scope.quantity(name.key)
    if given is not None:
        declared = _declared_ones(given) if name.base in ONES and not name.sub else None
        return None if declared is None else _of_each_size(elaborator, name, [declared])
    if name.base in ("\\pi", "\\uppi") and not name.sub:
        return [Reading(num("pi", name.span))]
    if name.base in IDENTITIES and len(name.sub) < 2:
        return _of_each_size(elaborator, name, [apply("eye", attr=(d,)) for d in _sizes(elaborator, name)])
    if name.base in ONES and len(name.sub) < 2:
        sizes, vocabulary = _sizes(elaborator, name), scope.vocabulary
        shapes: list[Shape] = [(1, d) if vocabulary.rows else (d, 1) for d in sizes]
        shapes += [(d, d) for d in sizes if vocabulary.square_ones]
        return _of_each_size(elaborator, name, [apply("ones", attr=(shape,)) for shape in shapes])
    if name.base in scope.vocabulary.units and len(name.sub) == 1:
        return _of_each_size(elaborator, name, _units(scope.sizes(), name.sub[0]))
    if _is_kronecker(name) and scope.quantity(name.base) is None:
        return kronecker(elaborator, name.sub[0], name.sub[1])
    return None


def _is_kronecker(name: Name) -> bool:
    """Whether a name has the form of a Kronecker delta; one of a layer is an error signal."""
    return name.base in DELTAS and len(name.sub) == 2 and name.layer is None and name.sample is None


def _declared_ones(given: Expr) -> Expr | None:
    """`\\mathbf 1 \\in \\mathbb R^n` says of which size the ones are."""
    return apply("ones", attr=(given.shape,)) if given.op == "var" else None


def number_readings(scope: Scope, value: Fraction, span: Span) -> list[Reading]:
    """A number as written; where the document gives sizes as large numbers, it may stand for one of them.

    Such a size is computed with at other values, so `1/784` has to follow it, and so has the `1/392` that
    is left of `2/784`.
    """
    literal = Reading(num(value, span))
    found: list[Reading] = []
    sizes = [dim for dim in scope.sizes() if isinstance(dim, str) and dim.isdigit()]
    for size in sizes:
        for share in (value / int(size), 1 / (value * int(size)) if value else value):
            if share not in _SHARES:
                continue
            count = scope.count(size)
            whole = count if value > 1 else apply("div", num(1), count)
            scale = share if value > 1 else 1 / share
            tied = whole if scale == 1 else apply("mul", num(scale), whole)
            found.append(Reading(tied.at(span)))
    whole_size = value.denominator == 1 and str(value) in sizes
    return [*found, literal] if whole_size else [literal, *found]


def _sizes(elaborator: Elaborator, name: Name) -> list[Dim]:
    """The size written below the constant, else every size of the document."""
    known = elaborator.scope.sizes()
    if not name.sub:
        return known
    written: Dim = counted(int(name.sub[0])) if name.sub[0].isdigit() else name.sub[0]
    return [written] if written in known or name.sub[0].isdigit() else []


def _units(sizes: list[Dim], mark: str) -> list[Expr]:
    """The column of the identity with this index, for every size."""
    return [pick(apply("eye", attr=(dim,)), None, selector(mark, dim)) for dim in sizes]


def _of_each_size(elaborator: Elaborator, name: Name, values: list[Expr]) -> list[Reading] | None:
    if name.transpose:
        values = [apply("transpose", value) for value in values]
    return [Reading(value.at(name.span)) for value in values] or None


def kronecker(elaborator: Elaborator, first: str, second: str) -> list[Reading] | None:
    """1 where two indices are equal, else 0, for every size they may run over.

    Where the line tells that they run over two sizes, an example's number and a class's, they are compared as
    the numbers that they are.
    """
    if first.isdigit() and second.isdigit():
        return [Reading(num(int(first == second)))]
    ranges = elaborator.scope.ranges
    rows, columns = ranges.get(first), ranges.get(second)
    if rows is not None and columns is not None and rows != columns:
        both = apply("eye", attr=(rows, columns))
        return [Reading(pick(both, selector(first, rows), selector(second, columns)))]
    found: list[Reading] = []
    for dim in elaborator.scope.sizes():
        try:
            entry = pick(apply("eye", attr=(dim,)), selector(first, dim), selector(second, dim))
        except ShapeError:
            continue
        found.append(Reading(entry))
    return found or None


def indicator_readings(elaborator: Elaborator, node: Node) -> list[Reading] | None:
    """`1_{z>0}`, `\\mathbb{1}[i=j]`, `\\delta_{j=k}`: 1 where the condition holds, else 0; None elsewhere.

    Raises MeaningError for a condition that cannot be told.
    """
    if not isinstance(node, Scripted | Product | Group):
        return None
    condition = _condition(node)
    if condition is None:
        condition = _below_delta(node)
        if condition is not None and elaborator.scope.quantity("\\delta") is not None:
            return None
    return None if condition is None else truth(elaborator, condition)


def _condition(node: Node) -> Relational | None:
    match node:
        case Scripted(base=base, sub=Relational() as condition, sup=None, primes=0) if _is_one(base):
            return condition
        case Scripted(base=base, sub=Group(items=(Relational() as condition,)), sup=None) if _is_one(base):
            return condition
        case Product(factors=(base, Group(items=(Relational() as condition,)))) if _is_one(base):
            return condition
        case Group(open="[", items=(Relational() as condition,)):
            return condition
        case _:
            return None


def _is_one(node: Node) -> bool:
    match node:
        case Number(text="1"):
            return True
        case Symbol(name=name, style=style):
            return (f"\\{style}{{{name}}}" if style else name) in INDICATORS or name == "1"
        case _:
            return False


def _below_delta(node: Node) -> Relational | None:
    """The condition of a δ that compares two indices; `\\delta_{t=1}` is an error signal of one step."""
    match node:
        case Scripted(base=Symbol(name="delta"), sub=Relational() as condition, sup=None, primes=0):
            pass
        case Product(factors=(Symbol(name="delta"), Group(items=(Relational() as condition,)))):
            pass
        case _:
            return None
    letters = [script_text(operand) for operand in condition.operands if not isinstance(operand, Number)]
    signs = {relation.sign for relation in condition.relations}
    compares = signs <= {"=", "≠"} and len(letters) == 2 and all(mark[:1].islower() for mark in letters)
    return condition if compares else None


def truth(elaborator: Elaborator, condition: Relational) -> list[Reading]:
    """1 where a condition holds, else 0.

    Raises MeaningError for chains of relations and for signs other than = ≠ < > ≤ ≥.
    """
    if len(condition.relations) != 1:
        raise MeaningError("this condition holds more than one relation", condition.span)
    sign = condition.relations[0].sign
    left, right = condition.operands
    if sign in ("=", "≠"):
        equal = _equal_answers(elaborator, condition) or _equal_indices(elaborator, left, right)
        if sign == "=":
            return equal
        return each(equal, lambda v: apply("sub", num(1), expression(v)))
    if sign in ("<", "≤"):
        left, right = right, left
    elif sign not in (">", "≥"):
        raise MeaningError("this condition is no comparison", condition.span)
    op = "greater" if sign in ("<", ">") else "greater_equal"
    return combine(
        elaborator.readings(left),
        elaborator.readings(right),
        lambda a, b: [Reading(apply(op, expression(a), expression(b)))],
    )


def _equal_answers(elaborator: Elaborator, condition: Relational) -> list[Reading]:
    """1 where a label has the value that is written, as a number made of it: `1 - y` for `y = 0`."""
    told = value_told(replace(condition, relations=(replace(condition.relations[0], sign="="),)))
    domain = None if told is None else elaborator.scope.vocabulary.answers.get(told[0])
    if told is None or domain is None:
        return []
    least, value = (-1 if domain == "sign" else 0), told[1]
    steps = 1 - least

    def share(label: Expr) -> Expr:
        other = label if value == 1 else apply("sub", num(1), label)
        above = apply("sub", other, num(least)) if value == 1 and least else other
        return above if steps == 1 else apply("div", above, num(steps))

    return each(elaborator.readings(condition.operands[0]), lambda v: share(expression(v)))


def _equal_indices(elaborator: Elaborator, left: Node, right: Node) -> list[Reading]:
    """1 where two indices are equal; below `ij = y_i` the class j of example i is compared with its label."""
    found: list[Reading] | None = None
    if isinstance(left, Product) and (mark := read_mark(script_text(right))) is not None:
        left = left.factors[-1] if index_parts(left)[:-1] == [mark.index] else left
    match left, right:
        case Symbol(name=first), Number(text=second):
            found = kronecker(elaborator, first, second)
        case Symbol() | Scripted(), Symbol() | Scripted():
            if all(_is_index(elaborator, node) for node in (left, right)):
                found = kronecker(elaborator, script_text(left), script_text(right))
    if not found:
        raise MeaningError("whether these are equal cannot be told", left.span)
    return chosen_readings(found, elaborator.scope)


def _is_index(elaborator: Elaborator, node: Node) -> bool:
    """Whether a side of a condition is an index letter, or the label of an example."""
    return isinstance(node, Symbol) or elaborator.scope.vocabulary.is_label(script_text(node))
