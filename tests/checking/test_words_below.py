"""A word below a letter makes another quantity of it; below a loss it tells the kind."""

import pytest

from tests.checking.written import displayed, verdicts

FORWARD = displayed(r"\hat y = w x + b", r"L = (\hat y - y)^2")


@pytest.mark.parametrize("label", [r"y_{true}", r"y_{\text{true}}", r"y_{\mathrm{target}}", r"y_{max}"])
def test_a_word_that_is_known_nowhere_is_no_other_quantity(label: str) -> None:
    line = rf"\frac{{\partial L}}{{\partial w}} = 2 (\hat y - {label}) x"
    assert verdicts(FORWARD + displayed(line))[-1] == "undecided"


def test_words_tell_quantities_apart() -> None:
    forward = displayed(r"L = \frac12 (y_{pred} - y_{true})^2", r"y_{pred} = \tanh(w x)")
    right = r"\frac{\partial L}{\partial w} = (y_{pred} - y_{true}) (1 - y_{pred}^2) x"
    wrong = r"\frac{\partial L}{\partial w} = (y_{pred} - y_{true}) (1 - y_{true}^2) x"
    assert verdicts(forward + displayed(right, wrong))[-2:] == ["correct", "wrong"]


def test_a_word_below_a_loss_tells_its_kind() -> None:
    line = r"\frac{\partial L_{\text{sq}}}{\partial b} = 2 (\hat y - y)"
    assert verdicts(FORWARD + displayed(line))[-1] == "correct"


def test_a_letter_below_is_an_index() -> None:
    vectors = displayed(r"s = \sum_i x_i^2", r"\frac{\partial s}{\partial x_k} = 2 x_k")
    assert verdicts(vectors)[-1] == "correct"
