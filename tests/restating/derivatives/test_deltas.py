"""Kronecker deltas: with a condition below, and between the numbers of unlike things."""

import pytest

from tests.checking.written import displayed, verdicts

SCORES = displayed(
    r"s_{nc} = \sum_d X_{nd} W_{dc}",
    r"m_{nc} = s_{nc} - s_{n y_n} + 1",
    r"L = \frac{1}{N} \sum_n \sum_{c \neq y_n} \max(0, m_{nc})",
)
HINGE = r"\frac{\partial L}{\partial s_{nc}} = \frac{1}{N} \sum_{k \neq y_n} \mathbb{1}[m_{nk} > 0]"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial m_{nc}}{\partial s_{nc}} = \delta_{c \neq y_n}", "correct"),
        (r"\frac{\partial m_{nc}}{\partial s_{nc}} = 1 - \delta_{c = y_n}", "correct"),
        (r"\frac{\partial m_{nc}}{\partial s_{nc}} = 1 - \delta_{nc = y_n}", "correct"),
        (r"\frac{\partial m_{nc}}{\partial s_{nc}} = \delta_{c = y_n}", "wrong"),
        (r"\frac{\partial m_{nc}}{\partial s_{nc}} = \delta_{nc \neq y_n} - \delta_{nc = y_n}", "wrong"),
        (rf"{HINGE} (\delta_{{ck}} - \delta(c = y_n))", "correct"),
        (rf"{HINGE} (\delta_{{ck}} + \delta(c = y_n))", "wrong"),
    ],
)
def test_conditions_below_a_delta(line: str, verdict: str) -> None:
    assert verdicts(SCORES + displayed(line))[-1] == verdict


def test_a_delta_that_is_defined_is_a_quantity() -> None:
    text = displayed(
        r"z = w^T x", r"L = \frac12 (z - y)^2", r"\delta = z - y", r"\frac{\partial L}{\partial w} = \delta x"
    )
    assert verdicts(text) == ["correct"] * 4


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial s_{nc}}{\partial W_{dk}} = X_{nd} \delta_{ck}", "correct"),
        (r"\frac{\partial s_{nc}}{\partial X_{md}} = \delta_{nm} W_{dc}", "correct"),
        (r"\frac{\partial s_{nc}}{\partial W_{dc}} = X_{nd} \delta_{dc}", "wrong"),
        (r"\frac{\partial s_{nc}}{\partial W_{dk}} = X_{nd} \delta_{dk}", "wrong"),
        (r"\frac{\partial s_{nc}}{\partial W_{dc}} = X_{nd} \delta_{nc}", "wrong"),
    ],
)
def test_numbers_of_unlike_things(line: str, verdict: str) -> None:
    assert verdicts(displayed(r"s_{nc} = \sum_d X_{nd} W_{dc}", line))[-1] == verdict


def test_a_delta_says_nothing_of_sizes() -> None:
    """The wrong δ between a feature and a class does not make the two as many as each other."""
    wrong = r"\frac{\partial s_{nc}}{\partial W_{dc}} = X_{nd} \delta_{dc}"
    right = r"\frac{\partial s_{nc}}{\partial W_{dk}} = X_{nd} \delta_{ck}"
    turned = r"\frac{\partial s_{nc}}{\partial X_{nd}} = W_{cd}"
    found = verdicts(displayed(r"s_{nc} = \sum_d X_{nd} W_{dc}", right, right, wrong, turned))
    assert found[:4] == ["correct", "correct", "correct", "wrong"]
    assert found[4] != "correct"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial L}{\partial m_{nc}} = \frac1N 1[m_{nc} > 0] \delta_{c \neq y_n}", "correct"),
        (r"\frac{\partial L}{\partial m_{nc}} = \frac{1}{N} \sum_n \mathbb{1}[m_{nc} > 0]", "wrong"),
        (
            r"\frac{\partial L}{\partial m_{nc}} = \frac1N \sum_n \sum_{k \neq y_n} \mathbb{1}[m_{nc} > 0]",
            "wrong",
        ),
        (
            r"\frac{\partial L}{\partial m_{nc}} = \frac1N \sum_n \sum_{c' \neq y_n} \mathbb{1}[m_{nc} > 0]",
            "wrong",
        ),
    ],
)  # fmt: skip
def test_sums_that_were_kept_though_one_entry_is_meant(line: str, verdict: str) -> None:
    assert verdicts(SCORES + displayed(line))[-1] == verdict


def test_an_indicator_is_no_name_for_what_stands_before_it() -> None:
    text = SCORES + displayed(
        r"\frac{\partial m_{nc}}{\partial s_{nc}} = \delta_{c = y_n}",
        r"\frac{\partial L}{\partial m_{nc}} = \frac{1}{N} 1[m_{nc} > 0] (1 - \delta_{c = y_n})",
    )
    assert verdicts(text)[3:] == ["wrong", "correct"]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"\Delta w = -\eta (w x + b - y) x", r"\Delta w = \eta (w x + b - y) x"),
        (r"\Delta b = \eta (y - w x - b)", r"\Delta b = -\eta (y - w x - b)"),
        (
            r"\Delta w := -\eta \frac{\partial E}{\partial w} = \eta (y - w x - b) x",
            r"\Delta w = \eta (y - w x) x",
        ),
    ],
)
def test_a_step_that_nothing_else_speaks_of_is_an_update(right: str, wrong: str) -> None:
    loss = r"E = \frac{1}{2} (y - w x - b)^2"
    assert set(verdicts(displayed(loss, right))) == {"correct"}
    assert verdicts(displayed(loss, wrong))[-1] == "wrong"


def test_a_step_that_an_update_takes_tells_what_it_is() -> None:
    found = verdicts(
        displayed(r"E = \frac{1}{2} (y - w x)^2", r"\Delta w = \eta (y - w x) x", r"w = w + \Delta w")
    )
    assert found == ["correct"] * 3
