"""Every identity is right, every wrong variant is found: each as a document of one line, all of the tool."""

from __future__ import annotations

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source
from gradcheck.verdict import Verdict
from tests.identities.table import DOMAINS, IDENTITIES, SHAPES


def front_matter() -> str:
    shapes = "\n".join(f"  {name}: [{rows}, {columns}]" for name, (rows, columns) in SHAPES.items())
    domains = "\n".join(f"  {name}: {domain}" for name, domain in DOMAINS.items())
    return f"---\nshapes:\n{shapes}\ndomains:\n{domains}\n---\n"


def verdict(line: str) -> Verdict:
    document = read(Source("identity.md", f"{front_matter()}\n$${line}$$\n"))
    (found,) = check(document, pose(document, None)).judgements()
    return found[1].verdict


def test_there_are_enough_and_none_twice() -> None:
    assert len(IDENTITIES) >= 150
    assert len({(left, right) for left, right, _ in IDENTITIES}) == len(IDENTITIES)


@pytest.mark.parametrize(("left", "right"), [(left, right) for left, right, _ in IDENTITIES])
def test_the_identity_is_right(left: str, right: str) -> None:
    assert verdict(f"{left} = {right}") is Verdict.CORRECT


@pytest.mark.parametrize(("left", "wrong"), [(left, wrong) for left, _, wrong in IDENTITIES])
def test_the_variant_is_wrong(left: str, wrong: str) -> None:
    assert verdict(f"{left} = {wrong}") is Verdict.WRONG
