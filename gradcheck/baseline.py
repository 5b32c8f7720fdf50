"""What is known to be wrong, so that a check is green as long as nothing gets worse.

A repository of derivations may hold faults on purpose, or from before the check. The baseline keeps them by
the fingerprints of their links and false sentences, without line numbers, and how many links of each document
could be judged: fewer readable lines is worse, too, since a fault that cannot be read would count as mended.
An update only shrinks a baseline; to accept something worse, its file is deleted and written anew, which a
review sees.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Self

from gradcheck.records import dataclass, field, replace
from gradcheck.report.fingerprint import digest, fingerprints, one_line
from gradcheck.report.model import DocumentReport, LinkReport, RemarkReport, Report
from gradcheck.verdict import Verdict

SCHEMA_VERSION = 1
_LONGEST = 100
# From bad to worse; what is not listed is no fault.
_GRAVITY = {Verdict.UNDECIDED: 1, Verdict.FOLLOWS: 2, Verdict.WRONG: 3}
_STRICT = {Verdict.CHARITABLE: 1, Verdict.SLIP: 1}


class BaselineError(Exception):
    """A file is no baseline; the message says why."""


@dataclass(frozen=True, slots=True)
class Known:
    """One known fault: its verdict, and the formula for people who read the file."""

    verdict: Verdict
    formula: str


@dataclass(frozen=True, slots=True)
class DocumentBaseline:
    """How many links of a document were judged, and its known faults by fingerprint."""

    judged: int
    known: Mapping[str, Known] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Baseline:
    """The known faults of a repository by the paths of its documents."""

    documents: Mapping[str, DocumentBaseline]

    @classmethod
    def of(cls, report: Report, *, strict: bool = False) -> Self:
        """The faults of a report."""
        return cls({document.path: _faults(document, strict) for document in report.documents})

    @classmethod
    def load(cls, path: Path) -> Self:
        """The baseline in a file; raises BaselineError where it is none."""
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            if data["schema_version"] != SCHEMA_VERSION:
                raise BaselineError(
                    f"{path}: schema version {data['schema_version']} is not {SCHEMA_VERSION}"
                )
            return cls({name: _document(each) for name, each in data["documents"].items()})
        except OSError as error:
            raise BaselineError(f"{path}: {(error.strerror or 'it cannot be read').lower()}") from error
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BaselineError(f"{path} is no baseline: {type(error).__name__}: {error}") from error

    def text(self) -> str:
        """The file's text: sorted, so that a change is a readable difference."""
        documents = {
            path: {
                "judged": each.judged,
                "known": {
                    name: {"verdict": known.verdict, "formula": known.formula}
                    for name, known in sorted(each.known.items())
                },
            }
            for path, each in sorted(self.documents.items())
        }
        content = {"schema_version": SCHEMA_VERSION, "documents": documents}
        return json.dumps(content, ensure_ascii=True, indent=1) + "\n"

    def worse(self, now: Baseline) -> Iterator[str]:
        """What is worse now than here, one sentence each; nothing where the check is green."""
        for path, found in now.documents.items():
            before = self.documents.get(path)
            if before is not None and found.judged < before.judged:
                yield f"{path}: {found.judged} links are judged, {before.judged} were"
            for name, known in found.known.items():
                old = before.known.get(name) if before else None
                if _is_worse(old, known):
                    change = f"was {old.verdict}" if old else "new"
                    yield f"{path}: {known.verdict} ({change}): {known.formula}"

    def news(self, report: Report, *, strict: bool = False) -> Report:
        """The report with what is worse than here alone, for those who are told of each change."""
        return replace(report, documents=tuple(self._news(each, strict) for each in report.documents))

    def _news(self, document: DocumentReport, strict: bool) -> DocumentReport:
        before = self.documents.get(document.path, DocumentBaseline(0))
        found = _faults(document, strict)
        worse = {name for name, known in found.known.items() if _is_worse(before.known.get(name), known)}
        names = fingerprints(document)
        return replace(
            document,
            links=tuple(link for link in document.links if names[link.id] in worse),
            remarks=tuple(remark for remark in document.remarks if _name(remark) in worse),
            unread=document.unread
            if found.judged < before.judged or document.path not in self.documents
            else (),
        )

    def shrunk(self, now: Baseline) -> Baseline:
        """The baseline after what was mended is taken out, for documents of this run; others stay."""
        documents = dict(self.documents)
        for path, found in now.documents.items():
            before = self.documents.get(path, DocumentBaseline(found.judged))
            kept = {
                name: _better(known, found.known[name])
                for name, known in before.known.items()
                if name in found.known
            }
            documents[path] = DocumentBaseline(max(before.judged, found.judged), kept)
        return Baseline(documents)


def _is_worse(old: Known | None, now: Known) -> bool:
    return old is None or _gravity(now.verdict) > _gravity(old.verdict)


def _better(one: Known, other: Known) -> Known:
    return min(one, other, key=lambda known: _gravity(known.verdict))


def _gravity(verdict: Verdict) -> int:
    return (_GRAVITY | _STRICT).get(verdict, 0)


def _faults(document: DocumentReport, strict: bool) -> DocumentBaseline:
    charged = _GRAVITY | (_STRICT if strict else {})
    names = fingerprints(document)
    known = {
        names[link.id]: Known(link.verdict, _formula(link))
        for link in document.links
        if link.verdict in charged
    }
    known |= {
        _name(remark): Known(remark.verdict, _cut(one_line(remark.text)))
        for remark in document.remarks
        if remark.verdict is Verdict.WRONG
    }
    judged = sum(link.verdict is not Verdict.UNDECIDED for link in document.links)
    return DocumentBaseline(judged, known)


def _name(remark: RemarkReport) -> str:
    """A sentence by its words."""
    return f"remark-{digest(one_line(remark.text))}"


def _formula(link: LinkReport) -> str:
    return _cut(one_line(f"{link.head} {link.relation} {link.right}"))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _document(data: Any) -> DocumentBaseline:
    known = {
        name: Known(Verdict(each["verdict"]), str(each["formula"])) for name, each in data["known"].items()
    }
    return DocumentBaseline(int(data["judged"]), known)
