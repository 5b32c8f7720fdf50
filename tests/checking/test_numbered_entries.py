"""Entries of quantities that carry a number: `a_{1j}` is an entry of `a_1`, which nobody declares."""

import pytest

from tests.checking.written import verdicts

WHOLE = r"""
$$h_1 = V_1 x + c_1$$
$$g_1 = \tanh(h_1)$$
$$h_2 = v_2^T g_1$$
$$L = \frac{1}{2} (h_2 - y)^2$$
"""
SUMMED = r"""
$$h_j = \tanh(\sum_{k=1}^n v_{jk} x_k)$$
$$s = \sum_{j=1}^p u_{1j} h_j$$
$$L = \frac{1}{2} (s - y)^2$$
"""
BY = r"\frac{\partial L}{\partial "


@pytest.mark.parametrize(
    ("given", "by", "right", "verdict"),
    [
        (WHOLE, "g_{1j}", "(h_2 - y) v_{2j}", "correct"),
        (WHOLE, "g_{1j}", "(h_2 - y) g_{1j}", "wrong"),
        (WHOLE, "v_{2j}", "(h_2 - y) g_{1j}", "correct"),
        (WHOLE, "v_{2j}", "(h_2 - y) (1 - g_{1j})", "wrong"),
        (WHOLE, "V_{1jk}", "(h_2 - y) v_{2j} (1 - g_{1j}^2) x_k", "correct"),
        (WHOLE, "V_{1jk}", "(h_2 - y) v_{2j} (1 - g_{1j}) x_k", "wrong"),
        (SUMMED, "u_{1j}", "(s - y) h_j", "correct"),
        (SUMMED, "u_{1j}", "(y - s) h_j", "wrong"),
        (SUMMED, "v_{jk}", "(s - y) u_{1j} (1 - h_j^2) x_k", "correct"),
        (SUMMED, "v_{jk}", "(s - y) u_{1k} (1 - h_j^2) x_k", "wrong"),
    ],
)
def test_an_entry_of_a_numbered_quantity_is_read_as_one(given, by, right, verdict):
    assert verdicts(f"{given}$${BY}{by}}} = {right}$$\n")[-1] == verdict


def test_a_row_of_a_matrix_that_is_written_by_entries_stays_its_row():
    text = r"""
$$s_k = \sum_{j=1}^p u_{kj} x_j$$
$$L = \sum_{k=1}^q s_k^2$$
$$\frac{\partial L}{\partial u_{1j}} = 2 s_1 x_j$$
$$\frac{\partial L}{\partial u_{1j}} = s_1 x_j$$
"""
    assert verdicts(text)[-2:] == ["correct", "wrong"]


DECLARED = r"""---
shapes:
  X: [n, m]
  Y: [1, m]
  W: [1, n]
  L: [1, 1]
---
$$s_{1i} = \sum_{j=1}^n W_{1j} X_{ji}$$
$$L = \frac{1}{2} \sum_{i=1}^m (s_{1i} - Y_{1i})^2$$
"""


def test_numbered_entries_of_samples_and_of_declared_rows_are_not_taken_for_vectors():
    by_entry = rf"{BY}s_{{1i}}}} = s_{{1i}} - Y_{{1i}}"
    by_weight = rf"{BY}W_{{1j}}}} = \sum_{{i=1}}^m (s_{{1i}} - Y_{{1i}}) X_{{ji}}"
    found = verdicts(f"{DECLARED}$${by_entry}$$\n\n$${by_weight}$$\n")
    assert not {"wrong", "follows"} & set(found)
