"""Vectors that are rows throughout, as the words of a document say: "we use row vectors".

Of one quantity alone, "the gradient is a row vector", nothing follows for the others; nor where the document
speaks of column vectors, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from gradcheck.notation.statements import Prose, Statement

ROWS = re.compile(
    r"\b(use|uses|using|used|assume|assumes|assuming|treat|take|write|represent|are|as|be)\b"
    r"(?:\s+[\w*_'’-]+){0,3}?\s+[*_]*row[- ]vectors\b",
    re.IGNORECASE,
)
COLUMNS = re.compile(r"\bcolumn[- ]vector", re.IGNORECASE)
# "Rows instead of the usual column vectors" speaks of rows alone.
DENIED = re.compile(r"\b(instead of|rather than|not|unlike)\b[^.;]*?\bcolumn[- ]vectors?", re.IGNORECASE)


def says_rows(body: Iterable[Statement]) -> bool:
    """Whether the words of a document say that its vectors are rows."""
    texts = [DENIED.sub("", item.text) for item in body if isinstance(item, Prose)]
    return any(map(ROWS.search, texts)) and not any(map(COLUMNS.search, texts))
