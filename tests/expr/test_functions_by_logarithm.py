"""A function that is told by its logarithm, `\\log p(s) = -s^2`, is applied, and multiplies nothing."""

from tests.checking.written import displayed, verdicts

TOLD = r"\log p(s) = -\log \cosh(s)"


def test_a_density_told_by_its_logarithm_is_a_function() -> None:
    right = r"\frac{d}{ds} \log p(s) = -\tanh(s)"
    assert verdicts(displayed(TOLD, right)) == ["correct"] * 2
    assert verdicts(displayed(TOLD, right.replace("-", "")))[-1] == "wrong"


def test_it_may_be_applied_elsewhere() -> None:
    right = r"\frac{d}{du} \log p(2 u) = -2 \tanh(2 u)"
    assert verdicts(displayed(TOLD, right))[-1] == "correct"
    assert verdicts(displayed(TOLD, right.replace("-2", "-")))[-1] == "wrong"
