"""Constructors of expressions: shapes, free indices, substitution."""

from __future__ import annotations

import pytest

from gradcheck.expr.forms.build import (
    apply,
    deriv,
    isum,
    num,
    pick,
    prime,
    rename_index,
    stack,
    substitute,
    var,
    variables,
)
from gradcheck.expr.forms.tree import Ix, distinct
from gradcheck.shapes import SCALAR, ShapeError
from gradcheck.source import Span

W, X, b = var("W", ("n", "k")), var("X", ("k", "m")), var("b", ("n", 1))
L = var("L", SCALAR)
i, j = Ix("i", "m"), Ix("j", "n")


def test_shapes_follow_from_the_operations() -> None:
    z = apply("add", apply("matmul", W, X), b)
    assert z.shape == ("n", "m")
    assert pick(z, j, i).shape == SCALAR
    assert pick(z, None, i).shape == ("n", 1)
    assert pick(z, 2, None).shape == (1, "m")
    assert stack(pick(z, None, i), i, 1).shape == ("n", "m")
    assert deriv(L, W).shape == W.shape
    assert prime("tanh", z).shape == z.shape


def test_free_indices_are_merged_and_bound() -> None:
    entry = apply("mul", pick(W, j, 1), pick(X, 1, i))
    assert entry.free == (("i", "m"), ("j", "n"))
    assert isum(entry, i).free == (("j", "n"),)
    assert stack(stack(entry, j, 0), i, 1).free == ()
    assert deriv(isum(entry, i), W).free == (("j", "n"),)


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: pick(X, j, None), "index j runs to n, but it selects from k"),
        (lambda: pick(X, 0, None), "there is no entry 0 along k"),
        (lambda: pick(var("v", (3, 1)), 4, None), "there is no entry 4 along 3"),
        (
            lambda: apply("mul", pick(X, None, i), pick(b, Ix("i", "n"), None)),
            "index i runs over m and over n",
        ),
        (lambda: isum(pick(X, 1, i), Ix("i", "k")), "index i runs over m and over k"),
        (lambda: stack(X, i, 1), "only size 1 can be stacked over i, not k × m"),
        (lambda: deriv(W, X), "a derivative needs a scalar target, not n × k"),
        (lambda: prime("matmul", X), "matmul is not an elementwise function"),
    ],
)
def test_what_does_not_fit_is_named(build: object, message: str) -> None:
    with pytest.raises(ShapeError, match=message):
        build()  # type: ignore[operator]


def test_only_quantities_are_differentiated_by() -> None:
    with pytest.raises(ValueError, match="must be a quantity"):
        deriv(L, apply("transpose", W))


def test_equality_is_structural_and_ignores_places() -> None:
    first, second = num("0.5", Span(0, 3)), num("1/2")
    assert first == second
    assert hash(first) == hash(second)
    assert num("0.1") != num("0.10000000000000000001")
    assert apply("neg", W) != apply("neg", X)


def test_substitution_keeps_the_rest_and_the_places() -> None:
    z = apply("add", apply("matmul", W, X), b, span=Span(3, 9))
    changed = substitute(z, {b: apply("neg", b)})
    assert changed.args[1] == apply("neg", b)
    assert changed.args[0] is z.args[0]
    assert changed.span == z.span
    assert substitute(z, {L: num(1)}) is z


def test_substitution_into_a_derivative_spares_its_variable() -> None:
    gradient = deriv(apply("sum", W, attr=(None,)), W)
    changed = substitute(gradient, {W: apply("neg", W)})
    assert changed.args[1] == W
    assert changed.args[0] == apply("sum", apply("neg", W), attr=(None,))


def test_substitution_does_not_capture_indices() -> None:
    inner = apply("mul", L, pick(X, 1, i))
    total = isum(inner, i)
    changed = substitute(total, {L: pick(b, Ix("i", "n"), None)})
    assert changed.free == (("i", "n"),)
    assert changed.attr[0].name != "i"


def test_indices_are_renamed_where_they_are_free() -> None:
    expr = apply("mul", pick(X, 1, i), isum(pick(X, 1, i), i))
    renamed = rename_index(expr, "i", "q")
    assert renamed.free == (("q", "m"),)
    assert renamed.args[1] == expr.args[1]


def test_variables_are_found_everywhere() -> None:
    assert variables(isum(pick(deriv(L, W), j, 1), i)) == {"L", "W"}


def test_distinct_nodes_come_once_in_the_order_of_first_appearance() -> None:
    inner = apply("add", X, X)
    formulas = (apply("mul", inner, X), apply("neg", inner), apply("mul", inner, X))
    everywhere = [node for formula in formulas for node in formula.walk()]
    assert list(distinct(formulas)) == list(dict.fromkeys(everywhere))
    seen = set(inner.walk())
    assert list(distinct(formulas, seen)) == [formulas[0], formulas[1]]
