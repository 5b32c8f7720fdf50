"""One step of a recurrent cell: what comes after is not asked of it; its own errors are found."""

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
