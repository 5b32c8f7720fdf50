"""Verdicts at many seeds: `python tests/benchmarks/seeds.py [SEEDS]` judges every submission with each seed.

Prints each link whose verdict is another one than with seed 0; minutes, and so no test.
"""

import sys

from gradcheck.reading.document import read
from tests.two_layer.submissions import NAMES, found, judge, path_of


def main(seeds: int) -> int:
    """The number of links that some seed judges otherwise."""
    changed = 0
    for name in NAMES:
        usual = [j.verdict for _, j in found(name)]
        for seed in range(1, seeds + 1):
            for before, (_, after) in zip(usual, judge(read(path_of(name)), seed).judgements(), strict=True):
                if after.verdict is not before:
                    changed += 1
                    print(f"{name} {after.claim.id} seed {seed}: {before}, now {after.verdict}")
    print(f"{changed} verdicts changed over {seeds} seeds of {len(NAMES)} documents")
    return changed


if __name__ == "__main__":
    sys.exit(bool(main(int(sys.argv[1]) if len(sys.argv) > 1 else 50)))
