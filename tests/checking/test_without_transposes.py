"""Who writes no transpose at all leaves it to the shapes: products in gradients make nothing square."""

from tests.checking.written import displayed, verdicts

FORWARD = "An autoencoder: $g = \\sigma(W u)$, $r = V g$, $E = \\|u - r\\|^2$.\n\n"
BY_WEIGHT = r"\frac{\partial E}{\partial V} = -2 (u - r) g"
BY_HIDDEN = r"\frac{\partial E}{\partial g} = -2 V (u - r)"
BY_INPUT_WEIGHT = r"\frac{\partial E}{\partial W} = -2 V (u - r) \odot g \odot (1 - g)\, u"


def _judged(*lines: str) -> list[str]:
    return verdicts(FORWARD + displayed(*lines))[3:]


def test_the_transposes_are_supplied() -> None:
    assert _judged(BY_WEIGHT, BY_HIDDEN, BY_INPUT_WEIGHT) == ["charitable"] * 3


def test_another_slip_is_found() -> None:
    assert _judged(BY_WEIGHT, BY_HIDDEN.replace("-2", "2"), BY_INPUT_WEIGHT)[1] == "wrong"
    assert _judged(BY_WEIGHT, BY_HIDDEN, BY_INPUT_WEIGHT.replace("1 - g", "1 + g"))[2] == "wrong"


def test_who_transposes_elsewhere_is_held_to_it() -> None:
    assert _judged(BY_WEIGHT + "^T", BY_HIDDEN.replace("V", "V^T")) == ["correct", "correct"]
    assert _judged(BY_WEIGHT + "^T", BY_HIDDEN) == ["correct", "wrong"]


def test_letters_that_are_raised_are_numbers() -> None:
    text = displayed("g(x, y) = x^2 + 3 x y", r"\frac{\partial g}{\partial x} = 2 x + 3 y")
    assert verdicts(text + displayed(r"\frac{\partial g}{\partial y} = 3"))[-1] == "wrong"
