"""GC5xx: signs, indices, and one symbol in the place of another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gradcheck.diagnosis.misconceptions.chain import under_square
from gradcheck.diagnosis.misconceptions.record import Example, Misconception, Rename, Rewrite
from gradcheck.expr.forms.tree import Ix

if TYPE_CHECKING:
    from gradcheck.diagnosis.setting import Setting
    from gradcheck.diagnosis.site import Site
    from gradcheck.expr.forms.tree import Expr


def _turn_sign(site: Site) -> Iterator[Expr | None]:
    """A sign below an inverse would do as well before it."""
    node = site.node
    if site.parent is not None and site.parent.op == "inverse":
        return
    if node.op == "neg":
        yield node.args[0]
    elif node.op in ("add", "sub"):
        yield site.make("sub" if node.op == "add" else "add", *node.args)
    if node.op not in ("neg", "num") and not site.in_product:
        yield site.make("neg", node)


def _swap_difference(site: Site) -> Iterator[Expr | None]:
    """Not in a numerator over a square: there it is the quotient rule."""
    above = site.parent
    of_quotient = above is not None and above.op == "div" and under_square(above.args[1]) is not None
    if site.node.op == "sub" and not of_quotient:
        a, b = site.node.args
        yield site.make("sub", b, a)


def _is_other_layer(setting: Setting, right: Expr, wrong: Expr) -> bool:
    if not (setting.is_value(right) and setting.is_value(wrong)):
        return False
    same_letter = setting.letter(right) == setting.letter(wrong) and setting.layer(right) != setting.layer(
        wrong
    )
    return same_letter or (setting.feeds_layer(right) and setting.feeds_layer(wrong))


def _is_value_for_gradient(setting: Setting, right: Expr, wrong: Expr) -> bool:
    return setting.is_gradient(right) or setting.is_gradient(wrong)


def _is_other_symbol(setting: Setting, right: Expr, wrong: Expr) -> bool:
    return True


def _permute_indices(site: Site) -> Iterator[Expr | None]:
    """w_jk becomes w_kj where the sizes allow; an index becomes another one that is about."""
    node = site.node
    if node.op != "pick" or node.args[0].op != "var":
        return
    row, column = node.attr
    if row is not None and column is not None:
        yield site.picked(node.args[0], column, row)
    known = site.indices
    for other_row, other_column in site.setting.patterns:
        if _is_other_index(row, other_row, known):
            yield site.picked(node.args[0], other_row, column)
        if _is_other_index(column, other_column, known):
            yield site.picked(node.args[0], row, other_column)


def _is_other_index(one: int | Ix | None, other: int | Ix | None, known: frozenset[str]) -> bool:
    """Whether both select, by different indices of which the other has a meaning here."""
    if one is None or other is None:
        return False
    if isinstance(other, Ix):
        return other.name in known and (not isinstance(one, Ix) or one.name != other.name)
    return one != other


def _shift_step(site: Site) -> Iterator[Expr | None]:
    """An index one earlier or later, where the program looks at neighbours along this axis."""
    node = site.node
    if node.op != "pick":
        return
    for axis, selector in enumerate(node.attr):
        if isinstance(selector, Ix) and selector.dim in site.setting.stepped:
            for step in (-1, 0, 1):
                attr = list(node.attr)
                attr[axis] = selector._replace(shift=step)
                if step != selector.shift:
                    yield site.rebuilt(attr=tuple(attr))


def _shift_place(site: Site) -> Iterator[Expr | None]:
    """An entry at several indices, `x_{i+j}`, one place before or behind."""
    yield from site.neighbours()


NAMES = (
    Misconception(
        code="GC501",
        name="sign",
        meaning="a sign is lost or added",
        cause="a minus of an inner derivative or of the loss is dropped on the way",
        sign="move the variable a little in your head: does the loss go up or down?",
        example=Example(
            r"\frac{\partial}{\partial a} (y - a)^2 = -2(y - a)",
            r"\frac{\partial}{\partial a} (y - a)^2 = 2(y - a)",
        ),
        tags=("minus", "plus"),
        edits=(Rewrite(_turn_sign, _turn_sign),),
        headline="the sign is wrong: `{wrong}` stands where `{right}` belongs",
    ),
    Misconception(
        code="GC502",
        name="swapped-difference",
        meaning="the two sides of a difference are exchanged",
        cause="in the squared loss the order does not matter, in its derivative it does",
        sign="the derivative by a of (a - y)² has a first",
        example=Example(r"dZ = A - Y", r"dZ = Y - A"),
        tags=("minus", "order", "residual"),
        edits=(Rewrite(_swap_difference, _swap_difference),),
        headline="the difference is the wrong way round: `{wrong}` stands where `{right}` belongs",
    ),
    Misconception(
        code="GC503",
        name="wrong-layer",
        meaning="the quantity of another layer stands here",
        cause="the line is copied from another layer and an index is not changed",
        sign="follow the path: which layer is between these two?",
        example=Example(
            r"dZ_1 = W_2^{\top} dZ_2 \odot \sigma'(Z_1)", r"dZ_1 = W_1^{\top} dZ_2 \odot \sigma'(Z_1)"
        ),
        tags=("layer", "weight", "index"),
        edits=(Rename(_is_other_layer),),
    ),
    Misconception(
        code="GC504",
        name="value-for-gradient",
        meaning="a value stands where a gradient belongs, or one gradient where another does",
        cause="the d in front is small, and dA and dZ differ only by the activation's derivative",
        sign="say it in words: the change of the loss with this quantity, or the quantity?",
        example=Example(r"dA_1 = W_2^{\top} dZ_2", r"dA_1 = W_2^{\top} dA_2"),
        tags=("gradient", "value", "d"),
        edits=(Rename(_is_value_for_gradient),),
    ),
    Misconception(
        code="GC505",
        name="index",
        meaning="indices are exchanged, or one stands for another",
        cause="w_jk goes from k to j or from j to k: texts differ",
        sign="each index on one side only must be summed; the others must be the same on both",
        example=Example(r"\delta_j = \sum_k w_{kj} \delta_k", r"\delta_j = \sum_k w_{jk} \delta_k"),
        tags=("index", "subscript"),
        edits=(Rewrite(_permute_indices, _permute_indices), Rewrite(_shift_place, _shift_place)),
    ),
    Misconception(
        code="GC506",
        name="wrong-time-step",
        meaning="the quantity of another time step stands here",
        cause="the state is used by the next step, so its index is one less there",
        sign="unroll two steps and write the indices out",
        example=Example(r"dW_h = \sum_t dz_t \, h_{t-1}^{\top}", r"dW_h = \sum_t dz_t \, h_t^{\top}"),
        tags=("time", "recurrent", "index", "shift"),
        edits=(Rewrite(_shift_step, _shift_step),),
    ),
    Misconception(
        code="GC507",
        name="wrong-symbol",
        meaning="another symbol of the derivation stands where this one belongs",
        cause="a slip of the pen",
        sign="compare with the line before, symbol by symbol",
        example=Example(r"dW_2 = dZ_2 A_1^{\top}", r"dW_2 = dZ_2 B_1^{\top}"),
        tags=("symbol", "letter"),
        edits=(Rename(_is_other_symbol),),
    ),
    Misconception(
        code="GC508",
        name="another-derivative",
        meaning="the formula is right for another derivative: by another variable, or of another function",
        cause="the line is copied from another derivation, and only its left side is changed",
        sign="which quantities does the function rest on? those, and no others, may stand in its derivative",
        example=Example(
            r"\frac{\partial}{\partial X} \operatorname{tr}(A X) = A^{\top}",
            r"\frac{\partial}{\partial X} \operatorname{tr}(A X) = A",
        ),
        tags=("copied", "variable", "line"),
    ),
)
