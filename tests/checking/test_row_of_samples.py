"""A row of samples is picked by the letter of a sample, and a shifted letter is never dropped."""

from tests.checking.written import displayed, verdicts

SHAPES = "---\nshapes:\n  q: [1, T]\n  p: [1, T]\n  g: [1, T]\n  v: [1, 1]\n---\n\n"
FORWARD = (r"q_t = \tanh(v p_t)", r"E = \frac{1}{2} \sum_{t=1}^T (q_t - g_t)^2")
GRADIENT = r"\frac{\partial E}{\partial v} = \sum_{t=1}^T (q_t - g_t) \tanh'(v p_t) p_t"


def test_an_entry_of_a_row_is_that_of_its_sample():
    assert verdicts(SHAPES + displayed(*FORWARD, GRADIENT)) == ["correct"] * 3


def test_a_shift_is_not_lost():
    for right, wrong in (("g_t", "g_{t+1}"), ("q_t -", "q_{t-1} -"), (") p_t", ") p_{t-1}")):
        assert GRADIENT.count(right) == 1
        found = verdicts(SHAPES + displayed(*FORWARD, GRADIENT.replace(right, wrong)))
        assert found[-1] in ("wrong", "undecided")
