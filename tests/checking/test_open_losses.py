"""A loss that only its derivatives name is not that of another part of the document."""

import pytest

from tests.checking.written import displayed, verdicts

ASIDE = "# A line\n\n" + displayed(
    r"z = k u + c", r"E = \sum_i (z_i - r_i)^2", r"\frac{\partial E}{\partial z_i} = 2 (z_i - r_i)"
)
LAYER = [
    r"Z = A U, \quad z_{ij} = \sum_k a_{ik} u_{kj}",
    r"\frac{\partial L}{\partial U} = A^T \frac{\partial L}{\partial Z}",
    r"\frac{\partial L}{\partial A} = \frac{\partial L}{\partial Z} U^T",
]
MAIN = "# A layer\n\n" + displayed(*LAYER)


@pytest.mark.parametrize("text", [ASIDE + "\n" + MAIN, MAIN + "\n" + ASIDE])
def test_another_loss_makes_nothing_wrong(text: str) -> None:
    assert not {"wrong", "follows"} & set(verdicts(text))


def test_the_part_is_judged_by_itself() -> None:
    assert verdicts(ASIDE + "\n" + MAIN)[-2:] == ["correct"] * 2
    slip = r"\frac{\partial L}{\partial A} = \frac{\partial L}{\partial Z} A^T"
    assert verdicts(ASIDE + "\n" + MAIN + displayed(slip))[-1] != "correct"
    slip = r"\frac{\partial L}{\partial U} = -A^T \frac{\partial L}{\partial Z}"
    assert verdicts(ASIDE + "\n" + MAIN + displayed(slip))[-1] == "wrong"


def test_a_loss_told_before_still_is_the_loss() -> None:
    text = "# Model\n\n" + displayed(r"p = v x + c", r"E = (p - t)^2") + "\n# Gradients\n\n"
    text += displayed(r"q = p - t", r"\frac{\partial E}{\partial v} = 2 q x")
    assert verdicts(text)[-1] == "correct"
    assert verdicts(text.replace("2 q x", "2 q"))[-1] == "wrong"
