"""A partial derivative of a function of several arguments holds these alone."""

from tests.checking.written import displayed, verdicts


def test_what_is_no_argument_is_not_held() -> None:
    lines = (r"n(a, b) = \frac{1}{a + b}", r"F(a, b) = a \ln x + n(a, b)")
    assert (
        verdicts(displayed(*lines, r"\frac{\partial F}{\partial a} = \ln x - \frac{1}{(a + b)^2}"))[-1]
        == "correct"
    )
    assert verdicts(displayed(*lines, r"\frac{\partial F}{\partial a} = \ln x"))[-1] == "wrong"


def test_another_argument_is_held() -> None:
    lines = (r"y = x^2", r"f(x, y) = x y + y^3")
    assert verdicts(displayed(*lines, r"\frac{\partial f}{\partial x} = y"))[-1] == "correct"
    assert verdicts(displayed(*lines, r"\frac{\partial f}{\partial x} = y + 2 x"))[-1] == "wrong"
