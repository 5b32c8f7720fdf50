"""Formulas that are no slip: harmless rewritings of right ones, and random ones that nobody meant."""

from __future__ import annotations

import random
from collections.abc import Iterator

import numpy as np

from gradcheck.diagnosis.setting import Setting
from gradcheck.diagnosis.site import replaced, sites
from gradcheck.expr.forms.build import apply, num
from gradcheck.expr.forms.tree import Expr
from gradcheck.shapes import SCALAR, ShapeError
from tests.benchmarks.injection.programs import Claim, Derivation, complement


def harmless(derivation: Derivation, claim: Claim) -> Iterator[tuple[str, Expr]]:
    """Rewritings that change no value: each with its name."""
    right = claim.right
    setting = Setting(derivation.program, (right, claim.left))
    for site in sites(right, setting):
        for name, new in _rewritten(site.node, setting):
            yield name, replaced(right, site.path, new)
    yield "scalar moved", apply("div", apply("mul", num(6), right), num(6))


def _rewritten(node: Expr, setting: Setting) -> Iterator[tuple[str, Expr]]:
    match node.op, [a.op for a in node.args]:
        case "mul", [_, "sub"]:
            a, difference = node.args
            parts = (apply("mul", a, part) for part in difference.args)
            yield "bracket expanded", apply("sub", *parts)
    match node.op:
        case "mul" | "add":
            yield "operands exchanged", apply(node.op, *reversed(node.args))
        case "sub":
            yield "sign moved", apply("neg", apply("sub", *reversed(node.args)))
        case "matmul":
            a, b = node.args
            turned = apply("matmul", apply("transpose", b), apply("transpose", a))
            yield "product transposed twice", apply("transpose", turned)
        case "prime" if node.attr[0] == "sigmoid":
            yield "slope written out", complement(apply("sigmoid", node.args[0]))
        case "power" if node.args[1] == num(2):
            yield "square written out", apply("mul", node.args[0], node.args[0])
    found = setting.activation(node) if node.op == "var" else None
    if found is not None:
        yield "activation written out", apply(found[0], found[1], attr=found[2])


def random_formulas(derivation: Derivation, claim: Claim, count: int, seed: int) -> Iterator[Expr]:
    """Wrong formulas of the right shape, put together at random from what is in scope."""
    source = random.Random(seed)
    setting = Setting(derivation.program, (claim.right, claim.left))
    leaves = [*setting.quantities, *setting.slopes, *(apply("div", num(1), c) for c in setting.counts)]
    produced = 0
    while produced < count:
        formula = _grown(source, leaves, 3)
        if formula.shape != claim.left.shape or not 5 <= sum(1 for _ in formula.walk()) <= 30:
            continue
        with np.errstate(all="ignore"):
            usable = np.all(np.isfinite(derivation.bench.value(formula)))
        if usable and not derivation.bench.close(claim.left, formula):
            produced += 1
            yield formula


def _grown(source: random.Random, leaves: list[Expr], depth: int) -> Expr:
    if depth == 0 or source.random() < 0.15:
        return source.choice(leaves)
    while True:
        op = source.choice(("add", "sub", "mul", "mul", "matmul", "matmul", "transpose", "sum"))
        attr = (source.choice((0, 1)),) if op == "sum" else ()
        args = [_grown(source, leaves, depth - 1) for _ in range(1 if op in ("transpose", "sum") else 2)]
        if op in ("transpose", "sum") and args[0].shape == SCALAR:
            continue
        try:
            return apply(op, *args, attr=attr)
        except ShapeError:
            continue
