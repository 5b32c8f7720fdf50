"""Repairs write signs and numbers as their authors do."""

from pathlib import Path

from tests.diagnosis.told import told_of_last

HEAD = "$$E = y^2 - 2 x y + 0.044715 x^3$$\n\n"


def test_a_minus_takes_the_place_of_a_plus(tmp_path: Path) -> None:
    told = told_of_last(tmp_path, "$$E = y^2 - 2 x y$$\n\n" + r"$$\frac{\partial E}{\partial x} = +2 y$$")
    assert told.right is not None
    assert told.right == "-2 y"


def test_decimals_stay_decimals(tmp_path: Path) -> None:
    told = told_of_last(tmp_path, HEAD + r"$$\frac{\partial E}{\partial x} = -2 y + 0.044715 \cdot 4 x^2$$")
    assert told.right is not None
    assert "0.044715" in told.right
    assert r"\frac" not in told.right
