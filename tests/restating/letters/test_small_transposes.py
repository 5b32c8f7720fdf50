"""A small t above a name: a transpose where it can be nothing else."""

import pytest

from tests.checking.written import displayed, verdicts

FORM = r"q(x) = x^t A x + b^t x"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\nabla_x q = (A + A^t) x + b", "correct"),
        (r"\nabla_x q = (A - A^t) x + b", "wrong"),
        (r"\nabla_x q = 2 A x + b", "wrong"),
    ],
)
def test_a_small_t_transposes(line: str, verdict: str) -> None:
    assert verdicts(displayed(FORM, line)) == ["correct", verdict]


@pytest.mark.parametrize(
    "lines",
    [
        (
            r"E = \sum_{t=1}^T (w x^t - y^t)^2",
            r"\frac{\partial E}{\partial w} = 2 \sum_{t=1}^T (w x^t - y^t) x^t",
        ),
        (r"s(t) = a^t", r"\frac{ds}{dt} = a^t \ln a"),
    ],
)
def test_a_time_or_a_power_stays_one(lines: tuple[str, ...]) -> None:
    assert verdicts(displayed(*lines))[-1] == "correct"


COLUMNS = (
    r"Let $e_i$ be the $i$-th standard basis vector, "
    r"$A, B \in \mathbb{R}^{n \times d}$ and $p_i = A B^t e_i$."
)


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\nabla_B E = 2 B A^t A", "correct"),
        (r"\nabla_B E = 2 \sum_{i=1}^n e_i p_i^t A", "correct"),
        (r"\nabla_B E = \sum_{i=1}^n e_i p_i^t A", "wrong"),
        (r"\nabla_B E = 2 B B^t A", "wrong"),
    ],
)
def test_columns_by_unit_vectors_are_all_columns(line: str, verdict: str) -> None:
    assert verdicts(f"{COLUMNS}\n\n" + displayed(r"E = \sum_{i=1}^n p_i^t p_i", line))[-1] == verdict


COSINE = r"s(u, v) = \frac{u \cdot v}{\|u\| \|v\|}"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{v_i}{\|u\| \|v\|} - u_i \frac{u \cdot v}{\|u\|^3 \|v\|}", "correct"),
        (r"\frac{v_i}{\|u\| \|v\|} - u_i \frac{s(u, v)}{\|u\|^2}", "correct"),
        (r"\frac{v_i}{\|u\| \|v\|} + u_i \frac{u \cdot v}{\|u\|^3 \|v\|}", "wrong"),
        (r"\frac{v_i}{\|u\| \|v\|} - u_i \frac{u \cdot v}{\|u\|^2 \|v\|}", "wrong"),
    ],
)
def test_a_dot_between_what_has_norms_is_the_inner_product(line: str, verdict: str) -> None:
    assert verdicts(displayed(COSINE, rf"\frac{{\partial s(u, v)}}{{\partial u_i}} = {line}"))[-1] == verdict
