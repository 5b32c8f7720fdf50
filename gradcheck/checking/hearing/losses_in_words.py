"""A loss that only the words name: "logistic regression", "trained with the cross entropy".

With one output that is a sigmoid or a softmax, and labels that nothing defines, the words leave one formula.
Over a batch it may be the mean or the sum: which one the lines show. Squared errors are not taken so, since
their factor is anybody's choice; and where a formula of a loss is written, words add nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gradcheck.checking.hearing.named_losses import ENTROPY, OTHERWISE
from gradcheck.expr.written.definitions import Definition, definitions, written_names
from gradcheck.expr.written.indices import names_within
from gradcheck.expr.written.names import Name, read_name
from gradcheck.expr.written.quotients import derives, read_quotient
from gradcheck.expr.written.vocabulary import Vocabulary, is_loss_name
from gradcheck.notation.parser import parse_one
from gradcheck.notation.statements import Equation, Fragment, Heading, Prose, Statement
from gradcheck.notation.tree import Node
from gradcheck.records import replace
from gradcheck.restating.passages.segments import Segment, applied_builtin
from gradcheck.shapes import SCALAR
from gradcheck.source import Span

LABELS = ("y", "t")
# By the function of the output: the terms of the loss, entry by entry.
TERMS = {
    "sigmoid": r"({y} \odot \log {a} + (1 - {y}) \odot \log(1 - {a}))",
    "softmax": r"({y} \odot \log {a})",
}


def with_losses_in_words(
    parts: list[Segment], body: Sequence[Statement], vocabulary: Vocabulary
) -> list[Segment]:
    """The parts of a document with the loss that the words alone name, where its output is defined.

    A part that defines nothing of its own goes on with the one above it.
    """
    equations = [item for item in body if isinstance(item, Equation)]
    texts = [item.text for item in body if isinstance(item, Prose | Heading)]
    named = any(map(ENTROPY.search, texts)) and not any(map(OTHERWISE.search, texts))
    if not named or any(is_loss_name(d.name) for d in definitions(equations)):
        return parts
    fragments = [item.node for item in body if isinstance(item, Fragment)]
    sides = [*(side for e in equations for side in e.sides), *fragments]
    output, label = _output(equations), _label(equations, sides, vocabulary)
    if output is None or label is None:
        return parts
    letter = next(iter(sorted(_differentiated_losses(equations))), "L")
    name = Name(letter, Span(0, 0))
    told = [Definition(name, formula, (0, 0)) for formula in _formulas(output, label, vocabulary)]
    key, about = vocabulary.canonical(name), False
    found: list[Segment] = []
    for part in parts:
        forward = [d for items in part.quantities.values() for d in items if not derives(d.right)]
        about = output in forward or (about and not forward)
        found.append(replace(part, quantities={**part.quantities, key: told}) if about and told else part)
    return found


def _output(equations: Sequence[Equation]) -> Definition | None:
    """The one sigmoid or softmax that nothing else is made of."""
    listed = [d for d in definitions(equations) if not d.is_function and d.name.differentiated is None]
    forward = [d for d in listed if not derives(d.right)]
    used = {name.key for d in forward for name in written_names(d.right)}
    ends = {d.name.key: d for d in forward if applied_builtin(d.right) in TERMS and d.name.key not in used}
    return next(iter(ends.values())) if len(ends) == 1 else None


def _label(equations: Sequence[Equation], sides: Sequence[Node], vocabulary: Vocabulary) -> Name | None:
    """The one letter of labels that is written and nowhere defined; T mostly is a transposition."""
    defined = {vocabulary.canonical(d.name) for d in definitions(equations)}
    written = (name for side in sides for name in written_names(side))
    found = {
        vocabulary.canonical(name): name.without(sub=(), sample=None, transpose=False)
        for name in written
        if name.base.lower() in LABELS and (name.base != "T" or name.key in vocabulary.shapes)
        if vocabulary.canonical(name) not in defined
    }
    forward = (d.right for d in definitions(equations) if d.name.differentiated is None)
    inside = {name.base for right in forward for name in names_within(right)}
    label = next(iter(found.values())) if len(found) == 1 else None
    return None if label is None or label.base in inside else label


def _differentiated_losses(equations: Sequence[Equation]) -> set[str]:
    targets = (q.target for e in equations if (q := read_quotient(e.head)) is not None)
    names = (read_name(target) for target in targets if target is not None)
    return {name.base for name in names if name is not None and is_loss_name(name)}


def _formulas(output: Definition, label: Name, vocabulary: Vocabulary) -> Iterator[Node]:
    """The mean and the sum over a batch; for one example the sum over its entries, or the only one."""
    terms = TERMS[applied_builtin(output.right) or ""].format(y=label.key, a=output.name.key)
    key = vocabulary.canonical(output.name)
    shape = vocabulary.shapes.get(key) or vocabulary.inferred.get(key) or SCALAR
    batched = vocabulary.holds_samples(shape)
    scales = (rf"-\frac{{1}}{{{vocabulary.sample_dim}}} \sum ", r"-\sum ") if batched else (r"-\sum ", "-")
    for scale in scales if shape != SCALAR else ("-",):
        formula = parse_one(scale + terms)
        if formula is not None:
            yield formula
