"""Answers about nodes are found once for each node, and never for another one."""

import pytest

from gradcheck.notation import remembered
from gradcheck.notation.remembered import once_a_node
from gradcheck.notation.tree import Node
from tests.notation.trees import tree


def test_each_node_is_asked_about_once() -> None:
    asked: list[Node] = []

    @once_a_node
    def place(node: Node) -> int:
        asked.append(node)
        return node.span.start

    first, second = tree("x"), tree("x")
    assert first == second
    assert [place(node) for node in (first, second, first)] == [0, 0, 0]
    assert [node is first for node in asked] == [True, False]


def test_a_node_that_took_the_place_of_another_is_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "_MOST_KEPT", 2)

    @once_a_node
    def text(node: Node) -> str:
        return str(node)

    letters = [f"x_{{{i}}}" for i in range(50)]
    assert [text(tree(letter)) for letter in letters] == [str(tree(letter)) for letter in letters]
