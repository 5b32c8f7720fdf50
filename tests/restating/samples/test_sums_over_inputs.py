"""A cost that is averaged over training inputs, and what is told of one of them."""

import pytest

from tests.checking.written import displayed, verdicts

NET = r"""The layer is $u = V x + c$, $h = \sigma(u)$. The cost is

$$E = \frac{1}{2n} \sum_x \|t(x) - h(x)\|^2$$

where the sum is over the training inputs.

"""
ONE = "Write $E = \\frac{1}{n} \\sum_x E_x$ with $E_x = \\frac{1}{2} \\|t - h\\|^2$.\n\n"


@pytest.mark.parametrize("between", ["", ONE])
def test_gradients_without_the_sum_are_of_one_example(between: str) -> None:
    right = displayed(r"\frac{\partial E}{\partial u} = (h - t) \odot \sigma'(u)")
    assert verdicts(NET + between + right)[-1] == "correct"
    assert verdicts(NET + between + right.replace("h - t", "t - h"))[-1] == "wrong"
    assert verdicts(NET + between + right.replace(r"\sigma'", r"\sigma"))[-1] == "wrong"


UNIT = r"""The unit is $h = \sigma(u)$ with $u = \sum_j v_j x_j + c$ and its cost on the training data

$$E = -\frac{1}{n} \sum_x \left[ t \ln h + (1 - t) \ln(1 - h) \right]$$

"""


def test_gradients_with_the_sum_are_of_all_examples() -> None:
    claim = displayed(r"\frac{\partial E}{\partial v_j} = \frac{1}{n} \sum_x x_j (h - t)")
    assert verdicts(UNIT + claim)[-1] == "correct"
    assert verdicts(UNIT + claim.replace("h - t", "t - h"))[-1] == "wrong"
    assert verdicts(UNIT + claim.replace(r"\frac{1}{n}", ""))[-1] != "correct"


def test_a_sum_over_values_of_chance_stays() -> None:
    text = "Of a sample:\n\n" + displayed(r"\sum_x p(x) = 1", r"F = \sum_x p(x) f(x)")
    assert "wrong" not in verdicts(text)


def test_what_is_averaged_everywhere_holds_as_for_one_example() -> None:
    slope = r"\frac{\partial E}{\partial v_j} = -\frac{1}{n} \sum_x \left("
    slope += r"\frac{t}{\sigma(u)} - \frac{1 - t}{1 - \sigma(u)} \right) \sigma'(u) x_j"
    joined = r"\frac{\partial E}{\partial v_j} = \frac{1}{n} \sum_x"
    joined += r" \frac{\sigma'(u) x_j}{\sigma(u) (1 - \sigma(u))} (\sigma(u) - t)"
    assert verdicts(UNIT + displayed(slope, joined))[-2:] == ["correct", "correct"]
    turned = joined.replace(r"\sigma(u) - t", r"t - \sigma(u)")
    assert verdicts(UNIT + displayed(slope, turned))[-2:] == ["correct", "wrong"]
    lost = joined.replace(r"\frac{1}{n}", r"\frac{1}{2n}")
    assert verdicts(UNIT + displayed(slope, lost))[-1] == "wrong"
