"""A loss that weighs two by α is defined by that: it is no step with α as its size."""

from tests.checking.written import displayed, verdicts

STEP = r"J = \frac12 (w x - t)^2"
BLEND = [r"A = \frac12 (w x - t)^2", r"B = \frac12 w^2", r"L = A - (1 - \alpha) B"]


def test_what_is_weighed_is_derived() -> None:
    line = r"\frac{\partial L}{\partial w} = (w x - t) x - (1 - \alpha) w"
    assert set(verdicts(displayed(*BLEND, line))) == {"correct"}
    assert verdicts(displayed(*BLEND, line.replace(r"(1 - \alpha) w", r"\alpha w")))[-1] == "wrong"


def test_a_step_along_a_gradient_stays_one() -> None:
    step = r"w = w - \alpha (w x - t) x"
    assert verdicts(displayed(STEP, step))[-1] == "correct"
    assert verdicts(displayed(STEP, step.replace("w - ", "w + ")))[-1] == "wrong"
