"""Data to which a model gives an error do not move with its parameters; values made on the way do."""

from __future__ import annotations

import pytest

from tests.checking.written import displayed, verdicts


@pytest.mark.parametrize("error", [r"\epsilon", r"\varepsilon", "e", "u"])
@pytest.mark.parametrize(("sign", "verdict"), [("-", "correct"), ("", "wrong")])
def test_a_linear_model_with_an_error(error, sign, verdict):
    text = displayed(
        rf"t = V\gamma + {error}",
        r"S = (t - V\gamma)^T (t - V\gamma)",
        rf"\frac{{\partial S}}{{\partial \gamma}} = {sign}2 V^T (t - V\gamma)",
    )
    assert verdicts(text)[-1] == verdict


@pytest.mark.parametrize(("factor", "verdict"), [("v_i", "correct"), ("t_i", "wrong")])
def test_a_model_for_each_example(factor, verdict):
    text = displayed(
        r"t_i = k v_i + c + \epsilon_i",
        r"S = \sum_{i=1}^n (t_i - k v_i - c)^2",
        rf"\frac{{\partial S}}{{\partial k}} = -2 \sum_{{i=1}}^n {factor} (t_i - k v_i - c)",
    )
    assert verdicts(text)[-1] == verdict


@pytest.mark.parametrize(("sign", "verdict"), [("-", "correct"), ("", "wrong")])
def test_the_sum_of_the_squared_errors(sign, verdict):
    text = displayed(
        r"t = V\gamma + \epsilon",
        r"S = \epsilon^T \epsilon",
        rf"\frac{{\partial S}}{{\partial \gamma}} = {sign}2 V^T (t - V\gamma)",
    )
    assert verdicts(text)[-1] == verdict


@pytest.mark.parametrize(("sign", "verdict"), [("-", "correct"), ("", "wrong")])
def test_the_sum_of_the_squared_errors_written_out(sign, verdict):
    text = displayed(
        r"t_i = k v_i + c + \epsilon_i",
        r"S = \sum_{i=1}^n \epsilon_i^2 = \sum_{i=1}^n (t_i - k v_i - c)^2",
        rf"\frac{{\partial S}}{{\partial k}} = {sign}2 \sum_{{i=1}}^n v_i (t_i - k v_i - c)",
    )
    assert verdicts(text)[1:] == ["correct", "correct", verdict]


@pytest.mark.parametrize(("right", "verdict"), [(r"2 (z - t) v", "correct"), (r"2 (z - t)", "wrong")])
def test_noise_that_is_added_on_the_way(right, verdict):
    text = displayed(
        r"z = k v + \epsilon",
        r"L = (z - t)^2",
        r"\frac{\partial z}{\partial k} = v",
        rf"\frac{{\partial L}}{{\partial k}} = {right}",
    )
    assert verdicts(text)[-1] == verdict


def test_what_is_predicted_with_noise_is_made_though_nothing_is_derived_by_it():
    lines = r"z = k v + \epsilon", r"\hat t = \sigma(z)", r"L = (\hat t - t)^2"
    right = r"2 (\hat t - t) \hat t (1 - \hat t) v"
    assert verdicts(displayed(*lines, rf"\frac{{\partial L}}{{\partial k}} = {right}"))[-1] == "correct"


@pytest.mark.parametrize(("right", "verdict"), [(r"2 (z - t) v", "correct"), (r"2 (z - t)", "wrong")])
def test_what_is_compared_with_a_target_of_its_own_is_made(right, verdict):
    text = displayed(r"z = k v + \epsilon", r"L = (z - t)^2", rf"\frac{{\partial L}}{{\partial k}} = {right}")
    assert verdicts(text)[-1] == verdict


def test_a_prediction_of_its_own_is_compared_with_the_data():
    lines = r"t_i = k v_i + c + e_i", r"\hat t_i = k v_i + c", r"S = \sum_{i=1}^n (\hat t_i - t_i)^2"
    right = r"2 \sum_{i=1}^n v_i (\hat t_i - t_i)"
    assert verdicts(displayed(*lines, rf"\frac{{\partial S}}{{\partial k}} = {right}"))[-1] == "correct"


EACH = r"t_i = a_0 + a_1 v_i + \epsilon_i", r"t_i = a_0 + a_1 v_{i1} + a_2 v_{i2} + \epsilon_i"


@pytest.mark.parametrize("line", EACH)
@pytest.mark.parametrize(("sign", "verdict"), [("-", "correct"), ("", "wrong")])
def test_matrices_beside_a_model_for_each_example(line, sign, verdict):
    whole = r"t = V a + \epsilon", r"S = (t - V a)^T (t - V a)"
    text = displayed(line, *whole, rf"\frac{{\partial S}}{{\partial a}} = {sign}2 V^T (t - V a)")
    assert verdicts(text)[-1] == verdict


def test_an_error_is_any_letter_of_which_the_text_tells_how_it_is_drawn() -> None:
    text = displayed(
        r"z = H x + v",
        r"v \sim N(0, R)",
        r"J(x) = \frac12 (z - H x)^T R^{-1} (z - H x)",
        r"\nabla J(x) = -H^T R^{-1} (z - H x)",
        r"\frac{\partial J}{\partial z} = R^{-1} (z - H x)",
        r"\frac{\partial J}{\partial z} = R^{-1} (H x - z)",
    )
    assert verdicts(text)[-3:] == ["correct", "correct", "wrong"]
