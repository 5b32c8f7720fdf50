"""What the words of a document say of all its vectors: "we use row vectors", "1 is a matrix of ones".

Of one quantity alone, "the gradient is a row vector", nothing follows for the others; nor where the document
speaks of column vectors, too. A bold 1 is a vector of ones unless a matrix of ones is spoken of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from gradcheck.notation.statements import Prose, Statement
from gradcheck.patterns import late_pattern

ROWS = late_pattern(
    r"\b(use|uses|using|used|assume|assumes|assuming|treat|take|write|represent|are|as|be)\b"
    r"(?:\s+[\w*_'’-]+){0,3}?\s+[*_]*row[- ]vectors\b",
    re.IGNORECASE,
)
COLUMNS = late_pattern(r"\bcolumn[- ]vector", re.IGNORECASE)
# "Rows instead of the usual column vectors" speaks of rows alone.
DENIED = late_pattern(r"\b(instead of|rather than|not|unlike)\b[^.;]*?\bcolumn[- ]vectors?", re.IGNORECASE)
# Mathematics may stand between: "the $n \\times n$ matrix of all ones".
SQUARE_ONES = late_pattern(
    r"\bmatri(?:x|ces)\s+(?:consisting\s+)?(?:of|with|whose)\s+(?:(?:all|only|entries|every|entry|are|is|being)\s+)*"
    r"(?:ones|1s)\b|\b(?:all[- ]ones?|ones)\s+matri(?:x|ces)\b",
    re.IGNORECASE,
)


def says_rows(body: Iterable[Statement]) -> bool:
    """Whether the words of a document say that its vectors are rows."""
    texts = [DENIED.sub("", item.text) for item in body if isinstance(item, Prose)]
    return any(map(ROWS.search, texts)) and not any(map(COLUMNS.search, texts))


def says_square_ones(body: Iterable[Statement]) -> bool:
    """Whether the words of a document speak of a matrix of ones."""
    return any(SQUARE_ONES.search(item.text) for item in body if isinstance(item, Prose))
