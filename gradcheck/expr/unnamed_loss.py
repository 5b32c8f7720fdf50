"""The loss of a document that never says what its loss is: any function of what the forward pass ends in.

`dV = P^T dO` holds for every loss, so it can be judged without one. To first order a loss is what it makes of
small changes of the outputs, so `Σ output ⊙ c` with an arbitrary cotangent c for each output stands for all
losses. What an author says about one certain loss (`dZ = A - Y`) cannot be judged that way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from gradcheck.expr.build import apply, var, variables
from gradcheck.expr.definitions import Definition, written_names
from gradcheck.expr.quotients import read_quotient
from gradcheck.expr.tree import Expr
from gradcheck.expr.vocabulary import Vocabulary
from gradcheck.notation.walk import walk

UNNAMED = "·loss"
COTANGENT = "·c"
# Letters of error signals: what is defined with them belongs to the way back.
SIGNALS = frozenset(("\\delta", "\\Delta", "\\epsilon", "\\varepsilon", "e", "err", "error", "g", "grad"))


class Quantities(Protocol):
    """What the loss needs of a scope."""

    shapes: dict[str, tuple[int | str, int | str]]
    program: dict[str, Expr]

    def quantity(self, key: str) -> Expr | None:
        """The quantity of a key."""


def functional(outputs: Sequence[str], scope: Quantities) -> Expr | None:
    """An arbitrary loss of some quantities; its definition and its cotangents join the scope."""
    terms = [apply("sum", term, attr=(None,)) for key in outputs for term in _with_cotangent(key, scope)]
    if not terms:
        return None
    loss = terms[0]
    for term in terms[1:]:
        loss = apply("add", loss, term)
    scope.program[UNNAMED] = loss
    scope.shapes[UNNAMED] = loss.shape
    return var(UNNAMED, loss.shape)


def _with_cotangent(key: str, scope: Quantities) -> Iterator[Expr]:
    output = scope.quantity(key)
    if output is not None:
        cotangent = var(cotangent_key(UNNAMED, key), output.shape)
        scope.shapes[cotangent.attr[0]] = cotangent.shape
        yield apply("mul", output, cotangent)


def name_of(key: str, latex_of: Callable[[str], str]) -> str:
    """How a quantity is told that its author does not write: the loss, a cotangent; any other by its key."""
    if key == UNNAMED:
        return "L"
    if key.startswith(COTANGENT):
        loss, _, of = key.removeprefix(COTANGENT).partition("/")
        return rf"\frac{{\partial {latex_of(loss)}}}{{\partial {latex_of(of)}}}"
    return key


def cotangent_key(loss: str, of: str) -> str:
    """The key of the arbitrary cotangent of one output."""
    return f"{COTANGENT}{loss}/{of}"


def is_of_unnamed_loss(formula: Expr, definitions: Mapping[str, Expr]) -> bool:
    """Whether a formula holds a gradient of a loss that stands for all losses."""
    targets = (node.args[0] for node in formula.walk() if node.op == "deriv")
    losses = (definitions.get(target.attr[0]) for target in targets if target.op == "var")
    return any(key.startswith(COTANGENT) for loss in losses if loss is not None for key in variables(loss))


def outputs(quantities: Mapping[str, Sequence[Definition]], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The keys of what the forward pass ends in: defined, and used by no other definition.

    A definition with a derivative in it belongs to the way back, and so does what is defined with that.
    """
    used_by = {key: _used(definitions, vocabulary) for key, definitions in quantities.items() if definitions}
    back = {key for key, given in quantities.items() if any(map(_derives, given)) or _base(given) in SIGNALS}
    while more := {key for key, used in used_by.items() if key not in back and used & back}:
        back |= more
    forward = {key: used for key, used in used_by.items() if key not in back}
    inner = set().union(*forward.values()) if forward else set()
    return tuple(key for key in forward if key not in inner)


def _base(given: Sequence[Definition]) -> str:
    return given[0].name.base if given else ""


def _used(given: Iterable[Definition], vocabulary: Vocabulary) -> set[str]:
    return {
        vocabulary.canonical(name)
        for definition in given
        for name in written_names(definition.right)
        if name.key != definition.name.key
    }


def _derives(definition: Definition) -> bool:
    return any(read_quotient(node) is not None for node in walk(definition.right)) or any(
        name.primes or _is_gradient(name.base) for name in written_names(definition.right)
    )


def _is_gradient(base: str) -> bool:
    return len(base) > 1 and base[0] == "d"
