"""What is put in where no quantity does: the error of the output, half of it, a whole gradient."""

import pytest

from gradcheck.diagnosis import Case, diagnose
from gradcheck.diagnosis.residuals import residuals
from gradcheck.diagnosis.setting import Setting
from gradcheck.expr.forms.build import apply, deriv, isum, num, pick, prime, var
from gradcheck.expr.forms.tree import Expr, Ix
from tests.benchmarks.injection.programs import A1 as HIDDEN
from tests.benchmarks.injection.programs import (
    A2,
    B1,
    W1,
    W2,
    Z2,
    Derivation,
    L,
    M,
    X,
    Y,
    by_entries,
    classification,
    complement,
    mm,
    mul,
    recurrent,
    regression,
    single_sample,
    softmax,
    softmax_jacobian,
    square,
    sub,
    tanh,
    total,
    tr,
)

SLOPE = sub(num(1), square(HIDDEN))


def told(derivation: Derivation, left: Expr, wrong: Expr):
    return diagnose(Case(derivation.bench, left, wrong))


@pytest.mark.parametrize("make", [regression, classification, tanh])
def test_what_a_loss_compares_is_prediction_and_label(make):
    derivation = make()
    assert residuals(Setting(derivation.program, (deriv(L, W1),))) == (sub(A2, Y),)


def test_a_bias_is_no_label():
    derivation = single_sample()
    (difference,) = residuals(Setting(derivation.program, (deriv(L, var("w_1", (1, 1))),)))
    assert difference == sub(var("a_2", (1, 1)), var("y", (1, 1)))


def test_the_error_of_the_output_is_put_in():
    back = mm(tr(W2), prime("sigmoid", Z2))
    found = told(tanh(), deriv(L, W1), mul(M, mm(mul(back, SLOPE), tr(X))))
    assert found is not None
    assert (found.code, found.headline) == ("GC305", "the factor `A[2] - Y` is missing")


def test_the_error_is_completed():
    for half, lost in ((A2, "Y"), (apply("neg", Y), "A[2]")):
        back = mm(tr(W2), mul(half, prime("sigmoid", Z2)))
        found = told(tanh(), deriv(L, B1), mul(M, total(mul(back, SLOPE), 1)))
        assert found is not None
        assert (found.code, found.headline) == ("GC306", f"the term `{lost}` is missing")


def test_the_one_of_a_slope_is_completed():
    back = mm(tr(W2), sub(A2, Y))
    wrong = mul(M, mul(back, HIDDEN, apply("neg", HIDDEN)))
    found = told(classification(), classification().claims[2].left, wrong)
    assert found is not None
    assert found.headline == "the term `1` is missing"


def test_a_gradient_is_put_in_where_the_rest_of_the_chain_stands():
    x, w, a = (var(key, (1, 1)) for key in ("x", "w_2", "a_1"))
    left = deriv(L, var("w_1", (1, 1)))
    found = told(single_sample(), left, mul(w, complement(a), x))
    assert found is not None
    assert found.code == "GC305"
    assert found.headline == "the factor `∂L/∂z₂` is missing"
    # One name is less than what would be put in: nearly anything is a part of some chain.
    assert told(single_sample(), left, mul(num(3), x)) is None


def test_an_error_is_picked_as_the_line_picks():
    i, j, k = Ix("i", "m"), Ix("j", "n"), Ix("k", "n")
    x, z = var("x", ("n", "m")), var("z", ("n", "m"))
    wrong = isum(mul(prime("sigmoid", pick(z, j, i)), pick(x, k, i)), i)
    found = told(by_entries(), by_entries().claims[0].left, wrong)
    assert found is not None
    assert found.headline == "the factor `a[ji] - y[ji]` is missing"


def test_an_unshifted_index_is_known_beside_a_shifted_one():
    t, w, s, z = Ix("t", "T"), var("w", (1, 1)), var("s", (1, "T")), var("z", (1, "T"))
    before = pick(s, None, t._replace(shift=-1))
    local = prime("tanh", mul(w, before))
    found = told(recurrent(), recurrent().claims[0].left, isum(mul(pick(z, None, t), local, before), t))
    assert found is not None
    assert found.headline == "the term `y[t]` is missing"


def test_a_tanh_slope_written_out_is_a_missing_activation_derivative():
    found = told(tanh(), deriv(L, B1), mul(M, total(mm(tr(W2), mul(sub(A2, Y), prime("sigmoid", Z2))), 1)))
    assert found is not None
    assert found.code == "GC301"


def test_a_softmax_without_its_outer_product_is_diagonal_only():
    derivation = softmax_jacobian()
    s, g = var("s", ("n", 1)), var("g", ("n", 1))
    found = told(derivation, derivation.claims[0].left, mm(apply("diag", s), g))
    assert found is not None
    assert found.code == "GC407"


def test_what_cancels_to_rounding_is_explained_by_nothing():
    derivation = softmax()
    nothing = mul(Z2, total(sub(A2, Y), 0))
    assert told(derivation, deriv(L, Z2), nothing) is None
