"""Solutions are put into the gradient that they are said to make zero, and so are the lines on the way."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source
from tests.checking.written import displayed

SEEDS = (0, 3, 11)

RIDGE = (
    r"F(u) = \|B u - c\|^2 + \kappa \|u\|^2",
    r"\nabla_u F = 2 B^\top (B u - c) + 2 \kappa u = 0",
    r"(B^\top B + \kappa I) u = B^\top c",
    r"u = (B^\top B + \kappa I)^{-1} B^\top c",
)
LINE = (
    r"E(p, q) = \sum_{i=1}^n (r_i - p s_i - q)^2",
    r"\frac{\partial E}{\partial q} = -2 \sum_{i=1}^n (r_i - p s_i - q) = 0",
    r"q = \bar r - p \bar s, \quad \bar r = \frac1n \sum_i r_i, \quad \bar s = \frac1n \sum_i s_i",
    r"\frac{\partial E}{\partial p} = -2 \sum_{i=1}^n s_i (r_i - p s_i - q) = 0",
    r"p = \frac{\sum_{i=1}^n (s_i - \bar s)(r_i - \bar r)}{\sum_{i=1}^n (s_i - \bar s)^2}",
)
BELL = (
    r"\ell(\mu, \tau) = -\frac{n}{2} \log(2\pi\tau^2) - \frac{1}{2\tau^2} \sum_{i=1}^n (v_i - \mu)^2",
    r"\frac{\partial \ell}{\partial \mu} = \frac{1}{\tau^2} \sum_{i=1}^n (v_i - \mu) = 0",
    r"\hat\mu = \frac{1}{n} \sum_{i=1}^n v_i",
    r"\frac{\partial \ell}{\partial \tau} = -\frac{n}{\tau} + \frac{1}{\tau^3} \sum_i (v_i - \mu)^2 = 0",
    r"\hat\tau^2 = \frac{1}{n} \sum_{i=1}^n (v_i - \hat\mu)^2",
)
CENTRES = (
    r"D = \sum_{n=1}^N \sum_{k=1}^K a_{nk} \|\vec z_n - \vec c_k\|^2",
    r"\frac{\partial D}{\partial \vec c_k} = -2 \sum_{n=1}^N a_{nk} (\vec z_n - \vec c_k) = \vec 0",
    r"\sum_{n=1}^N a_{nk} \vec z_n = \vec c_k \sum_{n=1}^N a_{nk}",
    r"\vec c_k = \frac{\sum_{n=1}^N a_{nk} \vec z_n}{\sum_{n=1}^N a_{nk}}",
)
COUNTS = (
    r"L(\theta) = \sum_{i=1}^n (g_i \log \theta - \theta)",
    r"\frac{dL}{d\theta} = \frac{1}{\theta} \sum_{i=1}^n g_i - n = 0",
    r"\theta^* = \frac{1}{n} \sum_{i=1}^n g_i",
)
ALL = (RIDGE, LINE, BELL, CENTRES, COUNTS)


def last(lines: tuple[str, ...], seed: int = 0) -> list[str]:
    """The verdict of the last link of each equation."""
    document = read(Source("notes.md", displayed(*lines)))
    found = check(document, pose(document, None), seed).judgements()
    told = {judgement.claim.equation.number: str(judgement.verdict) for _, judgement in found}
    return list(told.values())


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("lines", ALL)
def test_what_makes_the_gradient_zero_is_right(lines: tuple[str, ...], seed: int) -> None:
    assert set(last(lines, seed)) == {"correct"}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("lines", "place", "old", "new"),
    [
        (RIDGE, 3, r"\kappa I", r"2 \kappa I"),
        (RIDGE, 3, r"B^\top c", r"2 B^\top c"),
        (RIDGE, 3, r"(B^\top B +", r"(B^\top B -"),
        (RIDGE, 2, r"= B^\top c", r"= -B^\top c"),
        (LINE, 2, r"\bar r - p", r"\bar r + p"),
        (LINE, 4, r"(r_i - \bar r)}", r"(r_i - s_i)}"),
        (BELL, 2, r"\frac{1}{n}", r"\frac{2}{n}"),
        (BELL, 4, r"\frac{1}{n}", r"\frac{1}{n-1}"),
        (CENTRES, 3, r"\vec c_k = ", r"\vec c_k = 2 "),
        (CENTRES, 2, r"= \vec c_k", r"= -\vec c_k"),
        (COUNTS, 2, r"\frac{1}{n}", r"n"),
    ],
)
def test_what_does_not_is_wrong(lines: tuple[str, ...], place: int, old: str, new: str, seed: int) -> None:
    assert old in lines[place]
    slipped = (*lines[:place], lines[place].replace(old, new), *lines[place + 1 :])
    document = read(Source("notes.md", displayed(*slipped)))
    judgements = [j for _, j in check(document, pose(document, None), seed).judgements()]
    assert "wrong" in {str(j.verdict) for j in judgements}
    assert all(
        slipped[place].startswith(document.source.text[j.claim.equation.span.start :][:4])
        for j in judgements
        if str(j.verdict) == "wrong"
    )


def test_the_solution_of_a_wrong_gradient_follows_from_it() -> None:
    wrong = (
        RIDGE[0],
        r"\nabla_u F = 2 B^\top (B u - c) + \kappa u = 0",
        r"u = (B^\top B + \frac{\kappa}{2} I)^{-1} B^\top c",
    )
    shapes = r"B \in \mathbb{R}^{n \times p}", r"c \in \mathbb{R}^n", r"u \in \mathbb{R}^p"
    assert last((*shapes, *wrong))[-2:] == ["undecided", "follows"]


ZERO_FIRST = (
    r"F(u) = \|B u - c\|^2",
    r"0 = \nabla_u F = 2 B^\top (B u - c)",
    r"B^\top B u = B^\top c",
    r"u = (B^\top B)^{-1} B^\top c",
)


def test_a_chain_that_begins_with_the_zero_is_judged_behind_it() -> None:
    assert set(last(ZERO_FIRST)) == {"correct"}


@pytest.mark.parametrize(
    ("place", "old", "new"),
    [(1, "= 2 B", "= 3 B"), (2, r"= B^\top c", r"= 2 B^\top c"), (3, r"^{-1} B^\top", r"^{-1} 2 B^\top")],
)
def test_a_slip_in_it_is_wrong(place: int, old: str, new: str) -> None:
    shapes = r"B \in \mathbb{R}^{n \times p}", r"c \in \mathbb{R}^n", r"u \in \mathbb{R}^p"
    lines = tuple(line.replace(old, new) if k == place else line for k, line in enumerate(ZERO_FIRST))
    assert [verdict == "wrong" for verdict in last((*shapes, *lines))[3:]] == [k == place for k in range(4)]


def test_a_sum_reaches_over_the_terms_that_carry_its_index() -> None:
    inside = CENTRES[2].replace(r"= \vec c_k \sum_{n=1}^N a_{nk}", r"- a_{nk} \vec c_k = \vec 0")
    assert last((*CENTRES[:2], inside, CENTRES[3]))[2:] == ["charitable", "correct"]


def test_a_gradient_above_its_solution_is_asked_for_everywhere() -> None:
    assert last((LINE[0], LINE[1].replace("-2", "-3").replace("= 0", ""), LINE[2]))[1] == "wrong"


def test_a_letter_that_is_not_solved_for_leaves_the_other_open() -> None:
    through = r"p = \frac{\sum_{i=1}^n s_i r_i}{\sum_{i=1}^n s_i^2}"  # right only where q is zero
    assert last((LINE[0], LINE[1].replace(" = 0", ""), LINE[3], through))[-1] == "correct"
