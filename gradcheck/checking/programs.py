"""From a scope to the program that the bench samples: quantities, and the domains of its inputs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gradcheck.calculus.program import Program, Variable
from gradcheck.expr.scope import Scope
from gradcheck.expr.tree import Expr
from gradcheck.shapes import Shape


def make_program(scope: Scope, formulas: Iterable[Expr], domains: Mapping[str, str]) -> Program:
    """The scope's quantities as a program; inputs under a logarithm are drawn where it is defined.

    domains    those that are given, by key
    """
    logs = _inputs_of_logs([*scope.program.values(), *formulas], scope)
    variables = {
        key: Variable(
            key,
            shape,
            key,
            _given(domains.get(key), shape) or _habitual_domain(key, shape) or logs.get(key) or "real",
        )
        for key, shape in scope.shapes.items()
    }
    return Program(variables, dict(scope.program))


def _given(domain: str | None, shape: Shape) -> str | None:
    """A stated domain; one of square matrices says nothing of anything else."""
    return None if domain in ("symmetric", "definite") and shape[0] != shape[1] else domain


def _habitual_domain(key: str, shape: Shape) -> str | None:
    """Where quantities of this name live when nobody says it: a square Σ is a covariance matrix."""
    return "definite" if key.startswith("\\Sigma") and shape[0] == shape[1] != 1 else None


def _inputs_of_logs(formulas: Iterable[Expr], scope: Scope) -> dict[str, str]:
    found: dict[str, str] = {}
    for formula in formulas:
        for node in formula.walk():
            if node.op not in ("log", "sqrt", "div", "power"):
                continue
            inner = node.args[0] if node.op != "div" else node.args[1]
            for key, domain in _domains(inner, node.op):
                if key in scope.shapes and key not in scope.program:
                    found[key] = "probability" if "probability" in (domain, found.get(key)) else domain
    return found


def _signed(inner: Expr) -> list[tuple[str, str]]:
    """What a determinant under a logarithm asks of its matrix; absolute values ask nothing."""
    return [(inner.args[0].attr[0], "positive_determinant")] if inner.op == "det" else []


def _domains(inner: Expr, op: str) -> list[tuple[str, str]]:
    """Domains that an operand asks for: x in log(x) positive, in log(1-x) a probability."""
    if op in ("div", "power"):
        return []
    if inner.op == "pick":
        inner = inner.args[0]
    if inner.op in ("det", "abs") and inner.args[0].op in ("var", "det"):
        return _domains(inner.args[0], op) if inner.args[0].op == "det" else _signed(inner)
    if inner.op == "var":
        return [(inner.attr[0], "positive")]
    if inner.op == "sub" and inner.args[0].op == "num":
        rest = inner.args[1]
        rest = rest.args[0] if rest.op == "pick" else rest
        return [(rest.attr[0], "probability")] if rest.op == "var" else []
    return []
