"""Derivatives of something else by words: one function put instead of another, and a factor held fixed."""

import pytest

from tests.checking.written import displayed, verdicts

SIGMOID = displayed(r"h(t) = 1/(1 + e^{-t})", r"R(v) = \log h(v)", r"\frac{dR}{dv} = 1 - h(v)")
TANH = displayed(r"\frac{dR}{dv} = 1 - \tanh(v)^2")
DEFINED = displayed(r"R(v) = \log h(v)", r"q(v) = v^2", r"\frac{dq}{dv} = 3 v")
WEIGHTED = displayed(r"p = t^2", r"C = p t^3", r"\frac{dC}{dt} = FACTOR p t^2")


@pytest.mark.parametrize("between", ["If we take the tanh instead, then\n\n", "With tanh instead\n\n"])
def test_what_replaces_a_function_is_not_written(between: str) -> None:
    assert verdicts(SIGMOID + between + TANH)[-1] == "undecided"


@pytest.mark.parametrize(
    "between", ["", "We take h instead of others. Then\n\n", "It is known.\n\n# Next\n\n"]
)
def test_without_such_words_it_is_wrong(between: str) -> None:
    assert verdicts(SIGMOID + between + TANH)[-1] == "wrong"


def test_what_holds_is_right_behind_such_words() -> None:
    text = SIGMOID + "If we take two of them instead, still\n\n" + displayed(r"\frac{dR}{dv} = 1 - h(v)")
    assert verdicts(text)[-1] == "correct"


def test_what_is_defined_behind_such_words_is_meant() -> None:
    assert verdicts(SIGMOID + "If we take squares instead,\n\n" + DEFINED)[-1] == "wrong"


@pytest.mark.parametrize(
    ("factor", "words", "verdict"),
    [
        ("5", "", "correct"),
        ("5", "when $p$ is not held fixed.", "correct"),
        ("3", "when $p$ is held fixed.", "undecided"),
        ("3", "when $q$ is held fixed.", "wrong"),
        ("3", "", "wrong"),
    ],
)
def test_what_has_a_formula_may_be_held_fixed(factor: str, words: str, verdict: str) -> None:
    assert verdicts(WEIGHTED.replace("FACTOR", factor) + "\n" + words + "\n")[-1] == verdict
