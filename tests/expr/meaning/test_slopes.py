"""The derivative of a formula in one number, as a formula."""

import pytest

from gradcheck.calculus import Bench, Program, Variable
from gradcheck.expr.forms.build import apply, deriv, num, pick, prime, var
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.slopes import slope
from gradcheck.shapes import SCALAR

X, C = var("x", SCALAR), var("c", SCALAR)


def _of(op: str, *args: Expr) -> Expr:
    return apply(op, *args)


@pytest.mark.parametrize(
    "formula",
    [
        num(3),
        C,
        X,
        _of("add", _of("mul", X, X), C),
        _of("sub", C, _of("exp", _of("mul", C, X))),
        _of("div", _of("sin", X), _of("add", X, C)),
        _of("div", X, C),
        _of("power", _of("tanh", X), num(3)),
        _of("log", _of("add", num(1), _of("square", X))),
        prime("sigmoid", _of("mul", C, X)),
    ],
)
def test_it_is_the_derivative(formula: Expr) -> None:
    bench = Bench(Program({key: Variable(key, SCALAR, key, "positive") for key in ("x", "c")}))
    found = slope(formula, X)
    assert found is not None
    assert bench.close(found, deriv(formula, X))
    assert not bench.close(_of("add", found, num(1)), deriv(formula, X))


@pytest.mark.parametrize("formula", [_of("power", C, X), _of("maximum", X, C), pick(X, 1, 1)])
def test_what_has_no_rule_here_has_none(formula: Expr) -> None:
    assert slope(formula, X) is None
