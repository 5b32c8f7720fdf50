"""Models whose formula stands in one step of a chain alone, in place of the name."""

import pytest

from tests.checking.written import displayed, verdicts

LOSS = r"E(\beta) = \frac12 (g_\beta(u) - t)^2"
CHAIN = (
    r"\frac{\partial E}{\partial \beta_j}"
    r" = (g_\beta(u) - t) \frac{\partial}{\partial \beta_j} (g_\beta(u) - t)"
    r" = (g_\beta(u) - t) \frac{\partial}{\partial \beta_j} (\sum_{i=0}^d \beta_i u_i - t)"
    r" = (g_\beta(u) - t) u_j"
)
MANY = r"E = \frac{1}{2m} \sum_{i=1}^m (f_{w,b}(u^{(i)}) - t^{(i)})^2"
STEP = (
    r"\frac{\partial E}{\partial w_j} = \frac{1}{m} \sum_{i=1}^m (f_{w,b}(u^{(i)}) - t^{(i)})"
    r" \frac{\partial}{\partial w_j} (w^T u^{(i)} + b - t^{(i)})"
)
OFFSET = r"\frac{\partial E}{\partial b} = \frac{1}{m} \sum_{i=1}^m (f_{w,b}(u^{(i)}) - t^{(i)})"


def test_the_step_tells_the_model() -> None:
    assert set(verdicts(displayed(LOSS, CHAIN))) == {"correct"}
    assert set(verdicts(displayed(MANY, STEP, OFFSET))) == {"correct"}


@pytest.mark.parametrize(
    ("right", "slip"),
    [(") u_j", ") u_j^2"), (") u_j", ") u_j u_j"), (" = (g", " = 2 (g"), (" = (g", " = -(g")],
)
def test_slips_beside_it_are_wrong(right: str, slip: str) -> None:
    assert "wrong" in verdicts(displayed(LOSS, CHAIN.replace(right, slip)))


@pytest.mark.parametrize("slip", [(" - t", " + t"), ("{m} ", "{m^2} "), ("= ", "= -")])
def test_a_slip_in_another_gradient_is_wrong(slip: tuple[str, str]) -> None:
    assert verdicts(displayed(MANY, STEP, OFFSET.replace(*slip)))[-1] == "wrong"


def test_a_model_with_a_formula_keeps_it() -> None:
    told = r"g_\beta(u) = \sigma(\sum_{i=0}^d \beta_i u_i)"
    found = verdicts(displayed(told, LOSS, CHAIN))
    assert found[-1] in ("wrong", "follows")
    assert found[0] == "correct"
