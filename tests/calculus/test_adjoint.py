"""Gradients as formulas: of the value that reverse mode finds, and readable."""

import pytest

from gradcheck.calculus import Bench
from gradcheck.calculus.adjoint import gradient
from gradcheck.calculus.tidy import tidied
from gradcheck.expr.forms.build import apply, deriv, num, pick, stack, var
from gradcheck.expr.forms.tree import Expr, Ix
from gradcheck.expr.printing.printer import plain
from tests.benchmarks.injection.programs import (
    Derivation,
    L,
    M,
    add,
    derivation,
    derivations,
    mm,
    mul,
    square,
    sub,
    total,
    tr,
)  # fmt: skip

ALL = {d.name: d for d in derivations()}
# A neighbour's cotangent has no readable formula.
UNREADABLE = {("recurrent", "s")}


def quantities(network: Derivation) -> list[Expr]:
    """Every quantity of a program that its loss depends on, the loss itself left out."""
    reach = network.program.reach["L"] - {"L"}
    return [var(key, v.shape) for key, v in network.program.variables.items() if key in reach]


@pytest.mark.parametrize("name", ALL)
def test_every_gradient_has_the_value_of_reverse_mode(name: str):
    network = ALL[name]
    for bench in (network.bench, Bench(network.program, seed=5)):
        for quantity in quantities(network):
            found = gradient(network.program.definitions, L, quantity)
            if (name, quantity.attr[0]) in UNREADABLE:
                assert found is None
                continue
            assert found is not None, quantity
            assert bench.close(deriv(L, quantity), found), quantity


@pytest.mark.parametrize("name", ["regression", "classification", "softmax", "relu"])
def test_the_formula_is_the_textbooks(name: str):
    shown = {
        key: plain(gradient(ALL[name].program.definitions, L, var(key, v.shape)), str)
        for key, v in ALL[name].program.variables.items()
        if key in ("W^{[2]}", "b^{[2]}", "Z^{[2]}")
    }
    if name == "softmax":  # that the columns of Y add up to one is not known here
        assert "Y" in shown["Z^{[2]}"]
        return
    assert shown["W^{[2]}"] == "1/m (A^{[2]} - Y) A^{[1]}ᵀ"
    assert shown["Z^{[2]}"] == "1/m (A^{[2]} - Y)"


def test_it_stops_at_named_quantities():
    found = gradient(ALL["regression"].program.definitions, L, var("W^{[1]}", ("n_1", "n_0")))
    assert found is not None
    assert plain(found, str) == "1/m ((W^{[2]}ᵀ (A^{[2]} - Y)) ⊙ σ'(Z^{[1]})) Xᵀ"


def test_entries_are_taken_inside():
    program = ALL["regression"].program
    j, k = Ix("j", "n_1"), Ix("k", "n_0")
    asked = pick(var("W^{[1]}", ("n_1", "n_0")), j, k)
    found = gradient(program.definitions, L, asked)
    assert found is not None
    assert found.shape == (1, 1)
    assert ALL["regression"].bench.close(pick(deriv(L, asked.args[0]), j, k), found)


def test_one_sample_of_a_loss():
    i = Ix("i", "m")
    w, x, y, z, each = (
        var("w", (1, 1)),
        var("x", (1, "m")),
        var("y", (1, "m")),
        var("z", (1, "m")),
        var("l", (1, "m")),
    )
    definitions = {
        z: mul(w, x),
        each: stack(square(sub(pick(z, None, i), pick(y, None, i))), i, 1),
    }
    network = derivation("one", definitions, dict.fromkeys((w, x, y), "real"), {}, L)
    target = pick(each, None, i)
    found = gradient(network.program.definitions, target, w)
    assert found is not None
    assert plain(found, str) == "2 (z[i] - y[i]) x[i]"
    assert network.bench.close(deriv(target, w), found)


def test_what_is_spread_is_counted():
    """Under a plain sum the cotangent is one number for many entries: the bias gets all of them."""
    w, x, b, z = var("w", ("n", "k")), var("x", ("k", "m")), var("b", ("n", 1)), var("z", ("n", "m"))
    definitions = {z: add(mm(w, x), b), L: total(z)}
    network = derivation("sum", definitions, dict.fromkeys((w, x, b), "real"), {}, L)
    for quantity in (w, x, b, z):
        found = gradient(network.program.definitions, L, quantity)
        assert found is not None
        assert network.bench.close(deriv(L, quantity), found), quantity


A, B = var("A", ("n", "k")), var("B", ("n", "p"))


def test_what_does_not_depend_is_zero():
    w, u = var("w", ("n", 1)), var("u", (2, 3))
    assert gradient({}, total(w), u) == apply("zeros", attr=((2, 3),))


def test_an_operation_without_a_rule_has_no_formula():
    w = var("w", ("n", 1))
    assert gradient({}, apply("max", w, attr=(None,)), w) is None


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        (mul(num(1), L), "L"),
        (apply("neg", mul(sub(L, num(3)), num(2))), "2 (3 - L)"),
        (apply("neg", apply("neg", L)), "L"),
        (tr(tr(var("A", ("n", "k")))), "A"),
        (tr(mm(tr(A), B)), "Bᵀ A"),
        (tr(mm(A, tr(A))), "A Aᵀ"),
        (tr(mm(tr(A), A)), "Aᵀ A"),
        (tr(mm(mm(A, tr(A)), B)), "(A Aᵀ B)ᵀ"),
        (mm(tr(A), tr(apply("eye", attr=("n",)))), "Aᵀ"),
        (mm(apply("eye", attr=("n",)), B), "B"),
        (mm(mul(M, var("A", ("n", "k"))), tr(mul(num(2), var("A", ("n", "k"))))), "2/m A Aᵀ"),
        (add(mul(num(2), L), mul(num(3), L)), "5 L"),
        (apply("div", mul(L, M), M), "L"),
    ],
)
def test_a_formula_in_order(formula: Expr, shown: str):
    assert plain(tidied(formula), str) == shown


def layered(levels: int) -> dict[str, Expr]:
    """Two quantities a level, each used twice by the next: ways from top to bottom double at each level."""
    level = [var(f"{letter}_{{{k}}}", (1, 1)) for k in range(levels) for letter in "ab"]
    found: dict[str, Expr] = {}
    for k in range(2, len(level), 2):
        a, b = level[k - 2 : k]
        found[level[k].attr[0]] = add(a, b)
        found[level[k + 1].attr[0]] = mul(a, b)
    return found | {"L": square(level[-1])}


def test_many_definitions_on_many_ways_end():
    definitions = layered(600)
    last = var("b_{599}", (1, 1))
    found = gradient(definitions, L, last)
    assert found is not None
    assert plain(found, str) == "2 b_{599}"
    assert gradient(definitions, L, var("a_{0}", (1, 1))) is None, "too long to be read"
