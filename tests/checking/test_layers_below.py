r"""Layers told of the last one alone: the layer below is made like it, where lines go back through it."""

from __future__ import annotations

import pytest

from gradcheck.reading.document import read
from gradcheck.restating.recursions.layers_below import with_layers_below
from gradcheck.source import Source
from tests.checking.written import displayed, verdicts

NUMBERS = (
    r"z^{(L)} = w^{(L)} a^{(L-1)} + b^{(L)}",
    r"a^{(L)} = \sigma(z^{(L)})",
    r"C = (a^{(L)} - y)^2",
    r"\frac{\partial C}{\partial a^{(L-1)}} = 2 (a^{(L)} - y) \sigma'(z^{(L)}) w^{(L)}",
    r"\frac{\partial C}{\partial w^{(L-1)}} = \frac{\partial C}{\partial a^{(L-1)}} a^{(L-2)} s",
    r"s = \sigma'(z^{(L-1)})",
    r"\frac{\partial C}{\partial b^{(L-1)}} = \frac{\partial C}{\partial a^{(L-1)}} \sigma'(z^{(L-1)})",
)
SUMS = (
    r"z_j^L = \sum_k w_{jk}^L a_k^{L-1} + b_j^L",
    r"a_j^L = g(z_j^L)",
    r"E = \frac12 \sum_j (a_j^L - y_j)^2",
    r"\delta_j^L = (a_j^L - y_j) g'(z_j^L)",
    r"\frac{\partial E}{\partial z_k^{L-1}} = g'(z_k^{L-1}) \sum_j w_{jk}^L \delta_j^L",
)


@pytest.mark.parametrize("lines", [NUMBERS, SUMS])
def test_the_layer_below_is_made_like_the_last(lines):
    assert set(verdicts(displayed(*lines))) == {"correct"}


@pytest.mark.parametrize(
    ("lines", "at", "right", "wrong"),
    [
        (NUMBERS, 6, r"\sigma'(z^{(L-1)})", r"\sigma'(z^{(L)})"),
        (NUMBERS, 4, r"a^{(L-2)}", r"a^{(L-1)}"),
        (SUMS, 4, r"g'(z_k^{L-1})", r"g(z_k^{L-1})"),
        (SUMS, 4, r"w_{jk}^L", r"w_{jk}^{L-1}"),
    ],
)
def test_another_layer_is_not_called_right(lines, at, right, wrong):
    spoiled = [*lines[:at], lines[at].replace(right, wrong), *lines[at + 1 :]]
    assert spoiled != list(lines)
    assert verdicts(displayed(*spoiled))[at] in ("wrong", "undecided")


def test_a_wrong_step_is_found_where_the_rest_is_right():
    spoiled = [*NUMBERS[:4], NUMBERS[4].replace("a^{(L-2)}", "a^{(L-1)}"), *NUMBERS[5:]]
    assert verdicts(displayed(*spoiled))[4] == "undecided"
    more = r"\frac{\partial C}{\partial z^{(L-1)}} = \frac{\partial C}{\partial a^{(L-1)}} \sigma'(z^{(L-1)})"
    assert verdicts(displayed(*spoiled, more))[4] == "wrong"


def test_a_layer_below_with_a_formula_of_its_own_keeps_it():
    lines = (
        *NUMBERS[:3],
        r"a^{(L-1)} = \tanh(z^{(L-1)})",
        r"\frac{\partial a^{(L-1)}}{\partial z^{(L-1)}} = 1 - (a^{(L-1)})^2",
    )
    assert verdicts(displayed(*lines))[-1] == "correct"


@pytest.mark.parametrize(("lines", "told"), [(NUMBERS, True), (SUMS, True), (NUMBERS[1:3], False)])
def test_layers_below_are_made_where_marks_count_down(lines, told):
    body = read(Source("notes.md", displayed(*lines))).body
    assert (with_layers_below(body) is not None) == told
