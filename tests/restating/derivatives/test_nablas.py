"""A `∇` without a variable takes the only one that can be meant; `∂/∂σ²` derives by the square."""

import pytest

from tests.checking.written import displayed, verdicts

QUADRATIC = displayed(r"Q(v) = \frac12 v^T M v - c^T v")
SQUARES = displayed(r"F = \|P \theta - s\|^2", r"\frac{\partial F}{\partial \theta} = 2 P^T (P \theta - s)")
SPREAD = displayed(r"\ell = -\frac12 \log(2 \pi \sigma^2) - \frac{(u - \mu)^2}{2 \sigma^2}")


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\nabla Q = \frac12 (M + M^T) v - c", "correct"),
        (r"\nabla Q(v) = \frac12 (M + M^T) v - c", "correct"),
        (r"\nabla^2 Q = \frac12 (M + M^T)", "correct"),
        (r"\nabla Q = M v - c", "undecided"),  # right for a symmetric M, which the ½ lets expect
        (r"\nabla Q = 2 M v - c", "wrong"),
        (r"\nabla Q = \frac12 (M + M^T) v + c", "wrong"),
        (r"\nabla^2 Q = M + M^T", "wrong"),
    ],
)
def test_the_argument_of_a_function(line: str, verdict: str) -> None:
    assert verdicts(QUADRATIC + displayed(line))[-1] == verdict


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\nabla F = 2 P^T (P \theta - s)", "correct"),
        (r"\nabla^2 F = 2 P^T P", "correct"),
        (r"\nabla F = 2 P (P \theta - s)", "wrong"),
    ],
)
def test_the_only_variable(line: str, verdict: str) -> None:
    assert verdicts(SQUARES + displayed(line))[-1] == verdict


def test_one_of_several_variables_is_not_guessed() -> None:
    others = displayed(
        r"\frac{\partial F}{\partial s} = -2 (P \theta - s)", r"\nabla F = 2 P^T (P \theta - s)"
    )
    assert verdicts(SQUARES + others)[-1] == "undecided"


@pytest.mark.parametrize("by", [r"\sigma^2", r"(\sigma^2)"])
def test_a_square_is_derived_by(by: str) -> None:
    left = rf"\frac{{\partial \ell}}{{\partial {by}}} = "
    right = left + r"-\frac{1}{2\sigma^2} + \frac{(u-\mu)^2}{2\sigma^4}"
    wrong = left + r"-\frac{1}{\sigma} + \frac{(u-\mu)^2}{\sigma^3}"
    assert verdicts(SPREAD + displayed(right, wrong))[-2:] == ["correct", "wrong"]


def test_a_second_derivative_is_no_square() -> None:
    line = r"\frac{\partial^2 \ell}{\partial \mu^2} = -\frac{1}{\sigma^2}"
    assert verdicts(SPREAD + displayed(line))[-1] == "correct"


FORMULAS = (
    r"\nabla (u^T C u) = (C + C^T) u",
    r"\nabla \|C u - d\|^2 = 2 C^T (C u - d)",
    r"\vec\nabla (d^T u) = d",
)


def test_a_formula_is_derived_by_what_stands_in_all_of_them() -> None:
    assert not {"wrong", "undecided"} & set(verdicts(displayed(*FORMULAS)))
    wrong = verdicts(displayed(*FORMULAS, r"\nabla (u^T u) = u"))
    assert wrong[-1] == "wrong"


def test_of_one_formula_alone_nothing_is_known() -> None:
    assert verdicts(displayed(r"\nabla (d^T u) = d")) == ["undecided"]


def test_a_formula_is_derived_by_the_only_name_in_it_that_is_varied() -> None:
    named = r"\nabla_u (d^T u) = d"
    assert verdicts(displayed(named, r"\nabla (u^T u) = 2 u"))[-1] == "correct"
    assert verdicts(displayed(named, r"\nabla (u^T u) = 3 u"))[-1] == "wrong"


@pytest.mark.parametrize(
    ("told", "first", "second"),
    [
        (r"f(u) = \frac12 \|A u - b\|^2", r"f'(u) = A^T (A u - b)", r"f''(u) = A^T A"),
        (
            r"\ell(u) = \sum_{i=1}^n (b_i a_i^T u - e^{a_i^T u})",
            r"\ell'(u) = \sum_{i=1}^n (b_i - e^{a_i^T u}) a_i",
            r"\ell''(u) = -\sum_{i=1}^n e^{a_i^T u} a_i a_i^T",
        ),
    ],
)
def test_primes_of_a_function_of_an_array_are_its_gradient_and_hessian(
    told: str, first: str, second: str
) -> None:
    assert set(verdicts(displayed(told, first, second))) == {"correct"}
    assert verdicts(displayed(told, first.replace("'(u) = ", "'(u) = 2 "), second))[1] == "wrong"
    assert verdicts(displayed(told, first, second.replace("''(u) = ", "''(u) = 2 ")))[-1] == "wrong"


@pytest.mark.parametrize("second", [r"\nabla\nabla g(v)", r"\nabla^2 g(v)", r"\nabla\nabla^T g(v)"])
@pytest.mark.parametrize("name", ["", "B = "])
def test_two_signs_before_a_function_are_its_hessian(second: str, name: str) -> None:
    told = displayed(r"g(v) = \frac{1}{3} \|s - P v\|^2 + \frac{\kappa}{2} v^T v")
    right = r"\kappa I + \frac{2}{3} P^T P"
    assert set(verdicts(told + displayed(f"{name}{second} = {right}"))) == {"correct"}
    assert verdicts(told + displayed(f"{name}{second} = {right.replace('3', '5')}"))[-1] == "wrong"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\nabla\theta J(\theta) = X^T (X \theta - y)", "correct"),
        (r"\nabla \theta J = X^T (X \theta - y)", "correct"),
        (r"∇θJ = X^T (X \theta - y)", "correct"),
        (r"\nabla\theta J(\theta) = X^T (y - X \theta)", "wrong"),
        (r"\nabla \theta J = 2 X^T (X \theta - y)", "wrong"),
    ],
)
def test_a_variable_may_stand_behind_the_sign(line: str, verdict: str) -> None:
    given = "$X \\in \\mathbb{R}^{m \\times n}$, $\\theta \\in \\mathbb{R}^n$, $y \\in \\mathbb{R}^m$.\n\n"
    loss = r"J(\theta) = \frac12 \|X \theta - y\|^2"
    assert verdicts(given + displayed(loss, line))[-1] == verdict


def test_a_number_that_no_function_holds_scales_its_gradient() -> None:
    loss, line = r"f(x) = x^T x", r"\nabla c f(x) = 2 c x"
    assert verdicts(displayed(loss, line))[-1] != "wrong"
