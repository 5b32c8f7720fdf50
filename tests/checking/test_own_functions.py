"""A function that the document defines by any letter is one where it is applied to data, too."""

import pytest

from tests.checking.written import displayed, verdicts

GIVEN = (
    r"C = -\sum_{i=1}^N [(1 - t_i) \log(1 - s(v^T x_i)) + t_i \log(s(v^T x_i))]",
    r"s(x) = \frac{1}{e^{-x} + 1}",
)


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"s' = s(1 - s)", "correct"),
        (r"\frac{\partial s(x)}{\partial x} = s(x)(1 - s(x))", "correct"),
        (r"\frac{\partial C}{\partial v} = \sum_{i=1}^N (s(v^T x_i) - t_i) x_i", "correct"),
        (r"s' = s(1 + s)", "wrong"),
        (r"\frac{\partial s(x)}{\partial x} = s(x)(1 + s(x))", "wrong"),
        (r"\frac{\partial C}{\partial v} = \sum_{i=1}^N (s(v^T x_i) + t_i) x_i", "wrong"),
    ],
)
def test_the_sigmoid_by_another_letter(line: str, verdict: str) -> None:
    assert verdicts(displayed(*GIVEN, line)) == ["correct", "correct", verdict]


def test_all_of_them_together() -> None:
    lines = (
        r"s' = s(1 - s)",
        r"\frac{\partial s(x)}{\partial x} = s(x)(1 - s(x))",
        r"\frac{\partial C}{\partial v} = \sum_{i=1}^N (s(v^T x_i) - t_i) x_i",
    )
    assert verdicts(displayed(*GIVEN, *lines)) == ["correct"] * 5


def test_what_is_told_of_a_known_function_by_itself_does_not_define_it():
    told = (r"\text{softmax}(x) = \text{softmax}(x + c)", r"p = \text{softmax}(u)")
    right, wrong = (
        r"\frac{\partial p_i}{\partial u_i} = p_i (1 - p_i)",
        r"\frac{\partial p_i}{\partial u_i} = p_i",
    )
    assert verdicts(displayed(*told, right))[-2:] == ["correct", "correct"]
    assert verdicts(displayed(*told, wrong))[-1] == "wrong"


@pytest.mark.parametrize("penalty", ["R", r"\Omega", r"\rho", "G"])
@pytest.mark.parametrize(("sign", "verdict"), [("+", "correct"), ("-", "wrong")])
def test_what_has_a_gradient_by_its_own_argument_is_a_number_made_of_it(penalty, sign, verdict):
    text = displayed(
        r"A \in \mathbb{R}^{m \times n}, \quad v \in \mathbb{R}^n, \quad b \in \mathbb{R}^m",
        rf"L(v) = \frac{{1}}{{2}} \|A v - b\|^2 + \mu {penalty}(v)",
        rf"\nabla_v [\mu {penalty}(v)] = \mu \nabla_v {penalty}(v)",
        rf"\nabla_v L(v) = A^T (A v - b) {sign} \mu \nabla_v {penalty}(v)",
    )
    assert verdicts(text)[-2:] == ["correct", verdict]


@pytest.mark.parametrize("line", [r"\nabla_v g(u^T v) = g'(u^T v) u", r"\nabla_v g(v) = g'(v)"])
def test_a_function_of_numbers_has_gradients_of_its_values(line):
    given = displayed(r"u \in \mathbb{R}^n, \quad v \in \mathbb{R}^n", r"\nabla_v g(v) = g'(v)")
    assert "wrong" not in verdicts(given + displayed(line))
