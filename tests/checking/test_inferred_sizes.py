"""Sizes that nobody declares, or that are declared for several names at once."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source
from tests.checking.written import displayed, verdicts

LISTED = r"""
Let $A, B \in \mathbb{R}^{n \times k}$, $u, v \in \mathbb{R}^k$.

$$f = u^T A^T B v$$
"""
LIMITS = r"""
$$a = \frac{1}{d} \sum_{i=1}^{d} x_i$$
$$q = \sqrt{\frac{1}{d} \sum_{i=1}^{d} (x_i - a)^2}$$
$$r_i = \frac{x_i - a}{q}$$
$$L = \sum_{i=1}^{d} r_i t_i$$
"""
ROWS = r"""
$$Z = X W + b$$
$$A = \tanh(Z)$$
$$J = \frac{1}{2} \|A - T\|_F^2$$
"""
CUT = r"""
$$H = \max(0, X W_1)$$
$$F = M \odot H$$
$$O = F W_2$$
$$J = \frac{1}{2} \|O - T\|_F^2$$
"""
NO_LOSS = r"""
$P, C \in \mathbb{R}^{n \times n}$, $K \in \mathbb{R}^{n \times k}$, $H \in \mathbb{R}^{k \times n}$

$$C = (I - K H) P$$
$$J = \operatorname{tr}(C)$$
$$v = y - H g$$
$$\ell = \frac{1}{2} v^T v$$
"""
EXPONENT = r"""
$$f(x) = e^{-3 x}$$
$$h = f(w)$$
"""
UNKNOWN_FIRST = r"""
$$C = g(h(u))$$
$$a_i = \frac{e^{u_i}}{\sum_m e^{u_m}}$$
$$K = -\sum_i t_i \log a_i$$
"""
SAMPLES_AND_COLUMNS = r"""
$$p^{(i)} = \sigma(v^T s^{(i)} + c)$$
$$E = \frac{1}{2k} \sum_{i=1}^k (p^{(i)} - t^{(i)})^2$$
$$g^{(i)} = (p^{(i)} - t^{(i)}) p^{(i)} (1 - p^{(i)})$$
$$\frac{\partial E}{\partial v} = \frac{1}{k} S g^T$$
"""
RIGHT = [
    (UNKNOWN_FIRST, r"\frac{\partial a_i}{\partial u_m} = a_i (\delta_{im} - a_m)"),
    (SAMPLES_AND_COLUMNS, r"\frac{\partial E}{\partial v} = \frac{1}{k} \sum_{i=1}^k g^{(i)} s^{(i)}"),
    (LISTED, r"\nabla_A f = B v u^T"),
    (LIMITS, r"\frac{\partial q}{\partial x_i} = \frac{r_i}{d}"),
    (
        LIMITS,
        r"\frac{\partial r_i}{\partial x_j} = \frac{1}{q} (\delta_{ij} - \frac{1}{d} - \frac{r_i r_j}{d})",
    ),
    (ROWS, r"\frac{\partial J}{\partial b} = \mathbf{1}^T ((A - T) \odot (1 - A \odot A))"),
    (CUT, r"\nabla_{W_2} J = F^T (O - T)"),
    (NO_LOSS, r"\nabla_g \ell = -H^T v"),
    (NO_LOSS, r"\nabla_K J = -(H P)^T"),
    (EXPONENT, r"\frac{d h}{d w} = -3 e^{-3 w}"),
]
WRONG = [
    (UNKNOWN_FIRST, r"\frac{\partial a_i}{\partial u_m} = a_i (\delta_{im} + a_m)"),
    (SAMPLES_AND_COLUMNS, r"\frac{\partial E}{\partial v} = \frac{1}{k} \sum_{i=1}^k p^{(i)} s^{(i)}"),
    (LISTED, r"\nabla_A f = A v u^T"),
    (LIMITS, r"\frac{\partial q}{\partial x_i} = r_i"),
    (LIMITS, r"\frac{\partial r_i}{\partial x_j} = \frac{1}{q} (\delta_{ij} - \frac{r_i r_j}{d})"),
    (ROWS, r"\frac{\partial J}{\partial b} = \mathbf{1}^T (A - T)"),
    (CUT, r"\nabla_{W_2} J = H^T (O - T)"),
    (NO_LOSS, r"\nabla_g \ell = H^T v"),
    (NO_LOSS, r"\nabla_K J = (H P)^T"),
    (EXPONENT, r"\frac{d h}{d w} = 3 e^{-3 w}"),
]


def last_verdict(text: str, line: str) -> str:
    document = read(Source("notes.md", f"{text}\n$${line}$$\n"))
    return str(list(check(document, pose(document, None)).judgements())[-1][1].verdict)


@pytest.mark.parametrize(("text", "line"), RIGHT)
def test_a_right_line_is_right(text: str, line: str) -> None:
    assert last_verdict(text, line) == "correct"


@pytest.mark.parametrize(("text", "line"), WRONG)
def test_a_wrong_line_is_wrong(text: str, line: str) -> None:
    assert last_verdict(text, line) == "wrong"


@pytest.mark.parametrize("bias", ["b", "q", r"\theta", "d"])
def test_a_bias_by_any_letter_has_no_samples(bias):
    text = "---\nshapes:\n  X: [d, m]\n  Y: [k, m]\n---\n\n" + displayed(
        f"P = V X + {bias}",
        r"E = \frac{1}{2m} \text{tr}((P - Y)^T (P - Y))",
        r"\frac{\partial E}{\partial P} = \frac{1}{m} (P - Y)",
        rf"\frac{{\partial E}}{{\partial {bias}}} = \sum_{{i=1}}^m \frac{{\partial E}}{{\partial p^{{(i)}}}}",
    )
    assert verdicts(text.replace("d, m", "l, m")) == ["correct"] * 4
    doubled = text.replace("d, m", "l, m").replace(r"= \sum_{i=1}^m \frac", r"= 2 \sum_{i=1}^m \frac")
    assert verdicts(doubled) == ["correct"] * 3 + ["wrong"]


def test_a_wrong_claim_makes_no_entry_for_each_pair_of_samples() -> None:
    text = r"""
$$Z_1 = V_1 X, \quad A_1 = \tanh(Z_1), \quad Z_2 = V_2 A_1$$
$$J = \frac{1}{2m} \sum_{i=1}^m \|z_2^{(i)} - y^{(i)}\|^2$$
$$dZ_2 = Z_2 - Y, \quad dV_2 = \frac{1}{m} dZ_2 A_1^T$$
$$dZ_1 = V_2^T dZ_2 \odot (1 - A_1 \odot A_1), \quad dV_1 = \frac{1}{m} dZ_1 X$$
"""
    document = read(Source("notes.md", text))
    (case,) = check(document, pose(document, None)).cases
    rows, columns = case.scope.shapes["X"]
    assert rows != columns == case.scope.sample_dim


@pytest.mark.parametrize("head", ["f(w)", "f", "g", "e"])
def test_what_is_added_to_a_form_is_a_number(head: str) -> None:
    name = head[0]
    lines = [
        rf"{head} = w^\top S w - c (w^\top w - 1)",
        rf"\frac{{\partial {name}}}{{\partial w}} = (S + S^\top) w - 2 c w",
    ]
    assert verdicts(displayed(*lines))[-1] == "correct"
    assert verdicts(displayed(lines[0], lines[1].replace("2 c", "c")))[-1] == "wrong"


FORMS = (
    r"e = (B v - c)^\top (B v - c)",
    r"v^\top B^\top B v - 2 v^\top B^\top c + c^\top c",
)
UNTURNED = r"(v^\top B^\top - c) (B v - c)"


def test_what_a_chain_goes_on_to_say_makes_no_row_of_a_matrix() -> None:
    right_elsewhere = r"\frac{\partial}{\partial v} (v^\top B v) = (B + B^\top) v"
    text = displayed(right_elsewhere, " = ".join((FORMS[0], UNTURNED, FORMS[1])))
    first, told, unturned, multiplied = verdicts(text)
    assert (first, told, multiplied) == ("correct",) * 3
    assert unturned in ("wrong", "charitable")


COLUMNS = (("a_1", "a_2"), (r"\tanh(z_1)", r"\tanh(z_2)"))


def test_a_column_that_is_written_out_in_a_chain_tells_its_entries() -> None:
    called, values = (rf"\begin{{bmatrix}} {one} \\ {two} \end{{bmatrix}}" for one, two in COLUMNS)
    lines = (
        r"z = \begin{bmatrix} z_1 \\ z_2 \end{bmatrix}",
        rf"a = {called} = {values}",
        r"E = \frac{1}{2} (a_1 - y_1)^2 + \frac{1}{2} (a_2 - y_2)^2",
        r"\frac{\partial E}{\partial z_1} = (a_1 - y_1) (1 - a_1^2)",
    )
    assert verdicts(displayed(*lines)) == ["correct"] * 5
    assert verdicts(displayed(*lines[:3], lines[3].replace("a_1^2", "a_2^2")))[-1] == "wrong"
