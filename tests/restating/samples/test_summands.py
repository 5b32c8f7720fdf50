"""A total and its summands under one letter: `C = Σ_i C_i`."""

import pytest

from tests.checking.written import displayed, verdicts

BELOW = (r"C = \frac{1}{n} \sum_{i=1}^n C_i", r"C_i = \frac{1}{2} \|A s_i - t_i\|^2")
ABOVE = (
    r"\mathcal{J}^{(k)} = \frac{1}{2} (v^T s^{(k)} - t^{(k)})^2",
    r"\mathcal{J} = \sum_k \mathcal{J}^{(k)}",
)


@pytest.mark.parametrize(
    ("given", "one", "all_of_them"),
    [
        (
            BELOW,
            r"\frac{\partial C_i}{\partial A} = (A s_i - t_i) s_i^T",
            r"\frac{\partial C}{\partial A} = \frac{1}{n} \sum_{i=1}^n (A s_i - t_i) s_i^T",
        ),
        (
            ABOVE,
            r"\frac{\partial \mathcal{J}^{(k)}}{\partial v} = (v^T s^{(k)} - t^{(k)}) s^{(k)}",
            r"\frac{\partial \mathcal{J}}{\partial v} = \sum_k (v^T s^{(k)} - t^{(k)}) s^{(k)}",
        ),
    ],
    ids=["below", "above"],
)
def test_both_have_their_gradients(given: tuple[str, ...], one: str, all_of_them: str) -> None:
    assert verdicts(displayed(*given, one, all_of_them)) == ["correct"] * 4
    assert verdicts(displayed(*given, one.replace(" - t", " + t"), all_of_them))[2] == "wrong"
    assert verdicts(displayed(*given, one, all_of_them.replace(" - t", " + t")))[3] == "wrong"
    assert verdicts(displayed(*given, one, all_of_them.replace("= ", "= 2 ")))[3] == "wrong"


def test_the_total_is_no_summand() -> None:
    line = r"\frac{\partial C}{\partial A} = (A s_i - t_i) s_i^T"
    assert verdicts(displayed(*BELOW, line))[-1] in ("wrong", "undecided")
