"""Error signals that are defined wrongly: they are charged, and the lines built on them follow."""

import pytest

from tests.checking.written import displayed, verdicts

FORWARD = (
    r"h = \sigma(A x + u), \quad A \in \mathbb{R}^{n \times d}, \quad x \in \mathbb{R}^{d}",
    r"p = B h + v, \quad B \in \mathbb{R}^{k \times n}, \quad y \in \mathbb{R}^{k}",
    r"E = \frac12 \|p - y\|^2",
)
SECOND = r"\delta_2 = p - y"
FIRST = r"\delta_1 = (B^T \delta_2) \odot h \odot (1 - h)"
CLAIMS = (
    r"\frac{\partial E}{\partial B} = \delta_2 h^T",
    r"\frac{\partial E}{\partial v} = \delta_2",
    r"\frac{\partial E}{\partial A} = \delta_1 x^T",
    r"\frac{\partial E}{\partial u} = \delta_1",
)


def found(second: str = SECOND, first: str = FIRST, claims: tuple[str, ...] = CLAIMS) -> list[str]:
    """The verdicts of the signals and of the lines built on them."""
    return verdicts(displayed(*FORWARD, second, first, *claims))[-2 - len(claims) :]


def test_a_right_backward_pass_is_right():
    assert set(found()) == {"correct"}


@pytest.mark.parametrize(
    "first",
    [
        r"\delta_1 = (B^T \delta_2) \odot h",
        r"\delta_1 = B^T \delta_2",
        r"\delta_1 = (B^T \delta_2) \odot \sigma(A x + u)",
        r"\delta_1 = -(B^T \delta_2) \odot h \odot (1 - h)",
    ],
)
def test_the_signal_is_charged_and_not_what_is_built_on_it(first):
    assert found(first=first) == ["correct", "wrong", "correct", "correct", "follows", "follows"]


def test_what_rests_on_a_signal_through_another_follows_too():
    assert found(second=r"\delta_2 = y - p") == ["wrong", "correct", *["follows"] * 4]


def test_a_sign_that_is_carried_on_is_no_fault():
    claims = (
        r"\frac{\partial E}{\partial B} = -\delta_2 h^T",
        r"\frac{\partial E}{\partial v} = -\delta_2",
        r"\frac{\partial E}{\partial A} = -\delta_1 x^T",
        r"\frac{\partial E}{\partial u} = -\delta_1",
    )
    assert set(found(second=r"\delta_2 = y - p", claims=claims)) == {"correct"}


def test_one_line_beside_right_ones_is_charged_itself():
    claims = (*CLAIMS[:2], r"\frac{\partial E}{\partial A} = -\delta_1 x^T", CLAIMS[3])
    assert found(claims=claims) == ["correct", "correct", "correct", "correct", "wrong", "correct"]


def test_a_signal_that_one_line_is_right_with_is_not_charged():
    claims = (
        CLAIMS[1],
        r"\frac{\partial E}{\partial B} = -\delta_2 h^T",
        r"\frac{\partial E}{\partial h} = -B^T \delta_2",
    )
    assert found(claims=claims) == ["correct", "correct", "correct", "wrong", "wrong"]
