"""Maps told entry by entry with their argument, `p(z)_i` and `p_i(z)`, and sums that name no index."""

import pytest

from tests.checking.written import displayed, verdicts

SPELLINGS = [
    (r"p(z)_i", r"p(z)_j"),
    (r"p_i(z)", r"p_j(z)"),
    (r"\sigma(z)_i", r"\sigma(z)_j"),
    (r"\sigma_i(z)", r"\sigma_j(z)"),
    (r"\mathbf{s}(\mathbf{z})_i", r"\mathbf{s}(\mathbf{z})_j"),
]


@pytest.mark.parametrize(("own", "other"), SPELLINGS)
@pytest.mark.parametrize("total", [r"\sum_j e^{z_j}", r"\sum_{k=1}^K e^{z_k}", r"\sum e^{z_j}"])
def test_a_softmax_by_its_entries(own: str, other: str, total: str) -> None:
    softmax = rf"{own} = \frac{{e^{{z_i}}}}{{{total}}}"
    right = rf"\frac{{\partial {own}}}{{\partial z_j}} = {own} (\delta_{{ij}} - {other})"
    wrong = rf"\frac{{\partial {own}}}{{\partial z_j}} = {own} (\delta_{{ij}} + {other})"
    assert verdicts(displayed(softmax, right, wrong)) == ["correct", "correct", "wrong"]


def test_the_letter_alone_is_the_same_quantity() -> None:
    text = displayed(
        r"\sigma(z)_i = \frac{e^{z_i}}{\sum_k e^{z_k}}",
        r"\frac{\partial \sigma_i}{\partial z_j} = \sigma_i (1\{i = j\} - \sigma_j)",
        r"\frac{\partial \sigma}{\partial z} = \text{diag}(\sigma(z)) - \sigma(z) \sigma(z)^T",
        r"\frac{\partial \sigma_i}{\partial z_j} = \sigma_i (1\{i = j\} - \sigma_i)",
    )
    assert verdicts(text) == ["correct", "correct", "correct", "wrong"]


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial f_i(x)}{\partial x_k} = 2 A_{ik} x_k", "correct"),
        (r"\frac{\partial f_i}{\partial x_k} = 2 A_{ik} x_k", "correct"),
        (r"\frac{\partial f(x)}{\partial x} = 2 A \text{diag}(x)", "correct"),
        (r"\frac{\partial f_i(x)}{\partial x_k} = A_{ik} x_k", "wrong"),
    ],
)
def test_another_map(line: str, verdict: str) -> None:
    assert verdicts(displayed(r"f_i(x) = \sum_j A_{ij} x_j^2", line))[-1] == verdict


@pytest.mark.parametrize(
    ("formula", "line", "verdict"),
    [
        (r"\sum_i x_i^2", r"\frac{\partial f}{\partial x_k} = 2 x_k", "correct"),
        (r"\sum_i x_i^2", r"\nabla f(x) = 2 x", "correct"),
        (r"\sum_i x_i^2", r"\nabla f = 2 x", "correct"),
        (r"\sum_i x_i^2", r"\frac{\partial f(x)}{\partial x_k} = x_k", "wrong"),
        (r"\sum_{i,j} A_{ij} x_i x_j", r"\nabla f(x) = (A + A^T) x", "correct"),
        (r"\sum_{i,j} A_{ij} x_i x_j", r"\nabla f(x) = 2 A x", "wrong"),
        (
            r"\sum_{i,j} A_{ij} x_i x_j",
            r"\frac{\partial^2 f}{\partial x_k \partial x_l} = A_{kl} + A_{lk}",
            "correct",
        ),
        (
            r"\log \sum_i e^{x_i}",
            r"\frac{\partial f}{\partial x_k} = \frac{e^{x_k}}{\sum_i e^{x_i}}",
            "correct",
        ),
        (r"\log \sum_i e^{x_i}", r"\frac{\partial f}{\partial x_k} = \frac{1}{\sum_i e^{x_i}}", "wrong"),
    ],
)
def test_a_number_made_of_entries(formula: str, line: str, verdict: str) -> None:
    assert verdicts(displayed(f"f(x) = {formula}", line)) == ["correct", verdict]


def test_a_softmax_of_something_else() -> None:
    text = displayed(
        r"\sigma(u)_i = \frac{e^{u_i}}{\sum_k e^{u_k}}",
        r"z = W h",
        r"p = \sigma(z)",
        r"L = -\sum y_i \log p_i",
        r"\frac{\partial p_i}{\partial z_j} = p_i (\delta_{ij} - p_j)",
        r"\frac{\partial L}{\partial z_j} = p_j \sum y_i - y_j",
        r"\frac{\partial L}{\partial z_j} = p_j \sum y_i + y_j",
    )
    assert verdicts(text) == ["correct"] * 6 + ["wrong"]


def test_a_map_at_several_places_keeps_its_argument() -> None:
    text = displayed(
        r"\phi_j(x) = \exp(-\|x - c_j\|^2)",
        r"y_n = \sum_j w_j \phi_j(u_n)",
        r"\frac{\partial y_n}{\partial w_j} = \phi_j(u_n)",
    )
    assert "wrong" not in verdicts(text)


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"-\sum \frac{y_i}{p_i} \frac{\partial p_i}{\partial z_j}", "correct"),
        (r"-\sum y_i (\delta_{ij} - p_j)", "correct"),
        (r"-\sum y_i (\delta_{ij} - p_i)", "wrong"),
        (r"\sum \frac{y_i}{p_i} \frac{\partial p_i}{\partial z_j}", "wrong"),
    ],
)
def test_sums_without_limits_run_over_what_nothing_else_carries(line: str, verdict: str) -> None:
    given = displayed(r"p_i = \frac{e^{z_i}}{\sum e^{z_j}}", r"L = -\sum y_i \log p_i")
    text = given + displayed(rf"\frac{{\partial L}}{{\partial z_j}} = {line}")
    assert verdicts(text) == ["correct", "correct", verdict]


@pytest.mark.parametrize("applied", [r"\sigma(\mathbf{z})_k", r"S(z)_k", r"\sigma_k(z)"])
def test_a_softmax_that_a_chain_tells_behind_its_call(applied: str) -> None:
    text = displayed(
        r"z_k = \sum_{d=1}^{D} w_{kd} x_d + b_k",
        rf"q_k = {applied} = \frac{{e^{{z_k}}}}{{\sum_{{j=1}}^{{K}} e^{{z_j}}}}",
        r"\frac{\partial q_k}{\partial z_j} = q_k (\delta_{kj} - q_j)",
        r"\frac{\partial q_k}{\partial z_j} = q_k (\delta_{kj} + q_j)",
    )
    assert verdicts(text)[-2:] == ["correct", "wrong"]


def test_a_letter_that_takes_several_arguments_elsewhere_is_no_map() -> None:
    text = (
        "**Example.** Let $f(x_1, x_2) = x_1^2 + 2 x_2$ with $x_1 = \\sin t$ and $x_2 = \\cos t$.\n\n"
        "$$\\frac{{df}}{{dt}} = 2 \\sin t \\cos t {} 2 \\sin t$$\n\n"
        "**Example.** Let $f(x) = \\exp(x_1 x_2^2)$.\n\n"
        "$$\\frac{{\\partial f}}{{\\partial x_1}} = x_2^2 \\exp(x_1 x_2^2)$$\n"
    )
    assert set(verdicts(text.format("-"))) == {"correct"}
    assert "wrong" in verdicts(text.format("+"))


def test_a_map_is_told_by_entries_of_another_and_has_two_indices() -> None:
    text = displayed(
        r"v(x)_i = \frac{1}{N} \sum_{j=1}^{N} x_{ij}^2",
        r"w(x)_i = \frac{1}{v(x)_i}",
        r"q(x)_{ij} = x_{ij} w(x)_i",
    )
    right = r"\frac{\partial w(x)_i}{\partial x_{ij}} = -\frac{2 x_{ij}}{N v(x)_i^2}"
    assert verdicts(text + displayed(right))[-1] == "correct"
    assert verdicts(text + displayed(right.replace("= -", "= ")))[-1] == "wrong"
    assert verdicts(text + displayed(r"q(x)_{ij} v(x)_i = x_{ij}"))[-1] == "correct"


@pytest.mark.parametrize(("sign", "verdict"), [("-", "correct"), ("+", "wrong")])
def test_bare_entries_beside_a_softmax_of_another_letter_are_of_that(sign: str, verdict: str) -> None:
    text = r"Softmax is $s(u)_i = \frac{e^{u_i}}{\sum_{k=1}^n e^{u_k}}$ for $u \in \mathbb{R}^n$." + "\n\n"
    line = rf"\frac{{\partial [s(a)]_i}}{{\partial a_j}} = s_i (1_{{i=j}} {sign} s_j)"
    assert verdicts(text + displayed(line))[-1] == verdict
