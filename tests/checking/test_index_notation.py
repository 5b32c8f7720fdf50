"""Index notation: what repeats is summed, and a vector beside a matrix of its letter is no row of it."""

import pytest

from tests.checking.written import displayed, verdicts

LINEAR = displayed(r"f = q_i v_i", r"\frac{\partial f}{\partial v_j} = q_i \delta_{ij} = q_j")
FORM = (
    r"g = v_i Q_{ij} v_j",
    r"\frac{\partial g}{\partial v_k} = Q_{kj} v_j + v_i Q_{ik} = (Q v)_k + (Q^\top v)_k",
)
TURNED = r"\frac{\partial g}{\partial v_k} = Q_{kj} v_j + v_i Q_{ki}"
SUMMED = displayed(r"p_a = \frac{e^{z_a}}{\sum_b e^{z_b}}")


@pytest.mark.parametrize("words", ["Repeated indices are summed.", "## Index notation"])
def test_a_linear_form_beside_a_quadratic_one(words: str) -> None:
    text = words + "\n\n" + LINEAR + displayed(*FORM)
    assert set(verdicts(text)) == {"correct"}
    assert verdicts(text + displayed(TURNED))[-1] == "wrong"


def test_a_sum_that_is_written_elsewhere_leaves_the_notation() -> None:
    text = "## Index notation\n\n" + LINEAR + "## Softmax\n\n" + SUMMED
    assert set(verdicts(text)) == {"correct"}
    assert verdicts(text.replace("= q_j", "= q_i"))[2] != "correct"


def test_a_greek_letter_of_rates_with_two_indices_is_a_matrix() -> None:
    text = displayed(r"q_{ij} = x_{ij} \gamma_{ij}")
    right = r"\frac{\partial q_{kl}}{\partial x_{ij}} = \gamma_{kl} \frac{\partial x_{kl}}{\partial x_{ij}}"
    assert verdicts(text + displayed(right))[-1] == "correct"
    assert verdicts(text + displayed(right.replace("= ", "= -")))[-1] == "wrong"
