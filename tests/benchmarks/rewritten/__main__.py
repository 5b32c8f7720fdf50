"""Right derivations in other words: `python -m tests.benchmarks.rewritten [--every N] [--seed N]`.

Each document of the library is written anew in every way of `rewritings`, and once more with the sign of its
last gradient changed. Prints a row for each way, and every line that is accused though it is right, or called
right though its sign was changed. Minutes for all documents; a test in tests/derivations takes a share.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from gradcheck.options import Options
from gradcheck.pipeline import run
from gradcheck.report.model import LinkReport
from gradcheck.verdict import Verdict
from tests.benchmarks.rewritten.rewritings import REWRITINGS, Rewriting, with_the_wrong_sign

LIBRARY = Path(__file__).parents[3] / "derivations"
APART = ("mistakes", "two-layer")
ACCUSED = (Verdict.WRONG, Verdict.FOLLOWS, Verdict.SLIP)


def documents() -> list[Path]:
    """The library's documents whose formulas stand between dollar signs."""
    found = (path for suffix in ("md", "txt") for path in LIBRARY.glob(f"*/*.{suffix}"))
    return sorted(p for p in found if p.parent.name not in APART and "$$" in p.read_text(encoding="utf-8"))


def judged(text: str, suffix: str, seed: int) -> tuple[LinkReport, ...]:
    """The links of a document with this text."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"rewritten{suffix}"
        path.write_text(text, encoding="utf-8")
        (document,) = run([path], Options(seed=seed)).documents
    return tuple(document.links)


def accused(links: tuple[LinkReport, ...]) -> Iterator[LinkReport]:
    """The links that are called wrong."""
    return (link for link in links if link.verdict in ACCUSED)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="only every N-th document")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default="", help="only the rewriting of this name")
    options = parser.parse_args()
    chosen = documents()[:: options.every]
    print(f"{len(chosen)} documents, seed {options.seed}")
    print(f"{'rewriting':28} documents  lines  judged  falsely accused  slips  found  missed")
    for rewriting in REWRITINGS:
        if options.only in ("", rewriting.name):
            _row(rewriting, chosen, options.seed)


def _row(rewriting: Rewriting, chosen: list[Path], seed: int) -> None:
    used = lines = known = slips = found = 0
    told: list[str] = []
    missed: list[str] = []
    for path in chosen:
        text = path.read_text(encoding="utf-8")
        new = rewriting.change(text)
        if new is None:
            continue
        links = judged(new, rewriting.suffix, seed)
        used, lines = used + 1, lines + len(links)
        known += sum(link.verdict is not Verdict.UNDECIDED for link in links)
        told += [f"    accused  {path.stem}: {link.head} = {link.right}" for link in accused(links)]
        spoiled = with_the_wrong_sign(text)
        new = rewriting.change(spoiled) if spoiled is not None else None
        if new is None:
            continue
        slips += 1
        links = judged(new, rewriting.suffix, seed)
        found += any(accused(links))
        if all(link.verdict not in (*ACCUSED, Verdict.UNDECIDED) for link in links):
            missed.append(f"    missed   {path.stem}")
    accusations = f"{len(told):15}  {slips:5}  {found:5}  {len(missed):6}"
    print(f"{rewriting.name:28} {used:9}  {lines:5}  {known:6}  {accusations}", flush=True)
    for line in (*told, *missed):
        print(line, flush=True)


if __name__ == "__main__":
    main()
