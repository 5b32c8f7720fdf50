"""Layers told by one formula, of which the last has a function of its own, and lines that count from it."""

import pytest

from tests.checking.written import displayed, verdicts

FORWARD = (
    r"J = -\frac{1}{m} \sum_{i=1}^{m} \sum_{k=1}^{K} T_k^{(i)} \log A_k^{[L](i)}",
    r"A^{[L]} = \text{softmax}(Z^{[L]})",
    r"Z^{[l]} = W^{[l]} A^{[l-1]} + b^{[l]}",
    r"A^{[l]} = \tanh(Z^{[l]})",
)
RIGHT = (
    r"dZ^{[L]} = \frac{1}{m} (A^{[L]} - T)",
    r"dA^{[L-1]} = \frac{\partial J}{\partial A^{[L-1]}}",
    r"dA^{[L-1]} = W^{[L]T} dZ^{[L]}",
    r"dZ^{[l]} = dA^{[l]} \odot (1 - A^{[l]} \odot A^{[l]})",
    r"dW^{[l]} = dZ^{[l]} A^{[l-1]T}",
)


@pytest.mark.parametrize("forward", [FORWARD, (*FORWARD[::2], FORWARD[3], FORWARD[1])])
def test_the_last_layer_is_what_a_line_says_of_it_alone(forward) -> None:
    assert set(verdicts(displayed(*forward, *RIGHT))) <= {"correct", "convention"}


@pytest.mark.parametrize(
    "line",
    [
        r"dZ^{[L]} = \frac{1}{m} (A^{[L]} - T) \odot (1 - A^{[L]} \odot A^{[L]})",
        r"dZ^{[l]} = dA^{[l]} \odot (1 - A^{[l]})",
        r"dA^{[L-1]} = W^{[L]T} dZ^{[L]} \odot A^{[L-1]}",
    ],
)
def test_a_slip_at_the_last_layer_or_below_is_found(line: str) -> None:
    assert verdicts(displayed(*FORWARD, line))[-1] == "wrong"


def test_the_letter_below_which_layers_are_hidden_is_the_last() -> None:
    told = (
        r"z^k = W^k a^{k-1}",
        r"a^k = \tanh(z^k)",
        r"p = a^m",
        r"E = \frac{1}{2} \|p - y\|^2",
    )
    words = "The layers $1 \\le k < m$ are hidden, and the last is $m$.\n\n"
    right = r"\frac{\partial E}{\partial z^m} = (p - y) \odot (1 - a^m \odot a^m)"
    step = r"\frac{\partial E}{\partial W^m} = \frac{\partial E}{\partial z^m} (a^{m-1})^T"
    assert set(verdicts(words + displayed(*told, right, step))) == {"correct"}
    slip = right.replace("1 - a^m", "1 + a^m")
    assert verdicts(words + displayed(*told, slip, step))[-2:] == ["wrong", "correct"]


def test_a_name_for_a_derivative_is_that_at_the_last_layer_too() -> None:
    told = (
        *FORWARD[:4:2],
        r"A^{[l]} = \tanh(Z^{[l]})",
        r"D^{[l]} = \frac{\partial J}{\partial Z^{[l]}}",
    )
    right = r"D^{[L]} = \frac{\partial J}{\partial A^{[L]}} \odot (1 - A^{[L]} \odot A^{[L]})"
    assert verdicts(displayed(*told, right))[-1] == "correct"
    assert verdicts(displayed(*told, right.replace("1 - A", "A")))[-1] == "wrong"
