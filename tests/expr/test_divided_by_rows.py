r"""Arrays divided by one row or column: `(X - \mu) / s` of a batch, by broadcasting."""

import pytest

from tests.checking.written import displayed, verdicts

LAYER = (
    r"X, T \in \mathbb{R}^{N \times D}, \quad c, s \in \mathbb{R}^{1 \times D}",
    r"U = \frac{X - c}{s}",
    r"L = \frac12 \|U - T\|_F^2",
)


@pytest.mark.parametrize(("sign", "verdict"), [("", "charitable"), ("-", "wrong")])
def test_each_row_is_divided(sign: str, verdict: str) -> None:
    found = verdicts(displayed(*LAYER, rf"\frac{{\partial L}}{{\partial X}} = {sign} \frac{{U - T}}{{s}}"))
    assert "wrong" not in found[:-1]
    assert found[-1] == verdict


def test_what_has_other_rows_divides_nothing() -> None:
    lines = (*LAYER[:1], r"v \in \mathbb{R}^{D \times 1}", r"U = \frac{X}{v}")
    assert verdicts(displayed(*lines))[-1] in ("wrong", "undecided")
