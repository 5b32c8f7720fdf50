"""What a run costs, as ratios in one run: `python -m tests.benchmarks.run_ratio [PATH ...]`.

Times of a shared machine mean little, so every process is measured beside one that only imports numpy,
sympy and rich, in turns; the smallest of several is taken. What the processor worked is told beside what the
clock said, which on a busy machine is mostly waiting; the warm figures are the processor's. All run from
compiled modules, as they do once installed, and memory is searched for cycles as seldom as in a run. Reading
and judging with all three oracles, the choice among hypotheses included, are measured warm, and so is the
search for what is wrong with a line; beside them stands what a user waits for a whole warm run, reading and
report included, with a process on each core. Last comes where the time goes: in which share of the moments
that a timer picks each stage was at work, which slows no stage down.
"""

import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from rich.console import Console
from rich.table import Table

from gradcheck.budget import collect_seldom
from gradcheck.checking.cases.checked import Checked
from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import Problem, pose
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
TURNS = 5
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
    """The smallest number of seconds that a process took by the clock, and of those worked for it."""

    clock: float = float("inf")
    worked: float = float("inf")

    def least(self, other: "Seconds") -> "Seconds":
        """The smaller of each."""
        return Seconds(min(self.clock, other.clock), min(self.worked, other.worked))


def ran(command: list[str], environment: dict[str, str]) -> Seconds:
    """What one process took, with the processes that it started."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, capture_output=True, check=False, env=environment)
    took, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Seconds(took, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)


def smallest(measure: Callable[[], object], times: int = TURNS) -> float:
    """The smallest number of seconds that the processor worked for a call."""
    return min(_seconds(measure, [()]) for _ in range(times))


def _seconds(measure: Callable[..., object], given: Iterable[tuple[object, ...]]) -> float:
    """How long the processor worked for a function of several things.

    Nothing may be given twice: what was found of a formula is kept with it.
    """
    started = time.process_time()
    for each in given:
        measure(*each)
    return time.process_time() - started


def _clock(measure: Callable[[], object]) -> float:
    """How many seconds a call took by the clock."""
    started = time.perf_counter()
    measure()
    return time.perf_counter() - started


def processes(paths: list[Path]) -> dict[str, Seconds]:
    """The smallest seconds of each process, taken in turns so that all see the same machine."""
    commands = {name: [sys.executable, *arguments] for name, arguments in PROCESSES.items()}
    for name in commands:
        if name.startswith("gradcheck run"):
            commands[name] += map(str, paths)
    seconds = dict.fromkeys(commands, Seconds())
    with tempfile.TemporaryDirectory() as compiled:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": compiled}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for _ in range(TURNS):
            for name, command in commands.items():
                seconds[name] = seconds[name].least(ran(command, environment))
    return seconds


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
    cold = processes(paths)
    bare, imports = cold["bare interpreter"], cold["import numpy, sympy, rich"]

    lines = sum(len(file.read_text(encoding="utf-8").splitlines()) for file in files)
    reading = smallest(lambda: [read(file) for file in files]) / lines
    report = run(paths, Options())
    links = sum(report.summary.values())
    checked = [check(*each) for each in _posed(files)]
    compared = sum(j.evidence is not None for each in checked for _, j in each.judgements())
    judging = min(_seconds(check, _posed(files)) for _ in range(TURNS)) / compared
    wrong = sum(map(_wrong, checked))
    judged = ([(check(*each),) for each in _posed(files)] for _ in range(TURNS))
    telling = min(_seconds(tell, each) for each in judged) / max(1, wrong)

    table = Table(
        "",
        "measured",
        "ratio",
        "worked",
        "ratio",
        "asked",
        title=f"{len(files)} documents, {links} links, {lines} lines",
    )
    table.add_row("gradcheck --version, to a bare interpreter", *_row(cold["gradcheck --version"], bare), "3")
    alone = _row(cold["gradcheck run --jobs 1"], imports)
    table.add_row("gradcheck run --jobs 1, to the imports alone", *alone, "")
    table.add_row("gradcheck run, to the imports alone", *_row(cold["gradcheck run"], imports), "2.5")
    table.add_row("reading, per line", "", "", f"{reading * 1e6:.0f} µs", "", "1000 µs")
    table.add_row(f"judging, per link of {compared} compared", "", "", f"{judging * 1e3:.1f} ms", "", "5 ms")
    diagnosed = f"{(judging + telling) * 1e3:.1f} ms"
    table.add_row(f"and diagnosed, per link of {wrong} wrong", "", "", diagnosed, "", "30 ms")
    by_default = Options(jobs=cores())
    everything = min(_clock(lambda: run(paths, by_default)) for _ in range(TURNS)) / compared
    name = f"all of a warm run with {by_default.jobs} processes, per link compared"
    table.add_row(name, f"{everything * 1e3:.1f} ms", "", "", "", "")
    Console().print(table)

    where = Table("", "share", title="where the time of a run goes, warm")
    for name, share in shares(lambda: [run(paths, Options()) for _ in range(3)]).items():
        where.add_row(name, f"{100 * share:.0f} %")
    Console().print(where)


def _posed(files: Iterable[Path]) -> list[tuple[Document, Problem]]:
    """The documents read anew, each with its problem."""
    return [(document, pose(document, _assignment(document))) for document in map(read, files)]


def _wrong(checked: Checked) -> int:
    return sum(judgement.verdict is Verdict.WRONG for _, judgement in checked.judgements())


def _assignment(document: Document) -> Document | None:
    named = document.front_matter.get("assignment")
    return None if named is None else read(Path(document.source.path).parent / str(named))


def _row(seconds: Seconds, base: Seconds) -> tuple[str, str, str, str]:
    return (
        f"{seconds.clock * 1e3:.0f} ms",
        f"{seconds.clock / base.clock:.1f}",
        f"{seconds.worked * 1e3:.0f} ms",
        f"{seconds.worked / base.worked:.1f}",
    )


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]] or [DEFAULT])
