"""Definitions of a name that are no other choice, since they say what was tried already.

`Z = W X + b` beside `z^{(i)} = W x^{(i)} + b`, or `1/(1 + e^{-z})` beside `\\sigma(z)`: the same function of
the same quantities, whichever is taken, so that every line gets the verdict that it has. Such a choice costs
as much as any other to read and judge. Functions are compared with their quantities drawn freely; `a = w x`
is no other form of `a = z` where z is `w x`, if a derivative by z tells them apart; `L = \\sum_i l_i` is one
of the loss that is written out, where nothing is derived by l, and `a = t` one of `a = z` where t is z and no
derivative is by a or of what rests on it. A matrix that is written whole is another choice than its rows put
together: conventions are recognised in it.
"""

from __future__ import annotations

from collections.abc import Mapping

from gradcheck.calculus.compare import Bench
from gradcheck.calculus.program import CalculusError, Program, Variable
from gradcheck.calculus.runs import apart, drawn
from gradcheck.expr.forms.build import substitute, variables
from gradcheck.expr.forms.reading import MeaningError, expression
from gradcheck.expr.forms.tree import Expr, Ix
from gradcheck.expr.meaning.scope import Scope
from gradcheck.expr.written.definitions import Definition
from gradcheck.records import dataclass, field
from gradcheck.shapes import Shape

_POINTS = 3
_MOST_OPENED = 3  # names one below the other


@dataclass
class Tried:
    """What each name of a case was taken for so far.

    varied   the keys of all that is differentiated by: for other names formulas are put in; None keeps all
    targets  the keys of all that is differentiated; None if it is not known
    """

    varied: frozenset[str] | None = None
    targets: frozenset[str] | None = None
    _known: dict[str, list[Expr]] = field(default_factory=dict)

    def says_nothing_new(self, key: str, other: Definition, scope: Scope, bench: Bench | None) -> bool:
        """Whether a definition of a name says what another did; if not, it counts as tried from now on.

        scope, bench   those of the best hypothesis so far; without a bench only equal formulas are the same
        """
        known = self._known.setdefault(key, _taken(key, scope))
        try:
            value = expression(scope.aside().meaning(key, other).value)
        except MeaningError:
            return False
        if value.op == "var" and self._is_only_a_value(key, scope):
            value = _opened(value, frozenset().union(*map(variables, known)), scope.program, frozenset())
        whole = not _in_pieces(value, scope.sample_dim)
        for one in known:
            if whole and _in_pieces(one, scope.sample_dim):
                continue
            if _same(value, one, bench) or self._same_opened(value, one, scope, bench):
                return True
        known.append(value)
        return False

    def _is_only_a_value(self, key: str, scope: Scope) -> bool:
        """Whether no derivative is by a name or of what rests on it: all ways to its value are one."""
        if self.varied is None or self.targets is None or key in self.varied:
            return False
        seen: set[str] = set()
        below = [*self.targets, *([scope.loss_key] if scope.loss_key else [])]
        while below:
            here = below.pop()
            if here == key:
                return False
            if here not in seen:
                seen.add(here)
                told = (each.get(here) for each in (scope.program, scope.aliases))
                below += (name for value in told if value is not None for name in variables(value))
        return True

    def _same_opened(self, value: Expr, one: Expr, scope: Scope, bench: Bench | None) -> bool:
        """Whether two formulas are the same with those of the names put in that only one of them uses."""
        if self.varied is None or "var" in (value.op, one.op) or variables(value) == variables(one):
            return False
        right = _opened(one, variables(value), scope.program, self.varied)
        left = _opened(value, variables(right), scope.program, self.varied)
        return (left is not value or right is not one) and _same(left, right, bench)


def _opened(value: Expr, kept: frozenset[str], program: Mapping[str, Expr], varied: frozenset[str]) -> Expr:
    """A formula with the definitions of its names put in, but those that are kept or differentiated by."""
    for _ in range(_MOST_OPENED):
        nodes = {node for node in value.walk() if node.op == "var" and node.attr[0] in program}
        by = {node: program[node.attr[0]] for node in nodes if node.attr[0] not in kept | varied}
        if not by or any(node.shape != formula.shape for node, formula in by.items()):
            break
        value = substitute(value, by)
    return value


def _taken(key: str, scope: Scope) -> list[Expr]:
    value = scope.program.get(key) or scope.aliases.get(key)
    return [] if value is None else [value]


def _in_pieces(value: Expr, sample_dim: str) -> bool:
    """Whether a value is put together from rows or entries; one sample after another is no such form."""
    selectors = (s for node in value.walk() for s in node.attr if isinstance(s, Ix))
    return any(s.dim != sample_dim for s in selectors)


def _same(left: Expr, right: Expr, bench: Bench | None) -> bool:
    if left == right:
        return True
    keys = variables(left)
    if bench is None or left.shape != right.shape or left.free or right.free or keys != variables(right):
        return False
    if left.op == "var" or _derives(left) or _derives(right):
        return False
    given = {node.attr[0]: node.shape for node in left.walk() if node.op == "var"}
    program = _free_program(given, {"left": left, "right": right}, bench.program)
    try:
        return all(_alike(program, run.sizes, seed) for seed, run in enumerate(bench.runs))
    except CalculusError:
        return False


def _derives(value: Expr) -> bool:
    return bool(value.derivatives)


def _free_program(given: Mapping[str, Shape], functions: Mapping[str, Expr], known: Program) -> Program:
    """Functions of quantities that depend on nothing, drawn from their domains."""
    inputs = {
        key: known.variables[key] if key in known.variables else Variable(key, shape, key)
        for key, shape in given.items()
    }
    made = {name: Variable(name, value.shape, name) for name, value in functions.items()}
    return Program({**inputs, **made}, functions).separated()[0]


def _alike(program: Program, sizes: Mapping[str, int], seed: int) -> bool:
    run = drawn(program, sizes, seed, _POINTS)
    left, right = (run.floats.value(program.definitions[name]) for name in ("left", "right"))
    return not apart(left, right).any()
