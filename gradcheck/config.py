"""The settings of a project: `[tool.gradcheck]` in the nearest pyproject.toml above the working directory.

They are defaults: what the command line says wins, and so does a document's own front matter. A key that
is not known is an error, since a misspelt setting that does nothing is worse than none. Paths are taken
from the folder of the file.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, Self, TypeVar

from gradcheck.records import dataclass, field, fields

T = TypeVar("T")

FILE = "pyproject.toml"
_MATTER = ("assignment", "conventions", "shapes", "sizes", "aliases", "domains")


class ConfigError(Exception):
    """The settings cannot be used; the message says where and why."""


@dataclass(frozen=True, slots=True)
class FileSettings:
    """Settings of the files whose path matches a pattern.

    match   a pattern such as `homework/*.md`, from the folder of the settings
    ignore  codes of misconceptions that are reported and not charged
    matter  defaults of the front matter: assignment, conventions, shapes, sizes, aliases, domains
    """

    match: str = "*"
    ignore: tuple[str, ...] = ()
    matter: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Config:
    """What a project has settled.

    root      the folder that the paths are taken from
    paths     what `gradcheck run` checks when no path is named
    exclude   patterns of files below a directory that are left out
    strict    count undecided, charitable and slip as wrong
    seed      of every random draw
    baseline  the file of known faults
    files     settings by file; of several that match, the later wins
    """

    root: Path = Path()
    paths: tuple[Path, ...] = ()
    exclude: tuple[str, ...] = ()
    strict: bool = False
    seed: int = 0
    baseline: Path | None = None
    files: tuple[FileSettings, ...] = ()

    @classmethod
    def nearest(cls, start: Path) -> Self:
        """The settings of the nearest pyproject.toml that has them; raises ConfigError."""
        for folder in (start, *start.parents):
            path = folder / FILE
            if path.is_file():
                try:
                    table = tomllib.loads(path.read_text(encoding="utf-8")).get("tool", {}).get("gradcheck")
                except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
                    raise ConfigError(f"{path}: {error}") from error
                if table is not None:
                    return cls.of(table, folder, str(path))
        return cls()

    @classmethod
    def of(cls, table: Mapping[str, Any], root: Path, place: str = FILE) -> Self:
        """The settings in a table; raises ConfigError for what is not known or of the wrong kind."""
        own = {key: value for key, value in table.items() if key not in ("files", "ignore", *_MATTER)}
        _known(own, {each.name for each in fields(cls)} - {"root"}, place)
        everywhere = {key: table[key] for key in ("ignore", *_MATTER) if key in table}
        listed = _typed(table, "files", list, place, [])
        files = [everywhere, *listed] if everywhere else listed
        baseline = _typed(own, "baseline", str, place, "")
        return cls(
            root=root,
            paths=tuple(root / path for path in _texts(own, "paths", place)),
            exclude=_texts(own, "exclude", place),
            strict=_typed(own, "strict", bool, place, False),
            seed=_typed(own, "seed", int, place, 0),
            baseline=root / baseline if baseline else None,
            files=tuple(_file_settings(each, place) for each in files),
        )

    def matter(self, path: Path) -> Mapping[str, object]:
        """The front matter that a document has by these settings, its assignment named from the document."""
        found: dict[str, object] = {}
        for settings in self._matching(path):
            found |= settings.matter
        if "assignment" in found:
            found["assignment"] = os.path.relpath(self.root / str(found["assignment"]), path.parent)
        return found

    def ignored(self, path: Path) -> frozenset[str]:
        """The codes that are not charged in a file."""
        return frozenset(code for settings in self._matching(path) for code in settings.ignore)

    def excludes(self, path: Path) -> bool:
        """Whether a file that was found below a directory is left out."""
        return any(fnmatch(self._name(path), pattern) for pattern in self.exclude)

    def _matching(self, path: Path) -> list[FileSettings]:
        return [settings for settings in self.files if fnmatch(self._name(path), settings.match)]

    def _name(self, path: Path) -> str:
        return Path(os.path.relpath(path, self.root)).as_posix()


def _file_settings(table: object, place: str) -> FileSettings:
    if not isinstance(table, Mapping):
        raise ConfigError(f"{place}: `files` is a list of tables")
    _known(table, {"match", "ignore", *_MATTER}, place)
    return FileSettings(
        _typed(table, "match", str, place, "*"),
        _texts(table, "ignore", place),
        {key: table[key] for key in _MATTER if key in table},
    )


def _known(table: Mapping[str, Any], keys: set[str], place: str) -> None:
    for key in table:
        if key not in keys:
            from difflib import get_close_matches

            near = get_close_matches(key, [*keys, "files", "ignore", *_MATTER], n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise ConfigError(f"{place}: unknown setting {key!r}{hint}")


def _typed(table: Mapping[str, Any], key: str, kind: type[T], place: str, default: T) -> T:
    value = table.get(key, default)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise ConfigError(f"{place}: `{key}` is to be {_KINDS[kind]}, not {value!r}")
    return value


def _texts(table: Mapping[str, Any], key: str, place: str) -> tuple[str, ...]:
    values = _typed(table, key, list, place, [])
    if not all(isinstance(value, str) for value in values):
        raise ConfigError(f"{place}: `{key}` is to be a list of texts")
    return tuple(values)


_KINDS = {list: "a list", str: "a text", bool: "true or false", int: "a whole number"}
