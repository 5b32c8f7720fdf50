"""The shipped submissions: every relation sign of each is in exactly one link."""

from pathlib import Path

import pytest

from gradcheck.notation.statements import Equation, Unread
from gradcheck.reading.document import read

SUBMISSIONS = Path(__file__).parents[2] / "derivations" / "two-layer" / "submissions"
LINKS = {"000": 56, "001": 29, "002": 58, "003": 62, "004": 41}


@pytest.mark.parametrize("name", LINKS)
def test_links(name: str) -> None:
    document = read(SUBMISSIONS / f"{name}.md")
    equations = [part for part in document.body if isinstance(part, Equation)]
    assert sum(len(equation.links) for equation in equations) == LINKS[name]
    assert not [part for part in document.body if isinstance(part, Unread)]


@pytest.mark.parametrize("name", LINKS)
def test_every_relation_sign_is_a_relation_sign_of_the_file(name: str) -> None:
    document = read(SUBMISSIONS / f"{name}.md")
    signs = {"=": ["="], "≠": [r"\neq"], "←": [r"\leftarrow"], "<": ["<"], ">": [">"]}
    places = set()
    for part in document.body:
        if isinstance(part, Equation):
            for link in part.links:
                assert document.source.slice(link.relation.span) in signs[link.relation.sign]
                places.add(link.relation.span)
    assert len(places) == LINKS[name]


def test_all_submissions_have_their_links() -> None:
    assert sum(LINKS.values()) == 246
