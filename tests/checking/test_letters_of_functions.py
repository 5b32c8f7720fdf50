"""The letter by which a function is told: an array of its own, or any number that it is applied to."""

import pytest

from gradcheck.checking.hearing.two_cases import distinct_letters
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


@pytest.mark.parametrize("line", ["f(x, y) = x^2 + x y", r"g(u, v) = e^{-\sqrt{u^2 + v^2}}"])
def test_a_function_of_several_numbers_is_told_by_letters_of_its_own(line: str) -> None:
    assert len(letters(line)) == 2


def test_a_function_of_several_weights_has_the_capital_that_it_names() -> None:
    assert letters("f(x, w) = w^T x + X w") == frozenset()


@pytest.mark.parametrize(("sign", "verdict"), [("-", "correct"), ("", "wrong")])
def test_a_function_of_a_matrix_beside_one_of_numbers(sign: str, verdict: str) -> None:
    told = displayed(r"f(x, y) = e^{-\sqrt{x^2 + y^2}}")
    right = r"\frac{x}{\sqrt{x^2 + y^2}} e^{-\sqrt{x^2 + y^2}}"
    slope = rf"\frac{{\partial f}}{{\partial x}} = {sign} {right}"
    matrices = r"Here $X \in \mathbb{R}^{2 \times 2}$." + "\n\n"
    other = displayed(r"f(X) + g(X) = \operatorname{tr}(X^T A X) + \|X\|_F^2")
    assert verdicts(told + displayed(slope) + matrices + other)[1] == verdict
