"""Gradients and Hessians of functions of several numbers, told by their entries."""

import pytest

from tests.checking.written import displayed, verdicts
from tests.diagnosis.told import told_of_last

FUNCTION = r"g(u, v) = u^2 v + \sin v"
PARTIALS = r"\frac{\partial g}{\partial u}, \frac{\partial g}{\partial v}"


@pytest.mark.parametrize(
    "claim",
    [
        r"\nabla g = (2 u v, u^2 + \cos v)",
        r"\nabla g(u, v) = \begin{pmatrix} 2 u v \\ u^2 + \cos v \end{pmatrix}",
        rf"\nabla g = [{PARTIALS}]^T = [2 u v, u^2 + \cos v]^T",
        r"\nabla^2 g = \begin{bmatrix} 2 v & 2 u \\ 2 u & -\sin v \end{bmatrix}",
    ],
)
def test_entries_that_are_right(claim: str) -> None:
    assert set(verdicts(displayed(FUNCTION, claim))) == {"correct"}


@pytest.mark.parametrize(
    "claim",
    [
        r"\nabla g = (u^2 + \cos v, 2 u v)",
        r"\nabla g(u, v) = \begin{pmatrix} 2 u v \\ u^2 - \cos v \end{pmatrix}",
        r"\nabla^2 g = \begin{bmatrix} 2 v & 2 u \\ u & -\sin v \end{bmatrix}",
    ],
)
def test_entries_that_are_wrong(claim: str) -> None:
    assert verdicts(displayed(FUNCTION, claim))[-1] == "wrong"


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"\nabla g(1, 2) = (4, 1 + \cos 2)", r"\nabla g(1, 2) = (4, 2 + \cos 2)"),
        (
            r"\nabla g \big|_{(3, 0)} = \langle 0, 10 \rangle",
            r"\nabla g \big|_{(3, 0)} = \langle 3, 10 \rangle",
        ),
        (r"\frac{\partial g}{\partial u}(3, 5) = 30", r"\frac{\partial g}{\partial u}(3, 5) = 25"),
        (
            r"\frac{\partial g}{\partial u}\Big|_{(3, 5)} = 30",
            r"\frac{\partial g}{\partial u}\Big|_{(3, 5)} = 25",
        ),
        (r"g_u(3, 5) = 2 \cdot 3 \cdot 5 = 30", r"g_u(3, 5) = 3 \cdot 5 = 15"),
        (r"g_u = 2 u v", r"g_u = 2 v"),
        (r"g_{uv}(u, v) = 2 u", r"g_{uv}(u, v) = u"),
        (r"g(2, 0) = 0", r"g(2, 0) = 4"),
        (
            r"\nabla g = 2 u v \mathbf{i} + (u^2 + \cos v) \mathbf{j}",
            r"\nabla g = 2 v \hat{i} + (u^2 + \cos v) \hat{j}",
        ),
        (r"\nabla g(1.5, 2) = [6, 1.834]^T", r"\nabla g(1.5, 2) = [6, 2.834]^T"),
    ],
)
def test_at_a_point_and_by_letters(right: str, wrong: str) -> None:
    assert set(verdicts(displayed(FUNCTION, right))) == {"correct"}
    assert "wrong" in verdicts(displayed(FUNCTION, wrong))


def test_at_letters_of_its_own_the_point_is_left_alone() -> None:
    """Put in one after the other, v for u and then u for v would be another value."""
    assert verdicts(displayed(FUNCTION, r"g(v, u) = v^2 u + \sin u"))[-1] != "wrong"


def test_a_loss_of_named_parts_is_not_derived_by_their_letters() -> None:
    said = verdicts(displayed(r"E(u, v) = E_u + E_v", r"E_u = u^2", r"E_v = 3 v"))
    assert "wrong" not in said


ENTRIES = r"f(x) = x_1^2 x_2 + 3 x_2"


@pytest.mark.parametrize("told", ["", r"x = (x_1, x_2)", r"x \in \mathbb{R}^2"])
def test_a_function_of_entries(told: str) -> None:
    said = [told] if told else []
    right = r"\nabla f(x) = \begin{bmatrix} 2 x_1 x_2 \\ x_1^2 + 3 \end{bmatrix}"
    wrong = r"\nabla f(x) = \begin{bmatrix} 2 x_1 x_2 \\ x_1^2 + 2 \end{bmatrix}"
    assert set(verdicts(displayed(ENTRIES, *said, right))) == {"correct"}
    assert verdicts(displayed(ENTRIES, *said, wrong))[-1] == "wrong"


def test_a_constant_hessian_is_no_worked_number() -> None:
    function = r"f(x) = x_1^2 + x_1 x_2"
    hessian = r"\nabla^2 f(x) = \begin{bmatrix} 2 & 1 \\ 1 & 0 \end{bmatrix}"
    assert set(verdicts(displayed(function, hessian))) == {"correct"}
    assert verdicts(displayed(function, hessian.replace("0", "1")))[-1] == "wrong"


def test_a_wrong_entry_of_a_hessian_is_named(tmp_path) -> None:
    claim = r"\nabla^2 g = \begin{bmatrix} 2 v & 2 u \\ u & -\sin v \end{bmatrix}"
    told = told_of_last(tmp_path, displayed(FUNCTION, claim))
    assert told.code == "GC206"


def test_its_repair_stands_at_the_entry(tmp_path) -> None:
    claim = r"\nabla^2 g = \begin{bmatrix} 2 v & 2 u \\ u & -\sin v \end{bmatrix}"
    told = told_of_last(tmp_path, displayed(FUNCTION, claim))
    assert [change.after.strip() for change in told.changes] == ["2 u"]
    assert "I_" not in (told.help or "")


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"\nabla g(v, u) = (2 u v, v^2 + \cos u)", r"\nabla g(v, u) = (2 u v, u^2 + \cos v)"),
        (r"\nabla g(u, 0) = (0, u^2 + 1)", r"\nabla g(u, 0) = (2 u, u^2 + 1)"),
        (
            r"\nabla g(u + 1, v) = (2 (u + 1) v, (u + 1)^2 + \cos v)",
            r"\nabla g(u + 1, v) = (2 (u + 1) v, u^2 + \cos v)",
        ),
        (r"\frac{\partial g}{\partial v}(v, u) = v^2 + \cos u", r"g_v(v, u) = u^2 + \cos v"),
    ],
)
def test_points_that_hold_the_arguments_are_put_in_at_once(right: str, wrong: str) -> None:
    assert verdicts(displayed(FUNCTION, right))[1:] == ["correct"]
    assert verdicts(displayed(FUNCTION, wrong))[1:] == ["wrong"]


@pytest.mark.parametrize(
    ("entries", "verdict"),
    [
        (r"[2 x_1 x_2 + x_2^3 \quad x_1^2 + 3 x_1 x_2^2]", "correct"),
        ("(2 x_1 x_2 + x_2^3, x_1^2 + 3 x_1 x_2^2)", "correct"),
        ("(2 x_1 x_2 + x_2^3, x_1^2 - 3 x_1 x_2^2)", "wrong"),
    ],
)
def test_the_derivative_by_the_letter_of_all_arguments_lists_them(entries: str, verdict: str) -> None:
    told = r"f(x_1, x_2) = x_1^2 x_2 + x_1 x_2^3"
    assert verdicts(displayed(told, rf"\frac{{df}}{{dx}} = {entries}"))[-1] == verdict


@pytest.mark.parametrize("sign", [r"\mathbf{H} g(u, v)", "H_g(u, v)", "H_g", r"\nabla^2 g"])
def test_a_hessian_has_several_signs(sign: str) -> None:
    g = r"g(u, v) = e^{-u} v^2"
    entries = r"e^{-u} \begin{pmatrix} v^2 & -2 v \\ -2 v & 2 \end{pmatrix}"
    assert verdicts(displayed(g, f"{sign} = {entries}"))[-1] == "correct"
    assert verdicts(displayed(g, f"{sign} = {entries.replace('v^2', 'v')}"))[-1] == "wrong"


def test_a_hessian_at_a_point_where_the_function_is_flat() -> None:
    g, head = "g(u, v) = 3 u^2 + 5 u v - v^2", r"\mathbf{H} g(0, 0) = "
    assert verdicts(displayed(g, head + r"\begin{pmatrix} 6 & 5 \\ 5 & -2 \end{pmatrix}"))[-1] == "correct"
    assert verdicts(displayed(g, head + r"\begin{pmatrix} 6 & 5 \\ 5 & -1 \end{pmatrix}"))[-1] == "wrong"


def test_a_letter_h_that_stands_elsewhere_is_no_sign_of_derivatives() -> None:
    lines = displayed(r"g(u, v) = e^{-u} v^2", "H = 3 u", r"H g(u, v) = 3 u e^{-u} v^2")
    assert set(verdicts(lines)) == {"correct"}


def test_two_letters_below_a_quantity_of_a_formula_derive_it_twice() -> None:
    text = displayed(
        r"w = \ln(x^2 + y^2)",
        r"w_x = \frac{2x}{x^2 + y^2}",
        r"w_{xx} = \frac{2y^2 - 2x^2}{(x^2 + y^2)^2}",
        r"w_{xy} = \frac{4xy}{(x^2 + y^2)^2}",
    )
    assert verdicts(text)[-3:] == ["correct", "correct", "wrong"]
    parts = displayed(r"w = \sqrt{x^2 + y^2}", r"w_x = w \cos t", r"w_y = w \sin t")
    assert "wrong" not in verdicts(parts)


def test_what_a_point_gives_numbers_is_a_number() -> None:
    text = displayed(
        r"h(x, y) = 2 x^2 + y^2",
        r"h_x = 4 x",
        r"h_x(1, 3) = 4",
        r"h_y(1, 3) = 2",
        r"g = \ln(x^2 + y^2)",
        r"\frac{\partial g}{\partial x} = \frac{2x}{x^2 + y^2}",
    )
    assert verdicts(text) == ["correct"] * 3 + ["wrong"] + ["correct"] * 2


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{d}{dt} f(t^2, \sin t) = \nabla f(t^2, \sin t) \cdot (2t, \cos t)", "correct"),
        (r"\frac{d}{dt} f(t^2, \sin t) = \nabla f(t^2, \sin t) \cdot (2t, -\cos t)", "wrong"),
        (r"\frac{d}{dt} f(t^2, \sin t) = (3 \sin t, 3 t^2) \cdot (2t, \cos t)", "correct"),
        (r"\frac{d}{dt} f(t^2, \sin t) = (3 t^2, 3 \sin t) \cdot (2t, \cos t)", "wrong"),
        (r"\nabla f(1, 2) \cdot (3, 4) = (6, 3) \cdot (3, 4) = 30", "correct"),
        (r"\nabla f(1, 2) \cdot (3, 4) = (6, 3) \cdot (3, 4) = 34", "wrong"),
    ],
)
def test_a_dot_between_lists_adds_up_their_products(line: str, verdict: str) -> None:
    assert verdicts(displayed("f(x, y) = 3 x y", r"\nabla f = (3 y, 3 x)", line))[-1] == verdict


@pytest.mark.parametrize("words", ["At $(1, 0)$:", "At the point $(1, 0)$ we have"])
@pytest.mark.parametrize(("slope", "verdict"), [("2", "correct"), (r"1 + \cos 0", "correct"), ("3", "wrong")])
def test_numbers_behind_a_point_are_told_there(words: str, slope: str, verdict: str) -> None:
    lines = r"With $h(x, y) = x^2 y + \sin(x y)$, {}" + f"\n\n{words} $h_y = {slope}$."
    assert verdicts(lines.format(r"$h_y = x^2 + x \cos(x y)$."))[-2:] == ["correct", verdict]
    quotient = lines.replace("h_y", r"\frac{{\partial h}}{{\partial y}}")
    assert verdicts(quotient.format("it is smooth."))[-1] == verdict


@pytest.mark.parametrize(
    ("slopes", "verdict"),
    [(("4(2) + 5(1) = 13", "5(2) = 10"), "correct"), (("4(1) + 5(2)", "5(1)"), "wrong")],
)
def test_numbers_told_for_all_arguments_are_the_point_of_what_follows(
    slopes: tuple[str, str], verdict: str
) -> None:
    told = [r"h(x, y) = 2x^2 + 5xy", "(x, y) = (2, 1)"]
    lines = [rf"\frac{{\partial h}}{{\partial {by}}} = {s}" for by, s in zip("xy", slopes, strict=True)]
    assert set(verdicts(displayed(*told, *lines))[2:]) == {verdict}
