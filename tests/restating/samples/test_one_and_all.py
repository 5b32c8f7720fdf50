"""A forward pass that is told for one example in small letters, and for all of them in capitals."""

import pytest

from gradcheck.reading.document import read
from gradcheck.restating.samples.one_and_all import with_examples_marked
from gradcheck.source import Source
from tests.checking.written import displayed, verdicts

ONE = [
    r"z^{[1]} = V^{[1]} x + c^{[1]}",
    r"a^{[1]} = \tanh(z^{[1]})",
    r"z^{[2]} = V^{[2]} a^{[1]} + c^{[2]}",
    r"a^{[2]} = \sigma(z^{[2]})",
    r"J = -\frac{1}{m} \sum_{k=1}^m (y^{(k)} \log a^{[2](k)} + (1 - y^{(k)}) \log(1 - a^{[2](k)}))",
]
BACK = [r"dz^{[2]} = a^{[2]} - y", r"dV^{[2]} = dz^{[2]} a^{[1]T}", r"dc^{[2]} = dz^{[2]}"]
ALL = [
    r"Z^{[1]} = V^{[1]} X + c^{[1]}",
    r"A^{[1]} = \tanh(Z^{[1]})",
    r"Z^{[2]} = V^{[2]} A^{[1]} + c^{[2]}",
    r"A^{[2]} = \sigma(Z^{[2]})",
    r"dZ^{[2]} = A^{[2]} - Y",
    r"dV^{[2]} = \frac{1}{m} dZ^{[2]} A^{[1]T}",
    r"dc^{[2]} = \frac{1}{m} np.sum(dZ^{[2]}, axis=1, keepdims=True)",
]


def test_both_are_one_network() -> None:
    found = verdicts(displayed(*ONE, *BACK, *ALL))
    assert found == [*["correct"] * 5, *["convention"] * 3, *["correct"] * 4, *["convention"] * 3]


@pytest.mark.parametrize(
    ("right", "slip"),
    [
        (BACK[0], r"dz^{[2]} = y - a^{[2]}"),
        (ALL[4], r"dZ^{[2]} = A^{[2]} + Y"),
        (ALL[5], r"dV^{[2]} = \frac{2}{m} dZ^{[2]} A^{[1]T}"),
    ],
)
def test_and_slips_are_found_in_both(right: str, slip: str) -> None:
    lines = [slip if line == right else line for line in [*ONE, *BACK, *ALL]]
    assert verdicts(displayed(*lines))[lines.index(slip)] == "wrong"


def test_the_loss_of_one_example_by_its_letters_is_that_of_each() -> None:
    lines = [
        r"z = w^T x + b",
        r"a = \sigma(z)",
        r"\ell(a, y) = -(y \log a + (1 - y) \log(1 - a))",
        r"J = \frac{1}{m} \sum_{i=1}^m \ell(a^{(i)}, y^{(i)})",
        r"Z = w^T X + b",
        r"A = \sigma(Z)",
        r"dZ = A - Y",
        r"dw = \frac{1}{m} X dZ^T",
    ]
    assert verdicts(displayed(*lines)) == [*["correct"] * 6, "convention", "convention"]
    assert verdicts(displayed(*lines[:-1], r"dw = \frac{1}{m} dZ X^T"))[-1] != "convention"


def test_a_product_of_capitals_of_which_one_is_a_differential_is_no_word() -> None:
    lines = [r"Z = W X", r"J = \frac12 \sum_{ij} Z_{ij}^2", r"dZ = Z", r"dW = dZX^T"]
    assert verdicts(displayed(*lines)) == ["correct"] * 4
    assert verdicts(displayed(*lines[:-1], r"dW = XdZ^T"))[-1] == "wrong"


@pytest.mark.parametrize(
    ("last", "told"),
    [("Z = V X + c", True), ("Z = V X - c", False), (r"\bar Z = V X + c", False), ("Z = V Y + c", False)],
)
def test_only_what_is_alike_but_for_its_capitals_is_told_twice(last: str, told: bool) -> None:
    lines = ["z = V x + c", r"J = \frac12 \sum_i (z^{(i)} - t^{(i)})^2", "Q = Z", last]
    body = read(Source("notes.md", displayed(*lines))).body
    assert (with_examples_marked(body) is not body) == told


OF_ONE = [
    r"s = u^T x + c",
    r"p = \sigma(s)",
    r"\ell = -(y \log p + (1 - y) \log(1 - p))",
    r"\frac{\partial \ell}{\partial u} = (p - y) x",
]
SUMMED = [r"L = \frac{1}{n} \sum_{i=1}^n \ell_i", r"\nabla_u L = \frac{1}{n} \sum_{i=1}^n (p_i - y_i) x_i"]
SHAPES = [r"x, u \in \mathbb{R}^d", r"c \in \mathbb{R}"]


@pytest.mark.parametrize("above", [False, True])
@pytest.mark.parametrize("told", [[], SHAPES])
def test_a_loss_told_for_one_is_added_up_over_all(above: bool, told: list[str]) -> None:
    marked = [line.replace("_i", "^{(i)}") if above else line for line in SUMMED]
    found = verdicts(displayed(*told, *OF_ONE, *marked))
    assert found == ["correct"] * (len(told) + len(OF_ONE) + len(SUMMED))


@pytest.mark.parametrize("slip", [r"(y_i - p_i) x_i", r"2 (p_i - y_i) x_i", r"(p_i + y_i) x_i"])
@pytest.mark.parametrize("told", [[], SHAPES])
def test_a_slip_in_what_is_added_up_is_found_beside_what_is_right(told: list[str], slip: str) -> None:
    wrong = SUMMED[1].replace("(p_i - y_i) x_i", slip)
    offset = r"\frac{\partial L}{\partial c} = \frac{1}{n} \sum_{i=1}^n (p_i - y_i)"
    found = verdicts(displayed(*told, *OF_ONE, SUMMED[0], SUMMED[1], wrong, offset))
    assert found[-3:] == ["correct", "wrong", "correct"]


def test_an_index_of_entries_stays_below() -> None:
    body = read(
        Source("a.md", displayed(*OF_ONE, SUMMED[0], r"\frac{\partial \ell}{\partial u_i} = (p - y) x_i"))
    ).body
    assert with_examples_marked(body) is body
