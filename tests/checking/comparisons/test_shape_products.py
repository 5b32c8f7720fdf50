"""Shapes that are multiplied tell sizes and no values."""

import pytest

from tests.checking.written import displayed, verdicts


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (r"[m, n] [n, k] = [m, k]", "correct"),
        (r"(m \times n)(n \times k) = (m \times k)", "correct"),
        (r"(m, n) \cdot (n, k) \cdot (k, 1) = (m, 1)", "correct"),
        (r"(m \times k) = (m \times n) \cdot (n \times k)", "correct"),
        (r"(m \times n) \cdot (n \times k) = m \times k", "correct"),
        (r"(n \times m)^T \cdot (n \times k) = m \times k", "correct"),
        (r"(n, m)^\top (n, k) = (m, k)", "correct"),
        (r"(2 \times 3) \cdot (3 \times 4) = 6 \times 12", "correct"),
        (r"[m, n] [k, n] = [m, n]", "wrong"),
        (r"(n \times m)^T \cdot (n \times k) = n \times k", "wrong"),
        (r"(n \times m)^T \cdot (m \times k) = n \times k", "wrong"),
        (r"(m \times n) \cdot (n \times k) = k \times m", "wrong"),
        (r"[m, n] [n, k] = [k, m]", "wrong"),
        (r"(m \times n)(n \times k) = (m \times n)", "wrong"),
    ],
)
def test_shapes_multiplied(line: str, expected: str) -> None:
    assert verdicts(displayed(r"C = A B", line)) == ["correct", expected]
