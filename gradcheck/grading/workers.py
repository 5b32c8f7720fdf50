"""Submissions examined side by side, each in a process of its own with a budget of time and memory.

A process that crashes, hangs or grows costs its own submission and nothing else, which a pool of workers
cannot promise. Processes come from a server that has the program loaded already, so that one costs
milliseconds. A child keeps its evidence itself and only then ends: what is done stays done.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path

from gradcheck.budget import collect_seldom, without_threads
from gradcheck.grading.cache import Cache
from gradcheck.grading.evidence import Evidence
from gradcheck.records import dataclass

Examine = Callable[[Path], Evidence]
_WARM = "gradcheck.grading.warm"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one submission may use: seconds, and megabytes where the system can bound them."""

    seconds: float = 120.0
    megabytes: int = 2048


@dataclass(frozen=True, slots=True)
class Task:
    """A submission to be examined, and the name that its evidence is kept under."""

    path: Path
    key: str


@dataclass(frozen=True, slots=True)
class _Running:
    task: Task
    process: BaseProcess
    deadline: float


def examined(
    tasks: Sequence[Task], examine: Examine, cache: Cache, jobs: int, limits: Limits
) -> Iterator[tuple[Task, Evidence]]:
    """Each task with its evidence, as they end.

    examine  must be able to be sent to another process
    Processes that still run when the caller stops are ended.
    """
    context = _context(examine)
    _wake(context)
    waiting = list(reversed(tasks))
    running: list[_Running] = []
    try:
        while waiting or running:
            while waiting and len(running) < jobs:
                running.append(_started(waiting.pop(), examine, cache, limits, context))
            for ended in _ended(running):
                running.remove(ended)
                yield ended.task, _outcome(ended, cache, limits)
    finally:
        for each in running:
            _stop(each.process)


def _context(examine: Examine) -> BaseContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([type(examine).__module__, __name__, _WARM])
    return context


def _wake(context: BaseContext) -> None:
    """Have the server load the program, so that no submission's time goes for it."""
    without_threads()  # jobs share the cores
    first: BaseProcess = context.Process(target=_awake)  # type: ignore[attr-defined]
    first.start()
    first.join()


def _awake() -> None:
    """What the first process does."""


def _started(task: Task, examine: Examine, cache: Cache, limits: Limits, context: BaseContext) -> _Running:
    process: BaseProcess = context.Process(target=_work, args=(task, examine, cache, limits), daemon=True)  # type: ignore[attr-defined]
    process.start()
    return _Running(task, process, time.monotonic() + limits.seconds)


def _ended(running: Sequence[_Running]) -> list[_Running]:
    """Waits until a process has ended or its time is over; these, ended for good."""
    soonest = min(each.deadline for each in running)
    wait([each.process.sentinel for each in running], max(0.0, soonest - time.monotonic()))
    now = time.monotonic()
    done = [each for each in running if not each.process.is_alive() or each.deadline <= now]
    for each in done:
        _stop(each.process)
    return done


def _stop(process: BaseProcess) -> None:
    if process.is_alive():
        process.kill()
    process.join()


def _outcome(ended: _Running, cache: Cache, limits: Limits) -> Evidence:
    """What the process kept, else why it could not; that is not kept, since the next run may have more."""
    found = cache.get(ended.task.key)
    if found is not None:
        return found
    if ended.deadline <= time.monotonic():
        return Evidence(failure=f"not done within {limits.seconds:g} seconds")
    return Evidence(
        failure=f"the check ended without a result, within {limits.megabytes} megabytes of memory"
    )


def _work(task: Task, examine: Examine, cache: Cache, limits: Limits) -> None:
    """In the process: bound the memory, examine, keep the evidence."""
    _bound_memory(limits.megabytes)
    collect_seldom()
    with suppress(MemoryError):
        cache.put(task.key, examine(task.path))


def _bound_memory(megabytes: int) -> None:
    try:
        import resource
    except ImportError:
        return
    _, hardest = resource.getrlimit(resource.RLIMIT_AS)
    wanted = megabytes << 20
    allowed = wanted if hardest == resource.RLIM_INFINITY else min(wanted, hardest)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (allowed, hardest))
