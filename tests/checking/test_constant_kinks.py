"""Kinks of constants and one-hot arrays of one class: numbers where arrays are usual."""

import pytest

from tests.checking.written import displayed, verdicts


@pytest.mark.parametrize(("line", "verdict"), [("w", "correct"), ("2 w", "wrong")])
def test_a_maximum_of_numbers_has_the_same_side_everywhere(line: str, verdict: str) -> None:
    text = displayed(r"J = \max(0, 1) + \frac12 w^2 + \max(w, 30)", rf"\frac{{dJ}}{{dw}} = {line}")
    assert verdicts(text) == ["correct", verdict]


def test_the_loss_of_a_label_may_be_told_twice() -> None:
    lines = (
        r"g_k = \frac{e^{u_k}}{\sum_l e^{u_l}}",
        r"E = -\sum_{k=1}^{N} t_k \log(g_k)",
        r"\frac{\partial E}{\partial u_k} = g_k - t_k",
        r"E = -\log(g_d)",
        r"\frac{\partial E}{\partial u_k} = t_k - g_k",
    )
    found = verdicts("Only one $t_d = 1$, that of the true class $d$.\n\n" + displayed(*lines))
    assert found[3] == "correct"
    assert found[5] != "correct"
