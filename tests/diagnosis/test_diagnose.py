"""One slip after another in a two-layer network: its name, its place, the formula that results."""

import pytest

from gradcheck.diagnosis import Case, diagnose, diagnose_readings
from gradcheck.expr.forms.build import apply, deriv, num, prime, substitute, var
from gradcheck.expr.forms.tree import Expr
from gradcheck.options import Options
from gradcheck.pipeline import run
from gradcheck.source import Span
from tests.benchmarks.injection.injection import with_places
from tests.benchmarks.injection.noise import random_formulas
from tests.benchmarks.injection.programs import (
    A1,
    A2,
    B1,
    W1,
    W2,
    Z1,
    L,
    M,
    X,
    Y,
    add,
    complement,
    mm,
    mul,
    regression,
    residual,
    single_sample,
    sub,
    total,
    tr,
)  # fmt: skip

NETWORK = regression()
ERROR = sub(A2, Y)
SLOPE = prime("sigmoid", Z1)


def hidden(error: Expr = ERROR, weight: Expr = W2, slope: Expr = SLOPE, data: Expr = X) -> Expr:
    """dW1 without the mean, with its parts to be exchanged."""
    return mm(mul(mm(tr(weight), error), slope), tr(data))


RIGHT = mul(M, hidden())
SLIPS = {
    "GC201": (hidden(), "the factor `1/m` is missing"),
    "GC202": (mul(M, mul(M, hidden())), "the factor `1/m` does not belong here"),
    "GC206": (mul(num(2), RIGHT), "the factor `2` does not belong here"),
    "GC301": (mul(M, mm(mm(tr(W2), ERROR), tr(X))), "the factor `σ'(Z[1])` is missing"),
    "GC302": (mul(M, hidden(slope=prime("sigmoid", A1))), "`σ'(A[1])` stands where `σ'(Z[1])` belongs"),
    "GC401": (mul(M, hidden(slope=complement(SLOPE))), "σ'(Z[1])"),
    "GC402": (mul(M, hidden(slope=apply("sigmoid", Z1))), "`σ(Z[1])` stands where `σ'(Z[1])` belongs"),
    "GC404": (mul(M, hidden(slope=complement(Z1))), "stands where `A[1] ⊙ (1 - A[1])` belongs"),
    "GC502": (mul(M, hidden(error=sub(Y, A2))), "`Y - A[2]` stands where `A[2] - Y` belongs"),
    "GC501": (apply("neg", RIGHT), "the sign is wrong"),
    "GC312": (mul(M, hidden(slope=mul(SLOPE, A1))), "the factor `A[1]` does not belong here"),
}


def case(wrong: Expr, left: Expr | None = None, **more) -> Case:
    """A wrong line about dW1, unless another left side is given."""
    return Case(NETWORK.bench, deriv(L, W1) if left is None else left, wrong, **more)


@pytest.mark.parametrize("code", SLIPS)
def test_a_slip_is_named_and_mended(code: str):
    wrong, headline = SLIPS[code]
    found = diagnose(case(wrong))
    assert found is not None
    assert found.code == code
    assert headline in found.headline
    assert NETWORK.bench.close(found.repaired, RIGHT)
    assert NETWORK.bench.compare(deriv(L, W1), found.repaired).outcome == "equal"


def test_the_authors_names_are_used():
    found = diagnose(case(mul(M, hidden(error=sub(Y, A2))), name={"A^{[2]}": r"\hat{y}", "Y": "t"}.get))
    assert found is not None
    assert "`t - y\u0302` stands where `y\u0302 - t` belongs" in found.headline


def test_another_layers_weight():
    network = single_sample()
    claim = next(c for c in network.claims if c.name == "da_1")
    wrong = substitute(claim.right, {var("w_2", (1, 1)): var("w_1", (1, 1))})
    found = diagnose(Case(network.bench, claim.left, wrong))
    assert found is not None
    assert (found.code, found.headline) == ("GC503", "`w₁` stands where `w₂` belongs")


def test_the_smallest_place_is_changed():
    wrong = with_places(mul(M, hidden(slope=apply("sigmoid", Z1))))
    found = diagnose(case(wrong))
    assert found is not None
    ((old, new),) = found.edits
    assert (old, new) == (apply("sigmoid", Z1), SLOPE)
    assert isinstance(old.span, Span)
    assert wrong.span is not None
    assert old.span in wrong.span
    assert old.span != wrong.span


def test_one_edit_at_several_places_is_one_repair():
    wrong = with_places(mul(M, hidden(slope=complement(SLOPE))))
    found = diagnose(case(wrong))
    assert found is not None
    places = [old.span for old, _ in found.edits]
    assert len(places) == len(set(places)) == 2
    assert {new for _, new in found.edits} <= {A1, apply("sigmoid", Z1)}


def test_two_slips():
    found = diagnose(case(hidden(error=sub(Y, A2))))
    assert found is not None
    assert sorted(found.repair.codes) == ["GC201", "GC502"]
    assert found.headline.startswith("two slips: ")
    assert NETWORK.bench.close(found.repaired, RIGHT)


def test_a_line_of_another_shape():
    wrong = mul(M, mul(mm(tr(W2), ERROR), SLOPE))
    found = diagnose(case(wrong, left=deriv(L, B1)))
    assert found is not None
    assert found.code == "GC204"
    assert NETWORK.bench.close(found.repaired, total(wrong, 1))


def test_the_simplest_reading_counts():
    far, near = mul(mul(M, M), hidden(error=sub(Y, A2))), mul(M, hidden(error=sub(Y, A2)))
    found = diagnose_readings([case(far), case(near)])
    assert found is not None
    assert found.code == "GC502"


def test_a_line_is_not_explained_by_its_own_left_side():
    """Anything times zero plus the answer would be right."""
    nonsense = mul(apply("exp", W1), W1)
    found = diagnose(case(nonsense))
    assert found is None or deriv(L, W1) not in set(found.repaired.walk())


def test_nonsense_is_left_unexplained():
    formulas = [f for claim in NETWORK.claims[:4] for f in random_formulas(NETWORK, claim, 3, seed=5)]
    cases = [
        Case(NETWORK.bench, claim.left, f)
        for claim in NETWORK.claims[:4]
        for f in formulas
        if f.shape == claim.left.shape
    ]
    explained = [c.written for c in cases if diagnose(c) is not None]
    assert len(cases) >= 12
    assert not explained


def test_the_same_line_gets_the_same_answer():
    wrong = mul(M, hidden(slope=complement(Z1)))
    first = diagnose(case(wrong))
    again = diagnose(Case(regression().bench, deriv(L, W1), wrong))
    assert first == again


def test_ties_are_two_at_most_and_all_right():
    for wrong, _ in SLIPS.values():
        found = diagnose(case(wrong))
        assert found is not None
        assert len(found.alternatives) <= 2
        assert all(NETWORK.bench.close(a.repaired, RIGHT) for a in found.alternatives)


def test_a_dropped_path_is_seen_in_the_right_formula():
    """The term that is missing may be no quantity by itself."""
    network = residual()
    claim = network.claims[0]
    lost = claim.right.args[0]
    found = diagnose(Case(network.bench, claim.left, lost))
    assert found is not None
    assert found.code == "GC306"
    assert network.bench.close(found.repaired, claim.left)
    assert add(lost, claim.right.args[1]) == claim.right


def test_a_long_chain_of_definitions_is_told(tmp_path):
    names = ["w x", *(rf"\tanh(z_{{{k}}})" for k in range(400))]
    forward = [f"$$z_{{{k}}} = {right}$$" for k, right in enumerate(names)]
    path = tmp_path / "long.md"
    lines = [*forward, "$$L = z_{400}^2$$", r"$$\frac{\partial L}{\partial z_{400}} = z_{400}$$"]
    path.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    (document,) = run([path], Options()).documents
    assert document.notes == ()
    assert document.links[-1].rule.code == "GC206"
