"""What an operation is: one record that holds all that the tool knows about it.

Evaluators, the printer and the tests find a rule by its record, so that an operation is added in one
place. A value rule works on the two trailing axes (rows, columns) of arrays whose leading axes stand
for sample points and free indices; it is written once for float64 and for object arrays of balls or
dual numbers. Rejected: methods on expression nodes (rules far from each other cannot be tested by one
table) and SymPy's matrix expressions (they rewrite what was written and accept shape errors).
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any, NamedTuple

import numpy as np

from gradcheck.records import dataclass
from gradcheck.shapes import Dim, Shape

Array = np.ndarray[Any, Any]
Arrays = tuple[Array, ...]
Shapes = tuple[Shape, ...]
Attr = tuple[Any, ...]

# How strongly a printed form holds together: a weaker operand goes into brackets.
SUM, PRODUCT, PREFIX, POWER, ATOM = range(1, 6)


@dataclass(frozen=True, slots=True)
class Notation:
    """How an operation is printed: templates with `{0}`, `{1}` for its operands and `{attr}`.

    binds   the strength of the whole; `needs` the strength each operand must have to stay bare
    script  `latex` is a superscript on the first operand, joined to a superscript it has already
    """

    latex: str
    plain: str
    binds: int = PREFIX
    needs: tuple[int, ...] = (ATOM,)
    script: bool = False


class Example(NamedTuple):
    """Operand shapes and attributes on which the tests try an operation."""

    shapes: tuple[tuple[int, int], ...]
    attr: Attr = ()


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation.

    shape       (operand shapes, attr) -> shape; raises ShapeError and names both shapes
    value       (arrays, attr) -> array, over any leading axes
    vjp         (ct, arrays, out, attr) -> one cotangent an operand, each of a shape that sums down
                to the operand's, with <ct, d value> = sum_i <vjp_i, d operand_i>; None where an operand
                has no derivative
    symbolic    (forms, components, attr) -> components: the same map on object arrays of SymPy
                expressions; `forms` is `gradcheck.ops.forms`
    derivative  value of the derivative, for elementwise functions of one operand
    kink        (arrays, attr) -> array whose zeros are where the operation is not smooth
    domain      what the tests may put in, one an operand: `real`, `positive`, `probability`, `unit`, ...
    sized       attr holds sizes, which may be names until sizes are chosen
    names       what documents call it, in a call `name(x)`
    called      attr of such a call, where nothing else is written
    inverts     the operation whose inverse function this is, `\\sin^{-1} x`; empty where there is none
    doc         one line, with its source
    """

    name: str
    arity: int
    doc: str
    shape: Callable[[Shapes, Attr], Shape]
    value: Callable[[Arrays, Attr], Array]
    vjp: Callable[[Array, Arrays, Array, Attr], tuple[Array | None, ...]]
    symbolic: Callable[[Any, Arrays, Attr], Array]
    notation: Notation
    examples: tuple[Example, ...]
    derivative: Callable[[Array, Attr], Array] | None = None
    kink: Callable[[Arrays, Attr], Array] | None = None
    domain: tuple[str, ...] = ()
    sized: bool = False
    names: tuple[str, ...] = ()
    called: Attr = ()
    inverts: str = ""


def keep_shape(shapes: Shapes, attr: Attr) -> Shape:
    """The shape of the (first) operand."""
    return shapes[0]


def at_zero(operands: Arrays, attr: Attr) -> Array:
    """The kink of a function that is not smooth where its operand is zero."""
    return operands[0]


def product_size(a: Dim, b: Dim) -> Dim:
    """The size of a times b, `m*n` where one is a name: m times n is n times m. Sums are multiplied out."""
    if isinstance(a, int) and isinstance(b, int):
        return a * b
    if 1 in (a, b):
        return b if a == 1 else a
    pairs = product(str(a).split("+"), str(b).split("+"))
    return "+".join("*".join(sorted(f"{first}*{second}".split("*"))) for first, second in pairs)


def sum_size(a: Dim, b: Dim) -> Dim:
    """The size of a plus b, `n+1` where one is a name."""
    return a + b if isinstance(a, int) and isinstance(b, int) else f"{a}+{b}"


def function_of(name: str, plain: str = "") -> Notation:
    """The notation `\\name{(x)}` of a named function; the operand's brackets are the call's."""
    return Notation(name + r"\left({0}\right)", (plain or name.lstrip("\\")) + "({0})", PREFIX, (0,))


def named(name: str) -> Notation:
    """The notation of a function that LaTeX has no command for."""
    return function_of(r"\operatorname{{" + name.replace("_", r"\_") + "}}", name)


def elementwise(
    name: str,
    value: Callable[[Array], Array],
    derivative: Callable[[Array], Array],
    symbolic: Callable[[Any, Any], Any],
    doc: str,
    *,
    notation: Notation | None = None,
    domain: str = "real",
    kink: Callable[[Arrays, Attr], Array] | None = None,
    names: tuple[str, ...] = (),
    inverts: str = "",
) -> Operation:
    """An operation that applies a smooth (or piecewise smooth) function to each entry.

    symbolic    (forms, entry) -> entry
    derivative  its value at a kink is the convention of back-propagation, stated in `doc`
    """
    return Operation(
        name=name,
        arity=1,
        doc=doc,
        shape=keep_shape,
        value=lambda operands, attr: value(operands[0]),
        vjp=lambda ct, operands, out, attr: (ct * derivative(operands[0]),),
        symbolic=lambda forms, operands, attr: over_entries(lambda x: symbolic(forms, x), operands[0]),
        notation=notation or named(name),
        examples=(Example(((2, 3),)),),
        derivative=lambda x, attr: derivative(x),
        kink=kink,
        domain=(domain,),
        names=names,
        inverts=inverts,
    )


def over_entries(function: Callable[..., Any], *components: Array) -> Array:
    """Apply a function of SymPy expressions entry by entry, size 1 spread as in NumPy."""
    first, *others = components
    if any(part.shape != first.shape for part in others):
        first, *others = np.broadcast_arrays(*components)
    out = np.empty(first.shape, dtype=object)
    listed = (part.ravel().tolist() for part in (first, *others))
    for place, entries in enumerate(zip(*listed, strict=True)):
        out.flat[place] = function(*entries)
    return out


def from_entries(shape: tuple[int, int], entry: Callable[[int, int], Any]) -> Array:
    """The component array of two axes whose entry (r, c) is given by a function of its 0-based place."""
    out = np.empty(shape, dtype=object)
    for r in range(shape[0]):
        for c in range(shape[1]):
            out[r, c] = entry(r, c)
    return out
