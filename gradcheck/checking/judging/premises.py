"""What a line rests on: whether its names are declared, and what the document leaves open about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gradcheck.calculus.program import Program
from gradcheck.checking.bench.vanishing import is_summed
from gradcheck.checking.comparisons.claims import Claim, Side
from gradcheck.checking.comparisons.judgement import Judgement
from gradcheck.checking.comparisons.open_functions import TELLS, function_told, open_functions
from gradcheck.checking.judging.open_derivatives import (
    given,
    open_derivative,
    told,
    told_in_part,
    unreached,
    unread_between,
)
from gradcheck.checking.judging.under_conditions import NO_IDENTITY
from gradcheck.expr.forms.build import num, variables
from gradcheck.expr.forms.reading import MeaningError
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.inference.arguments import is_keyword
from gradcheck.expr.meaning.resolve import known
from gradcheck.expr.meaning.scope import Scope
from gradcheck.expr.meaning.unnamed_loss import is_of_unnamed_loss
from gradcheck.expr.written.definitions import unboxed, written_names
from gradcheck.expr.written.indices import is_letter
from gradcheck.expr.written.names import DELTAS, Name, key_of, read_name
from gradcheck.expr.written.quotients import read_quotient
from gradcheck.expr.written.rates import LEARNING_RATES
from gradcheck.expr.written.vocabulary import is_loss_name
from gradcheck.notation.printer import latex
from gradcheck.notation.remembered import once_a_node
from gradcheck.notation.statements import ON_CURVE, PART, Equation
from gradcheck.notation.tree import BigOperator, Group, Node, Number, Product, Scripted, Sum, Symbol
from gradcheck.notation.walk import of_kind, parts
from gradcheck.shapes import SCALAR, ShapeError
from gradcheck.verdict import Verdict

# What documents give a closed form of: a wrong one is no condition.
CLOSED_FORMS = frozenset(("normal_kl", "kl_divergence", "cosine_similarity"))
_PRODUCTS = frozenset(("var", "num", "matmul", "dot", "mul", "transpose", "norm", "power"))
UNJUDGED = "the condition that this solves was not judged"
ON_THE_CURVE = "this does not hold beside the curve: whether it does on it is not tried"


def unsaid(expected: Expr, got: Expr, scope: Scope, program: Program) -> str | None:
    """What the document leaves open of a line, so that the line says nothing false; None if nothing.

    A derivative is open where its target rests on names that nothing defines and none is its variable, and
    where the loss is derived by what it does not depend on: then a definition was not understood as it was
    meant. A right side is open where it brings in such names, and all of a line is that names the values of a
    function which nothing defines: `f(x) = R` says what f is.
    """
    if is_of_unnamed_loss(expected, scope.program) and not is_of_unnamed_loss(got, scope.program):
        return "no loss is defined, so this gradient cannot be told from its formula: write the loss down"
    if expected.op == "unknown":
        return f"what the function `{expected.attr[0]}` is, nothing else says: write its formula down"
    return (
        _condition(expected, got, scope, program)
        or _at_some_point(expected, got, scope)
        or _asked_for(expected, got, scope, program)
        or function_told(expected, got, program)
        or open_derivative(expected, got, scope, program)
        or unread_between(expected, scope, program)
        or told_in_part(expected, scope, program)
        or unreached(expected, got, scope, program)
        or brought_in(expected, got, scope, program)
        or _perhaps_applied(expected, got, scope, program)
        or _lone_differential(expected, scope)
    )


def unjudged(claim: Claim, judgements: Sequence[Judgement]) -> Judgement | None:
    """What to say of `w = u` right behind `∂f/∂w = … = 0` that was not judged: nothing; None elsewhere."""
    name, before = read_name(claim.link.left), judgements[-1] if judgements else None
    if name is None or before is None or before.verdict is not Verdict.UNDECIDED:
        return None
    asked = before.claim.equation
    quotient = read_quotient(asked.head)
    by = [] if quotient is None else [latex(each) for each in quotient.variables]
    asks = isinstance(asked.links[-1].right, Number) and asked.links[-1].right.text == "0"
    if not asks or by != [latex(claim.link.left)] or claim.equation.number - asked.number != 1:
        return None
    return Judgement(claim, Verdict.UNDECIDED, message=UNJUDGED)


def is_misread(expr: Expr, scope: Scope, program: Program) -> bool:
    """Whether it rests on a quantity that is defined in no way that was understood, and was left an input."""
    return any(key in scope.problems and key not in scope.chosen for key in program.reach_of(expr))


def _perhaps_applied(expected: Expr, got: Expr, scope: Scope, program: Program) -> str | None:
    """A letter before `(W x + b)` that a derivative lost: no factor would be lost, a function may."""
    held = variables(got) | scope.vocabulary.shapes.keys() | program.definitions.keys()
    derived_by = {key for node in expected.derivatives for key in variables(node.args[1])}
    between = {key for key in program.reach_of(expected) if derived_by & set(program.reach.get(key, ()))}
    for definition in (d for key in sorted(between) for d in scope.quantities.get(key, ())):
        whole = unboxed(definition.right)
        pair = whole.factors if isinstance(whole, Product) and not whole.operators[0].kind else ()
        name = read_name(pair[0]) if len(pair) == 2 and isinstance(pair[1], Group) else None
        if (
            name is None
            or not name.is_plain
            or not all(map(bool, (of_kind(pair[1], Sum), of_kind(pair[1], Product))))
        ):
            continue
        if not scope.is_function(name) and scope.vocabulary.canonical(name) not in held:
            return f"whether `{name.base}` is a factor or a function in `{latex(whole)}` is not said"
    return None


def _lone_differential(expected: Expr, scope: Scope) -> str | None:
    """A left side such as `df / z` that holds a differential which nothing defines: no derivative is told."""
    known_keys = given(scope)
    for key in sorted(variables(expected)):
        if len(key) == 2 and key[0] == "d" and key[1] in scope.program and key not in known_keys:
            return f"{told({key}, scope)} stands alone on the left side, not in a derivative"
    return None


def empty(expected: Expr, got: Expr, scope: Scope, program: Program) -> str | None:
    """Why two equal sides may agree about nothing: both hold a gradient that is zero as the loss was read.

    That a gradient is zero may be said all the same: `∂L/∂c = 0`.
    """
    return unreached(expected, got, scope, program) if variables(got) else None


def brought_in(expected: Expr, got: Expr, scope: Scope, program: Program) -> str | None:
    """Names and functions of a right side that nothing defines and that its left side does not rest on.

    Several that are declared alone, `(P - Y)^T X` where the loss is one of x and y, speak of another loss.
    """
    known_functions = {
        name for value in (expected, *scope.program.values()) for name in open_functions(value)
    }
    functions = sorted(open_functions(got) - known_functions)
    if functions:
        return f"the function `{functions[0]}` is used here and defined nowhere"
    # The rate of an update is in what is expected of it; another letter of rates is any name.
    declared = set(scope.program) | set(scope.vocabulary.shapes)
    used = {key for value in scope.program.values() for key in variables(value)}
    others = {k for k in variables(got) - program.reach_of(expected) - used if not k.startswith("·")}
    if (
        expected.op == "deriv"
        and len(others) > 1
        and others == variables(got)
        and others.isdisjoint(scope.program)
    ):
        return f"nothing says how {told(others, scope)} are made of what is derived here"
    brought = others - declared
    return f"{told(brought, scope)} is used here and defined nowhere" if brought else None


def _condition(expected: Expr, got: Expr, scope: Scope, program: Program) -> str | None:
    """What to say of `Q^T Q = I` or `A x = λ x`: nothing in it is defined, and it is no identity.

    A side without names, or one with names of its own that nobody declared, is not what the other side is for
    all values, and neither are sides that each have names of their own: `A^T A v = A^T s`. Entries that are
    added up on one side alone, `\\frac1a \\sum_j g_j = \\frac{m}{a}`, are known to add up to something. A
    product or a norm of what is given, `w^T w = 1`, is no one number.
    A name told by a derivative by itself, `w = -\\partial L/\\partial w / a`, tells where one is zero.
    """
    inside, right = variables(expected), variables(got)
    summed = expected.op == "isum" and expected.args[0].op in ("pick", "var") and got == num(1)
    if summed or (got.op == "num" and inside and _is_product_of_given(expected, program)):
        return f"{NO_IDENTITY}, and is taken as a constraint on {told(set(inside), scope)}"
    is_given = expected.op == "var" and inside.isdisjoint(program.definitions)
    if is_given and any(node.args[1] == expected for node in got.derivatives):
        return f"{NO_IDENTITY}, and is taken as a condition on {told(set(inside), scope)}"
    if expected.derivatives or got.derivatives:
        return None
    declared = set(scope.vocabulary.shapes)
    gone = set(inside - program.reach_of(got) - declared)
    if gone and not gone & program.definitions.keys() and all(is_summed(expected, key) for key in gone):
        return f"{NO_IDENTITY}, and is taken as a condition on {told(gone, scope)}"
    if any(key in program.definitions for key in inside | right):
        return None
    identity = (right and not right - inside - declared) or inside <= declared
    closed = expected.op in CLOSED_FORMS and right <= inside
    if not inside or closed or (identity and not (inside - right and right - inside)):
        return None
    return f"{NO_IDENTITY}, and is taken as a condition on {told(set(inside), scope)}"


def _is_product_of_given(formula: Expr, program: Program) -> bool:
    """Whether a formula is made of inputs by products, powers and norms alone: no sum, no inverse."""
    inputs = (node.attr[0] not in program.definitions for node in formula.walk() if node.op == "var")
    return all(inputs) and all(node.op in _PRODUCTS for node in formula.walk())


def _at_some_point(expected: Expr, got: Expr, scope: Scope) -> str | None:
    """What to say of `z = \\sigma(0) = \\frac12`: it is a number for some values of what it rests on."""
    bare = expected.args[0] if expected.op == "pick" else expected
    if bare.op != "var" or variables(got):
        return None
    return f"at which values {told(set(variables(bare)), scope)} is this number is not said"


def _asked_for(expected: Expr, got: Expr, scope: Scope, program: Program) -> str | None:
    """What to say of `H Δ = -∇E`: nothing else holds the names on the left, so the line tells of them."""
    left = variables(expected)
    used = {key for value in scope.program.values() for key in variables(value)} | program.reach_of(got)
    if (
        not left
        or any(node.op in ("deriv", "num") for node in expected.walk())
        or left & (used | given(scope))
    ):
        return None
    return f"nothing else says what {told(set(left), scope)} is: {TELLS}"


@once_a_node
def _quantity_names(node: Node) -> tuple[Name, ...]:
    """The names of a formula without those of a call's options, of scripts and of what a sum counts by."""
    if isinstance(node, (Symbol, Scripted)) and read_name(node) is not None:
        return written_names(node)
    if isinstance(node, Group):
        below: Iterable[Node] = (item for item in node.items if not is_keyword(item))
    elif isinstance(node, Scripted):
        below = (node.base,)
    elif isinstance(node, BigOperator):
        below = (node.body,)
    else:
        below = parts(node)
    return tuple([name for part in below for name in _quantity_names(part)])


def without_samples(side: Side, scope: Scope) -> str | None:
    """What to say of `x^{(i)}` where x was read as one vector for all samples; None elsewhere."""
    if scope.implicit_sample is not None:
        return None
    for name in _quantity_names(side.node):
        mark = scope.normalised(name).sample
        if mark is None or not mark.isalpha() or name.primes:
            continue
        try:
            found = known(name.without(power=None), scope)
        except (MeaningError, ShapeError):
            continue
        values = [reading.value for reading in found or () if isinstance(reading.value, Expr)]
        if values and not any(mark in dict(value.free) for value in values):
            base = scope.latex_of(sorted(variables(values[0]))[0]) if variables(values[0]) else name.base
            return f"`{base}` was read as the same for each {mark}: say which of its axes runs over {mark}"
    return None


def lost(claim: Claim, scope: Scope) -> str | None:
    """What to say of a line of which something was lost in the reading; None for any other."""
    sides = (claim.head, claim.right)
    return of_a_part(claim.equation) or of_two_losses(sides, scope) or with_lost_index(sides, scope)


def of_a_part(equation: Equation) -> str | None:
    """What to say of `x = u` where `x += v` comes below, and of the slope of a curve; None elsewhere."""
    if equation.connective == ON_CURVE:
        return ON_THE_CURVE
    return "more is added to this below: it tells a part" if equation.connective == PART else None


def with_lost_index(sides: Iterable[Side], scope: Scope) -> str | None:
    """What to say of `x_{ij}` where x was read as one vector, so that an index is lost; None elsewhere."""
    for name in (name for side in sides for name in _quantity_names(side.node)):
        whole = name.without(sub=(), power=None, transpose=False, inverse=False, primes=0)
        shape = scope.shapes.get(scope.vocabulary.canonical(whole))
        if shape is None or shape == SCALAR or len(name.sub) != len(shape) or name.sample is not None:
            continue
        if any(dim == 1 and is_letter(mark) for mark, dim in zip(name.sub, shape, strict=True)):
            return f"`{scope.latex_of(name.base)}` has two indices here, and was read as one vector"
    return None


def read_as_number(sides: Iterable[Side], scope: Scope) -> str | None:
    """What to say of `t_i` where repeated indices are summed and t was read as one number; None elsewhere.

    It is read so where its indices run over different things: one of them is not what was meant.
    """
    if not scope.vocabulary.sums_repeated:
        return None
    for name in (name for side in sides for name in _quantity_names(side.node)):
        own = scope.vocabulary.canonical(name.without(sub=(), power=None, transpose=False, primes=0))
        indexed = name.sub and name.sample is None and all(map(is_letter, name.sub))
        indexed = indexed and name.base not in DELTAS
        if indexed and scope.shapes.get(own) == SCALAR and own not in scope.program:
            return f"`{scope.latex_of(own)}` has an index here, and was read as a number"
    return None


def of_two_losses(sides: Iterable[Side], scope: Scope) -> str | None:
    """What to say where one line derives `L` and `L_t`, and what one of them is nothing tells; else None."""
    losses: dict[str, Name] = {}
    for side in sides:
        losses |= {name.key: name for name in _quantity_names(side.node) if is_loss_name(name)}
    for key, name in losses.items():
        others = [other for other in losses if other != key and losses[other].base == name.base]
        if others and key not in scope.quantities:
            loss, other = scope.latex_of(key), scope.latex_of(others[0])
            return f"`{loss}` was read as `{other}`: write down how the one is made of the other"
    return None


def _rests_on_declared(key: str, scope: Scope, seen: set[str]) -> bool:
    """Whether a quantity's shape is declared, or given by its definition from such."""
    if key in scope.vocabulary.shapes or key in seen:
        return True
    seen.add(key)
    definition = scope.program.get(key)
    return definition is not None and all(_rests_on_declared(k, scope, seen) for k in variables(definition))


def all_declared(side: Side, scope: Scope) -> bool:
    """Whether every name of a formula has a declared shape, or a definition from such names.

    The letter itself has to be declared: a `w` that may be the `W` of another section proves nothing.
    """
    declared = scope.vocabulary.shapes
    if scope.component or not declared:
        return False
    meant = (variables(reading.value) for reading in side.all if isinstance(reading.value, Expr))
    if not all(_rests_on_declared(key, scope, set()) for keys in meant for key in keys):
        return False
    for name in _quantity_names(side.node):
        plain = name.without(primes=0, power=None)
        plain = (plain.differentiated if scope.loss() is not None else None) or plain
        sign = name.base in LEARNING_RATES or name.base in ("partial", "nabla", "\\partial")
        sign = sign or (name.base == "d" and not name.sub)  # `d_X f` is meant for a direction
        kronecker = name.base in DELTAS and len(name.sub) == 2 and scope.quantity(name.key) is None
        if sign or kronecker or scope.is_function(name) or scope.vocabulary.dim(name.key) is not None:
            continue
        try:
            found = known(plain, scope)
        except (MeaningError, ShapeError):
            return False
        keys = [
            key
            for reading in found or ()
            if isinstance(reading.value, Expr)
            for key in variables(reading.value)
        ]
        own = scope.vocabulary.normalised(plain)
        itself = {own.key, key_of(own.base, own.layer, ())}
        if not keys or not all(_rests_on_declared(key, scope, set()) for key in keys):
            return False
        if not itself & (set(declared) | set(scope.program) | set(scope.aliases)):
            return False
    return True
