"""Names that parts of a forward pass get beside it: what is derived by them is held against the whole."""

import pytest

from tests.checking.written import displayed, verdicts

UNIT = [
    r"f = \tanh(W x + b)",
    r"L = \frac{1}{2} \|f - y\|^2",
    r"z = W x + b",
    r"\frac{\partial L}{\partial z} = (f - y) \odot (1 - f \odot f)",
    r"\frac{\partial L}{\partial W} = \frac{\partial L}{\partial z} x^T",
]
LINE = [r"L = \frac{1}{2} (t - v x - c)^2", r"q = v x + c", r"\frac{\partial L}{\partial q} = q - t"]
CHANCE = [r"p = \frac{1}{1 + e^{-w^T x}}", r"u = w^T x", r"\frac{\partial p}{\partial u} = p (1 - p)"]
GATE = [
    r"r = \sigma(W_r h + b_r)",
    r"s = r \odot k",
    r"\frac{\partial E}{\partial r} = \frac{\partial E}{\partial s} \odot k",
    r"g_r = W_r h + b_r",
    r"\frac{\partial E}{\partial g_r} = \frac{\partial E}{\partial r} \odot r \odot (1 - r)",
    r"\frac{\partial E}{\partial W_r} = \frac{\partial E}{\partial g_r} h^T",
]


@pytest.mark.parametrize("lines", [UNIT, LINE, CHANCE, GATE])
def test_what_is_derived_by_a_part_is_right(lines: list[str]) -> None:
    assert set(verdicts(displayed(*lines))) == {"correct"}


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        (UNIT, r"\frac{\partial L}{\partial z} = (f - y) \odot (1 - f)"),
        (LINE, r"\frac{\partial L}{\partial q} = t - q"),
        (CHANCE, r"\frac{\partial p}{\partial u} = p (1 + p)"),
        (GATE, r"\frac{\partial E}{\partial g_r} = \frac{\partial E}{\partial r} \odot (1 - r)"),
    ],
)
def test_and_its_errors_are_found(lines: list[str], wrong: str) -> None:
    assert verdicts(displayed(*lines, wrong))[-1] == "wrong"


def test_other_terms_are_no_part() -> None:
    lines = [r"L = (a x - b)^2", r"s = a x + b", r"\frac{\partial L}{\partial s} = 2 s"]
    assert "correct" not in verdicts(displayed(*lines))[2:]


LAYERS = [
    r"h = \sigma(W_1 x + b_1)",
    r"p = \sigma(W_2 h + b_2)",
    r"L = -y \log p - (1 - y) \log(1 - p)",
]
SUMS = [
    r"\frac{\partial L}{\partial z_2} = p - y",
    r"\frac{\partial L}{\partial h} = W_2^T \frac{\partial L}{\partial z_2}",
    r"\frac{\partial L}{\partial z_1} = \frac{\partial L}{\partial h} \odot \sigma'(z_1)",
    r"\frac{\partial L}{\partial W_1} = \frac{\partial L}{\partial z_1} x^T",
]


def test_what_only_derivatives_know_is_the_sum_of_its_layer() -> None:
    assert set(verdicts(displayed(*LAYERS, *SUMS))[3:]) <= {"correct", "charitable"}
    for line, right, wrong in ((0, "p - y", "y - p"), (1, "W_2^T", "W_1^T"), (2, "'(z_1)", "'(z_2)")):
        lines = [each.replace(right, wrong) if i == line else each for i, each in enumerate(SUMS)]
        assert verdicts(displayed(*LAYERS, *lines))[3 + line] in ("wrong", "undecided")
    assert verdicts(displayed(*LAYERS, SUMS[0].replace("p - y", "y - p"), *SUMS[1:]))[3] == "wrong"


def test_a_sum_with_a_formula_of_its_own_keeps_it() -> None:
    lines = [*LAYERS, r"z_2 = 2 W_2 h", r"\frac{\partial z_2}{\partial h} = 2 W_2"]
    assert verdicts(displayed(*lines))[-1] in ("correct", "charitable")
    assert verdicts(displayed(*lines[:-1], r"\frac{\partial z_2}{\partial h} = W_2"))[-1] != "correct"


def test_factors_side_by_side_get_their_name() -> None:
    text = r"$V \in \mathbb{R}^{c \times b}$, $K \in \mathbb{R}^{b \times a}$, $x \in \mathbb{R}^a$" + "\n\n"
    given = displayed(r"y = V K x", r"m = K x", r"L = \|y\|^2")
    right = (
        r"\frac{\partial y}{\partial x} = \frac{\partial y}{\partial m} \frac{\partial m}{\partial x} = V K"
    )
    assert verdicts(text + given + displayed(right))[-2:] == ["correct", "correct"]
    assert verdicts(text + given + displayed(right.replace("= V K", "= V")))[-1] != "correct"
    assert verdicts(text + given + displayed(r"\frac{\partial L}{\partial m} = 2 V^T y"))[-1] == "correct"
    assert verdicts(text + given + displayed(r"\frac{\partial L}{\partial m} = V^T y"))[-1] == "wrong"
