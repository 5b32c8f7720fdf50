"""What a run found, as plain data: the one thing every output format is written from.

The fields are the keys of the JSON report, in its order. Nothing here is computed from mathematics, and
what can be counted from the links (summary, scopes) is counted when asked for, never stored. A document
keeps its Source so that a format can show the author's own line; the JSON report names its path only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from gradcheck.diagnostic import Region
from gradcheck.records import dataclass
from gradcheck.source import Source
from gradcheck.verdict import Certainty, Outcome, Role, Verdict

Value = float | str | Sequence["Value"]


@dataclass(frozen=True, slots=True)
class Tool:
    """Who wrote the report, and from which seed."""

    name: str
    version: str
    seed: int


@dataclass(frozen=True, slots=True)
class Step:
    """The one equality with the left neighbour, by itself."""

    verdict: Verdict
    certainty: Certainty | None = None
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A misconception by its stable code and its name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of the written formula; an insertion has an empty region and an empty `before`."""

    region: Region
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Repair:
    """A tested change: the whole right side as it should be, and the edits that lead there."""

    latex: str
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class SymbolicEvidence:
    """What exact algebra found on components."""

    outcome: Outcome
    method: str


@dataclass(frozen=True, slots=True)
class AnalyticEvidence:
    """What NumPy reverse mode found; the error is the largest over points and entries."""

    outcome: Outcome
    relative_error: float | None = None


@dataclass(frozen=True, slots=True)
class DifferenceEvidence:
    """What finite differences of the forward pass found, with the bound of their own error."""

    outcome: Outcome
    relative_error: float | None = None
    bound: float | None = None


@dataclass(frozen=True, slots=True)
class Witness:
    """A point and an entry where the sides differ.

    differences   the expected value by differences
    of            what has this entry: the head, or the part of it that is judged
    """

    point: Mapping[str, Value]
    entry: str | None
    expected: float
    got: float
    differences: float | None = None
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What each oracle found; None where an oracle had nothing to say."""

    symbolic: SymbolicEvidence | None = None
    analytic: AnalyticEvidence | None = None
    finite_difference: DifferenceEvidence | None = None
    witness: Witness | None = None


@dataclass(frozen=True, slots=True)
class LinkReport:
    """One relation of a chain, judged against the chain's head and as a step.

    id       equation and relation, `18.3` is the 3rd relation of equation 18
    region   of the link's right side
    head, left, relation, right
             LaTeX as written
    scope    the heading it stands under, empty at the top
    message  the headline of what is to be said; None only where nothing is
    why      the cause, as a teacher would tell it
    help     what to write, where the repair's edits do not say it themselves
    cause    id of the root link of one that only follows
    reading  the reading under which it is right, told in words
    """

    id: str
    region: Region
    head: str
    left: str
    relation: str
    right: str
    role: Role
    scope: str
    verdict: Verdict
    certainty: Certainty | None
    step: Step | None = None
    rule: Rule | None = None
    message: str | None = None
    why: str | None = None
    help: str | None = None
    repair: Repair | None = None
    alternatives: tuple[Repair, ...] = ()
    cause: str | None = None
    conventions: tuple[str, ...] = ()
    factor: str | None = None
    reading: str | None = None
    evidence: Evidence = Evidence()


@dataclass(frozen=True, slots=True)
class DefinitionReport:
    """A name, what it stands for, and its shape by named sizes; the shape is None where it stayed open."""

    name: str
    latex: str
    shape: tuple[int | str, int | str] | None
    line: int


@dataclass(frozen=True, slots=True)
class RemarkReport:
    """A sentence that claims something; without a verdict it was only kept."""

    line: int
    column: int
    text: str
    verdict: Verdict | None = None
    message: str | None = None


@dataclass(frozen=True, slots=True)
class UnreadReport:
    """Mathematics that was not understood, with the reason."""

    region: Region
    latex: str
    reason: str


@dataclass(frozen=True, slots=True)
class ScopeReport:
    """The verdicts under one heading."""

    name: str
    summary: Mapping[Verdict, int]


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """One derivation. `typing` is `matrix` or `component`; `notes` tell what was chosen or assumed."""

    source: Source
    title: str | None
    assignment: str | None
    typing: str | None
    conventions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    definitions: tuple[DefinitionReport, ...] = ()
    links: tuple[LinkReport, ...] = ()
    remarks: tuple[RemarkReport, ...] = ()
    unread: tuple[UnreadReport, ...] = ()

    @property
    def path(self) -> str:
        """The path the document was named by."""
        return self.source.path

    @property
    def scopes(self) -> tuple[ScopeReport, ...]:
        """The links counted by scope, in the order in which the scopes begin."""
        names = dict.fromkeys(link.scope for link in self.links)
        return tuple(
            ScopeReport(name, count(link for link in self.links if link.scope == name)) for name in names
        )


@dataclass(frozen=True, slots=True)
class FileError:
    """A file that could not be read; line and column where they are known."""

    path: str
    message: str
    line: int | None = None
    column: int | None = None

    @property
    def place(self) -> str:
        """`path:line:column`, as far as it is known."""
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)


@dataclass(frozen=True, slots=True)
class Report:
    """Everything one run found."""

    tool: Tool
    documents: tuple[DocumentReport, ...]
    errors: tuple[FileError, ...] = ()

    @property
    def summary(self) -> Mapping[Verdict, int]:
        """How many links of all documents got each verdict."""
        return count(link for document in self.documents for link in document.links)


def count(links: Iterable[LinkReport]) -> Mapping[Verdict, int]:
    """How many links got each verdict, every verdict named, in the order of `Verdict`."""
    found = Counter(link.verdict for link in links)
    return {verdict: found[verdict] for verdict in Verdict}
