"""The three oracles agree on random expressions, and the bounds of the differences hold."""

from __future__ import annotations

import random
from fractions import Fraction

import numpy as np
import pytest

from gradcheck.calculus import Bench, CalculusError, Program, Variable
from gradcheck.calculus.contrast import contrast
from gradcheck.calculus.differences import BITS
from gradcheck.expr.forms.build import apply, deriv, num, var, variables
from gradcheck.expr.forms.tree import Expr
from tests.calculus.networks import mul, program, sub, total
from tests.calculus.random_expressions import SHAPES, random_scalar

SEEDS = range(120)


def _bench(seed: int) -> tuple[Bench, Expr]:
    """A program with one definition `u`, and a target that may use it."""
    rng = random.Random(seed)
    middle = random_scalar(rng, 3)
    quantities = {key: Variable(key, shape, key) for key, shape in SHAPES.items()}
    definitions = {"u": middle} if not middle.free else {}
    target = random_scalar(rng, rng.choice((2, 3, 4, 6)))
    if definitions:
        quantities["u"] = Variable("u", (1, 1), "u")
        target = apply("add", target, mul(var("u", (1, 1)), var("s", (1, 1))))
    return Bench(Program(quantities, definitions), seed=seed), target


@pytest.mark.parametrize("block", range(6))
def test_oracles_agree_on_random_expressions(block: int) -> None:
    judged = 0
    for seed in SEEDS[block::6]:
        try:
            bench, target = _bench(seed)
        except CalculusError:
            continue
        for key in sorted(variables(target)):
            gradient = deriv(target, var(key, bench.program.variables[key].shape))
            evidence = bench.compare(gradient, gradient)
            assert evidence.reason is None or not evidence.reason.startswith("internal"), (seed, key)
            assert evidence.outcome != "different"
            nudged = bench.compare(gradient, mul(num("1.000000000001"), gradient))
            assert nudged.reason is None or not nudged.reason.startswith("internal"), (seed, key)
            # By balls, since float64 may see a gradient where everything cancels.
            if np.max(np.abs(bench.differences(gradient)), initial=0) > 1e-8:
                judged += nudged.outcome == "different"
                assert nudged.outcome != "equal", (seed, key)
    assert judged > 20


def test_bounds_of_differences_cover_the_truth() -> None:
    """Balls of the differences hold the derivative, also far out and at extreme scales."""
    v = {key: var(key, ("n", 1)) for key in ("x", "a")}
    shapes = {"x": ("n", 1), "a": ("n", 1)}
    resolved = 0
    for scale in ("1e-6", "1e-3", "1", "1e3", "1e6"):
        for offset in ("0", "10", "-30"):
            inside = apply("add", mul(num(scale), v["x"]), num(offset))
            for op in ("sigmoid", "tanh", "softplus", "exp", "sin", "erf", "arctan", "square"):
                bench = Bench(program(shapes, {}), seed=len(offset))
                run = bench.runs[0]
                gradient = bench.prepare(deriv(total(mul(v["a"], apply(op, inside))), v["x"]))
                field, exact = run.balls(3072, "analytic")
                with field.precision():
                    truth = exact.value(gradient)
                field, steps = run.balls(BITS, "differences")
                with field.precision():
                    found = contrast(truth, steps.value(gradient), 1.0)
                assert found.outcome != "different", (op, scale, offset)
                resolved += found.outcome == "equal"
    assert resolved > 80  # the others are slopes like exp(-1e6), which no step resolves


def test_differences_say_when_a_kink_lies_inside_the_step() -> None:
    x = var("x", (1, 1))
    bench = Bench(program({"x": (1, 1)}, {}))
    at_the_kink = apply("relu", sub(x, x))
    by_steps = apply("relu", mul(x, sub(x, num(0))))
    assert np.isfinite(bench.differences(deriv(by_steps, x))).all()
    value = float(bench.value(x)[0, 0])
    exactly_there = apply("relu", sub(x, num(Fraction(value))))
    assert np.isnan(bench.differences(deriv(exactly_there, x))).all()
    evidence = bench.compare(deriv(at_the_kink, x), num(0))
    assert evidence.outcome == "equal"


def test_differences_are_the_derivative() -> None:
    bench, target = _bench(1)
    for key in sorted(variables(target)):
        gradient = deriv(target, var(key, bench.program.variables[key].shape))
        np.testing.assert_allclose(bench.differences(gradient), bench.value(gradient), rtol=1e-9, atol=1e-12)
