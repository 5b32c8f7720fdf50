"""One function over many items, in as many processes as there are cores, the answers in the items' order.

Processes are forked once everything is imported, so that none of them pays for imports again. Where forking
is not safe (other platforms than Linux, a process with threads) the items are taken one after another; a pool
of fresh interpreters was rejected, since each would take longer to start than most documents take to check.
A process that dies takes the answers of the pool with it: what is missing is told as such, never left out.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def in_order(
    items: Sequence[Item],
    answer: Callable[[Item], Answer],
    lost: Callable[[Item], Answer],
    jobs: int,
    weight: Callable[[Item], int] = lambda item: 0,
    meanwhile: Callable[[], object] = lambda: None,
) -> Iterator[Answer]:
    """The answer for each item, in their order.

    answer     what is asked of each item; it and its surroundings are inherited, its answers are pickled
    lost       the answer for an item whose process died
    jobs       how many processes; 1 takes none but this one
    weight     how much there is to do for an item: the most is begun first, so that none comes late and alone
    meanwhile  what this process does while others are at work; it is not done where there are no others
    """
    jobs = min(jobs, len(items))
    if jobs < 2 or not _may_fork():
        yield from map(answer, items)
        return
    gc.freeze()  # What is imported stays shared: a search for cycles would touch all of it in each process.
    fork = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(jobs, fork, initializer=_start, initargs=(answer,)) as pool:
        heaviest_first = sorted(range(len(items)), key=lambda place: -weight(items[place]))
        futures = {place: pool.submit(_answered, items[place]) for place in heaviest_first}
        meanwhile()
        for place, item in enumerate(items):
            try:
                yield futures[place].result()
            except BrokenProcessPool:
                yield lost(item)


def _may_fork() -> bool:
    return sys.platform == "linux" and threading.active_count() == 1


_asked: list[Callable[[Any], Any]] = []  # of a forked process: what it is asked


def _start(answer: Callable[[Any], Any]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # an interruption is told once, by the parent
    _asked[:] = [answer]


def _answered(item: Any) -> Any:
    return _asked[0](item)
