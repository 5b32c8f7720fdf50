"""A loss that nothing defines: any function of what the forward pass ends in.

`dV = P^T dO` holds for every loss, so it can be judged without one; "L is some loss of the outputs y", and
from there every `∂L/∂…` is told by `∂L/∂y`. To first order a loss is what it makes of small changes of the
outputs, so `Σ output ⊙ c` with an arbitrary cotangent c for each output stands for all losses. What an
author says about one certain loss (`dZ = A - Y`) cannot be judged that way. Rejected: to leave the loss an
input, of which every derivative is zero, so that every line about it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from typing import Protocol

from gradcheck.expr.forms.build import apply, reach, var, variables
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.written.definitions import Definition, read_applied, written_names
from gradcheck.expr.written.names import is_greek
from gradcheck.expr.written.quotients import quotients_in
from gradcheck.expr.written.vocabulary import LOSS_BASES, Vocabulary
from gradcheck.notation.tree import Call, Node
from gradcheck.records import dataclass
from gradcheck.shapes import SCALAR

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
    """An arbitrary loss of some quantities; its definition and its cotangents join the scope.

    A loss that has no meaning is none of them: its letter stands for this one.
    """
    return _loss_of((key for key in outputs if key not in LOSS_BASES), UNNAMED, scope)


def define_losses(nodes: Iterable[Expr], scope: Quantities, functions: Container[str] = ()) -> None:
    """Give a scope the definition of each loss that its formulas derive and that nothing defines.

    nodes       every node of the formulas
    functions   the keys of names that are applied to something: what they give is no loss
    """
    derived = dict.fromkeys(
        (node.args[0].attr[0], node.args[1].attr[0])
        for node in nodes
        if node.op == "deriv" and node.args[0].op == "var" and node.args[0].shape == SCALAR
    )
    undefined = (target for target, _ in derived if target not in scope.program and target not in functions)
    for loss in dict.fromkeys(undefined):
        by = [key for target, key in derived if target == loss and key in scope.program]
        _loss_of(_ends(by, loss, scope.program), loss, scope)


def _loss_of(outputs: Iterable[str], loss: str, scope: Quantities) -> Expr | None:
    terms = [apply("dot", *pair) for key in outputs for pair in _with_cotangent(key, loss, scope)]
    if not terms:
        return None
    scope.program[loss] = reduce(lambda sum_, term: apply("add", sum_, term), terms)
    scope.shapes[loss] = SCALAR
    return var(loss, SCALAR)


def _with_cotangent(key: str, loss: str, scope: Quantities) -> Iterator[tuple[Expr, Expr]]:
    output = scope.quantity(key)
    if output is not None:
        cotangent = var(cotangent_key(loss, key), output.shape)
        scope.shapes[cotangent.attr[0]] = cotangent.shape
        yield cotangent, output


def _ends(keys: list[str], loss: str, program: Mapping[str, Expr]) -> list[str]:
    """Those of some defined quantities on which no other one rests, and which do not rest on the loss."""
    below = {key: reach(key, program) for key in keys}
    free = [key for key in keys if loss not in below[key]]
    return [key for key in free if not any(key in below[other] for other in free if other != key)]


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
    """Whether a formula holds a gradient of a loss that stands for all losses, maybe by a name for it."""
    seen: set[str] = set()
    waiting = [formula]
    while waiting:
        current = waiting.pop()
        targets = [node.args[0] for node in current.derivatives]
        losses = [definitions.get(target.attr[0]) for target in targets if target.op == "var"]
        if any(key.startswith(COTANGENT) for loss in losses if loss is not None for key in variables(loss)):
            return True
        named = [key for key in variables(current) - seen if key in definitions]
        seen.update(named)
        waiting += [definitions[key] for key in named]
    return False


@dataclass(frozen=True, slots=True)
class Part:
    """What a part of a document has to do with, by keys: what it defines, what it names, what stood before.

    Another part that uses the same letters for a pass of its own says nothing of this one.
    """

    own: frozenset[str]
    named: frozenset[str]
    before: frozenset[str]

    def near(self, forward: Container[str]) -> frozenset[str]:
        """The keys whose ends count: a part without a pass of its own goes on with those before it."""
        near = self.own | self.named
        return near if any(key in forward for key in self.own) else near | self.before


def outputs(
    quantities: Mapping[str, Sequence[Definition]],
    vocabulary: Vocabulary,
    part: Part,
    derived: frozenset[str],
) -> tuple[str, ...]:
    """The keys of what the forward pass ends in: defined, and used by no other definition.

    derived     keys of all that a loss is differentiated by: where some ends are, the others are short for
                something, as `s = 1 - \\tanh^2 z` beside `a = \\tanh z` and `∂L/∂a`; the letter of an error
                among them goes forward, too, as g does in `g = x W_g` beside `dg`

    A definition with a derivative in it belongs to the way back, and so does what is defined with that.
    """
    used_by = {key: _used(definitions, vocabulary) for key, definitions in quantities.items() if definitions}
    signals = {key for key, given in quantities.items() if key not in derived and _is_signal(given)}
    back = signals | {key for key, given in quantities.items() if any(map(_derives, given))}
    while more := {key for key, used in used_by.items() if key not in back and used & back}:
        back |= more
    forward = {key: used for key, used in used_by.items() if key not in back}
    near = set(part.near(forward))
    for key in near & back:
        near |= _below(key, used_by)
    ends = _last([key for key in forward if key in near], forward) or _last(list(forward), forward)
    return tuple(key for key in ends if key in derived) or ends


def _last(keys: Sequence[str], used_by: Mapping[str, set[str]]) -> tuple[str, ...]:
    """Those of some quantities on which no other one of them rests."""
    inner = set().union(*(_below(key, used_by) for key in keys)) if keys else set()
    return tuple(key for key in keys if key not in inner)


def _below(key: str, used_by: Mapping[str, set[str]]) -> set[str]:
    """Everything on which a quantity rests."""
    found: set[str] = set()
    waiting = set(used_by.get(key, ()))
    while waiting:
        found |= waiting
        waiting = {other for name in waiting for other in used_by.get(name, ())} - found
    return found - {key}


def _is_signal(given: Sequence[Definition]) -> bool:
    """Whether the letter of an error is one: what an activation gives, `g_t = \\tanh(...)`, goes forward."""
    return bool(given) and given[0].name.base in SIGNALS and not any(_applies(d.right) for d in given)


def _applies(node: Node) -> bool:
    return isinstance(node, Call) or read_applied(node) is not None


def _used(given: Iterable[Definition], vocabulary: Vocabulary) -> set[str]:
    return {
        vocabulary.canonical(name)
        for definition in given
        for name in written_names(definition.right)
        if name.key != definition.name.key
    }


def _derives(definition: Definition) -> bool:
    return bool(quotients_in(definition.right)) or any(
        name.primes or _is_gradient(name.base) for name in written_names(definition.right)
    )


def _is_gradient(base: str) -> bool:
    """`dW` or `d\\gamma`; `dot` and `decoder` are words."""
    letter = base[1:].lstrip("\\")
    return base[:1] == "d" and (len(letter) == 1 or is_greek(letter))
