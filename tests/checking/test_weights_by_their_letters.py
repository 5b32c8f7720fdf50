"""Weights that a letter below tells apart, whichever side of the product they stand on."""

from __future__ import annotations

import pytest

from tests.checking.written import displayed, verdicts

BACK = [
    r"\frac{\partial L}{\partial B} = \frac{\partial L}{\partial Z} V^\top",
    r"\frac{\partial L}{\partial V} = B^\top \frac{\partial L}{\partial Z}",
    r"\frac{\partial L}{\partial Q} = \frac{1}{\sqrt{d}} \frac{\partial L}{\partial S} K",
    r"\frac{\partial L}{\partial W_Q} = X^\top \frac{\partial L}{\partial Q}",
    r"\frac{\partial L}{\partial W_V} = X^\top \frac{\partial L}{\partial V}",
]


def projected(first: str, second: str, third: str) -> list[str]:
    return [
        *(f"{name} = X W_{{{below}}}" for name, below in zip("QKV", (first, second, third), strict=True)),
        r"S = \frac{Q K^\top}{\sqrt{d}}",
        r"B = \text{softmax}(S)",
        "Z = B V",
        *(line.replace("W_Q", f"W_{first}").replace("W_V", f"W_{third}") for line in BACK),
    ]


@pytest.mark.parametrize("letters", ["QKV", "qkv"])
def test_projections_of_rows_need_no_shapes(letters):
    assert set(verdicts(displayed(*projected(*letters)))) <= {"correct", "charitable"}


@pytest.mark.parametrize("letters", ["QKV", "qkv"])
def test_another_projection_is_wrong(letters):
    slip = rf"\frac{{\partial L}}{{\partial W_{letters[0]}}} = X^\top \frac{{\partial L}}{{\partial K}}"
    assert verdicts(displayed(*projected(*letters), slip))[-1] == "wrong"


NET = [
    "The output is $o = V h$ with $h = \\tanh(W x)$, and the prediction is %s.",
    r"$$E = \frac{1}{2} \sum_k (t_k - y_k)^2$$",
    r"$$\frac{\partial E}{\partial V} = -(t - y) h^\top$$",
    r"$$\frac{\partial E}{\partial W} = -(V^\top (t - y)) \odot (1 - h^2) x^\top$$",
]


@pytest.mark.parametrize("said", [r"$y (= o)$", r"$y = o$", r"$y\; (= o)$"])
def test_an_equation_goes_on_in_brackets(said):
    text = "\n\n".join(NET) % said
    assert verdicts(text)[2] in ("correct", "charitable")
    assert set(verdicts(text)[-2:]) <= {"correct", "charitable"}
    assert verdicts(text.replace("-(t - y) h", "(t - y) h"))[-2] == "wrong"
