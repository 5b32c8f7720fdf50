"""Labels that are said to be 0 or 1: what holds for these two values is right, and nothing else."""

import pytest

from tests.checking.written import displayed, verdicts

MODEL = displayed(r"q = \sigma(s)", r"E = -t \log q - (1 - t) \log(1 - q)")
TOLD = [
    r"Labels are $t \in \{0, 1\}$.",
    "The label $t$ is 1 if the mail is spam, 0 otherwise.",
    "Let $t = 1$ if the mail is spam and $0$ otherwise.",
    "Here $t$ equals 0 for good mails and 1 for the others; it is a binary label.",
    "Each mail has a binary label $t$.",
]
NOT_TOLD = [
    "",
    "The target $t$ is any number.",
    "The slope of the step at $t$ is 1 if $t$ is large, 0 otherwise.",
    "The unit $t$ is 1 if $t > 0$ and 0 otherwise.",
    "The gate $u$ is 1 if it is open, 0 otherwise.",
    "Here $t$ is 1 if the mail is spam, 1 otherwise.",
]


def _slope(remark: str, right: str) -> str:
    claim = displayed(rf"\frac{{\partial E}}{{\partial s}} = {right}")
    return verdicts(f"{remark}\n\n{MODEL}\n{claim}")[-1]


@pytest.mark.parametrize("remark", TOLD)
def test_a_power_of_such_a_label_is_the_label(remark: str) -> None:
    assert _slope(remark, "q - t^2") == "correct"


@pytest.mark.parametrize("right", ["q - t^2 (1 - q)", "q + t^2", "q - 2 t^2", "q - 1", "t^2 - q"])
@pytest.mark.parametrize("remark", TOLD[:2])
def test_what_holds_for_one_value_alone_is_wrong(remark: str, right: str) -> None:
    assert _slope(remark, right) == "wrong"


@pytest.mark.parametrize("remark", NOT_TOLD)
def test_a_power_of_any_number_is_another_number(remark: str) -> None:
    assert _slope(remark, "q - t^2") == "wrong"


def test_what_is_derived_by_is_free() -> None:
    text = displayed("f = t^3 + t x", r"\frac{\partial f}{\partial t} = 3 t + x")
    assert verdicts(f"The gate $t$ is 1 if it is open, 0 otherwise.\n\n{text}")[-1] == "wrong"


def test_what_builds_on_such_a_line_is_right_too() -> None:
    lines = displayed(
        r"s = w x", r"\frac{\partial E}{\partial s} = q - t^2", r"\frac{\partial E}{\partial w} = SIDE x"
    )
    for side, verdict in (("(q - t^2)", "correct"), ("(q - t)", "correct"), ("(q + t)", "wrong")):
        assert verdicts(f"{TOLD[1]}\n\n{MODEL}\n{lines.replace('SIDE', side)}")[-1] == verdict
