"""Searches by kind, and formulas that are built anew only where something changes."""

import ast
from dataclasses import replace
from pathlib import Path

import pytest

import gradcheck
from gradcheck.notation.tree import BigOperator, Fraction, Node, Number, Product, Scripted, Symbol
from gradcheck.notation.walk import letters_in, mapped, of_kind, rebuilt, walk
from tests.notation.trees import FORMULAS, tree

LINES = [line for line in FORMULAS if line.strip()]


def reversed_product(node: Product) -> Node:
    """A product of two factors the other way round, one of a number as its other factor alone."""
    if len(node.factors) == 2 and isinstance(node.factors[0], Number):
        return node.factors[1]
    return replace(node, factors=node.factors[::-1]) if len(node.factors) == 2 else node


def built(node: Node) -> Node:
    """The same change at every node, without any look before."""
    node = mapped(node, built)
    return reversed_product(node) if isinstance(node, Product) else node


@pytest.mark.parametrize("line", LINES)
def test_a_formula_is_rebuilt_as_if_every_node_was_visited(line: str) -> None:
    formula = tree(line)
    assert rebuilt(formula, Product, reversed_product) == built(formula)


def test_what_is_below_changes_before_what_holds_it() -> None:
    # The 2 goes first, so that the product outside has other factors than were written.
    formula = tree(r"3 \frac{2 x}{y z}")
    whole = rebuilt(formula, Product, reversed_product)
    assert isinstance(whole, Fraction)
    assert isinstance(whole.numerator, Symbol)


def test_what_does_not_change_is_looked_at_once_and_stays() -> None:
    formula, seen = tree(r"\sum_i x_i (a b + c) \frac{u v}{w}"), list[Node]()

    def look(node: Product) -> Node:
        seen.append(node)
        return node

    assert rebuilt(formula, Product, look) is formula
    assert seen == list(of_kind(formula, Product))


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("kind", [Product, Scripted, Symbol, BigOperator])
def test_the_nodes_of_a_kind_are_those_that_a_walk_passes(line: str, kind: type[Node]) -> None:
    formula = tree(line)
    assert of_kind(formula, kind) == tuple(node for node in walk(formula) if isinstance(node, kind))


def test_letters_in_scripts_and_limits_are_letters_of_the_formula() -> None:
    assert letters_in(tree(r"\sum_{i=1}^n w_{ij} e^{-\theta} + \text{ReLU}(z)")) >= {
        "i", "n", "w", "j", "e", "theta", "ReLU", "z",
    }  # fmt: skip


def _asks_kind(test: ast.expr, name: str) -> bool:
    """Whether a condition begins with the question of what single kind a node is."""
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        test = test.values[0]
    match test:
        case ast.Call(func=ast.Name(id="isinstance"), args=[ast.Name(id=asked), ast.Name()]):
            return asked == name
        case _:
            return False


def searches_of_all(source: str) -> list[int]:
    """The lines that walk over all nodes of a formula for those of one kind."""
    found: list[int] = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.For(
                target=ast.Name(id=name), iter=ast.Call(func=ast.Name(id="walk")), body=[ast.If(test=test)]
            ) if _asks_kind(test, name):
                found.append(node.lineno)
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp():
                for part in node.generators:
                    asked = part.ifs[:1] or ([node.elt] if part is node.generators[-1] else [])
                    match part.target, part.iter:
                        case ast.Name(id=name), ast.Call(func=ast.Name(id="walk")):
                            found += [node.lineno for test in asked if _asks_kind(test, name)]
    return found


@pytest.mark.parametrize(
    "source",
    [
        "for node in walk(side):\n    if isinstance(node, Sum):\n        yield node",
        "found = [node for node in walk(side) if isinstance(node, Sum) and node.terms]",
        "any(isinstance(node, Sum) for side in sides for node in walk(side))",
    ],
)
def test_a_walk_for_one_kind_is_found(source):
    assert searches_of_all(source)


@pytest.mark.parametrize(
    "source",
    [
        "for node in walk(side):\n    if isinstance(node, Sum):\n        pass\n    yield node",
        "found = [node for node in walk(side) if isinstance(node, Sum | Product)]",
        "any(node.terms for side in sides for node in of_kind(side, Sum))",
    ],
)
def test_other_searches_are_let_be(source):
    assert not searches_of_all(source)


def test_a_search_for_one_kind_walks_over_no_other_nodes():
    modules = sorted(Path(gradcheck.__file__).parent.rglob("*.py"))
    found = {path.name: searches_of_all(path.read_text(encoding="utf-8")) for path in modules}
    assert {name: lines for name, lines in found.items() if lines} == {}
