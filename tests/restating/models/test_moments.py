"""Means and variances of random variables are what a document tells, and no functions of a number."""

import pytest

from tests.checking.written import displayed, verdicts

TOLD = [
    [r"E(T_i) = \operatorname{var}(T_i) = r_i", r"r_i = e^{\eta_i}", r"\frac{d r_i}{d \eta_i} = r_i"],
    [r"\mathbb{E}[X] = n p", r"\mathrm{Var}[X] = n p (1 - p)"],
    [r"E[X] = \frac{1}{\lambda}", r"\mathbb{E}[X] = \text{Var}(X) = \mu", r"\mu = e^{s}"],
    [r"\text{Cov}(U, V) = \rho s t"],
]


@pytest.mark.parametrize("lines", TOLD)
def test_what_is_told_of_a_distribution_is_no_error(lines: list[str]) -> None:
    assert set(verdicts(displayed(*lines))) == {"correct"}


def test_a_moment_that_is_told_is_what_it_was_told_to_be() -> None:
    told = [r"E[Y] = a b", r"f = (E[Y])^2"]
    assert verdicts(displayed(*told, r"\frac{\partial f}{\partial a} = 2 a b^2"))[-1] == "correct"
    assert verdicts(displayed(*told, r"\frac{\partial f}{\partial a} = 2 a b"))[-1] == "wrong"


def test_the_variance_of_numbers_is_computed() -> None:
    numbers = [r"m = \frac{1}{n} \sum_{i=1}^n x_i", r"v = \frac{1}{n} \sum_{i=1}^n (x_i - m)^2"]
    assert verdicts(displayed(*numbers, r"2 v = 2 \operatorname{Var}(x)"))[-1] == "correct"
    assert verdicts(displayed(*numbers, r"2 v = \operatorname{Var}(x)"))[-1] == "wrong"
