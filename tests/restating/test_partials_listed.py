"""Gradients and Hessians of functions of several numbers, told by their entries."""

import pytest

from tests.checking.written import displayed, verdicts
from tests.diagnosis.told import told_of_last

FUNCTION = r"g(u, v) = u^2 v + \sin v"
PARTIALS = r"\frac{\partial g}{\partial u}, \frac{\partial g}{\partial v}"


@pytest.mark.parametrize(
    "claim",
    [
        r"\nabla g = (2 u v, u^2 + \cos v)",
        r"\nabla g(u, v) = \begin{pmatrix} 2 u v \\ u^2 + \cos v \end{pmatrix}",
        rf"\nabla g = [{PARTIALS}]^T = [2 u v, u^2 + \cos v]^T",
        r"\nabla^2 g = \begin{bmatrix} 2 v & 2 u \\ 2 u & -\sin v \end{bmatrix}",
    ],
)
def test_entries_that_are_right(claim: str) -> None:
    assert set(verdicts(displayed(FUNCTION, claim))) == {"correct"}


@pytest.mark.parametrize(
    "claim",
    [
        r"\nabla g = (u^2 + \cos v, 2 u v)",
        r"\nabla g(u, v) = \begin{pmatrix} 2 u v \\ u^2 - \cos v \end{pmatrix}",
        r"\nabla^2 g = \begin{bmatrix} 2 v & 2 u \\ u & -\sin v \end{bmatrix}",
    ],
)
def test_entries_that_are_wrong(claim: str) -> None:
    assert verdicts(displayed(FUNCTION, claim))[-1] == "wrong"


def test_at_another_point_nothing_is_claimed_of_the_letters() -> None:
    assert verdicts(displayed(FUNCTION, r"\nabla g(1, 2) = (4, 1 + \cos 2)"))[-1] != "wrong"


def test_a_wrong_entry_of_a_hessian_is_named(tmp_path) -> None:
    claim = r"\nabla^2 g = \begin{bmatrix} 2 v & 2 u \\ u & -\sin v \end{bmatrix}"
    told = told_of_last(tmp_path, displayed(FUNCTION, claim))
    assert told.code == "GC206"


def test_its_repair_stands_at_the_entry(tmp_path) -> None:
    claim = r"\nabla^2 g = \begin{bmatrix} 2 v & 2 u \\ u & -\sin v \end{bmatrix}"
    told = told_of_last(tmp_path, displayed(FUNCTION, claim))
    assert [change.after.strip() for change in told.changes] == ["2 u"]
    assert "I_" not in (told.help or "")
