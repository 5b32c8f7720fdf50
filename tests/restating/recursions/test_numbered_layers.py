"""A line for any layer holds for each of the layers that are written one by one."""

import pytest

from tests.checking.written import displayed, verdicts

FORWARD = displayed(
    r"z^{[1]} = W^{[1]} x, \quad a^{[1]} = \tanh(z^{[1]})",
    r"z^{[2]} = W^{[2]} a^{[1]}, \quad a^{[2]} = \sigma(z^{[2]})",
    r"J = \frac{1}{2} \|a^{[2]} - y\|^2",
    r"\delta^{[l]} = \frac{\partial J}{\partial z^{[l]}}",
)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (r"\delta^{[2]} = (a^{[2]} - y) \odot \sigma'(z^{[2]})", "correct"),
        (r"\delta^{[2]} = (y - a^{[2]}) \odot \sigma'(z^{[2]})", "wrong"),
        (r"\delta^{[1]} = (W^{[2]})^T \delta^{[2]} \odot \tanh'(z^{[1]})", "correct"),
        (r"\delta^{[1]} = (W^{[2]})^T \delta^{[2]} \odot \tanh'(z^{[2]})", "wrong"),
        (r"\frac{\partial J}{\partial W^{[l]}} = \delta^{[l]} (a^{[l-1]})^T", "correct"),
        (r"\frac{\partial J}{\partial W^{[l]}} = \delta^{[l]} (a^{[l]})^T", "wrong"),
    ],
)
def test_what_is_told_for_any_layer_is_told_of_the_numbered_ones(line: str, said: str) -> None:
    assert verdicts(FORWARD + displayed("a^{[0]} = x", line))[-1] == said


def test_a_letter_that_no_numbered_layer_fits_stays() -> None:
    line = r"\frac{\partial J}{\partial V^{[l]}} = \delta^{[l]} (a^{[l-1]})^T"
    assert verdicts(FORWARD + displayed(line))[-1] == "undecided"


def test_one_layer_may_have_another_activation() -> None:
    lines = displayed(r"a^{[l]} = \tanh(z^{[l]})", r"\frac{\partial J}{\partial a^{[2]}} = a^{[2]} - y")
    assert {"wrong", "slip", "follows"}.isdisjoint(verdicts(FORWARD + lines))
