"""Writes reports/injection.md: how many slips are found, and by which name.

    python -m tests.benchmarks.injection [--doubles N] [--ill-shaped N] [--random N] [--judged EVERY]

The page is the same for the same code: all draws are seeded, and the times go to the terminal only.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from gradcheck.diagnosis import Case, diagnose
from gradcheck.diagnosis.misconceptions import MISCONCEPTIONS
from gradcheck.verdict import Verdict
from tests.benchmarks.injection.follow import Outcome, carried, chains, measured
from tests.benchmarks.injection.injection import Result, doubles, measure, singles
from tests.benchmarks.injection.noise import harmless, random_formulas
from tests.benchmarks.injection.programs import derivations
from tests.benchmarks.injection.verdicts import Judged, verdicts

REPORT = Path(__file__).parents[3] / "reports" / "injection.md"
SEED = 7
OF_EACH = 2
NODES, REPEATS = 30, 3
_ACCUSING = (Verdict.WRONG, Verdict.FOLLOWS)
_COURTEOUS = (Verdict.CHARITABLE, Verdict.CONVENTION, Verdict.SLIP)


def main() -> None:
    """Measure, print the times, write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--doubles", type=int, default=300)
    parser.add_argument("--ill-shaped", type=int, default=60, help="pairs that have another shape")
    parser.add_argument("--random", type=int, default=400)
    parser.add_argument("--judged", type=int, default=10, help="judge every n-th of the single slips")
    options = parser.parse_args()
    known = list(derivations())
    one = [measure(i) for i in singles(known)]
    two = [measure(i) for i in doubles(known, options.doubles, SEED)]
    loose = [measure(i) for i in doubles(known, options.ill_shaped, SEED, fitting=False)]
    _print_times("single slips", one, every=20)
    _print_times("pairs of slips", two, every=10)
    _print_times("pairs of slips", loose, every=2)
    page = [
        *_head(one, two, loose),
        *_found_lines([*verdicts(r.injected for r in one[:: options.judged])], options.judged),
        *_harmless_lines(),
        *_random_lines(options.random),
        *_carried_lines([(measured(c), measured(c, named=True)) for c in carried(chains(), OF_EACH, SEED)]),
        *_per_misconception(one),
        *_confusion(one),
    ]
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text("\n".join(page) + "\n", encoding="utf-8")


def _print_times(what: str, results: Sequence[Result], every: int) -> None:
    """Quantiles over every n-th formula of at most 30 nodes, of each the least of a few repeats."""
    chosen = [r.injected for r in results[::every] if sum(1 for _ in r.injected.wrong.walk()) <= NODES]
    for fits in (True, False):
        members = [i for i in chosen if (i.wrong.shape == i.claim.left.shape) is fits]
        times = sorted(min(measure(i).milliseconds for _ in range(REPEATS)) for i in members)
        if not times:
            continue
        at = {q: times[min(len(times) - 1, int(q / 100 * len(times)))] for q in (50, 95, 100)}
        unit, shape = _unit(), "well-shaped" if fits else "ill-shaped"
        told = (f"{q} %: {t:.1f} ms ({t / unit:.1f} units)" for q, t in at.items())
        print(what, shape, len(times), *told, sep="  ")


def _unit() -> float:
    """Milliseconds of processor time for a hundred thousand additions, to compare busy and quiet machines."""
    times = []
    for _ in range(9):
        start = time.process_time()
        sum(k for k in range(100_000))
        times.append(1000 * (time.process_time() - start))
    return min(times)


def _head(one: Sequence[Result], two: Sequence[Result], loose: Sequence[Result]) -> list[str]:
    count = len(list(derivations()))
    return [
        "# Slips injected and diagnosed",
        "",
        f"Every misconception with an edit, put at every place of {count} right derivations where it",
        f"applies; pairs drawn with seed {SEED}. *Named first*: the first repair has the name of the slip,",
        "or of another slip that makes a formula of the same value (*strictly*: the very name). *Repaired*:",
        "a repair was found. *Shown*: a repair on the page touches the place of the slip.",
        "",
        "| | formulas | repaired | named first | strictly | place shown |",
        "|---|---:|---:|---:|---:|---:|",
        _row("single slips", one),
        _row("pairs of slips", two),
        _row("pairs of another shape", loose),
        "",
    ]


def _row(name: str, results: Sequence[Result]) -> str:
    cells = (
        _share(r.found is not None for r in results),
        _share(r.is_first for r in results),
        _share(r.is_strict for r in results),
        _share(r.is_shown for r in results),
    )
    return f"| {name} | {len(results)} | {' | '.join(cells)} |"


def _share(flags: Iterable[bool]) -> str:
    listed = list(flags)
    return f"{100 * sum(listed) / max(1, len(listed)):.1f} %"


def _found_lines(judged: Sequence[Judged], every: int) -> list[str]:
    """What the judge says of every n-th slip."""
    rows = {
        "of the shape of the left side": [j for j in judged if j.fits and j.is_read],
        "of another shape": [j for j in judged if not j.fits and j.is_read],
        "in documents that are not read as meant": [j for j in judged if not j.is_read],
    }
    told = sum(j.verdict in (*_ACCUSING, *_COURTEOUS) for j in judged)
    return [
        "## Found",
        "",
        f"The verdict on every {every}th single slip, in documents of some such lines after the right one:",
        f"{told} of {len(judged)} told. What has another shape may be right by courtesy, where only one",
        "reading fits, or by a layout; so may be a sum over an index that is not written. Each is told with",
        "what was supplied.",
        "",
        "| formulas | | wrong | by courtesy | undecided | right |",
        "|---|---:|---:|---:|---:|---:|",
        *(_found_row(name, members) for name, members in rows.items() if members),
        "",
    ]


def _found_row(name: str, members: Sequence[Judged]) -> str:
    kinds = (_ACCUSING, _COURTEOUS, (Verdict.UNDECIDED,), (Verdict.CORRECT,))
    counts = [sum(j.verdict in kind for j in members) for kind in kinds]
    return f"| {name} | {len(members)} | {' | '.join(map(str, counts))} |"


def _harmless_lines() -> list[str]:
    outcomes: Counter[str] = Counter()
    for derivation in derivations():
        for claim in derivation.claims:
            for _, formula in harmless(derivation, claim):
                outcomes[derivation.bench.compare(claim.left, formula).outcome] += 1
    told = ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))
    return [
        f"Harmless rewritings of the same formulas (commuted, expanded, signs and scalars moved): {told}.",
        "",
    ]


def _random_lines(count: int) -> list[str]:
    claims = [(d, c) for d in derivations() for c in d.claims]
    each = -(-count // len(claims))
    cases = [
        Case(d.bench, c.left, formula)
        for k, (d, c) in enumerate(claims)
        for formula in random_formulas(d, c, each, SEED + k)
    ]
    explained = [found.codes for case in cases if (found := _repair(case)) is not None]
    names = ", ".join("+".join(codes) for codes in explained) or "none"
    return [
        f"Random wrong formulas of the right shape: {len(explained)} of {len(cases)} explained ({names}).",
        "",
    ]


def _repair(case: Case):  # type: ignore[no-untyped-def]
    found = diagnose(case)
    return None if found is None else found.repair


def _carried_lines(outcomes: Sequence[tuple[Outcome, Outcome]]) -> list[str]:
    """What became of slips in an early line, by the chain they were put into."""
    by_chain: dict[str, list[tuple[Outcome, Outcome]]] = defaultdict(list)
    for outcome in outcomes:
        by_chain[outcome[0].carried.chain.derivation.name].append(outcome)
    lines = [
        "## Carried on",
        "",
        f"Documents with a slip in an early line, {OF_EACH} of each misconception at each line that",
        "others build on. *Charged*: that line is wrong. *Once*: no other is. *Every heir*: once, and",
        "each line that carries the wrong value on follows from it. *Named*: in the same document, with",
        "later lines that only name the gradient they build on, no other line is charged.",
        "",
        "| derivation | documents | charged | once | heirs | every heir | named |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    lines += [_carried_row(name, members) for name, members in by_chain.items()]
    return [*lines, _carried_row("all", outcomes), ""]


def _carried_row(name: str, outcomes: Sequence[tuple[Outcome, Outcome]]) -> str:
    cells = (
        _share(written.is_charged for written, _ in outcomes),
        _share(written.told_once for written, _ in outcomes),
        str(sum(written.heirs for written, _ in outcomes)),
        _share(written.is_complete for written, _ in outcomes),
        _share(named.is_charged and named.is_complete for _, named in outcomes),
    )
    return f"| {name} | {len(outcomes)} | {' | '.join(cells)} |"


def _per_misconception(results: Sequence[Result]) -> list[str]:
    by_code: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        by_code[result.injected.codes[0]].append(result)
    lines = ["## By misconception", "", "| slip | formulas | named first | strictly | place shown |"]
    lines += ["|---|---:|---:|---:|---:|"]
    for code, members in sorted(by_code.items()):
        shares = (
            _share(r.is_first for r in members),
            _share(r.is_strict for r in members),
            _share(r.is_shown for r in members),
        )
        lines.append(f"| {code} {MISCONCEPTIONS[code].name} | {len(members)} | {' | '.join(shares)} |")
    return [*lines, ""]


def _confusion(results: Sequence[Result]) -> list[str]:
    named: dict[str, Counter[str]] = defaultdict(Counter)
    for result in results:
        if not result.is_strict:
            said = "nothing" if result.named is None else "+".join(result.named)
            kind = "" if result.is_first else "*"
            named[result.injected.codes[0]][said + kind] += 1
    lines = [
        "## Under another name",
        "",
        "What was said instead; a star marks a name that is no synonym by value.",
    ]
    lines += ["", "| slip | said |", "|---|---|"]
    for code, said in sorted(named.items()):
        lines.append(f"| {code} | {', '.join(f'{name} {n}' for name, n in said.most_common())} |")
    return lines


if __name__ == "__main__":
    main()
