"""check_gradient beside other gradient checkers, in one run: what is found, what is falsely accused, time.

python -m tests.benchmarks.gradient_checkers writes reports/gradient-checkers.md

Every checker gets the same functions of one flat NumPy vector and the same hand-written gradients, with
its default tolerances; where it has none, the comparison a user would write (NumPy's allclose). Peers that
are not installed are left out (torch, jax, autograd, scipy, numdifftools, statsmodels). Times are ratios to
one forward pass.
"""

from __future__ import annotations

import os
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from gradcheck.code import check_gradient
from gradcheck.code.trees import as_array, flatten
from tests.code.networks import Network, network

REPORT = Path(__file__).parents[2] / "reports" / "gradient-checkers.md"
REPEATS = 10
LONG = 3.0  # seconds, beside which what a first call compiles is little
MANY = 100
NETS = {  # ReLU or σ, real numbers only or complex ones too
    "σ net": (False, False),
    "ReLU net": (True, False),
    "σ net, real numbers only": (False, True),
    "ReLU net, real numbers only": (True, True),
}
PREAMBLE = (
    "Written by `python -m tests.benchmarks.gradient_checkers`: one run, one machine, one thread; every "
    "checker with its default tolerances. `none`: not even an error of 1e-1 is found in every repeat; `-`: "
    "not run, too slow. `undecided`, which only gradcheck says, counts neither as an accusation nor as an "
    "error found."
)
WIDTHS = ((8, 10), (30, 31), (100, 98), (300, 331))  # inputs and hidden units of 1e2 .. 1e5 parameters
SIZES = ["1e2 parameters", "1e3", "1e4", "1e5"]
ERRORS = [10.0**-k for k in range(1, 15)]


@dataclass(frozen=True, slots=True)
class Problem:
    """f and its claimed gradient on flat vectors, at x."""

    f: Callable[[Any], Any]
    grad: Callable[[Any], Any]
    x: Any

    def times(self, factors: Any) -> Problem:
        return Problem(self.f, lambda x: factors * self.grad(x), self.x)


@dataclass(frozen=True, slots=True)
class Checker:
    """accepts(problem): does it let the gradient pass; `largest`: more parameters would take minutes."""

    name: str
    accepts: Callable[[Problem], bool]
    largest: int = 100_000


def flat(net: Network) -> Problem:
    layout, x = flatten(net.parameters)

    def grad(v: Any) -> Any:
        found = net.gradient(layout.build(v))
        return np.concatenate([np.ravel(found[name]) for name in net.parameters])

    return Problem(lambda v: net.loss(layout.build(v)), grad, x)


def only_real(problem: Problem) -> Problem:
    return Problem(lambda x: problem.f(np.real(x)), problem.grad, problem.x)


def ours(problem: Problem) -> bool:
    return check_gradient(problem.f, problem.grad, problem.x).verdict != "wrong"


def passes_silently(check: Callable[[], Any]) -> bool:
    try:
        check()
    except Exception:  # peers raise errors of many types for a mismatch
        return False
    return True


def torch_checker(fast: bool) -> Callable[[Problem], bool]:
    import torch

    def accepts(problem: Problem) -> bool:
        class Handwritten(torch.autograd.Function):
            @staticmethod
            def forward(ctx: Any, x: Any) -> Any:
                ctx.save_for_backward(x)
                return torch.tensor(float(problem.f(x.detach().numpy())), dtype=torch.float64)

            @staticmethod
            def backward(ctx: Any, ct: Any) -> Any:
                (x,) = ctx.saved_tensors
                return ct * torch.from_numpy(np.asarray(problem.grad(x.detach().numpy())))

        x = torch.tensor(problem.x, dtype=torch.float64, requires_grad=True)
        return passes_silently(lambda: torch.autograd.gradcheck(Handwritten.apply, (x,), fast_mode=fast))

    return accepts


def jax_checker() -> Callable[[Problem], bool]:
    import jax
    from jax.test_util import check_grads

    jax.config.update("jax_enable_x64", True)

    def accepts(problem: Problem) -> bool:
        scalar, vector = jax.ShapeDtypeStruct((), float), jax.ShapeDtypeStruct(problem.x.shape, float)

        @jax.custom_vjp
        def f(x: Any) -> Any:
            return jax.pure_callback(lambda v: np.asarray(problem.f(np.asarray(v))), scalar, x)

        def backward(x: Any, ct: Any) -> Any:
            return (ct * jax.pure_callback(lambda v: np.asarray(problem.grad(np.asarray(v))), vector, x),)

        f.defvjp(lambda x: (f(x), x), backward)
        return passes_silently(lambda: check_grads(f, (problem.x,), order=1, modes=["rev"]))

    return accepts


def autograd_checker() -> Callable[[Problem], bool]:
    from autograd.extend import defvjp, primitive
    from autograd.test_util import check_grads

    def accepts(problem: Problem) -> bool:
        f = primitive(problem.f)
        defvjp(f, lambda _, x: lambda ct: ct * problem.grad(x))
        return passes_silently(lambda: check_grads(f, modes=["rev"], order=1)(problem.x))

    return accepts


def scipy_checker(problem: Problem) -> bool:
    from scipy.optimize import check_grad

    error = check_grad(problem.f, problem.grad, problem.x)
    return bool(error <= 1e-6 * max(1.0, float(np.linalg.norm(problem.grad(problem.x)))))


def scipy_differentiate(problem: Problem) -> bool:
    from scipy.differentiate import jacobian

    found = jacobian(lambda x: np.apply_along_axis(problem.f, 0, x), problem.x)
    return bool(np.allclose(found.df, problem.grad(problem.x)))


def numdifftools_checker(method: str) -> Callable[[Problem], bool]:
    import numdifftools

    return lambda problem: bool(
        np.allclose(numdifftools.Gradient(problem.f, method=method)(problem.x), problem.grad(problem.x))
    )


def statsmodels_checker(problem: Problem) -> bool:
    from statsmodels.tools.numdiff import approx_fprime_cs

    return bool(np.allclose(approx_fprime_cs(problem.x, problem.f), problem.grad(problem.x)))


def checkers() -> Iterator[Checker]:
    yield Checker("gradcheck", ours)
    if find_spec("torch"):
        yield Checker("torch gradcheck, slow", torch_checker(fast=False), 10_000)
        yield Checker("torch gradcheck, fast", torch_checker(fast=True))
    if find_spec("jax"):
        yield Checker("jax check_grads (x64)", jax_checker())
    if find_spec("autograd"):
        yield Checker("autograd check_grads", autograd_checker())
    if find_spec("scipy"):
        yield Checker("scipy check_grad", scipy_checker, 10_000)
        yield Checker("scipy.differentiate", scipy_differentiate, 1_000)
    if find_spec("numdifftools"):
        yield Checker("numdifftools, central", numdifftools_checker("central"), 1_000)
        yield Checker("numdifftools, complex", numdifftools_checker("complex"), 1_000)
    if find_spec("statsmodels"):
        yield Checker("statsmodels, complex step", statsmodels_checker, 10_000)


def right_ones() -> dict[str, list[Problem]]:
    """Right gradients, by what makes them hard."""
    near = [flat(network(relu=True, seed=seed)) for seed in range(REPEATS)]
    kinks = [
        Problem(lambda x: np.sum(np.where(np.real(x) > 0, x, -x)), np.sign, np.array([10.0**-k, 1.0, -2.0]))
        for k in range(3, 13)
    ]
    return {
        "plain": [flat(network(seed=seed)) for seed in range(REPEATS)],
        "relu": near,
        "kink at 1e-3 .. 1e-12": [only_real(kink) for kink in kinks],
        "scales 1e-6 .. 1e6": [scaled(seed) for seed in range(REPEATS)],
        "saturated": [flat(network(seed=seed).scaled(16.0)) for seed in range(REPEATS)],
    }  # fmt: skip


def scaled(seed: int) -> Problem:
    """Three parameters of very different size, each of which matters as much to f."""
    rng = np.random.default_rng(seed)
    a, scale = rng.normal(size=(4, 9)), np.repeat([1e-6, 1.0, 1e6], 3)
    return Problem(
        lambda x: np.sum(np.sin(a @ (x / scale))),
        lambda x: a.T @ np.cos(a @ (x / scale)) / scale,
        scale * rng.normal(size=9),
    )


def wrong_ones() -> dict[str, list[Problem]]:
    """Planted errors at 1e2 parameters, a flipped sign also at 1e4."""
    rng = np.random.default_rng(1)
    small, large = flat(network(8, 10, 20)), flat(network(100, 98, 20))

    def one(problem: Problem, factor: float) -> Problem:
        factors = np.ones(problem.x.size)
        factors[rng.integers(problem.x.size)] = factor
        return problem.times(factors)

    return {
        "sign of one entry": [one(small, -1.0) for _ in range(REPEATS)],
        "same, 1e4 parameters": [one(large, -1.0) for _ in range(3)],
        "one entry 1 % off": [one(small, 1.01) for _ in range(REPEATS)],
        "factor 2": [small.times(2.0)] * REPEATS,
        "factor 1/m": [small.times(1 / 20)] * REPEATS,
        "one entry 0": [one(small, 0.0) for _ in range(REPEATS)],
        "small scale 1 % off": [
            scaled(s).times(np.array([1, 1, 1, 1, 1, 1, 1, 1, 1.01])) for s in range(REPEATS)
        ],
    }


def smallest_error(checker: Checker, problem: Problem) -> str:
    """The smallest relative error of a single entry that is found at every one of REPEATS random entries."""
    if not checker.accepts(problem):
        return "accuses the right one"
    rng = np.random.default_rng(2)
    found = "none"
    for error in ERRORS:
        for _ in range(REPEATS):
            factors = np.ones(problem.x.size)
            factors[rng.integers(problem.x.size)] += error
            if checker.accepts(problem.times(factors)):
                return found
        found = f"{error:.0e}"
    return found


def seconds(call: Callable[[], Any], budget: float = 0.3) -> float:
    """The median processor time of a call, repeated within a budget of seconds; a long one is taken once."""

    def once() -> float:
        start = time.process_time()
        call()
        return time.process_time() - start

    first = once()
    if first > LONG:
        return first
    taken: list[float] = []
    while not taken or (sum(taken) < budget and len(taken) < 200):
        taken.append(once())
    return median(taken)


def table(title: list[str], rows: list[list[str]]) -> str:
    lines = [title, ["---"] * len(title), *rows]
    return "\n".join("| " + " | ".join(row) + " |" for row in lines)


def counted(checker: Checker, groups: dict[str, list[Problem]], wanted: bool) -> list[str]:
    """In how many of a group's problems the checker answers `wanted`; `-` where it would take too long."""
    cells = []
    for problems in groups.values():
        if problems[0].x.size > checker.largest:
            cells.append("-")
            continue
        hits = sum(checker.accepts(problem) is wanted for problem in problems)
        cells.append(f"{hits}/{len(problems)}")
    return cells


def our_passes(relu: bool, real: bool, planted: bool) -> list[str]:
    """Forward passes for a right gradient, or until one flipped sign is placed, at each size."""
    cells = []
    for inputs, hidden in WIDTHS:
        problem = flat(network(inputs, hidden, 500, relu=relu))
        problem = only_real(problem) if real else problem
        factors = np.ones(problem.x.size)
        factors[problem.x.size // 2] = -1.0 if planted else 1.0
        judged = problem.times(factors)
        forward = seconds(lambda problem=problem: problem.f(problem.x))
        whole = seconds(lambda judged=judged: check_gradient(judged.f, judged.grad, judged.x))
        cells.append(f"{whole / forward:,.0f}")
    return cells


def our_rows(planted: bool) -> list[list[str]]:
    return [[name, *our_passes(relu, real, planted)] for name, (relu, real) in NETS.items()]


def flipped_everywhere() -> list[list[str]]:
    """In how many of MANY entries of 1e4 parameters a flipped sign is found, and placed."""
    rng = np.random.default_rng(4)
    rows = []
    for name, (relu, real) in NETS.items():
        problem = flat(network(*WIDTHS[2], 20, relu=relu))
        problem = only_real(problem) if real else problem
        alive = np.flatnonzero(problem.grad(problem.x))
        found = placed = 0
        for place in rng.choice(alive, MANY, replace=False):
            factors = np.ones(problem.x.size)
            factors[place] = -1.0
            report = check_gradient(problem.f, problem.times(factors).grad, problem.x)
            found += report.verdict == "wrong"
            entries = [entry.position for finding in report.findings for entry in finding.entries]
            placed += entries == [place] and report.findings[0].cause == "sign"
        rows.append([name, f"{found}/{MANY}", f"{placed}/{MANY}"])
    return rows


def said(problem: Problem, place: int | None = None) -> str:
    """What gradcheck says of a gradient: right, or the cause and, where one entry is wrong, its place."""
    report = check_gradient(problem.f, problem.grad, problem.x)
    if report.verdict != "wrong":
        return report.verdict
    (finding,) = report.findings
    placed = place is not None and [entry.position for entry in finding.entries] == [place]
    return f"{finding.cause}, placed" if placed else finding.why.partition(":")[2].strip() or finding.cause


def torch_problem(single: bool) -> Problem:
    """A net and its gradient by hand, both in torch, on tensors that torch follows."""
    import torch

    kind = torch.float32 if single else torch.float64
    rng = np.random.default_rng(3)
    a, y = (torch.tensor(rng.normal(size=(20, n)), dtype=kind) for n in (6, 1))

    def f(x: Any) -> Any:
        return ((torch.tanh(a.to(x.dtype) @ x)[:, None] - y) ** 2).mean()

    def grad(x: Any) -> Any:
        h = torch.tanh(a @ x)
        return a.T @ (2 * (h - y[:, 0]) * (1 - h**2)) / 20

    return Problem(f, grad, torch.tensor(rng.normal(size=6), dtype=kind, requires_grad=True))


def jax_problem(single: bool) -> Problem:
    """The same in JAX, compiled."""
    import jax
    import jax.numpy as jnp

    rng = np.random.default_rng(3)
    kind = np.float32 if single else np.float64
    a, y = (jnp.asarray(rng.normal(size=(20, n)).astype(kind)) for n in (6, 1))

    def f(x: Any) -> Any:
        return jnp.mean((jnp.tanh(a @ x)[:, None] - y) ** 2)

    def grad(x: Any) -> Any:
        h = jnp.tanh(a @ x)
        return a.T @ (2 * (h - y[:, 0]) * (1 - h**2)) / 20

    return Problem(jax.jit(f), jax.jit(grad), jnp.asarray(rng.normal(size=6).astype(kind)))


def frameworks() -> list[list[str]]:
    """Functions of other frameworks, right ones and with two planted errors."""
    makers = [("torch", torch_problem), ("jax", jax_problem)]
    rows = []
    for name, maker in makers:
        for single in (False, True) if find_spec(name) else ():
            problem = maker(single)

            def planted(slip: Callable[[Any], Any], problem: Problem = problem) -> Problem:
                return Problem(problem.f, lambda x: slip(np.array(as_array(problem.grad(x)))), problem.x)

            flip = planted(lambda g: g * np.where(np.arange(6) == 4, -1, 1).astype(g.dtype))
            cells = [said(problem), said(flip, place=4), said(planted(lambda g: g * g.dtype.type(20)))]
            rows.append([f"{name}, {'float32' if single else 'float64'}", *cells])
    return rows


def timings(checker: Checker) -> list[str]:
    cells = []
    for inputs, hidden in WIDTHS:
        problem = flat(network(inputs, hidden, 500))
        if problem.x.size > 1.2 * checker.largest:
            cells.append("-")
            continue
        forward = seconds(lambda problem=problem: problem.f(problem.x))
        cells.append(f"{seconds(lambda problem=problem: checker.accepts(problem)) / forward:,.0f}")
    return cells


def report() -> str:
    peers = list(checkers())
    right, wrong = right_ones(), wrong_ones()
    sigma, relu = flat(network()), flat(network(relu=True))
    alarms = [[peer.name, *counted(peer, right, wanted=False)] for peer in peers]
    found = [[peer.name, *counted(peer, wrong, wanted=False)] for peer in peers]
    nets = {"σ net": sigma, "ReLU net": relu}
    nets |= {f"{name}, real numbers only": only_real(net) for name, net in nets.items()}
    least = [[peer.name, *(smallest_error(peer, net) for net in nets.values())] for peer in peers]
    times = [[peer.name, *timings(peer)] for peer in peers]
    return "\n\n".join(
        [
            "# Gradient checkers side by side",
            PREAMBLE,
            "## Planted errors found",
            table(["checker", *wrong], found),
            "## Right gradients accused (0 is best)",
            table(["checker", *right], alarms),
            f"## Smallest relative error of one entry found in {REPEATS} of {REPEATS} random entries",
            table(["checker", *nets], least),
            "## Time of one check of a right gradient, in forward passes (σ net, 500 samples)",
            table(["checker", *SIZES], times),
            "## Time of gradcheck's check of a right gradient, in forward passes (500 samples)",
            table(["net", *SIZES], our_rows(planted=False)),
            "## Time until one flipped sign is placed and called by its name, in forward passes",
            "By gradcheck; the others do not tell which entry it is.",
            table(["net", *SIZES], our_rows(planted=True)),
            "## One flipped sign among 1e4 parameters, at random entries whose gradient is not 0",
            table(["net", "found", "placed and called a sign"], flipped_everywhere()),
            "## Functions of other frameworks, as gradcheck judges them",
            table(["function and gradient in", "right", "sign of one entry", "factor 20"], frameworks()),
        ]
    )


def main() -> None:
    if os.environ.get("OMP_NUM_THREADS") != "1":  # read by the linear algebra when it is loaded
        os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
        os.execv(sys.executable, [sys.executable, "-m", "tests.benchmarks.gradient_checkers"])
    warnings.simplefilter("ignore")
    np.seterr(all="ignore")
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(report() + "\n", encoding="utf-8")
    print(REPORT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
