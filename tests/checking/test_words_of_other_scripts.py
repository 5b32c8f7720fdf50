"""Words of a script without capitals within formulas: prose, or names where names stand."""

import pytest

from tests.checking.written import displayed, verdicts

LOSS = r"E = \frac12 (w x - t)^2"


@pytest.mark.parametrize("word", ["这里", r"\text{这里}", "したがって", "여기서"])
def test_prose_within_a_formula_is_no_factor(word: str) -> None:
    rows = rf"{LOSS} \\ {word}\ \frac{{\partial E}}{{\partial w}} = (w x - t) "
    assert verdicts(displayed(rows + "x")) == ["correct", "correct"]
    assert verdicts(displayed(rows + "t")) == ["correct", "wrong"]


@pytest.mark.parametrize("name", ["误差", r"\text{误差}", r"\text{ошибка}"])
def test_a_word_that_is_told_is_a_name(name: str) -> None:
    told = displayed(
        f"{name} = w x - t", rf"E = \frac12 {{{name}}}^2", rf"\frac{{\partial {name}}}{{\partial w}} = x"
    )
    assert set(verdicts(told)) == {"correct"}
    line = r"\frac{\partial E}{\partial w} = "
    assert verdicts(told + displayed(line + f"{name} \\cdot x"))[-1] == "correct"
    assert verdicts(told + displayed(line + f"{name} \\cdot t"))[-1] == "wrong"


def test_a_word_below_is_a_label() -> None:
    lines = r"z_{隐} = w x", r"z_{出} = v z_{隐}", r"\frac{\partial z_{出}}{\partial w} = v x"
    assert verdicts(displayed(*lines))[-1] == "correct"
    assert verdicts(displayed(*lines[:2], r"\frac{\partial z_{出}}{\partial w} = 2 v x"))[-1] == "wrong"
