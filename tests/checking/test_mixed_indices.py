"""Entries at several indices together: convolutions forward and back."""

from pathlib import Path

import pytest

from gradcheck.expr.meaning.mixed import terms
from gradcheck.expr.written.names import is_mixed
from tests.checking.written import displayed, verdicts

NETWORKS = Path(__file__).parents[2] / "derivations/networks"


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        ("i+k-1", ({"i": 1, "k": 1}, -1)),
        ("j-k", ({"j": 1, "k": -1}, 0)),
        ("2i+k", ({"i": 2, "k": 1}, 0)),
        ("2i-1", ({"i": 2}, -1)),
    ],
)
def test_a_subscript_counts_letters(mark: str, told: tuple[dict[str, int], int]) -> None:
    assert is_mixed(mark)
    assert terms(mark) == told


@pytest.mark.parametrize("mark", ["i", "t-1", "12", "ik", "i+1", "n_1+k"])
def test_others_do_not(mark: str) -> None:
    assert not is_mixed(mark)


PLANTED = [
    ("by-entries.md", r"\epsilon_i s_{i+k-1}$$", r"\epsilon_i s_{i-k+1}$$"),
    ("by-entries.md", r"\epsilon_i s_{i+k-1}$$", r"\epsilon_i s_{i+k}$$"),
    ("by-entries.md", r"\epsilon_{j-k+1} f_k", r"\epsilon_{j+k-1} f_k"),
    ("by-entries.md", r"\epsilon_{j-k+1} f_k", r"\epsilon_{j-k} f_k"),
    ("in-the-plane.tex", r"D_{ij} X_{i+a, j+b}", r"D_{ij} X_{i+b, j+a}"),
    ("in-the-plane.tex", r"D_{ij} X_{i+a, j+b}", r"A_{ij} X_{i+a, j+b}"),
    ("in-the-plane.tex", r"D_{p-a, q-b} K_{ab}", r"D_{p+a, q+b} K_{ab}"),
    ("in-the-plane.tex", r"D_{p-a, q-b} K_{ab}", r"D_{p-a, q-b} K_{ba}"),
    (
        "strided.md",
        r"\frac{\partial o_t}{\partial k_j} = v_{2t+j}",
        r"\frac{\partial o_t}{\partial k_j} = v_{t+j}",
    ),
    ("strided.md", r"\sum_j g_{s+j} k_j", r"\sum_j g_{s-j} k_j"),
]


@pytest.mark.parametrize(("path", "right", "wrong"), PLANTED)
def test_a_planted_error_is_found(path: str, right: str, wrong: str) -> None:
    text = (NETWORKS / f"convolution-{path}").read_text()
    assert right in text
    found = verdicts(text.replace(right, wrong))
    assert found.count("wrong") == 1


@pytest.mark.parametrize("wrong", [r"\epsilon_i s_i$$", r"\epsilon_i s_k$$"])
def test_an_entry_of_another_size_is_not_right(wrong: str) -> None:
    text = (NETWORKS / "convolution-by-entries.md").read_text()
    found = verdicts(text.replace(r"\epsilon_i s_{i+k-1}$$", wrong))
    assert sum(verdict in ("wrong", "undecided") for verdict in found) == 1


def test_a_letter_that_runs_over_nothing_known_is_asked_about() -> None:
    lines = [
        r"y_i = \sum_k w_k x_{i+k}",
        r"L = \sum_i y_i^2",
        r"\frac{\partial L}{\partial w_k} = 2 \sum_i y_i x_{i+n}",
    ]
    assert verdicts(displayed(*lines))[-1] == "undecided"
