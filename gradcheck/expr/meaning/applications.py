"""Which neighbours in a product are really applied to each other.

Juxtaposition is application where a function's name meets brackets, where `∂/∂w` meets what it acts
on, and where the loss is written with its arguments. A slash divides by the factor after it,
and by all of `2 s^2` behind a square.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gradcheck.expr.forms.build import apply, num, reach, variables
from gradcheck.expr.forms.reading import MeaningError, Reading, Readings, each, expression
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.constants import indicator_readings
from gradcheck.expr.meaning.derivatives import differentiate
from gradcheck.expr.meaning.flat_products import FlatProduct
from gradcheck.expr.meaning.lost_brackets import term_below
from gradcheck.expr.meaning.products import product_readings
from gradcheck.expr.meaning.resolve import resolve
from gradcheck.expr.meaning.several import meant
from gradcheck.expr.written.definitions import with_arguments, written_names
from gradcheck.expr.written.function_names import UNSAID, is_parameterised, looks_like_function, value_at
from gradcheck.expr.written.functions import builtin_of
from gradcheck.expr.written.lost_signs import lost_sign
from gradcheck.expr.written.names import Name, read_name
from gradcheck.expr.written.quotients import DerivativeOperator, by_argument, derivative_operator
from gradcheck.expr.written.reach import is_constant, takes_rest
from gradcheck.expr.written.vocabulary import is_loss_name
from gradcheck.notation.printer import latex
from gradcheck.notation.tree import (
    Dots,
    Fraction,
    Group,
    Node,
    Number,
    Product,
    Relational,
    Scripted,
    Symbol,
)
from gradcheck.notation.walk import letters_in, of_kind
from gradcheck.shapes import SCALAR, ShapeError

if TYPE_CHECKING:
    from gradcheck.expr.meaning.elaborate import Elaborator


def applied_factors(elaborator: Elaborator, flat: FlatProduct) -> tuple[list[Readings], list[str]]:
    """The readings of each factor after application, and the operators between them.

    Raises MeaningError where a factor has no reading.
    """
    readings: list[Readings] = []
    kinds: list[str] = []
    position = 0
    factors, before = flat.factors, flat.before
    while position < len(factors):
        kind = before[position]
        value, used = _factor(elaborator, factors, before, position)
        if kind == "/" and (below := term_below(factors, before, position)) is not None:
            value, used = elaborator.readings(below), len(below.factors)
        if kind in ("/", "div"):
            value = each(value, lambda v: apply("div", num(1), expression(v)))
            scalar = all(getattr(r.value, "shape", None) == SCALAR for r in value)
            kind = "" if scalar else "*"
        if readings:
            kinds.append(kind)
        readings.append(value)
        position += used
    return readings, kinds


def _factor(
    elaborator: Elaborator, factors: tuple[Node, ...], before: tuple[str, ...], position: int
) -> tuple[Readings, int]:
    """The readings of the factor at a position and how many factors it takes."""
    node = factors[position]
    following = factors[position + 1] if position + 1 < len(factors) else None
    operator = derivative_operator(node)
    if operator is not None:
        found, used = _act(elaborator, operator, factors, before, position)
        return [reading.noted(*lost_sign(node)) for reading in found], used
    variables = by_argument(factors[position : position + 3])
    if variables and not any(before[position + 1 : position + 3]):
        target, used = _factor(elaborator, factors, before, position + 1)
        return differentiate(
            elaborator, target, variables, node.span.cover(factors[position + 2].span)
        ), 1 + used
    name = read_name(node)
    joined = following is not None and before[position + 1] == ""
    if joined and _stands_as_differential(elaborator, name, node):
        raise MeaningError("a differential by itself is not read", node.span)
    if following is None or before[position + 1] != "":
        return elaborator.readings(node), 1
    if isinstance(following, Group) and any(isinstance(item, Relational) for item in following.items):
        whole = Product(node.span.cover(following.span), (node, following), ())
        indicator = indicator_readings(elaborator, whole)
        if indicator is not None:
            return indicator, 2
    if name is None:
        return elaborator.readings(node), 1
    group = _group_of(following)
    if group is None:
        if _takes_bare_argument(elaborator, name, following):
            span = node.span.cover(following.span)
            return elaborator.apply_function(name, [following], span), 2
        return elaborator.readings(node), 1
    if name.primes and (variable := _varied(elaborator, name, group)) is not None:
        value = resolve(name.without(primes=0), elaborator.scope)
        span = node.span.cover(following.span)
        return differentiate(elaborator, value, (variable,) * name.primes, span), 2
    own = _own_value(elaborator, name, group)
    if own is not None:
        return _scripts_of(elaborator, following, resolve(own, elaborator.scope)), 2
    applies = elaborator.scope.is_function(name) or _is_unsaid(group)
    if applies and not _is_rather_a_product(elaborator, name, group):
        value = elaborator.apply_function(name, [group], node.span.cover(following.span))
        return [*_scripts_of(elaborator, following, value), *_as_product(elaborator, node, following)], 2
    if group is following and _is_undefined_probability(elaborator, name, group):
        text = f"what `{latex(node)}` gives for these arguments is not said: write its formula down"
        raise MeaningError(text, node.span.cover(group.span))
    if group is following and _names_arguments(elaborator, name, group):
        sampled = with_arguments(name, group.items)
        return elaborator.readings(node) if sampled == name else resolve(sampled, elaborator.scope), 2
    return elaborator.readings(node), 1


def _varied(elaborator: Elaborator, name: Name, group: Group) -> Node | None:
    """The variable of `\\ell'(p)`, where the loss is no function but a quantity that p goes into."""
    argument = read_name(group.items[0]) if len(group.items) == 1 else None
    if argument is None or not argument.is_plain or not is_loss_name(name) or elaborator.scope.function(name):
        return None
    scope = elaborator.scope
    loss, by = (
        scope.quantity(scope.vocabulary.canonical(each.without(primes=0))) for each in (name, argument)
    )
    if loss is None or by is None or by.op != "var":
        return None
    held = {key for each in variables(loss) for key in reach(each, scope.program)}
    return group.items[0] if by.attr[0] in held - variables(loss) else None


def _act(
    elaborator: Elaborator,
    operator: DerivativeOperator,
    factors: tuple[Node, ...],
    before: tuple[str, ...],
    position: int,
) -> tuple[Readings, int]:
    """`∂/∂w` acts on the next factor that is no number."""
    if position + 1 >= len(factors):
        raise MeaningError("the derivative sign acts on nothing", factors[position].span)
    span, bare = factors[position].span, factors[position + 1]
    if position + 2 < len(factors) and (
        is_constant(bare)
        or (before[position + 2] == "" and _is_held(elaborator, operator, factors, position))
    ):
        others = factors[: position + 1] + factors[position + 2 :]
        joined = (*before[: position + 1], "", *before[position + 3 :])
        found, used = _act(elaborator, operator, others, joined, position)
        return product_readings((elaborator.readings(bare), found), [""], lenient=False), used + 1
    value = meant(elaborator.scope, bare)
    if value is not bare and not (position + 2 < len(factors) and _group_of(factors[position + 2])):
        return differentiate(elaborator, elaborator.readings(value), operator.variables, span), 2
    whole = _whole_rest(elaborator, factors, before, position)
    if whole:
        return differentiate(elaborator, whole, operator.variables, span), len(factors) - position
    target, used = _factor(elaborator, factors, before, position + 1)
    return differentiate(elaborator, target, operator.variables, span), used + 1


def _is_held(
    elaborator: Elaborator, operator: DerivativeOperator, factors: tuple[Node, ...], position: int
) -> bool:
    """Whether `∂/∂w` reaches past a bracket: `∂/∂w (1 - y) log(w x)`, where w stands behind it only.

    Only letters that no formula defines can be known not to hang on w.
    """
    bracket, rest, scope = factors[position + 1], factors[position + 2 :], elaborator.scope
    by = frozenset[str]().union(*map(letters_in, operator.variables))
    if not isinstance(bracket, Group) or not by or letters_in(bracket) & by:
        return False
    if len(of_kind(bracket, Group)) > 1:  # what a function is made of is not looked into
        return False
    if not any(by <= letters_in(factor) for factor in rest):
        return False
    names = map(scope.vocabulary.canonical, written_names(bracket))
    return scope.quantities.keys().isdisjoint(names)


def _whole_rest(
    elaborator: Elaborator, factors: tuple[Node, ...], before: tuple[str, ...], position: int
) -> list[Reading]:
    """`∇_x a^T x`: the juxtaposed rest, where the sign comes first and the rest is a scalar."""
    rest = FlatProduct(factors[position + 1 :], ("", *before[position + 2 :]))
    if not takes_rest(factors, before, position):
        return []
    try:
        applied, kinds = applied_factors(elaborator, rest)
        whole = product_readings(applied, kinds, lenient=False)
    except (MeaningError, ShapeError):
        return []
    vectors = any(r.value.shape != SCALAR for r in applied[0] if isinstance(r.value, Expr))
    return [r for r in whole if _is_scalar(r) and r.is_literal] if vectors else []


def _is_scalar(reading: Reading) -> bool:
    return isinstance(reading.value, Expr) and reading.value.shape == SCALAR


def _stands_as_differential(elaborator: Elaborator, name: Name | None, node: Node) -> bool:
    """Whether `d` before a formula is the sign of a differential: nothing has that name."""
    return (
        isinstance(node, Symbol)
        and node.name == "d"
        and name is not None
        and elaborator.scope.quantity(name.key) is None
        and elaborator.scope.vocabulary.dim(name.key) is None
    )


def _takes_bare_argument(elaborator: Elaborator, name: Name, following: Node) -> bool:
    """`\\operatorname{sech} t`: a word for a function of entries before one factor without brackets."""
    builtin = builtin_of(name)
    if builtin is None or builtin.reduces or len(name.base) < 3 or name.primes:
        return False
    if elaborator.scope.quantity(name.key) is not None or not name.base.isalpha():
        return False
    return isinstance(following, Number | Fraction) or read_name(following) is not None


def _is_unsaid(group: Group) -> bool:
    """Whether brackets hold the variable that nobody writes."""
    return len(group.items) == 1 and isinstance(group.items[0], Symbol) and group.items[0].name == UNSAID


def _group_of(node: Node) -> Group | None:
    """The brackets that a factor is, maybe with scripts on them."""
    if isinstance(node, Scripted):
        node = node.base
    return node if isinstance(node, Group) and node.open in ("(", "[") else None


def _scripts_of(elaborator: Elaborator, node: Node, value: Readings) -> Readings:
    """Scripts on the brackets of a call belong to its value: `σ(z)^T`."""
    return elaborator.scripted(value, node) if isinstance(node, Scripted) else value


def _own_value(elaborator: Elaborator, name: Name, group: Group) -> Name | None:
    """`h_\\theta(x^{(i)})` where h was defined of x: the quantity `h_\\theta`, else None.

    Where h was defined of x alone, its value at one of several x is the function applied.
    """
    function = elaborator.scope.function(name)
    argument = read_name(group.items[0]) if len(group.items) == 1 else None
    if function is None or function.parameter is None or argument is None or name.primes:
        return None
    own = function.parameter
    marked = bool(argument.sub or argument.sample) and not (own.sub or own.sample)
    same = argument.base == own.base and argument.is_plain and not marked
    if not same or not name.is_plain or (looks_like_function(name) and not is_parameterised(name)):
        return None
    value = value_at(name, argument)
    return value if elaborator.scope.quantity(function.name.key) is not None else None


def _as_product(elaborator: Elaborator, node: Node, following: Node) -> list[Reading]:
    """`y(x - t)` after `y(x) = ...` may as well multiply, where y is no letter of functions.

    So may `\\sigma(\\sigma + \\epsilon)`, where the document says what number σ is.
    """
    name = read_name(node)
    if name is None or name.primes:
        return []
    if looks_like_function(name):
        if elaborator.scope.function(name) is not None or not _is_number_here(elaborator, name):
            return []
    elif is_parameterised(name) or elaborator.scope.function(name) is None:
        return []
    try:
        factors = elaborator.readings(node), elaborator.readings(following)
        return product_readings(factors, [""], lenient=False)
    except (MeaningError, ShapeError):
        return []


def _is_number_here(elaborator: Elaborator, name: Name) -> bool:
    """Whether the document says what quantity a letter of functions is."""
    try:
        return elaborator.scope.quantity(name.key) is not None
    except MeaningError:
        return False


def _is_rather_a_product(elaborator: Elaborator, name: Name, group: Group) -> bool:
    """`s(1 - s)`: what stands bare in its own brackets is a factor, though it be applied elsewhere."""
    if name.primes or (looks_like_function(name) and elaborator.scope.function(name) is not None):
        return False
    held = sum(inside.key == name.key for inside in written_names(group))
    return held > sum(_applies(inner, name) for inner in of_kind(group, Product))


def _applies(node: Product, name: Name) -> int:
    """How many factors of a product are a name before brackets, `s` of `s(x)`."""
    pairs = zip(node.factors, node.factors[1:], node.operators, strict=False)
    names = (read_name(first) for first, second, sign in pairs if not sign.kind and _group_of(second))
    return sum(found is not None and found.key == name.key for found in names)


def _is_undefined_probability(elaborator: Elaborator, name: Name, group: Group) -> bool:
    """`P(y \\mid x)` of a P that has no formula: before other arguments it has another value."""
    if "mid" not in group.separators or is_loss_name(name):
        return False
    return elaborator.scope.quantity(name.key) is not None and name.key not in elaborator.scope.program


def _names_arguments(elaborator: Elaborator, name: Name, group: Group) -> bool:
    """`J(W, b)`: a quantity written with what it depends on."""
    if len(group.items) > 1 and all(read_name(i) is not None or isinstance(i, Dots) for i in group.items):
        return True
    if len(group.items) > 1 and elaborator.scope.quantity(name.key) is not None:
        return True
    if _is_word(name) and len(group.items) == 1 and read_name(group.items[0]) is not None:
        return True
    told = elaborator.scope.quantities.get(name.key, ())
    if is_loss_name(name) and (
        _is_as_defined(elaborator, name, group) or any(definition.by_logarithm for definition in told)
    ):
        return True
    loss = elaborator.scope.loss()
    if loss is None or loss.op != "var":
        return False
    return loss.attr[0] == name.key or (is_loss_name(name) and elaborator.scope.quantity(name.key) == loss)


def _is_word(name: Name) -> bool:
    """Whether a name is a word of capitals, `RSS` of `RSS(w)`: none is a factor before a lone name."""
    return len(name.base) > 1 and name.base.isalpha() and name.base.isupper() and name.is_plain


def _is_as_defined(elaborator: Elaborator, name: Name, group: Group) -> bool:
    """Whether a loss stands before the brackets with which it is defined, `\\ell(h)` of `\\ell(h) = …`."""
    usage = elaborator.scope.usage
    applied = usage.applied.get(name.key) if name.key in usage.defined else None
    same = isinstance(applied, Product) and latex(applied.factors[-1]) == latex(group)
    return same and elaborator.scope.quantity(name.key) is not None
