"""Which formulas count as one repair."""

import pytest

from gradcheck.diagnosis.canonical import canonical
from gradcheck.expr.forms.build import apply, num, var
from tests.benchmarks.injection.programs import M, add, complement, mm, mul, sub, total, tr

A, B, S = var("A", ("n", "k")), var("B", ("n", "k")), var("s", (1, 1))

SAME = {
    "factors commute": (mul(A, B), mul(B, A)),
    "addends commute": (add(A, B), add(B, A)),
    "signs move": (mul(apply("neg", A), B), apply("neg", mul(A, B))),
    "a difference turned": (apply("neg", sub(A, B)), sub(B, A)),
    "scalars float out of products": (mm(mul(S, A), tr(B)), mul(S, mm(A, tr(B)))),
    "and out of sums": (total(mul(S, A), 1), mul(S, total(A, 1))),
    "numbers multiply": (mul(num(2), mul(num(3), A)), mul(num(6), A)),
    "transposes go inside": (tr(mm(A, tr(B))), mm(B, tr(A))),
    "division by a count": (apply("div", A, M.args[1]), mul(M, A)),
}
OTHER = {
    "matrix products do not commute": (mm(A, tr(B)), mm(B, tr(A))),
    "brackets stay": (complement(A), sub(A, mul(A, A))),
    "axes differ": (total(A, 0), total(A, 1)),
    "sums differ": (add(A, B), sub(A, B)),
}


@pytest.mark.parametrize("name", SAME)
def test_same(name: str):
    one, other = SAME[name]
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize("name", OTHER)
def test_other(name: str):
    one, other = OTHER[name]
    assert canonical(one) != canonical(other)
