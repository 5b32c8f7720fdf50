"""Arrays of numbers that are given to names, and put into formulas of other inputs."""

from tests.checking.written import displayed, verdicts

GIVEN = r"Q = \begin{bmatrix} 3 & 1 \\ 1 & 4 \end{bmatrix}"
FORM = r"f(v) = v^T Q v = 3 v_1^2 + 2 v_1 v_2 + 4 v_2^2"
GRADIENT = (
    r"\frac{\partial f}{\partial v} = 2 Q v = \begin{bmatrix} 6 v_1 + 2 v_2 \\ 2 v_1 + %s v_2 \end{bmatrix}"
)


def test_a_form_written_out_with_its_numbers() -> None:
    assert "wrong" not in verdicts(displayed(GIVEN, FORM, GRADIENT % "8"))
    assert verdicts(displayed(GIVEN, FORM))[-1] == "correct"
    assert verdicts(displayed(GIVEN, FORM, GRADIENT % "8"))[-1] == "correct"


def test_other_numbers_are_not_right() -> None:
    assert verdicts(displayed(GIVEN, FORM, GRADIENT % "7"))[-1] != "correct"
    assert verdicts(displayed(GIVEN, FORM, GRADIENT % "8.00000000001"))[-1] != "correct"
    assert verdicts(displayed(GIVEN, FORM.replace("+ 4", "+ 5")))[-1] != "correct"


def test_what_holds_at_symmetric_numbers_alone_is_not_called_wrong() -> None:
    told = r"\frac{\partial f}{\partial v} = 2 Q v"
    assert verdicts(displayed(GIVEN, "f(v) = v^T Q v", told))[-1] == "undecided"
    assert verdicts(displayed("f(v) = v^T Q v", told))[-1] == "wrong"
    assert verdicts(displayed(GIVEN.replace("1 & 4", "2 & 4"), "f(v) = v^T Q v", told))[-1] == "wrong"


def test_arrays_that_fit_nothing_are_no_error() -> None:
    ragged = r"P = \begin{bmatrix} 3 & 1 & 2 \\ 1 & 4 \end{bmatrix}"
    number = r"u = \begin{bmatrix} 3 & 1 \\ 2 & 2 \end{bmatrix}"
    lines = displayed(ragged, number, GIVEN, r"g = u^2 + \lambda u = 3 \lambda + 2", r"v^T P v = 3 v_1^2")
    assert "wrong" not in verdicts(lines)[:3]
