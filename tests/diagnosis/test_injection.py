"""A sample of the injection benchmark, held to its targets: every record, every derivation."""

from collections import defaultdict

import pytest

from gradcheck.verdict import Verdict
from tests.benchmarks.injection.follow import carried, chains, judged, measured
from tests.benchmarks.injection.injection import Injected, Result, doubles, measure, singles
from tests.benchmarks.injection.noise import harmless
from tests.benchmarks.injection.programs import derivations, per_unit, regression, single_sample

OF_EACH = 5


def sample() -> list[Injected]:
    """A few wrong formulas of each misconception, spread over the derivations."""
    by_code: dict[str, list[Injected]] = defaultdict(list)
    for injected in singles(derivations()):
        by_code[injected.codes[0]].append(injected)
    return [members[k] for members in by_code.values() for k in _spread(len(members), OF_EACH)]


def _spread(count: int, wanted: int) -> list[int]:
    return sorted({k * count // wanted for k in range(wanted)}) if count > wanted else list(range(count))


@pytest.fixture(scope="module")
def results() -> list[Result]:
    return [measure(injected) for injected in sample()]


def share(flags: list[bool]) -> float:
    return sum(flags) / len(flags)


def test_slips_are_named_first(results: list[Result]):
    assert len(results) > 150
    assert share([r.is_first for r in results]) >= 0.97


def test_the_place_of_a_slip_is_shown(results: list[Result]):
    assert share([r.is_shown for r in results]) >= 0.97


def test_what_is_shown_is_right(results: list[Result]):
    for result in results:
        if result.found is not None:
            bench = result.injected.derivation.bench
            for repair in (result.found.repair, *result.found.alternatives):
                assert bench.close(result.injected.claim.left, repair.repaired)


def test_pairs_of_slips_are_named():
    found = [measure(i) for i in doubles([regression(), single_sample()], 20, seed=4)]
    assert share([r.is_first for r in found]) >= 0.85


@pytest.mark.parametrize("derivation", [regression(), per_unit(), single_sample()], ids=lambda d: d.name)
def test_harmless_rewritings_are_right(derivation):
    for claim in derivation.claims:
        for name, formula in harmless(derivation, claim):
            assert derivation.bench.compare(claim.left, formula).outcome == "equal", name


def test_the_derivations_are_right():
    for derivation in derivations():
        for claim in derivation.claims:
            assert derivation.bench.close(claim.left, claim.right), (derivation.name, claim.name)


@pytest.mark.parametrize("chain", tuple(chains()), ids=lambda c: c.derivation.name)
def test_a_fault_is_told_once_with_every_heir(chain):
    right = (Verdict.CORRECT, Verdict.CHARITABLE)
    assert all(j.verdict in right for j in judged(chain, [claim.right for claim in chain.claims]))
    for item in list(carried([chain], 1, seed=5))[::6]:
        outcome = measured(item)
        assert outcome.is_charged, item
        assert outcome.heirs > 0
        assert outcome.is_complete, item
        named = measured(item, named=True)
        assert named.heirs == 0
        assert named.told_once, item
