"""Whose letter is which quantity, what a line derives, and a problem that was changed."""

import pytest

from gradcheck.grading.evidence import LOSS, Derivative
from gradcheck.grading.marks import Status, mark

TEXT = r"""
## Regression

$$S_1 = V_1 X + c_1$$

$$H_1 = \sigma(S_1)$$

$$S_2 = V_2 H_1 + c_2$$

$$L = \frac{1}{2m} \sum_{i=1}^m (s_2^{(i)} - y^{(i)})^2$$

$$\frac{\partial L}{\partial S_2} = \frac{1}{m} (S_2 - Y)$$

$$\frac{\partial L}{\partial V_2} = \frac{\partial L}{\partial S_2} H_1^T$$

$$\nabla_{V_1} L = (V_2^T \nabla_{S_2} L \odot H_1 \odot (1 - H_1)) X^T$$
"""


def derived(evidence):
    return [line.derives for line in evidence.lines if line.derives is not None]


def test_letters_are_matched_by_their_part_in_the_forward_pass(examine):
    evidence = examine(TEXT)
    meant = {match.written: match.meant for match in evidence.matches}
    assert meant["V_2"] == "W^{[2]}"
    assert meant["V_1"] == "W^{[1]}"
    assert meant["c_1"] == "b^{[1]}"
    assert meant["H_1"] == "A^{[1]}"
    assert derived(evidence) == [Derivative(LOSS, key) for key in ("Z^{[2]}", "W^{[2]}", "W^{[1]}")]
    assert not evidence.deviations


def test_an_alias_overrules_the_match(examine):
    evidence = examine("---\naliases:\n  V_1: W^{[1]}\n  V_2: W^{[2]}\n---\n" + TEXT)
    assert [each.by for each in derived(evidence)] == ["Z^{[2]}", "W^{[2]}", "W^{[1]}"]


def test_a_nabla_in_a_product_is_that_of_the_loss(examine):
    last = examine(TEXT).lines[-1]
    assert last.uses == (Derivative(LOSS, "Z^{[2]}"),)


@pytest.mark.parametrize(
    ("right", "easier", "quantity"),
    [
        ("(s_2^{(i)} - y^{(i)})^2", "(s_2^{(i)} - y^{(i)})", "L"),
        ("V_2 H_1 + c_2", "V_2 H_1 - c_2", "Z^{[2]}"),
        ("V_1 X + c_1", "V_1 X", "Z^{[1]}"),
    ],
)
def test_a_changed_problem_needs_a_person(right, easier, quantity, examine, rubric):
    assert right in TEXT
    evidence = examine(TEXT.replace(right, easier))
    assert quantity in {each.quantity for each in evidence.deviations}
    results = mark("s", evidence, rubric).results[:5]
    assert {each.status for each in results} == {Status.PERSON}


def test_a_constant_factor_of_the_loss_is_a_convention(examine, rubric):
    evidence = examine(TEXT.replace(r"\frac{1}{2m} \sum", r"\frac{1}{m} \sum"))
    assert [each.by_constant for each in evidence.deviations] == [True]
    assert Status.PERSON not in {each.status for each in mark("s", evidence, rubric).results[1:2]}


def test_a_submission_does_not_choose_its_own_problem(examine):
    evidence = examine("---\nassignment: elsewhere.md\n---\n" + TEXT)
    assert evidence.failure is None
    assert {line.case for line in evidence.lines} == {"Regression"}


def test_what_cannot_be_read_is_evidence(examine, rubric):
    evidence = examine("---\naliases: 3\n---\n$$a = 1$$\n")
    assert "aliases" in evidence.failure
    assert {each.status for each in mark("s", evidence, rubric).results} == {Status.PERSON}


def test_a_wrong_line_that_comes_to_a_number_is_a_trivial_answer(examine, rubric):
    lines = (r"dZ^{[2]} = SIGNAL", r"dW^{[2]} = \frac{1}{m} (SIGNAL) A^{[1]T}")
    text = "## Regression\n\n" + "\n\n".join(f"$${line}$$" for line in lines)
    trivial = examine(text.replace("SIGNAL", "A^{[2]} - A^{[2]}"))
    assert [line.constant for line in trivial.lines] == [True, True]
    assert mark("s", trivial, rubric).results[1].status is Status.WRONG
    slip = examine(text.replace("SIGNAL", "Y - A^{[2]}"))
    assert [line.constant for line in slip.lines] == [False, False]
    assert mark("s", slip, rubric).results[1].status is Status.FOLLOWS
