r"""Layers by numbers in round brackets are no samples, so a count that divides is still that of the batch."""

from __future__ import annotations

import pytest

from tests.checking.written import displayed, verdicts

FORWARD = (
    r"Z^{(1)} = X W^{(1)} + b^{(1)}",
    r"A^{(1)} = \text{ReLU}(Z^{(1)})",
    r"Z^{(2)} = A^{(1)} W^{(2)} + b^{(2)}",
    r"\hat Y = \sigma(Z^{(2)})",
)
LOSS = r"L = -\frac{1}{m} \sum (Y \log \hat Y + (1 - Y) \log (1 - \hat Y))"
BACK = (
    r"\delta^{(2)} = \hat Y - Y",
    r"\nabla_{W^{(2)}} L = \frac{1}{m} (A^{(1)})^T \delta^{(2)}",
    r"\delta^{(1)} = (\delta^{(2)} (W^{(2)})^T) \odot \text{ReLU}'(Z^{(1)})",
    r"\nabla_{W^{(1)}} L = \frac{1}{m} X^T \delta^{(1)}",
)


def test_a_mean_that_comes_later_is_a_convention():
    assert set(verdicts(displayed(*FORWARD, LOSS, *BACK))) <= {"correct", "convention"}


@pytest.mark.parametrize("named", [False, True])
def test_an_error_begins_with_the_residual_of_a_named_loss(named):
    text = "Trained with the cross-entropy loss.\n\n" if named else "Trained.\n\n"
    found = verdicts(text + displayed(*FORWARD, *BACK))
    assert [found[5], found[7]] == ["correct" if named else "undecided"] * 2


def test_a_lost_slope_is_found_under_a_named_loss():
    text = "Trained with the cross-entropy loss.\n\n"
    lost = BACK[2].replace(r"\text{ReLU}'", r"\text{ReLU}")
    assert verdicts(text + displayed(*FORWARD, *BACK[:2], lost, BACK[3]))[-1] == "wrong"


def test_an_activation_may_be_named_at_the_end_of_a_chain():
    forward = (r"Z = W X + b", r"A = g(Z) = \sigma(Z)")
    back = (r"dZ = A - Y", r"dW = \frac{1}{m} dZ X^T", r"dX = W^T dZ")
    assert "undecided" not in verdicts(displayed(*forward, *back))


ANY_LAYER = (r"S^{[l]} = V^{[l]} H^{[l-1]} + c^{[l]}", r"H^{[l]} = f^{[l]}(S^{[l]})", r"H^{[0]} = X")
ENTROPY = (
    r"C = -\frac{1}{m} \sum_{i=1}^m \left(y^{(i)} \log h^{[L](i)} + (1 - y^{(i)}) \log(1 - h^{[L](i)})\right)"
)
RULES = (
    r"dS^{[l]} = dH^{[l]} * f^{[l]\prime}(S^{[l]})",
    r"dV^{[l]} = \frac{1}{m} dS^{[l]} H^{[l-1]T}",
    r"dH^{[l-1]} = V^{[l]T} dS^{[l]}",
    r"dS^{[L]} = H^{[L]} - Y",
)


def test_a_loss_told_of_the_columns_of_the_last_layer():
    said = "The output unit is a sigmoid.\n\n"
    found = verdicts(said + displayed(*ANY_LAYER, ENTROPY, *RULES))
    assert set(found[4:]) <= {"correct", "convention"}
    other = (r"dS^{[l]} = dH^{[l]} * f^{[l]\prime}(H^{[l]})", *RULES[1:])
    assert "wrong" in verdicts(said + displayed(*ANY_LAYER, ENTROPY, *other))
    opposite = (*RULES[:-1], r"dS^{[L]} = Y - H^{[L]}")
    assert "wrong" in verdicts(said + displayed(*ANY_LAYER, ENTROPY, *opposite))
