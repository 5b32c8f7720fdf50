"""The same work on a cluster of three workers, one of which is killed while it works."""

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from gradcheck.examination import Examination
from gradcheck.grading.cache import Cache
from gradcheck.grading.cluster import ClusterError, examined_on
from gradcheck.grading.evidence import Evidence
from gradcheck.grading.workers import Limits, Task
from tests.grading.conftest import ASSIGNMENT, FOLDER, evidence_of

pytest.importorskip("distributed", reason="the extra `dask` is not installed")
ROOT = FOLDER.parents[1]
LIMITS = Limits(120, 4096)


@dataclass(frozen=True)
class Slow:
    """Takes its time and says in which process; keeps the number of each process in a folder."""

    assignment: Path
    folder: Path

    def __call__(self, path: Path) -> Evidence:
        (self.folder / str(os.getppid())).touch()
        time.sleep(0.3)
        return Evidence(notes=(path.read_text(encoding="utf-8"),))


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """The address of a scheduler, and its workers as processes."""
    folder, address = tmp_path_factory.mktemp("cluster"), f"tcp://127.0.0.1:{free_port()}"
    environment = os.environ | {"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}

    def start(module: str, *options: str) -> subprocess.Popen:
        command = [sys.executable, "-m", f"distributed.cli.{module}", *options]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.Popen(command, cwd=folder, env=environment, start_new_session=True, **quiet)

    port = address.rpartition(":")[2]
    scheduler = start("dask_scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard", "--no-show")
    own = ("--no-nanny", "--nthreads", "1", "--no-dashboard", "--local-directory", str(folder))
    workers = [start("dask_worker", address, *own) for _ in range(3)]
    yield address, workers
    for process in (*workers, scheduler):
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def test_the_evidence_is_that_of_one_machine(cluster, tmp_path):
    address, _ = cluster
    cache = Cache(tmp_path / "evidence", "")
    task = Task(FOLDER / "submissions" / "004.md", "004")
    found = dict(examined_on(address, [task], Examination(ASSIGNMENT), cache, LIMITS))
    assert found == {task: evidence_of("004")}
    assert cache.get("004") == evidence_of("004")


def test_a_worker_that_is_killed_has_its_work_done_by_others(cluster, tmp_path):
    address, workers = cluster
    cache = Cache(tmp_path / "evidence", "")
    seen = tmp_path / "seen"
    seen.mkdir()
    wanted = []
    for number in range(12):
        path = tmp_path / f"{number}.md"
        path.write_text(str(number), encoding="utf-8")
        wanted.append(Task(path, f"slow-{number}"))
    found = {}
    for task, evidence in examined_on(address, wanted, Slow(ASSIGNMENT, seen), cache, LIMITS):
        found[task] = evidence
        if len(found) == 3:
            os.killpg(workers[0].pid, signal.SIGKILL)
    assert workers[0].wait() == -signal.SIGKILL
    assert {task.key: evidence.notes for task, evidence in found.items()} == {
        task.key: (task.path.stem,) for task in wanted
    }
    assert [worker.poll() for worker in workers[1:]] == [None, None]


def test_no_scheduler_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr("gradcheck.grading.cluster._CONNECTING", 0.5)
    task = Task(FOLDER / "submissions" / "004.md", "004")
    address = f"tcp://127.0.0.1:{free_port()}"
    with pytest.raises(ClusterError, match="no Dask scheduler"):
        list(examined_on(address, [task], Examination(ASSIGNMENT), Cache(tmp_path, ""), LIMITS))
