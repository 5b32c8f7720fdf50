"""What a document says and shows of all its vectors: "we use row vectors", "1 is a matrix of ones".

Who writes `z = x W + b` shows that vectors are rows, unless a matrix stands before a vector somewhere. Of one
quantity alone, "the gradient is a row vector", nothing follows for the others; nor where the document speaks
of column vectors, too. A bold 1 is a vector of ones unless a matrix of ones is spoken of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from gradcheck.expr.written.definitions import definitions
from gradcheck.expr.written.names import Name, names_of_factors, read_name
from gradcheck.notation.statements import Equation, Prose, Statement
from gradcheck.notation.tree import Node, Product, Sum
from gradcheck.notation.walk import of_kind
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


def shows_rows(body: Iterable[Statement]) -> bool:
    """Whether the layers of a document are `x W + b`, and nothing is made of columns, `W x` or `q^T k`."""
    items = list(body)
    rights = [d.right for d in definitions(item for item in items if isinstance(item, Equation))]
    if not any(map(_is_row_layer, (term for right in rights for term in of_kind(right, Sum)))):
        return False
    if any(_is_of_columns(*names) for right in rights for names in _meeting(right)):
        return False
    return not any(COLUMNS.search(item.text) for item in items if isinstance(item, Prose))


def _is_row_layer(node: Sum) -> bool:
    """`x W + b`, or with more such products; `a X_i + b` is a line through numbers."""
    bodies = [term.body for term in node.terms]
    if not any(_is_vector(read_name(body)) for body in bodies):
        return False
    pairs = (pair for body in bodies for pair in _ends(body))
    return any(_is_vector(a) and _is_matrix(b) and not (b and b.is_indexed) for a, b in pairs)


def _ends(node: Node) -> Iterator[tuple[Name | None, Name | None]]:
    """The two names of a product that has no others."""
    if isinstance(node, Product) and len(node.factors) == 2:
        yield from pairwise(names_of_factors(node))


def _meeting(right: Node) -> Iterator[tuple[Name | None, Name | None]]:
    """Names that stand side by side in products."""
    for product in of_kind(right, Product):
        yield from pairwise(names_of_factors(product))


def _is_of_columns(first: Name | None, second: Name | None) -> bool:
    """`W x`, where a matrix acts on a vector, and `q^T k`, where one is turned before it multiplies."""
    turned = first is not None and first.transpose and _is_vector(first)
    return turned or (_is_matrix(first) and _is_vector(second))


def _is_vector(name: Name | None) -> bool:
    """Whether a name is a small Latin letter, as it stands or transposed."""
    return name is not None and len(name.base) == 1 and name.base.islower() and name.power is None


def _is_matrix(name: Name | None) -> bool:
    return name is not None and len(name.base) == 1 and name.base.isupper() and name.power is None


def says_square_ones(body: Iterable[Statement]) -> bool:
    """Whether the words of a document speak of a matrix of ones."""
    return any(SQUARE_ONES.search(item.text) for item in body if isinstance(item, Prose))
