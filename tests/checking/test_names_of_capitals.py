"""Names of several capitals that are functions, in documents that use one of the letters by itself."""

import pytest

from tests.checking.written import displayed, verdicts

NETWORK = "We have $N$ samples and count $\\sum_{k=1}^N k$ of them.\n\n" + displayed(
    r"K = N + 1",
    r"NN(x) = U_2 \tanh(U_1 x + c_1) + c_2",
)
LONGER = displayed(r"K = \frac{1}{N} \sum_{k=1}^N k", r"DNN(x) = A \tanh(B x)")


@pytest.mark.parametrize("text", [NETWORK, LONGER])
def test_a_function_of_a_doubled_letter_is_defined(text: str) -> None:
    assert verdicts(text)[-1] == "correct"


def test_its_gradient_is_judged() -> None:
    loss = displayed(r"L = \frac12 \|NN(x) - t\|^2", r"\frac{\partial L}{\partial c_2} = NN(x) - t")
    assert verdicts(NETWORK + loss)[-1] == "correct"
    assert verdicts(NETWORK + loss.replace("NN(x) - t$$", "t - NN(x)$$"))[-1] == "wrong"


def test_a_product_of_matrices_stays_one() -> None:
    text = displayed(r"A = B C", r"AB(x) = B C B x")
    assert verdicts(text)[-1] != "wrong"
