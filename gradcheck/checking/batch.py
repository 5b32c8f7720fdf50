"""Which axis of a batch counts its samples, where only a letter that divides says how many there are.

`Z = X W + b` with `dW = X^T dZ / m`: what is multiplied by the weights holds the samples, along the axis that
the product leaves alone, and m counts them; so it does the axis along which a bias stays the same. The letter
then is that size, so that a mean which comes later is known for one. Documents that mark a sample, `x^{(i)}`,
or that declare the size, say it themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from gradcheck.expr.biases import BIASES, WEIGHTS
from gradcheck.expr.definitions import Definition, definitions, unboxed, written_names
from gradcheck.expr.names import Name, read_name
from gradcheck.expr.vocabulary import Vocabulary
from gradcheck.notation.statements import Equation
from gradcheck.notation.tree import Call, Fraction, Group, Node, Number, Product, Sum, Wrapped
from gradcheck.notation.walk import parts
from gradcheck.shapes import Dim, Shape

COUNTS = frozenset("mnNMB")


def with_samples_counted(equations: Sequence[Equation], vocabulary: Vocabulary) -> Vocabulary:
    """The vocabulary in which the letter that counts samples is the size of their axis, if it can be told."""
    names = [name for e in equations for side in e.sides for name in written_names(side)]
    if any(name.sample is not None for name in names):
        return vocabulary
    letter = _divisor(equations)
    size = None if letter is None else _size_of_samples(equations, vocabulary)
    declared = {dim for shape in vocabulary.shapes.values() for dim in shape}
    known = letter in declared or letter in vocabulary.shapes or letter in vocabulary.sizes
    if letter is None or size is None or known or size in declared:
        return vocabulary
    other = {size: letter, letter: size}
    inferred = {key: _renamed(shape, other) for key, shape in vocabulary.inferred.items() if key != letter}
    return replace(vocabulary, inferred=inferred, sample_dim=letter, counts=frozenset((letter,)))


def _renamed(shape: Shape, names: Mapping[Dim, Dim]) -> Shape:
    return names.get(shape[0], shape[0]), names.get(shape[1], shape[1])


def _divisor(equations: Iterable[Equation]) -> str | None:
    """The one letter of counts that stands nowhere but below a fraction or behind a slash."""
    below: set[str] = set()
    elsewhere: set[str] = set()
    for equation in equations:
        for side in equation.sides:
            for key, divides in _places(side, False):
                (below if divides else elsewhere).add(key)
    found = (below & COUNTS) - elsewhere
    return found.pop() if len(found) == 1 else None


def _places(node: Node, divides: bool) -> Iterator[tuple[str, bool]]:
    """The names of a formula, each with whether it divides, alone or with a number."""
    name = read_name(node)
    if name is not None:
        yield name.key, divides and name.is_plain
        return
    match node:
        case Fraction(numerator=numerator, denominator=denominator):
            yield from _places(numerator, False)
            yield from _places(denominator, _is_alone(denominator))
        case Product(factors=factors, operators=operators):
            kinds = ["", *(operator.kind for operator in operators)]
            for factor, kind in zip(factors, kinds, strict=False):
                below = kind in ("/", "div") and _is_alone(factor)
                yield from _places(factor, below or (divides and kind != "/"))
        case _:
            for child in parts(node):
                yield from _places(child, divides)


def _is_alone(node: Node) -> bool:
    """Whether one letter stands there, be it in brackets or beside a number."""
    while isinstance(node, Group | Wrapped) and len(inner := tuple(parts(node))) == 1:
        node = inner[0]
    factors = node.factors if isinstance(node, Product) else (node,)
    return sum(not isinstance(factor, Number) for factor in factors) == 1


def _size_of_samples(equations: Sequence[Equation], vocabulary: Vocabulary) -> Dim | None:
    """The size of the axis of the first data that weights multiply and that the product leaves alone."""
    shapes = {**vocabulary.inferred, **vocabulary.shapes}
    made = {vocabulary.canonical(d.name) for d in definitions(equations) if read_name(d.right) is None}
    for definition in definitions(equations):
        for product in _products(unboxed(definition.right)):
            data, axis = _data(product)
            key = None if data is None else vocabulary.canonical(data)
            shape = shapes.get(key) if key is not None and key not in made else None
            if shape is not None and isinstance(shape[axis], str):
                return shape[axis]
    told = (_beside_bias(d, shapes, vocabulary) for d in definitions(equations))
    return next((size for size in told if size is not None), None)


def _beside_bias(definition: Definition, shapes: Mapping[str, Shape], vocabulary: Vocabulary) -> Dim | None:
    """The size along which a bias is the same for all, whatever letter the weights have: `U = P X + b`."""
    right = unboxed(definition.right)
    if not isinstance(right, Sum) or not isinstance(right.terms[0].body, Product):
        return None
    whole = shapes.get(vocabulary.canonical(definition.name))
    for term in right.terms[1:]:
        name = read_name(term.body)
        own = None if name is None or name.base not in BIASES else shapes.get(vocabulary.canonical(name))
        if own is not None and whole is not None and own != whole and own.count(1) == 1:
            size = whole[own.index(1)]
            return size if isinstance(size, str) else None
    return None


def _products(node: Node) -> Iterator[Sequence[Node]]:
    """The factors of what is added up in a formula: of a product, or of a call of `dot`."""
    match node:
        case Sum(terms=terms):
            for term in terms:
                yield from _products(term.body)
        case Product(factors=(function, Group(items=(first, second)))) if _is_dot(function):
            yield (first, second)
        case Product(factors=factors):
            yield factors
        case Call(argument=argument):
            yield from _products(argument)
        case Group(items=(item,)):
            yield from _products(item)


def _is_dot(node: Node) -> bool:
    name = read_name(node)
    return name is not None and name.base in ("dot", "np.dot", "np.matmul", "matmul")


def _data(factors: Sequence[Node]) -> tuple[Name | None, int]:
    """What weights multiply, and the axis of its samples: rows before them, columns behind."""
    names = [read_name(factor) for factor in factors]
    if len(names) != 2 or names[0] is None or names[1] is None:
        return None, 0
    first, last = names[0], names[1]
    weights = [name.base in WEIGHTS for name in (first, last)]
    if weights == [False, True] and first.is_plain:
        return first, 0
    return (last, 1) if weights == [True, False] and last.is_plain else (None, 0)
