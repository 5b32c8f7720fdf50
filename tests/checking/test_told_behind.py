"""Conditions in words behind what they hold for, and conditions for what comes next."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source

MAP = "The layer is $u_i = \\sum_j M_{ij} v_j + c_i$ with $v \\in \\mathbb{R}^n$.\n\n"
ZERO = r"\partial u_k / \partial M_{ij} = 0"
ENTRY = r"\partial u_k / \partial M_{ij} = v_j"


def derivatives(text: str) -> list[str]:
    """The verdicts of the derivatives of a text, in order."""
    document = read(Source("behind.md", MAP + text + "\n"))
    judged = check(document, pose(document, None)).judgements()
    return [str(j.verdict) for _, j in judged if j.claim.role.value == "local-derivative"]


@pytest.mark.parametrize(
    "text",
    [
        f"Then ${ZERO}$ for $k \\neq i$.",
        f"Then ${ZERO}$ if $k \\ne i$, and the rest is easy.",
        f"Then ${ZERO}$ (whenever $k \\not= i$).",
        f"$${ZERO}$$\n\nfor all $k \\neq i$.",
        f"Es ist ${ZERO}$ für $k \\neq i$.",
        f"Then ${ENTRY}$ for $k = i$.",
    ],
)
def test_a_condition_behind_belongs_to_the_formula_before_it(text: str) -> None:
    assert derivatives(text) == ["correct"]


@pytest.mark.parametrize(
    "text",
    [
        f"Then ${ZERO}$ for $k = i$.",
        f"Then ${ENTRY}$ if $k \\neq i$.",
        f"$${ENTRY}$$\n\nfor all $k \\neq i$.",
    ],
)
def test_what_does_not_hold_under_its_condition_is_wrong(text: str) -> None:
    assert derivatives(text) == ["wrong"]


def test_a_condition_before_a_colon_is_for_what_follows() -> None:
    assert derivatives(f"$${ENTRY}$$\n\nfor $k \\neq i$:\n\n$${ZERO}$$") == ["wrong", "correct"]


def test_a_condition_of_the_next_sentence_is_for_what_follows() -> None:
    text = f"First ${ENTRY}$. If $k \\neq i$, then ${ZERO}$."
    assert derivatives(text) == ["wrong", "correct"]


def test_an_earlier_formula_of_the_sentence_may_be_meant_too() -> None:
    text = f"Clearly ${ZERO}$ and $\\partial u_k / \\partial c_i = 0$ for $k \\neq i$."
    assert derivatives(text) == ["undecided", "correct"]
