"""From a scope to the program that the bench samples: quantities, and the domains of its inputs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from gradcheck.calculus.program import Program, Variable
from gradcheck.expr.forms.build import apply
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.scope import Scope
from gradcheck.ops import OPERATIONS
from gradcheck.shapes import SCALAR, Shape

_KINKED = frozenset(name for name, operation in OPERATIONS.items() if operation.kink is not None)


def make_program(scope: Scope, nodes: Iterable[Expr], domains: Mapping[str, str]) -> Program:
    """The scope's quantities as a program; inputs under a logarithm are drawn where it is defined.

    nodes      every node of the definitions and of the formulas that are compared
    domains    those that are given, by key
    """
    nodes = tuple(nodes)
    logs, covariances = {**_leaks(nodes), **_inputs_of_logs(nodes, scope)}, _covariances(nodes, scope)
    variables = {
        key: Variable(
            key,
            shape,
            key,
            _given(domains.get(key), shape)
            or _habitual_domain(key, shape)
            or covariances.get(key)
            or logs.get(key)
            or "real",
        )
        for key, shape in scope.shapes.items()
    }
    return Program(variables, dict(scope.program))


def is_piecewise(nodes: Iterable[Expr]) -> bool:
    """Whether one of some nodes has kinks, and so pieces of which a sample may miss one."""
    return any(node.op in _KINKED for node in nodes)


def _given(domain: str | None, shape: Shape) -> str | None:
    """A stated domain; one of square matrices says nothing of anything else."""
    return None if domain in ("symmetric", "definite", "diagonal") and shape[0] != shape[1] else domain


def _habitual_domain(key: str, shape: Shape) -> str | None:
    """Where quantities of this name live when nobody says it: a square Σ is a covariance, Λ a precision."""
    return "definite" if key.startswith(("\\Sigma", "\\Lambda")) and shape[0] == shape[1] != 1 else None


def _covariances(nodes: Sequence[Expr], scope: Scope) -> dict[str, str]:
    """The inputs that are covariances or precisions for their authors, and so symmetric.

    One is the M of distances `(x - m)^T M^{-1} (x - m)`; a form in a variable alone, `x^T A^{-1} x`, says
    nothing of A, unless the logarithm of its determinant is taken, too, as in a normal density. Where such
    a matrix is a sum, `K + s^2 I`, what is added is symmetric as well, and so is the scatter beside it in
    a trace, `log det M - tr(S M)`.
    """
    if not any(node.op in ("det", "inverse") for node in nodes):
        return {}
    measured = {
        _inverted(node.args[0].args[0]) for node in nodes if node.op == "log" and _is_size(node.args[0])
    }
    found: dict[str, str] = {}
    for node in nodes:
        match _factors(node, scope) if node.op in ("matmul", "dot") else _traced(node, scope):
            case [one, other] if node.op == "trace" and measured & {_inverted(one), _inverted(other)}:
                found |= dict.fromkeys(
                    [*_added(_inverted(one), scope), *_added(_inverted(other), scope)], "definite"
                )
            case [first, middle, last] if first == apply("transpose", last):
                matrix = _inverted(middle)
                is_distance = matrix != middle and last.op in ("sub", "add")
                if matrix in measured or is_distance:
                    found |= dict.fromkeys(_added(matrix, scope), "definite")
    return found


def _traced(node: Expr, scope: Scope) -> list[Expr]:
    return _factors(node.args[0], scope) if node.op == "trace" else []


def _is_size(node: Expr) -> bool:
    """Whether a number is a determinant or its size, `|det M|`."""
    return node.op == "det" or (node.op == "abs" and _is_size(node.args[0]))


def _inverted(node: Expr) -> Expr:
    return node.args[0] if node.op == "inverse" else node


def _added(node: Expr, scope: Scope) -> list[str]:
    """The inputs that are a matrix or terms of it."""
    terms = [scope.program.get(node.attr[0], node) if node.op == "var" else node]
    keys = []
    while terms:
        term = terms.pop()
        if term.op == "add":
            terms += term.args
        elif term.op == "var" and term.attr[0] not in scope.program:
            keys.append(term.attr[0])
    return keys


def _leaks(nodes: Iterable[Expr]) -> dict[str, str]:
    """The slopes α of `max(α x, x)`: below 1, or it would not be x where x is positive."""
    found: dict[str, str] = {}
    for node in nodes:
        for leak, other in (node.args, node.args[::-1]) if node.op == "maximum" else ():
            factors = _multiplied(leak)
            if len(factors) == 2 and other in factors:
                slope = factors[1 - factors.index(other)]
                if slope.op == "var" and slope.shape == SCALAR:
                    found[slope.attr[0]] = "probability"
    return found


def _multiplied(node: Expr) -> tuple[Expr, ...]:
    return node.args if node.op in ("mul", "matmul") else ()


def _factors(node: Expr, scope: Scope) -> list[Expr]:
    """The factors of a chain of matrix products, those that have a name, `α = K^{-1} y`, written out."""
    return [part for factor in chained(node) for part in chained(_product(factor, scope))]


def chained(node: Expr) -> list[Expr]:
    """The factors of a chain of matrix products."""
    if node.op in ("matmul", "dot"):
        return [factor for arg in node.args for factor in chained(arg)]
    return [node]


def _product(node: Expr, scope: Scope) -> Expr:
    named = scope.program.get(node.attr[0]) if node.op == "var" else None
    return named if named is not None and named.op == "matmul" else node


def _inputs_of_logs(nodes: Iterable[Expr], scope: Scope) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in (node for node in nodes if node.args):
        wanted = _defined_on(node)
        if wanted is None:
            continue
        for key, domain in _domains(_written_out(node.args[0], scope), wanted):
            if key in scope.shapes and key not in scope.program:
                narrow = domain if found.get(key, domain) == domain else "probability"
                found[key] = narrow
    return found


def _written_out(inner: Expr, scope: Scope) -> Expr:
    """The formula of what a name stands for, one of a product or a quotient."""
    defined = scope.program.get(inner.attr[0]) if inner.op == "var" else None
    return defined if defined is not None and defined.op in ("mul", "div") else inner


def _defined_on(node: Expr) -> str | None:
    """Where a function that is not defined everywhere is defined: its record says it."""
    if node.op == "power":
        exponent = node.args[1].args[0] if node.args[1].op == "neg" else node.args[1]
        whole = exponent.op == "num" and getattr(exponent.attr[0], "denominator", 0) == 1
        return None if whole else "positive"
    domain = OPERATIONS[node.op].domain if node.op in OPERATIONS and node.op != "reciprocal" else ()
    return domain[0] if domain in (("positive",), ("unit",), ("probability",)) else None


def _domains(inner: Expr, wanted: str) -> list[tuple[str, str]]:
    """Domains that an operand asks for: x in log(x) positive, in log(1-x) a probability."""
    inner = _picked(inner)
    if inner.op == "var":
        return [(inner.attr[0], wanted)]
    if wanted != "positive":
        return []
    if inner.op in ("mul", "div"):  # a product is positive where its factors are
        return [found for factor in inner.args for found in _domains(factor, wanted)]
    if inner.op == "abs" and inner.args[0].op == "det":
        inner = inner.args[0]
    if inner.op == "det" and inner.args[0].op == "var":
        return [(inner.args[0].attr[0], "positive_determinant")]
    if inner.op == "sub" and (first := _picked(inner.args[0])).op == "var":
        return [(first.attr[0], "above")]  # a difference is positive where what it is taken from is large
    if inner.op == "sub" and inner.args[0].op == "num":
        rest = _picked(inner.args[1])
        return [(rest.attr[0], "probability")] if rest.op == "var" else []
    return []


def _picked(node: Expr) -> Expr:
    """What an entry or a row is picked from; a formula itself where none is."""
    return node.args[0] if node.op == "pick" else node
