"""SARIF 2.1.0, as GitHub code scanning takes it: rules from the misconceptions, a result for each finding.

A finding without a misconception has its kind (`wrong`, `undecided`, ...) as its rule. Conventions are no
alerts and are left out. Fingerprints hold when lines move; columns count code points, as in the report.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from gradcheck.diagnosis.misconceptions import FAMILIES, MISCONCEPTIONS, Misconception
from gradcheck.diagnostic import Diagnostic, Region, Severity
from gradcheck.report.findings import findings, link_findings
from gradcheck.report.fingerprint import fingerprints
from gradcheck.report.model import DocumentReport, FileError, LinkReport, Report
from gradcheck.report.plain import headline
from gradcheck.report.view import View
from gradcheck.report.visible import visible
from gradcheck.verdict import Verdict

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_KINDS = {
    "wrong": (Severity.ERROR, "the two sides differ"),
    "follows": (Severity.NOTE, "follows from an earlier wrong line"),
    "slip": (Severity.WARNING, "right once a slip of the pen is undone"),
    "charitable": (Severity.NOTE, "right under one reading, which is told"),
    "undecided": (Severity.WARNING, "not decided"),
    "unread": (Severity.WARNING, "mathematics that was not understood"),
    "remark": (Severity.ERROR, "a sentence claims what is not so"),
}


def render(report: Report, view: View) -> str:
    """The report as one SARIF run."""
    rules = [*map(_misconception, MISCONCEPTIONS.values()), *(_kind(name) for name in _KINDS)]
    order = {rule["id"]: index for index, rule in enumerate(rules)}
    driver = {"name": report.tool.name, "version": report.tool.version, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not report.errors,
                "toolExecutionNotifications": [_notification(error) for error in report.errors],
            }
        ],
        "results": [
            {"ruleId": found["ruleId"], "ruleIndex": order[found["ruleId"]], **found}
            for document in report.documents
            for found in _results(document)
        ],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _misconception(record: Misconception) -> dict[str, Any]:
    told = f"{record.meaning}\n\nWhy: {record.cause}\n\nHow to see it: {record.sign}"
    example = f"\n\nRight: `{record.example.right}`\n\nWrong: `{record.example.wrong}`"
    return {
        "id": record.code,
        "name": "".join(part.capitalize() for part in record.name.split("-")),
        "shortDescription": {"text": record.name.replace("-", " ")},
        "fullDescription": {"text": record.meaning},
        "help": {"text": told + example.replace("`", ""), "markdown": told + example},
        "properties": {"tags": list(dict.fromkeys([FAMILIES[record.family], *record.tags]))},
    }


def _kind(name: str) -> dict[str, Any]:
    severity, meaning = _KINDS[name]
    return {
        "id": name,
        "shortDescription": {"text": meaning},
        "help": {"text": meaning},
        "defaultConfiguration": {"level": _LEVEL[severity]},
    }


def _results(document: DocumentReport) -> Iterator[dict[str, Any]]:
    names = fingerprints(document)
    links = {link.id: link for link in document.links}
    for number, diagnostic in link_findings(document).items():
        link = links[number]
        if link.verdict is not Verdict.CONVENTION:
            yield _result(document, diagnostic) | _of_link(document, link, links, names[number])
    for diagnostic in findings(document):
        if diagnostic.kind in ("remark", "unread"):
            yield _result(document, diagnostic)


def _result(document: DocumentReport, diagnostic: Diagnostic) -> dict[str, Any]:
    notes = [f"{note.kind}: {' '.join(note.text.split())}" for note in diagnostic.notes]
    code = diagnostic.code if diagnostic.code in MISCONCEPTIONS else None
    return {
        "ruleId": code or diagnostic.kind,
        "level": _LEVEL[diagnostic.severity],
        "message": {"text": "\n".join([headline(diagnostic), *map(visible, notes)])},
        "locations": [_location(document.path, diagnostic.labels[0].region)],
    }


def _of_link(
    document: DocumentReport, link: LinkReport, links: dict[str, LinkReport], fingerprint: str
) -> dict[str, Any]:
    """What code scanning can use of a link beyond its message."""
    more: dict[str, Any] = {"partialFingerprints": {"primaryLocationLineHash": f"{fingerprint}:1"}}
    if root := links.get(link.cause or ""):
        told = {"id": 1, "message": {"text": "the line that it follows from"}}
        more["relatedLocations"] = [_location(document.path, root.region) | told]
    if link.repair and link.repair.edits:
        replacements = [
            {"deletedRegion": _region(edit.region), "insertedContent": {"text": visible(edit.after)}}
            for edit in link.repair.edits
        ]
        change = {"artifactLocation": {"uri": _uri(document.path)}, "replacements": replacements}
        more["fixes"] = [{"description": {"text": "the tested repair"}, "artifactChanges": [change]}]
    return more


def _notification(error: FileError) -> dict[str, Any]:
    region = Region(error.line or 1, error.column or 1, error.line or 1, error.column or 1)
    return {
        "level": "error",
        "message": {"text": visible(error.message)},
        "locations": [_location(error.path, region)],
    }


def _location(path: str, region: Region) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(path)}, "region": _region(region)}}


def _region(region: Region) -> dict[str, int]:
    return {
        "startLine": region.line,
        "startColumn": region.column,
        "endLine": region.end_line,
        "endColumn": region.end_column,
    }


def _uri(path: str) -> str:
    return quote(
        path.replace("\\", "/").encode("utf-8", "surrogateescape" if _decodable(path) else "replace")
    )


def _decodable(path: str) -> bool:
    """Whether the lone surrogates of a path are those that stand for bytes of the file system."""
    return all(not 0xD800 <= ord(char) <= 0xDFFF or 0xDC80 <= ord(char) <= 0xDCFF for char in path)
