"""One record is all that an operation needs: oracles, printer and checks find it there."""

from __future__ import annotations

import pytest

from gradcheck.calculus import Bench
from gradcheck.expr.build import apply, deriv, num, prime, var
from gradcheck.expr.printer import latex
from gradcheck.ops import OPERATIONS
from gradcheck.ops.operation import elementwise
from tests.calculus.networks import mul, program, total
from tests.ops import operation_checks as checks

CUBE = elementwise(
    "cube",
    lambda x: x**3,
    lambda x: 3 * x**2,
    lambda forms, x: x**3,
    "each entry to the third",
)


def test_a_new_record_passes_the_checks_and_is_known_to_the_oracles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(OPERATIONS, "cube", CUBE)
    for check in (checks.check_shape, checks.check_value, checks.check_balls, checks.check_vjp):
        check(CUBE, CUBE.examples[0])
    checks.check_derivatives(CUBE, CUBE.examples[0])
    x = var("x", ("n", "m"))
    cube = apply("cube", x)
    assert latex(cube, str) == r"\operatorname{cube}\left(x\right)"
    bench = Bench(program({"x": ("n", "m")}, {}))
    left = deriv(total(cube), x)
    for right in (mul(num(3), apply("square", x)), prime("cube", x)):
        evidence = bench.compare(left, right)
        assert (evidence.outcome, evidence.certainty) == ("equal", "proved")
    assert bench.compare(left, apply("square", x)).outcome == "different"
