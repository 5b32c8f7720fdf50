"""What a line tells of functions that nothing defines, `a = f(z)`: which they are, so that it accuses nobody.

A second formula for the value of one tells what it is. So does a derivative that is written by this value
alone: `a (1 - a)` is the slope of a sigmoid and `1 - a^2` that of a tanh, so that function is meant. And so
does the derivative of its value that does without functions which are open: `∂f(z)/∂z = ∂(z^2)/∂z = 2 z`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from gradcheck.calculus.program import Program
from gradcheck.expr.forms.build import num, variables
from gradcheck.expr.forms.tree import Expr, factors_of
from gradcheck.records import replace

if TYPE_CHECKING:
    from gradcheck.checking.comparisons.judgement import Judgement
    from gradcheck.checking.comparisons.prepare import Prepared

TELLS = "this line is taken to tell it"


def open_functions(formula: Expr) -> set[str]:
    """The functions of a formula that stand for any, whether applied or derived."""
    if formula.ops.isdisjoint(("unknown", "prime")):
        return set()
    applied = {node.attr[0] for node in formula.walk() if node.op == "unknown"}
    derived = {node.attr[2] for node in formula.walk() if node.op == "prime" and node.attr[0] == "unknown"}
    return applied | derived


def function_told(expected: Expr, got: Expr, program: Program) -> str | None:
    """What to say of a line that does without a function which nothing defines, but tells of it."""
    if not expected.derivatives and not got.derivatives:
        made = (program.definitions[key] for key in variables(expected) if key in program.definitions)
        functions = {name for value in (expected, *made) for name in open_functions(value)}
    else:
        functions = {name for slope in _by_values(got) for name in _activation(slope, program)}
        if not open_functions(got):
            functions |= {
                node.args[0].attr[0] for node in expected.derivatives if node.args[0].op == "unknown"
            }
        if all(key.startswith("·") for key in variables(got)):  # a cotangent stands beside the numbers
            functions |= open_functions(expected)
    if not functions or open_functions(got) & functions:
        return None
    return f"nothing else says what `{min(functions)}` is: {TELLS}"


def behind_told(prepared: Prepared, judgements: Sequence[Judgement], program: Program) -> Prepared:
    """What a link is held against: what stands on its left, behind one that tells what the head is.

    So it is where both of these rest on no function that nothing defines.
    """
    equation = prepared.claim.equation
    before = (j.message for j in judgements if j.claim.equation is equation)
    if prepared.claim.link.number < 2 or not any(message and message.endswith(TELLS) for message in before):
        return prepared
    steps = (*prepared.step_literal, *prepared.step_mended)
    if any(_rests_on_open(side, program) for pair in steps for side in pair[:2]):
        return prepared
    return replace(prepared, literal=prepared.step_literal, mended=prepared.step_mended, layout=[], inside=[])


def _rests_on_open(formula: Expr, program: Program) -> bool:
    made = (program.definitions[key] for key in program.reach_of(formula) if key in program.definitions)
    return any(open_functions(value) for value in (formula, *made))


def _by_values(formula: Expr) -> Iterator[Expr]:
    """The a of each `a (1 - a)` and `1 - a^2` in a formula."""
    for node in formula.walk() if "sub" in formula.ops else ():
        if node.op != "sub" or not (node.args[0] == num(1) or node.args[0].op == "ones"):
            continue
        other = node.args[1]
        if other.op == "power" and other.args[1] == num(2):
            yield other.args[0]
        elif any(other in factors_of(product) for product in formula.walk() if node in factors_of(product)):
            yield other


def _activation(value: Expr, program: Program) -> set[str]:
    """The function that a value is one of, which nothing defines."""
    made = program.definitions.get(value.attr[0]) if value.op == "var" else value
    while made is not None and made.op == "var":
        made = program.definitions.get(made.attr[0])
    return {made.attr[0]} if made is not None and made.op == "unknown" else set()
