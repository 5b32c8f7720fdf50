"""What names a link when its line number has changed: its scope and its text.

A baseline, code scanning and a test history all have to know a link again after lines were added above
it. Blanks do not count; equal links of one scope are told apart by their order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from hashlib import sha256

from gradcheck.report.model import DocumentReport, LinkReport

_DIGITS = 16


def fingerprints(document: DocumentReport) -> Mapping[str, str]:
    """A stable name of each link by its id: hexadecimal digits, `-` and a number where links are equal."""
    seen = Counter[str]()
    found = {}
    for link in document.links:
        name = digest(_text(link))
        seen[name] += 1
        found[link.id] = name if seen[name] == 1 else f"{name}-{seen[name]}"
    return found


def digest(text: str) -> str:
    """A few hexadecimal digits that name a text."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def one_line(text: str) -> str:
    """Text with every run of blanks as one."""
    return " ".join(text.split())


def _text(link: LinkReport) -> str:
    return "\0".join(map(one_line, (link.scope, link.head, link.left, link.relation, link.right)))
