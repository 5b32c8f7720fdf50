"""Losses that documents call by name: cross entropies, divergences, the cosine of two vectors.

The cross entropies take the target first, the prediction second. Those of distributions add up a group of
entries as the reductions do, `attr = (axis,)`; the binary ones go entry by entry. The divergence of normal
distributions takes means and standard deviations, one for each entry, and adds up all of them.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck.ops.lines import ALL_AXES, lines, reduced_shape, total
from gradcheck.ops.number import sigmoid, softplus
from gradcheck.ops.operation import (
    PREFIX,
    Array,
    Arrays,
    Attr,
    Example,
    Notation,
    Operation,
    Shapes,
    from_entries,
    over_entries,
)
from gradcheck.ops.softmaxes import LOG_SOFTMAX, SOFTMAX
from gradcheck.shapes import SCALAR, Shape, ShapeError, show

BOTH = tuple(Example((example.shapes[0], example.shapes[0]), example.attr) for example in ALL_AXES)
PAIR = (Example(((2, 3), (2, 3))), Example(((1, 1), (1, 1))))


def _call(latex: str, plain: str, arity: int = 2) -> Notation:
    """The notation of a call with several operands, which names the axis as NumPy does."""
    inside = ", ".join(f"{{{k}}}" for k in range(arity)) + "{attr}"
    name = r"\operatorname{{" + latex + "}}"
    return Notation(name + r"\left(" + inside + r"\right)", f"{plain}({inside})", PREFIX, (0,) * arity)


def _alike(shapes: Shapes) -> None:
    if len(set(shapes)) > 1:
        raise ShapeError(f"{show(shapes[0])} beside {show(shapes[1])}: both need the same shape")


def _reduced(shapes: Shapes, attr: Attr) -> Shape:
    _alike(shapes)
    return reduced_shape(shapes, attr)


def _entries(shapes: Shapes, attr: Attr) -> Shape:
    _alike(shapes)
    return shapes[0]


def _number(shapes: Shapes, attr: Attr) -> Shape:
    _alike(shapes)
    return SCALAR


def _paired(reduce: Any, operands: Arrays, attr: Attr) -> Array:
    """Reduce each pair of groups of SymPy entries to one."""
    pairs = zip(*(lines(operand, attr[0]) for operand in operands), strict=True)
    values = [reduce(first, second) for first, second in pairs]
    if attr[0] == 0:
        return from_entries((1, len(values)), lambda r, c: values[c])
    return from_entries((len(values), 1), lambda r, c: values[r])


def _log_softmax_line(forms: Any, line: list[Any]) -> list[Any]:
    log_total = forms.log(sum(forms.exp(x) for x in line))
    return [x - log_total for x in line]


def _logits_vjp(ct: Array, operands: Arrays, out: Array, attr: Attr) -> tuple[Array, Array]:
    target, logits = operands
    spread = ct * np.ones_like(logits)
    soft = SOFTMAX.value((logits,), attr)
    return -spread * LOG_SOFTMAX.value((logits,), attr), spread * (soft * total(target, attr) - target)


def _cosine(u: Array, v: Array) -> Array:
    both = (None,)
    return total(u * v, both) / np.sqrt(total(u * u, both) * total(v * v, both))


def _cosine_vjp(ct: Array, operands: Arrays, out: Array, attr: Attr) -> tuple[Array, Array]:
    u, v = operands
    uu, vv = (total(x * x, (None,)) for x in operands)
    lengths = np.sqrt(uu * vv)
    return ct * (v / lengths - out * u / uu), ct * (u / lengths - out * v / vv)


def _cosine_form(forms: Any, operands: Arrays, attr: Attr) -> Array:
    u, v = (list(operand.reshape(-1)) for operand in operands)
    inner = sum(a * b for a, b in zip(u, v, strict=True))
    lengths = forms.sqrt(sum(a * a for a in u)) * forms.sqrt(sum(b * b for b in v))
    return from_entries((1, 1), lambda r, c: inner / lengths)


def _normal_kl(operands: Arrays) -> Array:
    mean, deviation, mean_0, deviation_0 = operands
    gap = mean - mean_0
    parts = (deviation**2 + gap**2) / (2 * deviation_0**2) - 1 / (2 + 0 * gap)
    return total(np.log(deviation_0**2 / deviation**2) / 2 + parts, (None,))


def _normal_kl_vjp(ct: Array, operands: Arrays, out: Array, attr: Attr) -> tuple[Array, ...]:
    mean, deviation, mean_0, deviation_0 = operands
    gap, square = mean - mean_0, deviation_0**2
    by_deviation_0 = 1 / deviation_0 - (deviation**2 + gap**2) / (deviation_0 * square)
    return (
        ct * gap / square,
        ct * (deviation / square - 1 / deviation),
        -ct * gap / square,
        ct * by_deviation_0,
    )


def _normal_kl_form(forms: Any, operands: Arrays, attr: Attr) -> Array:
    def entry(m: Any, s: Any, m_0: Any, s_0: Any) -> Any:
        return forms.log(s_0**2 / s**2) / 2 + (s**2 + (m - m_0) ** 2) / (2 * s_0**2) - forms.number(1) / 2

    parts = over_entries(entry, *operands)
    return from_entries((1, 1), lambda r, c: sum(parts.reshape(-1)))


CROSS_ENTROPY = Operation(
    name="cross_entropy",
    arity=2,
    doc="-sum of target times log of prediction along an axis; -target/prediction is its slope",
    names=("CE", "CrossEntropy", "crossentropy", "cross_entropy"),
    called=(None,),
    shape=_reduced,
    value=lambda operands, attr: -total(operands[0] * np.log(operands[1]), attr),
    vjp=lambda ct, operands, out, attr: (-ct * np.log(operands[1]), -ct * operands[0] / operands[1]),
    symbolic=lambda forms, operands, attr: _paired(
        lambda t, p: -sum(a * forms.log(b) for a, b in zip(t, p, strict=True)), operands, attr
    ),
    notation=_call("CE", "CE"),
    examples=BOTH,
    domain=("probability", "probability"),
)
CROSS_ENTROPY_OF_LOGITS = Operation(
    name="cross_entropy_of_logits",
    arity=2,
    doc="-sum of target times log-softmax of logits; softmax - target where the targets add up to one",
    names=("CEWithLogits", "CrossEntropyWithLogits", "softmax_cross_entropy_with_logits"),
    called=(None,),
    shape=_reduced,
    value=lambda operands, attr: -total(operands[0] * LOG_SOFTMAX.value((operands[1],), attr), attr),
    vjp=_logits_vjp,
    symbolic=lambda forms, operands, attr: _paired(
        lambda t, z: -sum(a * b for a, b in zip(t, _log_softmax_line(forms, z), strict=True)), operands, attr
    ),
    notation=_call("CEWithLogits", "CEWithLogits"),
    examples=BOTH,
    domain=("probability", "real"),
)
BINARY_CROSS_ENTROPY = Operation(
    name="binary_cross_entropy",
    arity=2,
    doc="-t log p - (1 - t) log(1 - p), entry by entry; (p - t)/(p (1 - p)) is its slope",
    names=("BCE", "BinaryCrossEntropy", "binary_cross_entropy", "logloss", "LogLoss"),
    shape=_entries,
    value=lambda operands, attr: (
        -operands[0] * np.log(operands[1]) - (1 - operands[0]) * np.log(1 - operands[1])
    ),
    vjp=lambda ct, operands, out, attr: (
        ct * (np.log(1 - operands[1]) - np.log(operands[1])),
        ct * (operands[1] - operands[0]) / (operands[1] * (1 - operands[1])),
    ),
    symbolic=lambda forms, operands, attr: over_entries(
        lambda t, p: -t * forms.log(p) - (1 - t) * forms.log(1 - p), *operands
    ),
    notation=_call("BCE", "BCE"),
    examples=PAIR,
    domain=("probability", "probability"),
)
BINARY_CROSS_ENTROPY_OF_LOGITS = Operation(
    name="binary_cross_entropy_of_logits",
    arity=2,
    doc="log(1 + e^z) - t z, entry by entry; sigmoid(z) - t is its slope",
    names=("BCEWithLogits", "BCEWithLogitsLoss", "sigmoid_cross_entropy_with_logits"),
    shape=_entries,
    value=lambda operands, attr: softplus(operands[1]) - operands[0] * operands[1],
    vjp=lambda ct, operands, out, attr: (
        -ct * operands[1],
        ct * (sigmoid(operands[1]) - operands[0]),
    ),
    symbolic=lambda forms, operands, attr: over_entries(
        lambda t, z: forms.log(1 + forms.exp(z)) - t * z, *operands
    ),
    notation=_call("BCEWithLogits", "BCEWithLogits"),
    examples=PAIR,
    domain=("probability", "real"),
)
KL_DIVERGENCE = Operation(
    name="kl_divergence",
    arity=2,
    doc="sum of q log(q/p) along an axis (Kullback and Leibler 1951)",
    names=("KL", "KLD", "D_KL"),
    called=(None,),
    shape=_reduced,
    value=lambda operands, attr: total(operands[0] * np.log(operands[0] / operands[1]), attr),
    vjp=lambda ct, operands, out, attr: (
        ct * (np.log(operands[0] / operands[1]) + 1),
        -ct * operands[0] / operands[1],
    ),
    symbolic=lambda forms, operands, attr: _paired(
        lambda q, p: sum(a * forms.log(a / b) for a, b in zip(q, p, strict=True)), operands, attr
    ),
    notation=_call("KL", "KL"),
    examples=BOTH,
    domain=("probability", "probability"),
)
NORMAL_KL = Operation(
    name="normal_kl",
    arity=4,
    doc="KL divergence of normals with independent entries, (m, s) from (m0, s0); s are standard deviations",
    names=("NormalKL",),
    shape=_number,
    value=lambda operands, attr: _normal_kl(operands),
    vjp=_normal_kl_vjp,
    symbolic=_normal_kl_form,
    notation=_call("NormalKL", "NormalKL", arity=4),
    examples=(Example(((3, 1),) * 4), Example(((1, 1),) * 4)),
    domain=("real", "positive", "real", "positive"),
)
COSINE_SIMILARITY = Operation(
    name="cosine_similarity",
    arity=2,
    doc="inner product over the product of lengths; not smooth where one of the two is zero",
    names=("cos", "cossim", "cos_sim", "CosSim", "cosine_similarity"),
    shape=_number,
    value=lambda operands, attr: _cosine(*operands),
    vjp=_cosine_vjp,
    symbolic=_cosine_form,
    notation=_call("cossim", "cossim"),
    examples=(Example(((3, 1), (3, 1))), Example(((1, 3), (1, 3)))),
    kink=lambda operands, attr: total(operands[0] ** 2, (None,)) * total(operands[1] ** 2, (None,)),
)

LOSSES = (
    CROSS_ENTROPY,
    CROSS_ENTROPY_OF_LOGITS,
    BINARY_CROSS_ENTROPY,
    BINARY_CROSS_ENTROPY_OF_LOGITS,
    KL_DIVERGENCE,
    NORMAL_KL,
    COSINE_SIMILARITY,
)
