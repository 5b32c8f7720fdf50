"""One step of a recurrent cell: what comes after is not asked of it; its own errors are found."""

import pytest

from tests.checking.written import displayed, verdicts

CELL = [
    r"s_t = a_t \odot s_{t-1} + b_t \odot u_t",
    r"r_t = q_t \odot \tanh(s_t)",
    r"\frac{\partial L}{\partial q_t} = \frac{\partial L}{\partial r_t} \odot \tanh(s_t)",
]
STATE = (
    r"\frac{\partial L}{\partial s_t} = \frac{\partial L}{\partial r_t} \odot q_t \odot (1 - \tanh^2(s_t))"
)


def test_one_step_is_not_accused_of_what_comes_after_it() -> None:
    assert verdicts(displayed(*CELL, STATE)) == ["correct"] * 3 + ["correct"]


def test_other_slips_of_one_step_are_found() -> None:
    for slip in (STATE.replace("1 -", "1 +"), STATE.replace("q_t", "a_t")):
        assert verdicts(displayed(*CELL, slip))[-1] == "wrong"


def test_a_whole_sequence_needs_what_comes_after() -> None:
    after = [r"L = \sum_t L_t", r"L_t = \frac{1}{2} \|r_t - y_t\|^2"]
    assert verdicts(displayed(*CELL[:2], *after, STATE))[-1] == "wrong"
    carried = r"\frac{\partial L}{\partial s_{t-1}} = \frac{\partial L}{\partial s_t} \odot a_t"
    step = STATE.replace("_t", "_{t+1}")
    assert verdicts(displayed(*CELL, carried.replace("_{t-1}", "_t").replace("a_t", "a_{t+1}"), step))[
        -1
    ] != ("correct")


STEP = displayed(
    r"s_t = \tanh(P u_t + Q s_{t-1})",
    r"E_t = \frac{1}{2} \|s_t - y_t\|^2",
)
ERROR = r"\frac{\partial E_t}{\partial Q} = ((s_t - y_t) \odot (1 - s_t \odot s_t)) s_{t-1}^T"


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Here $s_{t-1}$ is held constant.", "correct"),
        ("We treat the state $s_{t-1}$ as fixed.", "correct"),
        ("Here $s_{t-1}$ is not constant.", "wrong"),
        ("We cannot treat $s_{t-1}$ as a constant: it depends on $Q$.", "wrong"),
        ("The rate is held constant.", "wrong"),
    ],
)
def test_the_state_before_is_constant_where_a_sentence_says_so(sentence: str, said: str) -> None:
    assert verdicts(f"{STEP}\n{sentence}\n\n$${ERROR}$$\n")[-1] == said


def test_a_slip_of_one_step_is_found_where_the_state_before_is_constant() -> None:
    line = ERROR.replace("s_{t-1}^T", "s_t^T")
    assert verdicts(f"{STEP}\nHere $s_{{t-1}}$ is held constant.\n\n$${line}$$\n")[-1] == "wrong"
