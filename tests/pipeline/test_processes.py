"""Several processes give the answers that one gives, in the same order; a dead one is told of.

Each test asks an interpreter of its own: only a process without threads is forked.
"""

import json
import subprocess
import sys

import pytest

HEAD = """
import json, os, threading
from gradcheck.processes import in_order

ITEMS = tuple(range(7))


def lost(item):
    return ["lost", item]

"""


def told(body):
    """What a fresh interpreter prints, as JSON."""
    ran = subprocess.run([sys.executable, "-c", HEAD + body], capture_output=True, text=True, check=True)
    return json.loads(ran.stdout)


@pytest.mark.parametrize("jobs", [1, 2, 20])
def test_answers_come_in_the_order_of_the_items(jobs):
    found, here = told(f"""
answers = list(in_order(ITEMS, lambda item: [item * item, os.getpid()], lost, {jobs}))
print(json.dumps([answers, os.getpid()]))
""")
    assert [value for value, _ in found] == [item * item for item in range(7)]
    assert any(process != here for _, process in found) == (jobs > 1)


def test_a_dead_process_is_told_for_every_item_it_took_along():
    found = told("""
answers = list(in_order(ITEMS, lambda item: os._exit(9) if item == 3 else item, lost, 2))
print(json.dumps(answers))
""")
    assert len(found) == 7
    assert found[3] == ["lost", 3]
    assert all(answer in (item, ["lost", item]) for item, answer in enumerate(found))


def test_a_fault_is_raised_where_its_answer_is_due():
    found = told("""
answers = in_order((2, 1, 0), lambda item: 6 // item, lost, 2)
before = [next(answers), next(answers)]
try:
    next(answers)
except ZeroDivisionError:
    print(json.dumps(before))
""")
    assert found == [3, 6]


def test_a_process_with_threads_is_not_forked():
    found, here = told("""
done = threading.Event()
thread = threading.Thread(target=done.wait)
thread.start()
answers = sorted(set(in_order(ITEMS, lambda item: os.getpid(), lost, 2)))
done.set()
print(json.dumps([answers, os.getpid()]))
""")
    assert found == [here]


def test_what_takes_long_is_begun_first():
    begun = told("""
import time
answers = in_order(ITEMS, lambda item: time.monotonic_ns(), lost, 2, lambda item: item)
print(json.dumps(list(answers)))
""")
    assert len(begun) == 7
    assert begun[6] < min(begun[:4])
