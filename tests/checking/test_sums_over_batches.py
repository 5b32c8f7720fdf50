"""Losses of a batch whose Σ names no index that the batch carries."""

from __future__ import annotations

import pytest

from tests.checking.written import displayed, verdicts

FORWARD = (r"U = P X + b", r"G = \tanh(U)", r"V = R G + c", r"Q = \sigma(V)")
LOSSES = (
    r"L = -\frac{1}{m} \sum (Y \log Q + (1 - Y) \log(1 - Q))",
    r"L = -\frac{1}{m} \sum (Y \odot \log Q + (1 - Y) \odot \log(1 - Q))",
    r"L = -\frac{1}{m} \sum_{i=1}^{m} (Y \log Q + (1 - Y) \log(1 - Q))",
    r"L = -\frac{1}{m} \sum_{i=1}^{m} [Y \odot \log Q + (1 - Y) \odot \log(1 - Q)]",
)
LATER = (
    r"dV = Q - Y",
    r"dR = \frac{1}{m} dV G^T",
    r"dc = \frac{1}{m} \sum dV",
    r"dU = R^T dV \odot (1 - G \odot G)",
    r"dP = \frac{1}{m} dU X^T",
)
AT_ONCE = (
    r"\frac{\partial L}{\partial V} = \frac{1}{m} (Q - Y)",
    r"\frac{\partial L}{\partial R} = \frac{1}{m} (Q - Y) G^T",
)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("back", [LATER, AT_ONCE])
def test_a_batch_is_added_up_whatever_stands_below_the_sign(loss, back):
    assert set(verdicts(displayed(*FORWARD, loss, *back))) <= {"correct", "convention"}


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize(
    "slip",
    [
        r"\frac{\partial L}{\partial R} = \frac{1}{m} (Q + Y) G^T",
        r"\frac{\partial L}{\partial R} = \frac{1}{m} (Y - Q) G^T",
        r"\frac{\partial L}{\partial R} = \frac{1}{m} (Q - Y) U^T",
        r"\frac{\partial L}{\partial P} = \frac{1}{m} (R^T (Q - Y) \odot (1 - U \odot U)) X^T",
    ],
)
def test_a_slip_beside_it_is_found(loss, slip):
    assert verdicts(displayed(*FORWARD, loss, *AT_ONCE, slip))[-1] == "wrong"


def test_a_mean_that_is_lost_is_found_where_weights_have_other_letters():
    lost = (*LATER[:3], LATER[3], r"dP = dU X^T")
    assert verdicts(displayed(*FORWARD, LOSSES[0], *lost))[-1] == "wrong"


def test_limits_that_a_name_carries_stay():
    lines = (
        r"E = \frac{1}{n} \sum_{i=1}^{n} (Y_i - w X_i)^2",
        r"\frac{\partial E}{\partial w} = -\frac{2}{n} \sum_{i=1}^{n} X_i (Y_i - w X_i)",
    )
    assert verdicts(displayed(*lines))[-1] in ("correct", "charitable")
    assert verdicts(displayed(lines[0], lines[1].replace("-", "", 1)))[-1] == "wrong"
