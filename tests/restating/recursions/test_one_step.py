"""One step of a recursion with the gradient of its state given, and names that are told for parts later."""

from __future__ import annotations

import pytest

from tests.checking.written import displayed, verdicts

CELL = [
    r"r_t = \sigma(A x_t + B s_{t-1} + e)",
    r"g_t = \tanh(P x_t + Q s_{t-1} + d)",
    r"k_t = r_t \odot k_{t-1} + g_t",
    r"s_t = \tanh(k_t)",
]
BACK = [
    r"\frac{\partial L}{\partial k_t} = \frac{\partial L}{\partial s_t} \odot (1 - s_t^2)",
    r"\frac{\partial L}{\partial g_t} = \frac{\partial L}{\partial k_t}",
    r"\frac{\partial L}{\partial r_t} = \frac{\partial L}{\partial k_t} \odot k_{t-1}",
    r"\frac{\partial L}{\partial k_{t-1}} = \frac{\partial L}{\partial k_t} \odot r_t",
]
SLIPS = [("(1 - s_t^2)", "(1 - s_t)"), ("k_t}", "s_t}"), ("k_{t-1}", "k_t"), (r"\odot r_t", r"\odot g_t")]


@pytest.mark.parametrize("place", range(4))
def test_a_cell_is_derived_with_the_gradient_of_its_state_given(place):
    assert set(verdicts(displayed(*CELL, *BACK))) <= {"correct", "charitable"}
    left, _, right = BACK[place].partition(" = ")
    wrong = f"{left} = {right.replace(*SLIPS[place])}"
    assert wrong != BACK[place]
    found = verdicts(displayed(*CELL, *BACK[:place], wrong, *BACK[place + 1 :]))
    assert found[4 + place] == "wrong"


def test_who_writes_the_next_step_means_all_of_them():
    later = r"\frac{\partial L}{\partial g_t} = \frac{\partial L}{\partial k_t}"
    whole = (
        r"\frac{\partial L}{\partial k_t} = \frac{\partial L}{\partial s_t} \odot (1 - s_t^2) + "
        r"\frac{\partial L}{\partial k_{t+1}} \odot r_{t+1}"
    )
    assert set(verdicts(displayed(*CELL, whole, later))) <= {"correct", "charitable"}
    part = displayed(*CELL, whole, later, BACK[0], BACK[2])
    assert verdicts(part)[6] == "wrong"


PARTS = [
    r"q = \sigma(M x + c)",
    r"E = \frac{1}{2} \|q - t\|^2",
    r"u = M x + c",
    r"\frac{\partial E}{\partial u} = \frac{\partial E}{\partial q} \odot q \odot (1 - q)",
]


@pytest.mark.parametrize(("last", "verdict"), [("(1 - q)", "correct"), ("(1 + q)", "wrong")])
def test_a_name_told_later_stands_for_its_part(last, verdict):
    found = verdicts(
        displayed(*PARTS, r"\frac{\partial E}{\partial M} = \frac{\partial E}{\partial u} x^\top")
    )
    assert set(found) <= {"correct", "charitable"}
    assert verdicts(displayed(*(line.replace("(1 - q)", last) for line in PARTS)))[-1] == verdict


def test_a_gradient_that_makes_others_is_that_of_no_loss():
    lines = [r"C = A B", r"dA = dC B^\top"]
    assert set(verdicts(displayed(*lines, r"dB = A^\top dC"))) <= {"correct", "charitable"}
    assert verdicts(displayed(*lines, r"dB = A dC"))[-1] == "wrong"
