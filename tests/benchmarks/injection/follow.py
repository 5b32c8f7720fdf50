"""An early line with a slip, carried on rightly: is the fault told once, with every heir?

Each chain derives one gradient from another down a network. A slip is put into one of its lines, the later
lines are written out with its wrong value in the place of the gradient they build on, and all is printed as
a document, which is read and judged like any other. In a second document the later lines only name the
gradient that they build on, which is right whatever was written for it.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from gradcheck.calculus import Program
from gradcheck.checking.check import check
from gradcheck.checking.comparisons.judgement import Judgement
from gradcheck.checking.hearing.problem import pose
from gradcheck.expr.forms.build import deriv, pick, prime, substitute, variables
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.printing.printer import latex
from gradcheck.reading.document import read
from gradcheck.verdict import Verdict
from tests.benchmarks.injection.injection import wrong_formulas
from tests.benchmarks.injection.programs import (
    A1,
    A2,
    B1,
    B2,
    W1,
    W2,
    Z1,
    Z2,
    Claim,
    Derivation,
    L,
    M,
    X,
    Y,
    add,
    classification,
    mm,
    mul,
    num,
    regression,
    relu,
    residual,
    scaling,
    single_sample,
    softmax,
    square,
    sub,
    tanh,
    total,
    tr,
    var,
)

FAULTY = (Verdict.WRONG, Verdict.FOLLOWS)


@dataclass(frozen=True)
class Chain:
    """Gradients by quantities in the order of a backward pass, each from those before it."""

    derivation: Derivation
    steps: tuple[tuple[Expr, Expr], ...]

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The steps as claims, with the gradients before them left standing."""
        return tuple(Claim(f"d{q.attr[0]}", deriv(L, q), right) for q, right in self.steps)

    def carried(self, position: int, wrong: Expr) -> list[Expr]:
        """The right sides from a wrong line on, each written out with what the lines before it say."""
        known = {self.claims[position].left: wrong}
        lines = [wrong]
        for claim in self.claims[position + 1 :]:
            right = substitute(claim.right, known)
            if right != claim.right:
                known[claim.left] = right
            lines.append(right)
        return lines


@dataclass(frozen=True)
class Carried:
    """One slip at one line of a chain."""

    chain: Chain
    code: str
    position: int
    wrong: Expr


@dataclass(frozen=True)
class Outcome:
    """What was said of a document: of the line with the slip, and of the lines after it."""

    carried: Carried
    root: Judgement
    others: tuple[Judgement, ...]
    heirs: int

    @property
    def is_charged(self) -> bool:
        """Whether the slip was found; the document may keep to a convention under which it is none."""
        return self.root.verdict is Verdict.WRONG

    @property
    def told_once(self) -> bool:
        """Whether no other line is charged."""
        return all(j.verdict is not Verdict.WRONG for j in self.others)

    @property
    def following(self) -> int:
        """How many lines are said to follow from it."""
        return sum(j.verdict is Verdict.FOLLOWS and j.cause == self.root.claim.id for j in self.others)

    @property
    def is_complete(self) -> bool:
        """Whether it is told once, with every heir and no other."""
        return self.told_once and self.following == self.heirs


def two_layers(derivation: Derivation, error: Expr, slope: Expr) -> Chain:
    """The backward pass of a network with one hidden layer."""
    dz2, da1, dz1 = (deriv(L, q) for q in (Z2, A1, Z1))
    steps = (
        (Z2, mul(M, error)),
        (W2, mm(dz2, tr(A1))),
        (B2, total(dz2, 1)),
        (A1, mm(tr(W2), dz2)),
        (Z1, mul(da1, slope)),
        (W1, mm(dz1, tr(X))),
        (B1, total(dz1, 1)),
    )
    return Chain(derivation, steps)


def chains() -> Iterator[Chain]:
    """The chains that slips are put into."""
    error, sigmoid = sub(A2, Y), prime("sigmoid", Z1)
    yield two_layers(regression(), error, sigmoid)
    yield two_layers(classification(), error, mul(A1, sub(num(1), A1)))
    yield two_layers(relu(), error, prime("relu", Z1))
    yield two_layers(tanh(), mul(error, prime("sigmoid", Z2)), sub(num(1), square(A1)))
    yield two_layers(softmax(), error, prime("tanh", Z1))
    yield _residual()
    yield _scaling()
    yield _single_sample()


def _residual() -> Chain:
    w = var("W", ("n_2", "n_2"))
    h, z, x = (var(key, ("n_2", "m")) for key in ("H", "Z", "X"))
    dh, dz = deriv(L, h), deriv(L, z)
    steps = (
        (h, mul(num(2), M, sub(h, Y))),
        (z, mul(dh, prime("tanh", z))),
        (w, mm(dz, tr(x))),
        (x, add(dh, mm(tr(w), dz))),
    )
    return Chain(residual(), steps)


def _scaling() -> Chain:
    x, y, out = (var(key, ("m", "n")) for key in ("X", "Y", "Z"))
    scale, shift = var("\\gamma", (1, "n")), var("\\beta", (1, "n"))
    dz = deriv(L, out)
    steps = (
        (out, mul(num(2), M, sub(out, y))),
        (scale, total(mul(dz, x), 0)),
        (shift, total(dz, 0)),
    )
    return Chain(scaling(), steps)


def _single_sample() -> Chain:
    x, y, w1, b1, w2, b2, z1, a1, z2, a2 = (
        var(key, (1, 1)) for key in ("x", "y", "w_1", "b_1", "w_2", "b_2", "z_1", "a_1", "z_2", "a_2")
    )
    dz2, da1, dz1 = (deriv(L, q) for q in (z2, a1, z1))
    steps = (
        (z2, mul(num(2), sub(a2, y), prime("sigmoid", z2))),
        (w2, mul(dz2, a1)),
        (b2, dz2),
        (a1, mul(dz2, w2)),
        (z1, mul(da1, a1, sub(num(1), a1))),
        (w1, mul(dz1, x)),
        (b1, dz1),
    )
    return Chain(single_sample(), steps)


def carried(known: Iterable[Chain], of_each: int, seed: int) -> Iterator[Carried]:
    """A few slips of each misconception at each line that others build on."""
    source = random.Random(seed)
    for chain in known:
        for position, claim in enumerate(chain.claims):
            if not any(claim.left in later.right.walk() for later in chain.claims[position + 1 :]):
                continue
            by_code: dict[str, list[Expr]] = defaultdict(list)
            for code, _, wrong in wrong_formulas(chain.derivation, claim):
                if wrong.shape == claim.left.shape and claim.left not in wrong.walk():
                    by_code[code].append(wrong)
            for code, members in sorted(by_code.items()):
                for wrong in source.sample(members, min(of_each, len(members))):
                    yield Carried(chain, code, position, wrong)


def measured(item: Carried, *, named: bool = False) -> Outcome:
    """Print, read and judge; `named`: later lines name the gradients that they build on."""
    claims = item.chain.claims
    rights = item.chain.carried(item.position, item.wrong)
    after = [c.right for c in claims[item.position + 1 :]] if named else rights[1:]
    lines = [*(c.right for c in claims[: item.position]), item.wrong, *after]
    judgements = judged(item.chain, lines)
    root = judgements[item.position]
    return Outcome(item, root, tuple(j for j in judgements if j is not root), _heirs(item, lines))


def _heirs(item: Carried, lines: list[Expr]) -> int:
    """How many of the other lines are not right as they stand."""
    bench = item.chain.derivation.bench
    with np.errstate(all="ignore"):
        return sum(
            k != item.position and not bench.close(claim.left, line)
            for k, (claim, line) in enumerate(zip(item.chain.claims, lines, strict=True))
        )


def judged(chain: Chain, lines: list[Expr]) -> list[Judgement]:
    """The verdicts on the gradients of a chain, written as a document."""
    heads = [claim.left for claim in chain.claims]
    written = document(chain.derivation.program, list(zip(heads, lines, strict=True)))
    return judgements_of(written)[-len(lines) :]


def judgements_of(text: str) -> list[Judgement]:
    """The judgements on a document's text."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "chain.md"
        path.write_text(text, encoding="utf-8")
        found = read(path)
        return [j for _, j in check(found, pose(found, None)).judgements()]


def document(program: Program, lines: Sequence[tuple[Expr, Expr]]) -> str:
    """A derivation in Markdown: shapes, forward pass, one gradient a line."""
    used = {key for d in program.definitions.values() for key in variables(d)}
    used |= {key for line in lines for side in line for key in variables(side)}
    known = {key: v for key, v in program.variables.items() if key in used}
    name = _layered if any(d.op == "stack" for d in program.definitions.values()) else str
    shapes = [f"  {name(key)}: [{v.shape[0]}, {v.shape[1]}]" for key, v in known.items()]
    domains = [f"  {name(key)}: {v.domain}" for key, v in known.items() if key not in program.definitions]
    front = "\n".join(["---", "shapes:", *shapes, "domains:", *domains, "---"])
    forward = [_definition(key, program.definitions[key]) for key in program.order]
    equations = [f"$${latex(a, name)} = {latex(b, name)}$$" for a, b in (*forward, *lines)]
    return "\n\n".join([front, *equations]) + "\n"


def _layered(key: str) -> str:
    """A layer written above, where entries are written below."""
    return re.sub(r"_(\d)$", r"^{[\1]}", key)


def _definition(key: str, formula: Expr) -> tuple[Expr, Expr]:
    """The two sides of a definition; of a quantity that is given entry by entry, of its entry."""
    name = var(key, formula.shape)
    if formula.op != "stack":
        return name, formula
    index, axis = formula.attr
    return pick(name, *((index, None) if axis == 0 else (None, index))), formula.args[0]
