"""Numbers above letters count layers in the parts that go on with a network."""

from __future__ import annotations

from tests.checking.written import displayed, verdicts

NEURON = displayed(r"s = v r + c", r"h = \sigma(s)", r"\frac{\partial h}{\partial c} = h (1 - h)")
NETWORK = displayed(
    r"s^1 = v^1 r + c^1", r"h^1 = \tanh(s^1)", r"s^2 = v^2 h^1 + c^2", r"E = \frac{1}{2} (s^2 - g)^2"
)
OUTPUT = r"""
## Output

$$\frac{\partial E}{\partial c^2} = s^2 - g$$
$$\frac{\partial E}{\partial v^2} = (s^2 - g) %s$$
"""


def document(factor):
    return f"## One neuron\n\n{NEURON}\n## A network\n\n{NETWORK}{OUTPUT % factor}"


def test_the_letters_are_squared_nowhere():
    assert set(verdicts(document("h^1"))) == {"correct"}


def test_another_factor_is_found():
    assert verdicts(document("r"))[-1] == "wrong"


def test_one_letter_alone_is_squared():
    decay = displayed(r"R = E + v^2", r"\frac{\partial R}{\partial v} = \frac{\partial E}{\partial v} + 2 v")
    assert verdicts(f"{document('h^1')}\n## Decay\n\n{decay}")[-1] != "wrong"
