"""Weights marked with the two layers that they lie between."""

import pytest

from tests.checking.written import displayed, verdicts

FORWARD = (
    r"s_k^l = \sum_i u_i^{l-1} w_{ik}^{%s}",
    r"u_k^l = \tanh(s_k^l)",
    r"\frac{\partial s_k^l}{\partial w_{ik}^{%s}} = %s",
)


@pytest.mark.parametrize("between", ["l-1,l", "l, l+1"])
@pytest.mark.parametrize(("value", "verdict"), [("u_i^{l-1}", "correct"), ("2 u_i^{l-1}", "wrong")])
def test_a_pair_of_layers_is_one_mark_and_no_power(between: str, value: str, verdict: str) -> None:
    first, second, claim = FORWARD
    lines = (first % between, second, claim % (between, value))
    assert verdicts(displayed(*lines))[-1] == verdict
