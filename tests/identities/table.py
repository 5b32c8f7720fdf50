"""Matrix calculus identities, each beside a wrong variant: (left side, right side, wrong right side).

Scalars s, t; columns a, b, x, y of size n, w of size p; n × n matrices A, B, C, X; D positive definite and S
symmetric, both n × n; M, N of n × p. Sources: Petersen and Pedersen, The Matrix Cookbook; Giles, Collected
matrix derivative results; and what follows from the product and chain rules.
"""

from __future__ import annotations

SHAPES = {
    "s": (1, 1), "t": (1, 1), "a": ("n", 1), "b": ("n", 1), "x": ("n", 1), "y": ("n", 1), "w": ("p", 1),
    "A": ("n", "n"), "B": ("n", "n"), "C": ("n", "n"), "X": ("n", "n"), "D": ("n", "n"), "S": ("n", "n"),
    "M": ("n", "p"), "N": ("n", "p"),
}  # fmt: skip
DOMAINS = {"D": "definite", "S": "symmetric", "t": "positive"}

LINEAR_FORMS = [
    (r"\frac{\partial a^T x}{\partial x}", r"a", r"x"),
    (r"\frac{\partial x^T a}{\partial x}", r"a", r"-a"),
    (r"\nabla_x \langle a, x \rangle", r"a", r"2a"),
    (r"\nabla_x (a^T x + b^T x)", r"a + b", r"a - b"),
    (r"\nabla_x (a^T x)(b^T x)", r"a b^T x + b a^T x", r"a b^T x - b a^T x"),
    (r"\nabla_x (a^T x)^2", r"2 a a^T x", r"a a^T x"),
    (r"\nabla_x (a^T x)^3", r"3 (a^T x)^2 a", r"3 (a^T x) a"),
    (
        r"\nabla_x \frac{a^T x}{b^T x}",
        r"\frac{a}{b^T x} - \frac{a^T x}{(b^T x)^2} b",
        r"\frac{a}{b^T x} + \frac{a^T x}{(b^T x)^2} b",
    ),
    (r"\nabla_x b^T A x", r"A^T b", r"A b"),
    (r"\nabla_b b^T A x", r"A x", r"A^T x"),
    (r"\nabla_A b^T A x", r"b x^T", r"x b^T"),
    (r"\nabla_A x^T A^T b", r"b x^T", r"x b^T"),
    (r"\nabla_M a^T M w", r"a w^T", r"2 a w^T"),
    (r"\nabla_w a^T M w", r"M^T a", r"M^T x"),
    (r"\nabla_M w^T M^T a", r"a w^T", r"b w^T"),
    (r"\nabla_x \mathbf{1}^T x", r"\mathbf{1}", r"x"),
    (r"\nabla_x \sum_i x_i", r"\mathbf{1}", r"n \mathbf{1}"),
    (r"\nabla_A \sum_{i,j} A_{ij}", r"\mathbf{1} \mathbf{1}^T", r"I"),
    (r"\frac{\partial}{\partial x_k} \sum_i a_i x_i", r"a_k", r"x_k"),
    (r"\frac{\partial x_i}{\partial x_j}", r"\delta_{ij}", r"1"),
    (r"\frac{\partial}{\partial A_{ij}} b^T A x", r"b_i x_j", r"b_j x_i"),
]

QUADRATIC_FORMS = [
    (r"\frac{\partial x^T x}{\partial x}", r"2x", r"x"),
    (r"\frac{\partial}{\partial x} (x^T A x)", r"(A + A^T) x", r"2 A x"),
    (r"\nabla_x (x^T S x)", r"2 S x", r"S x"),
    (r"\nabla_x x^T D^{-1} x", r"2 D^{-1} x", r"2 D x"),
    (r"\nabla_A x^T A x", r"x x^T", r"2 x x^T"),
    (r"\nabla_x^2 (x^T A x)", r"A + A^T", r"2A"),
    (r"\frac{\partial^2 x^T S x}{\partial x \partial x^T}", r"2S", r"S"),
    (r"\nabla_x (x - a)^T S (x - a)", r"2 S (x - a)", r"2 S (x + a)"),
    (r"\nabla_a (x - a)^T S (x - a)", r"-2 S (x - a)", r"2 S (x - a)"),
    (r"\nabla_x \frac{1}{2} (A x - b)^T (A x - b)", r"A^T (A x - b)", r"A (A x - b)"),
    (r"\nabla_x (A x - b)^T D (A x - b)", r"2 A^T D (A x - b)", r"2 A^T (A x - b)"),
    (r"\nabla_A (A x - b)^T (A x - b)", r"2 (A x - b) x^T", r"2 x (A x - b)^T"),
    (
        r"\nabla_x (A x + a)^T C (B x + b)",
        r"A^T C (B x + b) + B^T C^T (A x + a)",
        r"A^T C (B x + b) + B^T C (A x + a)",
    ),
    (r"\nabla_w w^T M^T M w", r"2 M^T M w", r"M^T M w"),
    (r"\nabla_M w^T M^T M w", r"2 M w w^T", r"2 M w"),
    (r"\nabla_M a^T M M^T a", r"2 a a^T M", r"2 M"),
    (r"\nabla_M a^T M M^T b", r"(a b^T + b a^T) M", r"2 a b^T M"),
    (
        r"\nabla_x \frac{x^T S x}{x^T x}",
        r"\frac{2}{x^T x} (S x - \frac{x^T S x}{x^T x} x)",
        r"\frac{2}{x^T x} (S x - x^T S x \, x)",
    ),
    (r"\nabla_x (x^T x)^2", r"4 (x^T x) x", r"2 (x^T x) x"),
    (r"\sum_{i,j} A_{ij} x_i x_j", r"x^T A x", r"x^T A A x"),
    (
        r"\frac{\partial}{\partial x_k} \sum_{i,j} A_{ij} x_i x_j",
        r"\sum_j A_{kj} x_j + \sum_i A_{ik} x_i",
        r"2 \sum_j A_{kj} x_j",
    ),
    (r"x^T A x", r"\operatorname{tr}(A x x^T)", r"\operatorname{tr}(A) x^T x"),
    (r"x^T A x", r"\frac{1}{2} x^T (A + A^T) x", r"x^T (A + A^T) x"),
]

NORMS = [
    (r"\nabla_x \|x\|^2", r"2x", r"x"),
    (r"\nabla_x \|x\|", r"\frac{x}{\|x\|}", r"\frac{x}{\|x\|^2}"),
    (r"\nabla_x \|x - a\|_2", r"\frac{x - a}{\|x - a\|}", r"\frac{a - x}{\|x - a\|}"),
    (r"\nabla_x \|A x - b\|_2^2", r"2 A^T (A x - b)", r"A^T (A x - b)"),
    (r"\nabla_w \|M w - y\|^2", r"2 M^T (M w - y)", r"2 M^T (y - M w)"),
    (r"\nabla_x \|x\|_1", r"\operatorname{sign}(x)", r"x"),
    (r"\nabla_x \frac{1}{\|x\|}", r"-\frac{x}{\|x\|^3}", r"-\frac{x}{\|x\|^2}"),
    (
        r"\nabla_x \frac{a^T x}{\|x\|}",
        r"\frac{a}{\|x\|} - \frac{a^T x}{\|x\|^3} x",
        r"\frac{a}{\|x\|} - \frac{a^T x}{\|x\|^2} x",
    ),
    (r"\nabla_M \|M\|_F^2", r"2M", r"M"),
    (r"\nabla_M \|M - N\|_F^2", r"2 (M - N)", r"2 (N - M)"),
    (r"\nabla_A \|A M - N\|_F^2", r"2 (A M - N) M^T", r"2 (A M - N) N^T"),
    (r"\nabla_M \|A M - N\|_F^2", r"2 A^T (A M - N)", r"2 A (A M - N)"),
    (r"\nabla_M \|M^T M\|_F^2", r"4 M M^T M", r"2 M M^T M"),
    (r"\nabla_M \|M\|_F", r"\frac{M}{\|M\|_F}", r"\frac{2 M}{\|M\|_F}"),
    (r"\|M\|_F^2", r"\operatorname{tr}(M^T M)", r"\operatorname{tr}(M^T N)"),
    (r"\|x\|^2", r"x^T x", r"\mathbf{1}^T x"),
    (r"\|x\|_1", r"\sum_i |x_i|", r"\sum_i x_i"),
    (r"\|x - y\|^2", r"\|x\|^2 - 2 x^T y + \|y\|^2", r"\|x\|^2 - x^T y + \|y\|^2"),
]

TRACES = [
    (r"\frac{\partial \operatorname{tr}(X)}{\partial X}", r"I", r"X"),
    (r"\frac{\partial \operatorname{tr}(AX)}{\partial X}", r"A^T", r"A"),
    (r"\frac{\partial \operatorname{tr}(X^T A)}{\partial X}", r"A", r"A^T"),
    (r"\frac{\partial \operatorname{tr}(A X B)}{\partial X}", r"A^T B^T", r"B^T A^T"),
    (r"\frac{\partial \operatorname{tr}(A X^T B)}{\partial X}", r"B A", r"A B"),
    (r"\frac{\partial \operatorname{tr}(X^2)}{\partial X}", r"2 X^T", r"2 X"),
    (r"\frac{\partial \operatorname{tr}(X^T X)}{\partial X}", r"2 X", r"2 X^T"),
    (r"\frac{\partial \operatorname{tr}(X X^T)}{\partial X}", r"2 X", r"X"),
    (r"\frac{\partial \operatorname{tr}(X^T A X)}{\partial X}", r"(A + A^T) X", r"X (A + A^T)"),
    (r"\frac{\partial \operatorname{tr}(X A X^T)}{\partial X}", r"X (A + A^T)", r"(A + A^T) X"),
    (
        r"\frac{\partial \operatorname{tr}(A X B X)}{\partial X}",
        r"A^T X^T B^T + B^T X^T A^T",
        r"A^T X^T B^T + B^T A^T X^T",
    ),
    (r"\frac{\partial \operatorname{tr}(A X B X^T)}{\partial X}", r"A^T X B^T + A X B", r"A X B^T + A X B"),
    (r"\frac{\partial \operatorname{tr}(X^T A X B)}{\partial X}", r"A X B + A^T X B^T", r"A X B + A^T X B"),
    (
        r"\frac{\partial \operatorname{tr}(A X^{-1} B)}{\partial X}",
        r"-(X^{-1} B A X^{-1})^T",
        r"(X^{-1} B A X^{-1})^T",
    ),
    (r"\frac{\partial \operatorname{tr}(X^{-1})}{\partial X}", r"-(X^{-2})^T", r"-(X^{-1})^T"),
    (r"\frac{\partial \operatorname{tr}(X)^2}{\partial X}", r"2 \operatorname{tr}(X) I", r"2 X"),
    (r"\nabla_M \operatorname{tr}(M^T N)", r"N", r"M"),
    (r"\nabla_M \operatorname{tr}(M^T A M)", r"(A + A^T) M", r"2 A M"),
    (r"\nabla_M \operatorname{tr}(N^T A M)", r"A^T N", r"A N"),
    (r"\nabla_X \operatorname{tr}(A \odot X)", r"A \odot I", r"A"),
    (r"\operatorname{tr}(A B)", r"\operatorname{tr}(B A)", r"\operatorname{tr}(A) \operatorname{tr}(B)"),
    (r"\operatorname{tr}(A B C)", r"\operatorname{tr}(C A B)", r"\operatorname{tr}(B A C)"),
    (r"\operatorname{tr}(A^T)", r"\operatorname{tr}(A)", r"-\operatorname{tr}(A)"),
    (
        r"\operatorname{tr}(A + B)",
        r"\operatorname{tr}(A) + \operatorname{tr}(B)",
        r"\operatorname{tr}(A) - \operatorname{tr}(B)",
    ),
    (r"\operatorname{tr}(A^T B)", r"\sum_{i,j} A_{ij} B_{ij}", r"\sum_{i,j} A_{ij} B_{ji}"),
    (r"\operatorname{tr}(x y^T)", r"x^T y", r"x^T x"),
    (
        r"\operatorname{tr}(M^T A M)",
        r"\operatorname{tr}(A M M^T)",
        r"\operatorname{tr}(A) \operatorname{tr}(M M^T)",
    ),
    (r"\operatorname{tr}(I)", r"n", r"1"),
]

DETERMINANTS_AND_INVERSES = [
    (r"\frac{\partial \det X}{\partial X}", r"\det(X) X^{-T}", r"\det(X) X^{-1}"),
    (r"\frac{\partial \log \det X}{\partial X}", r"X^{-T}", r"X^{-1}"),
    (r"\frac{\partial \log |X|}{\partial X}", r"X^{-\top}", r"-X^{-\top}"),
    (r"\frac{\partial \log |\det X|}{\partial X}", r"(X^{-1})^T", r"X^T"),
    (r"\frac{\partial |D|}{\partial D}", r"|D| D^{-1}", r"D^{-1}"),
    (r"\frac{\partial \det(A X B)}{\partial X}", r"\det(A X B) X^{-T}", r"\det(X) X^{-T}"),
    (r"\frac{\partial \det(X)^2}{\partial X}", r"2 \det(X)^2 X^{-T}", r"2 \det(X) X^{-T}"),
    (r"\frac{\partial \, a^T X^{-1} b}{\partial X}", r"-X^{-T} a b^T X^{-T}", r"X^{-T} a b^T X^{-T}"),
    (r"\nabla_x x^T A^{-1} x", r"(A^{-1} + A^{-T}) x", r"2 A^{-1} x"),
    (r"\nabla_b a^T A^{-1} b", r"A^{-T} a", r"A^{-1} a"),
    (r"\frac{\partial}{\partial s} (s A)^{-1}", r"-s^{-2} A^{-1}", r"s^{-2} A^{-1}"),
    (r"\frac{\partial}{\partial s} \det(s A)", r"n s^{n-1} \det(A)", r"s^{n-1} \det(A)"),
    (r"\det(A B)", r"\det A \det B", r"\det A + \det B"),
    (r"\det(A^T)", r"\det(A)", r"-\det(A)"),
    (r"\det(A^{-1})", r"\frac{1}{\det A}", r"\det A"),
    (r"(A B)^{-1}", r"B^{-1} A^{-1}", r"A^{-1} B^{-1}"),
    (r"(A^T)^{-1}", r"(A^{-1})^T", r"A^{-1}"),
    (r"A A^{-1}", r"I", r"A"),
    (r"(A B)^T", r"B^T A^T", r"A^T B^T"),
    (r"(A + B)^T", r"A^T + B^T", r"A + B"),
    (r"(M w)^T", r"w^T M^T", r"-w^T M^T"),
    (r"(I + A)^{-1} A", r"I - (I + A)^{-1}", r"I + (I + A)^{-1}"),
    (r"\det(I + x y^T)", r"1 + x^T y", r"1 - x^T y"),
    (r"(I + x y^T)^{-1}", r"I - \frac{x y^T}{1 + y^T x}", r"I + \frac{x y^T}{1 + y^T x}"),
    (r"\nabla_D (\log |D| + x^T D^{-1} x)", r"D^{-1} - D^{-1} x x^T D^{-1}", r"D^{-1} - x x^T"),
]

PRODUCTS = [
    (
        r"\operatorname{vec}(A X B)",
        r"(B^T \otimes A) \operatorname{vec}(X)",
        r"(A \otimes B) \operatorname{vec}(X)",
    ),
    (
        r"\operatorname{tr}(A^T B)",
        r"\operatorname{vec}(A)^T \operatorname{vec}(B)",
        r"\operatorname{vec}(A)^T \operatorname{vec}(B^T)",
    ),
    (r"(A \otimes B)^T", r"A^T \otimes B^T", r"B^T \otimes A^T"),
    (r"(A \otimes B)(C \otimes X)", r"(A C) \otimes (B X)", r"(A X) \otimes (B C)"),
    (r"x^T (a \odot b)", r"\sum_i x_i a_i b_i", r"\sum_i x_i a_i"),
    (r"x \odot y", r"y \odot x", r"x \odot x"),
    (r"x \odot y", r"\operatorname{diag}(x) y", r"\operatorname{diag}(x) x"),
    (r"A \odot (B + C)", r"A \odot B + A \odot C", r"A \odot B + C"),
    (r"\operatorname{diag}(a) A", r"(a \mathbf{1}^T) \odot A", r"(\mathbf{1} a^T) \odot A"),
    (r"A \operatorname{diag}(a)", r"A \odot (\mathbf{1} a^T)", r"A \odot (a \mathbf{1}^T)"),
    (r"x^T A y", r"y^T A^T x", r"y^T A x"),
    (r"(x y^T) a", r"(y^T a) x", r"(x^T a) y"),
    (r"\nabla_x (a \odot x)^T b", r"a \odot b", r"a \odot x"),
    (r"\nabla_x (x \odot x)^T a", r"2 a \odot x", r"a \odot x"),
    (r"\nabla_a x^T \operatorname{diag}(a) y", r"x \odot y", r"x \odot x"),
    (r"\nabla_M \operatorname{tr}((M \odot N)^T M)", r"2 M \odot N", r"M \odot N"),
    (r"\frac{\partial A x}{\partial x}", r"A", r"2A"),
    (r"\frac{\partial M w}{\partial w}", r"M", r"N"),
    (r"\frac{\partial (x \odot a)}{\partial x}", r"\operatorname{diag}(a)", r"\operatorname{diag}(x)"),
    (r"(A B)_{ij}", r"\sum_k A_{ik} B_{kj}", r"\sum_k A_{ik} B_{jk}"),
    (r"(A x)_i", r"\sum_j A_{ij} x_j", r"\sum_j A_{ji} x_j"),
    (r"\sum_j \delta_{ij} x_j", r"x_i", r"\sum_j x_j"),
]

ELEMENTWISE = [
    (r"\frac{d}{ds} s^3", r"3 s^2", r"3 s^3"),
    (r"\frac{d}{dt} \ln t", r"\frac{1}{t}", r"\frac{1}{t^2}"),
    (r"\frac{d}{dt} \sqrt{t}", r"\frac{1}{2 \sqrt{t}}", r"\frac{1}{\sqrt{t}}"),
    (r"\frac{d}{ds} e^{-s^2}", r"-2 s e^{-s^2}", r"2 s e^{-s^2}"),
    (r"\frac{d}{ds} \tanh(s)", r"1 - \tanh^2(s)", r"1 - \tanh(s)"),
    (r"\frac{d}{ds} \sin s", r"\cos s", r"-\cos s"),
    (r"\frac{d}{ds} \cos s", r"-\sin s", r"\sin s"),
    (r"\frac{d^2}{ds^2} \sin s", r"-\sin s", r"\sin s"),
    (r"\frac{d}{ds} \sinh s", r"\cosh s", r"-\cosh s"),
    (r"\frac{d}{ds} \arctan s", r"\frac{1}{1 + s^2}", r"\frac{1}{1 - s^2}"),
    (r"\frac{d}{ds} \sigma(s)", r"\sigma(s)(1 - \sigma(s))", r"\sigma(s)(1 + \sigma(s))"),
    (r"\frac{d}{ds} \log \sigma(s)", r"1 - \sigma(s)", r"\sigma(s)"),
    (r"\frac{d}{ds} \log(1 + e^s)", r"\sigma(s)", r"\sigma(-s)"),
    (r"\sigma(-s)", r"1 - \sigma(s)", r"-\sigma(s)"),
    (r"\tanh s", r"2 \sigma(2s) - 1", r"2 \sigma(s) - 1"),
    (r"\sigma'(s)", r"\sigma(s) \sigma(-s)", r"\sigma(s)^2"),
    (r"\frac{d}{ds} \sigma'(s)", r"\sigma'(s)(1 - 2 \sigma(s))", r"\sigma'(s)(1 - \sigma(s))"),
    (r"\frac{d}{ds} \max(0, s)", r"\mathbb{1}[s > 0]", r"\mathbb{1}[s < 0]"),
    (r"\max(0, s)", r"s \, 1_{s > 0}", r"1_{s > 0}"),
    (r"\frac{d}{ds} \operatorname{ReLU}(s)^2", r"2 \max(0, s)", r"\max(0, s)"),
    (r"\max(s, t)", r"\frac{s + t + |s - t|}{2}", r"\frac{s + t - |s - t|}{2}"),
    (r"\frac{d}{ds} |s|", r"\operatorname{sign}(s)", r"s"),
    (r"\frac{d}{ds} \frac{s}{1 + s^2}", r"\frac{1 - s^2}{(1 + s^2)^2}", r"\frac{1 + s^2}{(1 + s^2)^2}"),
    (r"\frac{d}{ds} \operatorname{softplus}(s)", r"\sigma(s)", r"\sigma'(s)"),
    (
        r"\frac{\partial \sigma(x)}{\partial x}",
        r"\operatorname{diag}(\sigma'(x))",
        r"\operatorname{diag}(\sigma(x))",
    ),
    (r"\nabla_x \sigma(a^T x)", r"\sigma'(a^T x) a", r"\sigma'(a^T x) x"),
    (r"\nabla_x a^T \sigma(x)", r"a \odot \sigma'(x)", r"a \odot \sigma(x)"),
    (r"\nabla_x a^T \tanh(A x)", r"A^T (a \odot (1 - \tanh^2(A x)))", r"A (a \odot (1 - \tanh^2(A x)))"),
    (r"\nabla_x \log(1 + e^{-a^T x})", r"-\sigma(-a^T x) a", r"\sigma(-a^T x) a"),
    (r"\nabla_x \sum_i \log(1 + x_i^2)", r"\frac{2 x}{1 + x \odot x}", r"\frac{x}{1 + x \odot x}"),
    (r"\nabla_x \exp(a^T x)", r"\exp(a^T x) a", r"\exp(a^T x)^2 a"),
]

SOFTMAX = [
    (r"\nabla_x \log \sum_i e^{x_i}", r"\operatorname{softmax}(x)", r"x"),
    (
        r"\frac{\partial}{\partial x} \operatorname{softmax}(x)",
        (
            r"\operatorname{diag}(\operatorname{softmax}(x)) "
            r"- \operatorname{softmax}(x) \operatorname{softmax}(x)^T"
        ),
        r"\operatorname{diag}(\operatorname{softmax}(x))",
    ),
    (
        r"\nabla_x a^T \operatorname{softmax}(x)",
        r"\operatorname{softmax}(x) \odot a - \operatorname{softmax}(x) (a^T \operatorname{softmax}(x))",
        r"\operatorname{softmax}(x) \odot a",
    ),
    (r"\mathbf{1}^T \operatorname{softmax}(x)", r"1", r"n"),
    (r"\operatorname{softmax}(x)_i", r"\frac{e^{x_i}}{\sum_j e^{x_j}}", r"\frac{e^{x_i}}{\sum_j x_j}"),
    (
        r"\nabla_x (-a^T \log \operatorname{softmax}(x))",
        r"(\mathbf{1}^T a) \operatorname{softmax}(x) - a",
        r"a - (\mathbf{1}^T a) \operatorname{softmax}(x)",
    ),
    (
        r"\operatorname{softmax}(x + s \mathbf{1})",
        r"\operatorname{softmax}(x)",
        r"\operatorname{softmax}(x) + s",
    ),
    (
        r"\frac{\partial}{\partial x_k} \log \sum_i e^{x_i}",
        r"\frac{e^{x_k}}{\sum_i e^{x_i}}",
        r"\frac{x_k}{\sum_i e^{x_i}}",
    ),
]

IDENTITIES = [
    *LINEAR_FORMS,
    *QUADRATIC_FORMS,
    *NORMS,
    *TRACES,
    *DETERMINANTS_AND_INVERSES,
    *PRODUCTS,
    *ELEMENTWISE,
    *SOFTMAX,
]
