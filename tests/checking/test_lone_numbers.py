"""Letters without marks beside entries: one number for all of them, unless something tells an array."""

import pytest

from tests.checking.written import displayed, verdicts

LINE = (r"p_i = w x_i + b", r"E = \frac{1}{n} \sum_{i=1}^n (p_i - t_i)^2")
AT_ONCE = (r"J = \frac{1}{2} \sum_{i=1}^n (t_i - a - s x_i)^2",)
CURVE = (r"h_i = \sigma(c x_i + d)", r"R = -\sum_i [t_i \log h_i + (1 - t_i) \log(1 - h_i)]")


@pytest.mark.parametrize(
    ("document", "right", "wrong"),
    [
        (
            LINE,
            r"\frac{\partial E}{\partial w} = \frac{2}{n} \sum_{i=1}^n (p_i - t_i) x_i",
            r"\frac{\partial E}{\partial w} = \frac{2}{n} \sum_{i=1}^n (p_i - t_i)",
        ),
        (
            LINE,
            r"\frac{\partial E}{\partial b} = \frac{2}{n} \sum_{i=1}^n (p_i - t_i)",
            r"\frac{\partial E}{\partial b} = -\frac{2}{n} \sum_{i=1}^n (p_i - t_i)",
        ),
        (
            AT_ONCE,
            r"\frac{\partial J}{\partial s} = -\sum_{i=1}^n (t_i - a - s x_i) x_i",
            r"\frac{\partial J}{\partial s} = -\sum_{i=1}^n (t_i - a - s x_i) s",
        ),
        (
            CURVE,
            r"\frac{\partial R}{\partial c} = \sum_i (h_i - t_i) x_i",
            r"\frac{\partial R}{\partial c} = \sum_i (t_i - h_i) x_i",
        ),
    ],
)
def test_a_line_through_points(document: tuple[str, ...], right: str, wrong: str) -> None:
    assert verdicts(displayed(*document, right)) == ["correct"] * (len(document) + 1)
    assert verdicts(displayed(*document, wrong))[-1] == "wrong"


NUMBERED = (r"q_i = \tanh(w_0 + w_1 x_i)", r"E = \frac{1}{2} \sum_{i=1}^n (q_i - t_i)^2")
FROM_ONE = (r"f = \sum_{j=1}^p c_j h_j + c_0", r"E = \frac{1}{2} (f - t)^2")


@pytest.mark.parametrize(
    ("document", "line", "expected"),
    [
        (NUMBERED, r"\frac{\partial E}{\partial w_0} = \sum_{i=1}^n (q_i - t_i) (1 - q_i^2)", "correct"),
        (NUMBERED, r"\frac{\partial E}{\partial w_1} = \sum_{i=1}^n (q_i - t_i) (1 - q_i^2) x_i", "correct"),
        (NUMBERED, r"\frac{\partial E}{\partial w_1} = \sum_{i=1}^n (q_i - t_i) (1 - q_i) x_i", "wrong"),
        (FROM_ONE, r"\frac{\partial E}{\partial c_0} = f - t", "correct"),
        (FROM_ONE, r"\frac{\partial E}{\partial c_0} = t - f", "wrong"),
        (FROM_ONE, r"\frac{\partial E}{\partial c_j} = (f - t) h_j", "correct"),
    ],
)
def test_numbered_letters(document: tuple[str, ...], line: str, expected: str) -> None:
    assert verdicts(displayed(*document, line)) == ["correct", "correct", expected]


def test_a_transposed_letter_is_no_number() -> None:
    found = verdicts(
        displayed(
            r"p_i = w^T x_i + b",
            r"E = \frac{1}{2} \sum_{i=1}^n (p_i - t_i)^2",
            r"\frac{\partial E}{\partial w} = \sum_{i=1}^n (p_i - t_i) x_i",
            r"\frac{\partial E}{\partial b} = \sum_{i=1}^n (t_i - p_i)",
        )
    )
    assert found == ["correct", "correct", "correct", "wrong"]


@pytest.mark.parametrize(
    ("outer", "verdict"), [(r"\alpha \alpha^\top", "correct"), (r"\alpha \alpha", "wrong")]
)
def test_what_a_matrix_is_solved_for_is_no_learning_rate(outer: str, verdict: str) -> None:
    evidence = r"\ell = -\frac12 r^\top S^{-1} r - \frac12 \log \det S"
    line = rf"\frac{{\partial \ell}}{{\partial S}} = \frac12 ({outer} - S^{{-1}})"
    words = "The covariance matrix of the readings $r$ is $S$.\n\n"
    assert verdicts(words + displayed(evidence, r"\alpha = S^{-1} r", line))[-1] == verdict


@pytest.mark.parametrize(("sign", "verdict"), [("-", "correct"), ("+", "wrong")])
def test_a_step_that_is_one_over_a_number_is_a_learning_rate(sign: str, verdict: str) -> None:
    lines = (
        r"J = \frac12 \|X w - t\|^2",
        r"\eta = \frac{1}{2 n}",
        r"w \leftarrow w SIGN \eta X^\top (X w - t)",
    )
    assert verdicts(displayed(*(line.replace("SIGN", sign) for line in lines)))[-1] == verdict


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (
            r"\frac{\partial \log F}{\partial \mathbf{m}} = S^{-1} \sum_{i=1}^n (\mathbf{v}_i - \mathbf{m})",
            "correct",
        ),
        (
            r"\frac{\partial \log F}{\partial \mathbf{m}} = S \sum_{i=1}^n (\mathbf{v}_i - \mathbf{m})",
            "wrong",
        ),
    ],
)
def test_a_capital_over_a_number_is_a_number(line: str, verdict: str) -> None:
    quadratic = r"\exp\left(-\frac12 (\mathbf{v} - \mathbf{m})^T S^{-1} (\mathbf{v} - \mathbf{m})\right)"
    lines = (
        rf"g(\mathbf{{v}} | \mathbf{{m}}, S) = \frac{{1}}{{(2\pi)^{{D/2}} |S|^{{1/2}}}} {quadratic}",
        r"F(\mathbf{m}, S) = \prod_{i=1}^n g(\mathbf{v}_i | \mathbf{m}, S)",
        line,
    )
    assert verdicts(displayed(*lines)) == ["correct", "correct", verdict]


@pytest.mark.parametrize(
    ("target", "slope"),
    [
        (r"\frac{\partial}{\partial w} (w^\top u - t)^2", r"2 (w^\top u - t) u"),
        (r"\frac{\partial (w^\top u - t)^2}{\partial w}", r"2 (w^\top u - t) u"),
        (r"\nabla_w (t - w^\top u)^2", r"-2 (t - w^\top u) u"),
    ],
)
def test_what_differs_from_a_number_below_a_derivative_is_one(target: str, slope: str) -> None:
    said = r"Let $u, w \in \mathbb{R}^d$."
    assert verdicts(said + displayed(f"{target} = {slope}"))[-1] == "correct"
    assert verdicts(said + displayed(f"{target} = -{slope}"))[-1] == "wrong"
    other = r"Let $u, w, t \in \mathbb{R}^d$."
    assert verdicts(other + displayed(f"{target} = {slope}"))[-1] != "correct"
