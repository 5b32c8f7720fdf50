"""One record is all that an operation needs: oracles, printer and checks find it there."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from gradcheck.calculus import Bench
from gradcheck.expr.forms.build import apply, deriv, num, prime, var
from gradcheck.expr.printing.printer import latex
from gradcheck.ops import OPERATIONS
from gradcheck.ops.operation import Operation, elementwise
from tests.calculus.networks import mul, program, total
from tests.ops import operation_checks as checks

README = Path(__file__).parents[2] / "README.md"


@pytest.fixture
def cube(tmp_path: Path) -> Operation:
    """The operation that the README shows, made by the code that stands there."""
    (code,) = re.findall(r"```python\n(CUBE = .*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    module = tmp_path / "cube.py"
    module.write_text(code, encoding="utf-8")
    made = runpy.run_path(str(module), {"elementwise": elementwise})["CUBE"]
    assert isinstance(made, Operation)
    return made


def test_a_new_record_passes_the_checks_and_is_known_to_the_oracles(
    cube: Operation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(OPERATIONS, "cube", cube)
    for check in (checks.check_shape, checks.check_value, checks.check_balls, checks.check_vjp):
        check(cube, cube.examples[0])
    checks.check_derivatives(cube, cube.examples[0])
    x = var("x", ("n", "m"))
    cubed = apply("cube", x)
    assert latex(cubed, str) == r"\operatorname{cube}\left(x\right)"
    bench = Bench(program({"x": ("n", "m")}, {}))
    left = deriv(total(cubed), x)
    for right in (mul(num(3), apply("square", x)), prime("cube", x)):
        evidence = bench.compare(left, right)
        assert (evidence.outcome, evidence.certainty) == ("equal", "proved")
    assert bench.compare(left, apply("square", x)).outcome == "different"
