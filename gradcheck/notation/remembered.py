"""Answers about nodes and equations that are asked for over and over: each is found once.

Every stage and every hypothesis takes the same formulas apart. Answers are kept by the node itself, not by
what it says: to compare trees would take as long as to search them. A kept node stays alive, so that its
place in memory names no other one; beyond a bound everything is forgotten.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")

_MOST_KEPT = 1 << 15


def once_a_node(ask: Callable[[Asked], Answer]) -> Callable[[Asked], Answer]:
    """The same function of a node or an equation, computed once for each; its answers must be immutable."""
    kept: dict[int, Answer] = {}
    alive: list[Asked] = []

    @wraps(ask)
    def remembering(node: Asked) -> Answer:
        try:
            return kept[id(node)]
        except KeyError:
            if len(alive) >= _MOST_KEPT:
                kept.clear()
                alive.clear()
            answer = kept[id(node)] = ask(node)
            alive.append(node)
            return answer

    return remembering
