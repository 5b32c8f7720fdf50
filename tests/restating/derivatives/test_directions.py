"""Derivatives along a direction are equations between differentials."""

import pytest

from tests.checking.written import displayed, verdicts

FORMS = displayed(r"r(x, y) = x^T A y", r"q(x) = x^T B x", r"s(x) = \frac{x}{\|x\|}")


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"D q(x)[h] = x^T (B + B^T) h", r"D q(x)[h] = 2 x^T B h"),
        (r"\mathrm{d} q(x) \cdot h = h^T (B + B^T) x", r"\mathrm{d} q(x) \cdot h = h^T B x"),
        (r"d_x r(x, y) \cdot \tilde{x} = \tilde{x}^T A y", r"d_x r(x, y) \cdot \tilde{x} = -\tilde{x}^T A y"),
        (r"d_y r(x, y) \cdot v = x^T A v", r"d_y r(x, y) \cdot v = 2 x^T A v"),
        (
            r"D s(x)[v] = \frac{v}{\|x\|} - \frac{x x^T v}{\|x\|^3}",
            r"D s(x)[v] = \frac{v}{\|x\|} - \frac{x x^T v}{\|x\|^2}",
        ),
    ],
)
def test_a_derivative_along_any_direction_is_judged(right: str, wrong: str) -> None:
    assert verdicts(FORMS + displayed(right))[-1] == "correct"
    assert verdicts(FORMS + displayed(wrong))[-1] == "wrong"


def test_a_letter_that_is_defined_is_no_sign() -> None:
    matrix = displayed(r"D = C^T C", r"D q(x)[h] = x^T (B + B^T) h")
    assert verdicts(FORMS + matrix)[-1] != "correct"


def test_a_derivative_along_a_direction_that_is_not_read_accuses_nobody() -> None:
    declared = "---\nshapes:\n  Q: [n, d]\n  R: [n, d]\n  C: [n, d]\n---\n\n"
    loss = displayed(r"L = \operatorname{tr}(C^T Q)")
    along = displayed(
        r"d_Q L \cdot R = \langle d_Q L \cdot R, 1 \rangle_{\mathbb{R}}",
        r"d_Q L \cdot R = \langle R, C \rangle_F",
    )
    assert "wrong" not in verdicts(declared + loss + along)
    assert verdicts(declared + loss + displayed(r"\nabla_Q L = \langle R, C \rangle_F"))[-1] == "wrong"
