"""What follows from a gradient that is set to zero is no identity, and nobody is accused of it."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.checking.judging.accusations import SOLVED
from gradcheck.checking.judging.under_conditions import CONDITION
from gradcheck.reading.document import read
from gradcheck.source import Source
from tests.checking.written import displayed, verdicts

NORMAL = r"""
Let $v \in \mathbb{R}^p$, $A \in \mathbb{R}^{q \times p}$ and $s \in \mathbb{R}^q$.

$$\nabla_v \|A v - s\|^2 = 2 A^\top (A v - s) = 0 \quad \text{hence} \quad A^\top A v = A^\top s$$
"""


def told(text: str) -> list[tuple[str, str | None]]:
    document = read(Source("notes.md", text))
    found = check(document, pose(document, None)).judgements()
    return [(str(judgement.verdict), judgement.message) for _, judgement in found]


def test_the_normal_equations_are_the_gradient_set_to_zero() -> None:
    *_, gradient, _, normal = told(NORMAL)
    assert gradient[0] == "correct"
    assert normal[0] == "correct"


def test_an_equation_that_is_no_multiple_of_the_gradient_is_left_open() -> None:
    *_, normal = told(NORMAL.replace("A^\\top A v = A^\\top s", "A^\\top A v = 3 A^\\top s"))
    assert normal == ("undecided", SOLVED)


def test_a_gradient_behind_the_condition_is_judged() -> None:
    wrong = told(NORMAL + r"$$\nabla_v \|A v - s\|^2 = 2 A^\top (A v + s)$$")
    assert wrong[-1][0] == "wrong"


def test_normal_equations_elsewhere_are_a_condition() -> None:
    text = NORMAL + r"$$q(v) = v^\top v, \qquad \nabla_v q = 2 v$$" + "\n$$A^\\top A v = A^\\top s$$"
    assert told(text)[-1][0] == "undecided"


def test_a_false_identity_elsewhere_is_wrong() -> None:
    text = (
        NORMAL + r"$$q(v) = v^\top v, \qquad \nabla_v q = 2 v$$" + "\n$$(A v)^\\top s = 2 v^\\top A^\\top s$$"
    )
    assert told(text)[-1][0] == "wrong"


def test_a_step_with_a_penalty_that_no_loss_has_is_left_open() -> None:
    text = r"""
$$L(v) = \frac12 \|A v - s\|^2$$
$$v \leftarrow (1 - \eta \lambda) v - \eta A^\top (A v - s)$$
"""
    assert told(text)[-1][0] == "undecided"


@pytest.mark.parametrize("zero", [r"\vec 0", r"\mathbf{0}", r"\boldsymbol 0", r"\mathbf 0_p", "0"])
def test_a_zero_vector_is_asked_for_in_every_dress(zero: str) -> None:
    *_, gradient, asked = told(NORMAL.replace("= 0", f"= {zero}"))[:-1]
    assert gradient[0] == "correct"
    assert asked[0] == "correct"


def test_a_zero_that_no_text_says_to_be_set_is_asked_for() -> None:
    text = "$$q(v) = v^\\top v$$\n\n$$\\nabla_v q = 0$$\n"
    assert told(text)[-1] == ("undecided", CONDITION)


def test_a_zero_that_the_text_sets_is_a_condition() -> None:
    text = "$$q(v) = v^\\top v$$\n\nSetting $\\nabla_v q = 0$ gives the least value.\n"
    assert told(text)[-1][0] == "correct"


OWN_ENTRY = r"""
$$\frac{\partial}{\partial c_j} \left[\sum_{i=1}^m (u_i - c_j)^2\right] = -2 \sum_{i=1}^m (u_i - c_j) = 0$$
"""


def test_a_derivative_by_an_entry_of_its_own_is_asked_to_be_zero_behind_its_formula() -> None:
    assert [verdict for verdict, _ in told(OWN_ENTRY)] == ["correct", "correct"]


def test_entries_of_a_jacobian_are_zero_or_not_behind_a_formula_too() -> None:
    text = r"""
$$s_i = \frac{e^{z_i}}{\sum_k e^{z_k}}$$
$$\frac{\partial s_i}{\partial z_j} = s_i (\delta_{ij} - s_j) = 0$$
"""
    assert told(text)[-1][0] == "wrong"


OBJECTIVE = r"""
$$R(b) = (y - X b)^\top (y - X b)$$

Differentiating and setting to zero,

"""


@pytest.mark.parametrize(
    ("condition", "verdict"),
    [
        (r"X^\top (y - X b) = 0", "correct"),
        (r"X^\top y - X^\top X b = 0", "correct"),
        (r"X^\top y + X^\top X b = 0", "undecided"),
    ],
)
def test_a_condition_is_held_against_the_derivatives_of_what_is_defined(condition: str, verdict: str) -> None:
    assert told(OBJECTIVE + f"$${condition}$$")[-1][0] == verdict


@pytest.mark.parametrize(("matrix", "verdict"), [(r"\Omega^{-1}", "correct"), (r"\Omega", "wrong")])
def test_capitals_below_an_estimate_are_a_word(matrix: str, verdict: str) -> None:
    text = r"""
With weights $\Omega$, a symmetric matrix, $E(b) = (y - X b)^\top \Omega^{-1} (y - X b)$, so

$$\nabla_b E = -2 X^\top \Omega^{-1} (y - X b) = 0$$
"""
    line = rf"$$\hat b_{{GLS}} = (X^\top \Omega^{{-1}} X)^{{-1}} X^\top {matrix} y$$"
    assert told(text + "\n" + line)[-1][0] == verdict


LINE = r"""
The error is $S(m, b) = \sum_{i=1}^n (y_i - (m x_i + b))^2$.

$$\frac{\partial S}{\partial b} = -2 \sum_{i=1}^n (y_i - (m x_i + b))$$

Setting this to zero: $b = %s$.
"""


@pytest.mark.parametrize(
    ("solution", "verdict"),
    [
        (r"\bar{y} - m \bar{x}", "correct"),  # what the bars mean is nowhere said
        (r"\frac{1}{n} \sum_{i=1}^n (y_i - m x_i)", "correct"),
        (r"\frac{1}{n} \sum_{i=1}^n (y_i + m x_i)", "wrong"),
    ],
)
def test_a_solution_with_names_that_nothing_defines_is_not_accused(solution: str, verdict: str) -> None:
    assert told(LINE % solution)[-1][0] == verdict


SMALLEST = displayed(
    r"B \in \mathbb{R}^{p \times n}",
    r"\mathcal{L}(u, \lambda) = \frac12 u^\top u + \lambda^\top (d - B u)",
    r"\nabla_u \mathcal{L} = u - B^\top \lambda = 0",
)


@pytest.mark.parametrize(
    ("lines", "last"),
    [
        ((r"u = B^\top \lambda", r"u = B^\top (B B^\top)^{-1} d"), "correct"),
        ((r"u = B^\top (B B^\top)^{-1} d", r"u = 2 B^\top \lambda"), "wrong"),
        ((r"u = 2 B^\top \lambda",), "wrong"),
    ],
)
def test_a_multiplier_may_be_told_by_its_condition(lines: tuple[str, ...], last: str) -> None:
    """What the condition says of λ stands in no gradient: `u` without it is not put into the one above."""
    assert verdicts(SMALLEST + displayed(*lines))[-1] == last
