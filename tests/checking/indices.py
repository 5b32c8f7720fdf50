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
        SOFTMAX, r"$$\frac{\partial q_i}{\partial u_j} = -q_i q_j, \quad i > j$$", "undecided"
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
}
