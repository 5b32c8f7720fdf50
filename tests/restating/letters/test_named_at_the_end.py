"""A chain that ends in a new name defines it, and the lines after it are claims about its value."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source
from gradcheck.verdict import Role
from tests.checking.written import displayed, verdicts

FORWARD = r"""
$W \in \mathbb{R}^{k \times n}$, $x \in \mathbb{R}^n$, $b, t \in \mathbb{R}^k$

$$z = W x + b, \qquad L = \frac12 \|z - t\|^2$$
"""


def judged(*lines: str) -> list[tuple[str, Role]]:
    text = FORWARD + "".join(f"\n$${line}$$\n" for line in lines)
    document = read(Source("notes.md", text))
    found = [judgement for _, judgement in check(document, pose(document, None)).judgements()]
    return [(str(j.verdict), j.claim.role) for j in found][5:]


@pytest.mark.parametrize(
    "line",
    [
        r"\frac{\partial L}{\partial z} = z - t = r",
        r"\frac{\partial L}{\partial z} = z - t =: r",
        r"\frac{\partial L}{\partial z} = z - t \eqqcolon r",
        r"\frac{\partial L}{\partial z} = z - t ≕ r",
    ],
)
def test_the_last_name_is_defined(line: str) -> None:
    first, named, right, wrong = judged(
        line, r"\frac{\partial L}{\partial W} = r x^T", r"\frac{\partial L}{\partial x} = 2 W^T r"
    )
    assert first[0] == "correct"
    assert named == ("correct", Role.DEFINITION)
    assert right[0] == "correct"
    assert wrong[0] == "wrong"


def test_a_letter_of_error_signals_is_defined_by_a_bare_derivative() -> None:
    named, right = judged(
        r"\frac{\partial L}{\partial z} = \delta", r"\frac{\partial L}{\partial b} = \delta"
    )
    assert (named[1], right[0]) == (Role.DEFINITION, "correct")


def test_another_letter_is_a_claim_there() -> None:
    named, _ = judged(r"\frac{\partial L}{\partial z} = q", r"\frac{\partial L}{\partial b} = q")
    assert named[1] is not Role.DEFINITION


def test_a_name_of_the_forward_pass_is_a_claim() -> None:
    ((verdict, role), *_) = judged(r"\frac{\partial L}{\partial z} = b", r"\frac{\partial L}{\partial b} = b")
    assert (verdict, role is Role.DEFINITION) == ("wrong", False)


def test_what_no_later_line_uses_is_a_claim() -> None:
    *_, (verdict, role) = judged(r"\frac{\partial L}{\partial z} = z - t = q")
    assert (verdict, role is Role.DEFINITION) == ("undecided", False)


def test_a_name_may_be_used_by_what_the_loss_does_not_rest_on() -> None:
    named = r"\frac{\partial L}{\partial y} = y - t = \bar{y}"
    text = displayed(r"L = \frac{1}{2} (y - t)^2", named, r"\bar{z} = \bar{y} s")
    assert verdicts(text) == ["correct"] * 4


@pytest.mark.parametrize("sign", [":=", "=:"])
def test_a_name_with_a_minus_sign_is_the_negative(sign: str) -> None:
    loss = rf"\log q = -\frac{{1}}{{2}} (y - w x)^2 {sign} -E"
    gradient = r"\frac{\partial E}{\partial w} = -(y - w x) x"
    assert verdicts(displayed(loss, gradient)) == ["correct"] * 3
    assert verdicts(displayed(loss, gradient.replace("= -", "= ")))[-1] == "wrong"


def test_a_formula_said_to_be_a_name_defines_it() -> None:
    lines = r"\frac{1}{2} (y - w x)^2 := C", r"\frac{\partial C}{\partial w} = -(y - w x) x"
    assert verdicts(displayed(*lines)) == ["correct"] * 2
    assert verdicts(displayed(lines[0], lines[1].replace("= -", "= ")))[-1] == "wrong"
