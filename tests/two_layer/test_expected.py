"""What the tool says of the submissions is what a teacher says: tables worked out by hand, link by link."""

import pytest

from gradcheck.verdict import Verdict
from tests.two_layer.submissions import NAMES, Expected, expected, found, judged, told

ROWS = [pytest.param(name, row, id=f"{name}-{row.n}") for name in NAMES for row in expected(name)]
RIGHT = {"correct", "convention", "charitable", "slip"}


def judgement_of(name: str, row: Expected):
    return found(name)[row.n - 1][1]


@pytest.mark.parametrize("name", NAMES)
def test_every_link_is_judged_and_stands_where_the_table_says(name):
    source = judged(name).document.source
    places = [
        (source.position(j.claim.link.right.span.start)[0], source.slice(j.claim.link.right.span))
        for _, j in found(name)
    ]
    assert places == [(row.line, row.right) for row in expected(name)]
    assert [row.n for row in expected(name)] == list(range(1, len(places) + 1))


def test_there_are_246_links():
    assert sum(len(found(name)) for name in NAMES) == 246


@pytest.mark.parametrize(("name", "row"), ROWS)
def test_verdict(name, row):
    judgement = judgement_of(name, row)
    assert judgement.verdict == row.verdict, f"{row.left} = {row.right}: {row.reason or judgement.message}"


@pytest.mark.parametrize(("name", "row"), [p for p in ROWS if p.values[1].head is not None])
def test_step(name, row):
    """The same equality by itself, against its left neighbour."""
    assert judgement_of(name, row).step == (row.step or row.verdict), row.reason


@pytest.mark.parametrize(("name", "row"), [p for p in ROWS if p.values[1].verdict == "follows"])
def test_what_follows_names_its_root(name, row):
    root = found(name)[row.cause - 1][1]
    assert root.verdict is Verdict.WRONG
    assert judgement_of(name, row).cause == root.claim.id


@pytest.mark.parametrize(("name", "row"), [p for p in ROWS if p.values[1].verdict in ("wrong", "slip")])
def test_code(name, row):
    """A slip and a wrong line are called by the right name."""
    assert row.code is not None, "the table names every wrong line's misconception"
    judgement = judgement_of(name, row)
    assert (judgement.code or told(name)[judgement.claim.id].code) == row.code, row.reason


@pytest.mark.parametrize("name", NAMES)
def test_wrong_has_a_witness_of_every_oracle_or_a_proof(name):
    for _, judgement in found(name):
        if judgement.verdict is Verdict.WRONG and judgement.evidence is not None:
            evidence = judgement.evidence
            assert evidence.outcome == "different"
            assert evidence.witness is not None
            assert evidence.analytic.outcome == evidence.finite_difference.outcome == "different"
            gap = abs(evidence.witness.expected - evidence.witness.got)
            assert gap > 1e-6 * abs(evidence.witness.expected)


@pytest.mark.parametrize("name", NAMES)
def test_right_rests_on_all_three_oracles(name):
    """Every compared line that is right was seen equal by SymPy, by reverse mode, and by differences."""
    compared = [j for _, j in found(name) if j.verdict in RIGHT and j.evidence is not None]
    assert compared
    for judgement in compared:
        evidence = judgement.evidence
        if judgement.verdict is Verdict.CORRECT:
            outcomes = (
                evidence.symbolic.outcome,
                evidence.analytic.outcome,
                evidence.finite_difference.outcome,
            )
            assert outcomes == ("identity", "equal", "equal"), judgement.claim.id


def test_at_most_two_percent_are_undecided_and_each_says_why():
    open_ones = [j for name in NAMES for _, j in found(name) if j.verdict is Verdict.UNDECIDED]
    assert len(open_ones) <= 0.02 * 246
    assert all(judgement.message for judgement in open_ones)


def test_every_row_that_is_not_plainly_correct_has_its_reason():
    assert all(row.reason for name in NAMES for row in expected(name) if row.verdict != "correct")
    assert all(row.reason for name in NAMES for row in expected(name) if row.step is not None)
