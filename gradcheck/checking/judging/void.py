r"""Lines that hold only because both of their sides are zero, as the document was read.

Where a model and its labels have one letter, `y = θ^T x` and `Σ (y_i - θ^T x_i)^2`, or an entry is read as
the whole, so that it is its own mean, all derivatives vanish, and any formula with a factor that does is as
right as another. Such a line counts for no reading, and is left open. What its author says to be zero is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from gradcheck.checking.comparisons.updates import step_by_name, within_loss
from gradcheck.checking.hearing.regions import Pair, nowhere
from gradcheck.checking.judging.open_derivatives import open_derivative
from gradcheck.checking.judging.premises import empty, read_as_number
from gradcheck.expr.forms.build import apply, num, variables
from gradcheck.expr.forms.tree import distinct
from gradcheck.notation.printer import latex
from gradcheck.notation.tree import Node, Number, Symbol
from gradcheck.notation.walk import of_kind, walk
from gradcheck.shapes import SCALAR
from gradcheck.verdict import Role

if TYPE_CHECKING:
    from gradcheck.checking.bench.oracle import Oracle
    from gradcheck.checking.comparisons.claims import Claim
    from gradcheck.expr.forms.tree import Expr
    from gradcheck.expr.meaning.scope import Scope

VOID = "both sides are 0 as this was read, so any factor would do: write down what is differentiated"

FLAT = "this derives a step function, whose slope is 0 where it has one: say which slope is meant instead"
STEPS = ("greater", "greater_equal", "sign", "step")

ONE = "a softmax of one number is always 1: declare the shape of its argument"


def nothing_agreed(
    pair: Pair, claim: Claim, scope: Scope, oracle: Oracle, instances: Mapping[str, int]
) -> str | None:
    """Why two equal sides agree about nothing, None where they do: what they derive is open, or vanishes.

    instances   how often each line is judged: of several steps, one may be zero
    """
    expected, got, _ = pair
    if claim.link.number == 1 and expected == got and latex(claim.equation.head) == latex(claim.link.right):
        return None  # `\bar v_i = \partial y / \partial v_i` only tells what a name stands for
    program = oracle.bench.program
    if claim.role is Role.UPDATE and step_by_name(expected, got):
        return within_loss(expected, scope)
    if (told := read_as_number((claim.head, claim.right), scope)) is not None:
        return told
    if oracle.decisive:
        told = open_derivative(expected, got, scope, program) or empty(expected, got, scope, program)
        told = told or nowhere(pair, oracle)
        if told is not None:
            return told
        if expected is not got and any(map(_is_softmax_of_one, distinct((expected, got)))):
            return ONE
    if not variables(got) or not (expected.derivatives or expected.keys & program.definitions.keys()):
        return None
    if oracle.decisive and (number := _normed_number(expected, got, scope, oracle)) is not None:
        return f"`{scope.latex_of(number)}` was read as a number, and its norm is taken: declare its shape"
    if instances[claim.id] > 1 or not oracle.vanishes(got):
        return None
    meant = any(node.op == "num" and node.attr[0] == 0 for node in got.walk())
    if meant or any(_is_zero(side) for side in claim.equation.sides):
        return None
    return VOID if _is_identically_zero(got, oracle) else None


def flat(expected: Expr, oracle: Oracle) -> str | None:
    """What to say of a gradient that is zero only because a step lies on its way, and that is told otherwise.

    Nobody derives a step for its own sake: another slope is taken for it, or a slope for the function itself.
    """
    program = oracle.bench.program
    derived = [node.args for node in expected.derivatives if node.args[1].op == "var"]
    keys = {key for target, _ in derived for key in program.reach_of(target) & program.definitions.keys()}
    formulas = (*(program.definitions[key] for key in sorted(keys)), *(target for target, _ in derived))
    holding = [formula for formula in formulas if not formula.ops.isdisjoint(STEPS)]
    steps = [node for node in distinct(holding) if node.op in STEPS] if holding else []
    behind = any(by.attr[0] in program.reach_of(step) for _, by in derived for step in steps)
    return FLAT if behind and oracle.vanishes(expected) else None


def _is_softmax_of_one(node: Expr) -> bool:
    softmax = node.op in ("softmax", "log_softmax")
    return softmax and node.args[0].shape == SCALAR and not node.args[0].free


def _normed_number(expected: Expr, got: Expr, scope: Scope, oracle: Oracle) -> str | None:
    """A name that nobody declared a number and that was read as one, though `\\|v\\|` is taken of it alone.

    As a number `v / \\|v\\|` is a sign, which no derivative sees: any factor before it would be right.
    """
    program = oracle.bench.program
    if not oracle.takes_norms and not any(node.op == "norm" for node in distinct((expected, got))):
        return None
    reached = program.reach_of(expected) | program.reach_of(got)
    formulas = (
        expected,
        got,
        *(program.definitions[key] for key in sorted(reached) if key in program.definitions),
    )
    nodes = list(distinct(formulas))
    squared = {node.args[0] for node in nodes if node.op == "power" and node.args[1] == num(2)}
    for node in nodes:
        if node.op == "norm" and node.args[0].op == "var" and node.args[0].shape == SCALAR:
            if node in squared:
                continue
            key: str = node.args[0].attr[0]
            if key not in scope.vocabulary.shapes:
                return key
    return None


def _is_identically_zero(value: Expr, oracle: Oracle) -> bool:
    """Whether it is zero for all values, where one that only saturates has none that float64 could hold."""
    nothing = apply("mul", num(0), value)
    return not oracle.decisive or oracle.evidence(value, nothing).symbolic.outcome == "identity"


def _is_zero(side: Node) -> bool:
    """Whether a side is a zero of any shape: `0`, `\\mathbf{0}`, `0_n`."""
    if len(of_kind(side, Number)) + len(of_kind(side, Symbol)) > 2:
        return False
    first = next((node for node in walk(side) if isinstance(node, Number | Symbol)), None)
    return (isinstance(first, Number) and first.text == "0") or (
        isinstance(first, Symbol) and first.name == "0"
    )
