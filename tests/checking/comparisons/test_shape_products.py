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
        (r"[m, n] [k, n] = [m, n]", "wrong"),
        (r"[m, n] [n, k] = [k, m]", "wrong"),
        (r"(m \times n)(n \times k) = (m \times n)", "wrong"),
    ],
)
def test_shapes_multiplied(line: str, expected: str) -> None:
    assert verdicts(displayed(r"C = A B", line)) == ["correct", expected]
