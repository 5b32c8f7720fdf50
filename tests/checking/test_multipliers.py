"""Lagrangians: what is set to zero, what follows from there, and constants with the letter of a loss."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source
from tests.checking.written import displayed

HARD = (
    r"L(v, c, \beta) = \frac12 \|v\|^2 - \sum_{i=1}^n \beta_i (t_i (v^T u_i + c) - 1)",
    r"\frac{\partial L}{\partial v} = 0 \Rightarrow v = \sum_{i=1}^n \beta_i t_i u_i",
    r"\frac{\partial L}{\partial c} = 0 \Rightarrow \sum_{i=1}^n \beta_i t_i = 0",
    r"\frac{\partial L}{\partial \beta_i} = 1 - t_i (v^T u_i + c)",
)
OUT = (
    r"L(v, c) = \frac12 \|v\|^2 - \sum_i \beta_i (t_i (v^T u_i + c) - 1)",
    r"\frac{\partial L}{\partial v} = v - \sum_i \beta_i t_i u_i = 0 \Rightarrow v = \sum_i \beta_i t_i u_i",
    r"\frac{\partial L}{\partial c} = -\sum_i \beta_i t_i = 0 \Rightarrow \sum_i \beta_i t_i = 0",
)
SLACK = r" - \sum_i \mu_i \zeta_i"
SOFT = (
    r"L = \frac12 v^T v + C \sum_i \zeta_i + \sum_i \beta_i (1 - \zeta_i - t_i (v^T u_i + c))" + SLACK,
    r"\frac{\partial L}{\partial v} = 0 \Rightarrow v = \sum_i \beta_i t_i u_i",
    r"\frac{\partial L}{\partial c} = 0 \Rightarrow \sum_i \beta_i t_i = 0",
    r"\frac{\partial L}{\partial \zeta_i} = 0 \Rightarrow C - \beta_i - \mu_i = 0",
)
ALL = (HARD, OUT, SOFT)


def _found(lines: tuple[str, ...], seed: int = 0) -> list[str]:
    document = read(Source("notes.md", displayed(*lines)))
    judged = check(document, pose(document, None), seed).judgements()
    return [str(judgement.verdict) for _, judgement in judged]


@pytest.mark.parametrize("seed", [0, 3])
@pytest.mark.parametrize("lines", ALL)
def test_right_ones_are_right(lines: tuple[str, ...], seed: int) -> None:
    assert set(_found(lines, seed)) == {"correct"}


@pytest.mark.parametrize("lines", ALL)
@pytest.mark.parametrize("slip", [(" v = ", " v = -"), (" v = ", " v = 2 "), (r"t_i u_i", r"u_i")])
def test_a_wrong_solution_is_no_definition(lines: tuple[str, ...], slip: tuple[str, str]) -> None:
    first, second, *rest = lines
    before, arrow, behind = second.partition(r"\Rightarrow")
    found = _found((first, before + arrow + behind.replace(*slip), *rest))
    assert "wrong" in found


@pytest.mark.parametrize("lines", ALL)
def test_a_wrong_condition_is_not_right(lines: tuple[str, ...]) -> None:
    before, arrow, behind = lines[2].partition(r"\Rightarrow")
    found = _found((*lines[:2], before + arrow + behind.replace("t_i", "u_i")))
    assert found[-1] in ("wrong", "undecided")


def test_a_weight_of_a_term_is_no_loss() -> None:
    given = r"J = \frac12 w^T w + C \sum_i \max(0, 1 - t_i w^T u_i)^2"
    right = r"\nabla_w J = w - 2 C \sum_i \max(0, 1 - t_i w^T u_i) t_i u_i"
    assert _found((given, right)) == ["correct", "correct"]
    assert _found((given, right.replace("2 C", "C")))[-1] == "wrong"
