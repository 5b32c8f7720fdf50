"""Labels of which a loss makes sense only if they are what its authors take them for.

In `-Σ_k y_k log p_k`, where the p add up to one, the y are one-hot or probabilities, whether or not the
document says so; in `log(1 + e^{-y s})` and `max(0, 1 - y s)` they are 1 or -1. They are drawn as such; what
is right for such labels alone is right by convention, unless the document states it. Labels beside which
`1 - y` weighs a logarithm answer yes or no: they are free.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from gradcheck.calculus.compare import Bench
from gradcheck.expr.forms.build import num, variables
from gradcheck.expr.forms.tree import Expr, Ix
from gradcheck.expr.meaning.scope import Scope
from gradcheck.expr.written.names import letter_of
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Prose, Statement
from gradcheck.notation.tree import BigOperator, Number
from gradcheck.notation.walk import walk
from gradcheck.patterns import late_pattern
from gradcheck.records import dataclass

ONE_HOT, SIGNS = "one-hot", "sign-labels"
STATED = late_pattern(
    r"one[- ]?hot|1[- ]of[- ]\w+ (cod|encod)|(sums?|adds?|summing|adding) (up )?to (one|1|unity)|"
    r"probability (distribution|vector)|distribution over",
    re.IGNORECASE,
)
STATED_SIGNS = late_pattern(r"±\s*1|[-−]1 (?:or|and) \+?1|\+?1 (?:or|and) [-−]1\b")
SET_OF_SIGNS = late_pattern(r"[{(](?:-1\+?1|\+?1-1|pm1)[})]|pm1")
_MOST_OF_SIGNS = 16  # nodes of a set of two signs; to print all sides of a document takes long
UNWRAPPED = ("transpose", "pick", "neg")
OF_DISTRIBUTIONS = ("cross_entropy", "cross_entropy_of_logits", "kl_divergence")
LOGS = ("log", "log_softmax")
# What labels are called, and what is taken of their product with a score.
LABELS = {"y", "t", "Y", "T"}
OF_MARGINS = ("exp", "sigmoid", "softplus", "log_sigmoid", "relu", "maximum", "gt", "ge", "lt", "le")


def stated_labels(body: Iterable[Statement]) -> frozenset[str]:
    """What a document says of labels: that they are one-hot or add up to one, that they are 1 or -1."""
    found: set[str] = set()
    for item in body:
        if isinstance(item, Prose):
            found |= {ONE_HOT} if STATED.search(item.text) else set()
            found |= {SIGNS} if STATED_SIGNS.search(item.text) else set()
        elif isinstance(item, Equation):
            found |= {ONE_HOT} if _states_unit_sum(item) else set()
            found |= {SIGNS} if _states_signs(item) else set()
    return frozenset(found)


def _states_signs(equation: Equation) -> bool:
    """`y \\in \\{-1, 1\\}` or `y = \\pm 1`."""
    short = [link.right for link in equation.links if len(walk(link.right)) <= _MOST_OF_SIGNS]
    return any(SET_OF_SIGNS.fullmatch(re.sub(r"[\s\\,]", "", latex(side))) for side in short)


def _states_unit_sum(equation: Equation) -> bool:
    """`\\sum_k y_k = 1`."""
    is_one = [isinstance(link.right, Number) and link.right.text == "1" for link in equation.links]
    return isinstance(equation.head, BigOperator) and any(is_one)


@dataclass
class Labels:
    """The case with such labels left free, to find which lines need them.

    make        the bench with free labels, made at first use
    convention  what is taken of them
    stated      the document says so
    """

    make: Callable[[], Bench]
    convention: str
    stated: bool
    _free: Bench | None = None

    def needed(self, expected: Expr, got: Expr) -> bool:
        """Whether two sides that are equal differ once the labels are any numbers."""
        if self.stated:
            return False
        if self._free is None:
            self._free = self.make()
        return not self._free.close(expected, got)


def label_domains(scope: Scope, nodes: Iterable[Expr]) -> Mapping[str, str]:
    """The inputs that are such labels, with the domain that each is drawn from.

    nodes   every node of the definitions and of the formulas that are compared
    """
    if scope.component:
        return {}
    found: dict[str, str] = {}
    answers: set[str] = set()
    for node in nodes:
        for weight, logged in _weighted(node):
            key = _input(weight, scope)
            if key is not None:
                axis = _normalised_axis(logged, scope)
                if axis is not None:
                    found[key] = _domain(scope, key, axis)
            elif weight.op == "sub" and (weight.args[0] == num(1) or weight.args[0].op == "ones"):
                answers |= variables(weight)
    return {key: domain for key, domain in found.items() if key not in answers}


def sign_labels(scope: Scope, nodes: Iterable[Expr]) -> Mapping[str, str]:
    """The labels that are multiplied with a score, each drawn as 1 or -1.

    nodes   every node of the definitions
    """
    found: dict[str, str] = {}
    for node in nodes:
        for argument in node.args if node.op in OF_MARGINS else ():
            for product in _products(argument):
                factors = [_unwrapped(factor) for factor in _all_factors(product)]
                labels = [factor for factor in factors if _is_label(factor, scope)]
                if labels and len(factors) > 1:
                    found |= {label.attr[0]: "sign" for label in labels}
    return found


def _products(argument: Expr) -> Iterator[Expr]:
    """The products of a margin: itself, or what is taken from one."""
    if argument.op in ("sub", "add"):
        yield from (product for arg in argument.args for product in _products(arg))
    elif argument.op == "neg":
        yield from _products(argument.args[0])
    elif argument.op in ("mul", "matmul", "dot"):
        yield argument


def _all_factors(node: Expr) -> Iterator[Expr]:
    if node.op in ("mul", "matmul", "dot"):
        for arg in node.args:
            yield from _all_factors(arg)
    elif node.op in UNWRAPPED and node.op != "pick":
        yield from _all_factors(node.args[0])
    else:
        yield node


def _is_label(node: Expr, scope: Scope) -> bool:
    return node.op == "var" and node.attr[0] in LABELS and node.attr[0] not in scope.program


def chosen_domains(scope: Scope) -> Mapping[str, str]:
    """The one-hot arrays of labels that say which entry is meant, `y_i` of `s_{y_i}`; those of two values."""
    domains = ("onehot", "onehot_rows")
    found = {key: domain for key in scope.shapes if (domain := scope.vocabulary.answers.get(letter_of(key)))}
    found |= {label.key: domains[label.class_axis] for label in scope.vocabulary.labels.values()}
    return {key: domain for key, domain in found.items() if key in scope.shapes and key not in scope.program}


def _weighted(node: Expr) -> Iterator[tuple[Expr, Expr]]:
    """The factors of a product beside a logarithm, each with that logarithm; targets with predictions."""
    if node.op in OF_DISTRIBUTIONS:
        target, prediction = map(_unwrapped, node.args)
        yield target, node if node.op == "cross_entropy_of_logits" else prediction
    if node.op not in ("mul", "matmul", "dot"):
        return
    factors = [_unwrapped(factor) for factor in _factors(node)]
    logs = [factor for factor in factors if factor.op in LOGS]
    yield from ((factor, log) for log in logs for factor in factors if factor is not log)


def _factors(node: Expr) -> Iterator[Expr]:
    if node.op == "mul":
        for arg in node.args:
            yield from _factors(arg)
    else:
        yield from node.args if node.op in ("matmul", "dot") else (node,)


def _unwrapped(node: Expr) -> Expr:
    while node.op in UNWRAPPED:
        node = node.args[0]
    return node


def _input(node: Expr, scope: Scope) -> str | None:
    """The key of a quantity that nothing defines and that has several entries, or of the one it is made of.

    Labels may be smoothed, `(1 - ε) y + ε/K`: they still add up to one where y does.
    """
    if node.op != "var" or node.shape == (1, 1):
        return None
    made = scope.program.get(node.attr[0])
    if made is None:
        return str(node.attr[0])
    alike = [k for k in variables(made) - scope.program.keys() if scope.shapes.get(k) == node.shape]
    return alike[0] if len(alike) == 1 else None


def _normalised_axis(logged: Expr, scope: Scope) -> int | None:
    """The axis along which what stands in a logarithm adds up to one; None where it does not."""
    seen: set[str] = set()
    open_ones = [logged]
    while open_ones:
        for node in open_ones.pop().walk():
            if node.op in ("softmax", "log_softmax", "cross_entropy_of_logits"):
                return int(node.attr[0] or 0)
            if node.op == "div" and (axis := _summed_axis(node.args[1], scope)) is not None:
                return axis
            if node.op == "var" and node.attr[0] in scope.program and node.attr[0] not in seen:
                seen.add(node.attr[0])
                open_ones.append(scope.program[node.attr[0]])
    return None


def _summed_axis(denominator: Expr, scope: Scope) -> int | None:
    """The axis of a quantity that a denominator's Σ runs along; the Σ may have a name of its own."""
    if denominator.op == "var" and denominator.attr[0] in scope.program:
        denominator = scope.program[denominator.attr[0]]
    for node in denominator.walk():
        if node.op == "sum":
            return int(node.attr[0] or 0)
        if node.op == "isum":
            for inner in node.args[0].walk():
                for axis, selector in enumerate(inner.attr if inner.op == "pick" else ()):
                    if isinstance(selector, Ix) and selector.name == node.attr[0].name:
                        return axis
    return None


def _domain(scope: Scope, key: str, axis: int) -> str:
    rows, columns = scope.shapes[key]
    along_rows = rows == 1 or (columns != 1 and axis == 1)
    return "simplex_rows" if along_rows else "simplex"
