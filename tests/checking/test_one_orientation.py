r"""What is declared in \mathbb{R}^d below an index is a column each time it is written."""

import pytest

from tests.checking.written import displayed, verdicts

GIVEN = r"With $u_j \in \mathbb{R}^d$ and $v \in \mathbb{R}^d$:" + "\n\n"
SUM = r"F = \log \sum_{j=1}^n \exp(u_j^\top v)"
SLOPE = r"\nabla_v F = \frac{\sum_{j=1}^n \exp(u_j^\top v) u_j}{\sum_{k=1}^n \exp(u_k^\top v)}"
CURVED = r"E = \sum_{j=1}^n \exp(u_j^\top v)", r"\nabla_v^2 E = \sum_{j=1}^n \exp(u_j^\top v) u_j u_j^\top"


def test_as_declared() -> None:
    assert verdicts(GIVEN + displayed(SUM, SLOPE))[-1] == "correct"
    assert verdicts(GIVEN + displayed(*CURVED))[-1] == "correct"


def test_a_row_is_told_as_one() -> None:
    assert verdicts(GIVEN + displayed(SUM, SLOPE.replace("v) u_j}", r"v) u_j^\top}")))[-1] == "convention"


@pytest.mark.parametrize("inner", [r"u_j^\top u_j", r"u_j^{\top} u_j"])
def test_an_inner_product_is_no_outer_one(inner: str) -> None:
    wrong = CURVED[1].replace(r"u_j u_j^\top", inner)
    assert verdicts(GIVEN + displayed(CURVED[0], wrong))[-1] not in ("correct", "convention", "charitable")
