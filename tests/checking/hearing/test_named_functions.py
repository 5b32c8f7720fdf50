"""Functions that the running text names are those functions, and no more is read into it."""

import pytest

from tests.checking.written import displayed, verdicts

UNIT = displayed(r"a = g(w x + b)", r"E = \frac{1}{2} (a - y)^2")
TANH = displayed(r"\frac{\partial E}{\partial w} = (a - y) (1 - a^2) x")
SIGMOID = displayed(r"\frac{\partial E}{\partial w} = (a - y) a (1 - a) x")


@pytest.mark.parametrize(
    "said",
    [
        "where $g$ is the hyperbolic tangent.",
        "Here $g$ denotes the usual activation function tanh.",
        "The tanh activation $g$ is applied to the sum.",
        r"Let $g(\cdot)$ be tanh.",
    ],
)
def test_a_function_is_named_in_words(said: str) -> None:
    assert verdicts(f"{UNIT}\n{said}\n\n{TANH}")[-1] == "correct"
    assert verdicts(f"{UNIT}\n{said}\n\n{SIGMOID}")[-1] == "wrong"


@pytest.mark.parametrize(
    "said",
    [
        "where $g$ is some smooth function.",
        "where $g$ is the sigmoid or tanh.",
        "where $g$ is tanh, the sigmoid, or a ramp.",
        "where $g$ is the derivative of tanh.",
        "In the hidden layer $g$ is tanh. In the output $g$ is the sigmoid.",
    ],
)
def test_nothing_is_read_into_other_words(said: str) -> None:
    assert verdicts(f"{UNIT}\n{said}\n\n{SIGMOID}")[-1] != "correct"
    assert verdicts(f"{UNIT}\n{said}\n\n{TANH}")[-1] != "correct"


def test_another_letter_is_a_function_where_it_stands_before_brackets_alone() -> None:
    unit = displayed(r"h = s(W x + b)", r"E = \frac{1}{2} \|h - y\|^2")
    claim = displayed(r"\frac{\partial E}{\partial b} = (h - y) \odot h \odot (1 - h)")
    tanh = displayed(r"\frac{\partial E}{\partial b} = (h - y) \odot (1 - h \odot h)")
    assert verdicts(f"{unit}\nwith $s$ the sigmoid.\n\n{claim}")[-1] == "correct"
    assert verdicts(f"{unit}\nwith $s$ the sigmoid.\n\n{tanh}")[-1] == "wrong"
    elsewhere = displayed(r"q = s + 1")
    assert verdicts(f"{unit}\nwith $s$ the sigmoid.\n\n{elsewhere}\n{claim}")[-1] != "correct"


def test_a_function_that_is_named_by_its_name_is_itself() -> None:
    text = (
        displayed(r"a = \operatorname{relu}(w x)", r"E = a")
        + "\nwhere $\\operatorname{relu}$ is the ReLU.\n\n"
    )
    assert verdicts(text + displayed(r"\frac{\partial E}{\partial a} = 1"))[-1] == "correct"


def test_a_formula_goes_before_words() -> None:
    text = displayed(r"g(z) = \frac{1}{1 + e^{-z}}") + UNIT + "\nwhere $g$ is the hyperbolic tangent.\n\n"
    assert verdicts(text + SIGMOID)[-1] == "correct"


PROBIT = r"With $\Phi$ the distribution function of the standard normal and $\phi$ its density," + displayed(
    r"p = \Phi(w^\top x)", r"\ell = y \log p + (1 - y) \log(1 - p)"
)


def test_the_normal_has_its_letters_where_the_text_speaks_of_it() -> None:
    line = r"\frac{\partial \ell}{\partial w} = \frac{y - p}{p (1 - p)} \phi(w^\top x) x"
    assert verdicts(PROBIT + displayed(line, r"\phi'(z) = -z \phi(z)"))[-2:] == ["correct", "correct"]
    assert (
        verdicts(PROBIT + displayed(line.replace("(y - p)", "(p - y)").replace("{y - p}", "{p - y}")))[-1]
        == "wrong"
    )
    assert verdicts(PROBIT + displayed(r"\phi'(z) = z \phi(z)"))[-1] == "wrong"


def test_and_stand_for_any_function_where_it_does_not() -> None:
    lines = [r"p = \Phi(w^\top x)", r"\frac{\partial p}{\partial w} = \phi(w^\top x) x"]
    assert verdicts(displayed(*lines))[-1] == "undecided"


@pytest.mark.parametrize(
    "said",
    [
        r"where $g : \mathbb{R} \to \mathbb{R}$ is the hyperbolic tangent.",
        r"where $g$ is the [hyperbolic tangent](https://example.org/tanh) function.",
    ],
)
def test_a_link_and_a_functions_spaces_are_seen_through(said: str) -> None:
    assert verdicts(f"{UNIT}\n{said}\n\n{TANH}")[-1] == "correct"
    assert verdicts(f"{UNIT}\n{said}\n\n{SIGMOID}")[-1] == "wrong"


def test_a_line_may_say_what_an_open_function_is() -> None:
    bend = r"\frac{1}{2} x (1 + \tanh(x))"
    assert verdicts(displayed(r"g(x) = x \Phi(x)", f"g(x) = {bend}"))[-1] == "undecided"
    assert verdicts(displayed(r"g(x) = x \tanh(x)", f"g(x) = {bend}"))[-1] == "wrong"
    assert verdicts(displayed(r"g(x) = x \Phi(x)", r"g'(x) = \Phi(x) + \Phi'(x)"))[-1] == "wrong"


CLASSES = displayed(r"z_j = \sum_k W_{jk} h_k + b_j", r"a_j = f(z_j)", r"L = -\sum_j y_j \log a_j")
CLASSES_BY_LAYER = CLASSES.replace("z_j", "z_j^{(L)}").replace("a_j", "a_j^{(L)}").replace("f(", "f^{(L)}(")
TWO_CLASSES = displayed(r"z = w^T x + b", r"a = g(z)", r"L = -(y \log a + (1 - y) \log(1 - a))")


@pytest.mark.parametrize(
    ("said", "forward", "right", "wrong"),
    [
        ("Softmax is used in the last layer.", CLASSES, "a_j - y_j", "y_j - a_j"),
        ("Softmax is used in the last layer.", CLASSES.replace("f(", r"\sigma("), "a_j - y_j", "y_j - a_j"),
        ("The last unit is a sigmoid.", TWO_CLASSES, "a - y", "y - a"),
    ],
)
def test_what_a_cross_entropy_is_of_is_the_output_that_is_spoken_of(said, forward, right, wrong):
    by = "z_j" if "_j" in right else "z"
    told = displayed(rf"\frac{{\partial L}}{{\partial {by}}} = {right}")
    assert verdicts(f"{said}\n\n{forward}\n{told}")[-1] in ("correct", "convention")
    assert verdicts(f"{said}\n\n{forward}\n{told.replace(right, wrong)}")[-1] == "wrong"
    assert verdicts(f"{forward}\n{told}")[-1] not in ("correct", "convention") or r"\sigma" in forward


def test_the_function_of_the_last_layer_alone_is_the_softmax():
    told = displayed(r"\frac{\partial L}{\partial z_j^{(L)}} = a_j^{(L)} - y_j")
    said = "ReLU in the hidden layers, softmax in the output layer."
    assert verdicts(f"{said}\n\n{CLASSES_BY_LAYER}\n{told}")[-1] in ("correct", "convention")


def test_a_function_of_several_layers_is_no_softmax():
    hidden = displayed(r"h_k = f(u_k)")
    told = displayed(r"\frac{\partial h_k}{\partial u_k} = f'(u_k)")
    assert verdicts(f"Softmax comes last.\n\n{hidden}\n{CLASSES}\n{told}")[-1] == "correct"
