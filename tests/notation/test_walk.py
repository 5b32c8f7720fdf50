"""Searches by kind, and formulas that are built anew only where something changes."""

from dataclasses import replace

import pytest

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
