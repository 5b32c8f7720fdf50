"""One bad submission costs itself alone; what was done stays done; a restart writes the same bytes."""

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.grading.cache import Cache
from gradcheck.grading.evidence import Evidence
from gradcheck.grading.roster import roster
from gradcheck.grading.run import examine_class
from gradcheck.grading.warm import DERIVATION
from gradcheck.grading.workers import Limits, Task, examined
from gradcheck.reading.document import read
from gradcheck.source import Source
from tests.grading.conftest import ASSIGNMENT, FOLDER, RUBRIC

ROOT = FOLDER.parents[1]
ATTEMPTS = 10


@dataclass(frozen=True)
class Stub:
    """Does what a submission's text says: hang, die, use memory, tell what is loaded, or answer."""

    def __call__(self, path: Path) -> Evidence:
        match path.read_text(encoding="utf-8").split():
            case ["hang"]:
                time.sleep(60)
            case ["die"]:
                os.kill(os.getpid(), signal.SIGKILL)
            case ["grow"]:
                bytearray(3 << 30)
            case ["loaded"]:
                return Evidence(notes=tuple(name for name in ("sympy", "numpy") if name in sys.modules))
        return Evidence(notes=(path.stem,))


def tasks(folder, **texts):
    made = []
    for name, text in texts.items():
        path = folder / f"{name}.md"
        path.write_text(text, encoding="utf-8")
        made.append(Task(path, name))
    return made


def test_one_bad_submission_costs_itself_alone(tmp_path):
    cache = Cache(tmp_path / "evidence", "")
    wanted = tasks(tmp_path, a="fine", b="hang", c="die", d="grow", e="fine")
    found = {task.key: evidence for task, evidence in examined(wanted, Stub(), cache, 5, Limits(15, 2048))}
    assert {key for key, evidence in found.items() if evidence.failure is None} == {"a", "e"}
    assert "within 15 seconds" in found["b"].failure
    assert "2048 megabytes" in found["d"].failure
    assert cache.get("a") == Evidence(notes=("a",))
    assert cache.get("b") is None, "the next run may have more time"


def test_a_process_begins_with_what_it_needs_loaded(tmp_path):
    wanted = tasks(tmp_path, a="loaded")
    ((_, evidence),) = examined(wanted, Stub(), Cache(tmp_path / "evidence", ""), 1, Limits())
    assert evidence.notes == ("sympy", "numpy")


def test_the_derivation_that_is_checked_beforehand_has_one_wrong_line():
    document = read(Source("warm.md", DERIVATION))
    found = [str(judgement.verdict) for _, judgement in check(document, pose(document, None)).judgements()]
    assert found == [*["correct"] * 5, "wrong"]


def test_known_evidence_is_not_looked_for_again(tmp_path):
    assignment = tmp_path / "assignment.md"
    assignment.write_text("x", encoding="utf-8")
    cache = Cache.of(tmp_path / "evidence", assignment, 0)
    files = [task.path for task in tasks(tmp_path, a="one", b="two", c="two")]
    asked = []

    def work(wanted):
        for task in wanted:
            asked.append(task.path.stem)
            cache.put(task.key, Evidence(notes=(task.path.stem,)))
            yield task, cache.get(task.key)

    first = examine_class(roster(files), cache, work, lambda done, total: None)
    assert asked == ["a", "b"], "equal texts are examined once"
    again = examine_class(roster(files), cache, work, lambda done, total: None)
    assert again == first
    assert asked == ["a", "b"]
    assignment.write_text("y", encoding="utf-8")
    changed = Cache.of(tmp_path / "evidence", assignment, 0)
    assert changed.key(files[0]) != cache.key(files[0])


def test_a_damaged_file_of_evidence_is_none(tmp_path):
    cache = Cache(tmp_path, "")
    cache.put("k", Evidence(failure="f"))
    whole = (tmp_path / "k.json").read_text(encoding="utf-8")
    for text in ("", "{", whole[:-5], "[]", '{"form": 0}', '{"form": 2}', "null"):
        (tmp_path / "k.json").write_text(text, encoding="utf-8")
        assert cache.get("k") is None


def grade(output: Path) -> subprocess.Popen:
    named = [str(FOLDER / "submissions" / f"{name}.md") for name in ("001", "004")]
    command = [sys.executable, "-m", "gradcheck", "grade", *named, "--jobs", "1"]
    command += ["--assignment", str(ASSIGNMENT), "--rubric", str(RUBRIC), "-o", str(output)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, start_new_session=True)


def written(output: Path) -> dict[str, bytes]:
    files = (path for path in output.rglob("*") if path.is_file() and path.parent.name != "evidence")
    return {str(path.relative_to(output)): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The output of a run that nobody disturbed."""
    output = tmp_path_factory.mktemp("undisturbed")
    assert grade(output).wait() == 0
    return output


def killed_at(moment: str, output: Path) -> None:
    """A run that is killed as soon as something is there; again from the start where it ended before."""
    start = output.with_name(f"{output.name}.start")
    shutil.copytree(output, start)
    for _ in range(ATTEMPTS):
        process = grade(output)
        while process.poll() is None and not list(output.glob(moment)):
            time.sleep(0.002)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        if process.wait() == -signal.SIGKILL:
            shutil.rmtree(start)
            return
        shutil.rmtree(output)
        shutil.copytree(start, output)
    raise AssertionError(f"no run could be killed at {moment}")


def test_a_run_that_was_killed_goes_on_to_the_same_bytes(whole, tmp_path):
    killed_at("evidence/*.json", tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.glob("evidence/*.json")}
    assert len(before) == 1
    assert grade(tmp_path).wait() == 0
    assert {path: path.stat().st_mtime_ns for path in before} == before, "what was done is not done again"
    assert written(tmp_path) == written(whole)
    assert {f"feedback/{name}.md" for name in ("001", "004")} <= set(written(whole))


@pytest.mark.parametrize("moments", [["", "grades.json"], ["feedback/001.md"], ["feedback", "gradescope/*"]])
def test_killed_while_it_starts_or_writes(moments, whole, tmp_path):
    output = tmp_path / "out"
    shutil.copytree(whole / "evidence", output / "evidence")
    for moment in moments:
        killed_at(moment or "evidence", output)
    assert grade(output).wait() == 0
    assert written(output) == written(whole)
