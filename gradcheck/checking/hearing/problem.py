"""The problem that a document works on: its own declarations, and those of its assignment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from gradcheck.calculus.sampling import DOMAINS
from gradcheck.expr.written.names import Name, read_name
from gradcheck.expr.written.vocabulary import Vocabulary, in_layer
from gradcheck.notation.parser import parse_one
from gradcheck.reading.document import Document
from gradcheck.records import dataclass, field, replace
from gradcheck.restating.passages.segments import Candidates, Segment, merged, segments
from gradcheck.shapes import SCALAR, Dim, Shape, counted

SAMPLES = frozenset(("m", "M", "n", "N", "B"))  # what a number of samples is called


class ProblemError(Exception):
    """Front matter that cannot be used; the message tells which key and what to write.

    keys  where it stands: a key, and one below it
    """

    def __init__(self, message: str, *keys: str) -> None:
        super().__init__(message)
        self.keys = keys


@dataclass(frozen=True)
class Problem:
    """What is given: declared names, and the assignment's definitions by case.

    cases    the assignment's headings under which a loss is defined; common: the rest
    domains  case heading (or "") → key → domain
    declares_itself   the document declares shapes in its own front matter
    """

    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    cases: Mapping[str, Segment] = field(default_factory=dict)
    common: Segment = field(default_factory=lambda: Segment(""))
    domains: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    conventions: tuple[str, ...] = ()
    declares_itself: bool = False

    def hearing(self, domains: Mapping[str, str]) -> Problem:
        """The same problem with what the running text says; what is declared goes before it."""
        return replace(self, domains={**self.domains, "": {**domains, **self.domains.get("", {})}})

    def calling(self, functions: Candidates) -> Problem:
        """The same problem with functions that the running text names; any formula goes before it."""
        common = replace(self.common, functions=merged(self.common.functions, functions))
        return replace(self, common=common) if functions else self

    def telling(self, quantities: Candidates) -> Problem:
        """The same problem with quantities that words or custom tell, as a loss that the text names."""
        more = merged(self.common.quantities, quantities)
        return replace(self, common=replace(self.common, quantities=more)) if quantities else self

    def knowing(self, shapes: Mapping[str, Shape]) -> Problem:
        """The same problem with more declared shapes."""
        known = {**shapes, **self.vocabulary.shapes}
        return replace(self, vocabulary=replace(self.vocabulary, shapes=known)) if shapes else self


def pose(document: Document, assignment: Document | None) -> Problem:
    """The problem of a document: its assignment's declarations, overlaid with its own.

    Raises ProblemError for front matter of the wrong form.
    """
    given = assignment.front_matter if assignment is not None else {}
    own = document.front_matter
    sizes = {**_sizes(given), **_sizes(own)}
    shapes = {**_shapes(given, sizes), **_shapes(own, sizes)}
    vocabulary = Vocabulary(shapes=shapes, aliases=_aliases(own), sizes=sizes, sample_dim=_sample_dim(shapes))
    conventions = tuple(str(item) for matter in (given, own) for item in _list(matter, "conventions"))
    if assignment is None:
        return Problem(
            vocabulary, domains=_domains(own, vocabulary), conventions=conventions, declares_itself=True
        )
    cases: dict[str, Segment] = {}
    common = Segment("")
    for part in segments(assignment.body, vocabulary):
        if part.losses:
            cases[part.heading] = part
        else:
            common = Segment(
                "", [], merged(common.quantities, part.quantities), merged(common.functions, part.functions)
            )
    declares = bool(_mapping(own, "shapes"))
    return Problem(vocabulary, cases, common, _domains(given, vocabulary), conventions, declares)


def written_name(text: str) -> Name:
    """A name given in front matter; raises ProblemError if it is none."""
    node = parse_one(text)
    name = read_name(node) if node is not None else None
    if name is None:
        raise ProblemError(f"front matter: {text!r} is no name such as W^{{[1]}} or \\omega", text)
    return in_layer(name)


def _mapping(matter: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = matter.get(key) or {}
    if not isinstance(value, Mapping):
        raise ProblemError(f"front matter: `{key}` must map names to values", key)
    return value


def _list(matter: Mapping[str, Any], key: str) -> list[Any]:
    value = matter.get(key) or []
    if not isinstance(value, list):
        raise ProblemError(f"front matter: `{key}` must be a list", key)
    return value


def _sizes(matter: Mapping[str, Any]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, value in _mapping(matter, "sizes").items():
        if not isinstance(value, int) or not 1 <= value <= 12:
            message = f"front matter: the size {name} must be a number from 1 to 12, not {value!r}"
            raise ProblemError(message, "sizes", str(name))
        found[str(name)] = value
    return found


def _shapes(matter: Mapping[str, Any], sizes: Mapping[str, int]) -> dict[str, Shape]:
    found: dict[str, Shape] = {}
    for text, value in _mapping(matter, "shapes").items():
        if not isinstance(value, list) or len(value) != 2:
            raise ProblemError(
                f"front matter: the shape of {text} must be [rows, columns]", "shapes", str(text)
            )
        rows, columns = (_dim(item, sizes) for item in value)
        found[written_name(str(text)).key] = (rows, columns)
    return found


def _dim(value: Any, sizes: Mapping[str, int]) -> Dim:
    if isinstance(value, int):
        return counted(value)
    return sizes.get(str(value), str(value))


def _aliases(matter: Mapping[str, Any]) -> dict[str, Name]:
    return {
        written_name(str(mine)).key: written_name(str(theirs))
        for mine, theirs in _mapping(matter, "aliases").items()
    }


def _domains(matter: Mapping[str, Any], vocabulary: Vocabulary) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for key, value in _mapping(matter, "domains").items():
        of_case, named = (str(key), value) if isinstance(value, Mapping) else ("", {key: value})
        for name, domain in named.items():
            quantity = vocabulary.canonical(written_name(str(name)))
            found.setdefault(of_case, {})[quantity] = _domain(name, domain, quantity, vocabulary)
    return found


def _domain(name: Any, value: Any, quantity: str, vocabulary: Vocabulary) -> str:
    """A domain as it is called, also where other marks are between its words, as in `one-hot`.

    Distributions are those of the samples: where these are rows, the rows of a quantity.
    """
    known = {domain.replace("_", ""): domain for domain in DOMAINS}
    domain = known.get("".join(char for char in str(value).lower() if char.isalnum()))
    if domain is None:
        message = f"front matter: the domain of {name} must be one of {', '.join(DOMAINS)}, not {value!r}"
        raise ProblemError(message, "domains", str(name))
    rows = vocabulary.shapes.get(quantity, SCALAR)[0] == vocabulary.sample_dim
    return f"{domain}_rows" if rows and f"{domain}_rows" in DOMAINS else domain


def _sample_dim(shapes: Mapping[str, Shape]) -> str:
    """The number of samples: the size that most declared quantities have as their columns.

    Where that is no letter a number of samples has, and such a letter counts rows only, samples are rows.
    """
    rows, columns = (Counter(dim for dim in side if isinstance(dim, str)) for side in _sides(shapes))
    (most, _), *_ = columns.most_common(1) or [("m", 0)]
    if most in SAMPLES:
        return most
    in_rows = [dim for dim, times in rows.most_common() if times > 1 and dim in SAMPLES - columns.keys()]
    return in_rows[0] if in_rows else most


def _sides(shapes: Mapping[str, Shape]) -> tuple[list[Dim], list[Dim]]:
    return [rows for rows, _ in shapes.values()], [columns for _, columns in shapes.values()]
