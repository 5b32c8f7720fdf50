"""GC2xx: the mean over the batch, sums over axes, constant factors."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from gradcheck.diagnosis.misconceptions.record import (
    Example,
    ExtraFactor,
    LostFactor,
    Misconception,
    Rewrite,
)

if TYPE_CHECKING:
    from gradcheck.diagnosis.setting import Setting
    from gradcheck.diagnosis.site import Site
    from gradcheck.expr.forms.tree import Expr

_CONSTANTS = (Fraction(2), Fraction(1, 2))


def _is_share(setting: Setting, factor: Expr) -> bool:
    """Whether a factor is one over the size of an axis, maybe with a number."""
    if factor.op == "mul" and factor.args[0].op == "num":
        factor = factor.args[1]
    return factor.op == "div" and factor.args[0].op == "num" and factor.args[1] in setting.counts


def _mean_to_sum(site: Site) -> Iterator[Expr | None]:
    if site.node.op == "mean":
        yield site.make("sum", site.node.args[0], attr=site.node.attr)


def _sum_to_mean(site: Site) -> Iterator[Expr | None]:
    if site.node.op == "sum" and "mean" in site.setting.operations:
        yield site.make("mean", site.node.args[0], attr=site.node.attr)


def _other_counts(site: Site) -> Iterator[Expr | None]:
    if site.node in site.setting.counts:
        yield from (count for count in site.setting.counts if count != site.node)
        if site.parent is None or site.parent.op not in ("add", "sub"):
            yield site.make("add", site.node, site.number(1))
            yield site.make("sub", site.node, site.number(1))


def _right_counts(site: Site) -> Iterator[Expr | None]:
    if site.node in site.setting.counts:
        yield from (count for count in site.setting.counts if count != site.node)
    if site.node.op in ("add", "sub") and site.node.args[1] == site.number(1):
        yield from (a for a in site.node.args[:1] if a in site.setting.counts)


def _drop_batch_sum(site: Site) -> Iterator[Expr | None]:
    if site.node.op == "sum" and site.node.attr == (1,):
        yield site.node.args[0]
    if site.node.op == "isum":
        yield site.node.args[0]


def _sum_over_batch(site: Site) -> Iterator[Expr | None]:
    summed = any(above.op in ("sum", "mean") and above.attr != (0,) for above in site.parents)
    if site.node.shape[1] != 1 and not summed:
        yield site.make("sum", site.node, attr=(1,))


def _drop_row_sum(site: Site) -> Iterator[Expr | None]:
    if site.node.op == "sum" and site.node.attr == (0,):
        yield site.node.args[0]


def _sum_over_rows(site: Site) -> Iterator[Expr | None]:
    if site.node.shape[0] != 1:
        yield site.make("sum", site.node, attr=(0,))
        yield site.make("sum", site.node, attr=(None,))


def _other_axis(site: Site) -> Iterator[Expr | None]:
    if site.node.op in ("sum", "mean", "max", "softmax", "log_softmax", "logsumexp", "norm"):
        if site.node.args[0].op == "ones":
            return
        for axis in (0, 1, None):
            if axis != site.node.attr[0]:
                yield site.make(site.node.op, site.node.args[0], attr=(axis,))


def _scaled(site: Site) -> Iterator[Expr | None]:
    """Twice or half of a product; a number that stands there is changed instead."""
    node = site.node
    if node.op != "num":
        if not site.in_product:
            yield from (site.make("mul", site.number(c), node) for c in _CONSTANTS)
    elif isinstance(node.attr[0], Fraction) and node.attr[0] not in (0, 1) and not _is_exponent(site):
        yield from (site.number(node.attr[0] * c) for c in _CONSTANTS)


def _is_exponent(site: Site) -> bool:
    return site.parent is not None and site.parent.op == "power" and site.path[-1] == 1


def _is_number(setting: Setting, factor: Expr) -> bool:
    if factor.op == "div":
        return all(a.op == "num" for a in factor.args)
    return factor.op == "num" and factor.attr[0] != 1


BATCH = (
    Misconception(
        code="GC201",
        name="missing-mean-factor",
        meaning="the factor one over the number of samples is left out, though the loss is a mean",
        cause="one sample is derived, and the mean is forgotten when samples are put together",
        sign="the loss has 1/m, so every gradient of it has it, once",
        example=Example(r"dW = \frac{1}{m} dZ \, A^{\top}", r"dW = dZ \, A^{\top}"),
        tags=("mean", "batch", "1/m", "factor"),
        edits=(LostFactor(_is_share), Rewrite(_mean_to_sum, _sum_to_mean)),
    ),
    Misconception(
        code="GC202",
        name="repeated-mean-factor",
        meaning="the factor one over the number of samples is applied twice",
        cause="it is put into dZ and again into dW",
        sign="follow the 1/m of the loss: it enters the chain once",
        example=Example(
            r"dZ = \frac{1}{m}(A - Y),\; dW = dZ \, A^{\top}",
            r"dZ = \frac{1}{m}(A - Y),\; dW = \frac{1}{m} dZ \, A^{\top}",
        ),
        tags=("mean", "batch", "1/m", "factor"),
        edits=(ExtraFactor(_is_share), Rewrite(_sum_to_mean, _mean_to_sum)),
    ),
    Misconception(
        code="GC203",
        name="wrong-count",
        meaning="the mean is taken with a wrong number: of units for samples, or one too many",
        cause="n and m are confused, or a sum runs from 0 to N and so has N + 1 terms",
        sign="count the terms under the sum: the factor is one over that number",
        example=Example(r"L = \frac{1}{N} \sum_{i=1}^{N} \ell_i", r"L = \frac{1}{N} \sum_{i=0}^{N} \ell_i"),
        tags=("mean", "count", "off by one", "batch"),
        edits=(Rewrite(_other_counts, _right_counts),),
    ),
    Misconception(
        code="GC204",
        name="missing-batch-sum",
        meaning="the sum over the samples is left out",
        cause="for one sample the bias gradient is the error itself; for a batch the samples add up",
        sign="db has the shape of b: one column, however many samples there are",
        example=Example(r"db = \sum_{i} dz^{(i)}", r"db = dZ"),
        tags=("sum", "batch", "bias"),
        edits=(Rewrite(_drop_batch_sum, _sum_over_batch),),
        headline="the sum over the samples is missing: `{wrong}` instead of `{right}`",
    ),
    Misconception(
        code="GC205",
        name="wrong-sum-axis",
        meaning="the sum runs over the other axis",
        cause="rows and columns are confused: samples are columns in most texts and rows in most code",
        sign="sum over the axis that the result does not have",
        example=Example(r"db = \sum_{\text{columns}} dZ", r"db = \sum_{\text{rows}} dZ"),
        tags=("sum", "axis", "rows", "columns"),
        edits=(Rewrite(_other_axis, _other_axis),),
        headline="the sum runs over the wrong axis: `{wrong}` instead of `{right}`",
    ),
    Misconception(
        code="GC206",
        name="constant-factor",
        meaning="a constant factor is wrong: the 2 of a square or the half before it is lost or doubled",
        cause="the 2 of the square and the half of the loss cancel in many texts, but not in all",
        sign="differentiate the square with its factor in one step",
        example=Example(
            r"\frac{\partial}{\partial a} (a - y)^2 = 2(a - y)",
            r"\frac{\partial}{\partial a} (a - y)^2 = a - y",
        ),
        tags=("2", "half", "square", "factor"),
        edits=(Rewrite(_scaled, _scaled), LostFactor(_is_number), ExtraFactor(_is_number)),
        headline="a constant factor is wrong: `{wrong}` stands where `{right}` belongs",
    ),
    Misconception(
        code="GC207",
        name="broadcast-not-reduced",
        meaning="a value that was spread over an axis has its gradient without the sum over that axis",
        cause="broadcasting is silent in code, so the copies that it makes are forgotten",
        sign="what is copied going forward is summed going back",
        example=Example(r"d\gamma = \sum_{i} (dY \odot \hat{X})_{i}", r"d\gamma = dY \odot \hat{X}"),
        tags=("sum", "broadcast", "axis"),
        edits=(Rewrite(_drop_row_sum, _sum_over_rows),),
    ),
    Misconception(
        code="GC208",
        name="statistic-held-constant",
        meaning="a mean or a variance of the batch is treated as a constant",
        cause="the statistic looks like a parameter, but is computed from what is differentiated",
        sign="list all paths: x reaches the result directly, through the mean, and through the variance",
        example=Example(
            r"\frac{\partial}{\partial x_k} (x_k - \mu) = 1 - \frac{1}{m}",
            r"\frac{\partial}{\partial x_k} (x_k - \mu) = 1",
        ),
        tags=("batch norm", "mean", "variance", "path"),
    ),
)
