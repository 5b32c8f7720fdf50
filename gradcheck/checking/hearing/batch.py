"""Which axis of a batch counts its samples, where only a letter that divides says how many there are.

`Z = X W + b` with `dW = X^T dZ / m`: what is multiplied by the weights holds the samples, along the axis that
the product leaves alone, and m counts them; so it does the axis along which a bias stays the same. The letter
then is that size, so that a mean which comes later is known for one. Documents that mark a sample, `x^{(i)}`,
or that declare the size, say it themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gradcheck.expr.inference.biases import BIASES, WEIGHTS
from gradcheck.expr.inference.divisors import lone_divisors
from gradcheck.expr.written.definitions import Definition, definitions, unboxed, written_names
from gradcheck.expr.written.names import Name, read_name
from gradcheck.expr.written.quotients import out_of_brackets
from gradcheck.expr.written.vocabulary import Vocabulary, in_layer
from gradcheck.notation.statements import Equation
from gradcheck.notation.tree import Call, Group, Node, Product, Sum
from gradcheck.records import replace
from gradcheck.shapes import Dim, Shape


def with_samples_counted(equations: Sequence[Equation], vocabulary: Vocabulary) -> Vocabulary:
    """The vocabulary in which the letter that counts samples is the size of their axis, if it can be told."""
    names = [name for e in equations for side in e.sides for name in written_names(side)]
    if any(in_layer(name).sample is not None for name in names):
        return vocabulary
    letter = next(iter(lone_divisors(equations)), None)
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
    names = [read_name(out_of_brackets(factor)) for factor in factors]
    if len(names) != 2 or names[0] is None or names[1] is None:
        return None, 0
    first, last = names[0], names[1]
    weights = [name.base in WEIGHTS for name in (first, last)]
    if weights == [False, True] and first.is_plain:
        return first, 0
    return (last, 1) if weights == [True, False] and last.is_plain else (None, 0)
