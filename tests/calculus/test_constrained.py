"""Values are compared where conditions hold, at points that the drawn ones are led to."""

import pytest

from gradcheck.calculus.compare import Bench
from gradcheck.calculus.constrained import agreements
from gradcheck.calculus.program import Program, Variable
from gradcheck.expr.forms.build import apply, num, var
from gradcheck.shapes import SCALAR

U, S = var("u", ("p", 1)), var("S", ("p", "p"))
NUMBER = var("k", SCALAR)
EIGEN = apply("sub", apply("matmul", S, U), apply("mul", NUMBER, U))
SQUARE = apply("dot", U, U)
FORM = apply("dot", U, apply("matmul", S, U))


@pytest.fixture(scope="module")
def bench() -> Bench:
    return Bench(
        Program({key: Variable(key, node.shape, key) for key, node in (("u", U), ("S", S), ("k", NUMBER))})
    )


def holds(bench: Bench, conditions, left, right) -> bool:
    gaps = [bench.prepare(condition) for condition in conditions]
    found = [agree for run in bench.runs for agree in agreements(run, gaps, left, right)]
    return bool(found) and all(found)


def test_an_eigenvalue_is_the_form_of_a_unit_vector(bench: Bench) -> None:
    unit = apply("sub", SQUARE, num(1))
    assert holds(bench, [EIGEN], FORM, apply("mul", NUMBER, SQUARE))
    assert holds(bench, [EIGEN, unit], FORM, NUMBER)
    assert not holds(bench, [EIGEN], FORM, NUMBER)
    assert not holds(bench, [unit], FORM, NUMBER)


def test_conditions_that_others_imply_do_no_harm(bench: Bench) -> None:
    implied = apply("sub", FORM, apply("mul", NUMBER, SQUARE))
    assert holds(bench, [EIGEN, implied], FORM, apply("mul", NUMBER, SQUARE))


def test_where_no_point_fulfils_the_conditions_nothing_holds(bench: Bench) -> None:
    negative = apply("add", SQUARE, num(1))
    assert not holds(bench, [negative], FORM, FORM)
