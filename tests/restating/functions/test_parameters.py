"""`h(x)` where `h_θ(x)` is defined is that function; a letter with a definition of its own is not."""

from tests.checking.written import verdicts

MODEL = r"""
$$h_\theta(x) = \frac{1}{1 + e^{-\theta^T x}}$$
$$J = -\sum_{i=1}^m \left[ y^{(i)} \log h(x^{(i)}) + (1 - y^{(i)}) \log (1 - h(x^{(i)})) \right]$$
"""
RIGHT = r"$$\frac{\partial J}{\partial \theta_j} = \sum_{i=1}^m (h(x^{(i)}) - y^{(i)}) x_j^{(i)}$$"


def test_the_parameters_may_be_left_out() -> None:
    assert verdicts(MODEL + RIGHT) == ["correct", "correct", "correct"]


def test_a_wrong_line_is_wrong() -> None:
    assert verdicts(MODEL + RIGHT.replace("- y", "+ y")) == ["correct", "correct", "wrong"]


def test_a_letter_of_its_own_is_no_such_function() -> None:
    text = r"""
$$h_\theta(x) = \theta^T x, \qquad h = 3 t$$
$$\frac{\partial h}{\partial t} = 3$$
"""
    assert verdicts(text) == ["correct", "correct", "correct"]


SUMMED = r"""
$$h(x) = \sum_{i=0}^{d} \theta_i x_i = \theta^T x$$
$$J(\theta) = \frac12 \sum_{i=1}^{n} (h_\theta(x^{(i)}) - y^{(i)})^2$$
$$\frac{\partial J}{\partial \theta_j} = \sum_{i=1}^{n} (h_\theta(x^{(i)}) SIGN y^{(i)}) x_j^{(i)}$$
"""


def test_the_parameters_may_be_added_later() -> None:
    assert verdicts(SUMMED.replace("SIGN", "-")) == ["correct"] * 4
    assert verdicts(SUMMED.replace("SIGN", "+")) == ["correct"] * 3 + ["wrong"]


def test_what_stands_below_another_letter_is_no_parameter() -> None:
    text = r"""
$$h(x) = \theta^T x, \qquad L = h_W(x)^2$$
$$\frac{\partial L}{\partial \theta} = 2 h_W(x) x$$
"""
    assert verdicts(text)[-1] != "correct"
