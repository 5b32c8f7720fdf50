"""What small letters make as an inner product is a number, before claims make matrices of them."""

from tests.checking.written import displayed, verdicts

LIKENESS = [r"s = \frac{a^T b}{\|a\| \|b\|}"]
UNIT = [r"u = \frac{a}{\|a\|}", r"f = 1 - u^T c"]


def test_the_likeness_of_two_columns_is_derived() -> None:
    line = r"\frac{\partial s}{\partial a} = \frac{b}{\|a\| \|b\|} - s \frac{a}{\|a\|^2}"
    assert set(verdicts(displayed(*LIKENESS, line))) == {"correct"}
    assert verdicts(displayed(*LIKENESS, line.replace(r"\|a\|^2}", r"\|a\|}")))[-1] == "wrong"


def test_a_projection_stands_before_a_column() -> None:
    line = r"\frac{\partial f}{\partial a} = -\frac{1}{\|a\|} (I - u u^T) c"
    assert set(verdicts(displayed(*UNIT, line))) == {"correct"}
    assert verdicts(displayed(*UNIT, line.replace("I - u", "I + u")))[-1] == "wrong"
