"""What a right side brings in from nowhere accuses nobody: a function, or an entry that cannot be told."""

from __future__ import annotations

from tests.checking.written import displayed, verdicts

PROBIT = (
    r"z = w^\top x",
    r"p = \Phi(z)",
    r"L = \frac12 (p - y)^2",
    r"\frac{\partial L}{\partial z} = (p - y) \phi(z)",
)
WINDOW = (
    r"z_i = \sum_{k=1}^K w_k x_{i+k-1} + b",
    r"L = \frac12 \sum_{i=1}^m (z_i - t_i)^2",
    r"\frac{\partial L}{\partial z_i} = z_i - t_i",
    r"\frac{\partial L}{\partial w_k} = \sum_{i=1}^m (z_i - t_i) x_{i+k-1}",
)


def test_a_function_that_nothing_defines_is_not_wrong():
    assert verdicts(displayed(*PROBIT))[-1] == "undecided"


def test_an_open_function_of_the_definitions_is_judged():
    lines = (*PROBIT[:3], r"\frac{\partial L}{\partial z} = (p - y) \Phi'(z)")
    assert verdicts(displayed(*lines))[-1] == "correct"
    assert verdicts(displayed(*lines).replace(r"\Phi'(z)", r"\Phi(z)"))[-1] == "wrong"


def test_an_entry_of_several_letters_is_no_quantity_of_its_own():
    assert not {"wrong", "follows"} & set(verdicts(displayed(*WINDOW)))
