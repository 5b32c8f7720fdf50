"""Vectors of features that are normalised entry by entry, and entries that are declared as numbers."""

from __future__ import annotations

import pytest

from tests.checking.written import displayed, verdicts

FORWARD = [
    r"\nu = \frac{1}{M}\sum_{i=1}^M u_i",
    r"q = \frac{1}{M}\sum_{i=1}^M (u_i - \nu)^2",
    r"\tau = \sqrt{q + \epsilon}",
    r"\hat{u}_i = \frac{u_i - \nu}{\tau}",
    r"s_i = \alpha \odot \hat{u}_i + \eta",
]
BACK = (
    r"\frac{\partial L}{\partial u_i} = \frac{1}{M\tau}\left[M \frac{\partial L}{\partial \hat{u}_i} - "
    r"\sum_{j=1}^M \frac{\partial L}{\partial \hat{u}_j} - \hat{u}_i \sum_{j=1}^M "
    r"\frac{\partial L}{\partial \hat{u}_j} \odot \hat{u}_j\right]"
)
LINES = [
    (
        r"\frac{\partial L}{\partial \alpha} = \sum_{i=1}^M \frac{\partial L}{\partial s_i} \odot \hat{u}_i",
        (r"\hat{u}_i", "u_i"),
    ),
    (r"\frac{\partial \hat{u}_j}{\partial \nu} = -\frac{1}{\tau}", ("-", "")),
    (r"\frac{\partial q}{\partial u_i} = \frac{2}{M}(u_i - \nu)", ("2", "1")),
    (r"\frac{\partial \tau}{\partial u_i} = \frac{\hat{u}_i}{M}", ("M}", r"M\tau}")),
    (
        BACK,
        (r"\left[M \frac", r"\left[\frac"),
    ),
]


@pytest.mark.parametrize("space", [r"\mathbb{R}^D", r"\mathbb{R}"])
@pytest.mark.parametrize(("line", "slip"), LINES)
def test_entries_are_derived_one_by_one(space, line, slip):
    text = displayed(rf"u_i \in {space}", *FORWARD, *(right for right, _ in LINES))
    assert set(verdicts(text)) <= {"correct", "charitable"}
    left, _, right = line.partition(" = ")
    wrong = f"{left} = {right.replace(*slip)}"
    assert wrong != line
    assert (
        verdicts(displayed(rf"u_i \in {space}", *FORWARD, wrong, *(each for each, _ in LINES)))[6] == "wrong"
    )


def test_what_multiplies_like_a_vector_stays_one():
    text = displayed(
        r"u_i \in \mathbb{R}^D",
        r"A \in \mathbb{R}^{K \times D}",
        r"z_i = A u_i",
        r"L = \frac{1}{2} \sum_{i=1}^M \|z_i - t_i\|^2",
        r"\frac{\partial L}{\partial A} = \sum_{i=1}^M (z_i - t_i) u_i^\top",
        r"\frac{\partial L}{\partial A} = \sum_{i=1}^M (z_i + t_i) u_i^\top",
    )
    assert verdicts(text)[-2] == "correct"
    assert verdicts(text)[-1] == "wrong"
