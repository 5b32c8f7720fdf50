"""What is derived of two of one kind, `p_{ij}`, is told of two different ones."""

import pytest

from tests.checking.written import displayed, verdicts

CHANCE = r"p_{ij} = \frac{1}{1 + e^{-(u_i - u_j)}}"
LOSS = r"\ell = -y \log p_{ij} - (1 - y) \log(1 - p_{ij})"


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (
            r"\frac{\partial p_{ij}}{\partial u_i} = p_{ij} (1 - p_{ij})",
            r"\frac{\partial p_{ij}}{\partial u_i} = p_{ij}",
        ),
        (
            r"\frac{\partial p_{ij}}{\partial u_j} = -p_{ij} (1 - p_{ij})",
            r"\frac{\partial p_{ij}}{\partial u_j} = p_{ij} (1 - p_{ij})",
        ),
    ],
)
def test_a_chance_is_one_of_two_players(right: str, wrong: str) -> None:
    assert verdicts(displayed(CHANCE, right)) == ["correct"] * 2
    assert verdicts(displayed(CHANCE, wrong))[-1] == "wrong"


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (
            r"\frac{\partial \ell}{\partial u_i} = p_{ij} - y",
            r"\frac{\partial \ell}{\partial u_i} = y - p_{ij}",
        ),
        (
            r"\frac{\partial \ell}{\partial u_j} = y - p_{ij}",
            r"\frac{\partial \ell}{\partial u_j} = p_{ij} - y",
        ),
    ],
)
def test_a_game_is_one_of_two_players(right: str, wrong: str) -> None:
    assert verdicts(displayed(CHANCE, LOSS, right)) == ["correct"] * 3
    assert verdicts(displayed(CHANCE, LOSS, wrong))[-1] == "wrong"


def test_the_entries_of_one_kind_may_be_the_same() -> None:
    shares = r"q_i = \frac{e^{z_i}}{\sum_k e^{z_k}}"
    assert verdicts(displayed(shares, r"\frac{\partial q_i}{\partial z_j} = -q_i q_j"))[-1] == "wrong"
