"""Functions told through the letter of their value, `g(u) = v = 1 + 2u`, and ones that nothing tells."""

import pytest

from tests.checking.written import displayed, verdicts

NESTED = displayed("h(x) = u = 3x", "g(u) = v = 1 + 2u", "f(v) = 2 + 4 v^2")


@pytest.mark.parametrize(("factor", "expected"), [(r"2 \cdot 3", "correct"), ("2", "wrong")])
def test_a_function_is_defined_by_the_formula_of_its_value(factor: str, expected: str) -> None:
    line = displayed(rf"\frac{{d}}{{dx}} f(g(h(x))) = 8 (1 + 6x) \cdot {factor}")
    assert verdicts(NESTED + line)[-1] == expected


@pytest.mark.parametrize("number", ["15", "16"])
def test_a_number_for_the_slope_of_an_open_function_tells_of_it(number: str) -> None:
    told = displayed("g_0 = x", "h(x) = g_1 = g_0", "g(g_1) = g_2 = 1 + 3 g_1", "f(g_2) = 2 + 5 g_2")
    slopes = displayed(r"\frac{df}{dg_2} = 5", r"\frac{dg_2}{dg_1} = 3")
    chain = r"\frac{df}{dg_2} [\frac{dg_2}{dg_1} [\frac{dg_1}{dg_0} \frac{dg_0}{dx}]]"
    line = displayed(rf"\frac{{d}}{{dx}} f(g(h(x))) = {chain} = 5 [3 [1 [1]]] = {number}")
    assert verdicts(told + slopes + line)[-1] == "undecided"
