"""The class of an example chooses an entry, `-\\log p_c`, where the model is told in whole vectors."""

import pytest

from tests.checking.written import displayed, verdicts

NET = (r"z = W h + b", r"p = \operatorname{softmax}(z)", r"L = -\log p_c")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (r"\frac{\partial L}{\partial z_j} = p_j - \mathbb{1}[j = c]", "correct"),
        (r"\frac{\partial L}{\partial z_j} = \mathbb{1}[j = c] - p_j", "wrong"),
        (r"\frac{\partial L}{\partial z_j} = p_j - p_c", "wrong"),
        (r"\frac{\partial L}{\partial z} = p - e_c", "correct"),
        (r"\frac{\partial L}{\partial z} = e_c - p", "wrong"),
        (r"\frac{\partial L}{\partial W} = (p - e_c) h^\top", "correct"),
    ],
)
def test_the_class_of_an_example(line: str, expected: str) -> None:
    *forward, found = verdicts(displayed(*NET, line))
    assert (forward, found) == (["correct"] * len(NET), expected)


def test_a_softmax_of_one_number_is_none() -> None:
    assert verdicts(displayed(r"\operatorname{softmax}(u) = \operatorname{softmax}(-u)")) != ["correct"]
