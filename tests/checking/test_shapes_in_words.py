r"""Shapes that running text tells, "$V$ of shape $N \times D$", and sizes that it gives as numbers."""

import pytest

from tests.checking.written import displayed, verdicts

LAYER = (
    "An input $V$ of shape $N \\times D$ meets a $D \\times M$ matrix $C$, and $S = V C$."
    " Let $N = 2$ and $M = 3$.\n\n"
)
RIGHT = (
    r"\frac{\partial L}{\partial v_{1,1}} = \frac{\partial L}{\partial s_{1,1}} c_{1,1}"
    r" + \frac{\partial L}{\partial s_{1,2}} c_{1,2} + \frac{\partial L}{\partial s_{1,3}} c_{1,3}"
)


@pytest.mark.parametrize(
    ("line", "verdict"),
    [(RIGHT, "correct"), (RIGHT.replace("c_{1,2}", "c_{2,2}"), "wrong"), (RIGHT.replace("+", "-"), "wrong")],
)
def test_a_sum_ends_at_the_last_entry_that_the_sizes_leave(line: str, verdict: str) -> None:
    assert verdicts(LAYER + displayed(line))[-1] == verdict


def test_a_size_without_a_number_leaves_more_entries() -> None:
    assert verdicts(LAYER.replace(" and $M = 3$", "") + displayed(RIGHT))[-1] != "correct"


@pytest.mark.parametrize("told", ["of size $n \\times k$", "($n \\times k$)", "is an $n \\times k$ matrix"])
def test_what_the_words_tell_makes_more_of_it_right(told: str) -> None:
    text = f"The table $Q$ {told}.\n\n" + displayed(
        r"E = \sum_{i=1}^n \sum_{j=1}^k Q^2_{ij} \cdot \frac{1}{n k}"
    )
    right = r"\frac{\partial E}{\partial Q} = \frac{2}{n k} Q"
    assert verdicts(text + displayed(right))[-1] == "correct"
    assert verdicts(text + displayed(right.replace("n k", "n")))[-1] == "wrong"
