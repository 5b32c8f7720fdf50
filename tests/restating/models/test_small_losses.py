"""A loss that is called l, and letters l that count."""

from __future__ import annotations

from tests.checking.written import displayed, verdicts

UNIT = (
    r"s = p u + q",
    r"h = \sigma(s)",
    r"l(h, g) = -g \log h - (1 - g) \log (1 - h)",
    r"dh = -\frac{g}{h} + \frac{1 - g}{1 - h}",
    r"\frac{dl}{ds} = h - g",
    r"dp = (h - g) u",
)


def test_names_of_gradients_are_of_that_loss():
    assert set(verdicts(displayed(*UNIT))) == {"correct"}
    assert verdicts(displayed(*UNIT[:-1], r"dp = (h + g) u"))[-1] == "wrong"


def test_a_letter_that_counts_layers_is_no_loss():
    lines = (r"a_l = \tanh(w_l a_{l-1})", r"l = a_3^2", r"\frac{dl}{da_3} = 2 a_3")
    assert "wrong" not in verdicts(displayed(*lines))


def test_a_function_that_nothing_defines_is_no_loss():
    lines = (*UNIT[:2], r"\frac{dh}{ds} = \frac{d}{ds} g(s) = g'(s)")
    assert verdicts(displayed(*lines))[2:] == ["charitable", "undecided"]
