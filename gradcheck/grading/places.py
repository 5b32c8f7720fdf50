"""YAML read with the place of every value, so that an error in a rubric can be told by line and column.

PyYAML's nodes carry their marks; reading into dictionaries would lose them. Only plain scalars, lists and
mappings are understood: tags never make objects, and an alias cannot blow up, since every node is visited
where a rubric's form expects it and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import NoReturn

import yaml

from gradcheck.records import dataclass

LONGEST = 200_000


class FormError(Exception):
    """A file is not of the form that it has to have; the message begins with the place."""


@dataclass(frozen=True, slots=True)
class Value:
    """A YAML value at its place: `path` of the file, `key` the way to it, `above` the lines before it."""

    node: yaml.Node
    path: str
    key: str = ""
    above: int = 0

    def fail(self, message: str) -> NoReturn:
        """Raise FormError with the place of this value."""
        mark = self.node.start_mark
        where = f"{self.path}:{mark.line + 1 + self.above}:{mark.column + 1}"
        raise FormError(f"{where}: {self.key}: {message}" if self.key else f"{where}: {message}")

    def items(self, *allowed: str) -> Iterator[tuple[str, Value]]:
        """The entries of a mapping; with names, no others and none twice."""
        if not isinstance(self.node, yaml.MappingNode):
            self.fail("must be a mapping of names to values")
        seen: set[str] = set()
        for key, value in self.node.value:
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
            at = Value(key, self.path, f"{self.key}.{name}" if self.key else name, self.above)
            if not name:
                at.fail("a name must stand here")
            if name in seen:
                at.fail("stands here twice")
            if allowed and name not in allowed:
                at.fail(f"unknown; known are {', '.join(allowed)}")
            seen.add(name)
            yield name, Value(value, self.path, at.key, self.above)

    def entries(self) -> Iterator[Value]:
        """The entries of a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            self.fail("must be a list")
        for number, value in enumerate(self.node.value, 1):
            yield Value(value, self.path, f"{self.key}[{number}]", self.above)

    @property
    def is_mapping(self) -> bool:
        """Whether names stand here with values."""
        return isinstance(self.node, yaml.MappingNode)

    def text(self) -> str:
        """A text or number as it is written."""
        if not isinstance(self.node, yaml.ScalarNode) or not str(self.node.value).strip():
            self.fail("must be a text")
        return str(self.node.value).strip()

    def choice(self, *words: str) -> str:
        """One of some words."""
        word = self.text()
        if word not in words:
            self.fail(f"must be {' or '.join(words)}, not {word!r}")
        return word

    def truth(self) -> bool:
        """Yes or no, in YAML's words."""
        return self.choice("true", "false") == "true"

    def number(self, most: int = 10_000) -> Fraction:
        """A number that is not negative, exactly as it is written."""
        text = self.text()
        try:
            found = Fraction(text) if len(text) <= 20 and "e" not in text.lower() else None
        except (ValueError, ZeroDivisionError):
            found = None
        if found is None or not 0 <= found <= most:
            self.fail(f"must be a number from 0 to {most}, not {text!r}")
        return found


def document(path: Path) -> Value | None:
    """A YAML file's value, or that of a Markdown file's front matter; None if there is nothing in it.

    Raises FormError where it is no YAML.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FormError(f"{path}: cannot be read: {error}") from error
    above = 0
    if path.suffix.lower() not in (".yaml", ".yml"):
        text, above = _front_matter(text), 1
    if len(text) > LONGEST:
        raise FormError(f"{path}: longer than {LONGEST} characters")
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}:{mark.line + 1 + above}:{mark.column + 1}" if mark else str(path)
        raise FormError(f"{where}: no YAML: {getattr(error, 'problem', error)}") from error
    except RecursionError as error:
        raise FormError(f"{path}: nested too deep") from error
    return None if node is None else Value(node, str(path), above=above)


def _front_matter(text: str) -> str:
    lines = text.splitlines()
    if not lines or lines[0].rstrip() != "---":
        return ""
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 0)
    return "\n".join(lines[1:end]) + "\n" if end else ""
