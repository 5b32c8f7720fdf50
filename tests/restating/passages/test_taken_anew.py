"""Examples one after another under one letter: each derivative is held against its own example."""

import pytest

from tests.checking.written import displayed, verdicts

EXAMPLES = [
    (r"y = x^4", r"\frac{dy}{dx} = 4x^3", r"\frac{dy}{dx} = 4x^4"),
    (r"y = \frac{1}{x^2}", r"\frac{dy}{dx} = -\frac{2}{x^3}", r"\frac{dy}{dx} = \frac{2}{x^3}"),
    (r"y = x \ln x", r"\frac{dy}{dx} = 1 + \ln x", r"\frac{dy}{dx} = \ln x"),
    (r"y = \tanh(3 x)", r"\frac{dy}{dx} = 3 (1 - y^2)", r"\frac{dy}{dx} = 1 - y^2"),
]
FUNCTIONS = [
    (r"g(z) = z^2 e^{z}", r"g'(z) = (2z + z^2) e^{z}", r"g'(z) = 2 z e^{z}"),
    (r"g(z) = \frac{1}{1 + e^{-z}}", r"g'(z) = g(z) (1 - g(z))", r"g'(z) = g(z) (1 + g(z))"),
    (r"g(z) = \ln(1 + e^{z})", r"g'(z) = \frac{1}{1 + e^{-z}}", r"g'(z) = \frac{1}{1 + e^{z}}"),
]
FORMS = [
    (r"y = c^T x", r"\nabla_x y = c", r"\nabla_x y = x"),
    (r"y = x^T S x", r"\nabla_x y = (S + S^T) x", r"\nabla_x y = S x"),
    (r"y = \|x - c\|^2", r"\nabla_x y = 2 (x - c)", r"\nabla_x y = x - c"),
]


@pytest.mark.parametrize("examples", [EXAMPLES, FUNCTIONS, FORMS])
def test_each_example_is_right_by_itself(examples: list[tuple[str, str, str]]) -> None:
    lines = [line for told, right, _ in examples for line in (told, right)]
    assert set(verdicts(displayed(*lines))) == {"correct"}
    items = "\n".join(f"- If ${told}$ then ${right}$." for told, right, _ in examples)
    assert set(verdicts(items)) == {"correct"}


@pytest.mark.parametrize("examples", [EXAMPLES, FUNCTIONS, FORMS])
def test_only_a_wrong_one_is_wrong(examples: list[tuple[str, str, str]]) -> None:
    for chosen in range(len(examples)):
        lines = []
        for position, (told, right, wrong) in enumerate(examples):
            lines += [told, wrong if position == chosen else right]
        found = verdicts(displayed(*lines))
        assert found[2 * chosen + 1] in ("wrong", "charitable")
        assert set(found[: 2 * chosen + 1] + found[2 * chosen + 2 :]) == {"correct"}


def test_the_same_in_another_form_is_no_new_example() -> None:
    text = displayed(r"h(u) = (u - 2)^2", r"h'(u) = 2 (u - 2)")
    text += "\nExpanding the square, $h(u) = u^2 - 4 u - 4$.\n\n"
    assert verdicts(text + displayed(r"h'(u) = 2 u - 4"))[2] == "wrong"


def test_names_of_before_keep_their_meaning() -> None:
    lines = [r"z = w x + b", r"a = z^2", r"\frac{\partial a}{\partial w} = 2 z x"]
    lines += [r"a = z^3", r"\frac{\partial a}{\partial w} = 3 z^2 x"]
    assert set(verdicts(displayed(*lines))) == {"correct"}
    assert verdicts(displayed(*lines[:-1], r"\frac{\partial a}{\partial w} = 3 z^2"))[-1] == "wrong"


def test_a_differential_tells_of_an_example_too() -> None:
    first = (r"f = \operatorname{tr}(P Y)", r"df = \operatorname{tr}(P\, dY)")
    second = (r"f = \operatorname{tr}(Y^T P Y)", r"df = \operatorname{tr}(Y^T (P + P^T)\, dY)")
    assert set(verdicts(displayed(*first, *second))) == {"correct"}
    assert verdicts(displayed(*first, *second).replace("P + P^T", "P"))[3] == "wrong"
    assert verdicts(displayed(*first, *second).replace(r"(P\, dY)", r"(P^T\, dY)"))[1] != "correct"


@pytest.mark.parametrize(("slope", "verdict"), [("1", "correct"), ("c", "wrong"), ("x", "wrong")])
def test_an_arrow_leads_to_the_derivative_of_the_example_just_told(slope: str, verdict: str) -> None:
    first = r"f(x) = \frac1x \qquad \rightarrow \qquad \frac{df}{dx} = -1/x^2"
    second = rf"f_c(x) = c + x \qquad \rightarrow \qquad \frac{{df}}{{dx}} = {slope}"
    assert verdicts(displayed(first, second)) == ["correct", "correct", "correct", verdict]
