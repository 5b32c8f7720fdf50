"""An offset is one of the parameters where these stand whole in a product, and one by itself elsewhere."""

from __future__ import annotations

import pytest

from tests.checking.written import displayed, verdicts

LINES = r"S(\theta) = \sum_{i=1}^m (t_i - \theta_0 - \sum_{j=1}^d v_{ij} \theta_j)^2"
WHOLE = r"S(\theta) = (t - V\theta)^T (t - V\theta)"


@pytest.mark.parametrize("name", ["S", "J", "RSS", "MSE"])
@pytest.mark.parametrize(
    ("right", "verdict"), [(r"-2 V^T (t - V\theta)", "correct"), (r"-V^T (t - V\theta)", "wrong")]
)
def test_a_loss_with_an_offset_that_is_written_with_matrices(name, right, verdict):
    text = displayed(LINES, WHOLE, rf"\frac{{\partial S}}{{\partial \theta}} = {right}")
    assert verdicts(text.replace("S", name))[1:] == ["correct", verdict]


@pytest.mark.parametrize("name", ["S", "RSS"])
@pytest.mark.parametrize(
    ("by", "right", "verdict"),
    [
        (r"\theta_0", r"-2 \sum_{i=1}^m (t_i - \theta_0 - \sum_{j=1}^d v_{ij} \theta_j)", "correct"),
        (r"\theta_0", r"-2 \sum_{i=1}^m (t_i - \sum_{j=1}^d v_{ij} \theta_j)", "wrong"),
        (r"\theta_k", r"-2 \sum_{i=1}^m v_{ik} (t_i - \theta_0 - \sum_{j=1}^d v_{ij} \theta_j)", "correct"),
        (r"\theta_k", r"-2 \sum_{i=1}^m v_{ik} (t_i - \sum_{j=1}^d v_{ij} \theta_j)", "wrong"),
    ],
)
def test_an_offset_by_which_is_derived_stays_by_itself(name, by, right, verdict):
    text = displayed(LINES, rf"\frac{{\partial S}}{{\partial {by}}} = {right}").replace("S", name)
    assert verdicts(text)[-1] == verdict


def test_a_series_with_an_offset_is_a_product():
    model = r"f(v) = w_0 + w_1 v_1 + \dots + w_d v_d = w^T v"
    assert verdicts(displayed(model))[-1] in ("correct", "charitable")


def test_a_series_with_another_offset_is_none():
    model = r"f(v) = b + w_1 v_1 + \dots + w_d v_d = w^T v"
    assert verdicts(displayed(model))[-1] not in ("correct", "charitable")


@pytest.mark.parametrize("offset", [r"\theta_0", "b"])
def test_a_sum_from_zero_takes_in_the_offset_that_its_chain_tells(offset: str) -> None:
    chain = rf"h = {offset} + \sum_{{j=1}}^{{n}} \theta_j x_j = \sum_{{j=0}}^{{n}} \theta_j x_j"
    lines = [chain, r"J = \frac12 (h - y)^2", r"\frac{\partial J}{\partial \theta_j} = (h - y) x_j"]
    assert set(verdicts(displayed(*lines))) == {"correct"}
    other = chain.replace(r"\sum_{j=0}^{n} \theta_j x_j", r"\sum_{j=0}^{n} \theta_j x_j^2")
    assert verdicts(displayed(other, *lines[1:]))[1] == "wrong"
