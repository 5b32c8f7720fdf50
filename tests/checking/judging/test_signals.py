"""Gradients given per sample: a parameter that loses its mean is told, and what is right besides is not."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.diagnosis.telling import tell
from gradcheck.reading.document import read
from gradcheck.source import Source
from tests.checking.written import verdicts

HEAD = r"""---
shapes: {V: [k, n], c: [k, 1], X: [n, m], T: [k, m], S: [k, m], P: [k, m]}
---
$$S = V X + c$$
$$P = \sigma(S)$$
$$L = \frac{1}{2m} \|P - T\|_F^2$$
"""
SIGNAL = r"P - T) \odot P \odot (1 - P)"
LEFT = {"d": "d{}", "quotient": r"\frac{{\partial L}}{{\partial {}}}", "nabla": r"\nabla_{{{}}} L"}


def found(*lines):
    """(verdict, code) of each line after the definitions."""
    document = read(Source("notes.md", HEAD + "\n".join(f"$${line}$$\n" for line in lines)))
    checked = check(document, pose(document, None))
    told = tell(checked)
    listed = [(judgement.verdict, judgement.claim.id) for _, judgement in checked.judgements()][3:]
    return [(str(verdict), told[id].code if id in told else None) for verdict, id in listed]


@pytest.mark.parametrize("sign", LEFT.values(), ids=LEFT)
@pytest.mark.parametrize("factor", ["", "-", "2 "])
def test_a_parameter_without_the_mean_that_its_neighbour_has(sign, factor):
    ds, dv, dc = (sign.format(name) for name in "SVc")
    lines = found(
        f"{ds} = ({SIGNAL}", f"{dv} = {factor}{ds} X^T", rf"{dc} = \frac{{1}}{{m}} {ds} \mathbf{{1}}"
    )
    assert [verdict for verdict, _ in lines] == ["convention", "wrong", "convention"]
    assert factor or lines[1] == ("wrong", "GC201")


@pytest.mark.parametrize("sign", LEFT.values(), ids=LEFT)
def test_another_slip_is_not_told_as_two(sign):
    ds, dv, dc = (sign.format(name) for name in "SVc")
    lines = found(
        f"{ds} = ({SIGNAL}",
        rf"{dv} = -\frac{{1}}{{m}} {ds} X^T",
        rf"{dc} = \frac{{1}}{{m}} {ds} \mathbf{{1}}",
    )
    assert lines == [("convention", None), ("wrong", "GC501"), ("convention", None)]


def test_a_chain_rule_in_other_signs_is_an_identity():
    lines = found(
        rf"dS = ({SIGNAL}",
        r"\frac{\partial L}{\partial V} = \frac{\partial L}{\partial S} X^T",
        r"dc = \frac{1}{m} dS \mathbf{1}",
    )
    assert lines == [("convention", None), ("correct", None), ("convention", None)]


def test_a_chain_that_goes_on_to_the_mean():
    lines = found(
        rf"dS = ({SIGNAL}",
        rf"dV = dS X^T = \frac{{1}}{{m}} (({SIGNAL}) X^T",
        r"dc = \frac{1}{m} dS \mathbf{1}",
    )
    assert not [each for each in lines if each[0] == "wrong"]


def test_a_parameter_that_has_its_mean_further_down():
    lines = found(
        rf"dS = ({SIGNAL}", "dV = dS X^T", r"dV = \frac{1}{m} dS X^T", r"dc = \frac{1}{m} dS \mathbf{1}"
    )
    assert not [each for each in lines if each[0] == "wrong"]


def test_the_mean_at_the_signal():
    lines = found(rf"dS = \frac{{1}}{{m}} ({SIGNAL}", "dV = dS X^T", r"dc = dS \mathbf{1}")
    assert lines == [("correct", None)] * 3


def test_the_gradient_by_the_data_is_per_sample_too():
    lines = found(
        rf"dS = ({SIGNAL}",
        rf"dX = V^T (({SIGNAL})",
        r"dV = \frac{1}{m} dS X^T",
        r"dc = \frac{1}{m} dS \mathbf{1}",
    )
    assert [verdict for verdict, _ in lines] == ["convention"] * 4


def test_a_d_before_a_greek_letter_is_a_gradient():
    text = (HEAD + f"$$dS = \\frac{{1}}{{m}} ({SIGNAL}$$\n\n$$dV = 2 dS X^T$$\n").replace("V", r"\Theta")
    document = read(Source("notes.md", text))
    assert [str(j.verdict) for _, j in check(document, pose(document, None)).judgements()][-1] == "wrong"


def test_brackets_with_a_transpose_are_no_argument_of_the_loss():
    lines = found(rf"\nabla_S L = \frac{{1}}{{m}} ({SIGNAL}", r"\nabla_V L = \nabla_S L (X)^T")
    assert lines == [("correct", None)] * 2


def test_a_swapped_difference_per_sample_is_one_slip():
    lines = found(
        r"dS = (T - P) \odot P \odot (1 - P)",
        r"dV = \frac{1}{m} dS X^T",
        r"dc = \frac{1}{m} dS \mathbf{1}",
    )
    assert lines == [("wrong", "GC502"), ("convention", None), ("convention", None)]


@pytest.mark.parametrize("sign", LEFT.values(), ids=LEFT)
@pytest.mark.parametrize(
    ("factor", "wanted"),
    [
        (r"\frac{1}{m} ", ("convention", None)),
        ("", ("wrong", "GC201")),
        (r"-\frac{1}{m} ", ("wrong", "GC501")),
    ],
)
def test_a_sign_with_the_mark_of_a_sample_is_the_same_sign(sign, factor, wanted):
    ds, dv, dc, one = (sign.format(name) for name in ("S", "V", "c", "s^{(i)}"))
    lines = found(
        f"{ds} = ({SIGNAL}", rf"{dv} = \frac{{1}}{{m}} {ds} X^T", rf"{dc} = {factor}\sum_{{i=1}}^m {one}"
    )
    assert lines == [("convention", None), ("convention", None), wanted]


def test_the_gradient_by_the_data_is_carried_on_for_one_mean():
    """What has samples is no parameter, though something is differentiated by it."""
    lines = found(rf"dS = ({SIGNAL}", r"dV = \frac{1}{m} dS X^T", "dX = V^T dS")
    assert [verdict for verdict, _ in lines] == ["convention", "convention", "correct"]
    wrong = found(rf"dS = ({SIGNAL}", r"dV = \frac{1}{m} dS X^T", "dX = -V^T dS")
    assert [verdict for verdict, _ in wrong] == ["convention", "convention", "wrong"]


def test_a_signal_that_is_worked_out_below_another_heading_is_claimed() -> None:
    text = """
## Forward

$$z = W a + b, \\qquad p = f(z), \\qquad E = \\frac12 \\|p - t\\|^2$$

## Signals

$$\\delta = \\frac{\\partial E}{\\partial z}$$

## Backward

$$\\delta = (p - t) \\odot PRIME(z)$$
"""
    assert verdicts(text.replace("PRIME", "f'")) == ["correct"] * 5
    assert verdicts(text.replace("PRIME", "f")) == ["correct"] * 4 + ["wrong"]


@pytest.mark.parametrize("sign", LEFT.values(), ids=LEFT)
def test_rules_may_stand_before_the_signal_that_they_use(sign):
    ds, dv = (sign.format(name) for name in "SV")
    rule = rf"{dv} = \frac{{1}}{{m}} {ds} X^T"
    assert [verdict for verdict, _ in found(rule, f"{ds} = ({SIGNAL}")] == ["convention", "convention"]
    twice = rf"{dv} = \frac{{2}}{{m}} {ds} X^T"
    assert [verdict for verdict, _ in found(rule, twice, f"{ds} = ({SIGNAL}")][1] == "wrong"
    averaged = rf"{ds} = \frac{{1}}{{m}} ({SIGNAL}"
    assert [verdict for verdict, _ in found(rule, averaged)] == ["wrong", "correct"]
