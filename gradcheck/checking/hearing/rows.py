"""Samples as rows, where columns are what is declared, or what people write most.

Whoever writes `X W + b` means arrays that lie the other way: each sample a row, weights from the inputs to
the units, a bias along the units. Then the assignment's shapes are turned for the whole document, never for
a line, and only if more of it is right so. Weights that stand transposed behind the data, `X W^T`, lie as
they were declared. What a document declares itself is not turned: there samples are rows if what its sums
count is the height of arrays and never their width, or if nothing tells and more is right so. Shapes that
were turned are a reading, so they convict nobody.
"""

from __future__ import annotations

from collections.abc import Iterator

from gradcheck.checking.hearing.problem import Problem
from gradcheck.expr.written.declarations import declarations
from gradcheck.expr.written.definitions import definitions
from gradcheck.expr.written.indices import counts
from gradcheck.expr.written.names import Name, read_name
from gradcheck.expr.written.vocabulary import Vocabulary
from gradcheck.expr.written.writing import sampled
from gradcheck.notation.statements import Equation
from gradcheck.notation.tree import Product
from gradcheck.notation.walk import of_kind
from gradcheck.reading.document import Document
from gradcheck.records import replace
from gradcheck.restating.passages.segments import differentiated

NOTE = "samples are read as rows"
TURNED = f"{NOTE}: arrays lie the other way than the assignment declares them"
_DATA = "X"
_MATRIX_PRODUCTS = frozenset({"", "cdot", "times", "@"})


def in_rows(document: Document, vocabulary: Vocabulary, problem: Problem) -> Problem | None:
    """The problem with samples as rows, where the forward pass of a document asks for it; None elsewhere.

    vocabulary  what the document says of its names
    """
    equations = [item for item in document.body if isinstance(item, Equation)]
    if problem.declares_itself:
        return _told(equations, vocabulary, problem)
    return _turned(equations, vocabulary, problem) if problem.vocabulary.shapes else None


def note(problem: Problem) -> str:
    """What to say of a document that was read so."""
    return TURNED if problem.vocabulary.turned else NOTE


def _told(equations: list[Equation], vocabulary: Vocabulary, problem: Problem) -> Problem | None:
    """The problem of a document that declares its own arrays, or none."""
    marked = sampled(equations)
    if not marked:
        return None
    limits = {limit.key for equation in equations for _, limit in counts(equation)}
    heights = {rows for rows, _ in vocabulary.shapes.values()} - {1}
    widths = {columns for _, columns in vocabulary.shapes.values()}
    alone = sorted(dim for dim in heights - widths if isinstance(dim, str) and dim in limits)
    if len(alone) > 1 or (heights and not alone):
        return None
    if not alone and not _weights_come_last(equations, vocabulary):
        return None
    count = alone[0] if alone else problem.vocabulary.sample_dim
    words = replace(problem.vocabulary, sample_axis=0, sample_dim=count)
    return replace(problem, vocabulary=words)


def _weights_come_last(equations: list[Equation], vocabulary: Vocabulary) -> bool:
    """Whether the forward pass multiplies from behind by what is learnt: something is differentiated by it.

    Where that is so of both factors, X is the data.
    """
    heads = (read_name(equation.head) for equation in equations)
    variables = [*differentiated(equations), *(name.differentiated for name in heads if name is not None)]
    defined = {vocabulary.canonical(each.name) for each in definitions(equations)}
    learnt = {vocabulary.canonical(name) for name in variables if name is not None} - defined
    return any(
        _key(by, vocabulary) in learnt and (_key(data, vocabulary) not in learnt or data.base == _DATA)
        for data, by in _products(equations)
        if by.base != _DATA and not by.transpose
    )


def _turned(equations: list[Equation], vocabulary: Vocabulary, problem: Problem) -> Problem | None:
    """The problem of an assignment with its arrays turned, where a document multiplies from behind."""
    products = [(data, by) for data, by in _products(equations) if not _fits_columns(by, vocabulary)]
    behind = any(not data.transpose and _holds_samples(data, vocabulary) for data, _ in products)
    if not behind and not _declares_rows(equations, vocabulary):
        return None
    kept = {_key(by, vocabulary) for _, by in products if by.transpose}
    declared = problem.vocabulary.shapes
    shapes = {key: shape if key in kept else shape[::-1] for key, shape in declared.items()}
    words = replace(problem.vocabulary, shapes=shapes, sample_axis=0, turned=True)
    return replace(problem, vocabulary=words)


def _products(equations: list[Equation]) -> Iterator[tuple[Name, Name]]:
    """The names that stand side by side in definitions of the forward pass, as factors of a matrix product.

    A gradient such as `dA = dZ W^T` says nothing: weights are turned there that are not in `Z = A W`.
    """
    forward = (each for each in definitions(equations) if each.name.differentiated is None)
    for definition in forward:
        for node in of_kind(definition.right, Product):
            for first, operator, second in zip(node.factors, node.operators, node.factors[1:], strict=False):
                data, by = read_name(first), read_name(second)
                if data is not None and by is not None and operator.kind in _MATRIX_PRODUCTS:
                    yield data, by


def _key(name: Name, vocabulary: Vocabulary) -> str:
    return vocabulary.canonical(name.without(transpose=False))


def _holds_samples(name: Name, vocabulary: Vocabulary) -> bool:
    """Whether a name is that of all samples, declared as columns."""
    shape = vocabulary.shapes.get(_key(name, vocabulary))
    return name.sample is None and shape is not None and vocabulary.holds_samples(shape)


def _fits_columns(name: Name, vocabulary: Vocabulary) -> bool:
    """Whether a second factor may multiply samples as declared: a number, or other samples."""
    shape = vocabulary.shapes.get(_key(name, vocabulary))
    return shape is not None and (set(shape) == {1} or vocabulary.sample_dim in shape)


def _declares_rows(equations: list[Equation], vocabulary: Vocabulary) -> bool:
    """Whether the document says of an array that its rows are the samples, which were declared as columns."""
    said = declarations(equations, replace(vocabulary, shapes={}))
    return any(
        shape[0] == vocabulary.sample_dim and vocabulary.holds_samples(vocabulary.shapes[key])
        for key, shape in said.items()
        if key in vocabulary.shapes
    )
