"""Worked numbers: printed digits claim what they round to, and define nothing."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source
from gradcheck.verdict import Verdict
from tests.checking.written import displayed
from tests.checking.written import verdicts as said_of

FORWARD = """
u = w·x + c
E = (u - t)²

∂E/∂w = 2(u - t) x

Take w = 0.5, x = 3.0, c = 0.25 and t = 1.0. Then

u = 0.5 × 3.0 + 0.25 = 1.75
"""


def verdicts(text: str, name: str = "notes.md") -> dict[str, Verdict]:
    document = read(Source(name, text))
    checked = check(document, pose(document, None))
    return {
        f"{document.source.slice(j.claim.equation.head.span)} "
        f"{document.source.slice(j.claim.link.span)}": j.verdict
        for _, j in checked.judgements()
    }


def last(line: str) -> Verdict:
    """The verdict of the last link of a document that ends with this line."""
    return list(verdicts(f"{FORWARD}\n{line}\n").values())[-1]


def test_numbers_do_not_poison_the_derivation() -> None:
    found = verdicts(FORWARD)
    assert set(found.values()) == {Verdict.CORRECT}
    assert verdicts(FORWARD.replace("2(u - t) x", "2(u - t)"))["∂E/∂w 2(u - t)"] is Verdict.WRONG


@pytest.mark.parametrize(
    "line",
    [
        "E = (1.75 - 1.0)² = 0.5625",
        "E = 0.5625",
        "E ≈ 0.56",
        "∂E/∂w = 2(1.75 - 1.0) × 3.0 = 4.5",
        "∂E/∂w = 2(u - t) x = 4.5",
        "∂E/∂w = 4.5",
        "2(u - t) = 1.5",
    ],
)
def test_right_numbers(line: str) -> None:
    assert last(line) is Verdict.CORRECT


@pytest.mark.parametrize(
    "line",
    [
        "E = (1.75 - 1.0)² = 0.6625",
        "E = 0.8125",
        "∂E/∂w = 2(1.75 - 1.0) × 3.0 = 5.4",
        "∂E/∂w = 1.5",
        "u = 0.5 × 3.0 + 0.25 = 2.75",
        "∂E/∂w = -4.5",
    ],
)
def test_wrong_numbers(line: str) -> None:
    assert last(line) is Verdict.WRONG


def test_a_truncated_digit_is_charitable() -> None:
    assert last("E ≈ 0.563") is Verdict.CORRECT
    assert last("E = 0.562") is Verdict.CORRECT
    assert last("E = 0.5624") is Verdict.CHARITABLE


def test_a_number_may_stand_for_the_name_that_it_was_given_for() -> None:
    assert last("∂E/∂w = 2(u - 1.0) x") is Verdict.CORRECT
    assert last("∂E/∂w = 2(u - 1.5) x") is Verdict.WRONG


@pytest.mark.parametrize("right", ["3.0 ∂E/∂r", "3 (E - E)", "[E(v + ε) - E(v - ε)] / (3ε)"])
def test_a_number_for_a_name_makes_nothing_right_that_is_zero_on_both_sides(right: str) -> None:
    assert last(f"∂E/∂v = {right}") is Verdict.UNDECIDED


def test_numbers_that_nothing_settles_are_undecided() -> None:
    text = "u = w x\nE = u²\n\n∂E/∂w = 2(1.5)(0.3) = 0.9\n"
    assert Verdict.WRONG not in verdicts(text, "notes.txt").values()


def test_values_at_a_point_are_checked_there() -> None:
    text = "f = (x + y) z\n\nAt x = -2, y = 5, z = -4 we get f = -12. Hence ∂f/∂x = -4.\n"
    assert verdicts(text)["∂f/∂x -4"] is Verdict.CORRECT
    assert verdicts(text.replace("= -4.", "= 3."))["∂f/∂x 3"] is Verdict.WRONG


def test_constants_of_a_derivation_stay_claims_for_all_values() -> None:
    found = verdicts("$z = w x + b$\n\n$\\frac{\\partial z}{\\partial b} = 2$\n")
    assert list(found.values())[-1] is Verdict.WRONG


@pytest.mark.parametrize(
    ("line", "help"),
    [
        ("∂E/∂w = 2 × 0.75 × 3.0 = 4.25", "write 4.50"),
        ("∂E/∂w = 2 × 0.75 × 3.0 = 6", "write 4.5"),
        ("∂E/∂w = 9.5", "write 4.5"),
    ],
)
def test_a_miscounted_number_is_told_with_what_to_write(line: str, help: str) -> None:
    document = read(Source("notes.md", f"{FORWARD}\n{line}\n"))
    *_, (_, judgement) = check(document, pose(document, None)).judgements()
    assert (judgement.code, judgement.help) == ("GC610", help)


def test_a_number_given_for_a_derivative_holds_for_no_other_rate() -> None:
    told = (r"V = r^2 h", r"r = r(t)", r"h = h(t)", r"\frac{dr}{dt} = 0.2", r"\frac{dh}{dt} = 0.5")
    line = r"\frac{dV}{dt} = 2 r h \frac{dr}{dt} + r^2 \frac{dh}{dt} = 2 r h (0.2) + r^2 (0.5)"
    said = said_of(displayed(*told, line))
    assert "wrong" not in said
    assert said[-2] == "correct"


@pytest.mark.parametrize(
    ("number", "verdict"), [("1.716", "correct"), ("1.816", "wrong"), ("2.284", "wrong")]
)
def test_a_printed_value_rounds_where_names_are_defined_by_numbers(number: str, verdict: str) -> None:
    text = (
        r"Let $f(x_1, x_2) = \ln(x_1) + x_1 x_2 - \sin(x_2)$ with $x_1 = 2$, $x_2 = 5$."
        f"\n\n$$\\frac{{\\partial f}}{{\\partial x_2}} = x_1 - \\cos x_2 = {number}$$\n"
    )
    assert said_of(text)[-2:] == ["correct", verdict]


def test_an_order_of_matrices_gives_no_number() -> None:
    text = (
        "## One\n\nLet $f(x) = \\frac12 x^T A x + b^T x$ where $A \\succeq 0$.\n\n$$\\nabla f(x) = {}$$\n\n"
        "## Two\n\nFor $f(x) = \\frac12 \\|A x - b\\|^2$ with $A \\in \\mathbb{{R}}^{{m \\times n}}$:\n\n"
        "$$\\nabla f(x) = A^T (A x - b)$$\n"
    )
    assert set(said_of(text.format("A x + b"))) == {"correct"}
    assert "wrong" in said_of(text.format("A x - b"))


OWN_FUNCTION = """
h = f(v x + c)
o = f(u h + d)

f(z) = 1/(1 + e^{-z})

Take x = -2 and all weights 1, all offsets 0. Then

"""


@pytest.mark.parametrize("line", ["∂o/∂h = 1 * f'(0.25)", "∂h/∂v = -2 * f'(-2 + -1 + 0)"])
def test_numbers_put_into_a_function_of_the_document_are_no_formula_for_all_values(line: str) -> None:
    assert list(verdicts(f"{OWN_FUNCTION}{line}\n").values())[-1] is Verdict.UNDECIDED
    wrong = "∂o/∂h = 1 * f'(u h + d)"
    assert list(verdicts(f"{OWN_FUNCTION}{wrong}\n").values())[-1] is Verdict.WRONG


def test_a_number_with_its_sign_may_be_added() -> None:
    assert last("E = 1.5625 + -1 = 0.5625") is Verdict.CORRECT
    assert last("E = 1.5625 + -1 = 2.5625") is Verdict.WRONG


@pytest.mark.parametrize(("value", "verdict"), [("0.2217", "correct"), ("0.4439", "wrong")])
def test_what_is_told_by_its_number_has_no_slope_of_zero(value: str, verdict: str) -> None:
    text = displayed(
        r"z = 0.1 + 0.6 = 0.7",
        r"o = \sigma(0.7) = 0.6682",
        rf"\frac{{\partial o}}{{\partial q}} = o (1 - o) = {value}",
    )
    assert said_of(text)[-1] == verdict
