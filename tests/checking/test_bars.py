"""Values at a point, behind a bar."""

import pytest

from tests.checking.single_lines import last_verdict

RIGHT = [
    r"\left. \frac{d}{dt} (s + 3 t)^2 \right|_{t=0} = 6 s",
    r"\frac{d}{dt} \left. (s + 3 t)^2 \right|_{t=0} = 6 s",
    r"f = (s + t)^4 ;; \frac{\partial f}{\partial t} \Big|_{t=s} = 32 s^3",
    r"f = (s + t)^4 ;; \left. \frac{\partial f}{\partial t} \right|_{s=1, t=2} = 108",
    r"f = x^T A x ;; \nabla_x f |_{x = y} = (A + A^T) y",
    r"f = x^T A x ;; \nabla_x f |_{x = 0} = 0",
    r"f = x^T A x ;; \left. \frac{\partial f}{\partial x_i} \right|_{x=y} = \sum_j (A_{ij} + A_{ji}) y_j",
    r"g = x^T y ;; f = g^3 ;; \left. \nabla_x f \right|_{x=y} = 3 (y^T y)^2 y",
    r"g = x^T y ;; f = g^3 ;; \left. \frac{\partial f}{\partial g} \right|_{g=s} = 3 s^2",
    r"\tanh'(t)|_{t=0} = 1",
    r"f = \|x + t y\|^2 ;; \left. \frac{d f}{dt} \right|_{t=0} = 2 x^T y",
]
WRONG = [
    r"\left. \frac{d}{dt} (s + 3 t)^2 \right|_{t=0} = 2 s",
    r"\frac{d}{dt} \left. (s + 3 t)^2 \right|_{t=0} = 6 s + 18 t",
    r"f = (s + t)^4 ;; \frac{\partial f}{\partial t} \Big|_{t=s} = 4 s^3",
    r"f = (s + t)^4 ;; \left. \frac{\partial f}{\partial t} \right|_{s=1, t=2} = 107",
    r"f = x^T A x ;; \nabla_x f |_{x = y} = (A + A^T) x",
    r"f = x^T A x ;; \left. \frac{\partial f}{\partial x_i} \right|_{x=y} = 2 \sum_j A_{ij} y_j",
    r"g = x^T y ;; f = g^3 ;; \left. \nabla_x f \right|_{x=y} = 3 (x^T y)^2 y",
    r"g = x^T y ;; f = g^3 ;; \left. \frac{\partial f}{\partial g} \right|_{g=s} = 3 g^2",
    r"\tanh'(t)|_{t=0} = \frac{1}{2}",
    r"f = \|x + t y\|^2 ;; \left. \frac{d f}{dt} \right|_{t=0} = 2 y^T y",
]
OPEN = [
    r"f = \|x + t y\|^2 ;; \left. \frac{d f}{dt} \right|_{0} = 2 x^T y",
    r"g = x^T y ;; f = g^3 ;; \left. \frac{\partial f}{\partial x} \right|_{g=s} = 3 s^2 y",
]


@pytest.mark.parametrize("lines", RIGHT)
def test_a_right_value_at_a_point_is_right(lines: str) -> None:
    assert last_verdict(lines) == "correct"


@pytest.mark.parametrize("lines", WRONG)
def test_a_wrong_value_at_a_point_is_wrong(lines: str) -> None:
    assert last_verdict(lines) == "wrong"


@pytest.mark.parametrize("lines", OPEN)
def test_what_the_bar_leaves_open_is_undecided(lines: str) -> None:
    assert last_verdict(lines) == "undecided"
