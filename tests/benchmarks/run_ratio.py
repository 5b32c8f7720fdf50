"""What a run costs, as ratios in one run: `python -m tests.benchmarks.run_ratio [PATH ...]`.

Times of a shared machine mean little, and its speed changes from one minute to the next. So everything is
measured in turns: each takes every process once, and once the work in this one. A ratio is the median of what
the turns say, each of which compares neighbours; a time is the smallest of all turns. What the processor
worked is told beside what the clock said, which on a busy machine is mostly waiting; the warm figures are the
processor's. All run from compiled modules, as they do once installed, and memory is searched for cycles as
seldom as in a run. Reading and judging with all three oracles, the choice among hypotheses included, are
measured warm, and so is the search for what is wrong with a line; beside them stands what a user waits for a
whole warm run, reading and report included, with a process on each core. Last comes where the time goes: in
which share of the moments that a timer picks each stage was at work, which slows no stage down.
"""

import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from types import FrameType

from rich.console import Console
from rich.table import Table

from gradcheck.budget import collect_seldom
from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.diagnosis.telling import tell
from gradcheck.discovery import discover
from gradcheck.options import Options
from gradcheck.pipeline import run
from gradcheck.processes import cores
from gradcheck.reading.document import Document, read
from gradcheck.verdict import Verdict

DEFAULT = Path("derivations/two-layer/submissions")
PROCESSES = {
    "bare interpreter": ["-c", "pass"],
    "import numpy, sympy, rich": ["-c", "import numpy, sympy, rich"],
    "gradcheck --version": ["-m", "gradcheck", "--version"],
    "gradcheck run --jobs 1": ["-m", "gradcheck", "run", "--jobs", "1"],
    "gradcheck run": ["-m", "gradcheck", "run"],
}
TURNS = 9
# Stages by their functions; those that are set in are parts of the one above them.
STAGES = {
    "the documents read": ("reading/document.py", "read"),
    "what they say of their names": ("hearing/understood.py", "understood"),
    "hypotheses read": ("cases/attempts.py", "worth_more_than"),
    "hypotheses screened in float64": ("cases/case.py", "screened"),
    "the chosen one judged": ("cases/case.py", "decided"),
    "  by SymPy": ("calculus/symbolic.py", "_guarded"),
    "  in balls": ("calculus/runs.py", "contrast"),
    "what is wrong, and why": ("diagnosis/telling.py", "tell"),
}
_TICK = 0.001


@dataclass(frozen=True, slots=True)
class Seconds:
    """The seconds that a process took by the clock, and those that were worked for it."""

    clock: float
    worked: float


@dataclass(frozen=True, slots=True)
class Warm:
    """The seconds that the processor worked for a stage of all documents here, and the clock's for a run."""

    reading: float
    judging: float
    telling: float
    everything: float


@dataclass(frozen=True, slots=True)
class Turn:
    """What was measured side by side."""

    cold: dict[str, Seconds]
    warm: Warm


def ran(command: list[str], environment: dict[str, str]) -> Seconds:
    """What one process took, with the processes that it started."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, capture_output=True, check=False, env=environment)
    took, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Seconds(took, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)


def warm(paths: list[Path], files: Sequence[Path]) -> Warm:
    """What each stage takes in a process that has done it before.

    Nothing is given twice: what was found of a formula is kept with it.
    """
    worked = time.process_time
    begun = worked()
    documents = [read(file) for file in files]
    have_read = worked()
    posed = [(document, pose(document, _assignment(document))) for document in documents]
    have_posed = worked()
    checked = [check(*each) for each in posed]
    have_judged = worked()
    for each in checked:
        tell(each)
    have_told, started = worked(), time.perf_counter()
    run(paths, Options(jobs=cores()))
    took = time.perf_counter() - started
    return Warm(have_read - begun, have_judged - have_posed, have_told - have_judged, took)


def measured(paths: list[Path], files: Sequence[Path]) -> list[Turn]:
    """Every process and every stage, turn by turn."""
    commands = {name: [sys.executable, *arguments] for name, arguments in PROCESSES.items()}
    for name in commands:
        if name.startswith("gradcheck run"):
            commands[name] += map(str, paths)
    with tempfile.TemporaryDirectory() as compiled:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": compiled}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for command in commands.values():
            ran(command, environment)
        warm(paths, files)
        return [
            Turn({name: ran(command, environment) for name, command in commands.items()}, warm(paths, files))
            for _ in range(TURNS)
        ]


def shares(work: Callable[[], object]) -> dict[str, float]:
    """In which share of its moments each stage was at work."""
    met: Counter[str] = Counter()
    by_place = {place: name for name, place in STAGES.items()}

    def look(_signal: int, frame: FrameType | None) -> None:
        met["moments"] += 1
        names = set()
        while frame is not None:
            file = "/".join(Path(frame.f_code.co_filename).parts[-2:])
            names.add(by_place.get((file, frame.f_code.co_name)))
            frame = frame.f_back
        met.update(name for name in names if name is not None)

    before = signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, _TICK, _TICK)
    try:
        work()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    return {name: met[name] / max(1, met["moments"]) for name in STAGES}


def main(paths: list[Path]) -> None:
    """Print the tables for the documents that the paths name."""
    collect_seldom()
    files = discover(paths).files
    lines = sum(len(file.read_text(encoding="utf-8").splitlines()) for file in files)
    links = sum(run(paths, Options()).summary.values())
    checked = [check(document, pose(document, _assignment(document))) for document in map(read, files)]
    judgements = [judgement for each in checked for _, judgement in each.judgements()]
    compared = sum(judgement.evidence is not None for judgement in judgements)
    wrong = sum(judgement.verdict is Verdict.WRONG for judgement in judgements)
    turns = measured(paths, files)

    def least(stage: str, count: int, unit: float) -> float:
        return min(getattr(turn.warm, stage) for turn in turns) / max(1, count) * unit

    table = Table(
        "",
        "measured",
        "ratio",
        "worked",
        "ratio",
        "asked",
        title=f"{len(files)} documents, {links} links, {lines} lines; {TURNS} turns",
    )
    bare, imports = "bare interpreter", "import numpy, sympy, rich"
    alone, shared = "gradcheck run --jobs 1", "gradcheck run"
    version = "gradcheck --version"
    table.add_row(f"{version}, to a bare interpreter", *_row(turns, version, bare), "3")
    table.add_row(f"{alone}, to the imports alone", *_row(turns, alone, imports), "")
    table.add_row(f"{shared}, to the imports alone", *_row(turns, shared, imports), "2.5")
    table.add_row("reading, per line", "", "", f"{least('reading', lines, 1e6):.0f} µs", "", "1000 µs")
    judging, telling = least("judging", compared, 1e3), least("telling", wrong, 1e3)
    table.add_row(f"judging, per link of {compared} compared", "", "", f"{judging:.1f} ms", "", "5 ms")
    table.add_row(
        f"and diagnosed, per link of {wrong} wrong", "", "", f"{judging + telling:.1f} ms", "", "30 ms"
    )
    name = f"all of a warm run with {cores()} processes, per link compared"
    table.add_row(name, f"{least('everything', compared, 1e3):.1f} ms", "", "", "", "")
    Console().print(table)

    where = Table("", "share", title="where the time of a run goes, warm")
    for name, share in shares(lambda: [run(paths, Options()) for _ in range(3)]).items():
        where.add_row(name, f"{100 * share:.0f} %")
    Console().print(where)


def _assignment(document: Document) -> Document | None:
    named = document.front_matter.get("assignment")
    return None if named is None else read(Path(document.source.path).parent / str(named))


def _row(turns: Sequence[Turn], name: str, base: str) -> tuple[str, str, str, str]:
    clock = [(turn.cold[name].clock, turn.cold[base].clock) for turn in turns]
    worked = [(turn.cold[name].worked, turn.cold[base].worked) for turn in turns]
    return (*_compared(clock), *_compared(worked))


def _compared(pairs: Sequence[tuple[float, float]]) -> tuple[str, str]:
    """The smallest time of a process, and the median of its ratios to the one beside it."""
    smallest, ratio = min(own for own, _ in pairs), median(own / other for own, other in pairs)
    return f"{smallest * 1e3:.0f} ms", f"{ratio:.1f}"


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]] or [DEFAULT])
