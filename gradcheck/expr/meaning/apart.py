"""Derivatives of a whole array entry by entry: by the entry at the same place, or all by one scalar."""

from __future__ import annotations

from typing import Any

from gradcheck.expr.forms.build import deriv, pick, stack
from gradcheck.expr.forms.tree import Expr, Ix


def _entry_indices(shape: tuple[Any, Any]) -> tuple[Ix | None, Ix | None]:
    return (
        Ix("·r", shape[0]) if shape[0] != 1 else None,
        Ix("·c", shape[1]) if shape[1] != 1 else None,
    )


def _stacked(entry: Expr, r: Ix | None, c: Ix | None) -> Expr:
    if r is not None:
        entry = stack(entry, r, 0)
    if c is not None:
        entry = stack(entry, c, 1)
    return entry


def matched_entries(target: Expr, owner: Expr, row: Any, column: Any) -> Expr:
    """The matrix of derivatives of each entry by the entry at the same place."""
    r, c = _entry_indices(target.shape)
    whole = deriv(pick(target, r, c), owner)
    return _stacked(pick(whole, r if row is None else row, c if column is None else column), r, c)


def by_scalar(target: Expr, owner: Expr, row: Any, column: Any) -> Expr:
    """The matrix of derivatives of each entry by one scalar."""
    r, c = _entry_indices(target.shape)
    whole = deriv(pick(target, r, c), owner)
    return _stacked(whole if row is None and column is None else pick(whole, row, column), r, c)
