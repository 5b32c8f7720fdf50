"""What was found in a document: its cases, each with the meaning chosen for it and its judgements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain

from gradcheck.calculus.compare import Bench
from gradcheck.checking.cases.hypotheses import Hypothesis
from gradcheck.checking.comparisons.judgement import WORTH, Judgement
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.scope import Scope
from gradcheck.notation.statements import Statement
from gradcheck.reading.document import Document
from gradcheck.records import dataclass, field
from gradcheck.restating.passages.segments import Segment
from gradcheck.source import Span
from gradcheck.verdict import Role, Verdict


@dataclass
class Case:
    """A segment with its meaning and its judgements.

    per_sample   the gradients that it leaves per sample, each with the sign that stands for it from there on
    asked        the sides of what it asks for, and of what the cases above it do
    """

    segment: Segment
    hypothesis: Hypothesis
    scope: Scope
    judgements: list[Judgement] = field(default_factory=list)
    score: float = 0.0
    failure: str | None = None
    bench: Bench | None = None
    per_sample: Mapping[Expr, str] = field(default_factory=dict)
    asked: Sequence[tuple[Expr, Expr]] = ()

    @property
    def name(self) -> str:
        """The heading it stands under, else the assignment's case that it was matched with."""
        return self.segment.heading or self.hypothesis.case

    @cached_property
    def places(self) -> Mapping[Expr, Sequence[Span]]:
        """Where each node of its formulas stands in the text, link by link; asked for once all are judged."""
        return places(self.judgements)

    def is_settled(self) -> bool:
        """Whether every link of it is right, so that no other meaning of it can be better."""
        return all(j.worth or j.claim.role is Role.DECLARATION for j in self.judgements)

    def is_right(self) -> bool:
        """Whether every link is right as written, up to conventions and slips of transcription."""
        return all(
            j.worth >= WORTH[Verdict.SLIP] or j.claim.role is Role.DECLARATION for j in self.judgements
        )


def places(judgements: Iterable[Judgement]) -> Mapping[Expr, Sequence[Span]]:
    """Where each node of what was compared for some links stands in the text."""
    found: defaultdict[Expr, list[Span]] = defaultdict(list)
    for node in chain.from_iterable(judgement.nodes for judgement in judgements):
        if node.span is not None:
            found[node].append(node.span)
    return found


@dataclass
class Checked:
    """Everything that was found in a document.

    document     with what its formulas leave to their reader put in
    as_written   its statements before that, in the author's own words
    declared     shapes were declared, by it or its assignment: less was guessed than where they are only told
    """

    document: Document
    cases: list[Case]
    notes: list[str] = field(default_factory=list)
    as_written: Sequence[Statement] = ()
    declared: bool = False

    @property
    def typing(self) -> str:
        """Whether most of it is written in matrices or per component."""
        units = sum(len(case.judgements) * (1 if case.hypothesis.component else -1) for case in self.cases)
        return "component" if units > 0 else "matrix"

    def judgements(self) -> Iterator[tuple[Case, Judgement]]:
        """All judgements in the order of the document."""
        found = [(j.claim.link.relation.span.start, case, j) for case in self.cases for j in case.judgements]
        for _, case, judgement in sorted(found, key=lambda item: item[0]):
            yield case, judgement

    def worth(self) -> tuple[float, int]:
        """How much of it is right, and minus how many of its links are accused."""
        found = [judgement for case in self.cases for judgement in case.judgements]
        return sum(judgement.worth for judgement in found), -sum(
            judgement.verdict is Verdict.WRONG for judgement in found
        )

    def is_settled(self) -> bool:
        """Whether every link is right, so that no other reading of the document can be better."""
        return all(case.is_settled() for case in self.cases)
