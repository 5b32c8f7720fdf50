"""What a document says and shows of its own names: declared and inferred shapes, ways of writing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from gradcheck.checking.hearing.batch import with_samples_counted
from gradcheck.checking.hearing.extents import extents
from gradcheck.checking.hearing.letters import (
    batches,
    columns_of_capitals,
    entries_apart,
    entries_beside_capitals,
    losses_of_several,
    marks_layers,
    no_losses,
    rows_of_capitals,
)
from gradcheck.checking.hearing.row_vectors import says_rows, says_square_ones, shows_rows
from gradcheck.checking.hearing.shapes_told import sizes_told
from gradcheck.checking.hearing.two_cases import distinct_letters
from gradcheck.checking.hearing.units import units
from gradcheck.expr.inference.habits import infer
from gradcheck.expr.inference.index_order import is_turned, orders_of
from gradcheck.expr.inference.index_sizes import SCALAR_LETTERS, letter_sizes
from gradcheck.expr.inference.vectors import numbered
from gradcheck.expr.meaning.choices import labels_in
from gradcheck.expr.meaning.repeated import announces_sums
from gradcheck.expr.written.answers import answers
from gradcheck.expr.written.declarations import declarations, sizes_written_out
from gradcheck.expr.written.definitions import definitions, unboxed, written_names
from gradcheck.expr.written.indices import bound_letters, is_letter, numbers_below_roots, sets_of_samples
from gradcheck.expr.written.lists import numbers_below
from gradcheck.expr.written.named_gradients import named_gradients
from gradcheck.expr.written.names import IDENTITIES, Name, base_text, read_name
from gradcheck.expr.written.quotients import read_quotient
from gradcheck.expr.written.vocabulary import LOSS_BASES, Vocabulary, is_loss_name
from gradcheck.notation.scripts import split_superscript
from gradcheck.notation.statements import CASE, LISTED, NUMBERS, Equation
from gradcheck.notation.tree import BigOperator, Group, Node, Scripted, Sum, Symbol
from gradcheck.notation.walk import of_kind
from gradcheck.reading.document import Document
from gradcheck.records import replace
from gradcheck.restating.passages.segments import differentiated, differentiated_targets
from gradcheck.restating.sayings.examples import given_names
from gradcheck.restating.sayings.said import ascended, climbing, log_likelihoods
from gradcheck.shapes import SCALAR, Shape


def understood(document: Document, declared: Vocabulary) -> Vocabulary:
    """The vocabulary with what the document itself says and shows of its names."""
    equations = [item for item in document.body if isinstance(item, Equation)]
    named = units(document.body, frozenset(declared.shapes))
    declared = replace(
        declared,
        units=named,
        rows=says_rows(document.body) or shows_rows(document.body),
        square_ones=says_square_ones(document.body),
        ascends=ascended(document.body),
        climbs=climbing(document.body),
        log_likelihoods=log_likelihoods(equations),
    )
    return learnt_from(equations, declared, sums_repeated=announces_sums(document.body))


def learnt_from(
    equations: Sequence[Equation], declared: Vocabulary, *, sums_repeated: bool = False
) -> Vocabulary:
    """The vocabulary with what some equations say and show of their names."""
    marked, apart = marks_layers(equations), distinct_letters(equations)
    vocabulary = replace(
        declared,
        digit_layers=not marked,
        paren_layers=not marked,
        distinct=apart,
        no_losses=no_losses(equations),
        batches=batches(equations, apart),
        aliases={**entries_apart(equations, apart), **declared.aliases},
        labelled=numbers_below_roots(equations) - frozenset(declared.shapes) | named_gradients(equations),
        sums_repeated=sums_repeated,
        batch_sets=sets_of_samples(equations),
        answers=answers(equations),
    )
    if not vocabulary.sums_repeated:
        vocabulary = replace(vocabulary, labels=labels_in(equations))
    varied = {name.base for name in differentiated(equations)}
    if written := sizes_written_out(equations, vocabulary):
        vocabulary = replace(vocabulary, sizes={**written, **vocabulary.sizes})
    told = {
        key: shape
        for key, shape in declarations(equations, vocabulary).items()
        if key not in IDENTITIES - varied or shape[0] != shape[1]
    }
    vectors = numbered(equations, vocabulary, told)
    shapes = {**told, **declared.shapes}
    numbers = sizes_told(equations, shapes)
    if numbers:
        shapes = {
            key: (numbers.get(str(rows), rows), numbers.get(str(columns), columns))
            for key, (rows, columns) in shapes.items()
        }
        vocabulary = replace(vocabulary, sizes={**numbers, **vocabulary.sizes})
    apart |= rows_of_capitals(equations, shapes) | entries_beside_capitals(equations, shapes)
    apart |= columns_of_capitals(equations, shapes, vectors)
    batched = {base: whole for base, whole in vocabulary.batches.items() if base not in apart}
    reached = extents(equations, _sizes(shapes, vocabulary))
    labels = {base: label for base, label in vocabulary.labels.items() if base not in reached.ends}
    vocabulary = replace(
        vocabulary,
        shapes=shapes,
        vectors=vectors,
        distinct=apart,
        batches=batched,
        extents=reached,
        labels=labels,
    )
    vocabulary = vocabulary.inferring(inferred_from(equations, vocabulary))
    defined = {d.name.base for d in definitions(equations)}
    matrices = {key for key in LOSS_BASES if 1 not in vocabulary.inferred.get(key, SCALAR)}
    if matrices & defined:
        matrices -= defined - _with_entries(equations)
    if not matrices <= vocabulary.no_losses:
        vocabulary = replace(vocabulary, no_losses=vocabulary.no_losses | matrices)
    vocabulary = with_samples_counted(equations, vocabulary)
    mixed = letter_sizes(equations, vocabulary)
    return vocabulary if mixed == vocabulary.letter_sizes else replace(vocabulary, letter_sizes=mixed)


def _with_entries(equations: Iterable[Equation]) -> frozenset[str]:
    """The letters that have entries by two numbers, `C_{12}`: they are no losses."""
    names = (name for e in equations for side in e.sides for name in written_names(side))
    return frozenset(name.base for name in names if numbers_below(name))


def _sizes(shapes: Mapping[str, Shape], vocabulary: Vocabulary) -> Iterator[str]:
    """The letters of the sizes that a document declares."""
    yield from (dim for shape in shapes.values() for dim in shape if isinstance(dim, str))
    yield from vocabulary.sizes


def inferred_from(equations: Sequence[Equation], vocabulary: Vocabulary) -> Mapping[str, Shape]:
    """The shapes of undeclared names that some equations tell."""
    defining = [e for e in equations if any(True for _ in definitions([e])) and not _derives(e)]
    beside = ("condition", NUMBERS, CASE, LISTED)
    telling = [e for e in equations if e.connective not in beside and e.links[0].relation.sign != "∈"]
    known = orders_of(defining)
    claims = [e for e in telling if e not in defining and not is_turned(e, known)]
    losses = frozenset(
        {d.name.base for d in definitions(equations) if is_loss_name(d.name)}
        | (LOSS_BASES & differentiated_targets(equations))
    ) - losses_of_several(equations)
    scalars = {vocabulary.canonical(name): SCALAR for name in given_names(equations)}
    derived = frozenset(name.base for name in differentiated(equations))
    return {**infer(defining, claims, vocabulary, losses, no_rates(equations), derived), **scalars}


def no_rates(equations: Iterable[Equation]) -> frozenset[str]:
    """Letters of no numbers: derived by, bold, turned, solved for, or with a summed index or two of them."""
    listed = list(equations)
    sides = [side for e in listed for side in e.sides]
    bold = {
        text
        for side in sides
        for node in of_kind(side, Symbol)
        if node.style in ("boldsymbol", "mathbf")
        if (text := base_text(node)) is not None
    }
    summed = {
        name.base
        for side in sides
        for node in of_kind(side, BigOperator)
        for name in written_names(node.body)
        if name.base in SCALAR_LETTERS and bound_letters(node).intersection(name.sub)
    }
    turned = {name.base for side in sides for name in written_names(side) if name.transpose and not name.sub}
    turned |= {name.base for side in sides for name in _turned_terms(side)}
    solved = {
        d.name.base
        for d in definitions(listed)
        if d.name.base in SCALAR_LETTERS and any(name.inverse for name in written_names(d.right))
    }  # `\alpha = K^{-1} y`
    summed |= {
        n.base for s in sides for n in written_names(s) if len(n.sub) == 2 and all(map(is_letter, n.sub))
    }
    return frozenset(bold | summed | turned | solved | {name.base for name in differentiated(listed)})


def _turned_terms(side: Node) -> Iterator[Name]:
    """The bare names among the terms of brackets that are turned, as the mean in `(x_i - \\mu)^T`."""
    for node in of_kind(side, Scripted):
        match node.base:
            case Group(items=(Sum(terms=terms),)) if split_superscript(node.sup).transpose:
                yield from (name for term in terms if (name := read_name(term.body)) and not name.sub)


def _derives(equation: Equation) -> bool:
    return read_quotient(unboxed(equation.head)) is not None
