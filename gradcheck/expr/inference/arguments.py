"""The arguments of a call as they are written: inside brackets, bare, or as keywords like `axis=1`."""

from __future__ import annotations

from collections.abc import Sequence

from gradcheck.expr.forms.build import apply, rebuild
from gradcheck.expr.forms.reading import (
    MeaningError,
)
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.written.names import read_name
from gradcheck.expr.written.negation import negated
from gradcheck.notation.tree import (
    Group,
    Node,
    Number,
    Relational,
)
from gradcheck.ops import OPERATIONS

_KEYWORDS = {"axis", "keepdims", "dim", "keepdim"}


def sum_axis(value: Expr, axis: int) -> Expr:
    """`np.max(..., axis=...)` keeping dimensions; of anything that takes no axis, the sum."""
    if axis not in (0, 1, -1):
        raise MeaningError(f"a matrix has no axis {axis}")
    operation = OPERATIONS.get(value.op)
    if operation is not None and value.attr and value.attr == operation.called:
        return rebuild(value, value.args, (axis % 2,))
    return apply("sum", value, attr=(axis % 2,))


def bracketed_items(argument: Node) -> list[Node]:
    """The arguments inside the brackets of a call, or the bare argument."""
    if isinstance(argument, Group) and argument.open in "([{":
        return list(argument.items)
    return [argument]


def items_and_axis(arguments: Sequence[Node]) -> tuple[list[Node], int | None]:
    """The arguments of a call without its options, and the axis that they name."""
    items = [item for argument in arguments for item in bracketed_items(argument)]
    options = dict(option for item in items if (option := keyword_option(item)) is not None)
    axis = int(options["axis"]) % 2 if options.get("axis") in ("0", "1", "-1") else None
    return [item for item in items if not is_option(item)], axis


def is_option(item: Node) -> bool:
    """Whether a call's argument is a keyword such as `axis=1`."""
    return isinstance(item, Relational)


def is_keyword(item: Node) -> bool:
    """Whether an item is an option by which array libraries are called, `axis=1` or `keepdims=True`."""
    name = read_name(item.operands[0]) if isinstance(item, Relational) else None
    return name is not None and name.base in _KEYWORDS


def keyword_option(item: Node) -> tuple[str, str] | None:
    """`axis=1` as ("axis", "1"), `axis=-1` as ("axis", "-1")."""
    if not isinstance(item, Relational) or len(item.operands) != 2:
        return None
    key, value = item.operands
    name, below_zero = read_name(key), negated(value)
    number = value if below_zero is None else below_zero
    if name is None or not isinstance(number, Number):
        return None
    return name.base, number.text if below_zero is None else f"-{number.text}"
