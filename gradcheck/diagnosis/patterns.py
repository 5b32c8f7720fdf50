"""How the formulas of a line pick entries and lines of quantities; a repair picks in the same ways.

An index that selects a row of one quantity may select a column of another, `\\alpha_j v_j`; what a gradient
is picked by counts as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import Any

from gradcheck.expr.forms.tree import Expr, Ix
from gradcheck.shapes import Dim

Pattern = tuple[Any, Any]
MOST = 12


def patterns_of(formulas: Iterable[Expr]) -> tuple[Pattern, ...]:
    """Pairs of row and column selectors, as they are written first."""
    nodes = [node for formula in formulas for node in formula.walk() if node.op == "pick"]
    own = [node.attr for node in nodes if node.args[0].op == "var"]
    of_gradients = [node.attr for node in nodes if node.args[0].op == "deriv"]
    rows = dict.fromkeys(s for row, _ in own for s in _with_unshifted(row))
    columns = dict.fromkeys(s for _, column in own for s in _with_unshifted(column))
    combined = list(product([None, *rows], [None, *columns])) if own else [(None, None)]
    found = dict.fromkeys([*own, *combined])
    turned = [(column, row) for row, column in (*own, *of_gradients)]
    return tuple(dict.fromkeys([*found, *of_gradients, *turned]))[:MOST]


def _with_unshifted(selector: Any) -> tuple[Any, ...]:
    """A selector, and of `t-1` also `t`."""
    shifted = isinstance(selector, Ix) and selector.shift
    return (selector, selector._replace(shift=0)) if shifted else (selector,)


def fitting(selector: Any, dim: Dim) -> Any:
    """A selector as it can be used on an axis; `no` where it cannot."""
    match selector:
        case None:
            return None
        case Ix(dim=over):
            return selector if over == dim else "no" if dim != 1 else None
        case _:
            return "no" if isinstance(dim, int) and selector > dim else selector
