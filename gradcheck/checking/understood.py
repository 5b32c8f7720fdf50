"""What a document says and shows of its own names: declared and inferred shapes, ways of writing."""

from __future__ import annotations

from dataclasses import replace

from gradcheck.checking.segments import (
    batches,
    differentiated_targets,
    distinct_letters,
    marks_layers,
)
from gradcheck.expr.declarations import declarations
from gradcheck.expr.definitions import definitions, unboxed
from gradcheck.expr.habits import infer
from gradcheck.expr.quotients import read_quotient
from gradcheck.expr.vocabulary import LOSS_BASES, Vocabulary, is_loss_name
from gradcheck.notation.statements import Equation
from gradcheck.reading.document import Document


def understood(document: Document, declared: Vocabulary) -> Vocabulary:
    """The vocabulary with what the document itself says and shows of its names."""
    equations = [item for item in document.body if isinstance(item, Equation)]
    marked = marks_layers(equations)
    vocabulary = replace(
        declared,
        digit_layers=not marked,
        paren_layers=not marked,
        distinct=distinct_letters(equations),
        batches=batches(equations),
    )
    vocabulary = replace(vocabulary, shapes={**declarations(equations, vocabulary), **declared.shapes})
    defining = [e for e in equations if any(True for _ in definitions([e])) and not _derives(e)]
    claims = [e for e in equations if e not in defining and e.connective != "condition"]
    losses = frozenset(
        {d.name.base for d in definitions(equations) if is_loss_name(d.name)}
        | (LOSS_BASES & differentiated_targets(equations))
    )
    return replace(vocabulary, inferred=infer(defining, claims, vocabulary, losses))


def _derives(equation: Equation) -> bool:
    return read_quotient(unboxed(equation.head)) is not None
