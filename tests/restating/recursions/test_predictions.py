r"""`\hat y` is what a cross entropy takes the logarithm of, where only other lines call it so."""

import pytest

from tests.checking.written import displayed, verdicts

MEAN = r"J(\theta) = -\frac{1}{m} \sum_{i=1}^m [y^{(i)} \log %s + (1 - y^{(i)}) \log (1 - %s)]"
ONE = r"L = -y \log %s - (1 - y) \log (1 - %s)"
BY = r"\frac{\partial J^{(i)}}{\partial %s} = "
LOSS_BY_Y = r"-\frac{y^{(i)}}{\hat{y}^{(i)}} + \frac{1 - y^{(i)}}{1 - \hat{y}^{(i)}}"


def mean(value: str) -> str:
    return MEAN % (value, value)


def test_of_examples() -> None:
    lines = [
        mean(r"\sigma(z^{(i)})"),
        r"z^{(i)} = \theta^T x^{(i)}",
        BY % r"\hat{y}^{(i)}" + LOSS_BY_Y,
        r"\frac{\partial \hat{y}^{(i)}}{\partial z^{(i)}} = \hat{y}^{(i)} (1 - \hat{y}^{(i)})",
    ]
    assert set(verdicts(displayed(*lines))) == {"correct"}
    for right, wrong in ((r"} = -\frac{y", r"} = \frac{y"), (r"(1 - \hat{y}^{(i)})", r"(1 + \hat{y}^{(i)})")):
        found = verdicts(displayed(*(line if "J(" in line else line.replace(right, wrong) for line in lines)))
        assert not {"charitable", "convention"} & set(found)
        assert found.count("correct") < len(lines)


@pytest.mark.parametrize("value", ["p", r"\sigma(z)"])
def test_of_one_example(value: str) -> None:
    forward = [r"z = w^T x + b", *([r"p = \sigma(z)"] if value == "p" else []), ONE % (value, value)]
    right = r"\frac{\partial L}{\partial z} = \hat{y} - y"
    assert verdicts(displayed(*forward, right))[-1] == "correct"
    assert verdicts(displayed(*forward, right.replace(r"\hat{y} - y", r"y - \hat{y}")))[-1] != "correct"


def test_a_prediction_with_a_formula_of_its_own_is_left_alone() -> None:
    lines = [r"z = w x", r"p = \sigma(z)", ONE % ("p", "p"), r"\hat{y} = 2 z", r"\frac{d \hat{y}}{d z} = 2"]
    assert set(verdicts(displayed(*lines))) == {"correct"}
