"""Bars are derivatives of the loss where the text says so, and where they are handed back from it."""

import pytest

from tests.checking.written import displayed, verdicts

FORWARD = displayed(r"u = a s + c", r"p = \sigma(u)", r"J = \frac{1}{2} (p - q)^2")
SAID = [
    r"Write $\bar{v}$ for $\frac{\partial J}{\partial v}$." + "\n\n",
    r"The adjoint $\bar{v}$ of each intermediate $v$ follows from those behind it." + "\n\n",
    "",
]
BACK = [r"\bar{p} = p - q", r"\bar{u} = \bar{p}\, \sigma'(u)", r"\bar{a} = \bar{u} s", r"\bar{c} = \bar{u}"]


@pytest.mark.parametrize("said", SAID)
def test_right_lines_are_right(said: str) -> None:
    assert set(verdicts(FORWARD + said + displayed(*BACK))) == {"correct"}


@pytest.mark.parametrize("said", SAID)
@pytest.mark.parametrize(
    ("place", "wrong"),
    [
        (0, r"\bar{p} = q - p"),
        (1, r"\bar{u} = \bar{p}\, \sigma(u)"),
        (2, r"\bar{a} = \bar{u} a"),
        (3, r"\bar{c} = \bar{u} s"),
    ],
)
def test_a_line_does_not_define_its_own_error(said: str, place: int, wrong: str) -> None:
    lines = [*BACK[:place], wrong, *BACK[place + 1 :]]
    found = verdicts(FORWARD + said + displayed(*lines))
    assert found[3 + place] == "wrong"
    assert found.count("wrong") + found.count("follows") == 1


def test_members_have_bars_over_all_of_them() -> None:
    forward = displayed(r"h_1 = \tanh(w_1 x)", r"h_2 = w_2 h_1", r"L = (h_2 - t)^2")
    back = forward + displayed(r"\bar{h}_2 = 2 (h_2 - t)", r"\bar{h}_1 = \bar{h}_2 w_2")
    assert set(verdicts(back + displayed(r"\overline{w_1} = \bar{h}_1 (1 - h_1^2) x"))) == {"correct"}
    assert verdicts(back + displayed(r"\overline{w_1} = \bar{h}_1 (1 - h_2^2) x"))[-1] == "wrong"


def test_bars_that_the_loss_is_made_of_are_no_derivatives() -> None:
    lines = [
        r"\bar{y} = w \bar{x} + b",
        r"\bar{z} = v \bar{y}",
        r"L = (\bar{z} - t)^2",
        r"\frac{\partial L}{\partial \bar{y}} = 2 v (\bar{z} - t)",
    ]
    assert set(verdicts(displayed(*lines))) == {"correct"}


def test_means_go_forward() -> None:
    lines = [r"y = w x + b", r"z = v y", r"L = (z - t)^2", r"\bar{y} = w \bar{x} + b", r"\bar{z} = v \bar{y}"]
    assert set(verdicts(displayed(*lines))) == {"correct"}


LETTER = displayed(r"z = w x + b", r"y = \sigma(z)", r"L = \frac{1}{2} (y - t)^2", r"f(x) = L")


def test_a_program_may_go_by_another_letter() -> None:
    right = [
        r"\frac{df}{dL} = 1",
        r"\frac{df}{dL} \frac{dL}{dy} = y - t",
        r"\frac{df}{dw} = (y - t) \sigma'(z) x",
    ]
    assert set(verdicts(LETTER + displayed(*right))) == {"correct"}
    assert verdicts(LETTER + displayed(r"\frac{df}{dw} = (y - t) \sigma'(z) w"))[-1] == "wrong"


def test_a_d_that_is_left_out_below_is_a_slip() -> None:
    assert verdicts(LETTER + displayed(r"\frac{dL}{z} = (y - t) \sigma'(z)"))[-1] == "slip"
    assert verdicts(LETTER + displayed(r"\frac{df}{z} = (y - t) \sigma'(z)"))[-1] == "slip"


def test_what_was_left_out_is_not_guessed_where_nothing_rests_on_it() -> None:
    assert verdicts(LETTER + displayed(r"\frac{dL}{m} = (y - t) \sigma'(z)"))[-1] == "undecided"
