"""The letter by which a function is told: an array of its own, or any number that it is applied to."""

import pytest

from gradcheck.checking.hearing.letters import distinct_letters
from gradcheck.notation.statements import Equation
from gradcheck.reading.document import read
from gradcheck.source import Source
from tests.checking.written import displayed, verdicts


def letters(line: str) -> frozenset[str]:
    """The letters that one line makes quantities apart from their capitals."""
    body = read(Source("notes.md", displayed(line))).body
    return distinct_letters([item for item in body if isinstance(item, Equation)])


@pytest.mark.parametrize(
    "line", [r"\sigma(z) = \frac{1}{1 + e^{-z}}", r"f(z) = z^2 + z", r"\phi(z) = \max(0, z)"]
)
def test_what_is_done_to_each_number_says_nothing_of_a_letter(line: str) -> None:
    assert letters(line) == frozenset()


@pytest.mark.parametrize("line", [r"g(z) = z^T z", r"f(z) = \sum_i z_i^2", r"f(z) = \|z\|^2"])
def test_what_makes_a_number_of_an_array_has_that_array(line: str) -> None:
    assert letters(line) == {"z"}


def test_a_sample_is_a_column_of_its_batch_where_the_sigmoid_is_told() -> None:
    pass_ = displayed(
        r"\sigma(z) = \frac{1}{1 + e^{-z}}",
        r"Z = W X",
        r"A = \sigma(Z)",
        r"\ell^{(i)} = -y^{(i)} \log a^{(i)} - (1 - y^{(i)}) \log (1 - a^{(i)})",
        r"J = \frac{1}{m} \sum_{i=1}^m \ell^{(i)}",
    )
    right = r"\frac{\partial J}{\partial z^{(i)}} = \frac{1}{m} (a^{(i)} - y^{(i)})"
    wrong = r"\frac{\partial J}{\partial z^{(i)}} = \frac{1}{m} (y^{(i)} - a^{(i)})"
    assert verdicts(pass_ + displayed(right))[-1] == "correct"
    assert verdicts(pass_ + displayed(wrong))[-1] == "wrong"


def test_the_capital_of_a_form_is_no_batch_of_its_small_letter() -> None:
    told = (r"v = [v_1, v_2, ... v_n]^T", r"\frac{\partial v^T c}{\partial v} = c")
    form = r"\frac{\partial v^T C v}{\partial v} = C v + C^T v"
    assert verdicts(displayed(*told, form))[-1] == "correct"
    assert verdicts(displayed(*told, form.replace("+ C^T v", "- C^T v")))[-1] == "wrong"
