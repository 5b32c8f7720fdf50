"""A gradient that a step makes zero accuses nobody who takes another slope for it."""

from tests.checking.written import verdicts

UNIT = r"""
Let $w, x \in \mathbb{R}^3$ and $t \in \mathbb{R}$.

$$z = w^\top x$$

$$s = \begin{cases} 1 & z > 0 \\ 0 & z \le 0 \end{cases}$$

$$L = \frac{1}{2} (s - t)^2$$

$$%s$$
"""


def last(line: str) -> str:
    return verdicts(UNIT % line)[-1]


def test_what_lies_behind_a_step_is_left_open() -> None:
    assert last(r"\frac{\partial L}{\partial w} = (s - t) x") == "undecided"
    assert last(r"\frac{\partial L}{\partial w} = 0") == "correct"


def test_what_lies_before_it_is_judged() -> None:
    assert last(r"\frac{\partial L}{\partial s} = s - t") == "correct"
    assert last(r"\frac{\partial L}{\partial s} = 2 (s - t)") == "wrong"
    assert last(r"\frac{\partial L}{\partial t} = s - t") == "wrong"
