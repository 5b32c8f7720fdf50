"""Models of one example's entries beside examples by number: `s = w_0 + Σ_j w_j x_j`, then `x_j^{(i)}`."""

import pytest

from tests.checking.written import displayed, verdicts

MODELS = [r"s = v_0 + \sum_{j=1}^n v_j u_j", r"s = v_0 + v_1 u_1 + \cdots + v_n u_n", r"s = v^T u + c"]
LOSS = r"L = \frac12 \sum_i (q^{(i)} - t^{(i)})^2"


PER_WEIGHT = r"\frac{\partial L}{\partial v_j} = \sum_i (q^{(i)} - t^{(i)}) q^{(i)} (1 - q^{(i)}) u_j^{(i)}"
PER_OFFSET = r"\frac{\partial L}{\partial v_0} = \sum_i (q^{(i)} - t^{(i)}) q^{(i)} (1 - q^{(i)})"


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(("sign", "verdict"), [("-", "correct"), ("+", "wrong")])
def test_a_model_of_one_example_is_one_of_all(model: str, sign: str, verdict: str) -> None:
    value = rf"\frac{{\partial L}}{{\partial q^{{(i)}}}} = q^{{(i)}} {sign} t^{{(i)}}"
    found = verdicts(displayed(model, r"q = \sigma(s)", LOSS, value, PER_WEIGHT))
    assert found[-2:] == [verdict, "correct"]


@pytest.mark.parametrize("line", [PER_WEIGHT, PER_OFFSET])
def test_the_offset_is_one_number(line: str) -> None:
    forward = (MODELS[0], r"q = \sigma(s)", LOSS, PER_WEIGHT)
    assert verdicts(displayed(*forward, line))[-1] == "correct"
    assert verdicts(displayed(*forward, line.replace("= ", "= 2 ")))[-1] == "wrong"
