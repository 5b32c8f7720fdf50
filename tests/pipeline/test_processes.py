"""Several processes give the answers that one gives, in the same order; a dead one is told of."""

import os
import threading

import pytest

from gradcheck.processes import in_order

ITEMS = tuple(range(7))


def square(item):
    return item * item, os.getpid()


def lost(item):
    return "lost", item


@pytest.mark.parametrize("jobs", [1, 2, 20])
def test_answers_come_in_the_order_of_the_items(jobs):
    found = list(in_order(ITEMS, square, lost, jobs))
    assert [value for value, _ in found] == [item * item for item in ITEMS]
    elsewhere = {process for _, process in found} - {os.getpid()}
    assert bool(elsewhere) == (jobs > 1)


def test_what_is_asked_need_not_be_picklable():
    assert list(in_order(ITEMS, lambda item: item + 1, lost, 2)) == [item + 1 for item in ITEMS]


def test_a_dead_process_is_told_for_every_item_it_took_along():
    found = list(in_order(ITEMS, lambda item: os._exit(9) if item == 3 else item, lost, 2))
    assert len(found) == len(ITEMS)
    assert found[3] == ("lost", 3)
    assert all(answer in (item, ("lost", item)) for item, answer in zip(ITEMS, found, strict=True))


def test_a_fault_is_raised_where_its_answer_is_due():
    answers = in_order((2, 1, 0), lambda item: 6 // item, lost, 2)
    assert [next(answers), next(answers)] == [3, 6]
    with pytest.raises(ZeroDivisionError):
        next(answers)


def test_a_process_with_threads_is_not_forked():
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert {process for _, process in in_order(ITEMS, square, lost, 2)} == {os.getpid()}
    finally:
        done.set()
        thread.join()
