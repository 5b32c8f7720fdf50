"""`tr A B` is the trace of the product: brackets are not needed."""

import pytest

from tests.checking.written import displayed, verdicts


@pytest.mark.parametrize("trace", [r"\operatorname{tr}", r"\mathrm{Tr}\,"])
def test_the_trace_of_a_product_is_derived(trace: str) -> None:
    told = rf"f = {trace} A^T A - 2 {trace} A B"
    line = r"\frac{\partial f}{\partial A} = 2 A - 2 B^T"
    assert set(verdicts(displayed(told, line))) == {"correct"}
    assert verdicts(displayed(told, line.replace("B^T", "B")))[-1] != "correct"
    assert verdicts(displayed(told, line.replace("- 2", "+ 2")))[-1] == "wrong"
