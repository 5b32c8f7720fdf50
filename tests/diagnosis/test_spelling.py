"""What is to be written stands in the author's own tokens, at places that cut no bracket."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.diagnosis.groups import is_whole, whole_groups
from gradcheck.diagnosis.telling import tell
from gradcheck.reading.document import read
from gradcheck.source import Span
from tests.benchmarks.injection.follow import chains, document
from tests.benchmarks.injection.injection import wrong_formulas
from tests.checking.written import displayed


def told(text: str, folder):
    """The text and the tellings of its wrong links."""
    path = folder / "line.md"
    path.write_text(text, encoding="utf-8")
    found = read(path)
    checked = check(found, pose(found, None))
    return found.source, [t for t in tell(checked).values() if t.message is not None]


@pytest.mark.parametrize(
    ("text", "part", "wanted"),
    [
        ("2 a (1 - a^3) x", "2 a (1 - a^3", "2 a (1 - a^3)"),
        (r"\left( a - b \right) c", "a - b", "a - b"),
        (r"k \left( a - b \right)", r"k \left( a - b", r"k \left( a - b \right)"),
        ("(a - b) c", "a - b) c", "(a - b) c"),
        (r"x^{2} y", "2} y", None),
        ("(a + b) (c + d)", "b) (c", None),
    ],
)
def test_a_place_is_widened_to_whole_groups(text, part, wanted):
    start = text.index(part)
    found = whole_groups(text, Span(start, start + len(part)))
    assert (None if found is None else text[found.start : found.end]) == wanted


@given(st.text("()[]{}a \\", max_size=12), st.integers(0, 12), st.integers(0, 12))
def test_a_widened_place_balances_and_holds_the_first(text, a, b):
    span = Span(*sorted((min(a, len(text)), min(b, len(text)))))
    found = whole_groups(text, span)
    if found is not None:
        assert span in found
        assert is_whole(text[found.start : found.end])


@pytest.mark.parametrize("chain", [*chains()], ids=lambda c: c.derivation.name)
def test_no_change_of_an_injected_line_cuts_a_bracket(chain, tmp_path):
    source = random.Random(3)
    lines = []
    for claim in chain.claims[:3]:
        slips = [w for _, _, w in wrong_formulas(chain.derivation, claim) if w.shape == claim.left.shape]
        lines += [(claim.left, wrong) for wrong in source.sample(slips, min(3, len(slips)))]
    written, tellings = told(document(chain.derivation.program, lines), tmp_path)
    assert tellings
    for telling in tellings:
        for change in telling.changes:
            assert change.before == written.slice(change.span)
            assert is_whole(change.before)
            assert is_whole(change.after)


FORWARD = (r"s = u x", r"p = [s]_+", r"J = (p - g)^2", r"dJ = 1", r"dp = 2 (p - g)")


def test_a_gradient_is_written_as_its_author_writes_it(tmp_path):
    lines = (*FORWARD, r"ds = dp \, \mathbb{1}[s > 0]", r"du = dp \, x")
    _, (telling,) = told(displayed(*lines), tmp_path)
    assert r"\partial" not in (telling.right or "")
    assert "∂" not in telling.message


def test_a_bracketed_product_is_changed_as_a_whole(tmp_path):
    lines = (r"h = v x", r"q = \tanh(h)", r"E = (q - g)^2")
    wrong = r"\frac{dE}{dv} = 2 (q - g) \, q (1 - q) x"
    source, (telling,) = told(displayed(*lines, wrong), tmp_path)
    for change in telling.changes:
        assert is_whole(source.slice(change.span))
    assert telling.code == "GC403"
