"""The target of a prediction with a hat beside a hidden layer that has its capital."""

from tests.checking.written import displayed, verdicts

TOLD = (
    r"Y^1 = X W^1",
    r"H = \tanh(Y^1)",
    r"\hat{y} = H W^2",
    r"L = \frac{1}{2} \sum_{i,j} (\hat{y}_{ij} - y_{ij})^2",
)
RIGHT = r"\frac{\partial L}{\partial Y^1} = \frac{\partial L}{\partial H} \odot (1 - H \odot H)"


def test_the_target_is_no_part_of_a_layer() -> None:
    text = displayed(*TOLD, r"\frac{\partial L}{\partial \hat{y}} = \hat{y} - y", RIGHT)
    assert set(verdicts(text)) == {"correct"}
    assert verdicts(displayed(*TOLD, RIGHT.replace("1 - H", "1 + H")))[-1] == "wrong"


def test_a_capital_that_nothing_makes_holds_all_targets() -> None:
    told = (r"\hat{y}^{(i)} = w^T x^{(i)}", r"L = \frac{1}{2} \sum_{i=1}^{m} (\hat{y}^{(i)} - y^{(i)})^2")
    line = r"\frac{\partial L}{\partial w} = X (\hat{Y} - Y)^T"
    assert verdicts(displayed(*told, r"\hat{Y} = w^T X", line))[-1] == "correct"
