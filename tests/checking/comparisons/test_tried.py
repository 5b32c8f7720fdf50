"""A definition is no other choice where it says the same of the same quantities as one that was tried."""

import pytest

from gradcheck.checking.cases.checked import Case
from gradcheck.checking.check import check
from gradcheck.checking.comparisons.tried import Tried
from gradcheck.checking.hearing.problem import pose
from gradcheck.expr.written.definitions import definitions
from gradcheck.notation.statements import Equation
from gradcheck.reading.document import read
from gradcheck.source import Source
from tests.checking.written import displayed, verdicts

FORWARD = displayed(r"W \in \mathbb{R}^{k \times n}", r"x \in \mathbb{R}^{n \times 1}", r"z = W x")
LOSS = displayed(r"L = \frac12 (a - y)^T (a - y)")


def case_of(text: str) -> Case:
    document = read(Source("notes.md", text))
    (case,) = check(document, pose(document, None)).cases
    return case


def says_nothing_new(tried: Tried, case: Case, formula: str) -> bool:
    equations = [
        item for item in read(Source("other.md", displayed(formula))).body if isinstance(item, Equation)
    ]
    (other,) = definitions(equations)
    return tried.says_nothing_new("a", other, case.scope, case.bench)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (r"a = \sigma(z)", r"a = \frac{1}{1 + e^{-z}}", True),
        (r"a = z \odot z", r"a = z^2", True),
        (r"a = \sigma(z)", r"a = \tanh(z)", False),
        (r"a = z \odot z", r"a = z \odot (W x)", False),
        (r"a = z", r"a = W x", False),
        (r"a = 2 z", r"a = 2.000001 z", False),
    ],
)
def test_functions_are_compared_with_their_quantities_free(first: str, second: str, same: bool) -> None:
    case = case_of(FORWARD + displayed(first) + LOSS)
    assert says_nothing_new(Tried(), case, second) is same


WRITTEN_OUT = r"a = \frac{1}{2} (z \odot z - v)"


@pytest.mark.parametrize(
    ("first", "varied", "same"),
    [
        (r"a = \frac{1}{2} q", {"W"}, True),
        (r"a = \frac{1}{2} q", {"q"}, False),
        (r"a = \frac{1}{2} q", None, False),
        (r"a = \frac{1}{3} q", {"W"}, False),
        ("a = q", {"W"}, False),
    ],
)
def test_names_that_nothing_is_derived_by_are_written_out(first: str, varied: set[str], same: bool) -> None:
    forward = FORWARD + displayed(r"v \in \mathbb{R}^{k \times 1}", r"q = z \odot z - v", first)
    tried = Tried(None if varied is None else frozenset(varied))
    assert says_nothing_new(tried, case_of(forward + LOSS), WRITTEN_OUT) is same


def test_a_name_of_another_is_another_choice_than_the_formula() -> None:
    case = case_of(FORWARD + displayed("a = z") + LOSS)
    assert not says_nothing_new(Tried(frozenset()), case, "a = W x")


@pytest.mark.parametrize(
    ("targets", "varied", "told", "same"),
    [
        ({"L"}, {"z"}, "t = W x", True),
        ({"L"}, {"t"}, "t = z", True),
        ({"L"}, {"z"}, "t = 2 W x", False),
        ({"L"}, {"z", "a"}, "t = W x", False),
        ({"a"}, {"z"}, "t = W x", False),
        ({"c"}, {"z"}, "t = W x", False),
        (None, {"z"}, "t = W x", False),
    ],
)
def test_another_name_says_nothing_new_where_only_the_value_counts(
    targets: set[str] | None, varied: set[str], told: str, same: bool
) -> None:
    lines = displayed("a = W x", told, "c = a + x^T x", r"L = t^T t", "c = c")
    tried = Tried(frozenset(varied), None if targets is None else frozenset(targets))
    assert says_nothing_new(tried, case_of(FORWARD + lines), "a = t") is same


def test_the_steps_of_a_trace_are_still_a_choice() -> None:
    trace = (r"f(x, y) = x y + \sin x", r"u = x y", r"v = \sin x", r"w = u + v", r"f = w")
    right = displayed(*trace, r"\frac{\partial f}{\partial u} = 1", r"\frac{\partial f}{\partial v} = 1")
    assert verdicts(right)[-2:] == ["correct", "correct"]
    assert verdicts(right.replace("v} = 1", "v} = 2"))[-2:] == ["correct", "wrong"]


def test_what_was_tried_once_is_not_tried_again() -> None:
    case = case_of(FORWARD + displayed(r"a = \sigma(z)") + LOSS)
    tried = Tried()
    assert [says_nothing_new(tried, case, r"a = \tanh(z)") for _ in range(2)] == [False, True]


def test_a_choice_behind_one_that_says_the_same_is_made() -> None:
    choices = displayed(r"a = \sigma(z)", r"a = \frac{1}{1 + e^{-z}}", r"a = \tanh(z)")
    found = verdicts(
        choices + displayed(r"\frac{\partial a}{\partial z} = 1 - a^2", r"\frac{d a}{d z} = 1 - \tanh^2(z)")
    )
    assert found[-2:] == ["correct", "correct"]


def test_a_matrix_as_one_is_another_choice_than_its_rows() -> None:
    rows = r"a = \begin{bmatrix} v_1^T \\ \vdots \\ v_k^T \end{bmatrix} x"
    case = case_of(displayed(r"v \in \mathbb{R}^{k \times n}", r"x \in \mathbb{R}^{n \times 1}", rows) + LOSS)
    assert not says_nothing_new(Tried(), case, "a = v x")
    case = case_of(
        displayed(r"v \in \mathbb{R}^{k \times n}", r"x \in \mathbb{R}^{n \times 1}", "a = v x") + LOSS
    )
    assert says_nothing_new(Tried(), case, rows)
