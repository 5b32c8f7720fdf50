"""Shapes of a document's names: what its equations tell, and habits of writing for the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gradcheck.expr.inference.divisors import lone_divisors
from gradcheck.expr.inference.infer import Typist
from gradcheck.expr.inference.lone_numbers import (
    BOLD,
    derived_apart,
    in_exponents,
    numbers_before_sums,
    numbers_by_squares,
    numbers_of_entries,
)
from gradcheck.expr.inference.open_sizes import (
    close_by_habit,
    entries_are_numbers,
    forms_are_numbers,
    matrix_sizes,
)
from gradcheck.expr.inference.sizes import Clash
from gradcheck.expr.written.definitions import definitions, read_applied, unboxed, written_names
from gradcheck.expr.written.indices import bound_letters, counts, indexed, units_of_layers, writes_entries
from gradcheck.expr.written.names import RUNNING_LETTERS, base_text, core_letter, index_parts, read_name
from gradcheck.expr.written.quotients import read_quotient
from gradcheck.expr.written.usage import primed, reducing
from gradcheck.expr.written.vocabulary import Vocabulary, is_loss_name
from gradcheck.expr.written.writing import Told, forms_arrays, sampled, tells_kinds
from gradcheck.notation.remembered import once_a_node
from gradcheck.notation.statements import Equation
from gradcheck.notation.tree import BigOperator, Group, Node, Product, Scripted, Symbol
from gradcheck.notation.walk import of_kind
from gradcheck.records import replace
from gradcheck.shapes import Dim, Shape

SIGNS = frozenset(("nabla", "partial"))
SOFTMAX = frozenset(("softmax", "logsoftmax", "LogSoftmax", "Softmax", "logsumexp", "LogSumExp"))
SIZE_NAMES = ("n", "p", "q", "r", "s", "u", "v", "d", "h", "k")


def infer(
    definitions: Sequence[Equation],
    claims: Sequence[Equation],
    vocabulary: Vocabulary,
    losses: frozenset[str],
    no_rates: frozenset[str] = frozenset(),
    derived: frozenset[str] = frozenset(),
) -> Mapping[str, Shape]:
    """A shape for every name of a document, by key.

    definitions, claims   the equations that define, and the others, which are believed only where they fit
    losses                the base letters of losses: they are scalars
    no_rates              letters that learning rates have, but that are no rates here
    derived               the base letters that something is differentiated by

    Beside vectors in bold, plain letters are numbers, if as many equations fit so as without.
    """
    equations = (*definitions, *claims)
    bold, plain = bold_and_plain(equations)
    marked = sampled(equations)
    heads = (read_name(unboxed(equation.head)) for equation in definitions)
    told = Told(
        indexed(equations),
        marked,
        units_of_layers(equations),
        no_rates,
        derived,
        frozenset(limit.key for equation in equations for _, limit in counts(equation))
        | (lone_divisors(equations) - frozenset(vocabulary.shapes)),
        bold=bold.union(*(_of_softmaxes(side) for e in equations for side in e.sides)),
        entered=sampled(equations, entries=True) if bold else frozenset(),
        functions=_functions(equations, of_arrays=False) | primed(equations),
        valued=_functions(equations, of_arrays=True),
        reducing=reducing(equations),
        batched=any(head is not None and head.sample is None and head.base in marked for head in heads),
        kinds=any(map(tells_kinds, (side for equation in equations for side in equation.sides))),
    )

    def typed(told: Told) -> tuple[int, Typist, set[str]]:
        typist = Typist(vocabulary, losses, told)
        refused, limits = _take_in(typist, definitions, equations)
        return refused, typist, limits

    refused, typist, limits = typed(told)
    powers = in_exponents(equations) & typist.names.keys()
    for numbers in (plain if bold else frozenset(), derived_apart(equations) | powers):
        if numbers:
            other = typed(replace(told, numbers=told.numbers | numbers))
            if other[0] <= refused:
                told = replace(told, numbers=told.numbers | numbers)
                refused, typist, limits = other
    return dict(_named(typist, limits))


def _take_in(
    typist: Typist, definitions: Sequence[Equation], told: Sequence[Equation]
) -> tuple[int, set[str]]:
    """Take in all equations; how many did not fit, and the letters up to which sums count."""
    vocabulary = typist.vocabulary
    refused = 0
    limits: list[tuple[str, int]] = []
    entries = [vocabulary.sums_repeated and writes_entries(equation) for equation in told]
    # What is written whole tells rows from columns, which indices that are summed at sight do not; and what a
    # function makes of an array has to be known where it is applied, be it defined below.
    for position, equation in sorted(
        enumerate(told), key=lambda item: (entries[item[0]], not _is_function_of_arrays(item[1]))
    ):
        if position == len(definitions):
            entries_are_numbers(typist)
            forms_are_numbers(typist)
            numbers_before_sums(typist, definitions)
            counted = (size for letter, size in limits if letter == vocabulary.sample_dim)
            typist.sizes.may_be(vocabulary.sample_dim, counted)
        if position < len(definitions) and not _gives_gradient(typist, equation):
            refused += not _define(typist, equation)
            if _is_of_matrix_entries(equation):
                numbers_of_entries(typist, (equation,), told)
        else:
            refused += not _relate_claim(typist, equation)
        limits += _limits(typist, equation)
    for letter, size in limits:
        typist.sizes.may_be(letter, (size,))
    numbers_of_entries(typist, definitions, told)
    numbers_by_squares(typist, told)
    _entries_as_in_capitals(typist)
    close_by_habit(typist, frozenset(base for e in told for side in e.sides for base in _of_arrays(side)))
    return refused, {letter for letter, _ in limits}


def _entries_as_in_capitals(typist: Typist) -> None:
    """What stands in entries alone, `\\hat r_{ij}`, has the shape of its capital, if none gets square."""
    sizes = typist.sizes
    for key in sorted(typist.doubly & typist.names.keys()):
        letter = core_letter(key)
        capital = key.replace(letter, letter.upper()) if len(letter) == 1 and letter.islower() else key
        if capital == key or capital not in typist.names or letter in typist.vocabulary.distinct:
            continue
        state, was_square = sizes.save(), _is_square(typist, capital)
        try:
            typist.same(typist.names[key], typist.names[capital])
        except Clash:
            sizes.restore(state)
        if _is_square(typist, capital) and not was_square:
            sizes.restore(state)


def _is_square(typist: Typist, key: str) -> bool:
    rows, columns = typist.names[key]
    return typist.sizes.root(rows) == typist.sizes.root(columns)


def bold_and_plain(equations: Sequence[Equation]) -> tuple[frozenset[str], frozenset[str]]:
    """The letters in lower case that stand bold, and those without subscripts that are never, nor arrays."""
    sides = [(*_bold_plain_and_marked(s), frozenset(_of_arrays(s))) for e in equations for s in e.sides]
    bold, plain, *others = (frozenset().union(*(side[kind] for side in sides)) for kind in range(4))
    return bold, plain.difference(bold, *others)


@once_a_node
def _bold_plain_and_marked(side: Node) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    bold, plain, marked = set[str](), set[str](), set[str]()
    any_bold = False
    for letter in of_kind(side, Symbol):
        any_bold = any_bold or letter.style in BOLD
        base = base_text(letter)
        if base is not None and len(base) == 1 and base.islower():
            if letter.style in BOLD:
                bold.add(base)
            elif not letter.style:
                plain.add(base)
    for node in of_kind(side, Scripted):
        if node.sub is not None and base_text(node.base) not in SIGNS:
            of_parameters = any_bold and any(letter.style in BOLD for letter in of_kind(node.sub, Symbol))
            marked |= {base_text(node.base) or ""}  # `f_{\mathbf w, b}`: its b is a parameter, no index
            marked |= set() if of_parameters else set(index_parts(node.sub))
    for operator in of_kind(side, BigOperator):
        if operator.lower is not None:
            marked |= set(index_parts(operator.lower))
    return frozenset(bold), frozenset(plain), frozenset(marked)


def _is_of_matrix_entries(equation: Equation) -> bool:
    """Whether an equation tells each entry of a matrix: `\\gamma dY` makes no matrix of a γ in it."""
    head = read_name(equation.head)
    return head is not None and len(head.sub) == 2


def _functions(equations: Sequence[Equation], *, of_arrays: bool) -> frozenset[str]:
    """The letters that a document makes functions, of entries `s(u) = 1/(1 + e^{-u})`, or of arrays."""
    return frozenset(
        d.name.base
        for equation in equations
        if _is_function_of_arrays(equation) is of_arrays
        for d in definitions([equation])
        if d.is_function
        and d.parameter is not None
        and d.name.is_plain
        and not d.name.sub
        and not (of_arrays and d.name.base.isupper())  # a capital may be a number that is minimised
    )


def _is_function_of_arrays(equation: Equation) -> bool:
    """`h_\\theta(x) = \\theta^T x`: its value has not the shape of x."""
    applied = read_applied(equation.head)
    if applied is None or len(applied.arguments) != 1 or is_loss_name(applied.function):
        return False
    return forms_arrays(equation.links[0].right)


def _define(typist: Typist, equation: Equation) -> bool:
    """Take in a definition, if it fits: what its chain goes on to say is a claim."""
    first, *others = equation.links
    fits = _relate_definition(typist, replace(equation, links=(first,)))
    for link in others:
        fits = _believed(typist, replace(equation, links=(first, link))) and fits
    return fits


def _relate_definition(typist: Typist, equation: Equation) -> bool:
    """Take in what a definition says first, if it fits.

    A letter that losses have is no loss where its own formula is no number.
    """
    head = read_name(equation.head)
    if typist.relate(equation):
        return True
    if head is None or head.base not in typist.losses:
        return False
    losses = typist.losses
    typist.losses = losses - {head.base}
    if typist.relate(equation):
        return True
    typist.losses = losses
    return False


def _gives_gradient(typist: Typist, equation: Equation) -> bool:
    """Whether a line `db = ...` speaks of the gradient by what is known: it is a claim, and may be wrong."""
    head = read_name(equation.head)
    inner = head.differentiated if head is not None else None
    return inner is not None and typist.vocabulary.canonical(inner) in typist.names


def _limits(typist: Typist, equation: Equation) -> Iterator[tuple[str, int]]:
    """The letters up to which an equation's sums count, each with the size that the index runs over."""
    for operator, limit in counts(equation):
        for letter in bound_letters(operator) & RUNNING_LETTERS & typist.letters.keys():
            yield limit.key, typist.letters[letter]


def _is_of_any_argument(equation: Equation, functions: frozenset[str]) -> bool:
    """Whether a line derives a function by its argument, `\\partial s(x) / \\partial x`: x is any number."""
    quotient = read_quotient(equation.head)
    applied = read_applied(quotient.target) if quotient is not None and quotient.target is not None else None
    if quotient is None or applied is None or applied.function.base not in functions:
        return False
    by, argument = read_name(quotient.variables[0]), read_name(applied.arguments[0])
    return len(applied.arguments) == 1 and by is not None and argument is not None and by.key == argument.key


def _relate_claim(typist: Typist, equation: Equation) -> bool:
    """Take in a claim, if it fits and says anything of shapes."""
    return _is_of_any_argument(equation, typist.told.functions) or _believed(typist, equation)


def _believed(typist: Typist, equation: Equation) -> bool:
    """Take in what may be wrong, if it fits, unless it makes of names what only a wrong line may.

    It makes no numbers of matrices or bold letters, and nothing as wide as high by the number of samples.
    Nor does it make its own names square where nothing tells kinds: `W δ` may mean `W^T δ`.
    """
    wide = {size for size in matrix_sizes(typist) if typist.sizes.value(size) is None}
    state, known = typist.sizes.save(), typist.names.keys() if not typist.told.kinds else ()
    untold = [key for key in known if not _is_square(typist, key)]
    before = {*_bold_numbers(typist), *_pairs_of_samples(typist)}
    fits = typist.relate(equation)
    made = {*_bold_numbers(typist), *_pairs_of_samples(typist)} - before
    if squares := {key for key in untold if not typist.letters and _is_square(typist, key)}:
        own = (name for side in equation.sides for name in written_names(side))
        made |= squares.intersection(map(typist.vocabulary.canonical, own))
    if fits and (made or any(typist.sizes.value(size) == 1 for size in wide)):
        typist.sizes.restore(state)
    return fits


def _pairs_of_samples(typist: Typist) -> Iterator[str]:
    """The keys of names with an entry for each pair of samples."""
    samples = typist.sizes.value(typist.samples)
    for key, (rows, columns) in typist.names.items():
        if typist.sizes.value(rows) == samples == typist.sizes.value(columns):
            yield key


def _bold_numbers(typist: Typist) -> Iterator[str]:
    """The keys of bold letters that were made numbers, or square, of which habit makes numbers."""
    bold = [key for key in typist.names if typist.spelled[key].base in typist.told.bold]
    for key in bold:
        rows, columns = map(typist.sizes.root, typist.names[key])
        if rows == columns or typist.sizes.value(rows) == typist.sizes.value(columns) == 1:
            yield key


@once_a_node
def _of_arrays(side: Node) -> tuple[str, ...]:
    """The letters that are transposed, or of which the norm or the softmax is taken: these are no numbers."""
    turned = [name.base for name in written_names(side) if name.transpose]
    whole = [item for group in of_kind(side, Group) if group.open == "\\|" for item in group.items[:1]]
    normed = (node.items[0] if isinstance(node, Group) and len(node.items) == 1 else node for node in whole)
    names = [name.base for name in map(read_name, normed) if name is not None]
    return (*turned, *names, *_of_softmaxes(side))


@once_a_node
def _of_softmaxes(side: Node) -> tuple[str, ...]:
    """The letters of which the softmax is taken: a distribution over one thing is no distribution."""
    found: list[str] = []
    for node in of_kind(side, Product):
        for function, held in zip(node.factors, node.factors[1:], strict=False):
            if isinstance(function, Symbol) and function.name in SOFTMAX:
                name = read_name(held.items[0] if isinstance(held, Group) and len(held.items) == 1 else held)
                found += [] if name is None else [name.base]
    return tuple(found)


def _named(typist: Typist, limits: set[str]) -> Iterator[tuple[str, Shape]]:
    """The shapes with names for the sizes that stayed open."""
    sizes = typist.sizes
    taken = (
        {d for s in typist.vocabulary.shapes.values() for d in s} | {typist.vocabulary.sample_dim} | limits
    )
    fresh = (f"{letter}{mark}" for mark in ("", *map(str, range(1, 50))) for letter in SIZE_NAMES)
    open_sizes: dict[int, Dim] = {}

    def dim(size: int) -> Dim:
        value = sizes.value(size)
        if value is not None:
            return value
        root = sizes.root(size)
        if root not in open_sizes:
            open_sizes[root] = next(name for name in fresh if name not in taken)
        return open_sizes[root]

    for key, (rows, columns) in typist.names.items():
        yield key, (dim(rows), dim(columns))
