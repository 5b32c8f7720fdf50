"""Right lines stay right whatever is drawn: every pair that was found equal is equal at fifty seeds.

The whole judgement of all documents at fifty seeds takes minutes (`tests/benchmarks/seeds.py`); here the
chosen reading of every right line is evaluated anew at each seed, and each document is judged once more.
"""

import pytest

from gradcheck.calculus.compare import Bench
from gradcheck.reading.document import read
from tests.two_layer.submissions import NAMES, found, judge, path_of

RIGHT = {"correct", "charitable", "slip"}
SEEDS = range(1, 51)


@pytest.mark.parametrize("name", NAMES)
def test_right_lines_are_equal_at_fifty_seeds(name):
    right = [
        (case, j)
        for case, j in found(name)
        if j.verdict in RIGHT and j.pair is not None and j.evidence is not None
    ]
    assert right
    for case in {id(case): case for case, _ in right}.values():
        pairs = [j.pair for other, j in right if other is case and j.evidence.outcome == "equal"]
        for seed in SEEDS:
            bench = Bench(case.bench.program, case.scope.vocabulary.sizes, seed, dims=case.bench.program.dims)
            for expected, got in pairs:
                assert bench.close(expected, got), f"seed {seed}: {expected} and {got}"


@pytest.mark.parametrize(("name", "seed"), [*zip(NAMES, (7, 19, 31, 43, 59), strict=True)])
def test_every_verdict_is_the_same_at_another_seed(name, seed):
    again = judge(read(path_of(name)), seed)
    assert [(j.verdict, j.cause) for _, j in again.judgements()] == [
        (j.verdict, j.cause) for _, j in found(name)
    ]
