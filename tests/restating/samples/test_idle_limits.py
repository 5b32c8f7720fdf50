r"""The loss of a batch, written example by example: `y^{(i)}` and `\hat y_i` are of `Y` and the last `A`."""

import pytest

from tests.checking.written import displayed, verdicts

COLUMNS = (r"Z_1 = W_1 X + b_1", r"A_1 = \tanh(Z_1)", r"Z_2 = W_2 A_1 + b_2", r"A_2 = %s(Z_2)")
BACK = (
    r"dZ_2 = A_2 - Y",
    r"dW_2 = \frac{1}{m} dZ_2 A_1^T",
    r"db_2 = \frac{1}{m} \sum dZ_2",
    r"dZ_1 = W_2^T dZ_2 \odot (1 - A_1^2)",
    r"dW_1 = \frac{1}{m} dZ_1 X^T",
)
MANY = (
    r"L = -\frac{1}{m} \sum_{i=1}^{m} y_i \log(\hat{y}_i)",
    r"L = -\frac{1}{m} \sum_{i=1}^{m} y_i \log(A_{2i})",
    r"L = -\frac{1}{m} \sum_{i=1}^{m} \sum_{k=1}^{K} y_k^{(i)} \log(a_k^{(i)})",
    r"L = -\frac{1}{m} \sum_{i=1}^{m} \sum_{c} Y_{ic} \log p_{ic}",
)
TWO = (
    r"J = -\frac{1}{m} \sum_{i=1}^m [y_i \log \hat{y}_i + (1 - y_i) \log(1 - \hat{y}_i)]",
    r"J = -\frac{1}{m} \sum_{i=1}^m [y^{(i)} \log a^{(i)} + (1 - y^{(i)}) \log(1 - a^{(i)})]",
)


@pytest.mark.parametrize(
    ("output", "loss"), [*((r"\text{softmax}", loss) for loss in MANY), *((r"\sigma", loss) for loss in TWO)]
)
def test_entropies_of_examples(output: str, loss: str) -> None:
    forward = [line % output if "%" in line else line for line in COLUMNS]
    found = verdicts(displayed(*forward, loss, *BACK))[-len(BACK) :]
    assert set(found) <= {"correct", "convention", "charitable"}
    wrong = (BACK[0], BACK[1].replace("A_1", "A_2"), *BACK[2:3], BACK[3].replace("1 - A", "1 + A"), BACK[4])
    found = verdicts(displayed(*forward, loss, *wrong))[-len(BACK) :]
    assert found[3] == "wrong"
    assert found[1] in ("wrong", "undecided")


@pytest.mark.parametrize("error", [r"(\hat{y}_i - y_i)^2", r"\|\hat{y}_i - y_i\|^2"])
def test_squares_of_examples_in_rows(error: str) -> None:
    loss = r"J = \frac{1}{2m} \sum_{i=1}^m" + error
    forward = [r"H = \sigma(X V)", r"O = H U", loss, r"\frac{\partial J}{\partial O} = \frac{1}{m} (O - Y)"]
    right = [r"\frac{\partial J}{\partial U} = \frac{1}{m} H^T (O - Y)"]
    assert verdicts(displayed(*forward, *right))[-1] in ("correct", "convention")
    assert verdicts(displayed(*forward, right[0].replace("O - Y", "Y - O")))[-1] == "wrong"
    assert verdicts(displayed(*forward, right[0].replace("O - Y", "2 (O - Y)")))[-1] == "wrong"


def test_one_example_stands_for_all() -> None:
    forward = [
        r"z = W x + b",
        r"p = \sigma(z)",
        r"L = -\frac{1}{n} \sum_i [y_i \log p_i + (1 - y_i) \log(1 - p_i)]",
    ]
    right = r"\frac{\partial L}{\partial z} = p - y"
    assert verdicts(displayed(*forward, right))[-1] in ("correct", "convention")
    assert verdicts(displayed(*forward, right.replace("p - y", "y - p")))[-1] == "wrong"


def test_labels_that_nothing_knows_are_not_the_output() -> None:
    forward = [r"Z = W X", r"J = \frac{1}{2m} \sum_{i=1}^m \sum_k (z_k^{(i)} - y_k^{(i)})^2"]
    line = r"W \leftarrow W %s \alpha \frac{\partial J}{\partial W}"
    assert verdicts(displayed(*forward, line.replace("%s", "-")))[-1] == "correct"
    assert verdicts(displayed(*forward, line.replace("%s", "+")))[-1] == "wrong"


@pytest.mark.parametrize(("below", "verdict"), [("j", "correct"), ("i", "wrong")])
def test_the_letter_of_a_loss_is_no_batch(below: str, verdict: str) -> None:
    forward = [r"\mu = \frac1m \sum_{i=1}^m x_i", r"c_i = x_i - \mu"]
    mean = rf"\frac1m \sum_{{j=1}}^m \frac{{\partial L}}{{\partial c_{below}}}"
    line = rf"\frac{{\partial L}}{{\partial x_i}} = \frac{{\partial L}}{{\partial c_i}} - {mean}"
    assert (
        verdicts(displayed(*forward) + "L is any function of the $c_i$.\n\n" + displayed(line))[-1] == verdict
    )
