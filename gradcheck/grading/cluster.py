"""The same work on a Dask cluster: submissions are sent as text, evidence comes back as text.

Workers need the same program, and no file system in common; a worker with another program is refused, since
its evidence would be kept under this one's key. A worker that dies has its submissions done by others. Under
a nanny a worker may not start processes: there the nanny bounds the memory, and time is asked for between
lines; started with `--no-nanny`, a worker gives each submission a process of its own as one machine does.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from gradcheck.grading.cache import Cache, digest, program
from gradcheck.grading.evidence import Evidence, from_json, to_json
from gradcheck.grading.workers import Limits, Task, examined
from gradcheck.records import dataclass, replace

_CONNECTING = 20


class ClusterError(Exception):
    """The cluster cannot be used; the message tells why."""


class Examiner(Protocol):
    """What examines submissions of one assignment: a dataclass that can be sent."""

    assignment: Path

    def __call__(self, path: Path) -> Evidence:
        """The evidence of one submission."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """All that a worker needs for one submission."""

    key: str
    name: str
    submission: bytes
    assignment_name: str
    assignment: bytes
    program: str


def examined_on(
    address: str, tasks: Sequence[Task], examine: Any, kept: Cache, limits: Limits
) -> Iterator[tuple[Task, Evidence]]:
    """Each task with its evidence, as the workers of a scheduler finish them.

    Raises ClusterError if there is no Dask here, or no scheduler at that address.
    """
    try:
        from distributed import Client, as_completed
    except ImportError as error:
        raise ClusterError("--scheduler needs Dask: pip install 'gradcheck[dask]'") from error
    try:
        client = Client(address, timeout=_CONNECTING)
    except (OSError, ValueError) as error:
        raise ClusterError(f"no Dask scheduler at {address}: {error}") from error
    with client:
        futures = {
            client.submit(
                unpacked, _parcel(task, examine), examine, limits, key=f"gradcheck-{task.key}", pure=False
            ): task
            for task in tasks
        }
        for future in as_completed(futures):
            task = futures[future]
            yield task, _received(future, task, kept)


def unpacked(parcel: Parcel, examine: Any, limits: Limits) -> str:
    """On a worker: the evidence of a parcel, as JSON."""
    if parcel.program != program():
        raise ClusterError("this worker runs another version of gradcheck")
    here = replace(examine, assignment=_placed(parcel.assignment_name, parcel.assignment))
    with TemporaryDirectory() as folder:
        path = Path(folder) / parcel.name
        path.write_bytes(parcel.submission)
        if multiprocessing.current_process().daemon:
            return to_json(here(path))
        own = Cache(Path(folder) / "evidence", "")
        ((_, evidence),) = examined([Task(path, parcel.key)], here, own, 1, limits)
        return to_json(evidence)


def _parcel(task: Task, examine: Examiner) -> Parcel:
    given = examine.assignment
    return Parcel(
        task.key,
        f"submission{task.path.suffix}",
        task.path.read_bytes(),
        f"assignment{given.suffix}",
        given.read_bytes(),
        program(),
    )


def _received(future: Any, task: Task, kept: Cache) -> Evidence:
    """The evidence that came back, kept here; what broke on the way is a failure that is not kept."""
    try:
        evidence = from_json(future.result())
    except ClusterError:
        raise
    except Exception as error:
        return Evidence(failure=f"not done on the cluster: {type(error).__name__}: {error}")
    if evidence.failure is None:
        kept.put(task.key, evidence)
    return evidence


_folders: dict[str, TemporaryDirectory[str]] = {}


@cache
def _placed(name: str, content: bytes) -> Path:
    """The assignment as a file of this worker, written once and kept as long as the worker lives."""
    folder = _folders.setdefault(digest([content]), TemporaryDirectory())
    path = Path(folder.name) / name
    path.write_bytes(content)
    return path
