"""Regular expressions that are compiled when a text is first held against them.

This package knows many ways to write and to say a thing, most documents use few of them, and to compile an
expression takes longer than to search a page with it. What a pattern does after its first use costs what it
costs with any compiled one.
"""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer")


def late_pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`, but compiled at its first use; a source that is no expression fails only then."""
    return cast("re.Pattern[str]", _Late(source, flags))


class _Late:
    """Stands for a compiled expression, and takes over all its methods once one is asked for."""

    def __init__(self, source: str, flags: int) -> None:
        self._told = source, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        compiled = re.compile(*self._told)
        vars(self).update({method: getattr(compiled, method) for method in _METHODS})
        return getattr(compiled, name)
