"""Documents in index notation that state no shapes: a forward pass, right claims, and planted errors."""

from __future__ import annotations

from dataclasses import dataclass

SOFTMAX = r"""# Softmax

$$q_r = \frac{e^{u_r}}{\sum_s e^{u_s}}$$

$$E = -\sum_r t_r \log q_r$$

"""

HYPOTHESIS = r"""# A model with its parameters as a subscript

$$f_\beta(x) = s(\beta^T x), \quad s(u) = \frac{1}{1 + e^{-u}}$$

$$J(\beta)
= -\frac{1}{m} \sum_{i=1}^m [y^{(i)} \log f_\beta(x^{(i)}) + (1 - y^{(i)}) \log(1 - f_\beta(x^{(i)}))]$$

"""

LINE = r"""# One feature

$$f_\beta(x^{(i)}) = \frac{1}{1 + e^{-\beta_0 - \beta_1 x^{(i)}}}$$

$$J(\beta) = \frac{1}{m} \sum_{i=1}^m \text{Cost}(f_\beta(x^{(i)}), y^{(i)})$$

$$\text{Cost}(f_\beta(x^{(i)}), y^{(i)})
= -y^{(i)} \log f_\beta(x^{(i)}) - (1 - y^{(i)}) \log(1 - f_\beta(x^{(i)}))$$

"""

INITIALS = r"""# A loss of two letters, whose labels add up to one

$$z_i = \sum_j w_{ij} x_j + b_i$$

$$\hat y_i = \frac{e^{z_i}}{\sum_k e^{z_k}}$$

$$CE = -\sum_i y_i \log \hat y_i, \quad \sum_i y_i = 1$$

"""

EINSTEIN = r"""# Indices that are summed at sight

We use the Einstein summation convention.

$$a_i = W_{ij} x_j + b_i$$

$$s_i = \tanh(a_i)$$

$$o_k = V_{ki} s_i$$

$$L = \frac12 (o_k - t_k)(o_k - t_k)$$

"""

ROWS = r"""# Rows, with Einstein's convention

$$t = x W^{(1)} + b^{(1)}$$

$$h = \tanh(t)$$

$$v = h W^{(2)} + b^{(2)}$$

$$p = \text{softmax}(v) = \psi(v)$$

$$J = -y_i \log p_i, \quad \sum_i y_i = 1$$

$$\frac{\partial J}{\partial v} = p - y$$

"""

RATINGS = r"""# Entries of two matrices

$$e_{ui} = r_{ui} - \sum_f p_{uf} q_{if}$$

$$E = \frac12 \sum_u \sum_i e_{ui}^2 + \frac{\lambda}{2} \sum_i \sum_f q_{if}^2$$

"""


@dataclass(frozen=True, slots=True)
class Line:
    """One display after a forward pass, with the verdict of its last link."""

    forward: str
    text: str
    verdict: str


LINES = {
    "diagonal-beside": Line(
        SOFTMAX, r"$$\frac{\partial q_i}{\partial u_j} = q_i (1 - q_i), \quad i = j$$", "correct"
    ),
    "diagonal-in-brackets": Line(
        SOFTMAX, r"$$\frac{\partial q_i}{\partial u_j} = q_j (1 - q_i) \quad (i = j)$$", "correct"
    ),
    "off-diagonal-in-words": Line(
        SOFTMAX, r"$$\frac{\partial q_i}{\partial u_j} = -q_i q_j \quad \text{if } i \neq j$$", "correct"
    ),
    "off-diagonal-said-before": Line(
        SOFTMAX, "For $i \\neq j$:\n\n$$\\frac{\\partial q_i}{\\partial u_j} = -q_j q_i$$", "correct"
    ),
    "conditions-exchanged": Line(
        SOFTMAX, r"$$\frac{\partial q_i}{\partial u_j} = q_i (1 - q_i), \quad i \neq j$$", "wrong"
    ),
    "off-diagonal-for-all": Line(SOFTMAX, r"$$\frac{\partial q_i}{\partial u_j} = -q_i q_j$$", "wrong"),
    "condition-of-another-paragraph": Line(
        SOFTMAX,
        "First $i \\neq j$.\n\nLater on we find\n\n$$\\frac{\\partial q_i}{\\partial u_j} = -q_i q_j$$",
        "undecided",
    ),
    "condition-that-cannot-be-read": Line(
        SOFTMAX, r"$$\frac{\partial q_i}{\partial u_j} = -q_i q_j, \quad i > s$$", "undecided"
    ),
    "indices-in-order": Line(
        SOFTMAX, r"$$\frac{\partial q_i}{\partial u_j} = -q_i q_j, \quad i > j$$", "correct"
    ),
    "indices-that-may-be-equal": Line(
        SOFTMAX, r"$$\frac{\partial q_i}{\partial u_j} = -q_i q_j, \quad i \ge j$$", "wrong"
    ),
    "cases": Line(
        SOFTMAX,
        r"$$\frac{\partial q_i}{\partial u_j} = \begin{cases} q_i (1 - q_j) & \text{if } i = j \\"
        r" -q_i q_j & \text{otherwise} \end{cases}$$",
        "correct",
    ),
    "cases-with-a-lost-sign": Line(
        SOFTMAX,
        r"$$\frac{\partial q_i}{\partial u_j} = \begin{cases} q_i (1 - q_j) & i = j \\"
        r" q_i q_j & i \neq j \end{cases}$$",
        "wrong",
    ),
    "bracket-of-truth": Line(
        SOFTMAX, r"$$\frac{\partial q_i}{\partial u_j} = q_i (1\{i = j\} - q_j)$$", "correct"
    ),
    "one-left-out": Line(
        SOFTMAX,
        r"$$\frac{\partial E}{\partial u_j} = -t_j (1 - q_j) + \sum_{r \neq j} t_r q_j$$",
        "correct",
    ),
    "one-left-out-beside-a-range": Line(
        SOFTMAX,
        r"$$\frac{\partial E}{\partial u_j} = -t_j (1 - q_j) + \sum_{r = 1, r \neq j}^n t_r q_j$$",
        "correct",
    ),
    "none-left-out": Line(
        SOFTMAX, r"$$\frac{\partial E}{\partial u_j} = -t_j (1 - q_j) + \sum_r t_r q_j$$", "wrong"
    ),
    "labels-that-add-up-to-one": Line(
        SOFTMAX, r"$$\frac{\partial E}{\partial u_j} = q_j - t_j$$", "convention"
    ),
    "labels-that-are-said-to": Line(
        "The label $t$ is one-hot.\n\n" + SOFTMAX,
        r"$$\frac{\partial E}{\partial u_j} = q_j - t_j$$",
        "correct",
    ),
    "labels-left-free": Line(
        SOFTMAX, r"$$\frac{\partial E}{\partial u_j} = q_j \sum_r t_r - t_j$$", "correct"
    ),
    "labels-added": Line(SOFTMAX, r"$$\frac{\partial E}{\partial u_j} = q_j + t_j$$", "wrong"),
    "one-entry-of-the-parameters": Line(
        HYPOTHESIS,
        r"$$\frac{\partial J}{\partial \beta_j}"
        r" = \frac{1}{m} \sum_{i=1}^m (f_\beta(x^{(i)}) - y^{(i)}) x_j^{(i)}$$",
        "correct",
    ),
    "all-parameters": Line(
        HYPOTHESIS,
        r"$$\nabla_\beta J(\beta) = \frac{1}{m} \sum_{i=1}^m (f_\beta(x^{(i)}) - y^{(i)}) x^{(i)}$$",
        "correct",
    ),
    "difference-turned-round": Line(
        HYPOTHESIS,
        r"$$\nabla_\beta J(\beta) = \frac{1}{m} \sum_{i=1}^m (y^{(i)} - f_\beta(x^{(i)})) x^{(i)}$$",
        "wrong",
    ),
    "inner-function": Line(HYPOTHESIS, r"$$s'(u) = s(u) (1 - s(u))$$", "correct"),
    "value-of-the-model": Line(
        LINE,
        r"$$\frac{\partial f_\beta}{\partial \beta_1} = f_\beta(x) (1 - f_\beta(x)) x$$",
        "correct",
    ),
    "value-of-the-model-without-its-feature": Line(
        LINE, r"$$\frac{\partial f_\beta}{\partial \beta_1} = f_\beta(x) (1 - f_\beta(x))$$", "wrong"
    ),
    "cost-written-with-its-arguments": Line(
        LINE,
        r"$$\frac{\partial J}{\partial \beta_1}"
        r" = \frac{1}{m} \sum_{i=1}^m (f_\beta(x^{(i)}) - y^{(i)}) x^{(i)}$$",
        "correct",
    ),
    "bias-with-a-feature": Line(
        LINE,
        r"$$\frac{\partial J}{\partial \beta_0}"
        r" = \frac{1}{m} \sum_{i=1}^m (f_\beta(x^{(i)}) - y^{(i)}) x^{(i)}$$",
        "wrong",
    ),
    "function-of-itself": Line(
        "$$f_W(x) = x + f_W(x)$$\n\n", r"$$\frac{\partial f_W}{\partial x} = 1$$", "undecided"
    ),
    "two-letters-by-a-weight": Line(
        INITIALS, r"$$\frac{\partial CE}{\partial w_{ij}} = (\hat y_i - y_i) x_j$$", "correct"
    ),
    "two-letters-whole": Line(INITIALS, r"$$\frac{\partial CE}{\partial z} = \hat y - y$$", "correct"),
    "index-of-another-axis": Line(
        INITIALS, r"$$\frac{\partial CE}{\partial w_{ij}} = (\hat y_i - y_i) x_i$$", "wrong"
    ),
    "matrix-read-across": Line(
        INITIALS, r"$$\frac{\partial CE}{\partial x_j} = \sum_i (\hat y_i - y_i) w_{ji}$$", "wrong"
    ),
    "repeated-indices": Line(
        EINSTEIN, r"$$\frac{\partial L}{\partial a_i} = (o_k - t_k) V_{ki} (1 - s_i^2)$$", "correct"
    ),
    "repeated-indices-with-a-delta": Line(
        EINSTEIN, r"$$\frac{\partial s_i}{\partial a_j} = (1 - s_i^2) \delta_{ij}$$", "correct"
    ),
    "repeated-indices-of-the-transpose": Line(
        EINSTEIN, r"$$\frac{\partial L}{\partial s_i} = V_{ik}^T (o_k - t_k)$$", "correct"
    ),
    "repeated-index-across": Line(
        EINSTEIN, r"$$\frac{\partial L}{\partial s_i} = V_{ik} (o_k - t_k)$$", "wrong"
    ),
    "row-of-differences": Line(
        ROWS,
        r"$$\frac{\partial J}{\partial x_k} = [p - y]_b W_{cb}^{(2)} (1 - h_c^2) W_{kc}^{(1)}$$",
        "correct",
    ),
    "row-for-its-entry": Line(ROWS, r"$$\frac{\partial J}{\partial h_c} = (p - y) W^{(2)T}$$", "charitable"),
    "row-turned-round": Line(ROWS, r"$$\frac{\partial J}{\partial h_c} = [y - p]_b W_{cb}^{(2)}$$", "wrong"),
    "index-that-lost-its-place": Line(
        ROWS, r"$$\frac{\partial J}{\partial h_c} = [(p - y) W^{(2)T}]c$$", "undecided"
    ),
    "entries-of-two-letters": Line(
        RATINGS, r"$$\frac{\partial E}{\partial q_{if}} = -\sum_u e_{ui} p_{uf} + \lambda q_{if}$$", "correct"
    ),
    "sum-not-written": Line(
        RATINGS, r"$$\frac{\partial E}{\partial q_{if}} = -e_{ui} p_{uf} + \lambda q_{if}$$", "charitable"
    ),
    "penalty-twice": Line(
        RATINGS, r"$$\frac{\partial E}{\partial q_{if}} = -\sum_u e_{ui} p_{uf} + 2 \lambda q_{if}$$", "wrong"
    ),
}
