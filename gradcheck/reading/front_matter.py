"""The front matter at the very start of a file: YAML between lines `---`, TOML between lines `+++`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from gradcheck.patterns import late_pattern
from gradcheck.reading.errors import ReadingError
from gradcheck.source import Span

_FRONT_MATTER: Final = late_pattern(
    r"\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_TOML: Final = late_pattern(
    r"\ufeff?\+\+\+[ \t]*\r?\n(.*?)^\+\+\+[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)

KEYS: Final = ("title", "assignment", "shapes", "sizes", "domains", "conventions", "aliases", "required")
_ALIKE: Final = 0.75  # blogs have keys of their own: only what is nearly one of these is told


def front_matter(text: str, path: str) -> tuple[Mapping[str, object], Span]:
    """What the front matter says, and where it stands; nothing, and an empty span, where there is none.

    Raises ReadingError where it is no mapping in its language.
    """
    if match := _TOML.match(text):
        return _toml(match[1], path), Span(match.start(), match.end())
    if match := _FRONT_MATTER.match(text):
        return _yaml(match[1], path), Span(match.start(), match.end())
    return {}, Span(0, 0)


def _toml(content: str, path: str) -> Mapping[str, object]:
    import tomllib

    try:
        return tomllib.loads(content)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ReadingError(f"the front matter is no TOML: {error}", path) from error


def _yaml(content: str, path: str) -> Mapping[str, object]:
    import yaml

    try:
        loaded = yaml.safe_load(content)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 2, mark.column + 1) if mark else (1, 1)
        problem = getattr(error, "problem", None) or "it cannot be read"
        raise ReadingError(f"the front matter is no YAML: {problem}", path, line, column) from error
    except (ValueError, RecursionError) as error:
        raise ReadingError(f"the front matter is no YAML: {error}", path) from error
    if loaded is None:
        loaded = {}
    if not isinstance(loaded, dict):
        raise ReadingError("the front matter must be a list of `key: value`", path, 2)
    return {str(key): value for key, value in loaded.items()}


def misspelt(matter: Mapping[str, object], text: str) -> Iterator[str]:
    """What to say of keys that mean nothing here and are nearly one that does."""
    for key in matter:
        near = [] if key in KEYS else _nearly(key, matter)
        if not near:
            continue
        place = place_in(text, (key,))
        where = "" if place is None else f" (line {place[0]})"
        yield f"the front matter's `{key}`{where} means nothing here: write `{near[0]}`"


def _nearly(key: str, matter: Mapping[str, object]) -> list[str]:
    """The key that was meant, of those that are not there."""
    from difflib import get_close_matches

    return get_close_matches(key, [known for known in KEYS if known not in matter], 1, _ALIKE)


def place_in(text: str, keys: tuple[str, ...]) -> tuple[int, int] | None:
    """Line and column of the last of some keys, each looked for behind the one before; None without them."""
    match = _TOML.match(text) or _FRONT_MATTER.match(text)
    if match is None or not keys:
        return None
    place = match.start(1)
    for key in keys:
        found = re.compile(rf"(?<![\w\\]){re.escape(key)}(?!\w)").search(text, place, match.end(1))
        if found is None:
            return None
        place = found.start()
    return text.count("\n", 0, place) + 1, place - text.rfind("\n", 0, place)
