"""A model that is told for any example, beside a loss that numbers the examples."""

from __future__ import annotations

import pytest

from tests.checking.written import displayed, verdicts

NAMES = [(r"\hat{t}", "k", "c"), ("p", r"\gamma_1", r"\gamma_0"), ("f", "w", "b")]


@pytest.mark.parametrize(("made", "slope", "offset"), NAMES)
@pytest.mark.parametrize(
    ("by", "factor", "verdict"),
    [("slope", "v_i", "correct"), ("slope", "t_i", "wrong"), ("offset", "", "correct")],
)
def test_a_line_through_points(made, slope, offset, by, factor, verdict):
    text = displayed(
        rf"{made} = {slope} v + {offset}",
        rf"L = \sum_{{i=1}}^n (t_i - {made}_i)^2",
        rf"\frac{{\partial L}}{{\partial {slope}}} = -2 \sum_{{i=1}}^n v_i (t_i - {made}_i)",
        rf"\frac{{\partial L}}{{\partial {slope if by == 'slope' else offset}}}"
        rf" = -2 \sum_{{i=1}}^n (t_i - {made}_i) {factor}",
    )
    assert verdicts(text)[-1] == verdict


@pytest.mark.parametrize(("right", "verdict"), [("p (1 - p)", "correct"), ("p (1 + p)", "wrong")])
def test_lines_of_one_example_are_told_for_each(right, verdict):
    text = displayed(
        "z = w x + b",
        r"p = \frac{1}{1 + e^{-z}}",
        r"L = -\sum_{i=1}^n [y_i \log p_i + (1 - y_i) \log (1 - p_i)]",
        rf"\frac{{\partial p}}{{\partial z}} = {right}",
        r"\frac{\partial L}{\partial w} = \sum_{i=1}^n (p_i - y_i) x_i",
    )
    assert verdicts(text)[-2:] == [verdict, "correct"]


@pytest.mark.parametrize(
    ("right", "verdict"), [("(a_i - y_i) a_i (1 - a_i)", "correct"), ("(a_i - y_i)", "wrong")]
)
def test_units_of_a_layer_are_no_examples(right, verdict):
    text = displayed(
        "z = W x + b",
        r"a = \sigma(z)",
        r"L = \frac{1}{2} \sum_i (a_i - y_i)^2",
        rf"\frac{{\partial L}}{{\partial z_i}} = {right}",
    )
    assert verdicts(text)[-1] == verdict


@pytest.mark.parametrize("spelt", ["(k v_i + c)", "k v_i - c"])
@pytest.mark.parametrize(
    ("by", "right", "verdict"),
    [("k", " v_i", "correct"), ("c", "", "correct"), ("c", " v_i", "wrong"), ("k", "", "wrong")],
)
def test_a_line_that_the_loss_spells_out(spelt, by, right, verdict):
    text = displayed(
        r"\hat{t} = k v + c",
        rf"L = \frac{{1}}{{n}} \sum_{{i=1}}^n (t_i - {spelt})^2",
        rf"\frac{{\partial L}}{{\partial {by}}} = -\frac{{2}}{{n}} \sum_{{i=1}}^n (t_i - {spelt}){right}",
    )
    assert verdicts(text)[-1] == verdict


def test_numbers_of_one_example_are_not_those_of_each():
    text = displayed(
        r"\hat{t} = k v + c",
        "v = 2",
        r"L = \sum_{i=1}^n (t_i - (k v_i + c))^2",
        r"\frac{\partial L}{\partial k} = -2 \sum_{i=1}^n (t_i - (k v_i + c)) 2",
    )
    assert verdicts(text)[-1] != "correct"
