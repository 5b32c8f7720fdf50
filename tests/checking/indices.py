"""Documents in index notation that state no shapes: a forward pass, right claims, and planted errors."""

from __future__ import annotations

from dataclasses import dataclass

SOFTMAX = r"""# Softmax

$$q_r = \frac{e^{u_r}}{\sum_s e^{u_s}}$$

$$E = -\sum_r t_r \log q_r$$

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
}
