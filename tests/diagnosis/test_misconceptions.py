"""The table of misconceptions: complete, readable, and each record's edit does something."""

import re
import subprocess
import sys

import pytest

from gradcheck.diagnosis.edits import GENERAL, RECORDS
from gradcheck.diagnosis.misconceptions import FAMILIES, MISCONCEPTIONS, Misconception
from tests.benchmarks.injection.injection import wrong_formulas
from tests.benchmarks.injection.programs import derivations

# Recognised by the stage that sees them, not by an edit of the formula.
SEEN_ELSEWHERE = {
    "GC208", "GC310", "GC311", "GC508", "GC603", "GC604", "GC605", "GC606", "GC607", "GC608", "GC609",
    "GC610", "GC701", "GC702", "GC703", "GC704", "GC705", "GC706",
}  # fmt: skip

FAMILY_SIZES = {1: 8, 2: 8, 3: 11, 4: 11, 5: 8, 6: 10, 7: 6}
PROMISED = [100 * family + k for family, size in FAMILY_SIZES.items() for k in range(1, size + 1)]


@pytest.fixture(scope="module")
def injected() -> set[str]:
    """The codes that are injected anywhere."""
    return {
        code
        for derivation in derivations()
        for claim in derivation.claims
        for code, _, _ in wrong_formulas(derivation, claim)
    }


def test_every_promised_code_is_there():
    assert {f"GC{number}" for number in PROMISED} <= set(MISCONCEPTIONS)


@pytest.mark.parametrize("record", MISCONCEPTIONS.values(), ids=lambda r: r.code)
def test_a_record_says_everything(record: Misconception):
    assert re.fullmatch(r"GC\d{3}", record.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", record.name)
    assert record.family in FAMILIES
    assert record.example.right != record.example.wrong
    for sentence in (record.meaning, record.cause, record.sign):
        assert len(sentence) > 10
        assert not sentence.endswith(".")
    assert record.tags
    for sentence in (record.meaning, record.cause, record.sign, record.headline):
        assert not re.search(r"\b(you|student)\b", sentence), "of the formula, not of the person"


def test_names_are_unique():
    names = [record.name for record in MISCONCEPTIONS.values()]
    assert len(names) == len(set(names))


def test_a_record_has_an_edit_or_is_seen_elsewhere():
    assert {r.code for r in MISCONCEPTIONS.values() if not r.edits} == SEEN_ELSEWHERE


def test_records_of_any_edit_come_last():
    assert {r.code for r in RECORDS[-len(GENERAL) :]} == set(GENERAL)


def test_every_edit_makes_a_wrong_formula_somewhere(injected: set[str]):
    assert {r.code for r in MISCONCEPTIONS.values() if r.edits} == injected


def test_the_table_needs_no_mathematics():
    code = (
        "import sys, gradcheck.diagnosis.misconceptions, gradcheck.cli.explain;"
        "sys.exit(bool({'numpy', 'sympy', 'flint'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
