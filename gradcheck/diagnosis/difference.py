"""Where two formulas differ, in the fewest and smallest places."""

from __future__ import annotations

from collections.abc import Iterator

from gradcheck.diagnosis.case import Change
from gradcheck.expr.forms.tree import Expr


def difference(old: Expr, new: Expr) -> Iterator[Change]:
    """The smallest subexpressions in which two formulas differ; an exchange of operands is one change."""
    if old == new:
        return
    same_kind = old.op == new.op and old.attr == new.attr and len(old.args) == len(new.args) > 0
    nested = old in new.args or new in old.args
    exchanged = same_kind and sorted(map(hash, old.args)) == sorted(map(hash, new.args))
    if not same_kind or nested or exchanged or old.op in ("pick", "deriv"):
        yield Change(old, new)
        return
    found = [change for a, b in zip(old.args, new.args, strict=True) for change in difference(a, b)]
    places = {(change.old, change.new) for change in found}
    # Two that change places are one change of what holds both.
    swapped = any((after, before) in places for before, after in places)
    yield from (Change(old, new),) if swapped else found
