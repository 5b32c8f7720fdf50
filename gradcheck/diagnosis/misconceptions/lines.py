"""GC6xx: update rules, and what a whole line can be wrong about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gradcheck.diagnosis.misconceptions.record import Example, LostFactor, Misconception, Rewrite

if TYPE_CHECKING:
    from gradcheck.diagnosis.setting import Setting
    from gradcheck.diagnosis.site import Site
    from gradcheck.expr.forms.tree import Expr


def _is_rate(setting: Setting, factor: Expr) -> bool:
    """Whether a factor is a scalar that the forward pass does not know."""
    if factor.op != "var" or factor.shape != (1, 1) or not setting.is_input(factor):
        return False
    return all(factor not in definition.walk() for definition in setting.definitions.values())


def _up(site: Site) -> Iterator[Expr | None]:
    """W - α dW becomes W + α dW."""
    if site.is_root and site.node.op == "sub" and site.setting.is_stepped(site.node.args[0]):
        yield site.make("add", *site.node.args)


def _down(site: Site) -> Iterator[Expr | None]:
    """W + α dW becomes W - α dW."""
    if site.is_root and site.node.op == "add" and site.setting.is_stepped(site.node.args[0]):
        yield site.make("sub", *site.node.args)


LINES = (
    Misconception(
        code="GC601",
        name="missing-learning-rate",
        meaning="the gradient is subtracted without the learning rate",
        cause="the rule is copied for the bias without its factor",
        sign="all update rules of one optimiser look alike",
        example=Example(r"b \leftarrow b - \alpha \, db", r"b \leftarrow b - db"),
        tags=("update", "learning rate", "step"),
        edits=(LostFactor(_is_rate),),
    ),
    Misconception(
        code="GC602",
        name="update-sign",
        meaning="the update goes up the gradient",
        cause="ascent and descent are confused, or the minus is already in the gradient",
        sign="the loss must fall: the step is against the gradient",
        example=Example(r"W \leftarrow W - \alpha \, dW", r"W \leftarrow W + \alpha \, dW"),
        tags=("update", "descent", "minus"),
        edits=(Rewrite(_up, _down),),
        headline="the step goes up the gradient: `{wrong}` stands where `{right}` belongs",
    ),
    Misconception(
        code="GC603",
        name="gradient-shape",
        meaning="the gradient has not the shape of its variable",
        cause="a transpose, a sum or the order of factors is wrong somewhere in the line",
        sign="write the shape under each factor and multiply",
        example=Example(r"dW_2 = dZ_2 A_1^{\top}", r"dW_2 = dZ_2 A_1"),
        tags=("shape", "dimension"),
    ),
    Misconception(
        code="GC604",
        name="undefined-symbol",
        meaning="a symbol is used that is defined nowhere, or defined twice and used ambiguously",
        cause="a definition is left out, or a letter is used for two things",
        sign="look for the line that says what the symbol is",
        example=Example(r"dZ_1 = W_2^{\top} dZ_2 \odot f'(Z_1)", r"dZ_1 = W_2^{\top} dQ \odot f'(Z_1)"),
        tags=("undefined", "symbol", "definition"),
    ),
    Misconception(
        code="GC605",
        name="unlike-sides",
        meaning="an equals sign joins things of different kinds",
        cause="the sign is used for `hence`, or a chain is written in one line",
        sign="both sides must have one shape and mean one thing",
        example=Example(r"dZ = A - Y,\; dW = dZ \, X^{\top}", r"dZ = A - Y = dW"),
        tags=("equals", "chain of equations"),
    ),
    Misconception(
        code="GC606",
        name="right-after-wrong",
        meaning="the result is right although the line before it is wrong",
        cause="the result is known and copied, or two slips cancel",
        sign="go from line to line: which step makes it right again?",
        example=Example(r"a - y = a - y", r"y - a = a - y"),
        tags=("result", "copied", "cancel"),
    ),
    Misconception(
        code="GC607",
        name="circular",
        meaning="a line is justified by itself",
        cause="the left side is put in on the right",
        sign="strike the left side from the right: what is left says nothing",
        example=Example(r"dW = dZ \, X^{\top}", r"dW = 1 \cdot dW"),
        tags=("circular", "tautology"),
    ),
    Misconception(
        code="GC608",
        name="broadcast-only",
        meaning="the line is right only by the broadcasting of arrays",
        cause="the formula is taken from code",
        sign="in mathematics a column and a matrix cannot be multiplied entry by entry",
        example=Example(r"\operatorname{diag}(v) \, A", r"v \odot A"),
        tags=("broadcast", "shape", "numpy"),
    ),
    Misconception(
        code="GC609",
        name="false-remark",
        meaning="a sentence about the formulas is not true",
        cause="two cases look alike in their last line",
        sign="put the two results side by side",
        example=Example(
            r"\text{the gradients of the two losses differ}", r"\text{both losses have the same gradient}"
        ),
        tags=("remark", "text"),
    ),
    Misconception(
        code="GC610",
        name="arithmetic",
        meaning="a number is worked out wrongly",
        cause="a product is taken in the head, or a digit is lost in copying",
        sign="put the numbers of the line into a calculator once more",
        example=Example(r"2 \cdot 0.35 = 0.7", r"2 \cdot 0.35 = 0.07"),
        tags=("number", "value", "rounding", "calculation"),
    ),
)
