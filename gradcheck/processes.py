"""One function over many items, in as many processes as there are cores, the answers in the items' order.

Processes are forked once everything is imported, so that none of them pays for imports again. Where forking
is not safe (other platforms than Linux, a process with threads) the items are taken one after another; a pool
of fresh interpreters was rejected, since each would take longer to start than most documents take to check,
and so was the executor of the standard library, whose sockets and threads take a tenth of a short run.
A process that dies takes the items along that it was at: what is missing is told as such, never left out.
"""

from __future__ import annotations

import gc
import os
import pickle
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")

_MOST_TURNS = 1 << 12  # what a pipe holds without a reader, many times over
_TURN, _LENGTH = 4, 8  # bytes


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
    heaviest_first = sorted(range(len(items)), key=lambda place: -weight(items[place]))
    crew = _Crew(lambda place: answer(items[place]), heaviest_first, jobs)
    try:
        meanwhile()
        for place, item in enumerate(items):
            found = crew.found(place)
            if found is None:
                yield lost(item)
            elif found[0]:
                yield found[1]
            else:
                raise found[1]
    finally:
        crew.dismiss()


def _may_fork() -> bool:
    return sys.platform == "linux" and threading.active_count() == 1


class _Crew:
    """Forked processes that take places from one pipe; each sends its answers through one of its own.

    The pipe of places is full before anybody reads it, so that a process which dies holds up no other.
    """

    def __init__(self, answer: Callable[[int], Any], places: Sequence[int], jobs: int) -> None:
        self._found: dict[int, tuple[bool, Any]] = {}
        self._open: set[int] = set()
        self._processes: list[int] = []
        turns = min(len(places), _MOST_TURNS)
        taken, given = os.pipe()
        os.write(given, b"".join(turn.to_bytes(_TURN, "big") for turn in range(turns)))
        os.close(given)
        sys.stdout.flush()
        sys.stderr.flush()
        gc.freeze()  # what is imported stays shared: a search for cycles would touch all of it everywhere
        for _ in range(jobs):
            here, there = os.pipe()
            process = os.fork()
            if process == 0:
                _work(answer, places, turns, taken, there)
            os.close(there)
            self._open.add(here)
            self._processes.append(process)
        os.close(taken)

    def found(self, place: int) -> tuple[bool, Any] | None:
        """Whether a place was answered without a fault, and with what; None if its process died."""
        while place not in self._found and self._open:
            for pipe in select.select(list(self._open), [], [])[0]:
                self._take(pipe)
        return self._found.pop(place, None)

    def _take(self, pipe: int) -> None:
        length = _received(pipe, _LENGTH)
        sent = _received(pipe, int.from_bytes(length, "big"))
        if not sent:
            self._open.discard(pipe)
            os.close(pipe)
            return
        place, *found = pickle.loads(sent)
        self._found[place] = (found[0], found[1])

    def dismiss(self) -> None:
        """End all processes: those that still work, since nobody waits for them any more."""
        for pipe in self._open:
            os.close(pipe)
        for process in self._processes:
            if self._open:
                os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)


def _work(answer: Callable[[int], Any], places: Sequence[int], turns: int, taken: int, there: int) -> None:
    """What a forked process does, and then ends: answer for the places of each turn that it takes."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # an interruption is told once, by the parent
    status = 1
    try:
        while turn := os.read(taken, _TURN):
            for place in places[int.from_bytes(turn, "big") :: turns]:
                _send(there, pickle.dumps((place, *_answered(answer, place)), pickle.HIGHEST_PROTOCOL))
        status = 0
    finally:
        os._exit(status)


def _answered(answer: Callable[[int], Any], place: int) -> tuple[bool, Any]:
    try:
        return True, answer(place)
    except Exception as fault:
        return False, fault


def _send(pipe: int, content: bytes) -> None:
    waiting = memoryview(len(content).to_bytes(_LENGTH, "big") + content)
    while waiting:
        waiting = waiting[os.write(pipe, waiting) :]


def _received(pipe: int, length: int) -> bytes:
    """So many bytes, or none where the other end is closed before they came."""
    content = bytearray()
    while len(content) < length:
        part = os.read(pipe, length - len(content))
        if not part:
            return b""
        content += part
    return bytes(content)
