"""GC1xx: transposes, the order of factors, and which product is meant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gradcheck.diagnosis.misconceptions.record import Example, Misconception, Rewrite

if TYPE_CHECKING:
    from gradcheck.diagnosis.site import Site
    from gradcheck.expr.forms.tree import Expr


_SCALAR = (1, 1)


def _drop_transpose(site: Site) -> Iterator[Expr | None]:
    """That of the whole result has a record of its own."""
    if site.node.op == "transpose" and not site.is_root:
        yield site.node.args[0]


def _toggle_transpose(site: Site) -> Iterator[Expr | None]:
    """A transpose may be missing or stand where none belongs; that of a whole product has its own records."""
    node, above = site.node, site.parent
    single = node.op in ("var", "pick", "deriv", "prime", "sub", "transpose")
    if single and node.shape != _SCALAR and above is not None and above.op != "transpose":
        yield site.turned(node)


def _turn_product(site: Site) -> Iterator[Expr | None]:
    if site.node.op == "matmul":
        a, b = site.node.args
        yield site.make("matmul", site.turned(b), site.turned(a))


def _swap_factors(site: Site) -> Iterator[Expr | None]:
    if site.node.op == "matmul":
        a, b = site.node.args
        yield site.make("matmul", b, a)


def _matmul_to_hadamard(site: Site) -> Iterator[Expr | None]:
    if site.node.op == "matmul":
        yield site.make("mul", *site.node.args)


def _hadamard_to_matmul(site: Site) -> Iterator[Expr | None]:
    if site.node.op == "mul" and _SCALAR not in (a.shape for a in site.node.args):
        a, b = site.node.args
        yield site.make("matmul", a, b)
        yield site.make("matmul", b, a)


def _move_transpose(site: Site) -> Iterator[Expr | None]:
    """a bᵀ becomes aᵀ b; and back."""
    if site.node.op == "matmul":
        a, b = site.node.args
        if "transpose" in (a.op, b.op):
            yield site.make("matmul", site.turned(a), site.turned(b))


def _outer_for_inner(site: Site) -> Iterator[Expr | None]:
    """Of xᵀ M y, one number, the factors in their cyclic order make a matrix: M y xᵀ, y xᵀ M."""
    yield from _move_transpose(site)
    if site.node.op == "matmul" and site.node.shape == _SCALAR:
        chain = _chain(site.node)
        for cut in range(1, len(chain)):
            yield _multiplied(site, chain[cut:] + chain[:cut])


def _chain(node: Expr) -> tuple[Expr, ...]:
    """The factors of a matrix product, in their order."""
    return _chain(node.args[0]) + _chain(node.args[1]) if node.op == "matmul" else (node,)


def _multiplied(site: Site, factors: tuple[Expr, ...]) -> Expr | None:
    whole: Expr | None = factors[0]
    for factor in factors[1:]:
        whole = site.make("matmul", whole, factor)
    return whole


def _turn_root(site: Site) -> Iterator[Expr | None]:
    if site.is_root and site.node.shape != _SCALAR:
        yield site.turned(site.node)


def _outer_of_residual(site: Site) -> Iterator[Expr | None]:
    """r rᵀ of a row, a scalar, becomes rᵀ r, a matrix; and back."""
    if site.node.op == "matmul" and site.turned(site.node.args[0]) == site.node.args[1]:
        a, b = site.node.args
        other = site.make("matmul", b, a)
        if other is not None and (other.shape == _SCALAR) is not (site.node.shape == _SCALAR):
            yield other


SHAPES = (
    Misconception(
        code="GC101",
        name="missing-transpose",
        meaning="a matrix stands without the transpose that the product needs, or with one too many",
        cause="the chain rule is copied from scalars, where the order and the side of a factor do not matter",
        sign="write the shapes under the factors: the gradient must have the shape of its variable",
        example=Example(
            r"dZ_1 = W_2^{\top} dZ_2 \odot \sigma'(Z_1)", r"dZ_1 = W_2 \, dZ_2 \odot \sigma'(Z_1)"
        ),
        tags=("transpose", "shape"),
        edits=(Rewrite(_drop_transpose, _toggle_transpose),),
        headline="a transpose is missing or one too many: `{wrong}` stands where `{right}` belongs",
    ),
    Misconception(
        code="GC102",
        name="flipped-outer-product",
        meaning="the outer product of error and input is the wrong way round: the result is transposed",
        cause="it is remembered which two factors meet, not which of them comes first",
        sign="rows of dW belong to the units of its layer, so the error comes first",
        example=Example(r"dW = dZ \, A^{\top}", r"dW = A \, dZ^{\top}"),
        tags=("transpose", "outer product", "layout"),
        edits=(Rewrite(_turn_product, _turn_product),),
        headline="the product is the wrong way round: `{wrong}` stands where `{right}` belongs",
    ),
    Misconception(
        code="GC103",
        name="factor-order",
        meaning="the factors of a matrix product stand in the wrong order",
        cause="the chain rule is written from left to right as for numbers; matrix products do not commute",
        sign="inner sizes of neighbours must agree",
        example=Example(r"dA_1 = W_2^{\top} dZ_2", r"dA_1 = dZ_2 \, W_2^{\top}"),
        tags=("order", "commute", "matrix product"),
        edits=(Rewrite(_swap_factors, _swap_factors),),
        headline="the factors stand in the wrong order: `{wrong}` instead of `{right}`",
    ),
    Misconception(
        code="GC104",
        name="hadamard-for-matmul",
        meaning="factors are multiplied entry by entry where a matrix product is needed",
        cause="in code both are one character, and for one unit per layer both are the same",
        sign="going back through z = W a sums over the units of the layer above: that is a matrix product",
        example=Example(r"dA_1 = W_2^{\top} dZ_2", r"dA_1 = W_2^{\top} \odot dZ_2"),
        tags=("product", "elementwise"),
        edits=(Rewrite(_matmul_to_hadamard, _hadamard_to_matmul),),
        headline="`{wrong}` is multiplied entry by entry where the matrix product `{right}` belongs",
    ),
    Misconception(
        code="GC105",
        name="matmul-for-hadamard",
        meaning="a matrix product stands where factors belong together entry by entry",
        cause="the circle of the Hadamard product is left out, and juxtaposition then means a matrix product",
        sign="an activation works on each entry by itself, so its derivative multiplies entry by entry",
        example=Example(
            r"dZ_1 = (W_2^{\top} dZ_2) \odot \sigma'(Z_1)", r"dZ_1 = (W_2^{\top} dZ_2) \, \sigma'(Z_1)"
        ),
        tags=("product", "elementwise"),
        edits=(Rewrite(_hadamard_to_matmul, _matmul_to_hadamard),),
        headline="`{wrong}` is a matrix product where `{right}` belongs, entry by entry",
    ),
    Misconception(
        code="GC106",
        name="inner-for-outer",
        meaning="the transpose is on the wrong factor: an inner product for an outer one, or the reverse",
        cause="that one of the two has to be transposed is remembered, but not which",
        sign="an outer product of n and k entries is n × k, an inner product is one number",
        example=Example(r"dW = dz \, a^{\top}", r"dW = dz^{\top} a"),
        tags=("transpose", "outer product", "inner product"),
        edits=(Rewrite(_move_transpose, _outer_for_inner),),
    ),
    Misconception(
        code="GC107",
        name="mixed-layouts",
        meaning="numerator and denominator layout are mixed: the whole result is transposed",
        cause="two sources with different layouts are combined",
        sign="in one layout ∂L/∂W has the shape of W, in the other that of its transpose",
        example=Example(
            r"\frac{\partial}{\partial x} (a^{\top} x) = a",
            r"\frac{\partial}{\partial x} (a^{\top} x) = a^{\top}",
        ),
        tags=("layout", "transpose", "jacobian"),
        edits=(Rewrite(_turn_root, _turn_root),),
        headline="the result is transposed: `{wrong}` stands where `{right}` belongs",
    ),
    Misconception(
        code="GC108",
        name="loss-not-scalar",
        meaning="the loss is a matrix: its factors stand in an order that gives an outer product",
        cause="for a column rᵀr is the sum of squares; here the residual is a row",
        sign="a loss is one number: multiply the shapes",
        example=Example(r"L = \frac{1}{2m} (A - Y)(A - Y)^{\top}", r"L = \frac{1}{2m} (A - Y)^{\top}(A - Y)"),
        tags=("loss", "order", "scalar"),
        edits=(Rewrite(_outer_of_residual, _outer_of_residual),),
    ),
)
