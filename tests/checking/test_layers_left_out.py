"""Names whose layer is left out, and Kronecker deltas at the end of a chain."""

import pytest

from tests.checking.written import displayed, verdicts

NET = (
    r"t = x W^{(1)} + b^{(1)}",
    r"h = \tanh(t)",
    r"v = h W^{(2)} + b^{(2)}",
    r"L = \frac12 \|v - y\|^2",
)


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial L}{\partial b^{(1)}} = (v - y) W^\top \circ (1 - h \circ h)", "correct"),
        (r"\frac{\partial L}{\partial b^{(1)}} = (v - y) W^\top \circ (1 - h)", "undecided"),
        (r"\frac{\partial L}{\partial W} = h^\top (v - y)", "correct"),
    ],
)
def test_a_layer_that_is_left_out_may_be_any(line: str, verdict: str) -> None:
    assert verdicts(displayed(*NET, line))[-1] == verdict


def test_a_delta_of_two_indices_names_nothing() -> None:
    lines = (
        r"v_b = \sum_i h_i M_{ib} + c_b",
        r"\frac{\partial v_b}{\partial c_a} = 0 + \frac{\partial c_b}{\partial c_a} = \delta_{ba}",
        r"\frac{\partial v_b}{\partial M_{fg}} = h_f \delta_{bg}",
    )
    assert verdicts(displayed(*lines))[-1] == "correct"


def test_rows_instead_of_columns_are_rows() -> None:
    words = "The vectors are *row vectors* instead of the usual column vectors.\n\n"
    lines = (
        r"p = \operatorname{softmax}(u)",
        r"L = -\sum_i y_i \log p_i",
        r"\frac{\partial L}{\partial p} = -y \operatorname{diag}(\mathbf 1 / p)",
    )
    assert verdicts(words + displayed(*lines))[-1] == "correct"
