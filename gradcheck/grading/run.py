"""A class examined: what is known already is taken from the cache, the rest is done side by side.

The order in which submissions end decides nothing: the gradebook is made from the evidence of all, by
student. So a run that was stopped and started again writes the same bytes as one that was not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from gradcheck.grading.cache import Cache
from gradcheck.grading.evidence import Evidence
from gradcheck.grading.roster import Submission
from gradcheck.grading.workers import Task

Progress = Callable[[int, int], None]
Work = Callable[[Sequence[Task]], Iterator[tuple[Task, Evidence]]]


def examine_class(
    submissions: Sequence[Submission], cache: Cache, work: Work, progress: Progress
) -> list[tuple[Submission, Evidence]]:
    """The evidence of every submission.

    work      examines tasks and yields them with their evidence, in any order
    progress  called with (done, all) of what has to be examined
    """
    found: dict[Submission, Evidence] = {}
    waiting: dict[str, list[Submission]] = {}
    for submission in submissions:
        try:
            key = cache.key(submission.path)
        except OSError as error:
            found[submission] = Evidence(failure=f"cannot be read: {error.strerror}")
            continue
        known = cache.get(key)
        if known is not None:
            found[submission] = known
        else:
            waiting.setdefault(key, []).append(submission)
    tasks = [Task(alike[0].path, key) for key, alike in waiting.items()]
    progress(0, len(tasks))
    for done, (task, evidence) in enumerate(work(tasks) if tasks else (), 1):
        found |= dict.fromkeys(waiting[task.key], evidence)
        progress(done, len(tasks))
    return [(submission, found[submission]) for submission in submissions]
