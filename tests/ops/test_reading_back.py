"""What an operation is printed as is read as that operation again."""

from __future__ import annotations

import pytest

from gradcheck.calculus import Bench, Program, Variable
from gradcheck.expr.forms.build import apply, var
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.elaborate import Elaborator
from gradcheck.expr.meaning.scope import Scope
from gradcheck.expr.printing.printer import latex
from gradcheck.expr.written.vocabulary import Vocabulary
from gradcheck.notation.parser import parse
from gradcheck.notation.sheet import fold
from gradcheck.ops import OPERATIONS, Operation
from gradcheck.ops.operation import Example
from gradcheck.shapes import Shape
from gradcheck.source import Span

# Notations that the field uses for more than one thing, or that leave a size or an axis to the context.
AMBIGUOUS = {
    "outer": "⊗ is read as the Kronecker product",
    "broadcast": "spreading is not written",
    "ones": "the size is not written",
    "zeros": "the size is not written",
    "eye": "the size is not written",
    "softmax": "the axis follows from what a sample is",
    "log_softmax": "the axis follows from what a sample is",
    "cross_entropy": "the axis follows from what a sample is",
    "cross_entropy_of_logits": "the axis follows from what a sample is",
    "kl_divergence": "the axis follows from what a sample is",
    "standardise": "the axis follows from what a sample is",
    "gauss_cdf": "Φ may be any function",
    "gauss_pdf": "φ may be any function",
    "gamma": "Γ may be a matrix",
    "log_gamma": "Γ may be a matrix",
    "digamma": "ψ may be any function",
    "unknown": "the seed is not written",
    "where": "a condition is written as a comparison",
    "equal": "what are compared are places, by their indices",
}
KEYS = ("A", "B", "P", "Q")


def _cases() -> list[object]:
    return [
        pytest.param(operation, example, id=f"{name}-{k}")
        for name, operation in OPERATIONS.items()
        for k, example in enumerate(operation.examples)
        if name not in AMBIGUOUS and _is_written(operation, example)
    ]


def _is_written(operation: Operation, example: Example) -> bool:
    """A norm's axis has no notation; a division of a column by a matrix is refused as no division."""
    if operation.name == "norm":
        return example.attr == (None,)
    return operation.name != "div" or example.shapes[0] == example.shapes[1]


def read(text: str, shapes: dict[str, Shape]) -> list[Expr]:
    scope = Scope(vocabulary=Vocabulary(shapes=shapes), quantities={}, functions={})
    readings = Elaborator(scope).readings(fold(parse(text), Span(0, len(text))))
    return [reading.value for reading in readings if isinstance(reading.value, Expr)]


@pytest.mark.parametrize(("operation", "example"), _cases())
def test_printing_and_reading_back(operation: Operation, example: Example) -> None:
    shapes: dict[str, Shape] = dict(zip(KEYS, example.shapes, strict=False))
    domains = operation.domain or ("real",) * operation.arity
    variables = {
        key: Variable(key, shapes[key], key, domain) for key, domain in zip(shapes, domains, strict=True)
    }
    bench = Bench(Program(variables))
    expr = apply(operation.name, *(var(key, shape) for key, shape in shapes.items()), attr=example.attr)
    assert any(bench.close(found, expr) for found in read(latex(expr, str), shapes))


def test_a_choice_by_a_comparison() -> None:
    shapes: dict[str, Shape] = {"A": (2, 3), "B": (2, 3)}
    a, b = (var(key, shape) for key, shape in shapes.items())
    choice = apply("where", apply("greater", a, b), a, b)
    assert latex(choice, str) == r"\begin{cases} A & A > B \\ B & \text{otherwise} \end{cases}"
    bench = Bench(Program({key: Variable(key, shape, key) for key, shape in shapes.items()}))
    assert any(bench.close(found, choice) for found in read(latex(choice, str), shapes))
