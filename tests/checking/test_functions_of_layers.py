"""Activations that carry the mark of their layer: one for each, be it a σ, unless σ is the sigmoid."""

import pytest

from tests.checking.written import displayed, verdicts


def net(letter: str, first: str, second: str) -> str:
    return displayed(
        rf"u^{first} = U^{first} x",
        rf"h^{first} = {letter}^{first}(u^{first})",
        rf"u^{second} = U^{second} h^{first}",
        rf"h^{second} = {letter}^{second}(u^{second})",
        rf"E = \frac12 \| h^{second} - t \|^2",
    )


@pytest.mark.parametrize("letter", [r"\sigma", "g"])
@pytest.mark.parametrize(("first", "second"), [("{(1)}", "{(2)}"), ("{[1]}", "{[2]}")])
def test_another_layers_slope(letter: str, first: str, second: str) -> None:
    slope = rf"\frac{{\partial E}}{{\partial u^{second}}} = (h^{second} - t) \odot {letter}'^"
    given = net(letter, first, second)
    assert verdicts(given + displayed(rf"{slope}{second}(u^{second})"))[-1] == "correct"
    assert verdicts(given + displayed(rf"{slope}{first}(u^{second})"))[-1] == "wrong"


def test_a_sigmoid_is_one_in_all_layers() -> None:
    slope = r"\frac{\partial E}{\partial u^{(2)}} = (h^{(2)} - t) \odot h^{(2)} \odot (1 - h^{(2)})"
    assert verdicts(net(r"\sigma", "{(1)}", "{(2)}") + displayed(slope))[-1] == "correct"
