"""Trees without their places, and mathematics to try things on."""

from dataclasses import fields, is_dataclass

from hypothesis import strategies as st

from gradcheck.notation.macros import NO_MACROS, Macros
from gradcheck.notation.parser import parse
from gradcheck.notation.sheet import fold
from gradcheck.notation.tree import Node
from gradcheck.source import Span


def tree(text: str, macros: Macros = NO_MACROS) -> Node:
    """The one node of a formula."""
    return fold(parse(text, macros=macros), Span(0, len(text)))


def bare(value: object) -> object:
    """A tree as nested tuples without spans."""
    if isinstance(value, tuple):
        return tuple(bare(item) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        parts = tuple(bare(getattr(value, field.name)) for field in fields(value) if field.name != "span")
        return (type(value).__name__, *parts)
    return value


FORMULAS = r"""
\nabla_W L = \mathbf{x}\,\boldsymbol{\delta}^\top
\|W\|_F^2 + \left\| x \right\|_2 + ||w||^2
|x| + |y - z| = |a||b|
p(y|x) = \frac{e^{z_y}}{\sum_j e^{z_j}} = p(y \mid x; \theta)
\frac{dL}{dW} = \frac{\mathrm{d} L}{\mathrm{d} W} = \frac{d\sigma(z)}{dz}
dL/dW = dL/da \cdot da/dz
∂L/∂W = (∂L/∂ŷ) ⊙ σ′(z) xᵀ
Σ_i x_i² ≤ 1
W^{[2]} ← W^{[2]} − α · ∂J/∂W^{[2]}
\delta^l = ((w^{l+1})^T \delta^{l+1}) \odot \sigma'(z^l)
\operatorname{softmax}(z)_i = \dfrac{\exp(z_i)}{\sum\nolimits_{j} \exp(z_j)}
\left.\frac{\partial L}{\partial w}\right|_{w=0} = \frac{\partial L}{\partial w}\Big|_{w=0}
f(x) = \max(0, x), \quad f'(x) = \mathbf{1}[x > 0]
\mathbb{E}_{x \sim p}[f(x)] = \int p(x) f(x) dx
x \overset{def}{=} y \stackrel{!}{=} z \not= w
\color{red}{a} + \textcolor{blue}{b} = \color{red} c
\hat{\mathbf{y}}_i = \tilde{x} \otimes \bar h \circ \vec v
w -= \eta \frac{\partial L}{\partial w}, \quad b \mathrel{+}= 1
d\gamma = \sum_i dy_i \hat x_i, \quad d\beta = \sum dy, d\mathbf{W} = 0
\text{tr}(A^{-1}) = \mathrm{tr}(A^{-T}) = \operatorname{diag}(v)
y = \begin{cases} x, & \text{if } x > 0 \\ \alpha x & \text{otherwise} \end{cases}
\left\{ \begin{array}{ll} a & x > 0 \\ b & x \le 0 \end{array} \right.
\begin{align} a &= b \\ &= c + d \\ &\quad + e \\ x &= y \end{align}
\lim_{h \to 0} \frac{f(x+h)-f(x)}{h}
e^{-z} + e^-z + W^-1 + W^\text{out} x_\mathrm{in}
-\frac1m \sum_{i=1}^m \left[ y^{(i)} \log a^{[2](i)} + (1-y^{(i)})\log\left(1-a^{[2](i)}\right) \right]
\log p(x) + \log \sigma(z) y + \log^T(T) - \sin(1-\sin) + \exp -x
W_{i,j} + W_{i\cdot} + W_{jk}^{[2]T} + z_j^{[1](i)} + h_{t-1}^{(l)\top}
{\bf x} + {\rm tr}(A) + \mathbf{1}^\top dZ
\sqrt[3]{x} + \sqrt x
z_{1}, z_{2}, \dots, z_{n}
\unknown x + \foo{y} \cancelto{0}{x}
\begin{pmatrix} 1 & \\ & 1 \end{pmatrix}_{2 \times 2} \begin{bmatrix} a \\ \vdots \end{bmatrix}
\{x_1, x_2\} + [0, 1) + \langle x, y \rangle
a^{\dagger} b^* c^{+} A^{\times}
\sum_{\substack{i=1 \\ i \neq j}}^n x_i + \sum_{\text{columns}} (A - Y)
\cancel{-} (y - a) \cancel{\frac{\partial y}{\partial w}} \underbrace{z}_{a_1} \boxed{a = b}
a \cdot -b \times
\cdot x \times
{a \over b} + \pm 3
\underset{\theta}{\max} f
f\left(x\right)' g'' h^{\prime} k^{\prime\prime}
\frac{1}{m} \text{np.sum}(A - Y, \text{axis}=1, \text{keepdims=True}) + np.sum(B, axis=0)
\left[ a \quad b \quad \dots \right]
Loss_MSE = \text{where } x, \text{Mean Square Error} \quad ?
dZ2 = W2 A1 / 2m
x̂ = (x - μ) / √(σ² + ε)
10 \% \& \#
""".strip().splitlines()

ATOMS = st.sampled_from(
    [
        "x",
        "W",
        "2",
        "0.5",
        r"\sigma",
        r"\hat y",
        r"\mathbf{x}",
        r"\text{ReLU}",
        "dW",
        r"\partial",
        r"\sin",
        r"\dots",
        "{}",
    ]
)


def _compound(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(inner, inner)
    return st.one_of(
        pair.map(" + ".join),
        pair.map(" - ".join),
        pair.map(" ".join),
        st.tuples(inner, st.sampled_from([r" \cdot ", r" \odot ", "*", "/", r" \times "]), inner).map(
            "".join
        ),
        pair.map(lambda p: f"{{{p[0]}}}_{{{p[1]}}}"),
        pair.map(lambda p: f"{p[0]}^{{{p[1]}}}"),
        pair.map(lambda p: rf"\frac{{{p[0]}}}{{{p[1]}}}"),
        pair.map(lambda p: rf"\sum_{{i = {p[0]}}} {p[1]}"),
        pair.map(lambda p: rf"\begin{{bmatrix}} {p[0]} & {p[1]} \end{{bmatrix}}"),
        pair.map(lambda p: rf"\begin{{cases}} {p[0]} & {p[1]} > 0 \end{{cases}}"),
        pair.map(lambda p: f"{{{p[0]} = {p[1]}}}"),
        pair.map(lambda p: f"({p[0]}, {p[1]})"),
        inner.map(lambda x: rf"\log {x}"),
        inner.map(lambda x: rf"\exp({x})^2"),
        inner.map(lambda x: rf"\left| {x} \right|"),
        inner.map(lambda x: rf"\boxed{{{x}}}"),
        inner.map(lambda x: rf"\underbrace{{{x}}}_{{n}}"),
        inner.map(lambda x: f"{{{x}}}"),
        inner.map(lambda x: rf"{x} \times"),
        inner.map(lambda x: f"-{x}"),
        inner.map(lambda x: f"[{x}]'"),
    )


NOTATION = st.recursive(ATOMS, _compound, max_leaves=12)
