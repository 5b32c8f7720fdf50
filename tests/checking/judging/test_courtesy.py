"""A transpose that is forgotten where the author writes the others is wrong; elsewhere it is supplied."""

from __future__ import annotations

from tests.checking.written import displayed, verdicts

FORWARD = [
    r"z_1 = W_1 x + b_1, \qquad h = \sigma(z_1), \qquad z_2 = W_2 h + b_2",
    r"L = \frac{1}{2} \|z_2 - y\|^2",
    r"\frac{\partial L}{\partial z_2} = z_2 - y",
]
OUTER = r"\frac{\partial L}{\partial W_2} = \frac{\partial L}{\partial z_2} h^\top"
BACK = r"\frac{\partial L}{\partial z_1} = W_2^\top \frac{\partial L}{\partial z_2} \odot h \odot (1 - h)"
INNER = r"\frac{\partial L}{\partial W_1} = \frac{\partial L}{\partial z_1} "


def last(*lines: str) -> str:
    return verdicts(displayed(*FORWARD, *lines))[-1]


def test_a_transpose_is_forgotten_where_the_others_are_written() -> None:
    assert last(OUTER, BACK, INNER + r"x^\top") == "correct"
    assert last(OUTER, BACK, INNER + "x") == "wrong"


def test_what_goes_on_from_it_follows() -> None:
    on = r" x = (W_2^\top (z_2 - y) \odot h \odot (1 - h)) x"
    assert verdicts(displayed(*FORWARD, OUTER, BACK, INNER + on))[-2:] == ["wrong", "follows"]


def test_an_outer_product_by_its_sign_lacks_no_transpose() -> None:
    assert last(OUTER, BACK, INNER + r"\otimes x") not in ("wrong", "follows")


def test_an_author_who_leaves_several_out_is_not_accused() -> None:
    weights = r"W_1 \in \mathbb{R}^{k \times n}, W_2 \in \mathbb{R}^{m \times k}"
    given = rf"x \in \mathbb{{R}}^n, {weights}, y \in \mathbb{{R}}^m"
    outer = OUTER.replace(r"^\top", "")
    found = verdicts(displayed(given, *FORWARD, outer, BACK, INNER + "x"))
    assert [found[-3], found[-1]] == ["charitable", "charitable"]


def test_no_other_gradient_says_whether_transposes_are_written() -> None:
    one = [r"z = W x + b", r"L = \frac{1}{2} \|z - y\|^2", r"\frac{\partial L}{\partial z} = z - y"]
    found = verdicts(displayed(*one, r"\frac{\partial L}{\partial W} = (z - y) x"))
    assert found[-1] not in ("wrong", "follows")
