"""The words around the mathematics decide nothing but what they say: a bare transcript is judged the same."""

import re

import pytest

from gradcheck.reading.document import read
from gradcheck.source import Source
from tests.two_layer.submissions import NAMES, found, judge, path_of

FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
HEADING = re.compile(r"^#+ ", re.MULTILINE)
MATHEMATICS = re.compile(r"\$\$.*?\$\$|\$[^$]+\$", re.DOTALL)


def verdicts(text: str, name: str) -> list[tuple[str, str, str | None]]:
    """(right side, verdict, code) of every link of a text that names no assignment."""
    document = read(Source(str(path_of(name)), text))
    assert not document.front_matter
    return listed(document.source, judge(document).judgements())


def listed(source, judgements):
    return [(source.slice(j.claim.link.right.span), j.verdict, j.code) for _, j in judgements]


def curated(name: str):
    return listed(read(path_of(name)).source, found(name))


def transcript(name: str) -> str:
    """As a transcript comes: no front matter, and headings are lines like others."""
    return HEADING.sub("", FRONT_MATTER.sub("", path_of(name).read_text(encoding="utf-8")))


def formulas(name: str) -> str:
    """The mathematics alone."""
    return "\n\n".join(match.group() for match in MATHEMATICS.finditer(transcript(name)))


@pytest.mark.parametrize("name", NAMES)
def test_without_front_matter_and_headings(name):
    assert verdicts(transcript(name), name) == curated(name)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "003"])
def test_without_any_word(name):
    assert verdicts(formulas(name), name) == curated(name)


def test_dropped_constants_are_a_convention_only_where_that_is_announced():
    pairs = list(zip(curated("003"), verdicts(formulas("003"), "003"), strict=True))
    without = {after[1] for before, after in pairs if before[1] == "convention"}
    assert without == {"wrong", "follows"}
    assert all(
        before == after for before, after in pairs if before[1] in ("correct", "charitable", "undecided")
    )
