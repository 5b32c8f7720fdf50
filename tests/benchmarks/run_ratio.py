"""What a run costs, as ratios in one run: `python tests/benchmarks/run_ratio.py [PATH ...]`.

Times of a shared machine mean little, so every process is measured beside one that only imports numpy,
sympy and rich, in turns; the smallest of several is taken. Reading and judging with all three oracles, the
choice among hypotheses included, are measured warm.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from gradcheck.checking.check import check
from gradcheck.checking.problem import pose
from gradcheck.discovery import discover
from gradcheck.options import Options
from gradcheck.pipeline import run
from gradcheck.reading.document import Document, read

DEFAULT = Path("derivations/two-layer/submissions")
PROCESSES = {
    "bare interpreter": ["-c", "pass"],
    "import numpy, sympy, rich": ["-c", "import numpy, sympy, rich"],
    "gradcheck --version": ["-m", "gradcheck", "--version"],
    "gradcheck run": ["-m", "gradcheck", "run"],
}
TURNS = 5


def smallest(measure: Callable[[], object], times: int = TURNS) -> float:
    """The smallest number of seconds that a call took."""

    def once() -> float:
        started = time.perf_counter()
        measure()
        return time.perf_counter() - started

    return min(once() for _ in range(times))


def processes(paths: list[Path]) -> dict[str, float]:
    """The smallest seconds of each process, taken in turns so that all see the same machine."""
    commands = {name: [sys.executable, *arguments] for name, arguments in PROCESSES.items()}
    commands["gradcheck run"] += map(str, paths)
    seconds = dict.fromkeys(commands, float("inf"))
    for _ in range(TURNS):
        for name, command in commands.items():
            taken = smallest(
                lambda command=command: subprocess.run(command, capture_output=True, check=False), 1
            )
            seconds[name] = min(seconds[name], taken)
    return seconds


def main(paths: list[Path]) -> None:
    """Print the table for the documents that the paths name."""
    files = discover(paths).files
    cold = processes(paths)
    bare, imports = cold["bare interpreter"], cold["import numpy, sympy, rich"]

    lines = sum(len(file.read_text(encoding="utf-8").splitlines()) for file in files)
    reading = smallest(lambda: [read(file) for file in files]) / lines
    report = run(paths, Options())
    links = sum(report.summary.values())
    posed = [(document, pose(document, _assignment(document))) for document in map(read, files)]
    compared = sum(j.evidence is not None for each in posed for _, j in check(*each).judgements())
    judging = smallest(lambda: [check(*each) for each in posed], 3) / compared

    table = Table(
        "", "measured", "ratio", "at most", title=f"{len(files)} documents, {links} links, {lines} lines"
    )
    table.add_row("gradcheck --version, to a bare interpreter", *_row(cold["gradcheck --version"], bare), "3")
    table.add_row("gradcheck run, to the imports alone", *_row(cold["gradcheck run"], imports), "8")
    table.add_row("reading, per line", f"{reading * 1e6:.0f} µs", "", "1000 µs")
    table.add_row(f"judging, per link of {compared} compared", f"{judging * 1e3:.1f} ms", "", "20 ms")
    Console().print(table)


def _assignment(document: Document) -> Document | None:
    named = document.front_matter.get("assignment")
    return None if named is None else read(Path(document.source.path).parent / str(named))


def _row(seconds: float, base: float) -> tuple[str, str]:
    return f"{seconds * 1e3:.0f} ms", f"{seconds / base:.1f}"


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]] or [DEFAULT])
