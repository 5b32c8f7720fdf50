r"""Entries of what a word tells from others: `s_{\text{neg},k}` is entry k of `s_{\text{neg}}`."""

import pytest

from tests.checking.written import displayed, verdicts

SCORES = displayed(
    r"s_{\text{far},k} = q_k^\top r",
    r"L = -\log \sigma(p) - \sum_{k=1}^{K} \log \sigma(-s_{\text{far},k})",
)
UNITS = displayed(
    r"h_j = \tanh\Big(\sum_i W_{\text{in},ji} x_i\Big)",
    r"y_k = \sum_j W_{\text{out},kj} h_j",
    r"L = \frac12 \sum_k (y_k - t_k)^2",
)
LINE = displayed(
    r"u_{\text{pred},i} = a c_i + d",
    r"L = \frac{1}{n} \sum_{i=1}^n (u_{\text{true},i} - u_{\text{pred},i})^2",
)
LAYERS = displayed(
    r"z_{\mathrm{hid},j} = \sum_i w_{ji} x_i",
    r"a_{\mathrm{hid},j} = \sigma(z_{\mathrm{hid},j})",
    r"L = \frac12 \Big(\sum_j v_j a_{\mathrm{hid},j} - t\Big)^2",
)


@pytest.mark.parametrize(
    ("forward", "right", "wrong"),
    [
        pytest.param(
            SCORES,
            r"\frac{\partial L}{\partial s_{\text{far},k}} = \sigma(s_{\text{far},k})",
            r"\frac{\partial L}{\partial s_{\text{far},k}} = \sigma(-s_{\text{far},k})",
            id="scores",
        ),
        pytest.param(
            UNITS,
            r"\frac{\partial L}{\partial W_{\text{in},ji}}"
            r" = \sum_k (y_k - t_k) W_{\text{out},kj} (1 - h_j^2) x_i",
            r"\frac{\partial L}{\partial W_{\text{in},ji}}"
            r" = \sum_k (y_k - t_k) W_{\text{out},kj} (1 - h_j) x_i",
            id="matrices",
        ),
        pytest.param(
            LINE,
            r"\frac{\partial L}{\partial a}"
            r" = -\frac{2}{n} \sum_{i=1}^n (u_{\text{true},i} - u_{\text{pred},i}) c_i",
            r"\frac{\partial L}{\partial a}"
            r" = \frac{2}{n} \sum_{i=1}^n (u_{\text{true},i} - u_{\text{pred},i}) c_i",
            id="samples",
        ),
        pytest.param(
            LAYERS,
            r"\frac{\partial L}{\partial w_{ji}}"
            r" = (\sum_k v_k a_{\mathrm{hid},k} - t) v_j a_{\mathrm{hid},j} (1 - a_{\mathrm{hid},j}) x_i",
            r"\frac{\partial L}{\partial w_{ji}}"
            r" = \Big(\sum_k v_k a_{\mathrm{hid},k} - t\Big) v_j a_{\mathrm{hid},j} x_i",
            id="layers",
        ),
    ],
)
def test_the_letter_behind_the_word_is_an_index(forward: str, right: str, wrong: str) -> None:
    assert set(verdicts(forward + displayed(right))) == {"correct"}
    assert verdicts(forward + displayed(wrong))[-1] == "wrong"


def test_a_word_and_a_letter_choose_one_of_several_vectors() -> None:
    loss = r"L = -\log \sigma(u_{\text{near}}^T v) - \sum_{k=1}^K \log \sigma(-u_{\text{far},k}^T v)"
    right = r"\frac{\partial L}{\partial u_{\text{far},k}} = \sigma(u_{\text{far},k}^T v) v"
    wrong = r"\frac{\partial L}{\partial u_{\text{far},k}} = \sigma(-u_{\text{far},k}^T v) v"
    assert verdicts(displayed(loss, right, wrong)) == ["correct", "correct", "wrong"]


def test_the_letter_may_stand_before_the_word() -> None:
    turned = LAYERS.replace(r"{\mathrm{hid},j}", r"{j,\text{hid}}")
    right = r"\frac{\partial L}{\partial a_{j,\text{hid}}} = \Big(\sum_k v_k a_{k,\text{hid}} - t\Big) v_j"
    wrong = r"\frac{\partial L}{\partial a_{j,\text{hid}}} = \Big(\sum_k v_k a_{k,\text{hid}} + t\Big) v_j"
    assert verdicts(turned + displayed(right, wrong))[-2:] == ["correct", "wrong"]
