"""A late pattern does what a compiled one does, and every one of the package is a regular expression."""

import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator

import pytest

import gradcheck
from gradcheck.patterns import late_pattern


def test_late_pattern_does_what_a_compiled_one_does() -> None:
    late, compiled = late_pattern(r"(\d)x", re.IGNORECASE), re.compile(r"(\d)x", re.IGNORECASE)
    text = "1x 2X"
    assert late.findall(text) == compiled.findall(text) == ["1", "2"]
    assert late.sub("y", text) == compiled.sub("y", text)
    assert late.split(text) == compiled.split(text)
    assert late.pattern == compiled.pattern
    assert late.flags == compiled.flags
    assert late.search("x") is None


def test_pattern_is_not_compiled_before_it_is_used() -> None:
    late = late_pattern("(")
    with pytest.raises(re.error):
        late.search("")


def test_every_pattern_of_the_package_can_be_compiled() -> None:
    found = [pattern for module in _modules() for pattern in _late(vars(module).values())]
    assert len(found) > 200
    for pattern in found:
        assert isinstance(pattern.groups, int)


def _modules() -> Iterator[object]:
    for info in pkgutil.walk_packages(gradcheck.__path__, "gradcheck."):
        if not info.name.endswith("__main__"):
            yield importlib.import_module(info.name)


def _late(values: Iterable[object]) -> Iterator[re.Pattern[str]]:
    """The late patterns among values, and in the collections among them."""
    kind = type(late_pattern(""))
    for value in values:
        if isinstance(value, kind):
            yield value
        elif isinstance(value, dict):
            yield from _late([*value, *value.values()])
        elif isinstance(value, tuple | list):
            yield from _late(value)
