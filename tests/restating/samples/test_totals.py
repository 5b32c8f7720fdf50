r"""What a mean adds up is derived by a mark of one example: `∂L_i/∂z_i` beside `J = \frac1m \sum_i …`."""

import pytest

from tests.checking.written import displayed, verdicts

FORWARD = (r"z^{(i)} = \theta^\top x^{(i)}", r"p^{(i)} = \sigma(z^{(i)})")
CROSS = r"y^{(i)} \log p^{(i)} + (1 - y^{(i)}) \log (1 - p^{(i)})"
MEAN = rf"J(\theta) = -\frac{{1}}{{m}} \sum_{{i=1}}^m [{CROSS}]"
SQUARES = r"J(\theta) = \frac{1}{2m} \sum_{k=1}^m (p^{(k)} - y^{(k)})^2"


@pytest.mark.parametrize("one", ["L_i", "L^{(i)}", "J^{(i)}", "J_i", r"\ell_i"])
def test_it_is_derived_without_the_mean(one: str) -> None:
    by = rf"\frac{{\partial {one}}}{{\partial z^{{(i)}}}} = "
    right = displayed(*FORWARD, MEAN, by + "p^{(i)} - y^{(i)}")
    assert set(verdicts(right)) == {"correct"}
    assert verdicts(right.replace("= p", "= y").replace("} - y", "} - p"))[-1] == "wrong"


def test_a_number_in_the_mean_stays() -> None:
    by = r"\frac{\partial L_i}{\partial p^{(i)}} = "
    assert verdicts(displayed(*FORWARD, SQUARES, by + "p^{(i)} - y^{(i)}"))[-1] == "correct"
    assert verdicts(displayed(*FORWARD, SQUARES, by + "2 (p^{(i)} - y^{(i)})"))[-1] == "wrong"


def test_who_divides_by_the_count_means_a_share_of_the_mean() -> None:
    by = r"\frac{\partial J}{\partial z^{(i)}} = "
    assert verdicts(displayed(*FORWARD, MEAN, by + r"\frac{1}{m} (p^{(i)} - y^{(i)})"))[-1] == "correct"
    shares = r"\frac{\partial J_i}{\partial z^{(i)}} = \frac{1}{m} (y^{(i)} - p^{(i)})"
    assert verdicts(displayed(*FORWARD, MEAN, shares))[-1] not in ("correct", "convention", "charitable")
