"""What is right stays right in other words: a share of `python -m tests.benchmarks.rewritten`."""

from __future__ import annotations

import pytest

from gradcheck.verdict import Verdict
from tests.benchmarks.rewritten.__main__ import accused, documents, judged
from tests.benchmarks.rewritten.rewritings import REWRITINGS, Rewriting, with_the_wrong_sign

DOCUMENTS = documents()
# Each way of writing takes other documents: the share covers many of both.
SHARE = [
    pytest.param(rewriting, DOCUMENTS[place], id=f"{rewriting.name}-{DOCUMENTS[place].stem}")
    for number, rewriting in enumerate(REWRITINGS)
    for place in range(number % 37, len(DOCUMENTS), 37)
]


@pytest.mark.parametrize(("rewriting", "path"), SHARE)
def test_nothing_right_is_accused_and_a_changed_sign_is_not_right(rewriting: Rewriting, path) -> None:
    text = path.read_text(encoding="utf-8")
    spoiled = with_the_wrong_sign(text)
    new = rewriting.change(text)
    if new is not None:
        links = judged(new, rewriting.suffix, 0)
        assert links
        assert not list(accused(links))
    wrong = rewriting.change(spoiled) if spoiled is not None else None
    if wrong is not None:
        verdicts = {link.verdict for link in judged(wrong, rewriting.suffix, 0)}
        assert verdicts & {Verdict.WRONG, Verdict.FOLLOWS, Verdict.SLIP, Verdict.UNDECIDED}
