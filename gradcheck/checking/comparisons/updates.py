"""Update rules: `W ← W - α ∂L/∂W`, or the same with an equals sign.

The right side must be the variable minus a learning rate times the gradient of the loss, or Newton's step,
which multiplies the gradient by the inverse of the Hessian and is the same for what is maximised. The rate is
any undefined scalar that an update of the case uses; which one this line uses is read off the line itself.
A step by the inverse of another matrix (Gauss and Newton's, scoring, whitening) may be any, and is left open.
Where the text speaks of maximising, a step may as well go up; as an ascent, and on what is told to be the
logarithm of a likelihood, it has to. A rate may be any, so in a step by one example it may take in the 2 of
a square; where a step writes the sum or mean of all of them, it writes the gradient, and that has the 2.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from gradcheck.checking.comparisons.claims import Claim
from gradcheck.expr.forms.build import apply, isum, num, reach, var, variables
from gradcheck.expr.forms.reading import MeaningError, Note
from gradcheck.expr.forms.tree import Expr, Ix, factors_of
from gradcheck.expr.meaning.derivatives import again, derivative
from gradcheck.expr.meaning.elaborate import Elaborator
from gradcheck.expr.meaning.scope import Scope
from gradcheck.expr.written.names import letter_of
from gradcheck.expr.written.rates import LEARNING_RATES, STEP_SIZES
from gradcheck.shapes import SCALAR, ShapeError
from gradcheck.source import Span


def comparisons(claim: Claim, scope: Scope) -> Iterator[tuple[Expr, Expr, tuple[Note, ...]]]:
    """Pairs (true step of gradient descent, what is written), one for each loss and rate it may use.

    What an update is written out to may be the true step where the update itself is not.
    """
    for h in () if claim.stepped is None else claim.stepped.all:
        variable = h.value
        if not isinstance(variable, Expr):
            continue
        told = _told_before(claim)
        for r in claim.right.all:
            if not isinstance(r.value, Expr) or r.value.shape != variable.shape:
                continue
            inverted = _inverted(r.value)
            if inverted:
                if any(_is_second(matrix, scope) for matrix in inverted):
                    pairs = _newton(told or r.value, variable, claim.link.span, scope)
                    yield from ((step, r.value, (*h.notes, *r.notes)) for step in pairs)
                continue
            for rate in _rates(r.value, variable, scope):
                for target, gradient in _gradients(told or r.value, variable, claim.link.span, scope):
                    if gradient.shape != variable.shape:
                        continue
                    step = gradient if rate is None else apply("mul", rate, gradient)
                    rises = target.op == "var" and (
                        target.attr[0] in scope.vocabulary.log_likelihoods
                        or claim.equation.number in scope.vocabulary.climbs
                    )
                    if not rises:
                        yield apply("sub", variable, step), r.value, (*h.notes, *r.notes)
                    if not rises and rate is not None and _is_of_one(r.value) and _has_squares(target, scope):
                        half = apply("sub", variable, apply("div", step, num(2)))
                        taken = Note(
                            "info", "the 2 of the square is left to the learning rate", claim.link.span
                        )
                        yield half, r.value, (*h.notes, *r.notes, taken)
                    if rises or claim.equation.number in scope.vocabulary.ascends:
                        up = Note("info", "a step up, to what is maximised", claim.link.span)
                        yield apply("add", variable, step), r.value, (*h.notes, *r.notes, up)


def _is_of_one(written: Expr) -> bool:
    """Whether a step adds up nothing: it goes by one example, or one term."""
    return not any(node.op in ("isum", "sum", "ones") for node in written.walk())


def _has_squares(target: Expr, scope: Scope) -> bool:
    """Whether a loss is made of squares."""
    told = scope.program.get(target.attr[0], target) if target.op == "var" else target
    return any(node.op == "power" and node.args[1] == num(2) for node in told.walk())


def why_not_compared(claim: Claim) -> str:
    """What to say of an update of one shape that is held against nothing."""
    if any(isinstance(r.value, Expr) and _inverted(r.value) for r in claim.right.all):
        return "a step by an inverse matrix is compared where this is told to be the Hessian: write `H = ∇²L`"
    return "no loss is known whose gradient this step takes: write the loss down"


def _inverted(written: Expr) -> list[Expr]:
    """The matrices whose inverses a step holds."""
    inverses = (node for node in _outside_derivatives(written) if node.op == "inverse")
    return [node.args[0] for node in inverses if node.shape != SCALAR]


def _is_second(matrix: Expr, scope: Scope) -> bool:
    """Whether a matrix is told to be a derivative of a derivative."""
    told = scope.program.get(matrix.attr[0], matrix) if matrix.op == "var" else matrix
    return any(node.op == "deriv" and node.args[0].derivatives for node in told.walk())


def _newton(written: Expr, variable: Expr, span: Span, scope: Scope) -> Iterator[Expr]:
    """Newton's steps: the variable minus the inverse of the Hessian times the gradient, maybe damped."""
    rate = next((node for node in _outside_derivatives(written) if is_rate(node, scope)), None)
    for _, gradient in _gradients(written, variable, span, scope):
        try:
            hessians = again(Elaborator(scope), gradient, variable, span)
        except (MeaningError, ShapeError):
            continue
        for hessian in (reading.value for reading in hessians):
            if isinstance(hessian, Expr):
                step = apply("matmul", apply("inverse", hessian), gradient)
                yield apply("sub", variable, step if rate is None else apply("mul", rate, step))


def step_by_name(expected: Expr, got: Expr) -> bool:
    """Whether a step is written with the gradient by its name alone: right whatever the loss may be."""
    derived = expected.derivatives
    return len(derived) == 1 and expected.op == got.op == "sub" and _terms(expected) == _terms(got)


def within_loss(step: Expr, scope: Scope) -> str | None:
    """What to say of a step along `∂z/∂w`, or `∂x/∂w`, where z and x stand inside the loss; None elsewhere.

    A term of the loss may be stepped along alone, and so may a mark of it for one sample.
    """
    target, variable = step.derivatives[0].args[:2]
    loss = scope.loss_key
    if loss is None or target.op != "var" or target.attr[0] in (loss, *scope.losses, *_summands(loss, scope)):
        return None
    key = target.attr[0]
    is_sibling = letter_of(key) in map(letter_of, variables(variable))
    if not is_sibling and key not in reach(loss, scope.program):
        return None
    return f"`{scope.latex_of(key)}` is no loss: a step goes along the gradient of `{scope.latex_of(loss)}`"


def _summands(loss: str, scope: Scope) -> set[str]:
    """The quantities that a loss is a sum of, or of multiples of which."""
    found: set[str] = set()
    waiting = [scope.program[loss]] if loss in scope.program else []
    while waiting:
        node = waiting.pop()
        if node.op == "var" and node.attr[0] not in found:
            found.add(node.attr[0])
            waiting += [scope.program[node.attr[0]]] if node.attr[0] in scope.program else []
        elif node.op in ("add", "sub", "neg", "mul", "div", "isum", "sum", "pick"):
            waiting += [arg for arg in node.args if isinstance(arg, Expr)]
    return found


def _terms(step: Expr) -> tuple[Expr, Counter[Expr]]:
    """What is stepped from, and the factors of the step."""
    return step.args[0], Counter(factors_of(step.args[1]))


def _told_before(claim: Claim) -> Expr | None:
    """The update that a link writes out; it says what is derived."""
    values = (reading.value for reading in claim.left.all)
    return None if claim.stepped is claim.left else next((v for v in values if isinstance(v, Expr)), None)


def _rates(written: Expr, variable: Expr, scope: Scope) -> list[Expr | None]:
    """The learning rates that a line may mean: its own, else the one of the other updates, else none.

    Of several, λ and α of `θ (1 - α λ / m) - …`, one that the loss itself holds is none.
    """
    written_here = dict.fromkeys(_outside_derivatives(written))
    inside = [node for node in written_here if is_rate(node, scope)]
    inside = inside or [node for node in written_here if _is_told_rate(node, variable, scope)]
    held = reach(scope.loss_key, scope.program) if scope.loss_key is not None else set()
    known = [
        var(k, SCALAR) for k in LEARNING_RATES if scope.shapes.get(k) == SCALAR and k not in scope.program
    ]
    free = [node for node in (*inside, *known) if node.attr[0] not in held]
    return [next(iter((*free, *inside)), None)]


def is_rate(node: Expr, scope: Scope) -> bool:
    """Whether an expression is an undefined scalar that rates are called by."""
    return (
        node.op == "var"
        and node.shape == SCALAR
        and node.attr[0] in LEARNING_RATES
        and node.attr[0] not in scope.program
    )


def _is_told_rate(node: Expr, variable: Expr, scope: Scope) -> bool:
    r"""Whether a learning rate has a formula, `\eta = 1 / (2 n)`, that does not hold what is stepped."""
    if node.op != "var" or node.shape != SCALAR or node.attr[0] not in STEP_SIZES:
        return False
    return not variables(variable) & reach(node.attr[0], scope.program)


def _outside_derivatives(expr: Expr) -> Iterator[Expr]:
    yield expr
    if expr.op != "deriv":
        for arg in expr.args:
            yield from _outside_derivatives(arg)


def _gradients(written: Expr, variable: Expr, span: Span, scope: Scope) -> Iterator[tuple[Expr, Expr]]:
    """Gradients behind their losses: those that the line itself differentiates, else the case's.

    What is differentiated in a factor, `(y - q) \\nabla q`, is a part of the loss; a formula that the step
    differentiates by something else, as the f of `f'(z)`, is a factor and no loss.
    """
    loss = scope.loss()
    owner = variable.args[0] if variable.op == "pick" else variable
    slopes = (node for node in written.walk() if node.op == "deriv" and not _is_factor(node, written, scope))
    derived = dict.fromkeys(
        node.args[0] for node in slopes if node.args[1] == owner or node.args[0].op in ("var", "pick")
    )
    targets = list(dict.fromkeys(total for target in derived for total in _totals(target, written, scope)))
    if not targets and loss is not None:
        targets = [loss]
    for target in targets:
        try:
            found = derivative(Elaborator(scope), target, variable, span)
        except (MeaningError, ShapeError):
            continue
        yield from ((target, r.value) for r in found if isinstance(r.value, Expr))


def _is_factor(derivative: Expr, written: Expr, scope: Scope) -> bool:
    """Whether a derivative of no loss is multiplied by more than a learning rate and numbers."""
    target = derivative.args[0]
    if target.op == "var" and target.attr[0] in (scope.loss_key, *scope.losses):
        return False
    beside = (
        other
        for product in written.walk()
        if product.op in ("mul", "matmul")
        for other, held in (product.args, product.args[::-1])
        if any(node is derivative for node in held.walk())
    )
    return any(not _is_scale(node, scope) for other in beside for node in other.walk() if node.op == "var")


def _is_scale(node: Expr, scope: Scope) -> bool:
    """Whether a variable is a learning rate or a count."""
    return is_rate(node, scope) or scope.vocabulary.dim(node.attr[0]) is not None


def _totals(target: Expr, written: Expr, scope: Scope) -> Iterator[Expr]:
    """What a line derives; its mean and its sum where the line sums the derivatives over an index."""
    bound = [Ix(name, dim) for name, dim in target.free if name not in dict(written.free)]
    if not bound:
        yield target
        return
    total, count = target, num(1)
    for index in bound:
        total, count = isum(total, index), apply("mul", count, scope.count(index.dim))
    yield apply("div", total, count)
    yield total
